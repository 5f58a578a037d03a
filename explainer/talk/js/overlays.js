// What lies over a scene for a moment: nothing but black, all scenes, the keys, the address to join by. One at a time.

import { makeButton, makeElement } from "../../live/js/elements.js";
import { KEYS } from "./keys.js";

export class Overlays {
  // words: of the talk's pages.
  constructor(parent, words) {
    this.parent = parent;
    this.words = words;
    this.black = makeElement("div", "black", parent, { hidden: "" });
    this.open = ""; // the name of the one that lies over the scene
    this.panel = makeElement("section", "overlay", parent, { role: "dialog", "aria-modal": "true", tabindex: "-1", hidden: "" });
  }

  get isBlack() {
    return !this.black.hidden;
  }

  setBlack(isBlack) {
    this.black.hidden = !isBlack;
  }

  // Opens one, which `fill` writes; the same again closes it.
  toggle(name, fill) {
    const isOther = this.open !== name;
    this.close();
    if (!isOther) return;
    this.open = name;
    this.panel.hidden = false;
    this.panel.className = `overlay ${name}`;
    fill(this.panel);
    this.panel.focus();
  }

  close() {
    this.open = "";
    this.panel.hidden = true;
    this.panel.replaceChildren();
  }
}

// The keys that work right now. names: of their actions.
export function writeKeys(panel, words, names) {
  makeElement("h2", "", panel).textContent = words.keys_title;
  const list = makeElement("dl", "", panel);
  for (const name of names) {
    const term = makeElement("dt", "", list);
    for (const key of KEYS[name]) makeElement("kbd", "", term).textContent = words.key_names[key] ?? key;
    makeElement("dd", "", list).textContent = words.actions[name];
  }
}

// All scenes as buttons with a picture each. pictures: of the talk. choose(place).
export function writeOverview(panel, words, { scenes, place, pictures, choose }) {
  makeElement("h2", "", panel).textContent = words.overview_title;
  const list = makeElement("ol", "", panel);
  scenes.forEach(({ name, minutes }, k) => {
    const button = makeButton("", makeElement("li", "", list), () => choose(k));
    if (k === place) button.setAttribute("aria-current", "step");
    pictures.put(makeElement("img", "", button, { alt: "" }), k);
    makeElement("span", "", button).textContent = `${k + 1} · ${name}`;
    makeElement("small", "", button).textContent = words.minutes.replace("{count}", minutes);
  });
  list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

// The address under which everybody finds the app, and its code, as an image. joining: {address, code}.
export function writeJoin(panel, words, { address, code, isAlone }) {
  makeElement("h2", "", panel).textContent = words.join_title;
  if (code) makeElement("img", "code", panel, { src: code, alt: words.join_code });
  makeElement("p", "address", panel).textContent = address;
  if (isAlone) makeElement("p", "", panel).textContent = words.join_alone;
}
