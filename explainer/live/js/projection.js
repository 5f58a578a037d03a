// Where a point falls on the screen: Plotly's axes and scenes, asked for their own numbers.
//
// A view has `flat`, its `box` in pixels of the panel, the `room` for labels, which is the whole panel where a drawing has
// no axes, and
//   project(...point)  -> [x, y, inside the plot?]
//   segment(p, q)      -> both ends, in pixels, of the part of a line that can be seen; or null
//   hidden(...point)   -> does it lie behind the surface?
// Only a FlatView has toData(x, y), only a SceneView `ranges`. Each is made for one state of the axes or the camera.

import { clipSegment, crossesSurface, heightField, inverse, multiply, transform } from "./geometry.js";

export const EDGE = 16; // pixels that arrows and clipped lines keep to the plot's edge
const ROUNDING = 1e-9;
const HALF_PIXEL = 0.5;

const toLinear = (axis, value) => (axis.type === "log" ? Math.log10(value) : value);
const fromLinear = (axis, value) => (axis.type === "log" ? 10 ** value : value);

const hasTicks = (axis) => axis.visible && axis.showticklabels;

// The plane of Plotly's x and y axis.
export class FlatView {
  constructor(gd) {
    const { xaxis, yaxis } = gd._fullLayout;
    this.flat = true;
    this.xaxis = xaxis;
    this.yaxis = yaxis;
    this.box = {
      left: xaxis._offset,
      top: yaxis._offset,
      right: xaxis._offset + xaxis._length,
      bottom: yaxis._offset + yaxis._length,
    };
    const { width, height } = gd._fullLayout;
    this.room = hasTicks(xaxis) || hasTicks(yaxis) ? this.box : { left: 0, top: 0, right: width, bottom: height };
    // A little outside the box, where the canvas is clipped anyway.
    this.low = [this.box.left - EDGE, this.box.top - EDGE];
    this.high = [this.box.right + EDGE, this.box.bottom + EDGE];
  }

  project(x, y) {
    const { xaxis, yaxis } = this;
    const px = xaxis.l2p(toLinear(xaxis, x)) + xaxis._offset;
    const py = yaxis.l2p(toLinear(yaxis, y)) + yaxis._offset;
    return [px, py, this.contains(px, py, HALF_PIXEL)];
  }

  contains(px, py, room = 0) {
    const { left, top, right, bottom } = this.box;
    return px >= left - room && px <= right + room && py >= top - room && py <= bottom + room;
  }

  toData(px, py) {
    const { xaxis, yaxis } = this;
    return [fromLinear(xaxis, xaxis.p2l(px - xaxis._offset)), fromLinear(yaxis, yaxis.p2l(py - yaxis._offset))];
  }

  segment(p, q) {
    const [a, b] = [p, q].map((point) => this.project(...point).slice(0, 2));
    return clipSegment(a, b, this.low, this.high);
  }

  hidden() {
    return false;
  }
}

// A 3-D scene: clip space is mapped to the WebGL canvas's rectangle, not to the plot's.
export class SceneView {
  constructor(gd, stack) {
    const { scene } = gd._fullLayout;
    const { glplot, dataScale } = scene._scene;
    const { projection, view, model } = glplot.cameraParams;
    const panel = stack.getBoundingClientRect();
    const canvas = glplot.canvas.getBoundingClientRect();
    const trace = gd._fullData.find((candidate) => candidate.type === "surface");
    this.flat = false;
    this.box = { left: 0, top: 0, right: panel.width, bottom: panel.height };
    this.room = this.box;
    this.axes = [scene.xaxis, scene.yaxis, scene.zaxis];
    this.ranges = this.axes.map((axis) => [Math.min(...axis.range), Math.max(...axis.range)]);
    this.low = this.ranges.map((range) => range[0]);
    this.high = this.ranges.map((range) => range[1]);
    this.scale = dataScale;
    this.canvas = { left: canvas.left - panel.left, top: canvas.top - panel.top, width: canvas.width, height: canvas.height };
    this.matrix = multiply(projection, multiply(view, model));
    this.back = inverse(this.matrix);
    this.surface = trace?.x && trace.y ? heightField(trace) : null;
  }

  project(x, y, z) {
    const point = this.linear([x, y, z]);
    const [px, py] = this.toPixels(this.toClip(point));
    return [px, py, this.encloses(point)];
  }

  // Clipped to the scene's box before it is projected: what lies behind the eye has no place on the screen.
  segment(p, q) {
    const clipped = clipSegment(this.linear(p), this.linear(q), this.low, this.high);
    return clipped && clipped.map((point) => this.toPixels(this.toClip(point)));
  }

  // Is the surface between the eye and the point? A canvas hides nothing by itself.
  hidden(x, y, z) {
    if (!this.surface || !this.back) return false;
    const point = this.linear([x, y, z]);
    const clip = this.toClip(point);
    const near = transform(this.back, clip[0] / clip[3], clip[1] / clip[3], -1);
    const eye = near.slice(0, 3).map((value, i) => value / near[3] / this.scale[i]);
    return crossesSurface(point, eye, this.ranges, this.surface);
  }

  linear(point) {
    return point.map((value, i) => toLinear(this.axes[i], value));
  }

  encloses(point) {
    return point.every((value, i) => value >= this.low[i] - ROUNDING && value <= this.high[i] + ROUNDING);
  }

  toClip(point) {
    return transform(this.matrix, point[0] * this.scale[0], point[1] * this.scale[1], point[2] * this.scale[2]);
  }

  toPixels(clip) {
    const { left, top, width, height } = this.canvas;
    return [left + ((clip[0] / clip[3] + 1) / 2) * width, top + ((1 - clip[1] / clip[3]) / 2) * height];
  }
}
