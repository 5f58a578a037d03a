// Upright bars from 0, which may even out to one height while the clock goes to its end.

import { longest } from "../ink.js";
import { layerKind } from "../kinds.js";

layerKind("Bars", {
  draw(pen, view, layer, tables) {
    const [xs, ys] = [tables.rowOf(layer.x), tables.rowOf(layer.y)];
    const evens = layer.level !== undefined;
    const level = evens ? tables.number(layer.level) : 0;
    const share = evens ? tables.clock.progress : 0;
    pen.fillStyle = pen.tones[layer.colour];
    for (let k = 0; k < longest(xs, ys); k++) {
      const height = evens ? ys.at(k) + share * (level - ys.at(k)) : ys.at(k);
      const [left, top] = view.project(xs.at(k) - layer.span / 2, height);
      const [right, foot] = view.project(xs.at(k) + layer.span / 2, 0);
      if ([left, top, right, foot].every(Number.isFinite)) pen.fillRect(left, Math.min(top, foot), right - left, Math.abs(foot - top));
    }
  },
});
