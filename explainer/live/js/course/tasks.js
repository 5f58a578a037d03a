// The questions of one spot of a static page: ask first, then show, then say why.

import { makeButton, makeElement } from "../elements.js";
import { askFor } from "./asking.js";
import { judge } from "./judging.js";

const TRIES = 2; // after so many wrong answers the right one is told
const inBold = (text) => text.replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>");

export class Tasks {
  // tasks: those of the spot. showIn(what): has the figure show it. goBack(): has it show the data that these are about.
  constructor(element, tasks, words, showIn, goBack) {
    Object.assign(this, { tasks, words, showIn, goBack, done: new Map(), current: null, awaited: null });
    element.replaceChildren();
    this.head = makeElement("div", "tasks-head", element);
    this.heading = makeElement("strong", "", this.head);
    this.numbers = makeElement("div", "numbers", this.head, { role: "group" });
    this.tell = makeButton(words.tell, this.head, () => this.giveAway(), { class: "quiet" });
    this.body = makeElement("div", "ask", element);
    this.reply = makeElement("div", "reply", element, { role: "status" });
    tasks.forEach((task, k) => this.addNumber(task, k));
    if (tasks.length) this.ask(tasks[0]);
    else this.askNothing();
  }

  addNumber(task, k) {
    const label = this.words.question.replace("{number}", k + 1);
    makeButton(String(k + 1), this.numbers, () => this.askAnew(task), { "aria-label": label });
  }

  // One of the spot's own, after whatever was asked before.
  askAnew(task) {
    this.goBack();
    this.ask(task);
  }

  askNothing() {
    this.heading.textContent = this.words.heading;
    this.tell.hidden = true;
    this.body.innerHTML = this.words.press;
  }

  // name: of the scene that asks it, "" for a question of the spot's own.
  ask(task, name = "") {
    this.current = task;
    this.heading.textContent = name ? this.words.of_scene.replace("{name}", name) : this.words.heading;
    [...this.numbers.children].forEach((button, k) => button.setAttribute("aria-pressed", this.tasks[k] === task));
    this.numbers.hidden = this.tasks.length < 2 && !name;
    this.body.innerHTML = task.otherwise ?? task.ask;
    this.tell.hidden = Boolean(task.otherwise) || this.stateOf(task).over;
    this.awaited = null;
    if (task.otherwise) return this.say(task, "");
    if (task.kind === "place" && !this.stateOf(task).over) this.awaited = task.point;
    askFor(task, this.body, this.words, (given) => this.take(task, given));
    this.say(task, this.stateOf(task).said);
  }

  // A press on the figure; whether it is an answer.
  press(point, x, y) {
    if (point !== this.awaited) return false;
    this.take(this.current, [x, y]);
    return true;
  }

  stateOf(task) {
    if (!this.done.has(task)) this.done.set(task, { wrong: 0, over: false, said: "", right: false });
    return this.done.get(task);
  }

  take(task, given) {
    const state = this.stateOf(task);
    const judged = judge(task, given);
    state.right = judged.right;
    if (!judged.right) state.wrong += 1;
    state.over ||= judged.right || state.wrong >= TRIES;
    state.said = judged.right ? task.yes : this.replyTo(task, judged, state.over);
    this.finish(task, judged.show ?? task.show);
  }

  replyTo(task, { said, place, reply }, isOver) {
    const { words } = this;
    const template = place ? words.said_step : words.said;
    const told = inBold(template).replace("{said}", said).replace("{place}", place);
    return `<p>${told} ${reply}</p>${isOver ? task.told : `<p>${words.again}</p>`}`;
  }

  giveAway() {
    const state = this.stateOf(this.current);
    state.over = true;
    state.said = this.current.told;
    this.finish(this.current, this.current.show);
  }

  finish(task, show) {
    const { over, said } = this.stateOf(task);
    if (over) this.awaited = null;
    this.tell.hidden = over;
    this.say(task, said);
    if (show) this.showIn(show);
  }

  say(task, said) {
    this.reply.innerHTML = said;
    this.reply.classList.toggle("right", this.stateOf(task).right);
    const { over } = this.stateOf(task);
    if (!over || !task.see) return;
    const way = makeElement("p", "way", this.reply);
    makeElement("a", "", way, { href: task.see.address }).textContent = this.words.see.replace("{nav}", task.see.nav);
  }
}
