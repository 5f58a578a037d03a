// Pointing into a panel: presses that put controls to the nearest place.

import { capturePointer } from "./environment.js";
import { nearestPlaces } from "./picking.js";

const STILL = 8; // pixels that a finger may move and still be taken to rest

// The place of a pointer's event in a panel, in pixels.
export function placeIn(panel, event) {
  const frame = panel.stack.getBoundingClientRect();
  return [event.clientX - frame.left, event.clientY - frame.top];
}

// Where the pointer is held, the panel's marker goes: a mouse at once, a finger once it is let go or
// moves to the side. A finger that moves up or down scrolls the page and picks nothing.
export class Picking {
  // actions: move(control, place), rest(), redraw().
  constructor(panel, settings, actions) {
    this.panel = panel;
    this.settings = settings;
    this.actions = actions;
    this.held = null; // where the pointer was pressed, and whether it picks already
    this.wish = null; // the place that is pointed at and not looked up yet, in pixels of the panel
    const { stack } = panel;
    stack.addEventListener("pointerdown", (event) => this.press(event));
    stack.addEventListener("pointermove", (event) => this.held && this.move(event));
    stack.addEventListener("pointerup", (event) => this.held && this.lift(event));
    stack.addEventListener("pointercancel", () => this.held && this.letGo());
  }

  press(event) {
    if (!this.panel.figure.isReady || event.button !== 0) return;
    this.held = { x: event.clientX, y: event.clientY, picks: event.pointerType === "mouse" };
    if (!this.held.picks) return;
    capturePointer(this.panel.stack, event.pointerId);
    this.pointAt(event);
  }

  move(event) {
    const { held } = this;
    const [aside, along] = [Math.abs(event.clientX - held.x), Math.abs(event.clientY - held.y)];
    held.picks ||= aside > STILL && aside > along;
    if (held.picks) this.pointAt(event);
  }

  lift(event) {
    const { held } = this;
    if (held.picks || Math.hypot(event.clientX - held.x, event.clientY - held.y) < STILL) this.pointAt(event);
    this.letGo();
  }

  letGo() {
    this.held = null;
    this.grant();
    this.actions.rest();
  }

  // Looked up with the next frame, however often the pointer reports.
  pointAt(event) {
    this.wish = placeIn(this.panel, event);
    this.actions.redraw();
  }

  // Puts the controls to where the marker comes nearest to the place that is pointed at.
  grant() {
    if (!this.wish) return;
    const wish = this.wish;
    this.wish = null;
    const { pick } = this.panel;
    const { picked, tables } = this.panel.pickedLayer();
    const view = this.panel.figure.view();
    const candidate = tables.holding({});
    const counts = pick.map((control) => this.settings.count(control));
    const places = nearestPlaces(counts, wish, (found) => {
      for (let k = 0; k < found.length; k++) candidate.hold(pick[k], found[k]);
      return view.project(...picked.map((coordinate) => candidate.number(coordinate)));
    });
    if (places) pick.forEach((control, k) => this.actions.move(control, places[k]));
  }
}
