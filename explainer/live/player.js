// The live figure: still Plotly figures, a canvas over each for what moves, one clock for all.
//
// It knows figures, tables, the clock and the canvas, and nothing of Streamlit. It is given a block
// of bytes (explainer/live/pack.py says how it is laid out) and picks rows of its tables; it
// computes nothing but the layer *curve*. The parts, in order: numbers and texts, the block, where
// a point falls on the screen, what is drawn, the page's elements, the clock.

// ---------------------------------------------------------------- numbers and texts

const UNKNOWN = "?";

function formatNumber(value, spec) {
  if (value === undefined || Number.isNaN(value)) return UNKNOWN;
  const [, brackets, plus, digits, kind] = /^(p?)(\+?)(?:\.(\d+))?([fgd]?)$/.exec(spec) || [];
  let text;
  if (!Number.isFinite(value)) text = value > 0 ? "∞" : "-∞";
  else if (kind === "d") text = String(Math.round(value));
  else if (kind === "f") text = fixed(value, Number(digits ?? 3));
  else text = Math.abs(value) < 1e6 ? String(Number(value.toPrecision(digits ?? 6))) : value.toExponential(2);
  text = text.replace("e+", "e").replaceAll("-", "−");
  if (plus) text = text.startsWith("−") ? `− ${text.slice(1)}` : `+ ${text}`; // a sign between two terms
  return brackets && text.startsWith("−") ? `(${text})` : text;
}

// As many decimals as asked for, but no more than seven figures in all.
function fixed(value, digits) {
  const figures = Math.floor(Math.log10(Math.max(1, Math.abs(value)))) + 1;
  return figures > 6 ? value.toExponential(2) : value.toFixed(Math.min(digits, 7 - figures));
}

// "J = {cost+1:.3f}" -> ["J = ", {name: "cost", shift: 1, on: undefined, spec: ".3f"}]
function parseTemplate(text) {
  return text.split(/(\{[^{}]*\})/).filter(Boolean).map((part) => {
    const found = /^\{([a-z_0-9]+)(?:\+(\d+))?(?:@([a-z_0-9]+))?(?::([^}]*))?\}$/.exec(part);
    return found ? { name: found[1], shift: Number(found[2] || 0), on: found[3], spec: found[4] || "" } : part;
  });
}

const templates = new Map();
function template(text) {
  if (!templates.has(text)) templates.set(text, parseTemplate(text));
  return templates.get(text);
}

// ---------------------------------------------------------------- the block

const ARRAYS = { float32: Float32Array, uint8: Uint8Array, uint16: Uint16Array };

// A header of JSON behind its length, then the rest. The rest is copied, so that it starts aligned.
export function splitBlock(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  return { header, body: bytes.subarray(4 + length) };
}

function readStage(bytes) {
  const { header, body } = splitBlock(bytes);
  const buffer = body.slice().buffer;
  for (const table of Object.values(header.tables)) {
    const size = table.shape.reduce((product, length) => product * length, 1);
    table.data = new ARRAYS[table.dtype](buffer, table.offset, size);
    table.strides = table.shape.map((_, axis) => table.shape.slice(axis + 1).reduce((p, n) => p * n, 1));
  }
  return header;
}

// ---------------------------------------------------------------- where a point falls on the screen

function multiply(a, b) {
  const out = new Float64Array(16);
  for (let column = 0; column < 4; column++)
    for (let row = 0; row < 4; row++)
      for (let k = 0; k < 4; k++) out[4 * column + row] += a[4 * k + row] * b[4 * column + k];
  return out;
}

function transform(matrix, x, y, z) {
  const out = [0, 0, 0, 0];
  for (let row = 0; row < 4; row++) out[row] = matrix[row] * x + matrix[4 + row] * y + matrix[8 + row] * z + matrix[12 + row];
  return out;
}

// Gauss-Jordan on a column-major 4x4 matrix.
function inverse(matrix) {
  const rows = [0, 1, 2, 3].map((row) => [
    ...[0, 1, 2, 3].map((column) => matrix[4 * column + row]),
    ...[0, 1, 2, 3].map((column) => (column === row ? 1 : 0)),
  ]);
  for (let pivot = 0; pivot < 4; pivot++) {
    let best = pivot;
    for (let row = pivot + 1; row < 4; row++) if (Math.abs(rows[row][pivot]) > Math.abs(rows[best][pivot])) best = row;
    [rows[pivot], rows[best]] = [rows[best], rows[pivot]];
    const scale = rows[pivot][pivot];
    if (!scale) return null;
    rows[pivot] = rows[pivot].map((value) => value / scale);
    for (let row = 0; row < 4; row++) {
      if (row === pivot) continue;
      const factor = rows[row][pivot];
      rows[row] = rows[row].map((value, column) => value - factor * rows[pivot][column]);
    }
  }
  const out = new Float64Array(16);
  for (let column = 0; column < 4; column++) for (let row = 0; row < 4; row++) out[4 * column + row] = rows[row][4 + column];
  return out;
}

