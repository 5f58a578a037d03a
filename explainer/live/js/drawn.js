// All texts of a panel where they are drawn now, and its points: what a test of their places looks at.

import { plotTexts } from "./plottexts.js";
import { rectangleOf } from "./rectangles.js";

// [{text, kind, rectangle, frame}], in pixels from the corner of the panel's stack; of labels also their importance and
// which of their places they have. What is beyond its frame is cut; rectangle is null where a label found no place.
export function drawnTexts({ stack, element, heading, corner, labels, figure }) {
  const from = stack.getBoundingClientRect();
  const own = rectangleOf(stack, from);
  const inPanel = rectangleOf(element, from);
  const onPage = (node, kind, rectangle) => (node.offsetHeight ? [{ text: node.textContent, kind, rectangle, frame: inPanel }] : []);
  return [
    ...labels.written.map((label) => ({ ...label, kind: "moving", frame: figure.view().room })),
    ...labels.marks.map((rectangle) => ({ text: "", kind: "mark", rectangle, frame: own })),
    ...plotTexts(stack).map((text) => ({ ...text, frame: own })),
    ...onPage(heading, "heading", rectangleOf(wordsOf(heading), from)),
    ...[...corner.children].flatMap((button) => onPage(button, "button", rectangleOf(button, from))),
  ];
}

// An element's words, which may be less wide than the element.
function wordsOf(element) {
  const words = document.createRange();
  words.selectNodeContents(element);
  return words;
}
