// A static page of the course: its figures play, its scenes and questions work, and nothing is asked of a server.

import { written } from "../embedded.js";
import { makeElement } from "../elements.js";
import { listenForPrinting } from "./printing.js";
import { ShownFigure } from "./shown_figure.js";
import { Tasks } from "./tasks.js";

class CoursePage {
  constructor(described) {
    Object.assign(this, described, { shown: new Map(), asked: new Map(), scene: null });
    this.places = new Map([...document.querySelectorAll("[data-place]")].map((place) => [place.dataset.place, place]));
    this.before = new Map([...this.places].map(([name, place]) => [name, place.innerHTML]));
    for (const element of document.querySelectorAll(".shown")) this.addFigure(element);
    for (const element of document.querySelectorAll(".tasks")) this.addTasks(element);
    for (const button of document.querySelectorAll("[data-scene]")) {
      button.onclick = () => this.choose(this.scenes[button.dataset.scene]);
    }
  }

  addFigure(element) {
    const { figure: name } = element.dataset;
    const figure = new ShownFigure(element, `${this.name}-${name}`, this.figures[name], {
      onPress: (point, x, y) => this.press(name, point, x, y),
      onMove: (settings) => this.hideOldSentence(name, settings),
      onRest: (state) => this.writeDown(name, state),
    });
    this.shown.set(name, figure);
  }

  // A press on a map answers a question, or would have Python compute from there.
  press(name, point, x, y) {
    if (this.asked.get(name)?.press(point, x, y)) return;
    this.shown.get(name).say(`${this.words.press_needs_python} <a href="#whole-app">${this.words.how}</a>`);
  }

  // The address says what differs from how the page begins, as the app's does.
  writeDown(name, state) {
    const query = new URLSearchParams(location.search);
    const { texts } = this.figures[name];
    for (const [setting, text] of Object.entries(state)) {
      if (text === texts[setting]) query.delete(setting);
      else query.set(setting, text);
    }
    const address = `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`;
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // a page that is a file keeps its address in some browsers
    }
  }

  addTasks(element) {
    const { spot } = element.dataset;
    const [name, figure] = this.shown.has(spot) ? [spot, this.shown.get(spot)] : [...this.shown][0];
    const begin = this.figures[name];
    const show = (what) => {
      if (what.block === begin.block) this.say({ places: {} });
      figure.show(what).catch((error) => figure.player.plotting.sayMissing(error));
    };
    const showIn = (what) => {
      figure.bringIntoSight();
      show(what);
    };
    // The spot's own questions are about the data with which the page begins.
    const goBack = () => figure.block !== begin.block && show(begin);
    this.asked.set(spot, new Tasks(element, this.tasks[spot] ?? [], this.words, showIn, goBack));
  }

  // What is said of a scene is true while its controls stand as it has put them.
  hideOldSentence(name, settings) {
    const { scene } = this;
    if (scene?.figure === name && scene.isShown && !settings.standsAt(scene.texts)) this.shown.get(name).say("");
  }

  // A named state: all at once, with its question first where it has one.
  async choose(scene) {
    const figure = this.shown.get(scene.figure);
    const waits = Boolean(scene.task);
    this.scene = { ...scene, isShown: false };
    figure.say("");
    this.say(scene);
    if (waits) this.asked.get(scene.figure).ask(scene.task, scene.name);
    await figure.show({ ...scene, stop: scene.plays && !waits ? "end" : undefined });
    this.scene.isShown = true;
    figure.say(scene.sentence);
  }

  // The places of the page whose words depend on the settings.
  say({ places }) {
    for (const [name, place] of this.places) place.innerHTML = places[name] ?? this.before.get(name);
  }

  // An address with settings, as the app writes it: what can be shown is, and the rest is said.
  read(query) {
    const own = { ...this.own };
    for (const name of Object.keys(own)) own[name] = query.get(name) ?? own[name];
    const known = new Set(Object.keys(this.own));
    for (const { player } of this.shown.values()) for (const name of Object.keys(player.state())) known.add(name);
    const isOther = Object.keys(own).some((name) => own[name] !== this.own[name]);
    const scene = isOther && this.scenes.find((one) => Object.keys(own).every((name) => one.own[name] === own[name]));
    const isMissed = (name) => !known.has(name) || (isOther && !scene && name in own && own[name] !== this.own[name]);
    const missed = [...query.keys()].filter(isMissed);
    if (missed.length) this.warn(missed);
    if (scene) {
      this.say(scene);
      const figure = this.shown.get(scene.figure);
      figure.show(scene).then(() => figure.player.read(query));
    }
    for (const { player } of this.shown.values()) player.read(query);
  }

  warn(names) {
    const note = makeElement("div", "message warning", null, { role: "status" });
    note.textContent = this.words.not_taken.replace("{names}", names.join(", "));
    document.querySelector("main h1").closest("main > *").after(note);
  }
}

function start() {
  const page = new CoursePage(JSON.parse(written("course")));
  page.read(new URLSearchParams(location.search));
  listenForPrinting(() => [...page.shown.values()].map(({ player }) => player));
  document.documentElement.dataset.isReady = "yes";
}

try {
  start();
} catch (error) {
  console.error(error);
  document.getElementById("cannot-play").hidden = false;
}
