// A row of points, joined.

import { drawChain } from "../chain.js";
import { longest } from "../ink.js";
import { layerKind, placeOf } from "../kinds.js";

layerKind("Line", {
  draw(pen, view, layer, tables) {
    const rows = placeOf(layer).map((coordinate) => tables.rowOf(coordinate));
    drawChain(pen, view, layer, longest(...rows), (k) => rows.map((row) => row.at(k)));
  },
});
