// What is drawn over a figure: markers, points, chains, bars, stems, boxes, arrows at the edge, curves, pictures.

import { EDGE } from "./projection.js";

const HALO = 2.5;
const LINE = 12; // pixels that a word is high

function strokeWithHalo(pen, colour, width, ends = "round") {
  pen.lineJoin = "round";
  pen.lineCap = ends;
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
  if (symbol !== "cross") pen.closePath();
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
  if (place === "above" && y - gap - LINE < box.top) place = "below";
  if (place === "below" && y + gap + LINE > box.bottom) place = "above";
  const [dx, dy, align] = { right: [gap, 0, "left"], left: [-gap, 0, "right"], above: [0, -gap - LINE / 2, "center"], below: [0, gap + LINE / 2, "center"] }[place];
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

// ---- rows: points, stems, bars. x, y ...: {length, at(k)}

const longest = (...rows) => Math.max(...rows.map((row) => row.length));

export function drawPoints(pen, view, layer, xs, ys) {
  for (let k = 0; k < longest(xs, ys); k++) {
    const [x, y] = view.project(xs.at(k), ys.at(k));
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const open = layer.symbol === "ring" || layer.symbol === "cross"; // drawn as lines
    shape(pen, layer.symbol, x, y, layer.size);
    pen.strokeStyle = pen.tones.ground;
    pen.lineWidth = open ? layer.width + 2 : 2;
    pen.stroke();
    pen.strokeStyle = pen.fillStyle = pen.tones[layer.colour];
    pen.lineWidth = layer.width;
    if (open) pen.stroke();
    else pen.fill();
  }
}

export function drawStems(pen, view, layer, xs, ys, feet) {
  pen.beginPath();
  for (let k = 0; k < longest(xs, ys, feet); k++) {
    const ends = view.segment([xs.at(k), feet.at(k)], [xs.at(k), ys.at(k)]);
    if (!ends || !ends.flat().every(Number.isFinite)) continue;
    pen.moveTo(...ends[0]);
    pen.lineTo(...ends[1]);
  }
  strokeWithHalo(pen, pen.tones[layer.colour], layer.width);
}

export function drawBars(pen, view, layer, xs, height, count) {
  pen.fillStyle = pen.tones[layer.colour];
  for (let k = 0; k < count; k++) {
    const [left, top] = view.project(xs.at(k) - layer.span / 2, height(k));
    const [right, foot] = view.project(xs.at(k) + layer.span / 2, 0);
    if ([left, top, right, foot].every(Number.isFinite)) pen.fillRect(left, Math.min(top, foot), right - left, Math.abs(foot - top));
  }
}

// What lies between two rows: `point(k)` is a place, its low and its high.
export function drawBand(pen, view, layer, count, point) {
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
}

// ---- pictures

const cornersOf = (view, layer) => {
  const [[x0, y0], [x1, y1]] = [view.project(layer.x0, layer.y0), view.project(layer.x1, layer.y1)];
  return { left: Math.min(x0, x1), top: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) };
};

const ZERO = 128; // of signed values

// The bytes of a picture (height, width, 3), or one channel or sign of them, as something a canvas can draw.
export function bitmapOf(bytes, width, height, { channel, sign }) {
  const pixels = new ImageData(width, height);
  const shade = sign ? (value) => 2 * sign * (value - ZERO) : (value) => value; // what is below 0 or above 255 is clamped
  for (let k = 0; k < width * height; k++) {
    for (let c = 0; c < 3; c++) if (channel === undefined || channel === c) pixels.data[4 * k + c] = shade(bytes[3 * k + c]);
    pixels.data[4 * k + 3] = 255;
  }
  const bitmap = new OffscreenCanvas(width, height);
  bitmap.getContext("2d").putImageData(pixels, 0, 0);
  return bitmap;
}

export function drawImage(pen, view, layer, bitmap, share) {
  if (!(share > 0)) return;
  const { left, top, width, height } = cornersOf(view, layer);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(bitmap, 0, 0, share * bitmap.width, bitmap.height, left, top, share * width, height);
}

export function drawFrame(pen, view, x, y, span, layer) {
  const [left, top] = view.project(x - span / 2, y - span / 2);
  const [right, bottom] = view.project(x + span / 2, y + span / 2);
  if (![left, top, right, bottom].every(Number.isFinite)) return;
  const room = layer.width / 2; // about the pixel, not over it
  pen.beginPath();
  pen.rect(Math.min(left, right) - room, Math.min(top, bottom) - room, Math.abs(right - left) + 2 * room, Math.abs(bottom - top) + 2 * room);
  strokeWithHalo(pen, pen.tones[layer.colour], layer.width);
}

