// A figure in a file of its own: everything it needs stands in the page, zipped, and nothing is ever fetched.
import { createPlayer } from "./player.js";

const written = (id) => document.getElementById(id).textContent;

async function unzipped(id) {
  const zipped = Uint8Array.from(atob(written(id)), (letter) => letter.charCodeAt(0));
  const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function runPlotly(part) {
  const script = document.createElement("script");
  script.textContent = new TextDecoder().decode(await unzipped(`plotly-${part}`));
  document.head.append(script);
}

async function startHandout() {
  const root = document.querySelector(".live-root");
  const { name, texts } = JSON.parse(written("start"));
  const stage = await unzipped("stage");
  const player = createPlayer(root, { loadPlotly: runPlotly, name: () => name });
  player.load(stage);
  player.read(new Map(Object.entries(texts)));
}

startHandout().catch((error) => {
  console.error(error);
  document.getElementById("missing").hidden = false;
});
