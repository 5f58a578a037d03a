// The controls as native sliders, each with its label and the text of its value.

import { makeElement, setAttribute, setHidden, setText } from "./elements.js";
import { Finger } from "./finger.js";
import { spoken } from "./texts.js";

export class Sliders {
  // actions: move(name, place), rest(after).
  constructor(settings, actions) {
    this.settings = settings;
    this.actions = actions;
    this.all = [];
  }

  // size: "main", "short" or "clock".
  add(control, row, size) {
    this.all.push(new Slider(control, row, size, this.settings, this.actions));
  }

  // Which of them there are under the present toggles.
  arrange() {
    for (const slider of this.all) slider.showWhereUseful();
  }

  // Every thumb to its place at once, also where something else than the slider moved the control: the next key
  // counts from the thumb.
  putThumbs() {
    for (const slider of this.all) {
      slider.showWhereUseful();
      slider.putThumb();
    }
  }

  showTexts() {
    for (const slider of this.all) slider.showText();
  }
}

class Slider {
  constructor(control, parent, size, settings, actions) {
    this.control = control;
    this.settings = settings;
    this.isOfClock = control.name === settings.clock.control;
    this.isHeld = false; // by the pointer
    const id = `live-${control.name}-${Math.random().toString(36).slice(2, 8)}`;
    const range = { min: 0, max: control.values.length - 1, step: 1 };
    this.row = makeElement("div", `slider ${size}`, parent);
    makeElement("label", "", this.row, { for: id }).textContent = control.label;
    this.input = makeElement("input", "", this.row, { type: "range", id, name: control.name, ...range });
    this.output = makeElement("output", "", this.row, { for: id });
    this.output.style.minWidth = `${this.widestText()}ch`;
    this.listen(actions);
  }

  listen(actions) {
    const move = (place) => actions.move(this.control.name, place);
    const finger = new Finger(this.input, (place) => {
      move(place);
      actions.rest(true);
    });
    this.input.addEventListener("input", () => finger.lets() && move(Number(this.input.value)));
    this.input.addEventListener("pointerdown", () => {
      this.isHeld = true;
    });
    // Let go, it has come to rest; a key may be pressed again.
    this.input.addEventListener("change", () => {
      actions.rest(this.isHeld);
      this.isHeld = false;
    });
  }

  widestText() {
    const widest = Math.max(...this.control.texts.map((text) => text.length));
    return this.isOfClock ? 2 * widest + 2 : widest + 1;
  }

  // The clock's is of no use where there is nothing to play.
  showWhereUseful() {
    const { settings, control, isOfClock } = this;
    setHidden(this.row, !settings.holds(control.when) || (isOfClock && !settings.clock.canPlay));
  }

  putThumb() {
    const { input, settings } = this;
    const place = settings.place(this.control.name);
    if (this.isOfClock && Number(input.max) !== settings.clock.end) input.max = settings.clock.end;
    if (Number(input.value) !== place) input.value = place;
  }

  showText() {
    const { clock, endControl, endTold } = this.settings;
    const value = spoken(this.control.texts[this.settings.place(this.control.name)]);
    const text = this.isOfClock && endControl && this.settings.holds(endTold) ? `${value} / ${clock.end}` : value;
    setText(this.output, text);
    if (!clock.playing) setAttribute(this.input, "aria-valuetext", text);
  }
}
