// A talk as one file: each scene's figure plays where it stands; for paper a picture of it is taken.

import { runPlotly, unzipped, written } from "../../live/js/embedded.js";
import { createPlayer } from "../../live/js/player.js";
import { pictureOf } from "../../live/js/saving.js";

const SHARPNESS = 2; // pixels of a picture to each of the page's
const nextFrame = () => new Promise((done) => requestAnimationFrame(done));

class SceneOnPage {
  constructor(section, { name, texts, answer }) {
    this.section = section;
    this.texts = new Map(Object.entries(texts));
    this.root = section.querySelector(".live-root");
    this.player = createPlayer(this.root, { loadPlotly: runPlotly, name: () => name });
    const folded = section.querySelector("details.answer");
    folded?.addEventListener("toggle", () => folded.open && !printing && this.show(answer));
  }

  load(bytes) {
    this.player.load(bytes);
    this.player.read(this.texts);
  }

  // What the answer is about.
  show({ state, stop }) {
    this.player.read(new Map([...this.texts, ...Object.entries(state)]));
    if (stop) this.player.play(stop === "end" ? undefined : Number(stop));
  }

  // A still picture for paper, of the state in which the scene begins.
  async picture() {
    const { player } = this;
    player.plotting.comeIntoSight();
    while (!player.ready) await nextFrame();
    const blob = await pictureOf(player.page, window.catOrNotPlotly, player.theme, SHARPNESS);
    if (!blob) return;
    this.section.querySelector(".still").src = URL.createObjectURL(blob);
    this.root.classList.add("pictured");
  }
}

let printing = false;

// On paper everything is open.
function listenForPrinting() {
  const opened = [];
  window.addEventListener("beforeprint", () => {
    printing = true;
    for (const folded of document.querySelectorAll("details.answer:not([open]), details.notes:not([open])")) {
      opened.push(folded);
      folded.open = true;
    }
  });
  window.addEventListener("afterprint", () => {
    for (const folded of opened.splice(0)) folded.open = false;
    printing = false;
  });
}

async function start() {
  const described = JSON.parse(written("talk"));
  const sections = document.querySelectorAll(".scene");
  const scenes = described.map((scene, k) => new SceneOnPage(sections[k], scene));
  listenForPrinting();
  for (const [k, { block }] of described.entries()) scenes[k].load(await unzipped(block));
  for (const scene of scenes) await scene.picture();
  document.documentElement.dataset.isReady = "yes";
}

start().catch((error) => {
  console.error(error);
  document.getElementById("missing").hidden = false;
});
