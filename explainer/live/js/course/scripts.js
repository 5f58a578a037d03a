// Scripts that a static page loads when it needs them: Plotly in parts, and figures' tables. Scripts, because a page that is
// a file may fetch nothing.

import { unzippedText } from "../embedded.js";

const FOLDER = "files";
const loaded = new Map(); // name of a file -> a promise that it has run
const blocks = new Map(); // name of a block -> its zipped text, once its file has run

window.catOrNotBlock = (name, text) => blocks.set(name, text);

function load(file) {
  if (!loaded.has(file)) loaded.set(file, run(file));
  return loaded.get(file);
}

function run(file) {
  return new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = `${FOLDER}/${file}.js`;
    script.onload = done;
    script.onerror = () => {
      loaded.delete(file); // a line that was cut may be there again
      fail(new Error(`${script.src} cannot be loaded`));
    };
    document.head.append(script);
  });
}

export const loadPlotly = (part) => load(`plotly-${part}`);

// A packed stage, by its name.
export async function loadBlock(name) {
  await load(name);
  return unzippedText(blocks.get(name));
}
