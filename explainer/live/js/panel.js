// One panel: a still figure, and over it a canvas with the layers that move.

import { Clicks } from "./clicks.js";
import { makeButton, makeElement, setText } from "./elements.js";
import { drawsScenes, pixelRatio } from "./environment.js";
import { Figure } from "./figure.js";
import { Labels } from "./labels.js";
import { drawLayers, movingLayer, penFor } from "./moving.js";
import { Obstacles } from "./obstacles.js";
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
    this.labels = new Labels();
    this.roomAtEnds = 0;
    this.titleWidth = 0; // of the panel, when its title was last held to its lines
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
    this.obstacles = new Obstacles(this.stack, this.corner);
    if (this.isScene) this.letPageScroll();
    this.zooming = new Zooming(this.corner, this.figure, settings.clock, () => this.leavingLayer());
    this.tab = makeButton("", parents.tabs, () => actions.chooseTab(this.name), { role: "tab" });
    this.picking = this.pick ? new Picking(this, settings, actions) : null;
    if (this.click) new Clicks(this, (x, y) => actions.click(this.click, x, y), signal);
  }

  // What a stage says of the panel, and its figure in the theme's look.
  load(described, stage, tables, theme) {
    this.title = described.title;
    this.when = described.when;
    this.roomAtEnds = stage.room_at_ends;
    this.tables = tables.holding(described.at);
    this.layers = (described.layers || []).map((layer) => movingLayer(layer, this.tables, theme.boldness));
    this.leftOut.hidden = true;
    this.figure.setSource(stage.figures[described.figure] ?? "", theme.look);
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

  // A title that needs two lines keeps them, though other words in it need one: the plot below would jump.
  holdTitle() {
    if (this.element.clientWidth !== this.titleWidth) this.heading.style.minHeight = "";
    this.titleWidth = this.element.clientWidth;
    this.heading.style.minHeight = `${this.heading.offsetHeight}px`;
  }

  // Fits the figure to its place on the page.
  resize() {
    const [width, height] = [this.width, this.height];
    this.holdTitle();
    this.measure();
    this.figure.isStale = true;
    if (this.isDrawable && (this.width !== width || this.height !== height)) this.figure.resize();
    else if (this.isDrawable && this.isScene) this.figure.wakeScene();
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
      this.zooming.offer(this.figure.view());
      this.draw(theme, this.canvas, pixelRatio());
      this.figure.countFrame();
    } catch (error) {
      this.fail(error);
    }
  }

  // Draws all that moves onto a canvas with so many pixels to each of the page's.
  draw(theme, canvas, ratio) {
    const pen = penFor(canvas, this.width, this.height, ratio, theme, this.labels);
    const view = this.figure.view();
    this.labels.begin();
    const shown = this.layers.filter(({ layer }) => this.settings.holds(layer.when));
    if (drawLayers(pen, view, shown)) return this.labels.write(pen, view.room, this.obstacles.of(view), this.settings.clock.playing);
    this.leftOut.hidden = false;
    canvas.width = 0; // the pen may be in any state
    this.draw(theme, canvas, ratio);
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
