// A level line across the whole plot, with its name on it.

import { layerKind } from "../kinds.js";

layerKind("Level", {
  draw(pen, view, layer, tables) {
    const { left, right } = view.box;
    const [, y] = view.project(0, tables.now(layer.y));
    if (!view.contains(left, y)) return;
    pen.beginPath();
    pen.moveTo(left, y);
    pen.lineTo(right, y);
    pen.strokeStyle = pen.tones[layer.colour];
    pen.lineWidth = layer.width;
    pen.setLineDash(layer.dash || []);
    pen.stroke();
    pen.setLineDash([]);
    pen.labels.along(pen, layer, tables.fill(layer.text), y, view.box);
  },
});
