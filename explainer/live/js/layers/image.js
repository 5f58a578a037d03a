// A picture from a table of bytes.

import { makeCanvas } from "../environment.js";
import { boxOf } from "../ink.js";
import { layerKind } from "../kinds.js";

const BITMAPS_KEPT = 64;
const LEAST_BLEND = 1e-3; // less of the next picture than this nobody sees
const ZERO = 128; // of signed values

layerKind("Image", {
  draw(pen, view, layer, tables) {
    const table = tables.get(layer.table);
    const start = tables.offset(table);
    const which = layer.which === undefined ? 0 : tables.now(layer.which);
    const share = tables.number(layer.share);
    if (start < 0 || !(which >= 0) || !(share > 0)) return;
    const first = Math.floor(which);
    const blend = which - first;
    drawPart(pen, view, layer, bitmapOf(layer, table, start, first), share);
    if (blend < LEAST_BLEND) return;
    pen.globalAlpha = blend;
    drawPart(pen, view, layer, bitmapOf(layer, table, start, first + 1), share);
    pen.globalAlpha = 1;
  },
});

// That part of its width, from the left.
function drawPart(pen, view, layer, bitmap, share) {
  const { left, top, width, height } = boxOf(view, layer);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(bitmap, 0, 0, share * bitmap.width, bitmap.height, left, top, share * width, height);
}

const bitmaps = new WeakMap(); // layer -> offset in the table -> the bitmaps that were drawn lately

// The picture at a place in a row of pictures that begins at `start`.
function bitmapOf(layer, table, start, place) {
  const [height, width] = table.shape.slice(-3);
  const size = 3 * width * height;
  const from = start + place * size;
  if (!bitmaps.has(layer)) bitmaps.set(layer, new Map());
  const kept = bitmaps.get(layer);
  if (kept.size > BITMAPS_KEPT) kept.clear();
  if (!kept.has(from)) kept.set(from, makeBitmap(table.data.subarray(from, from + size), width, height, layer));
  return kept.get(from);
}

// The bytes of a picture (height, width, 3), or one channel or sign of them, as something a canvas can draw.
function makeBitmap(bytes, width, height, { channel, sign }) {
  const pixels = new ImageData(width, height);
  const shade = sign ? (value) => 2 * sign * (value - ZERO) : (value) => value; // below 0 and above 255 it is clamped
  for (let k = 0; k < width * height; k++) {
    for (let c = 0; c < 3; c++) if (channel === undefined || channel === c) pixels.data[4 * k + c] = shade(bytes[3 * k + c]);
    pixels.data[4 * k + 3] = 255;
  }
  const bitmap = makeCanvas(width, height);
  bitmap.getContext("2d").putImageData(pixels, 0, 0);
  return bitmap;
}
