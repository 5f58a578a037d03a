// A row of points.

import { makeCanvas } from "../environment.js";
import { longest, traceSymbol } from "../ink.js";
import { layerKind } from "../kinds.js";

const MANY = 60; // points: so many are stamped, for to trace each one in every frame takes several times as long
const AROUND = 2; // pixels about a symbol, for its halo
const PHASES = 2; // places of a stamp between two pixels of the canvas, across and down
const LOOKS_KEPT = 32;

layerKind("Points", {
  isWhole: true,
  draw(pen, view, layer, tables) {
    const [xs, ys] = [tables.rowOf(layer.x), tables.rowOf(layer.y)];
    const count = longest(xs, ys);
    const put = count < MANY ? (x, y) => drawPoint(pen, layer, x, y) : stamping(pen, layer);
    for (let k = 0; k < count; k++) {
      const [x, y, inside] = view.project(xs.at(k), ys.at(k));
      if (inside) put(x, y);
    }
  },
});

function drawPoint(pen, layer, x, y) {
  const isOpen = layer.symbol === "ring" || layer.symbol === "cross"; // drawn as lines
  traceSymbol(pen, layer.symbol, x, y, layer.size);
  pen.strokeStyle = pen.tones.ground;
  pen.lineWidth = isOpen ? layer.width + 2 : 2;
  pen.stroke();
  pen.strokeStyle = pen.tones[layer.colour];
  pen.fillStyle = pen.tones[layer.colour];
  pen.lineWidth = layer.width;
  if (isOpen) pen.stroke();
  else pen.fill();
}

const known = new Map(); // what a symbol looks like -> its stamps

// (x, y) -> puts a picture of the layer's symbol there, to half a pixel of the canvas: what begins at a whole one is
// copied, not computed.
function stamping(pen, layer) {
  const ratio = pen.getTransform().a; // canvas pixels to each of the page's
  const reach = Math.ceil(ratio * (1.15 * layer.size + layer.width / 2 + AROUND));
  const stamps = stampsOf(pen.tones, layer, reach, ratio);
  pen.imageSmoothingEnabled = false;
  const side = (2 * reach) / ratio;
  return (x, y) => {
    const across = Math.round(PHASES * ratio * x);
    const down = Math.round(PHASES * ratio * y);
    const [left, top] = [Math.floor(across / PHASES), Math.floor(down / PHASES)];
    const stamp = stamps[across - PHASES * left][down - PHASES * top];
    pen.drawImage(stamp, (left - reach) / ratio, (top - reach) / ratio, side, side);
  };
}

// The symbol at each phase between two pixels, [across][down].
function stampsOf(tones, layer, reach, ratio) {
  const look = [layer.symbol, layer.size, layer.width, tones[layer.colour], tones.ground, ratio].join();
  if (known.size > LOOKS_KEPT) known.clear();
  const phases = Array.from({ length: PHASES }, (_, phase) => phase / PHASES);
  const stampAt = (across, down) => makeStamp(tones, layer, reach, ratio, across, down);
  if (!known.has(look)) known.set(look, phases.map((across) => phases.map((down) => stampAt(across, down))));
  return known.get(look);
}

function makeStamp(tones, layer, reach, ratio, across, down) {
  const stamp = makeCanvas(2 * reach, 2 * reach);
  const pen = Object.assign(stamp.getContext("2d"), { tones });
  pen.scale(ratio, ratio);
  drawPoint(pen, layer, (reach + across) / ratio, (reach + down) / ratio);
  return stamp;
}
