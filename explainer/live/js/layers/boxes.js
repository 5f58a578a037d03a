// A row of boxes with a number in each, all in one size: that of the longest.

import { boxBetween, longest, resized, sizeOf } from "../ink.js";
import { layerKind } from "../kinds.js";

const SMALLEST = 8; // pixels; a number smaller than this nobody can read
const MARGIN = 0.88; // of a box's width, for its number
const LARGEST = 1.4; // times the figure's own type

layerKind("Boxes", {
  draw(pen, view, layer, tables) {
    const boxes = boxesOf(view, layer, tables);
    if (!boxes.length) return;
    drawOutlines(pen, layer, boxes);
    writeNumbers(pen, layer, boxes);
  },
});

// The boxes, in pixels, with their texts. Where a coordinate is not a number there is none.
function boxesOf(view, layer, tables) {
  const [xs, ys] = [tables.rowOf(layer.x), tables.rowOf(layer.y)];
  const textAt = layer.values ? tables.rowOfTexts(layer.values, layer.spec) : () => "";
  const boxes = [];
  for (let k = 0; k < longest(xs, ys); k++) {
    const [x, y] = [xs.at(k), ys.at(k)];
    const box = boxBetween(
      view.project(x - layer.wide / 2, y - layer.high / 2),
      view.project(x + layer.wide / 2, y + layer.high / 2),
    );
    const isThere = Number.isFinite(box.left + box.top + box.width + box.height);
    if (isThere) boxes.push(Object.assign(box, { text: textAt(k) }));
  }
  return boxes;
}

function drawOutlines(pen, layer, boxes) {
  pen.strokeStyle = pen.tones[layer.colour];
  pen.fillStyle = pen.tones[layer.colour];
  pen.lineWidth = layer.width;
  pen.setLineDash(layer.dash || []);
  for (const { left, top, width, height } of boxes) {
    pen.globalAlpha = layer.tint || 0;
    if (layer.tint) pen.fillRect(left, top, width, height);
    pen.globalAlpha = 1;
    if (layer.width) pen.strokeRect(left, top, width, height);
  }
  pen.setLineDash([]);
}

function writeNumbers(pen, layer, boxes) {
  const font = pen.font;
  const [{ width, height }] = boxes;
  const widest = Math.max(...boxes.map(({ text }) => pen.measureText(text).width));
  const size = sizeOf(font);
  const fitting = Math.min(LARGEST * size, 0.6 * height, (size * MARGIN * width) / widest);
  if (!widest || fitting < SMALLEST) return;
  pen.font = resized(font, fitting);
  pen.textBaseline = "middle";
  pen.textAlign = "center";
  pen.fillStyle = pen.tones[layer.ink];
  for (const box of boxes) pen.fillText(box.text, box.left + box.width / 2, box.top + box.height / 2 + 1);
  pen.textAlign = "start";
  pen.font = font;
}
