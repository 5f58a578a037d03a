// The projector's page: scenes that keys, or a desk on a second device, go through.

import { makeElement, setText } from "../../live/js/elements.js";
import { Course } from "./course.js";
import { Figures } from "./figures.js";
import { KEYS, listenForKeys } from "./keys.js";
import { Overlays, writeJoin, writeKeys, writeOverview } from "./overlays.js";
import { Pictures } from "./pictures.js";
import { Remote } from "./remote.js";
import { Said } from "./said.js";
import { writeEnd, writeStart } from "./start.js";

const OF_SCENES = ["play", "restart", "answers"]; // what is of use in a scene alone

class Screen {
  constructor({ talk, words, plotly, notices, page, root: toRoot }) {
    Object.assign(this, { talk, words, notices, listeners: [] });
    this.base = new URL(toRoot, location.href).href;
    const main = document.querySelector("main");
    this.cover = makeElement("section", "cover", main);
    this.saidElement = makeElement("header", "said", main, { "aria-live": "polite" });
    this.figuresElement = makeElement("div", "figures", main);
    this.foot = makeElement("footer", "", main);
    this.said = new Said(this.saidElement, words);
    this.figures = new Figures(this.figuresElement, talk.scenes, { base: this.base, plotly, onMove: () => this.tell() });
    this.figures.missing = words.missing;
    this.pictures = new Pictures(this.figures, talk.scenes.map(({ preview }) => this.base + preview));
    this.overlays = new Overlays(document.body, words);
    this.course = new Course(talk.scenes, (forwards) => this.arrive(forwards));
    this.remote = new Remote(this, page);
    listenForKeys((action, key) => this.act(action, key), () => this.overlays.isBlack);
  }

  begin() {
    const asked = new URLSearchParams(location.search).get("at");
    if (!this.course.read(asked)) this.notices.push(this.words.no_scene.replace("{name}", asked));
    if (this.course.place < 0) this.arrive(false);
  }

  // ---- where it is

  arrive(forwards) {
    const { course, overlays } = this;
    const isOther = course.place !== this.shown;
    this.shown = course.place;
    overlays.close();
    overlays.setBlack(false);
    this.write();
    if (isOther) this.figures.show(course.place);
    if (course.scene) this.figures.take(course.doing, forwards);
    this.keepPlace();
    this.tell();
  }

  write() {
    const { course, talk } = this;
    const isCover = !course.scene;
    document.body.classList.toggle("covered", isCover);
    this.said.show(course.scene, course.doing);
    setText(this.foot, isCover ? "" : `${course.place + 1} / ${talk.scenes.length}`);
    document.title = course.scene ? `${course.scene.name} · ${talk.title}` : talk.title;
    if (course.isOver) writeEnd(this.cover, this.words, this.joining);
    else if (isCover) {
      const about = { talk, notices: this.notices, start: () => this.press("next") };
      this.invitation = writeStart(this.cover, this.words, about);
    } else document.activeElement?.blur?.();
  }

  // A reload comes back to where the talk is.
  keepPlace() {
    const query = new URLSearchParams(location.search);
    if (this.course.written) query.set("at", this.course.written);
    else query.delete("at");
    history.replaceState(null, "", `?${query}`);
  }

  get joining() {
    return { address: this.base, isAlone: true, ...this.join };
  }

  // ---- what can be done

  act(action, key) {
    const { course, overlays } = this;
    const actions = {
      wake: () => this.blacken(false),
      next: () => this.press("next"),
      back: () => this.press("back"),
      black: () => this.blacken(true),
      overview: () => this.showOverview(),
      join: () => overlays.toggle("join", (panel) => writeJoin(panel, this.words, this.joining)),
      keys: () => overlays.toggle("keys", (panel) => writeKeys(panel, this.words, this.usefulKeys())),
      play: () => this.press("play"),
      restart: () => this.press("restart"),
      full: () => toggleFullScreen(),
      theme: () => this.changeTheme(),
      chapter: () => this.openChapter(),
      answers: () => this.said.choose(Number(key) - 1, course.doing),
      first: () => course.goTo(0),
      last: () => course.goTo(this.talk.scenes.length - 1),
      start: () => course.place < 0 && course.next(),
      close: () => overlays.close(),
    };
    actions[action]();
  }

  // What a desk may press as well.
  press(action) {
    const { course, figures } = this;
    const { player } = figures;
    if (this.overlays.isBlack && action !== "black") return this.blacken(false);
    if (action === "next") course.next();
    if (action === "back") course.back();
    if (action === "black") this.blacken(!this.overlays.isBlack);
    if (action === "play" && player) (player.isPlaying() ? player.pause() : player.play());
    if (action === "restart" && course.scene) this.restart();
  }

  // The present scene from its start.
  restart() {
    this.figures.retry();
    this.course.goTo(this.course.place);
  }

  goTo(place, step = 0) {
    this.course.goTo(place, step);
  }

  // Moves the main control of the present figure.
  move(place) {
    const { player } = this.figures;
    const name = this.course.scene?.control;
    if (player?.settings.controls.has(name)) player.move(name, place);
  }

  blacken(isBlack) {
    this.overlays.setBlack(isBlack);
    this.tell();
  }

  showOverview() {
    const { course, overlays, pictures, talk, words } = this;
    const choose = (place) => course.goTo(place);
    const about = { scenes: talk.scenes, place: course.place, pictures, choose };
    overlays.toggle("overview", (panel) => writeOverview(panel, words, about));
    const images = overlays.panel.querySelectorAll("img");
    const got = (place, address) => images[place] && (images[place].src = address);
    const wanted = () => overlays.open === "overview" && images[0]?.isConnected;
    pictures.takeDrawn(got).then(() => pictures.takeOthers(wanted, got));
  }

  changeTheme() {
    const html = document.documentElement;
    const isDark = html.dataset.theme ? html.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    html.dataset.theme = isDark ? "light" : "dark";
  }

  // The scene's chapter, in the same state, beside the talk.
  openChapter() {
    const { scene } = this.course;
    if (!scene) return;
    const query = new URLSearchParams({ ...scene.own, ...this.figures.player?.state() });
    window.open(`${this.base}${scene.page}?${query}`, "_blank", "noopener");
  }

  usefulKeys() {
    const { scene } = this.course;
    const isOfUse = (name) => (scene ? name !== "start" : !OF_SCENES.includes(name) && name !== "chapter");
    const hasAnswers = (name) => name !== "answers" || scene?.question;
    return Object.keys(KEYS).filter((name) => isOfUse(name) && hasAnswers(name));
  }

  // ---- what others are told

  onTold(listener) {
    this.listeners.push(listener);
  }

  tell() {
    if (this.isTelling) return;
    this.isTelling = true;
    queueMicrotask(() => {
      this.isTelling = false;
      for (const listener of this.listeners) listener(this.told());
    });
  }

  told() {
    const { course, figures, overlays } = this;
    const scene = course.scene?.name ?? "";
    const steps = course.scene?.steps.length ?? 1;
    const playing = Boolean(figures.player?.isPlaying());
    return { scene, place: course.place, step: course.step, steps, black: overlays.isBlack, playing, control: this.toldControl() };
  }

  toldControl() {
    const settings = this.figures.player?.settings;
    const name = this.course.scene?.control;
    const control = settings?.controls.get(name);
    if (!control) return null;
    const place = settings.place(name);
    return { label: control.label, text: control.texts[place], place, count: settings.count(name) };
  }
}

function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

const screen = new Screen(JSON.parse(document.getElementById("talk").textContent));
window.talkScreen = screen;
screen.begin();
