// A number at each place of a plane, from a table of bytes: two colours, with nothing between them.

import { makeCanvas } from "../environment.js";
import { boxOf } from "../ink.js";
import { layerKind } from "../kinds.js";
import { channels } from "../theme.js";

const BITMAPS_KEPT = 64;
const MIDDLE = 127.5; // the byte of a number that is on neither side

layerKind("Heat", {
  draw(pen, view, layer, tables) {
    const table = tables.get(layer.table);
    const start = tables.offset(table);
    if (start < 0) return;
    const next = tables.gliding && !tables.clockIsHeld ? tables.offset(table, 1) : -1;
    const blend = next < 0 || next === start ? 0 : tables.gliding;
    const { left, top, width, height } = boxOf(view, layer);
    const maps = mapsOf(pen.tones, layer);
    const here = bitmapOf(maps, layer, table, start);
    const map = blend ? mixed(maps, here, bitmapOf(maps, layer, table, next), blend) : here;
    pen.imageSmoothingEnabled = true;
    pen.drawImage(map, left, top, width, height);
  },
});

const known = new WeakMap(); // layer -> {tones, high, low, kept: offset in the table -> bitmap drawn lately, mix}

// What is kept of a layer, for these tones. high, low: both colours as [red, green, blue].
function mapsOf(tones, layer) {
  if (known.get(layer)?.tones !== tones) {
    const [high, low] = [layer.colour, layer.low].map((role) => channels(tones[role]));
    known.set(layer, { tones, high, low, kept: new Map(), mix: null });
  }
  return known.get(layer);
}

function bitmapOf({ high, low, kept }, layer, table, start) {
  if (kept.size > BITMAPS_KEPT) kept.clear();
  if (!kept.has(start)) kept.set(start, makeBitmap(high, low, layer.tint, table, start));
  return kept.get(start);
}

// The one colour above the middle, the other one below it, the stronger the farther. A picture's first row is its upper
// edge, and a table's is where the axis begins.
function makeBitmap(high, low, tint, table, start) {
  const [height, width] = table.shape.slice(-2);
  const picture = new ImageData(width, height);
  const { data } = picture;
  for (let row = 0, to = 0; row < height; row++)
    for (let from = start + (height - 1 - row) * width, column = 0; column < width; column++, from++, to += 4) {
      const away = table.data[from] - MIDDLE;
      [data[to], data[to + 1], data[to + 2]] = away > 0 ? high : low;
      data[to + 3] = (255 * tint * Math.abs(away)) / MIDDLE;
    }
  const bitmap = makeCanvas(width, height);
  bitmap.getContext("2d").putImageData(picture, 0, 0);
  return bitmap;
}

// Both maps in one, the next one with that share: they are mixed while they are small, so that one is made large.
function mixed(maps, here, next, share) {
  maps.mix ??= makeCanvas(here.width, here.height);
  const pen = maps.mix.getContext("2d");
  pen.globalCompositeOperation = "copy";
  pen.globalAlpha = 1 - share;
  pen.drawImage(here, 0, 0);
  pen.globalCompositeOperation = "lighter";
  pen.globalAlpha = share;
  pen.drawImage(next, 0, 0);
  return maps.mix;
}
