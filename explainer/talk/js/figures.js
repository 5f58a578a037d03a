// The scenes' figures: the present one, and the neighbours drawn beforehand behind it, so that a step takes one frame.

import { makeElement } from "../../live/js/elements.js";
import { fetchBlock, loadScript } from "../../live/js/fetching.js";
import { createPlayer } from "../../live/js/player.js";

const TYPE = 1.85; // times the app's type, on the lowest screen
const LOWEST = 720; // pixels

const nextFrame = () => new Promise((done) => requestAnimationFrame(done));

// How much larger than in the app all type is on this screen.
const typeScale = () => TYPE * Math.max(1, Math.min(2, window.innerHeight / LOWEST));

export class Figures {
  // base: the address below which the app lives. plotly: part -> path. onMove(): something on the present one has moved.
  constructor(parent, scenes, { base, plotly, onMove }) {
    this.parent = parent;
    this.scenes = scenes;
    this.base = base;
    this.plotly = plotly;
    this.onMove = onMove;
    this.made = new Map(); // place -> {root, player, loading, isMissing}
    this.present = -1;
    window.addEventListener("resize", () => this.scale());
  }

  get player() {
    return this.made.get(this.present)?.player;
  }

  // Shows the scene at a place; beside the scenes, none.
  show(place) {
    this.player?.pause();
    this.present = place;
    if (this.scenes[place]) this.at(place);
    for (const [other, { root }] of this.made) root.classList.toggle("behind", other !== place);
    this.prepare(place);
  }

  // Draws the neighbours, the next one first, once the present one stands; drops what is further away.
  async prepare(place) {
    await this.made.get(place)?.loading;
    if (place !== this.present) return;
    this.dropDistant();
    for (const other of [place + 1, place - 1]) if (this.scenes[other]) await this.at(other).loading;
  }

  dropDistant() {
    for (const place of [...this.made.keys()]) if (Math.abs(place - this.present) > 1) this.drop(place);
  }

  // The figure at a place once it is drawn, or cannot be, or is no longer wanted.
  async drawn(place, wanted) {
    const figure = this.at(place);
    await figure.loading;
    while (wanted() && !figure.player.ready && !figure.player.destroyed && !figure.isMissing) await nextFrame();
    return figure;
  }

  // The figure at a place, made if need be; it begins as its scene says.
  at(place) {
    const known = this.made.get(place);
    if (known) return known;
    const root = makeElement("div", "live-root behind", this.parent);
    root.dataset.textScale = typeScale();
    const scene = this.scenes[place];
    const player = createPlayer(root, {
      loadPlotly: (part) => loadScript(this.base + this.plotly[part]),
      panels: scene.panels,
      onChange: () => place === this.present && this.onMove(),
      name: () => scene.name,
    });
    const figure = { root, player, loading: null, isMissing: false };
    this.made.set(place, figure);
    const load = (bytes) => this.load(place, figure, bytes);
    figure.loading = fetchBlock(this.base + scene.block).then(load, (error) => this.miss(figure, error));
    return figure;
  }

  load(place, { root, player }, bytes) {
    if (player.destroyed) return;
    const scene = this.scenes[place];
    player.load(bytes);
    for (const slider of root.querySelectorAll(".slider")) {
      const { name } = slider.querySelector("input");
      slider.classList.toggle("aside", name !== scene.control);
    }
    player.read(new Map(Object.entries(scene.texts)));
  }

  miss(figure, error) {
    console.error(error);
    figure.isMissing = true;
    makeElement("p", "missing", figure.root).textContent = this.missing;
  }

  // Asks for the present figure again, if it could not be loaded.
  retry() {
    if (!this.made.get(this.present)?.isMissing) return;
    this.drop(this.present);
    this.show(this.present);
  }

  drop(place) {
    const { root, player } = this.made.get(place);
    player.destroy();
    root.remove();
    this.made.delete(place);
  }

  scale() {
    for (const { root } of this.made.values()) root.dataset.textScale = typeScale();
  }

  // What a step does to the present figure. forwards: it was reached by one step on, so that what plays is played, and
  // not shown at its end.
  async take(doing, forwards) {
    const place = this.present;
    const scene = this.scenes[place];
    const figure = this.made.get(place);
    await figure?.loading;
    if (!scene || place !== this.present || this.made.get(place) !== figure) return;
    const { player } = figure;
    player.pause();
    if (doing === "ask" || doing === "show") player.read(new Map(Object.entries(scene.texts)));
    if (doing === "answer") this.answer(player, scene, forwards);
    if (doing === "play") {
      if (scene.question) player.read(new Map(Object.entries(scene.question.state)));
      run(player, undefined, forwards);
    }
  }

  answer(player, { texts, question }, forwards) {
    player.read(new Map(Object.entries({ ...texts, ...question.state })));
    if (question.stop) run(player, question.stop === "end" ? undefined : Number(question.stop), forwards);
  }
}

function run(player, stop, forwards) {
  if (forwards) player.play(stop);
  else player.goTo(stop ?? player.clock.end);
}
