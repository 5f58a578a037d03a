// One panel: a still figure, and over it a canvas with the layers that move.

import { makeButton, makeElement, setText } from "./elements.js";
import { pixelRatio } from "./environment.js";
import { Figure } from "./figure.js";
import { kindOf } from "./kinds.js";
import { Picking, listenForClicks } from "./pointing.js";
import { addShield, letWheelPass } from "./scrolling.js";
import { Zooming } from "./zooming.js";

export class Panel {
  // described: a Panel of explainer/stage/stage.py. parents: {area, tabs}. actions: move, rest, redraw, click,
  // chooseTab. signal: aborted once the panel is gone.
  constructor(described, parents, settings, actions, signal) {
    this.name = described.name;
    this.click = described.click; // these three stay as long as the panel does
    this.pick = described.pick;
    this.followX = described.follow_x;
    this.settings = settings;
    this.title = "";
    this.when = {};
    this.tables = null; // with the controls held that the panel holds
    this.layers = []; // {layer, kind, tables, picked, leaving}, in the order in which they are drawn
    this.roomAtEnds = 0;
    this.width = 0; // of the canvas, in pixels of the page
    this.height = 0;
    this.isVisible = false;
    this.element = makeElement("section", "panel", parents.area, { "data-panel": this.name });
    this.element.classList.toggle("clickable", Boolean(this.click));
    this.element.classList.toggle("pickable", Boolean(this.pick));
    this.heading = makeElement("div", "title", this.element);
    this.stack = makeElement("div", "stack", this.element);
    this.figure = new Figure(this.stack, actions.redraw);
    this.canvas = makeElement("canvas", "moving", this.stack, { "aria-hidden": "true" });
    this.corner = makeElement("div", "corner", this.element);
    this.zooming = new Zooming(this.corner, this.figure, settings.clock, () => this.leavingLayer());
    this.tab = makeButton("", parents.tabs, () => actions.chooseTab(this.name), { role: "tab" });
    this.picking = this.pick ? new Picking(this, settings, actions) : null;
    if (this.click) listenForClicks(this, (x, y) => actions.click(this.click, x, y), signal);
  }

  // What a stage says of the panel, and its figure in that look.
  load(described, stage, tables, look) {
    this.title = described.title;
    this.when = described.when;
    this.roomAtEnds = stage.room_at_ends;
    this.tables = tables.holding(described.at);
    this.layers = (described.layers || []).map((layer) => movingLayer(layer, this.tables));
    const isOther = this.figure.setSource(stage.figures[described.figure] ?? "", look);
    if (isOther) this.zooming.forget();
  }

  // Is its title to be seen though its tab has a title too?
  get needsHeading() {
    return this.title.includes("{") || Boolean(this.pick || this.click);
  }

  get isDrawable() {
    return this.isVisible && this.figure.isReady && this.width > 0;
  }

  get isSettling() {
    return this.isVisible && this.figure.isReady && this.figure.framesToSettle > 0;
  }

  // The layer that presses are meant for.
  pickedLayer() {
    return this.layers.find(({ layer, picked }) => picked && this.settings.holds(layer.when));
  }

  // The layer that can be brought into view where it has left the plot.
  leavingLayer() {
    return this.layers.find(({ layer, leaving }) => leaving && this.settings.holds(layer.when));
  }

  measure() {
    this.width = this.stack.clientWidth;
    this.height = this.stack.clientHeight;
  }

  // Fits the figure to its place on the page.
  resize() {
    const [width, height] = [this.width, this.height];
    this.measure();
    this.figure.isStale = true;
    if (this.isDrawable && (this.width !== width || this.height !== height)) this.figure.resize();
  }

  async plot(Plotly, theme) {
    const { figure } = this;
    while (this.isVisible && !figure.isBusy && !figure.isDrawn) {
      const isFirst = !figure.gd;
      if (isFirst) this.measure();
      await figure.plot(Plotly, theme, this.followedRange(), Boolean(this.pick));
      if (isFirst && figure.hasScene) this.letPageScroll();
      figure.onMove();
    }
  }

  letPageScroll() {
    addShield(this.stack, this.corner);
    letWheelPass(this.stack);
  }

  // The ends of the x axis where it follows a control, unless the visitor has zoomed; null where it does not.
  followedRange() {
    if (!this.followX || this.zooming.isOut) return null;
    const end = Math.max(1, this.settings.valueOf(this.followX));
    return [-this.roomAtEnds * end, (1 + this.roomAtEnds) * end];
  }

  // One frame.
  drawFrame(theme) {
    const range = this.followedRange();
    if (range) this.figure.follow(range);
    this.draw(theme, this.canvas, pixelRatio());
    this.figure.countFrame();
  }

  // Draws all that moves onto a canvas with so many pixels to each of the page's.
  draw(theme, canvas, ratio) {
    const [width, height] = [Math.round(this.width * ratio), Math.round(this.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    pen.tones = theme.tones;
    pen.font = theme.font;
    const view = this.figure.view();
    const { left, top, right, bottom } = view.box;
    pen.save();
    pen.beginPath();
    pen.rect(left, top, right - left, bottom - top);
    pen.clip();
    for (const { layer, kind, tables } of this.layers) if (this.settings.holds(layer.when)) kind.draw(pen, view, layer, tables);
    pen.restore();
    this.zooming.offer(view);
  }

  showTitle() {
    if (this.isVisible) setText(this.heading, this.tables.fill(this.title));
  }

  // What saving.js asks for.
  forPicture(theme) {
    return {
      element: this.element,
      heading: this.heading,
      title: this.tables.fill(this.title),
      stack: this.stack,
      gd: this.figure.gd,
      draw: (canvas, scale) => this.draw(theme, canvas, scale),
    };
  }
}

function movingLayer(layer, tables) {
  const kind = kindOf(layer);
  return {
    layer,
    kind,
    tables: tables.holding(layer.at),
    picked: kind.picked?.(layer) ?? null,
    leaving: kind.leaving?.(layer) ?? null,
  };
}
