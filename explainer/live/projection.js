// Where a point falls on the screen: Plotly's axes and scenes, asked for their own numbers.

export const EDGE = 16; // pixels that arrows and clipped lines keep to the plot's edge

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
export function flatProjection(gd) {
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
export function sceneProjection(gd, stack) {
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
