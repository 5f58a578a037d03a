// What stands on the desk: the present scene and its notes, what comes next, the time, and large buttons.

import { makeButton, makeElement, setAttribute, setHidden, setText } from "../../live/js/elements.js";
import { Mirror } from "./mirror.js";
import { Rehearsal } from "./rehearsal.js";

export class DeskView {
  // words: {desk, rehearsal}. acts: press(action), goTo(scene), move(place), clock(action), adopt().
  constructor(main, words, acts) {
    this.words = words.desk;
    this.main = main;
    this.bar = makeElement("header", "bar", main);
    this.state = makeElement("p", "state", this.bar, { role: "status" });
    this.place = makeElement("p", "place", this.bar);
    this.others = makeElement("p", "others", this.bar, { role: "status" });
    this.times = makeElement("section", "times", main, { "aria-label": words.rehearsal.title });
    this.page = makeElement("div", "page", main);
    this.makeNow();
    this.rehearsal = new Rehearsal(this.times, makeElement("section", "scenes", this.page), words.rehearsal, acts);
    this.makeButtons(makeElement("footer", "", main), acts);
    this.showState(false, this.words.looking);
    setHidden(this.others, true);
  }

  makeNow() {
    const now = makeElement("section", "now", this.page);
    this.name = makeElement("h1", "", now);
    this.chapter = makeElement("p", "chapter", now);
    this.said = makeElement("p", "said", now);
    this.question = makeElement("div", "question", now);
    this.notes = makeElement("div", "notes", now);
    const next = makeElement("section", "upcoming", this.page);
    this.nextName = makeElement("h2", "", next);
    this.nextSaid = makeElement("p", "", next);
  }

  makeButtons(foot, { press, move }) {
    this.mirror = new Mirror(foot, move);
    const row = makeElement("div", "buttons", foot);
    const { words } = this;
    const texts = { back: words.back, black: words.black, play: words.play };
    const button = ([name, text]) => [name, makeButton(text, row, () => press(name), { class: name })];
    this.buttons = Object.fromEntries(Object.entries(texts).map(button));
    this.next = makeButton("", row, () => press("next"), { class: "next" });
    makeElement("strong", "", this.next).textContent = this.words.next;
    this.nextStep = makeElement("small", "", this.next);
  }

  // The address has no secret: without it there is nothing to show.
  showMissing() {
    this.main.replaceChildren();
    makeElement("h1", "", this.main).textContent = this.words.no_secret;
    makeElement("p", "", this.main).textContent = this.words.no_secret_hint;
  }

  showState(isReady, text) {
    setText(this.state, text);
    this.main.classList.toggle("away", !isReady);
    for (const button of [this.next, ...Object.values(this.buttons)]) setAttribute(button, "aria-disabled", String(!isReady));
    this.mirror.allow(isReady);
  }

  showOthers(count) {
    setHidden(this.others, count < 1);
    setText(this.others, this.words.other_desk);
  }

  // talk: as the hub tells it; told: where its projector is.
  show(talk, told) {
    const place = told?.place ?? -1;
    const scene = talk.scenes[place];
    document.title = `${this.words.title}: ${talk.title}`;
    setText(this.place, scene ? `${place + 1} / ${talk.scenes.length}` : "");
    if (scene !== this.scene || talk !== this.talk) this.write(talk, place);
    [this.talk, this.scene] = [talk, scene];
    this.writeNextStep(talk, told ?? {}, place);
    this.mirror.show(told?.control ?? null);
    setText(this.buttons.black, told?.black ? this.words.light : this.words.black);
    setAttribute(this.buttons.black, "aria-pressed", String(Boolean(told?.black)));
    setText(this.buttons.play, told?.playing ? this.words.pause : this.words.play);
    this.rehearsal.show(talk, told);
  }

  showTimes() {
    this.rehearsal.showTimes();
  }

  showPlan(text) {
    this.rehearsal.say(text);
  }

  saved(file) {
    return this.rehearsal.words.adopted.replace("{file}", file);
  }

  write({ title, scenes }, place) {
    const { words } = this;
    const scene = scenes[place];
    setText(this.name, scene?.name ?? (place < 0 ? title : words.end));
    setText(this.chapter, scene?.chapter ?? (place < 0 ? words.at_start : ""));
    setText(this.said, scene?.sentence ?? "");
    this.question.replaceChildren();
    if (scene?.question) this.writeQuestion(scene.question);
    this.notes.replaceChildren();
    for (const line of scene?.notes.split(/\n+/) ?? []) makeElement("p", "", this.notes).textContent = line;
    const next = scenes[place + 1];
    setText(this.nextName, next ? words.then.replace("{name}", next.name) : place < scenes.length ? words.then_end : "");
    setText(this.nextSaid, next ? (next.question?.ask ?? next.sentence) : "");
    this.page.scrollTo(0, 0);
  }

  writeQuestion({ ask, options, right }) {
    makeElement("p", "ask", this.question).textContent = ask;
    const list = makeElement("ol", "", this.question, { type: "A" });
    options.forEach((text, k) => {
      const option = makeElement("li", k === right ? "right" : "", list);
      option.textContent = k === right ? this.words.right_answer.replace("{text}", text) : text;
    });
  }

  // What the next press does.
  writeNextStep({ scenes }, { step = 0 }, place) {
    const { words } = this;
    const doing = scenes[place]?.steps[step + 1];
    const next = scenes[place + 1]?.name ?? (place < scenes.length ? words.end : "");
    setText(this.nextStep, doing ? words.steps[doing] : next);
  }
}
