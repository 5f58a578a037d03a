// What lies off the plot: an arrow at the edge that points to where it is, with a text.

import { HALO } from "./ink.js";
import { EDGE } from "./projection.js";
import { rectangleAbout } from "./rectangles.js";

const ARROW = 12; // pixels from its middle to its tip

// point: where it is, in units of the axes.
export function drawAtEdge(pen, view, layer, point, text) {
  const { box } = view;
  const [edgeX, edgeY, angle] = view.flat ? edgeOfPlot(view, point) : edgeOfScene(view, point);
  const x = Math.max(box.left + EDGE, Math.min(edgeX, box.right - EDGE));
  const y = Math.max(box.top + EDGE, Math.min(edgeY, box.bottom - EDGE));
  drawArrow(pen, x, y, angle, pen.tones[layer.colour]);
  pen.labels.keepFree(rectangleAbout(x, y, 2 * ARROW, 2 * ARROW));
  const beside = { x, y, gap: ARROW + 3, wished: inwards(angle) };
  if (text) pen.labels.beside(pen, layer, text, beside, view.room);
}

// The side of an arrow that is away from the edge it points to.
function inwards(angle) {
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  if (Math.abs(x) > Math.abs(y)) return x > 0 ? "left" : "right";
  return y > 0 ? "above" : "below";
}

// The nearest place inside the plot, and the direction from there.
function edgeOfPlot(view, point) {
  const [trueX, trueY] = view.project(...point);
  const { box } = view;
  const x = Math.max(box.left + EDGE, Math.min(trueX, box.right - EDGE));
  const y = Math.max(box.top + EDGE, Math.min(trueY, box.bottom - EDGE));
  return [x, y, Math.atan2(trueY - y, trueX - x)];
}

// From the nearest place on the scene's box, a little way towards the point.
function edgeOfScene(view, point) {
  const held = point.map((value, i) => Math.max(view.ranges[i][0], Math.min(value, view.ranges[i][1])));
  const sizes = view.ranges.map(([low, high]) => high - low);
  const away = point.map((value, i) => (value - held[i]) / sizes[i]);
  const length = Math.hypot(...away) || 1;
  const further = held.map((value, i) => value + (0.02 * away[i] * sizes[i]) / length);
  const [x, y] = view.project(...held);
  const [x2, y2] = view.project(...further);
  return [x, y, Math.atan2(y2 - y, x2 - x)];
}

function drawArrow(pen, x, y, angle, colour) {
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle);
  pen.beginPath();
  pen.moveTo(ARROW, 0);
  pen.lineTo(-6, -9);
  pen.lineTo(-6, 9);
  pen.closePath();
  pen.lineWidth = 2 * HALO;
  pen.strokeStyle = pen.tones.ground;
  pen.stroke();
  pen.fillStyle = colour;
  pen.fill();
  pen.restore();
}
