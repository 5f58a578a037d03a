// A template at a place, which may speak of an earlier or a later step.

import { layerKind, placeOf } from "../kinds.js";

layerKind("Text", {
  draw(pen, view, layer, tables) {
    const [x, y, inside] = view.project(...placeOf(layer).map((coordinate) => tables.now(coordinate)));
    const text = inside ? textOf(layer, tables) : null;
    if (text) pen.labels.at(pen, layer, text, { x, y, align: layer.align }, view.room);
  },
});

// Null if it speaks of a step that there is not.
function textOf(layer, tables) {
  if (!layer.shift) return tables.fill(layer.text);
  const { control, end } = tables.clock;
  const step = tables.place(control) + layer.shift;
  return step < 0 || step > end ? null : tables.holding({ [control]: step }).fill(layer.text);
}
