// A row of upright strokes.

import { longest, strokeWithHalo } from "../ink.js";
import { layerKind } from "../kinds.js";

layerKind("Stems", {
  draw(pen, view, layer, tables) {
    const [xs, ys, feet] = [tables.rowOf(layer.x), tables.rowOf(layer.y), tables.rowOf(layer.foot)];
    pen.beginPath();
    for (let k = 0; k < longest(xs, ys, feet); k++) {
      const ends = view.segment([xs.at(k), feet.at(k)], [xs.at(k), ys.at(k)]);
      if (!ends || !ends.flat().every(Number.isFinite)) continue;
      pen.moveTo(...ends[0]);
      pen.lineTo(...ends[1]);
    }
    strokeWithHalo(pen, pen.tones[layer.colour], layer.width);
  },
});
