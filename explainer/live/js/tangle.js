// Where a chain of lines turns so often that they fill a stretch of the plot and cannot be told apart.

const FEW_TURNS = 30; // a chain with fewer can be followed
const SHORT = 3; // pixels: shorter lines do not count as turns
const CELL = 5; // pixels: the plot is looked at in cells as wide as a line with its halo
const CROSSED = 1; // by a line; 0 is a free cell
const FILLED = 2; // beside an inner cell
const INNER = 3; // a cell that is crossed, as its four neighbours are

// For each place whether the line to it runs in such a stretch, as bytes; null where there is none. places: [x, y] in
// pixels, null where the pen is lifted.
export function tangledLines(places) {
  if (!turnsOften(places)) return null;
  const cells = new Cells(places);
  for (let k = 1; k < places.length; k++) if (places[k - 1] && places[k]) cells.walk(places[k - 1], places[k], true);
  if (!cells.findFilled()) return null;
  const tangled = new Uint8Array(places.length);
  for (let k = 1; k < places.length; k++)
    if (places[k - 1] && places[k]) tangled[k] = 2 * cells.walk(places[k - 1], places[k], false) > 1;
  return tangled;
}

// Asked of every chain in every frame, so nothing is made here.
function turnsOften(places) {
  let turns = 0;
  let dx = 0;
  let dy = 0;
  for (let k = 1; k < places.length; k++) {
    const p = places[k - 1];
    const q = places[k];
    if (!p || !q) continue;
    const across = q[0] - p[0];
    const down = q[1] - p[1];
    if (Math.abs(across) + Math.abs(down) < SHORT) continue;
    if (across * dx + down * dy < 0) turns += 1;
    if (turns > FEW_TURNS) return true;
    dx = across;
    dy = down;
  }
  return false;
}

// The rectangle about some places, in cells, and a free cell more on each side.
class Cells {
  constructor(places) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const place of places) {
      if (!place) continue;
      left = Math.min(left, place[0]);
      right = Math.max(right, place[0]);
      top = Math.min(top, place[1]);
      bottom = Math.max(bottom, place[1]);
    }
    this.left = left - CELL;
    this.top = top - CELL;
    this.across = Math.ceil((right - this.left) / CELL) + 2;
    this.down = Math.ceil((bottom - this.top) / CELL) + 2;
    this.marks = new Uint8Array(this.across * this.down);
  }

  // Goes along a line and, if asked to, marks its cells as crossed. The share of them that are filled.
  walk(p, q, marking) {
    const { marks, across } = this;
    const far = Math.max(Math.abs(q[0] - p[0]), Math.abs(q[1] - p[1]));
    const count = Math.ceil(far / CELL) || 1;
    let x = (p[0] - this.left) / CELL;
    let y = (p[1] - this.top) / CELL;
    const dx = (q[0] - p[0]) / CELL / count;
    const dy = (q[1] - p[1]) / CELL / count;
    let filled = 0;
    for (let k = 0; k <= count; k++) {
      const cell = Math.floor(y) * across + Math.floor(x);
      if (marking) marks[cell] = CROSSED;
      else if (marks[cell] >= FILLED) filled += 1;
      x += dx;
      y += dy;
    }
    return filled / (count + 1);
  }

  // Finds the cells that lines fill, and those beside them. Are there any?
  findFilled() {
    const { marks, across } = this;
    let found = false;
    for (let cell = across; cell < marks.length - across; cell++) {
      if (!(marks[cell] && marks[cell - 1] && marks[cell + 1] && marks[cell - across] && marks[cell + across])) continue;
      marks[cell] = INNER;
      for (const way of [-1, 1, -across, across]) marks[cell + way] = Math.max(marks[cell + way], FILLED);
      found = true;
    }
    return found;
  }
}
