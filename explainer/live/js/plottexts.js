// The texts that Plotly itself has drawn over or about a flat figure.

import { rectangleOf } from "./rectangles.js";

const KINDS = { ".annotation": "annotation", ".xtick, .ytick": "tick", ".g-xtitle, .g-ytitle": "axis title" };
const BEYOND_LETTERS = 0.12; // of the type's size: what a line of type has above and below its letters

// [{text, kind, rectangle}]. stack: the element that the figure is in, from whose corner is counted.
export function plotTexts(stack) {
  const frame = stack.getBoundingClientRect();
  return [...stack.querySelectorAll(".main-svg text")].flatMap((node) => {
    const text = node.textContent.trim();
    const around = rectangleOf(node, frame);
    const isSeen = text && around.right > around.left;
    return isSeen ? [{ text, kind: kindOf(node), rectangle: ofLetters(node, around) }] : [];
  });
}

function kindOf(node) {
  const found = Object.entries(KINDS).find(([selector]) => node.closest(selector));
  return found ? found[1] : "text";
}

function ofLetters(node, { left, top, right, bottom }) {
  const room = BEYOND_LETTERS * parseFloat(getComputedStyle(node).fontSize);
  const isUpright = /rotate\((-90|90)/.test(node.getAttribute("transform") ?? "");
  return isUpright
    ? { left: left + room, top, right: right - room, bottom }
    : { left, top: top + room, right, bottom: bottom - room };
}
