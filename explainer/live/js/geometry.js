// Geometry without a screen: 4 x 4 matrices, stored column by column, and segments cut at a box.

export function multiply(a, b) {
  const out = new Float64Array(16);
  for (let column = 0; column < 4; column++)
    for (let row = 0; row < 4; row++)
      for (let k = 0; k < 4; k++) out[4 * column + row] += a[4 * k + row] * b[4 * column + k];
  return out;
}

// The matrix times (x, y, z, 1).
export function transform(matrix, x, y, z) {
  const out = [0, 0, 0, 0];
  for (let row = 0; row < 4; row++) out[row] = matrix[row] * x + matrix[4 + row] * y + matrix[8 + row] * z + matrix[12 + row];
  return out;
}

// By Gauss-Jordan elimination with row pivoting; null where there is none.
export function inverse(matrix) {
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
export function clipSegment(p, q, low, high) {
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

// z over a grid: x (columns), y (rows) evenly spaced. (x, y) -> z between four of its points; NaN beside the grid.
export function heightField({ x, y, z }) {
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
const TOUCHING = 0.01; // of the height of the box: a point so close to the surface is on neither side

// Does a surface (x, y) -> z lie between the point and the eye, within the box that `ranges` are?
export function crossesSurface(point, eye, ranges, surface) {
  let reach = 1; // as far as the box's wall
  for (let i = 0; i < 3; i++) {
    const step = eye[i] - point[i];
    const wall = step > 0 ? ranges[i][1] : ranges[i][0];
    if (step) reach = Math.min(reach, Math.max(0, (wall - point[i]) / step));
  }
  const near = TOUCHING * (ranges[2][1] - ranges[2][0]);
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
