// A figure in a file of its own: everything it needs stands in the page, zipped.
import { runPlotly, unzipped, written } from "./embedded.js";
import { createPlayer } from "./player.js";

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
