// One point with a word beside it; beyond the plot's edge an arrow.

import { drawAtEdge } from "../edge.js";
import { HALO, traceSymbol, write } from "../ink.js";
import { layerKind, placeOf } from "../kinds.js";

const LINE = 12; // pixels that a word is high
const GAP = 6; // pixels between the point and its word
const BEHIND = 0.35; // how opaque it is behind a surface

layerKind("Marker", {
  picked: placeOf,
  leaving: (layer) => (layer.beyond ? placeOf(layer) : null),
  draw(pen, view, layer, tables) {
    const point = placeOf(layer).map((coordinate) => tables.now(coordinate));
    if (!point.every(Number.isFinite)) return;
    const [x, y, inside] = view.project(...point);
    const text = inside ? layer.text : layer.beyond;
    const filled = text ? tables.fill(text) : "";
    if (!inside) return drawAtEdge(pen, view, layer.colour, point, filled);
    pen.globalAlpha = view.hidden(...point) ? BEHIND : 1;
    drawPoint(pen, layer, x, y);
    if (filled) writeBeside(pen, view, layer, x, y, filled);
    pen.globalAlpha = 1;
  },
});

function drawPoint(pen, layer, x, y) {
  traceSymbol(pen, layer.symbol, x, y, layer.size);
  pen.lineWidth = 2 * HALO;
  pen.strokeStyle = pen.tones.ground;
  pen.stroke();
  pen.fillStyle = pen.tones[layer.colour];
  if (layer.symbol !== "cross") return pen.fill();
  pen.strokeStyle = pen.fillStyle;
  pen.lineWidth = 3;
  pen.stroke();
}

const OPPOSITE = { right: "left", left: "right", above: "below", below: "above" };

function writeBeside(pen, view, layer, x, y, text) {
  const gap = layer.size + GAP;
  const side = sideFor(layer.place, view.box, x, y, gap, pen.measureText(text).width);
  const [dx, dy, align] = {
    right: [gap, 0, "left"],
    left: [-gap, 0, "right"],
    above: [0, -gap - LINE / 2, "center"],
    below: [0, gap + LINE / 2, "center"],
  }[side];
  write(pen, text, x + dx, y + dy, pen.tones[layer.colour], view.box, align);
}

// The side that is wished for, or the opposite one where there is no room; where neither has room, right or above.
function sideFor(wished, box, x, y, gap, width) {
  const isRoom = {
    right: x + gap + width <= box.right,
    left: x - gap - width >= box.left,
    above: y - gap - LINE >= box.top,
    below: y + gap + LINE <= box.bottom,
  };
  if (isRoom[wished]) return wished;
  if (isRoom[OPPOSITE[wished]]) return OPPOSITE[wished];
  return wished === "right" || wished === "left" ? "right" : "above";
}
