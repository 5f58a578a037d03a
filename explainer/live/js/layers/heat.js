// A number at each place of a plane, from a table of bytes: two colours, with nothing between them.

import { makeCanvas } from "../environment.js";
import { boxOf } from "../ink.js";
import { layerKind } from "../kinds.js";

const BITMAPS_KEPT = 64;
const MIDDLE = 127.5; // the byte of a number that is on neither side

layerKind("Heat", {
  draw(pen, view, layer, tables) {
    const table = tables.get(layer.table);
    const start = tables.offset(table);
    if (start < 0) return;
    const next = tables.gliding && !tables.clockIsHeld ? tables.offset(table, 1) : -1;
    const blend = next < 0 || next === start ? 0 : tables.gliding;
    const box = boxOf(view, layer);
    drawMap(pen, box, bitmapOf(pen.tones, layer, table, start), 1 - blend);
    if (blend) drawMap(pen, box, bitmapOf(pen.tones, layer, table, next), blend);
  },
});

function drawMap(pen, { left, top, width, height }, bitmap, share) {
  pen.globalAlpha = share;
  pen.imageSmoothingEnabled = true;
  pen.drawImage(bitmap, left, top, width, height);
  pen.globalAlpha = 1;
}

const bitmaps = new WeakMap(); // layer -> {tones, kept: offset in the table -> bitmap} that were drawn lately

function bitmapOf(tones, layer, table, start) {
  const colours = `${tones[layer.colour]} ${tones[layer.low]}`;
  if (bitmaps.get(layer)?.colours !== colours) bitmaps.set(layer, { colours, kept: new Map() });
  const { kept } = bitmaps.get(layer);
  if (kept.size > BITMAPS_KEPT) kept.clear();
  if (!kept.has(start)) kept.set(start, makeBitmap(tones, layer, table, start));
  return kept.get(start);
}

// Both colours in one picture: where there is one of them, there is none of the other.
function makeBitmap(tones, layer, table, start) {
  const [height, width] = table.shape.slice(-2);
  const bytes = table.data.subarray(start, start + width * height);
  const bitmap = makeSide(tones[layer.colour], layer.tint, bytes, width, height, 1);
  bitmap.getContext("2d").drawImage(makeSide(tones[layer.low], layer.tint, bytes, width, height, -1), 0, 0);
  return bitmap;
}

// What lies above the middle (sign 1) or below it (-1), the stronger the farther. A picture's first row is its upper
// edge, and a table's is where the axis begins.
function makeSide(colour, tint, bytes, width, height, sign) {
  const pixels = new ImageData(width, height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const byte = bytes[(height - 1 - row) * width + column];
      pixels.data[4 * (row * width + column) + 3] = (255 * tint * Math.max(0, sign * (byte - MIDDLE))) / MIDDLE;
    }
  const side = makeCanvas(width, height);
  const pen = side.getContext("2d");
  pen.putImageData(pixels, 0, 0);
  pen.globalCompositeOperation = "source-in";
  pen.fillStyle = colour;
  pen.fillRect(0, 0, width, height);
  pen.globalCompositeOperation = "source-over";
  return side;
}
