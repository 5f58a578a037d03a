// y = link(slope (x - shift) / scale + intercept) over the whole x axis.

import { drawChain } from "../chain.js";
import { layerKind } from "../kinds.js";
import { LINKS } from "../links.js";

const SPACING = 2; // pixels between two of its points

layerKind("Curve", {
  draw(pen, view, layer, tables) {
    const [slope, intercept] = [tables.now(layer.slope), tables.now(layer.intercept)];
    if (!Number.isFinite(slope) || !Number.isFinite(intercept)) return;
    const link = LINKS[layer.link];
    const [left] = view.toData(view.box.left, 0);
    const [right] = view.toData(view.box.right, 0);
    const count = Math.max(2, Math.round((view.box.right - view.box.left) / SPACING));
    drawChain(pen, view, layer, count + 1, (k) => {
      const x = left + ((right - left) * k) / count;
      return [x, link((slope * (x - layer.shift)) / layer.scale + intercept)];
    });
  },
});
