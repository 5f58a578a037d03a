// What moves over a panel: its layers, drawn one over the other onto a canvas.

import { kindOf } from "./kinds.js";

// A layer of a stage, ready to be drawn. tables: the panel's. boldness: how many times larger than usual are its points
// and its strokes.
export function movingLayer(described, tables, boldness = 1) {
  const layer = boldness === 1 ? described : { ...described, ...bolder(described, boldness) };
  const kind = kindOf(layer);
  return {
    layer,
    kind,
    tables: tables.holding(layer.at, layer.glides),
    isLeftOut: false, // it could not be drawn
    picked: kind?.picked?.(layer) ?? null,
    leaving: kind?.leaving?.(layer) ?? null,
  };
}

const bolder = (layer, boldness) =>
  Object.fromEntries(["size", "width"].filter((name) => name in layer).map((name) => [name, layer[name] * boldness]));

// A pen for a canvas of that size, in pixels of the page, with so many of its own to each of them. Set again, the
// canvas's size would clear it.
export function penFor(canvas, width, height, ratio, theme, labels) {
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across || canvas.height !== down) Object.assign(canvas, { width: across, height: down });
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = theme.font;
  return Object.assign(pen, { tones: theme.tones, type: theme.font, labels });
}

// Draws layers, and is true; or it is false, and the one that cannot be drawn is left out from now on. Points at the
// plot's edge are drawn whole, all else ends there.
export function drawLayers(pen, view, layers) {
  let isClipped = false;
  for (const moving of layers) {
    if (moving.isLeftOut) continue;
    if (isClipped === Boolean(moving.kind?.isWhole)) {
      if (isClipped) pen.restore();
      else clipTo(pen, view.box);
      isClipped = !isClipped;
    }
    if (!drawLayer(pen, view, moving)) return false;
  }
  if (isClipped) pen.restore();
  return true;
}

function drawLayer(pen, view, moving) {
  try {
    moving.kind.draw(pen, view, moving.layer, moving.tables);
  } catch (error) {
    console.error(error);
    moving.isLeftOut = true;
  }
  return !moving.isLeftOut;
}

function clipTo(pen, { left, top, right, bottom }) {
  pen.save();
  pen.beginPath();
  pen.rect(left, top, right - left, bottom - top);
  pen.clip();
}
