// One panel: a still figure, and over it a canvas with the layers that move.

import { Clicks } from "./clicks.js";
import { makeButton, makeElement, setText } from "./elements.js";
import { drawsScenes, pixelRatio } from "./environment.js";
import { Figure } from "./figure.js";
import { kindOf } from "./kinds.js";
import { Picking } from "./pointing.js";
import { addShield, letWheelPass } from "./scrolling.js";
import { Zooming } from "./zooming.js";

export class Panel {
  // described: a Panel of explainer/stage/stage.py. parents: {area, tabs}. actions: move, rest, redraw, click,
  // chooseTab, arrange. signal: aborted once the panel is gone. words: a stage's.
  constructor(described, parents, settings, actions, signal, words) {
    this.name = described.name;
    this.isScene = Boolean(described.scene); // these four stay as long as the panel does
    this.click = described.click;
    this.pick = described.pick;
    this.followX = described.follow_x;
    this.settings = settings;
    this.title = "";
    this.when = {};
    this.tables = null; // with the controls held that the panel holds
    this.layers = []; // {layer, kind, tables, isLeftOut, picked, leaving}, in the order in which they are drawn
    this.roomAtEnds = 0;
    this.width = 0; // of the canvas, in pixels of the page
    this.height = 0;
    this.isVisible = false;
    this.element = makeElement("section", "panel", parents.area, { "data-panel": this.name });
    this.element.classList.toggle("clickable", Boolean(this.click));
    this.element.classList.toggle("pickable", Boolean(this.pick));
    this.heading = makeElement("div", "title", this.element);
    this.stack = makeElement("div", "stack", this.element);
    this.figure = new Figure(this.stack, this.isScene, words, { onMove: actions.redraw, onAgain: actions.arrange });
    this.canvas = makeElement("canvas", "moving", this.stack, { "aria-hidden": "true" });
    this.leftOut = makeElement("p", "left-out", this.stack);
    this.leftOut.textContent = words.left_out;
    this.leftOut.hidden = true;
    this.corner = makeElement("div", "corner", this.element);
    if (this.isScene) this.letPageScroll();
    this.zooming = new Zooming(this.corner, this.figure, settings.clock, () => this.leavingLayer());
    this.tab = makeButton("", parents.tabs, () => actions.chooseTab(this.name), { role: "tab" });
    this.picking = this.pick ? new Picking(this, settings, actions) : null;
    if (this.click) new Clicks(this, (x, y) => actions.click(this.click, x, y), signal);
  }

  // What a stage says of the panel, and its figure in that look.
  load(described, stage, tables, look) {
    this.title = described.title;
    this.when = described.when;
    this.roomAtEnds = stage.room_at_ends;
    this.tables = tables.holding(described.at);
    this.layers = (described.layers || []).map((layer) => movingLayer(layer, this.tables));
    this.leftOut.hidden = true;
    this.figure.setSource(stage.figures[described.figure] ?? "", look);
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

  // What it shows cannot be seen in this browser, or could not be drawn.
  get isMissing() {
    return this.figure.hasFailed || (this.isScene && !drawsScenes());
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

  // Draws its still figure, or says that it cannot.
  async plot(Plotly, theme) {
    const { figure } = this;
    try {
      while (this.isVisible && !figure.isBusy && figure.isToBeDrawn) {
        if (!figure.gd) this.measure();
        await figure.plot(Plotly, theme, this.followedRange(), Boolean(this.pick));
        figure.onMove();
      }
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    console.error(error);
    this.figure.fail(this.figure.words.failed);
  }

  letPageScroll() {
    addShield(this.stack, this.corner);
    letWheelPass(this.stack);
  }

  // The ends of the x axis where it follows a control, unless the visitor has zoomed; null where it does not.
  followedRange() {
    if (!this.followX || this.zooming.isZoomed) return null;
    const end = Math.max(1, this.settings.valueOf(this.followX));
    return [-this.roomAtEnds * end, (1 + this.roomAtEnds) * end];
  }

  // Puts the controls to where the visitor points. It fails as drawing does.
  grantWish() {
    try {
      this.picking?.grant();
    } catch (error) {
      this.fail(error);
    }
  }

  // One frame. Where it fails, the panel is left out from now on.
  drawFrame(theme) {
    try {
      const range = this.followedRange();
      if (range) this.figure.follow(range);
      this.draw(theme, this.canvas, pixelRatio());
      this.zooming.offer(this.figure.view());
      this.figure.countFrame();
    } catch (error) {
      this.fail(error);
    }
  }

  // Draws all that moves onto a canvas with so many pixels to each of the page's.
  draw(theme, canvas, ratio) {
    fit(canvas, Math.round(this.width * ratio), Math.round(this.height * ratio));
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
    const failing = this.layers.find((moving) => this.settings.holds(moving.layer.when) && !this.drawLayer(moving, pen, view));
    pen.restore();
    if (!failing) return;
    canvas.width = 0; // the pen may be in any state
    this.draw(theme, canvas, ratio);
  }

  // Was it drawn? One that cannot be drawn is left out from now on, which is said on the panel.
  drawLayer(moving, pen, view) {
    if (moving.isLeftOut) return true;
    try {
      moving.kind.draw(pen, view, moving.layer, moving.tables);
    } catch (error) {
      console.error(error);
      moving.isLeftOut = true;
      this.leftOut.hidden = false;
    }
    return !moving.isLeftOut;
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
    isLeftOut: false, // it could not be drawn
    picked: kind?.picked?.(layer) ?? null,
    leaving: kind?.leaving?.(layer) ?? null,
  };
}

// A canvas of that size. Set again, its size would clear it.
function fit(canvas, width, height) {
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
}
