// The live figure: still Plotly figures, a canvas over each for what moves, one clock for all.
//
// It knows figures, tables, the clock and the canvas, and nothing of Streamlit. It is given a block
// of bytes and picks rows of its tables; it computes nothing but the layer *curve*. Its parts:
//
//   state     clock, settings (places of controls, values of toggles), tables (numbers and texts for them)
//   page      toggles, panels, controls, transport, captions: the elements
//   panel     figure (Plotly's), projection, layers/ (what moves), zooming, pointing
//
// What the visitor does goes to the Player, which changes the state, lets the page show it and asks for a frame.

import { readOutline, readStage } from "./block.js";
import { Clock } from "./clock.js";
import { Debounced, Throttled } from "./debounced.js";
import { drawsScenes, prefersReducedMotion } from "./environment.js";
import { listenForKeys } from "./keys.js";
import { LINKS } from "./links.js";
import { Page, skeletonOf } from "./page.js";
import { Plotting } from "./plotting.js";
import { savePicture } from "./saving.js";
import { Settings } from "./settings.js";
import { Tables } from "./tables.js";
import { Theme } from "./theme.js";

const REST = 150; // milliseconds without a change, after which a control has come to rest
const TOLD_EVERY = 1000; // milliseconds while it plays: some browsers let an address change a hundred times in 30 seconds

const IGNORED = { onSettle() {}, onPlay() {}, onClick() {}, onChange() {}, name: () => "figure", panels: [] };

// root: an element of its own. options: loadPlotly(part), a promise that "flat" or "scene" of Plotly is there; onSettle(state),
// a control came to rest; onChange(settings), something was moved; onPlay(state), told every second; onClick(name, x, y), on
// a panel that takes clicks; name(), for files; panels, the names of those that alone are shown, where not all are.
export function createPlayer(root, options) {
  root.classList.add("live", "notranslate");
  root.translate = false; // a translated figure would be written over in every frame
  root.tabIndex = 0;
  root.player = new Player(root, { ...IGNORED, ...options });
  return root.player;
}

class Player {
  constructor(root, { loadPlotly, onSettle, onPlay, onClick, onChange, name, panels }) {
    Object.assign(this, { root, onChange, nameOfFigure: name, destroyed: false, ready: false }); // ready: all is plotted
    this.frames = 0; // drawn so far
    this.clock = new Clock();
    this.settings = new Settings(this.clock, !drawsScenes());
    this.settings.chosenPanels = panels;
    this.theme = new Theme(root);
    this.page = null; // before the first stage
    this.skeleton = "";
    this.frameAsked = 0;
    this.tellingWhilePlaying = new Throttled(() => onPlay(this.state()), TOLD_EVERY);
    this.gone = new AbortController();
    this.settling = new Debounced(() => this.settle(onSettle));
    this.plotting = new Plotting(root, this.theme, loadPlotly, () => this.page, () => (this.ready = true));
    this.actions = this.actionsOfVisitor(onClick);
    listenForKeys(root, this.clock, this.actions, this.gone.signal);
    this.theme.onChange(() => this.restyle(), this.gone.signal);
  }

  // All that the elements of the page may ask for.
  actionsOfVisitor(onClick) {
    return {
      play: () => this.play(),
      pause: () => this.pause(),
      goTo: (step) => this.goTo(step),
      stepBy: (count) => this.goTo(this.clock.step + count),
      move: (control, place) => this.move(control, place),
      rest: (isLetGo = false) => this.settling.askFor(isLetGo ? 0 : REST),
      choose: (toggle, value) => this.choose(toggle, value),
      chooseTab: (panel) => this.chooseTab(panel),
      click: onClick,
      save: () => this.save(),
      arrange: () => this.rearrange(),
      redraw: () => this.redraw(),
    };
  }

  // ---- from outside

  // Puts a stage's controls and empty panels on the page: the outline of explainer/live/pack.py.
  outline(outline) {
    this.take(readOutline(outline));
    this.root.classList.add("coming");
  }

  // Shows a stage: the block of bytes of explainer/live/pack.py.
  load(bytes) {
    this.root.classList.remove("coming");
    this.take(readStage(bytes));
  }

