// One panel's still figure: Plotly draws it, and says by its axes or camera where points fall. What cannot be drawn
// is said in its place.

import { makeButton, makeElement } from "./elements.js";
import { hasCoarsePointer, pixelRatio } from "./environment.js";
import { enlarge, fitNotes, fittedAxes, putInto, thinOut } from "./fitting.js";
import { FlatView, SceneView } from "./projection.js";

const FRAMES_TO_SETTLE = 3; // a scene draws its new camera a frame or two after it has told of it
const MOVES = ["plotly_relayouting", "plotly_relayout", "plotly_afterplot"];
const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: "gl3d", doubleClick: "reset", showTips: false };

export class Figure {
  // stack: the element that holds what lies over one another. isScene: it stands in 3-D. words: a stage's. onMove(): its
  // axes or its camera have moved. onAgain(): what has failed is to be tried again.
  constructor(stack, isScene, words, { onMove, onAgain }) {
    this.stack = stack;
    this.isScene = isScene;
    this.words = words;
    this.onMove = onMove;
    this.onAgain = onAgain;
    this.plotElement = makeElement("div", "plot", stack);
    this.waiting = makeElement("div", "waiting", stack);
    this.say(words.drawing);
    this.source = ""; // Plotly's JSON with "var(--role)" in place of tones
    this.wanted = ""; // what is to be drawn: the theme's look and the source
    this.drawn = ""; // what is drawn
    this.failed = null; // what could not be
    this.isBusy = false;
    this.isReady = false;
    this.Plotly = null;
    this.gd = null; // Plotly's own name for the element with its figure
    this.lastView = null;
    this.isStale = true; // the view is not that of the present axes or camera
    this.framesToSettle = 0; // frames in which the camera may still move
    this.home = []; // the ends of each axis as the figure has them; undefined where Plotly chooses them
    this.resizes = 0; // under way
    this.sized = { layout: {}, family: "" }; // the layout as it is where there is room for all of its texts
    if (isScene) stack.addEventListener("webglcontextlost", (event) => this.lose(event), { capture: true });
  }

  // Says something in the place of the figure, until one is drawn.
  say(text) {
    this.waiting.textContent = text;
    this.stack.append(this.waiting);
  }

  // It cannot be drawn. Another look or source will be tried, and this one by a button where that may help.
  fail(text, mayHelp = true) {
    this.purge();
    this.failed = this.wanted;
    this.stack.classList.add("failed");
    this.say(text);
    if (mayHelp) makeButton(this.words.again, makeElement("div", "", this.waiting), () => this.tryAgain());
  }

  tryAgain() {
    this.failed = null;
    this.stack.classList.remove("failed");
    this.say(this.words.drawing);
    this.onAgain();
  }

  // The browser has taken the scene's WebGL context away.
  lose(event) {
    event.preventDefault(); // only then it may come back
    event.stopImmediatePropagation();
    event.target.addEventListener("webglcontextrestored", () => this.failed === this.wanted && this.tryAgain(), { once: true });
    this.fail(this.words.lost);
  }

  setSource(source, look) {
    this.source = source;
    this.setLook(look);
  }

  setLook(look) {
    this.wanted = look + this.source;
    if (this.gd && this.isDrawn) this.waiting.remove();
  }

  // Nothing is to be drawn before the source has come.
  get isDrawn() {
    return !this.source || this.drawn === this.wanted;
  }

  get isToBeDrawn() {
    return !this.isDrawn && !this.hasFailed;
  }

  get hasFailed() {
    return this.failed !== null && this.failed === this.wanted;
  }

  // Draws what is wanted now. xRange: the ends of the x axis, if they are not the figure's own. staticPlot: Plotly
  // hears no pointer.
  async plot(Plotly, theme, xRange, staticPlot) {
    const wanted = this.wanted;
    const { data, layout } = this.described(theme, xRange);
    // A scene has as many pixels as the screen; Plotly's own twice as many cost four times the work where nobody sees them.
    const config = { ...CONFIG, staticPlot, plotGlPixelRatio: pixelRatio() };
    this.Plotly = Plotly;
    this.isBusy = true;
    try {
      if (this.gd) await Plotly.react(this.gd, data, layout, config);
      else await this.plotFirst(data, layout, config);
      if (!this.gd) return; // it has failed meanwhile
      if (this.isScene && !this.holdScene()) return;
      await this.fitNotes();
      if (!this.gd) return;
      this.isReady = true;
      this.drawn = wanted;
      this.failed = null;
      this.stack.classList.remove("failed");
      this.waiting.remove();
    } finally {
      this.isBusy = false;
    }
    this.isStale = true;
  }

