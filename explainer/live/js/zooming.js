// What has left the plot can be brought into view by a button. However it was zoomed, another button zooms back.

import { makeButton, setHidden } from "./elements.js";

const INSIDE_TO_STAY = 60; // frames inside the plot, after which a leaping point is taken to stay there
const ROOM = 0.06; // of the new range, beyond the farthest point
const ALIKE = 1e-6; // of a range: ends that differ by less are the same

export class Zooming {
  // corner: where the buttons stand. leaving(): the panel's layer that may leave the plot now, or undefined.
  constructor(corner, figure, clock, leaving) {
    this.figure = figure;
    this.clock = clock;
    this.leaving = leaving;
    this.framesInside = 0;
    this.outButton = makeButton("zoom out", corner, () => this.zoomOut());
    this.backButton = makeButton("zoom back", corner, () => this.zoomBack());
    this.outButton.hidden = true;
    this.backButton.hidden = true;
  }

  // Has the visitor zoomed, by a button or by dragging?
  get isZoomed() {
    const { home } = this.figure;
    return this.figure.isReady && this.figure.ranges().some((range, axis) => home[axis] && !areAlike(range, home[axis]));
  }

  // Shows the buttons that are of use in this frame.
  offer(view) {
    setHidden(this.backButton, !this.isZoomed);
    const layer = this.leaving();
    if (!layer) return;
    const point = layer.leaving.map((coordinate) => layer.tables.number(coordinate));
    const isOutside = point.every(Number.isFinite) && !view.project(...point)[2];
    this.framesInside = isOutside ? 0 : this.framesInside + 1;
    // No flicker while the point leaps in and out.
    if (isOutside || !this.clock.playing || this.framesInside > INSIDE_TO_STAY) setHidden(this.outButton, !isOutside);
  }

  // To all places where the point has been.
  zoomOut() {
    const layer = this.leaving();
    const present = this.figure.ranges();
    this.outButton.hidden = true;
    this.figure.setRanges(
      layer.leaving.map((coordinate, i) => widened(present[i], layer.tables.alongClock(coordinate), this.clock.step)),
    );
  }

  zoomBack() {
    const { home } = this.figure;
    this.backButton.hidden = true;
    this.figure.setRanges(this.figure.ranges().map((range, axis) => home[axis] ?? range));
  }
}

function areAlike(range, other) {
  const size = Math.abs(other[1] - other[0]);
  return range.every((end, k) => Math.abs(end - other[k]) <= ALIKE * size);
}

// A range so wide that it holds the values of the steps 0 to `step`, with some room beyond those outside.
function widened(range, valueAt, step) {
  const [lowest, highest] = [Math.min(...range), Math.max(...range)];
  let [low, high] = [lowest, highest];
  for (let k = 0; k <= step; k++) {
    const value = valueAt(k);
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const room = ROOM * (high - low);
  return [low < lowest ? low - room : low, high > highest ? high + room : high];
}
