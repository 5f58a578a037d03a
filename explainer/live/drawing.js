// What is drawn over a figure: markers, chains of points, arrows at the edge, curves.

import { EDGE } from "./projection.js";

const HALO = 2.5;

function strokeWithHalo(pen, colour, width) {
  pen.lineJoin = pen.lineCap = "round";
  pen.strokeStyle = pen.tones.ground;
  pen.lineWidth = width + HALO;
  pen.stroke();
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

export function write(pen, text, x, y, colour, box, align = "left") {
  const width = pen.measureText(text).width;
  let left = align === "center" ? x - width / 2 : align === "right" ? x - width : x;
  left = Math.max(box.left + 2, Math.min(left, box.right - width - 2));
  const top = Math.max(box.top + 12, Math.min(y, box.bottom - 8));
  pen.textBaseline = "middle";
  pen.lineWidth = 4;
  pen.lineJoin = "round";
  pen.strokeStyle = pen.tones.ground;
  pen.strokeText(text, left, top);
  pen.fillStyle = colour;
  pen.fillText(text, left, top);
}

function shape(pen, symbol, x, y, size) {
  pen.beginPath();
  if (symbol === "square") pen.rect(x - size, y - size, 2 * size, 2 * size);
  else if (symbol === "star")
    for (let k = 0; k < 10; k++) {
      const [radius, angle] = [k % 2 ? size * 0.45 : size * 1.15, (Math.PI * k) / 5 - Math.PI / 2];
      pen.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
  else if (symbol === "cross")
    for (let k = 0; k < 4; k++) {
      const [dx, dy] = [size * Math.cos((Math.PI * (2 * k + 1)) / 4), size * Math.sin((Math.PI * (2 * k + 1)) / 4)];
      pen.moveTo(x, y);
      pen.lineTo(x + dx, y + dy);
    }
  else pen.arc(x, y, size, 0, 2 * Math.PI);
  pen.closePath();
}

export function drawMarker(pen, view, layer, point, text) {
  if (!point.every(Number.isFinite)) return;
  const [x, y, inside] = view.project(...point);
  if (!inside) return drawBeyond(pen, view, layer, point, text);
  const behind = view.hidden(...point);
  pen.globalAlpha = behind ? 0.35 : 1;
  shape(pen, layer.symbol, x, y, layer.size);
  pen.lineWidth = 2 * HALO;
  pen.strokeStyle = pen.tones.ground;
  pen.stroke();
  pen.fillStyle = pen.tones[layer.colour];
  if (layer.symbol === "cross") (pen.strokeStyle = pen.fillStyle), (pen.lineWidth = 3), pen.stroke();
  else pen.fill();
  if (text.here) writeBeside(pen, view, layer, x, y, text.here);
  pen.globalAlpha = 1;
}

function writeBeside(pen, view, layer, x, y, text) {
  const [gap, width, { box }] = [layer.size + 6, pen.measureText(text).width, view];
  let place = layer.place ?? "right";
  if (place === "right" && x + gap + width > box.right) place = "left";
  if (place === "left" && x - gap - width < box.left) place = "right";
  const [dx, dy, align] = { right: [gap, 0, "left"], left: [-gap, 0, "right"], above: [0, -gap - 6, "center"], below: [0, gap + 6, "center"] }[place];
  write(pen, text, x + dx, y + dy, pen.tones[layer.colour], box, align);
}

function edgeOfPlot(view, point) {
  const [truex, truey] = view.project(...point);
  const { box } = view;
  const x = Math.max(box.left + EDGE, Math.min(truex, box.right - EDGE));
  const y = Math.max(box.top + EDGE, Math.min(truey, box.bottom - EDGE));
  return [x, y, Math.atan2(truey - y, truex - x)];
}

// From the nearest place on the scene's box, a little way towards the point.
function edgeOfScene(view, point) {
  const held = point.map((value, i) => Math.max(view.ranges[i][0], Math.min(value, view.ranges[i][1])));
  const sizes = view.ranges.map(([low, high]) => high - low);
  const away = point.map((value, i) => (value - held[i]) / sizes[i]);
  const length = Math.hypot(...away) || 1;
  const further = held.map((value, i) => value + (0.02 * away[i] * sizes[i]) / length);
  const [[x, y], [x2, y2]] = [view.project(...held), view.project(...further)];
  return [x, y, Math.atan2(y2 - y, x2 - x)];
}

// Off the plot: an arrow at the edge that points to where it is, with the true value.
function drawBeyond(pen, view, layer, point, text) {
  const { box } = view;
  let [x, y, angle] = view.flat ? edgeOfPlot(view, point) : edgeOfScene(view, point);
  x = Math.max(box.left + EDGE, Math.min(x, box.right - EDGE));
  y = Math.max(box.top + EDGE, Math.min(y, box.bottom - EDGE));
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle);
  pen.beginPath();
  pen.moveTo(12, 0);
  pen.lineTo(-6, -9);
  pen.lineTo(-6, 9);
  pen.closePath();
  pen.lineWidth = 2 * HALO;
  pen.strokeStyle = pen.tones.ground;
  pen.stroke();
  pen.fillStyle = pen.tones[layer.colour];
  pen.fill();
  pen.restore();
  if (text.beyond) write(pen, text.beyond, x + 16, y + 14, pen.tones[layer.colour], box);
}

// A chain of points; stretches behind a surface are faint and dashed.
export function drawChain(pen, view, layer, count, at, hidden = () => false) {
  const runs = [];
  let run = null;
  let before = null;
  for (let k = 0; k < count; k++) {
    const point = at(k);
    const ends = before && point.every(Number.isFinite) ? view.segment(before, point) : null;
    before = point.every(Number.isFinite) ? point : null;
    if (!ends) {
      run = null;
      continue;
    }
    const behind = hidden(k, point);
    if (!run || run.behind !== behind) runs.push((run = { behind, points: [ends[0]] }));
    else if (!near(run.points.at(-1), ends[0])) run.points.push(null, ends[0]);
    // Steps too short to be seen are drawn as one: near the minimum hundreds share a few pixels.
    if (k === count - 1 || !near(run.points.at(-1), ends[1])) run.points.push(ends[1]);
  }
  for (const { behind, points } of runs) drawRun(pen, layer, behind, points, layer.dots && count <= 60);
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

const SAME_PLACE = 0.75; // pixels
const near = (p, q) => Math.abs(p[0] - q[0]) < SAME_PLACE && Math.abs(p[1] - q[1]) < SAME_PLACE;

function drawRun(pen, layer, behind, points, dots) {
  pen.beginPath();
  let lifted = true;
  for (const point of points) {
    if (!point) lifted = true;
    else if (lifted) pen.moveTo(...point), (lifted = false);
    else pen.lineTo(...point);
  }
  pen.globalAlpha = behind ? 0.4 : 1;
  pen.setLineDash(behind ? [4, 5] : layer.dash || []);
  strokeWithHalo(pen, pen.tones[layer.colour], behind ? layer.width * 0.7 : layer.width);
  if (!dots || behind) return;
  pen.fillStyle = pen.tones[layer.colour];
  for (const point of points) if (point) pen.fillRect(point[0] - 2.5, point[1] - 2.5, 5, 5);
}

export const LINKS = { identity: (z) => z, sigmoid: (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))) };

export function drawCurve(pen, view, layer, slope, intercept) {
  const link = LINKS[layer.link];
  const [left] = view.toData(view.box.left, 0);
  const [right] = view.toData(view.box.right, 0);
  const count = Math.max(2, Math.round((view.box.right - view.box.left) / 2));
  if (!Number.isFinite(slope) || !Number.isFinite(intercept)) return;
  drawChain(pen, view, layer, count + 1, (k) => {
    const x = left + ((right - left) * k) / count;
    return [x, link((slope * (x - (layer.shift ?? 0))) / (layer.scale ?? 1) + intercept)];
  });
}
