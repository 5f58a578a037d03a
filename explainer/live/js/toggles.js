// Choices between a few values: groups of buttons above the panels.

import { makeButton, makeElement } from "./elements.js";
import { drawsScenes } from "./environment.js";

export class Toggles {
  // actions: choose(name, value).
  constructor(root, { toggles, words }, settings, actions) {
    this.settings = settings;
    const head = makeElement("div", "head", root);
    head.hidden = !toggles.length;
    this.groups = toggles.map((toggle) => makeGroup(toggle, head, words, actions));
  }

  // Shows what is chosen, and the choices that there are.
  show() {
    const { settings } = this;
    for (const { toggle, group, buttons, note } of this.groups) {
      for (const [value, button] of buttons) button.setAttribute("aria-pressed", String(settings.values[toggle.name] === value));
      group.hidden = settings.doesNotCount(toggle.name) || !settings.holds(toggle.when);
      note.hidden = drawsScenes() || settings.values[toggle.name] !== toggle.flat;
    }
  }
}

function makeGroup(toggle, head, words, actions) {
  const group = makeElement("div", "choice", head, { role: "group", "aria-label": toggle.label });
  makeElement("span", "label", group).textContent = toggle.label;
  const options = makeElement("div", "options", group);
  const buttons = toggle.options.map(([value, text]) => [
    value,
    makeButton(text, options, () => actions.choose(toggle.name, value)),
  ]);
  const note = makeElement("span", "note", group);
  note.textContent = words.flat;
  return { toggle, group, buttons, note };
}
