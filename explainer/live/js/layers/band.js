// What lies between two rows along the clock, until now.

import { layerKind } from "../kinds.js";

layerKind("Band", {
  draw(pen, view, layer, tables) {
    const { count, point } = tables.path([layer.x, layer.low, layer.high], "now");
    const [above, below] = [[], []];
    for (let k = 0; k < count; k++) {
      const [x, low, high] = point(k);
      above.push(view.project(x, high));
      below.push(view.project(x, low));
    }
    pen.beginPath();
    for (const [x, y] of [...above, ...below.reverse()]) if (Number.isFinite(x) && Number.isFinite(y)) pen.lineTo(x, y);
    pen.fillStyle = pen.tones[layer.colour];
    pen.globalAlpha = layer.tint;
    pen.fill();
    pen.globalAlpha = 1;
  },
});
