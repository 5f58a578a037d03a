// Clicks on a map that go to Python. A hand that slips a little still clicks: what Plotly would take for a small zoom it
// does not get to see. And of a double click, which zooms back, nothing goes to Python.

import { placeIn } from "./pointing.js";

const SLIP = 12; // pixels that a pointer may move within a click
const DOUBLE = 300; // milliseconds between two presses that are a double click, as Plotly counts

export class Clicks {
  // onClick(x, y): in units of the axes. signal: aborted once the panel is gone.
  constructor(panel, onClick, signal) {
    this.panel = panel;
    this.onClick = onClick;
    this.pressed = null; // {x, y, isSecond, isFar}, until it is let go
    this.last = null; // where and when the last press was
    this.waiting = 0; // for a second press
    const options = { capture: true, signal };
    panel.figure.plotElement.addEventListener("pointerdown", (event) => this.press(event), options);
    window.addEventListener("mousemove", (event) => this.pressed && this.move(event), options);
    window.addEventListener("pointerup", (event) => this.pressed && this.lift(event), options);
    window.addEventListener("pointercancel", () => (this.pressed = null), options);
    signal.addEventListener("abort", () => clearTimeout(this.waiting));
  }

  press(event) {
    const { clientX: x, clientY: y, timeStamp: time } = event;
    const isSecond = this.last !== null && time - this.last.time < DOUBLE && isNear(this.last, event);
    if (isSecond) clearTimeout(this.waiting);
    this.pressed = { x, y, isSecond, isFar: false };
    this.last = { x, y, time };
  }

  // Plotly listens to the mouse behind this.
  move(event) {
    const { pressed } = this;
    pressed.isFar ||= !isNear(pressed, event);
    if (!pressed.isFar) event.stopImmediatePropagation();
  }

  lift(event) {
    const { pressed, panel } = this;
    this.pressed = null;
    if (pressed.isSecond || pressed.isFar || !isNear(pressed, event) || !panel.figure.isReady) return;
    const place = placeIn(panel, { clientX: pressed.x, clientY: pressed.y });
    const view = panel.figure.view();
    if (!view.contains(...place)) return;
    const point = view.toData(...place);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.onClick(...point), DOUBLE);
  }
}

const isNear = (from, { clientX, clientY }) => Math.hypot(clientX - from.x, clientY - from.y) < SLIP;
