// A link before everything else on the page, to be seen once it has the focus: past the menu to the first figure.

import { makeElement } from "./elements.js";

export class SkipLink {
  constructor() {
    this.link = null; // made with the first figure
    this.roots = new Set(); // the figures on the page
  }

  // There is a figure of that name. text: what the link says.
  lead(root, name, text) {
    this.link ??= this.make(text);
    root.id ||= `figure-${name.replace("/", "-")}`;
    this.roots.add(root);
    this.aim();
  }

  // That figure is gone.
  leadElsewhere(root) {
    this.roots.delete(root);
    this.aim();
  }

  make(text) {
    const link = makeElement("a", "live-skip", null);
    link.textContent = text;
    link.addEventListener("click", (event) => {
      event.preventDefault(); // the address says other things
      this.first?.player.focus();
    });
    document.body.prepend(link);
    return link;
  }

  get first() {
    return [...this.roots].find((root) => root === document.querySelector(".live-root"));
  }

  aim() {
    this.link.hidden = !this.roots.size;
    if (this.first) this.link.href = `#${this.first.id}`;
  }
}
