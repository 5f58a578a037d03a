// A square outline about a place.

import { boxBetween, strokeWithHalo } from "../ink.js";
import { layerKind, placeOf } from "../kinds.js";

layerKind("Frame", {
  isWhole: true,
  picked: placeOf,
  draw(pen, view, layer, tables) {
    const [x, y, span] = [tables.number(layer.x), tables.number(layer.y), tables.number(layer.span)];
    const { left, top, width, height } = boxBetween(
      view.project(x - span / 2, y - span / 2),
      view.project(x + span / 2, y + span / 2),
    );
    if (!view.project(x, y)[2]) return;
    const room = layer.width / 2; // about the place, not over it
    pen.beginPath();
    pen.rect(left - room, top - room, width + 2 * room, height + 2 * room);
    strokeWithHalo(pen, pen.tones[layer.colour], layer.width);
  },
});