  take(stage) {
    this.settings.describe(stage);
    const skeleton = skeletonOf(stage);
    if (skeleton !== this.skeleton) {
      this.skeleton = skeleton;
      this.page?.destroy();
      this.page = new Page(this.root, stage, this.settings, this.actions);
    }
    this.theme.read(stage.tones);
    const tables = new Tables(stage.tables, this.settings, () => !prefersReducedMotion());
    this.page.load(stage, tables, this.theme);
    this.rearrange();
    this.page.showTexts();
    this.page.captions.hearIn(REST);
    this.plotting.fetch();
  }

  // Takes over places of controls and values of toggles, as {name: place or value}.
  show(values) {
    this.settings.take(values);
    this.page.showControls();
    this.rearrange();
    this.page.captions.hearIn(REST);
  }

  // The same by their texts, a URLSearchParams with what state() gives; what is not known is left as it is.
  read(texts) {
    this.show(this.settings.understood(texts));
  }

  // Texts of the controls and values of the toggles, as an address carries them.
  state() {
    return this.settings.asTexts();
  }

  places() {
    return this.settings.asPlaces();
  }

  isPlaying = () => this.clock.playing;

  // Where a point of a panel is drawn: [x, y] in pixels of the panel, and whether it is inside the plot.
  project(name, ...point) {
    return this.page.panels.named(name).figure.view().project(...point);
  }

  curve(link, z) {
    return LINKS[link](z);
  }

  // Gives the focus to what plays it, else to its first control, else to all of it.
  focus() {
    const controls = this.root.querySelectorAll(".head button, .controls :is(input, button)");
    [this.page.transport.playButton, ...controls, this.root].find((element) => element?.getClientRects().length).focus();
  }

  destroy() {
    this.destroyed = true;
    this.settling.cancel();
    this.gone.abort();
    this.plotting.destroy();
    this.page?.destroy();
    this.root.replaceChildren();
  }

  // ---- what the visitor does

  play(stopsAt) {
    if (!this.clock.canPlay || this.clock.playing) return;
    this.clock.play(stopsAt);
    this.showChange();
  }

  pause() {
    if (!this.clock.playing) return;
    this.clock.pause();
    this.showChange();
    this.actions.rest();
  }

  goTo(step) {
    if (!this.clock.control) return;
    this.clock.goTo(step);
    this.showChange();
    this.actions.rest();
  }

  move(control, place) {
    this.settings.move(control, place);
    this.showChange();
  }

  choose(toggle, value) {
    this.settings.choose(toggle, value);
    this.rearrange();
    this.actions.rest();
  }

  chooseTab(panel) {
    this.settings.panel = panel;
    this.rearrange();
  }

  save() {
    return savePicture(this.page, this.nameOfFigure(), window.catOrNotPlotly, this.theme);
  }

  // ---- what follows from it

  showChange() {
    this.page.showControls();
    this.onChange(this.settings);
    this.redraw();
  }

  rearrange() {
    this.page.arrange();
    this.onChange(this.settings);
    this.plotting.plotAll();
    this.redraw();
  }

  restyle() {
    if (!this.page || this.destroyed) return;
    this.theme.read(this.page.stage.tones);
    this.page.panels.setLook(this.theme.look);
    this.rearrange();
  }

  settle(onSettle) {
    this.page.captions.hear();
    onSettle(this.state());
  }

  redraw() {
    if (!this.frameAsked && this.page && !this.destroyed) this.frameAsked = requestAnimationFrame((time) => this.drawFrame(time));
  }

  drawFrame(time) {
    this.frameAsked = 0;
    if (this.destroyed || !this.root.isConnected) return;
    const { clock, page } = this;
    if (clock.playing) this.advance(time);
    for (const panel of page.panels.all) panel.grantWish();
    for (const panel of page.panels.drawable) panel.drawFrame(this.theme);
    page.showTextsAt(time);
    if (clock.playing) this.tellingWhilePlaying.at(time);
    this.frames += 1;
    if (clock.playing || page.panels.all.some((panel) => panel.isSettling)) this.redraw();
  }

  advance(time) {
    this.clock.advance(time);
    if (this.clock.playing) return;
    this.showChange(); // it has stopped at its end
    this.actions.rest();
  }
}
