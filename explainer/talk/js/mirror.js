// The figure's main control on the desk: a slider that moves the projector's, and follows it.

import { makeElement, setHidden, setText } from "../../live/js/elements.js";

const HOLD = 600; // milliseconds after a finger's last move in which what is told does not pull the slider back

export class Mirror {
  constructor(parent, move) {
    this.move = move;
    this.root = makeElement("label", "mirror", parent, { hidden: "" });
    this.name = makeElement("span", "", this.root);
    this.text = makeElement("output", "", this.root);
    this.input = makeElement("input", "", this.root, { type: "range", min: "0", step: "1" });
    this.moved = -Infinity;
    this.input.oninput = () => this.send();
  }

  allow(may) {
    this.input.disabled = !may;
  }

  // control: {label, text, place, count} as the projector tells it, null where there is none.
  show(control) {
    setHidden(this.root, !control);
    if (!control) return;
    setText(this.name, control.label);
    setText(this.text, control.text);
    this.input.setAttribute("aria-valuetext", control.text);
    this.input.max = control.count - 1;
    if (performance.now() - this.moved > HOLD) this.input.value = control.place;
  }

  // One message for each frame of the screen is enough.
  send() {
    this.moved = performance.now();
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = undefined;
      this.move(Number(this.input.value));
    });
  }
}
