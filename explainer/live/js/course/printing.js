// Figures on paper: as they stand on the screen, scaled to the paper. Laid out anew for it, canvases would be stretched.

import { makeElement } from "../elements.js";

const PAPER = 680; // pixels of a sheet's width, A4 and Letter, between its margins

// players: a function that gives those of the page.
export function listenForPrinting(players) {
  window.addEventListener("beforeprint", () => players().forEach(hold));
  window.addEventListener("afterprint", () => players().forEach(letGo));
}

// A scene's canvas is empty on paper: a picture takes its place.
function addPicture({ figure, stack }) {
  const picture = makeElement("img", "on-paper", null, { alt: "", src: figure.pictureOfScene() });
  stack.prepend(picture);
}

const panelsOf = (root) => root.querySelector(".panels");

function hold({ root, page }) {
  const { width } = root.getBoundingClientRect();
  const { height } = panelsOf(root).getBoundingClientRect();
  panelsOf(root).style.height = `${height}px`;
  root.style.width = `${width}px`;
  root.style.zoom = Math.min(1, PAPER / width);
  page.panels.drawable.filter((panel) => panel.isScene && panel.figure.isReady).forEach(addPicture);
}

function letGo({ root }) {
  panelsOf(root).style.height = "";
  root.style.width = "";
  root.style.zoom = "";
  for (const picture of root.querySelectorAll(".on-paper")) picture.remove();
}
