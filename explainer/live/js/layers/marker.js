// One point with a word beside it; beyond the plot's edge an arrow.

import { drawAtEdge } from "../edge.js";
import { HALO, traceSymbol } from "../ink.js";
import { layerKind, placeOf } from "../kinds.js";
import { rectangleAbout } from "../rectangles.js";

const GAP = 5; // pixels between the point and its word
const BEHIND = 0.35; // how opaque it is behind a surface

layerKind("Marker", {
  isWhole: true,
  picked: placeOf,
  leaving: (layer) => (layer.beyond ? placeOf(layer) : null),
  draw(pen, view, layer, tables) {
    const point = placeOf(layer).map((coordinate) => tables.now(coordinate));
    if (!point.every(Number.isFinite)) return;
    const [x, y, inside] = view.project(...point);
    const text = inside ? layer.text : layer.beyond;
    const filled = text ? tables.fill(text) : "";
    if (!inside) return drawAtEdge(pen, view, layer, point, filled);
    const alpha = view.hidden(...point) ? BEHIND : 1;
    pen.globalAlpha = alpha;
    drawPoint(pen, layer, x, y);
    pen.globalAlpha = 1;
    pen.labels.keepFree(rectangleAbout(x, y, 2 * layer.size, 2 * layer.size));
    const beside = { x, y, gap: layer.size + GAP, wished: layer.place, alpha };
    if (filled) pen.labels.beside(pen, layer, filled, beside, view.room);
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
