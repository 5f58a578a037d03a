// A row of points.

import { longest, traceSymbol } from "../ink.js";
import { layerKind } from "../kinds.js";

layerKind("Points", {
  isWhole: true,
  draw(pen, view, layer, tables) {
    const [xs, ys] = [tables.rowOf(layer.x), tables.rowOf(layer.y)];
    for (let k = 0; k < longest(xs, ys); k++) {
      const [x, y, inside] = view.project(xs.at(k), ys.at(k));
      if (inside) drawPoint(pen, layer, x, y);
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