// The part of the segment p-q within [low, high] in every coordinate (Liang and Barsky), or null.
function clipSegment(p, q, low, high) {
  let [from, to] = [0, 1];
  for (let i = 0; i < p.length; i++) {
    const step = q[i] - p[i];
    if (!step) {
      if (p[i] < low[i] || p[i] > high[i]) return null;
      continue;
    }
    const [a, b] = [(low[i] - p[i]) / step, (high[i] - p[i]) / step];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  if (!(from <= to)) return null;
  const at = (t) => p.map((value, i) => (t === 0 ? value : t === 1 ? q[i] : value + t * (q[i] - value)));
  return [at(from), at(to)];
}

// Plotly's axes as a projection: project(x, y) -> pixels of the panel, and whether inside the plot.
function flatProjection(gd) {
  const { xaxis, yaxis } = gd._fullLayout;
  const linear = (axis, value) => (axis.type === "log" ? Math.log10(value) : value);
  const box = { left: xaxis._offset, top: yaxis._offset, right: xaxis._offset + xaxis._length, bottom: yaxis._offset + yaxis._length };
  return {
    flat: true,
    box,
    project(x, y) {
      const px = xaxis.l2p(linear(xaxis, x)) + xaxis._offset;
      const py = yaxis.l2p(linear(yaxis, y)) + yaxis._offset;
      return [px, py, px >= box.left - 0.5 && px <= box.right + 0.5 && py >= box.top - 0.5 && py <= box.bottom + 0.5];
    },
    toData(px, py) {
      const back = (axis, value) => (axis.type === "log" ? 10 ** value : value);
      return [back(xaxis, xaxis.p2l(px - xaxis._offset)), back(yaxis, yaxis.p2l(py - yaxis._offset))];
    },
    // Clipped a little outside the box, where the canvas is clipped anyway.
    segment(p, q) {
      const [a, b] = [p, q].map((point) => this.project(...point).slice(0, 2));
      return clipSegment(a, b, [box.left - EDGE, box.top - EDGE], [box.right + EDGE, box.bottom + EDGE]);
    },
    hidden: () => false,
  };
}

// A 3-D scene: clip space is mapped to the WebGL canvas's rectangle, not to the plot's.
function sceneProjection(gd, stack) {
  const scene = gd._fullLayout.scene._scene;
  const camera = scene.glplot.cameraParams;
  const scale = scene.dataScale;
  const canvas = scene.glplot.canvas.getBoundingClientRect();
  const panel = stack.getBoundingClientRect();
  const matrix = multiply(camera.projection, multiply(camera.view, camera.model));
  const back = inverse(matrix);
  const axes = ["xaxis", "yaxis", "zaxis"].map((name) => gd._fullLayout.scene[name]);
  const ranges = axes.map((axis) => [Math.min(...axis.range), Math.max(...axis.range)]);
  const linear = (axis, value) => (axis.type === "log" ? Math.log10(value) : value);
  const surface = heightField(gd);
  const inside = (p) => p.every((value, i) => value >= ranges[i][0] - 1e-9 && value <= ranges[i][1] + 1e-9);
  const toPixels = (p) => {
    const clip = transform(matrix, p[0] * scale[0], p[1] * scale[1], p[2] * scale[2]);
    return [
      canvas.left - panel.left + ((clip[0] / clip[3] + 1) / 2) * canvas.width,
      canvas.top - panel.top + ((1 - clip[1] / clip[3]) / 2) * canvas.height,
      clip,
    ];
  };
  return {
    flat: false,
    box: { left: 0, top: 0, right: panel.width, bottom: panel.height },
    ranges,
    project(x, y, z) {
      const p = [x, y, z].map((value, i) => linear(axes[i], value));
      const [px, py] = toPixels(p);
      return [px, py, inside(p)];
    },
    // Clipped to the scene's box before it is projected: what lies behind the eye has no place on the screen.
    segment(p, q) {
      const ends = [p, q].map((point) => point.map((value, i) => linear(axes[i], value)));
      const clipped = clipSegment(...ends, ranges.map((range) => range[0]), ranges.map((range) => range[1]));
      return clipped && clipped.map((point) => toPixels(point).slice(0, 2));
    },
    // Is the surface between the eye and the point? A canvas hides nothing by itself.
    hidden(x, y, z) {
      if (!surface || !back) return false;
      const p = [x, y, z].map((value, i) => linear(axes[i], value));
      const clip = toPixels(p)[2];
      const near = transform(back, clip[0] / clip[3], clip[1] / clip[3], -1);
      const eye = near.slice(0, 3).map((value, i) => value / near[3] / scale[i]);
      return crossesSurface(p, eye, ranges, surface);
    },
  };
}

function heightField(gd) {
  const trace = gd._fullData.find((candidate) => candidate.type === "surface");
  if (!trace || !trace.x || !trace.y) return null;
  const { x, y, z } = trace;
  const [dx, dy] = [(x[x.length - 1] - x[0]) / (x.length - 1), (y[y.length - 1] - y[0]) / (y.length - 1)];
  return (px, py) => {
    const [u, v] = [(px - x[0]) / dx, (py - y[0]) / dy];
    const [i, j] = [Math.floor(u), Math.floor(v)];
    if (i < 0 || j < 0 || i >= x.length - 1 || j >= y.length - 1) return NaN;
    const [s, t] = [u - i, v - j];
    return (1 - t) * ((1 - s) * z[j][i] + s * z[j][i + 1]) + t * ((1 - s) * z[j + 1][i] + s * z[j + 1][i + 1]);
  };
}

const RAY_SAMPLES = 40;
function crossesSurface(point, eye, ranges, surface) {
  let reach = 1;
  for (let i = 0; i < 3; i++) {
    const step = eye[i] - point[i];
    const wall = step > 0 ? ranges[i][1] : ranges[i][0];
    if (step) reach = Math.min(reach, Math.max(0, (wall - point[i]) / step));
  }
  const near = 0.01 * (ranges[2][1] - ranges[2][0]);
  let side = 0;
  for (let k = 1; k <= RAY_SAMPLES; k++) {
    const t = (reach * k) / RAY_SAMPLES;
    const [x, y, z] = point.map((value, i) => value + t * (eye[i] - value));
    const above = z - surface(x, y);
    if (!(Math.abs(above) > near)) continue;
    if (side && Math.sign(above) !== side) return true;
    side = Math.sign(above);
  }
  return false;
}

// ---------------------------------------------------------------- what is drawn

const HALO = 2.5;
const EDGE = 16;

function strokeWithHalo(pen, colour, width) {
  pen.lineJoin = pen.lineCap = "round";
  pen.strokeStyle = pen.tones.ground;
  pen.lineWidth = width + HALO;
  pen.stroke();
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

function write(pen, text, x, y, colour, box, align = "left") {
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

function drawMarker(pen, view, layer, point, text) {
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
function drawChain(pen, view, layer, count, at, hidden = () => false) {
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
    else if (run.points.at(-1)[0] !== ends[0][0] || run.points.at(-1)[1] !== ends[0][1]) run.points.push(null, ends[0]);
    run.points.push(ends[1]);
  }
  for (const { behind, points } of runs) drawRun(pen, layer, behind, points, layer.dots && count <= 60);
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

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

const LINKS = { identity: (z) => z, sigmoid: (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))) };

function drawCurve(pen, view, layer, slope, intercept) {
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

// ---------------------------------------------------------------- the player

const ICONS = {
  restart: "M3 3h2.5v14H3zM17 3v14L6.5 10z",
  back: "M14 3v14L4 10zM16 3h1.8v14H16z",
  play: "M5 2.5v15l12-7.5z",
  pause: "M4 3h4.2v14H4zM11.8 3H16v14h-4.2z",
  next: "M6 3v14l10-7zM2.2 3H4v14H2.2z",
  loop: "M10 3a7 7 0 0 1 6.3 4H18l-2.6 4.4L12.2 7h1.8A5 5 0 0 0 5 9.6H3A7 7 0 0 1 10 3zM2 13l2.6-4.4L7.8 13H6a5 5 0 0 0 9-2.6h2A7 7 0 0 1 3.7 13z",
};
const SPEEDS = [0.25, 0.5, 1, 2, 4];
const REST_BEFORE_LOOP = 900;
const SETTLE_AFTER = 150;
const PIXEL_RATIO_LIMIT = 2;

function element(tag, className, parent, attributes = {}) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent?.append(made);
  return made;
}

function icon(name) {
  return `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
}


// root: an element of its own. plotly: () => promise of Plotly. onSettle(state): a control came to
// rest. onClick(name, x, y): a click on a panel that takes clicks.
export function createPlayer(root, { plotly, onSettle = () => {}, onClick = () => {} }) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const coarse = window.matchMedia("(pointer: coarse)");
  let stage = null;
  let structure = "";
  let index = {}; // control -> place
  let chosen = {}; // toggle -> value
  let position = 0; // of the clock; between two steps while it plays
  let playing = false;
  let looping = false;
  let speed = 1;
  let restUntil = 0;
  let lastFrame = 0;
  let frameAsked = 0;
  let settleTimer = 0;
  let tones = {};
  let Plotly = null;
  let panels = [];
  let parts = {}; // the page's elements
  let chosenPanel = null;
  const player = { frames: 0 };
  root.classList.add("live");
  root.tabIndex = 0;
  root.player = player;

  // A toggle about panels side by side does not count where one is shown at a time.
  const aside = (name) => isNarrow() && stage.toggles.some((toggle) => toggle.name === name && toggle.wide_only);
  const holds = (when) => Object.entries(when || {}).every(([name, values]) => values.includes(chosen[name]) || aside(name));

  // ---- rows of tables

  const clockName = () => stage.clock?.control;
  const controlOf = (name) => stage.controls.find((control) => control.name === name);
  const place = (name, at, shift = 0) => {
    if (at && name in at) return at[name];
    if (name === clockName()) return Math.floor(position + 1e-9) + shift;
    return index[name];
  };

  function offset(table, at, shift, on) {
    let sum = 0;
    for (let axis = 0; axis < table.axes.length; axis++) {
      const last = axis === table.axes.length - 1;
      const where = last && on ? controlOf(on).values[index[on]] : place(table.axes[axis], at, shift);
      if (!(where < table.shape[axis])) return -1;
      sum += where * table.strides[axis];
    }
    return sum;
  }

  function number(name, at, shift = 0, on) {
    if (typeof name === "number") return name;
    const table = stage.tables[name];
    const where = offset(table, at, shift, on);
    return where < 0 ? NaN : table.data[where];
  }

  function fill(text, at, depth = 0) {
    return template(text)
      .map((part) => {
        if (typeof part === "string") return part;
        const control = controlOf(part.name);
        if (control) return control.texts[place(part.name, at, part.shift)] ?? UNKNOWN;
        const table = stage.tables[part.name];
        if (!table) return UNKNOWN;
        const value = number(part.name, at, part.shift, part.on);
        if (table.labels.length) return Number.isNaN(value) || depth > 3 ? UNKNOWN : fill(table.labels[value], at, depth + 1);
        return formatNumber(value, part.spec);
      })
      .join("");
  }

  // A coordinate along the clock: k -> value, the other controls held.
  function alongClock(coordinate, at) {
    if (typeof coordinate === "number") return () => coordinate;
    const table = stage.tables[coordinate];
    const axis = table.axes.indexOf(clockName());
    if (axis < 0) {
      const value = number(coordinate, at);
      return () => value;
    }
    const start = offset(table, { ...at, [clockName()]: 0 }, 0);
    return (k) => (k < table.shape[axis] ? table.data[start + k * table.strides[axis]] : NaN);
  }

  // A coordinate now, between two steps while it plays.
  function now(coordinate, at) {
    const here = number(coordinate, at);
    const fraction = position - Math.floor(position + 1e-9);
    if (still.matches || fraction < 1e-6 || typeof coordinate === "number" || (at && clockName() in at)) return here;
    const next = number(coordinate, at, 1);
    return Number.isFinite(next) ? here + fraction * (next - here) : here;
  }

  function rowOf(coordinate, at) {
    if (typeof coordinate === "number") return { length: 1, at: () => coordinate };
    const table = stage.tables[coordinate];
    const start = offset(table, at, 0);
    const length = table.shape.length > table.axes.length ? table.shape[table.axes.length] : 1;
    return { length, at: (k) => table.data[start + Math.min(k, length - 1)] };
  }

  // ---- drawing

  const clockEnd = () => {
    if (!stage.clock) return 0;
    const last = controlOf(clockName()).values.length - 1;
    return stage.clock.end ? Math.min(last, controlOf(stage.clock.end).values[index[stage.clock.end]]) : last;
  };

  const coordinates = (layer) => (layer.z === undefined || layer.z === null ? [layer.x, layer.y] : [layer.x, layer.y, layer.z]);

  function drawTrail(pen, panel, view, layer, at) {
    const along = coordinates(layer).map((coordinate) => alongClock(coordinate, at));
    const first = layer.until === "next" ? Math.floor(position + 1e-9) : 0;
    const whole = Math.floor(position + 1e-9);
    const last = layer.until === "end" ? clockEnd() : layer.until === "next" ? Math.min(whole + 1, clockEnd()) : whole;
    const moving = layer.until === "now" && !still.matches && position > whole + 1e-6;
    const count = last - first + 1 + (moving ? 1 : 0);
    const point = (k) =>
      moving && k === count - 1 ? coordinates(layer).map((c) => now(c, at)) : along.map((value) => value(first + k));
    drawChain(pen, view, layer, count, point, view.flat ? undefined : rememberHidden(panel, view, layer, at, count));
  }

  // Whether a vertex lies behind the surface is asked once for each camera and row.
  function rememberHidden(panel, view, layer, at, count) {
    const key = `${panel.camera}|${stage.controls.map((c) => (c.name === clockName() ? "" : place(c.name, at))).join()}|${layer.x}${layer.z}`;
    panel.behind ??= new Map();
    if (panel.behind.size > 40) panel.behind.clear();
    if (!panel.behind.has(key)) panel.behind.set(key, []);
    const known = panel.behind.get(key);
    return (k, point) => {
      if (k === count - 1) return view.hidden(...point);
      known[k] ??= view.hidden(...point);
      return known[k];
    };
  }

  const DRAW = {
    Line(pen, panel, view, layer, at) {
      const rows = coordinates(layer).map((coordinate) => rowOf(coordinate, at));
      drawChain(pen, view, layer, Math.max(...rows.map((row) => row.length)), (k) => rows.map((row) => row.at(k)));
    },
    Trail: drawTrail,
    Marker(pen, panel, view, layer, at) {
      const point = coordinates(layer).map((coordinate) => now(coordinate, at));
      const text = { here: layer.text ? fill(layer.text, at) : "", beyond: layer.beyond ? fill(layer.beyond, at) : "" };
      drawMarker(pen, view, layer, point, text);
    },
    Bars(pen, panel, view, layer, at) {
      const [xs, ys] = [rowOf(layer.x, at), rowOf(layer.y, at)];
      pen.fillStyle = pen.tones[layer.colour];
      for (let k = 0; k < Math.max(xs.length, ys.length); k++) {
        const [left, top] = view.project(xs.at(k) - layer.span / 2, ys.at(k));
        const [right, foot] = view.project(xs.at(k) + layer.span / 2, 0);
        if ([left, top, right, foot].every(Number.isFinite)) pen.fillRect(left, Math.min(top, foot), right - left, Math.abs(foot - top));
      }
    },
    Text(pen, panel, view, layer, at) {
      const [x, y, inside] = view.project(...coordinates(layer).map((coordinate) => now(coordinate, at)));
      if (inside) write(pen, fill(layer.text, at), x, y, pen.tones[layer.colour], view.box, layer.align);
    },
    Image(pen, panel, view, layer, at) {
      const table = stage.tables[layer.table];
      const [height, width] = table.shape.slice(-3);
      const start = offset(table, at, 0);
      if (start < 0) return;
      const pixels = new ImageData(width, height);
      for (let k = 0; k < width * height; k++) {
        for (let c = 0; c < 3; c++) pixels.data[4 * k + c] = table.data[start + 3 * k + c];
        pixels.data[4 * k + 3] = 255;
      }
      layer.bitmap ??= new OffscreenCanvas(width, height);
      layer.bitmap.getContext("2d").putImageData(pixels, 0, 0);
      const [left, top] = view.project(layer.x0, layer.y0);
      const [right, bottom] = view.project(layer.x1, layer.y1);
      pen.imageSmoothingEnabled = false;
      pen.drawImage(layer.bitmap, Math.min(left, right), Math.min(top, bottom), Math.abs(right - left), Math.abs(bottom - top));
    },
    Curve(pen, panel, view, layer, at) {
      drawCurve(pen, view, layer, now(layer.slope, at), now(layer.intercept, at));
    },
  };

  function viewOf(panel) {
    if (panel.stale || !panel.view) {
      panel.view = panel.gd._fullLayout.scene ? sceneProjection(panel.gd, panel.stack) : flatProjection(panel.gd);
      panel.camera = (panel.camera || 0) + 1;
      panel.stale = false;
    }
    return panel.view;
  }

  function drawPanel(panel) {
    const { canvas } = panel;
    const ratio = Math.min(window.devicePixelRatio || 1, PIXEL_RATIO_LIMIT);
    const [width, height] = [panel.width, panel.height];
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.tones = tones;
    pen.font = parts.font;
    const view = viewOf(panel);
    pen.save();
    pen.beginPath();
    pen.rect(view.box.left, view.box.top, view.box.right - view.box.left, view.box.bottom - view.box.top);
    pen.clip();
    for (const layer of panel.layers)
      if (holds(layer.when)) DRAW[layer.kind](pen, panel, view, layer, { ...panel.at, ...layer.at });
    pen.restore();
    offerZoomOut(panel, view);
  }

  // ---- what lies off the plot can be brought into view

  function moving(panel) {
    return panel.layers.find((layer) => layer.kind === "Marker" && layer.beyond && holds(layer.when));
  }

  function offerZoomOut(panel, view) {
    const layer = moving(panel);
    if (!layer) return;
    const point = coordinates(layer).map((coordinate) => number(coordinate, { ...panel.at, ...layer.at }));
    const outside = point.every(Number.isFinite) && !view.project(...point)[2];
    if (outside || !playing) panel.zoomOut.hidden = !outside; // no flicker while it leaps in and out
    panel.zoomBack.hidden = !panel.zoomed;
  }

  function axisUpdate(panel, ranges) {
    const names = panel.view.flat ? ["xaxis", "yaxis"] : ["scene.xaxis", "scene.yaxis", "scene.zaxis"];
    return Object.fromEntries(names.map((name, i) => [`${name}.range`, ranges[i]]));
  }

  function presentRanges(panel) {
    const full = panel.gd._fullLayout;
    const axes = panel.view.flat ? [full.xaxis, full.yaxis] : ["xaxis", "yaxis", "zaxis"].map((name) => full.scene[name]);
    return axes.map((axis) => [...axis.range]);
  }

  function zoomOut(panel) {
    const layer = moving(panel);
    const at = { ...panel.at, ...layer.at };
    panel.zoomed ??= presentRanges(panel);
    const along = coordinates(layer).map((coordinate) => alongClock(coordinate, at));
    const step = Math.floor(position + 1e-9);
    const ranges = presentRanges(panel).map((range, i) => {
      let [low, high] = [Math.min(...range), Math.max(...range)];
      for (let k = 0; k <= step; k++) {
        const value = along[i](k);
        if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
      }
      const pad = low < Math.min(...range) || high > Math.max(...range) ? 0.06 * (high - low) : 0;
      return [low - (low < Math.min(...range) ? pad : 0), high + (high > Math.max(...range) ? pad : 0)];
    });
    panel.zoomOut.hidden = true;
    Plotly.relayout(panel.gd, axisUpdate(panel, ranges));
  }

  function zoomBack(panel) {
    const ranges = panel.zoomed;
    panel.zoomed = null;
    panel.zoomBack.hidden = true;
    Plotly.relayout(panel.gd, axisUpdate(panel, ranges));
  }

  // ---- the figures behind

  function readTones() {
    const style = getComputedStyle(root);
    const ground = style.getPropertyValue("--st-background-color").trim();
    const ink = style.getPropertyValue("--st-text-color").trim();
    const theme = isDark(ground) ? "dark" : "light";
    tones = Object.fromEntries(Object.entries(stage.tones).map(([role, tone]) => [role, tone[theme]]));
    if (ground) tones.ground = ground;
    if (ink) tones.ink = ink;
    for (const [role, tone] of Object.entries(tones)) root.style.setProperty(`--${role}`, tone);
    const size = parseFloat(style.fontSize) || 16;
    parts.font = `600 ${Math.max(13, Math.round(size * 0.85))}px ${style.fontFamily}`;
    return JSON.stringify([tones, style.fontFamily, size]);
  }

  function isDark(colour) {
    if (!colour) return window.matchMedia("(prefers-color-scheme: dark)").matches;
    const probe = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }

  function figureOf(panel) {
    const text = stage.figures[panel.figure].replace(/var\(--([a-z-]+)\)/g, (_, role) => tones[role] || role);
    const figure = JSON.parse(text);
    figure.layout.font = { ...figure.layout.font, family: getComputedStyle(root).fontFamily };
    if (coarse.matches && !figure.layout.scene) figure.layout.dragmode = false;
    if (panel.follow_x && !panel.zoomed) figure.layout.xaxis = { ...figure.layout.xaxis, range: followed(panel) };
    return figure;
  }

  const followed = (panel) => {
    return [0, Math.max(1, controlOf(panel.follow_x).values[index[panel.follow_x]])];
  };

  async function plot(panel) {
    if (!Plotly || panel.busy || !isVisible(panel)) return;
    const wanted = panel.figureText;
    if (panel.plotted === wanted) return;
    panel.busy = true;
    const figure = figureOf(panel);
    const config = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: "reset", showTips: false };
    try {
      if (panel.gd) await Plotly.react(panel.gd, figure.data, figure.layout, config);
      else {
        measure(panel);
        panel.gd = panel.plot;
        panel.gd = await Plotly.newPlot(panel.plot, figure.data, figure.layout, config);
        panel.waiting.remove();
        const moved = () => {
          panel.stale = true;
          invalidate();
        };
        for (const event of ["plotly_relayouting", "plotly_relayout", "plotly_afterplot"]) panel.gd.on(event, moved);
        if (panel.gd._fullLayout.scene) addShield(panel);
      }
      panel.ready = true;
      panel.plotted = wanted;
    } finally {
      panel.busy = false;
    }
    panel.stale = true;
    invalidate();
    if (panel.figureText !== wanted) await plot(panel);
  }

  // One figure at a time, flat ones first, with a frame between, so that controls answer meanwhile.
  let plotting = null;
  function plotAll() {
    plotting = (plotting || Promise.resolve()).then(async () => {
      if (!Plotly) return;
      const waiting = panels.filter((panel) => isVisible(panel) && panel.plotted !== panel.figureText);
      waiting.sort((a, b) => Number(isScene(a)) - Number(isScene(b)));
      for (const panel of waiting) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        if (!player.destroyed) await plot(panel);
      }
      if (panels.filter(isVisible).every((panel) => panel.ready)) player.ready = true;
    });
    return plotting;
  }

  const isScene = (panel) => stage.figures[panel.figure].includes('"surface"');
  const isNarrow = () => parts.tabs && getComputedStyle(parts.tabs).display !== "none";
  const isVisible = (panel) => holds(panel.when) && (!isNarrow() || panel.name === chosenPanel);

  // A 3-D panel must not trap the page's scrolling under a finger.
  function addShield(panel) {
    if (!coarse.matches) return;
    const shield = element("div", "shield", panel.stack);
    const turn = element("button", "", panel.corner, { type: "button", "aria-pressed": "false" });
    turn.textContent = "rotate";
    turn.onclick = () => {
      shield.hidden = !shield.hidden;
      turn.setAttribute("aria-pressed", String(shield.hidden));
      turn.textContent = shield.hidden ? "done" : "rotate";
    };
  }

  function measure(panel) {
    panel.width = panel.stack.clientWidth;
    panel.height = panel.stack.clientHeight;
  }

  // ---- one frame

  function invalidate() {
    if (!frameAsked && stage && !player.destroyed) frameAsked = requestAnimationFrame(frame);
  }

  function frame(time) {
    frameAsked = 0;
    if (player.destroyed || !root.isConnected) return;
    if (playing) advance(time);
    lastFrame = time;
    for (const panel of panels) {
      if (!panel.ready || !isVisible(panel) || !panel.width) continue;
      follow(panel);
      drawPanel(panel);
    }
    showTexts();
    player.frames += 1;
    if (playing) invalidate();
  }

  function follow(panel) {
    if (!panel.follow_x || panel.zoomed) return;
    const range = followed(panel);
    if (panel.followedTo === range[1]) return;
    panel.followedTo = range[1];
    Plotly.relayout(panel.gd, { "xaxis.range": range });
  }

  function advance(time) {
    const end = clockEnd();
    if (restUntil) {
      if (time < restUntil) return;
      restUntil = 0;
      position = 0;
    }
    const pace = Math.max(end / stage.clock.seconds, stage.clock.slowest) * speed;
    const passed = Math.min(0.1, (time - (lastFrame || time)) / 1000);
    position = Math.min(end, position + pace * passed);
    if (position >= end) {
      if (looping && end > 0) restUntil = time + REST_BEFORE_LOOP;
      else pause();
    }
  }

  const shown = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
  };

  function showTexts() {
    const step = Math.floor(position + 1e-9);
    for (const [name, slider] of Object.entries(parts.sliders)) {
      const control = slider.control;
      const where = name === clockName() ? step : index[name];
      if (Number(slider.input.value) !== where) slider.input.value = where;
      const text = name === clockName() && stage.clock.end ? `${control.texts[where]} / ${clockEnd()}` : control.texts[where];
      shown(slider.output, text);
      if (!playing && slider.input.getAttribute("aria-valuetext") !== text) slider.input.setAttribute("aria-valuetext", text);
    }
    for (const { node, text } of parts.readouts) shown(node, fill(text));
    for (const panel of panels) if (isVisible(panel)) shown(panel.heading, fill(panel.title, panel.at));
    const said = stage.sentences.find((candidate) => holds(candidate.when));
    const sentence = said ? fill(said.text) : "";
    shown(parts.sentence, sentence);
    if (!playing) shown(parts.heard, sentence);
  }

  // ---- the clock and the controls

  function settle() {
    clearTimeout(settleTimer);
    settleTimer = setTimeout(() => onSettle(player.state()), SETTLE_AFTER);
  }

  function play() {
    if (!stage.clock || playing) return;
    if (position >= clockEnd()) position = 0;
    playing = true;
    restUntil = 0;
    lastFrame = 0;
    showPlaying();
    invalidate();
  }

  function pause() {
    if (!playing) return;
    playing = false;
    position = Math.min(clockEnd(), Math.floor(position + 1e-9));
    showPlaying();
    invalidate();
    settle();
  }

  function showPlaying() {
    parts.play.innerHTML = icon(playing ? "pause" : "play");
    parts.play.setAttribute("aria-label", playing ? "pause" : "play");
  }

  function goTo(step) {
    if (!stage.clock) return;
    playing = false;
    position = Math.max(0, Math.min(clockEnd(), step));
    showPlaying();
    invalidate();
    settle();
  }

  const stepBy = (count) => goTo(Math.floor(position + 1e-9) + count);

  function setControl(name, where) {
    if (name === clockName()) {
      playing = false;
      showPlaying();
      position = Math.max(0, Math.min(clockEnd(), where));
    } else {
      index[name] = where;
      position = Math.min(position, clockEnd());
      const slider = parts.sliders[clockName()];
      if (slider) slider.input.max = clockEnd();
    }
    invalidate();
  }

  function setToggle(name, value) {
    chosen[name] = value;
    showChoices();
    invalidate();
    settle();
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    const ownKeys = target.matches("select") || (target.matches("button") && event.key === " ");
    const slides = target.matches('input[type="range"]');
    const act = {
      " ": () => (playing ? pause() : play()),
      ArrowRight: () => stepBy(1),
      ArrowLeft: () => stepBy(-1),
      Home: () => goTo(0),
      End: () => goTo(clockEnd()),
    }[event.key];
    if (!act || ownKeys || (slides && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // ---- the page's elements

  function build() {
    root.replaceChildren();
    parts = { sliders: {}, readouts: [], choices: [] };
    const head = element("div", "head", root);
    for (const toggle of stage.toggles) buildToggle(toggle, head);
    parts.tabs = element("div", "tabs", root, { role: "tablist" });
    parts.panels = element("div", "panels", root);
    panels = stage.panels.map(buildPanel);
    const row = element("div", "controls", root);
    const [clock, others] = [stage.controls.filter((c) => c.name === clockName()), stage.controls.filter((c) => c.name !== clockName())];
    others.forEach((control, k) => buildSlider(control, row, k === 0 ? "main" : "short"));
    if (stage.clock) buildTransport(row);
    clock.forEach((control) => buildSlider(control, row, "clock"));
    const readouts = element("div", "readouts", root);
    for (const readout of stage.readouts) {
      const node = element("span", readout.lead ? "lead" : "", readouts);
      node.style.color = `var(--${readout.colour})`;
      parts.readouts.push({ node, text: readout.text });
    }
    parts.sentence = element("p", "sentence", root);
    parts.heard = element("div", "heard", root, { "aria-live": "polite" });
  }

  function buildToggle(toggle, parent) {
    const group = element("div", "choice", parent, { role: "group", "aria-label": toggle.label });
    element("span", "label", group).textContent = toggle.label;
    const options = element("div", "options", group);
    for (const [value, text] of toggle.options) {
      const button = element("button", "", options, { type: "button" });
      button.textContent = text;
      button.onclick = () => setToggle(toggle.name, value);
      parts.choices.push({ toggle: toggle.name, value, button, group });
    }
  }

  function buildPanel(described) {
    const panel = { ...described, tabText: described.tab, layers: described.layers || [], figureText: "" };
    panel.element = element("section", described.click ? "panel clickable" : "panel", parts.panels, { "data-panel": panel.name });
    panel.heading = element("div", "title", panel.element);
    panel.stack = element("div", "stack", panel.element);
    panel.plot = element("div", "plot", panel.stack);
    panel.waiting = element("div", "waiting", panel.stack);
    panel.waiting.textContent = "drawing …";
    panel.canvas = element("canvas", "moving", panel.stack, { "aria-hidden": "true" });
    panel.corner = element("div", "corner", panel.element);
    panel.zoomOut = cornerButton(panel, "zoom out", () => zoomOut(panel));
    panel.zoomBack = cornerButton(panel, "zoom back", () => zoomBack(panel));
    panel.tab = element("button", "", parts.tabs, { type: "button", role: "tab" });
    panel.tab.textContent = fill(panel.tabText, panel.at);
    panel.tab.onclick = () => {
      chosenPanel = panel.name;
      showChoices();
      invalidate();
    };
    if (panel.click) listenForClicks(panel);
    sizes.observe(panel.stack);
    return panel;
  }

  function cornerButton(panel, text, action) {
    const button = element("button", "", panel.corner, { type: "button" });
    button.textContent = text;
    button.hidden = true;
    button.onclick = action;
    return button;
  }

  // A click, not a drag: pressed and let go at the same place.
  function listenForClicks(panel) {
    let pressed = null;
    panel.plot.addEventListener("pointerdown", (event) => (pressed = [event.clientX, event.clientY]), true);
    window.addEventListener(
      "pointerup",
      (event) => {
        const from = pressed;
        pressed = null;
        if (!from || !panel.ready || Math.hypot(event.clientX - from[0], event.clientY - from[1]) > 4) return;
        const frame = panel.stack.getBoundingClientRect();
        const [px, py] = [event.clientX - frame.left, event.clientY - frame.top];
        const view = viewOf(panel);
        const { box } = view;
        if (px < box.left || px > box.right || py < box.top || py > box.bottom) return;
        onClick(panel.click, ...view.toData(px, py));
      },
      { capture: true, signal: listeners.signal },
    );
  }

  function buildSlider(control, parent, size) {
    const slider = element("div", `slider ${size}`, parent);
    const id = `live-${control.name}-${Math.random().toString(36).slice(2, 8)}`;
    element("label", "", slider, { for: id }).textContent = control.label;
    const input = element("input", "", slider, { type: "range", id, name: control.name, min: 0, max: control.values.length - 1, step: 1 });
    const output = element("output", "", slider, { for: id });
    input.addEventListener("input", () => setControl(control.name, Number(input.value)));
    input.addEventListener("change", settle);
    const widest = Math.max(...control.texts.map((text) => text.length));
    output.style.minWidth = `${control.name === clockName() ? 2 * widest + 2 : widest + 1}ch`;
    parts.sliders[control.name] = { row: slider, input, output, control };
  }

  function buildTransport(parent) {
    const bar = element("div", "transport", parent, { role: "group", "aria-label": "playing" });
    const button = (name, label, action) => {
      const made = element("button", name, bar, { type: "button", "aria-label": label, title: label });
      made.innerHTML = icon(name);
      made.onclick = action;
      return made;
    };
    button("restart", "restart", () => goTo(0));
    button("back", "step back", () => stepBy(-1));
    parts.play = button("play", "play", () => (playing ? pause() : play()));
    parts.play.removeAttribute("title");
    button("next", "step", () => stepBy(1));
    parts.loop = button("loop", "loop", () => {
      looping = !looping;
      parts.loop.setAttribute("aria-pressed", String(looping));
    });
    parts.loop.setAttribute("aria-pressed", String(looping));
    const select = element("select", "speed", bar, { "aria-label": "speed" });
    for (const value of SPEEDS) {
      const option = element("option", "", select, { value });
      option.textContent = `${value}×`;
    }
    select.value = speed;
    select.onchange = () => (speed = Number(select.value));
  }

  // Which panels there are under the present toggles, and where they stand.
  function showChoices() {
    for (const { toggle, value, button, group } of parts.choices) {
      button.setAttribute("aria-pressed", String(chosen[toggle] === value));
      group.hidden = aside(toggle);
    }
    const active = panels.filter((panel) => holds(panel.when));
    if (!active.some((panel) => panel.name === chosenPanel)) chosenPanel = active[0]?.name;
    const layout = stage.layouts.find((candidate) => holds(candidate.when));
    parts.panels.style.gridTemplateAreas = layout ? layout.rows.map((row) => `"${row}"`).join(" ") : "";
    parts.panels.style.gridTemplateColumns = layout?.columns || "";
    for (const panel of panels) {
      const on = active.includes(panel);
      panel.element.hidden = !on;
      panel.tab.hidden = !on;
      panel.element.style.gridArea = layout ? panel.name : "";
      panel.element.classList.toggle("chosen", panel.name === chosenPanel);
      panel.tab.setAttribute("aria-selected", String(panel.name === chosenPanel));
      panel.heading.classList.toggle("needed", Boolean(panel.title.includes("{")));
    }
    stage.readouts.forEach((readout, k) => (parts.readouts[k].node.hidden = !holds(readout.when)));
    for (const slider of Object.values(parts.sliders)) slider.row.hidden = !holds(slider.control.when);
    resizeAll();
    plotAll();
  }

  function resizeAll() {
    for (const panel of panels) {
      if (!isVisible(panel)) continue;
      const [width, height] = [panel.width, panel.height];
      measure(panel);
      panel.stale = true;
      if (panel.ready && panel.width && (panel.width !== width || panel.height !== height)) Plotly.Plots.resize(panel.gd);
    }
  }

  let resizing = 0;
  const sizes = new ResizeObserver(() => {
    cancelAnimationFrame(resizing);
    resizing = requestAnimationFrame(() => {
      if (!stage || player.destroyed) return;
      showChoices();
      invalidate();
    });
  });

  // ---- from outside

  player.load = (bytes) => {
    stage = readStage(bytes);
    for (const control of stage.controls) if (!(index[control.name] < control.values.length)) index[control.name] = control.start || 0;
    for (const toggle of stage.toggles) if (!toggle.options.some(([value]) => value === chosen[toggle.name])) chosen[toggle.name] = toggle.start;
    const skeleton = JSON.stringify([
      stage.panels.map(({ name, click, when, follow_x }) => [name, click, when, follow_x]),
      [stage.controls, stage.clock, stage.toggles, stage.readouts.length, stage.layouts],
    ]);
    const fresh = skeleton !== structure;
    if (fresh) {
      structure = skeleton;
      sizes.disconnect();
      for (const panel of panels) if (panel.gd) Plotly.purge(panel.gd);
      build();
    }
    const look = readTones();
    stage.panels.forEach((described, k) => {
      Object.assign(panels[k], described, { layers: described.layers || [], tab: panels[k].tab });
      panels[k].figureText = look + stage.figures[described.figure];
      panels[k].behind = null;
    });
    stage.readouts.forEach((readout, k) => (parts.readouts[k].text = readout.text));
    position = Math.min(position, clockEnd());
    const slider = parts.sliders[clockName()];
    if (slider) slider.input.max = clockEnd();
    showChoices();
    showTexts();
    invalidate();
    if (!Plotly && !player.asked) {
      player.asked = true;
      // Title, text and controls are painted before Plotly is even fetched.
      requestAnimationFrame(() => setTimeout(() => plotly().then((loaded) => ((Plotly = loaded), plotAll()))));
    }
  };

  // Take over places of controls and values of toggles, as {name: place or value}.
  player.show = (values) => {
    for (const [name, value] of Object.entries(values)) {
      if (stage.toggles.some((toggle) => toggle.name === name)) chosen[name] = value;
      else if (name !== clockName() && name in parts.sliders) index[name] = value;
    }
    if (clockName() in values) (playing = false), (position = Math.min(values[clockName()], clockEnd())), showPlaying();
    const slider = parts.sliders[clockName()];
    if (slider) slider.input.max = clockEnd();
    showChoices();
    invalidate();
  };

  // The same by their texts, as player.state() gives them; what is not known is left as it is.
  player.read = (texts) => {
    const values = {};
    for (const { name, texts: known } of stage.controls) if (known.includes(texts.get(name))) values[name] = known.indexOf(texts.get(name));
    for (const { name, options } of stage.toggles) if (options.some(([value]) => value === texts.get(name))) values[name] = texts.get(name);
    player.show(values);
  };

  // Texts of the controls and values of the toggles, as an address carries them.
  player.state = () => {
    const state = {};
    for (const control of stage.controls) state[control.name] = control.texts[place(control.name)];
    return { ...state, ...chosen };
  };

  player.places = () => ({ ...Object.fromEntries(stage.controls.map((control) => [control.name, place(control.name)])), ...chosen });
  player.play = play;
  player.pause = pause;
  player.goTo = goTo;
  player.isPlaying = () => playing;
  player.project = (name, ...point) => {
    const panel = panels.find((candidate) => candidate.name === name);
    return viewOf(panel).project(...point);
  };
  player.curve = (link, z) => LINKS[link](z);

  const listeners = new AbortController();
  player.destroy = () => {
    player.destroyed = true;
    clearTimeout(settleTimer);
    listeners.abort();
    sizes.disconnect();
    for (const panel of panels) if (panel.gd) Plotly.purge(panel.gd);
    root.replaceChildren();
  };

  // The theme's colours arrive as style; a transition on one of them is the news that it changed.
  root.addEventListener("keydown", onKey);
  const restyle = () => {
    if (!stage || player.destroyed) return;
    const look = readTones();
    for (const panel of panels) panel.figureText = look + stage.figures[panel.figure];
    plotAll();
    invalidate();
  };
  const scheme = window.matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", restyle, { signal: listeners.signal });
  root.addEventListener("transitionend", (event) => event.target === root && restyle());
  return player;
}
