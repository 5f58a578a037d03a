// The way along the clock.

import { drawChain } from "../chain.js";
import { layerKind, placeOf } from "../kinds.js";

const ROWS_KEPT = 40;

layerKind("Trail", {
  draw(pen, view, layer, tables) {
    const { first, count, point } = tables.path(placeOf(layer), layer.until);
    drawChain(pen, view, layer, count, point, view.flat ? undefined : hiddenSteps(view, layer, tables, first, count));
  },
});

// view -> row of tables -> for each step whether its point lies behind the surface: that is asked once for each
// camera, whose view is new, and each row. The layers of a stage that was replaced are asked about anew.
const known = new WeakMap();

function hiddenSteps(view, layer, tables, first, count) {
  if (!known.has(view)) known.set(view, new Map());
  const rows = known.get(view);
  const row = `${tables.placesBesideClock()}|${placeOf(layer)}`;
  if (rows.size > ROWS_KEPT) rows.clear();
  if (!rows.has(row)) rows.set(row, []);
  const steps = rows.get(row);
  return (k, point) => {
    if (k === count - 1) return view.hidden(...point); // it may lie between two steps
    return (steps[first + k] ??= view.hidden(...point));
  };
}