  // Is the scene there? A context that it loses is our matter: Plotly would ask for frames until it comes back.
  holdScene() {
    const scene = this.gd._fullLayout.scene._scene;
    scene.recoverContext = () => {};
    if (!scene.glplot) this.fail(this.words.no_scene);
    return Boolean(scene.glplot);
  }

  // A scene that was out of sight when it drew last has drawn nothing.
  wakeScene() {
    const { glplot } = this.gd._fullLayout.scene._scene;
    if (glplot.canvas.clientWidth === this.stack.clientWidth) return;
    glplot.redraw();
    this.moved();
  }

  // What the scene's canvas shows, as an address. Its pixels can be read only while they are new: so it is drawn again.
  pictureOfScene() {
    const { glplot } = this.gd._fullLayout.scene._scene;
    glplot.redraw();
    return glplot.canvas.toDataURL();
  }

  async plotFirst(data, layout, config) {
    this.gd = this.plotElement;
    await this.Plotly.newPlot(this.gd, data, layout, config);
    for (const event of MOVES) this.gd.on(event, () => this.moved());
  }

  moved() {
    this.isStale = true;
    this.framesToSettle = this.isScene ? FRAMES_TO_SETTLE : 0;
    this.onMove();
  }

  described(theme, xRange) {
    const figure = JSON.parse(theme.fillIn(this.source));
    const { layout } = figure;
    layout.font = { ...layout.font, family: theme.family };
    if (hasCoarsePointer() && !layout.scene) layout.dragmode = false;
    if (xRange) layout.xaxis = { ...layout.xaxis, range: xRange };
    const { xaxis, yaxis, zaxis } = layout.scene ?? layout;
    this.home = (layout.scene ? [xaxis, yaxis, zaxis] : [xaxis, yaxis]).map((axis) => axis?.range && [...axis.range]);
    enlarge(figure, theme.scale, theme.boldness);
    if (theme.scale > 1) thinOut(layout, theme.scale);
    this.sized = { layout: JSON.parse(JSON.stringify(layout)), family: theme.family };
    putInto(layout, this.fittedAxes());
    return figure;
  }

  // What of its axes depends on how large it is.
  fittedAxes() {
    const { clientWidth, clientHeight } = this.stack;
    return this.isScene ? {} : fittedAxes(this.sized.layout, clientWidth, clientHeight, this.sized.family);
  }

  async fitNotes() {
    const sizes = (this.sized.layout.annotations ?? []).map(({ font }) => font?.size);
    if (sizes.length && this.gd) await fitNotes(this.Plotly, this.gd, this.stack, sizes);
  }

  // Where points fall on the screen now.
  view() {
    if (this.isStale || this.framesToSettle > 0 || !this.lastView) {
      this.lastView = this.isScene ? new SceneView(this.gd, this.stack) : new FlatView(this.gd);
      this.isStale = false;
    }
    return this.lastView;
  }

  // A frame has been drawn.
  countFrame() {
    if (this.framesToSettle > 0) this.framesToSettle -= 1;
  }

  // Takes the x axis to those ends, once.
  follow(range) {
    if (this.home[0]?.[1] === range[1]) return;
    this.home[0] = range;
    this.Plotly.relayout(this.gd, { "xaxis.range": [...range] }); // Plotly writes into what it is given
  }

  get axes() {
    const { xaxis, yaxis, scene } = this.gd._fullLayout;
    return scene ? [scene.xaxis, scene.yaxis, scene.zaxis] : [xaxis, yaxis];
  }

  ranges() {
    return this.axes.map((axis) => [...axis.range]);
  }

  setRanges(ranges) {
    const names = this.isScene ? ["scene.xaxis", "scene.yaxis", "scene.zaxis"] : ["xaxis", "yaxis"];
    this.Plotly.relayout(this.gd, Object.fromEntries(names.map((name, i) => [`${name}.range`, [...ranges[i]]])));
  }

  async resize() {
    this.resizes += 1;
    try {
      putInto(this.gd.layout, this.fittedAxes());
      await this.Plotly.Plots.resize(this.gd);
      await this.fitNotes();
    } finally {
      this.resizes -= 1;
    }
  }

  purge() {
    try {
      if (this.gd) this.Plotly.purge(this.gd);
    } catch (error) {
      console.error(error); // what Plotly has left half done it may not be able to clear
    }
    this.plotElement.replaceChildren();
    this.gd = null;
    this.lastView = null;
    this.isReady = false;
    this.drawn = "";
  }
}
