// The page before the first scene, and the one after the last.

import { makeButton, makeElement } from "../../live/js/elements.js";

// talk: {title, scenes}. start(): goes to the first scene. problems: sentences about what was asked for and is not there.
export function writeStart(parent, words, { talk, notices, start }) {
  parent.replaceChildren();
  makeElement("h1", "", parent).textContent = talk.title;
  const minutes = talk.scenes.reduce((sum, scene) => sum + scene.minutes, 0);
  const count = words.scenes.replace("{count}", talk.scenes.length).replace("{minutes}", minutes);
  makeElement("p", "", parent).textContent = count;
  for (const notice of notices) makeElement("p", "notice", parent).textContent = notice;
  makeButton(words.start, parent, start, { class: "go" }).focus();
  makeElement("p", "hint", parent).textContent = words.start_hint;
  return makeElement("section", "invitation", parent, { "aria-live": "polite" });
}

// The page after the last scene.
export function writeEnd(parent, words, join) {
  parent.replaceChildren();
  makeElement("h1", "", parent).textContent = words.end_title;
  if (join.code) makeElement("img", "code", parent, { src: join.code, alt: words.join_code });
  makeElement("p", "address", parent).textContent = join.address;
}
