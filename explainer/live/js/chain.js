// A chain of points, joined by lines. Stretches behind a surface are faint and dashed. Where a chain turns so often
// that it would fill a stretch of the plot, all but its latest turns are an even shade there: it shows how far they go.

import { strokeWithHalo } from "./ink.js";
import { tangledLines } from "./tangle.js";

const SAME_PLACE = 0.75; // pixels
const MOST_DOTS = 60;
const DOT = 5; // pixels
const LATEST = 10; // lines of a tangle that are drawn in full
const SHADE = 0.3; // how opaque the others are

const areClose = (p, q) => Math.abs(p[0] - q[0]) < SAME_PLACE && Math.abs(p[1] - q[1]) < SAME_PLACE;

// point(k): the k-th of `count` points, in units of the axes. isHidden(k, point): whether it lies behind a surface.
export function drawChain(pen, view, layer, count, point, isHidden = () => false) {
  const runs = runsOf(view, count, point, isHidden);
  for (const { hidden, places } of runs) drawRun(pen, layer, hidden, places, layer.dots && count <= MOST_DOTS);
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

// Stretches of the chain that are hidden or not throughout, {hidden, places}: places are [x, y] in pixels, or null
// where the pen is lifted.
function runsOf(view, count, point, isHidden) {
  const runs = [];
  let run = null;
  let before = null; // the point before this one, and where in the panel it is
  let placeBefore = null;
  for (let k = 0; k < count; k++) {
    const here = point(k);
    const isThere = here.every(Number.isFinite);
    // In the plane most points lie inside the plot: what joins two of them need not be clipped.
    const place = isThere && view.flat ? view.project(...here) : null;
    const ends = before && isThere ? endsBetween(view, before, here, placeBefore, place) : null;
    before = isThere ? here : null;
    placeBefore = place;
    if (!ends) continue;
    const hidden = isHidden(k, here);
    if (!run || run.hidden !== hidden) {
      run = { hidden, places: [ends[0]] };
      runs.push(run);
    } else if (!areClose(run.places.at(-1), ends[0])) run.places.push(null, ends[0]);
    // Steps too short to be seen are drawn as one: near the minimum hundreds share a few pixels.
    if (k === count - 1 || !areClose(run.places.at(-1), ends[1])) run.places.push(ends[1]);
  }
  return runs;
}

// Both ends, in pixels, of what is seen of the line that joins two points; null if nothing is.
function endsBetween(view, p, q, placeOfP, placeOfQ) {
  return placeOfQ && placeOfP[2] && placeOfQ[2] ? [placeOfP, placeOfQ] : view.segment(p, q);
}

function drawRun(pen, layer, hidden, places, dots) {
  const tangled = hidden ? null : tangledLines(places);
  tangled?.fill(0, Math.max(0, places.length - LATEST));
  if (tangled) drawShade(pen, layer, places, tangled);
  if (tangled) trace(pen, places, (k) => !tangled[k]);
  else traceAll(pen, places);
  pen.globalAlpha = hidden ? 0.4 : 1;
  pen.setLineDash(hidden ? [4, 5] : layer.dash || []);
  strokeWithHalo(pen, pen.tones[layer.colour], hidden ? layer.width * 0.7 : layer.width, layer.ends);
  if (!dots || hidden) return;
  pen.fillStyle = pen.tones[layer.colour];
  for (const place of places) if (place) pen.fillRect(place[0] - DOT / 2, place[1] - DOT / 2, DOT, DOT);
}

// As one stroke, which is nowhere darker where it lies over itself.
function drawShade(pen, layer, places, tangled) {
  trace(pen, places, (k) => tangled[k]);
  pen.globalAlpha = SHADE;
  pen.lineJoin = "bevel";
  pen.lineWidth = layer.width;
  pen.strokeStyle = pen.tones[layer.colour];
  pen.stroke();
}

// All lines become the pen's path.
function traceAll(pen, places) {
  pen.beginPath();
  let isLifted = true;
  for (const place of places) {
    if (place && isLifted) pen.moveTo(place[0], place[1]);
    else if (place) pen.lineTo(place[0], place[1]);
    isLifted = !place;
  }
}

// The lines that count, by the place to which they lead, become the pen's path.
function trace(pen, places, counts) {
  pen.beginPath();
  let isLifted = true;
  for (let k = 1; k < places.length; k++) {
    const isLine = places[k - 1] && places[k] && counts(k);
    if (isLine && isLifted) pen.moveTo(places[k - 1][0], places[k - 1][1]);
    if (isLine) pen.lineTo(places[k][0], places[k][1]);
    isLifted = !isLine;
  }
}
