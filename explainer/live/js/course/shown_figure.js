// A live figure on a static page: its tables come once it is near the window.

import { makeElement } from "../elements.js";
import { createPlayer } from "../player.js";
import { loadBlock, loadPlotly } from "./scripts.js";

const NEAR = "60% 0px"; // of the window's height

export class ShownFigure {
  // described: {block, outline, texts}. onPress(name, x, y): a press on a panel that takes it; onMove(settings), while
  // something is moved; onRest(state), once it has come to rest.
  constructor(element, name, described, { onPress, onMove, onRest }) {
    this.element = element;
    this.block = described.block;
    this.isThere = false; // its first tables
    this.note = makeElement("div", "message info", element, { role: "status" });
    this.say("");
    this.player = createPlayer(element.querySelector(".live-root"), {
      loadPlotly,
      name: () => name,
      onClick: onPress,
      onChange: onMove,
      onSettle: onRest,
    });
    this.player.outline(described.outline);
    this.player.read(new Map(Object.entries(described.texts)));
    this.latest = new Promise((done) => this.whenNear(done)).then(() => this.load(this.block));
    this.latest.catch((error) => this.player.plotting.sayMissing(error));
  }

  whenNear(done) {
    const watching = new IntersectionObserver(
      ([{ isIntersecting }]) => {
        if (!isIntersecting) return;
        watching.disconnect();
        done();
      },
      { rootMargin: NEAR },
    );
    watching.observe(this.element);
    this.comeNear = () => {
      watching.disconnect();
      done();
    };
  }

  async load(block) {
    const bytes = await loadBlock(block);
    if (block !== this.block) return; // another one was asked for meanwhile
    this.player.load(bytes);
    this.isThere = true;
  }

  // Shows tables, takes over texts, and plays up to a step where there is a stop, or to the end.
  async show({ block, texts, stop }) {
    this.comeNear();
    const isOther = block !== this.block;
    this.block = block;
    if (isOther || !this.isThere) this.latest = this.latest.then(() => this.load(block));
    await this.latest;
    if (this.block !== block) return;
    this.player.pause();
    this.player.read(new Map(Object.entries(texts)));
    if (stop) this.player.play(stop === "end" ? undefined : Number(stop));
  }

  // Says something below the figure; "" for nothing.
  say(html) {
    this.note.innerHTML = html;
    this.note.hidden = html === "";
  }

  bringIntoSight() {
    this.element.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
}
