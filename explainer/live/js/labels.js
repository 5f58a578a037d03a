// The labels of a panel. Layers hand them over while they are drawn; they are placed and written once all layers are.

import { onFontsLoaded } from "./environment.js";
import { resized, sizeOf } from "./ink.js";
import { placeLabels, placesAlong, placesAt, placesBeside } from "./placing.js";

const LINE = 1.2; // a line's height, of the type's size
const HALO = 4; // pixels of the ground's tone about the letters, on both sides together
const LEAST = 9; // pixels: a label that is wider than the plot shrinks, to this at least
const WIDTHS_KEPT = 2000;

const widths = new Map(); // font -> text -> pixels
onFontsLoaded(() => widths.clear());

export class Labels {
  constructor() {
    this.asked = []; // for this frame
    this.marks = []; // rectangles of the points of this frame
    this.written = []; // those of the last frame, {text, importance, place, rectangle}: null where it was left out
    this.places = new Map(); // layer -> which place its label had, null where it had none
  }

  begin() {
    this.asked.length = 0;
    this.marks.length = 0;
  }

  // A point's symbol, which no label covers if it has another place.
  keepFree(rectangle) {
    this.marks.push(rectangle);
  }

  // A text beside a point, on the wished side if that is free. gap: pixels from the point's middle.
  beside(pen, layer, text, { x, y, gap, wished, alpha = 1 }, box) {
    this.ask(pen, layer, text, { x, y, alpha }, box, (width, height) => placesBeside(wished, gap, width, height));
  }

  // A text at a point, its left end, middle or right end there.
  at(pen, layer, text, { x, y, align }, box) {
    this.ask(pen, layer, text, { x, y, alpha: 1 }, box, (width, height) => placesAt(align, width, height));
  }

  // A text above or below a level line through the whole box, at its right end if that is free.
  along(pen, layer, text, y, box) {
    const x = (box.left + box.right) / 2;
    this.ask(pen, layer, text, { x, y, alpha: 1 }, box, (width, height) => placesAlong(box.right - box.left, width, height));
  }

  ask(pen, layer, text, { x, y, alpha }, box, places) {
    const font = fitting(pen, text, box.right - box.left);
    const [width, height] = [widthOf(pen, font, text), LINE * sizeOf(font)];
    const { importance } = layer;
    this.asked.push({ layer, text, font, x, y, alpha, width, height, importance, places: places(width, height), last: undefined });
  }

  // Places and writes all. fixed: rectangles that nothing may cover. isPlaying: one that has found no place comes back
  // only when there is ample room, so that it does not flicker.
  write(pen, box, fixed, isPlaying) {
    for (const label of this.asked) label.last = this.lastOf(label.layer, isPlaying);
    const placed = placeLabels(this.asked, box, fixed, this.marks);
    this.places.clear();
    this.written = this.asked.map(({ text, layer, importance }, k) => {
      const place = placed[k]?.which ?? null;
      this.places.set(layer, place);
      return { text, importance, place, rectangle: placed[k]?.rectangle ?? null };
    });
    this.asked.forEach((label, k) => placed[k] && writeOne(pen, label, placed[k].rectangle));
  }

  lastOf(layer, isPlaying) {
    const last = this.places.get(layer);
    return last === null && !isPlaying ? undefined : last;
  }
}

function widthOf(pen, font, text) {
  if (!widths.has(font)) widths.set(font, new Map());
  const known = widths.get(font);
  if (!known.has(text)) {
    if (known.size > WIDTHS_KEPT) known.clear();
    const usual = pen.font;
    pen.font = font;
    known.set(text, pen.measureText(text).width);
    pen.font = usual;
  }
  return known.get(text);
}

// The panel's font, smaller where the text is wider than the plot.
function fitting(pen, text, room) {
  const font = pen.type;
  const width = widthOf(pen, font, text);
  return width > room - HALO ? resized(font, Math.max(LEAST, (sizeOf(font) * (room - HALO)) / width)) : font;
}

function writeOne(pen, { layer, text, font, alpha }, { left, top, bottom }) {
  if (font !== pen.type) pen.font = font;
  pen.textBaseline = "middle";
  pen.globalAlpha = alpha;
  pen.lineWidth = HALO;
  pen.lineJoin = "round";
  pen.strokeStyle = pen.tones.ground;
  pen.strokeText(text, left, (top + bottom) / 2);
  pen.fillStyle = pen.tones[layer.colour];
  pen.fillText(text, left, (top + bottom) / 2);
  pen.globalAlpha = 1;
  if (font !== pen.type) pen.font = pen.type;
}