// The numbers about a pixel, each on its own shade. valueAt(i, j): i rows and j columns further.
export function drawCells(pen, view, layer, valueAt) {
  const { left, top, width, height } = cornersOf(view, layer);
  const [count, font] = [2 * layer.reach + 1, pen.font];
  const [wide, high] = [width / count, height / count];
  pen.font = font.replace(/[\d.]+px/, `${Math.min(0.5 * high, 0.45 * wide).toFixed(1)}px`);
  pen.textBaseline = "middle";
  pen.textAlign = "center";
  for (let i = -layer.reach; i <= layer.reach; i++)
    for (let j = -layer.reach; j <= layer.reach; j++) {
      const value = valueAt(i, j);
      if (value === undefined) continue;
      const [x, y] = [left + (j + layer.reach) * wide, top + (i + layer.reach) * high];
      const shade = [0, 1, 2].map((c) => (c === layer.channel ? value : 0));
      pen.fillStyle = `rgb(${shade})`;
      pen.fillRect(x + 0.5, y + 0.5, wide - 1, high - 1);
      pen.fillStyle = 0.3 * shade[0] + 0.59 * shade[1] + 0.11 * shade[2] > 110 ? "#000000" : "#ffffff";
      pen.fillText(value, x + wide / 2, y + high / 2 + 1);
    }
  pen.textAlign = "start";
  pen.font = font;
}

const SMALLEST = 8; // pixels; a number smaller than this nobody can read
const MARGIN = 0.88; // of a box's width, for its number
const LARGEST = 1.4; // times the figure's own type

// Boxes with a number in each, all in one size: that of the longest.
export function drawBoxes(pen, view, layer, xs, ys, textAt) {
  const font = pen.font;
  const boxes = [];
  for (let k = 0; k < longest(xs, ys); k++) {
    const [x, y] = [xs.at(k), ys.at(k)];
    const corners = [view.project(x - layer.wide / 2, y - layer.high / 2), view.project(x + layer.wide / 2, y + layer.high / 2)];
    const [[x0, y0], [x1, y1]] = corners;
    if (![x0, y0, x1, y1].every(Number.isFinite)) continue;
    boxes.push({ left: Math.min(x0, x1), top: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0), text: textAt(k) });
  }
  if (!boxes.length) return;
  pen.strokeStyle = pen.fillStyle = pen.tones[layer.colour];
  pen.lineWidth = layer.width;
  pen.setLineDash(layer.dash || []);
  for (const { left, top, width, height } of boxes) {
    pen.globalAlpha = layer.tint || 0;
    if (layer.tint) pen.fillRect(left, top, width, height);
    pen.globalAlpha = 1;
    if (layer.width) pen.strokeRect(left, top, width, height);
  }
  pen.setLineDash([]);
  const { width, height } = boxes[0];
  const widest = Math.max(...boxes.map(({ text }) => pen.measureText(text).width));
  const size = parseFloat(/([\d.]+)px/.exec(font)[1]);
  const fitting = Math.min(LARGEST * size, 0.6 * height, (size * MARGIN * width) / widest);
  if (!widest || fitting < SMALLEST) return;
  pen.font = font.replace(/[\d.]+px/, `${fitting.toFixed(1)}px`);
  pen.textBaseline = "middle";
  pen.textAlign = "center";
  pen.fillStyle = pen.tones[layer.ink];
  for (const box of boxes) pen.fillText(box.text, box.left + box.width / 2, box.top + box.height / 2 + 1);
  pen.textAlign = "start";
  pen.font = font;
}

// A chain of points; stretches behind a surface are faint and dashed.
export function drawChain(pen, view, layer, count, at, hidden = () => false) {
  const runs = [];
  let run = null;
  let before = null; // the point before this one, and where in the panel it is
  let placed = null;
  for (let k = 0; k < count; k++) {
    const point = at(k);
    const there = point.every(Number.isFinite);
    // In the plane most points lie inside the plot: what joins two of them need not be clipped.
    const place = there && view.flat ? view.project(...point) : null;
    let ends = null;
    if (before && there) ends = place && placed[2] && place[2] ? [placed, place] : view.segment(before, point);
    before = there ? point : null;
    placed = place;
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
  strokeWithHalo(pen, pen.tones[layer.colour], behind ? layer.width * 0.7 : layer.width, layer.ends);
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
