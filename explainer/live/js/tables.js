// From the places of the controls to numbers, rows of numbers and texts: what the tables of a stage say now.
//
// A coordinate is a number, or the name of a table. A table's leading axes are controls, whose places pick
// a row. Between two steps of a clock that plays, numbers glide from one row to the next; texts do not.

import { UNKNOWN, formatNumber, parsedTemplate, spoken } from "./texts.js";

const NESTED = 3; // labels are templates too, which may name tables with labels: so often at most

// From one number to the next. What is not finite does not glide.
export const glide = (here, next, fraction) =>
  Number.isFinite(here) && Number.isFinite(next) ? here + fraction * (next - here) : here;

export class Tables {
  // tables: name -> {data, shape, strides, axes, labels}. held: control -> a place at which it is held, whatever
  // the settings say. glides(): whether numbers may glide, or the visitor prefers reduced motion.
  constructor(tables, settings, glides, held = {}) {
    this.tables = tables;
    this.settings = settings;
    this.clock = settings.clock;
    this.glides = glides;
    this.held = held;
  }

  // The same tables with more controls held; glides: whether numbers may.
  holding(held, glides = true) {
    return new Tables(this.tables, this.settings, glides ? this.glides : () => false, { ...this.held, ...held });
  }

  // Holds one more control, or the same one elsewhere.
  hold(name, place) {
    this.held[name] = place;
  }

  get(name) {
    return this.tables[name];
  }

  // shift: so many steps of the clock later.
  place(name, shift = 0) {
    if (name in this.held) return this.held[name];
    return name === this.clock.control ? this.clock.step + shift : this.settings.places[name];
  }

  // The places of all controls but the clock's, as a text.
  placesBesideClock() {
    return [...this.settings.controls.keys()].map((name) => (name === this.clock.control ? "" : this.place(name))).join();
  }

  // How far the clock is between two steps, if that is to be seen.
  get gliding() {
    return this.glides() ? this.clock.fraction : 0;
  }

  get clockIsHeld() {
    return this.clock.control in this.held;
  }

  // Where the row picked by the controls begins in a table's data, or -1 where there is none. The control
  // `lastBy`, if given, says by its value where on the last axis.
  offset(table, shift = 0, lastBy = undefined) {
    let sum = 0;
    for (let axis = 0; axis < table.axes.length; axis++) {
      const isLast = axis === table.axes.length - 1;
      const place = isLast && lastBy ? this.lastPlace(lastBy) : this.place(table.axes[axis], shift);
      if (!(place >= 0 && place < table.shape[axis])) return -1;
      sum += place * table.strides[axis];
    }
    return sum;
  }

  // The value of the control that ends the clock, or how far one may see if that is less.
  lastPlace(control) {
    const value = this.settings.valueOf(control);
    return control === this.settings.endControl ? Math.min(value, this.settings.horizon) : value;
  }

  // The number that a coordinate is at the clock's step, or `shift` steps later.
  number(coordinate, shift = 0, lastBy = undefined) {
    if (typeof coordinate === "number") return coordinate;
    const table = this.tables[coordinate];
    const offset = this.offset(table, shift, lastBy);
    return offset < 0 ? NaN : table.data[offset];
  }

  // The number that a coordinate is now, also between two steps.
  now(coordinate) {
    const here = this.number(coordinate);
    const fraction = this.clockIsHeld ? 0 : this.gliding;
    return fraction && typeof coordinate !== "number" ? glide(here, this.number(coordinate, 1), fraction) : here;
  }

  // A row of numbers, {length, at(k)}; beyond its end the last one again.
  rowOf(coordinate) {
    if (typeof coordinate === "number") return { length: 1, at: () => coordinate };
    const table = this.tables[coordinate];
    const start = this.offset(table);
    const length = table.shape.length > table.axes.length ? table.shape[table.axes.length] : 1;
    if (start < 0) return { length, at: () => NaN };
    const row = (k) => table.data[start + Math.min(k, length - 1)];
    const fraction = this.clockIsHeld ? 0 : this.gliding;
    const next = fraction && table.axes.includes(this.clock.control) ? this.offset(table, 1) : -1;
    return { length, at: next < 0 ? row : (k) => glide(row(k), table.data[next + Math.min(k, length - 1)], fraction) };
  }

  // The numbers of a row as texts, k -> text: a number that is read is the one that was computed.
  rowOfTexts(name, spec) {
    const table = this.tables[name];
    const start = this.offset(table);
    const alone = table.shape.length === table.axes.length;
    return (k) => {
      const value = start < 0 ? NaN : table.data[start + (alone ? 0 : k)];
      return table.labels.length && !Number.isNaN(value) ? this.fill(table.labels[value]) : formatNumber(value, spec);
    };
  }

  // A coordinate along the clock: step -> number, the other controls where they are.
  alongClock(coordinate) {
    if (typeof coordinate === "number") return () => coordinate;
    const table = this.tables[coordinate];
    const axis = table.axes.indexOf(this.clock.control);
    if (axis < 0) {
      const value = this.number(coordinate);
      return () => value;
    }
    const start = this.holding({ [this.clock.control]: 0 }).offset(table);
    return (k) => (k < table.shape[axis] ? table.data[start + k * table.strides[axis]] : NaN);
  }

  // The points along the clock, {first, count, point(k)}, from its step 0 until "now" or as far as one may see ("end"),
  // or from now until the "next" step. While it plays, the way until now ends between two steps.
  path(coordinates, until) {
    const { step, end } = this.clock;
    const along = coordinates.map((coordinate) => this.alongClock(coordinate));
    const first = until === "next" ? step : 0;
    const last = { now: step, end: this.settings.horizon, next: Math.min(step + 1, end) }[until];
    const between = until === "now" && this.gliding > 0;
    const count = last - first + 1 + (between ? 1 : 0);
    const isNow = (k) => between && k === count - 1;
    const point = (k) => (isNow(k) ? coordinates.map((c) => this.now(c)) : along.map((value) => value(first + k)));
    return { first, count, point };
  }

  // A template with its numbers and texts put in.
  fill(text, depth = 0) {
    return parsedTemplate(text)
      .map((part) => (typeof part === "string" ? part : this.textOf(part, depth)))
      .join("");
  }

  textOf({ name, shift, lastBy, spec }, depth) {
    const control = this.settings.controls.get(name);
    if (control) return spoken(control.texts[this.place(name, shift)] ?? UNKNOWN);
    const table = this.tables[name];
    if (!table) return UNKNOWN;
    const value = this.number(name, shift, lastBy);
    if (!table.labels.length) return formatNumber(value, spec);
    return Number.isNaN(value) || depth > NESTED ? UNKNOWN : this.fill(table.labels[value], depth + 1);
  }
}
