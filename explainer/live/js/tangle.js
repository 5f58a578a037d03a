// Where a chain of lines turns so often that they fill a stretch of the plot and cannot be told apart.

const FEW_TURNS = 30; // a chain with fewer can be followed
const SHORT = 3; // pixels: shorter lines do not count as turns
const CELL = 5; // pixels: the plot is looked at in cells as wide as a line with its halo
const FREE = 0;
const CROSSED = 1; // by a line
const FILLED = 2; // beside an inner cell
const INNER = 3; // a cell that is crossed, as its four neighbours are

// For each place whether the line to it runs in such a stretch, as bytes; null where there is none. places: [x, y] in
// pixels, null where the pen is lifted.
export function tangledLines(places) {
  if (places.length <= FEW_TURNS || turnsOf(places) <= FEW_TURNS) return null;
  const cells = new Cells(places);
  eachLine(places, (p, q) => cells.cross(p, q));
  if (!cells.findFilled()) return null;
  const tangled = new Uint8Array(places.length);
  eachLine(places, (p, q, k) => {
    tangled[k] = cells.areMostlyFilled(p, q);
  });
  return tangled;
}

function eachLine(places, act) {
  for (let k = 1; k < places.length; k++) if (places[k - 1] && places[k]) act(places[k - 1], places[k], k);
}

function turnsOf(places) {
  let [turns, dx, dy] = [0, 0, 0];
  eachLine(places, (p, q) => {
    const [across, down] = [q[0] - p[0], q[1] - p[1]];
    if (Math.abs(across) + Math.abs(down) < SHORT) return;
    if (across * dx + down * dy < 0) turns += 1;
    [dx, dy] = [across, down];
  });
  return turns;
}

// The rectangle about some places, in cells, and a free cell more on each side.
class Cells {
  constructor(places) {
    const there = places.filter(Boolean);
    const xs = there.map(([x]) => x);
    const ys = there.map(([, y]) => y);
    this.left = xs.reduce((a, b) => Math.min(a, b)) - CELL;
    this.top = ys.reduce((a, b) => Math.min(a, b)) - CELL;
    this.across = Math.ceil((xs.reduce((a, b) => Math.max(a, b)) - this.left) / CELL) + 2;
    this.down = Math.ceil((ys.reduce((a, b) => Math.max(a, b)) - this.top) / CELL) + 2;
    this.marks = new Uint8Array(this.across * this.down);
  }

  // Calls back with each cell, by its number, that a line goes through.
  along([x0, y0], [x1, y1], act) {
    const count = Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) / CELL) || 1;
    for (let k = 0; k <= count; k++) {
      const column = Math.floor((x0 + ((x1 - x0) * k) / count - this.left) / CELL);
      const row = Math.floor((y0 + ((y1 - y0) * k) / count - this.top) / CELL);
      act(row * this.across + column);
    }
  }

  cross(p, q) {
    this.along(p, q, (cell) => {
      this.marks[cell] = CROSSED;
    });
  }

  // Finds the cells that lines fill, and those beside them. Are there any?
  findFilled() {
    const { marks, across } = this;
    const around = [-1, 1, -across, across];
    let found = false;
    for (let cell = across; cell < marks.length - across; cell++) {
      if (marks[cell] === FREE || around.some((way) => marks[cell + way] === FREE)) continue;
      marks[cell] = INNER;
      for (const way of around) marks[cell + way] = Math.max(marks[cell + way], FILLED);
      found = true;
    }
    return found;
  }

  areMostlyFilled(p, q) {
    let [filled, all] = [0, 0];
    this.along(p, q, (cell) => {
      all += 1;
      if (this.marks[cell] >= FILLED) filled += 1;
    });
    return 2 * filled > all;
  }
}
