// The time on the desk: of the talk against its plan, of each scene beside its minutes, and the plan made of a rehearsal.

import { makeButton, makeElement, setAttribute, setHidden, setText } from "../../live/js/elements.js";
import { clockText, PASSING, standing } from "./stopwatch.js";

export class Rehearsal {
  // times: where the time stands; parent: where the scenes are listed. acts: of the DeskView.
  constructor(times, parent, words, acts) {
    Object.assign(this, { words, acts, talk: null, told: null });
    this.standing = makeElement("p", "standing", times);
    this.inScene = makeElement("p", "in-scene", times);
    this.total = makeElement("p", "total", times);
    makeElement("h2", "", parent).textContent = words.scenes;
    this.list = makeElement("ol", "", parent);
    const row = makeElement("div", "clock", parent);
    this.turn = makeButton("", row, () => acts.clock(this.isRunning ? "pause" : "run"));
    makeButton(words.reset, row, () => acts.clock("reset"));
    this.adopt = makeButton(words.adopt, row, () => acts.adopt());
    this.hint = makeElement("p", "hint", parent);
    setText(this.hint, words.hint.replace("{seconds}", PASSING));
    this.status = makeElement("p", "saved", parent, { role: "status" });
  }

  get isRunning() {
    return this.told?.clock?.state === "running";
  }

  show(talk, told) {
    this.heard = Date.now();
    if (talk !== this.talk) this.writeScenes(talk);
    [this.talk, this.told] = [talk, told];
    this.rows.forEach(({ button }, place) => {
      if (place === told?.place) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    setText(this.turn, this.isRunning ? this.words.pause : this.words.run);
    setHidden(this.adopt, !talk.file);
    setHidden(this.hint, !talk.file);
    this.showTimes();
  }

  writeScenes({ scenes }) {
    this.list.replaceChildren();
    this.rows = scenes.map(({ name, minutes }, place) => {
      const button = makeButton("", makeElement("li", "", this.list), () => this.acts.goTo(name));
      makeElement("span", "", button).textContent = `${place + 1} · ${name}`;
      makeElement("small", "", button).textContent = this.words.plan.replace("{minutes}", minutes);
      return { button, took: makeElement("small", "took", button) };
    });
  }

  say(text) {
    setText(this.status, text);
  }

  // Seconds of all scenes now: what was told, and what has passed in the present one since.
  seconds() {
    const seconds = [...(this.told?.clock?.seconds ?? [])];
    const { place } = this.told ?? {};
    if (this.isRunning && place in seconds) seconds[place] += (Date.now() - this.heard) / 1000;
    return seconds;
  }

  showTimes() {
    if (!this.talk) return;
    const seconds = this.seconds();
    const minutes = this.talk.scenes.map((scene) => scene.minutes);
    const total = seconds.reduce((sum, one) => sum + one, 0);
    const place = this.told?.place ?? -1;
    const { words } = this;
    this.rows.forEach(({ took }, k) => setText(took, seconds[k] >= 1 ? words.took.replace("{time}", clockText(seconds[k])) : ""));
    const has = this.told?.clock && this.told.clock.state !== "waiting";
    const stands = standing(minutes, place, total);
    setAttribute(this.standing, "data-kind", has ? stands.kind : "waiting");
    setText(this.standing, has ? words.standing[stands.kind].replace("{time}", clockText(stands.seconds)) : words.waiting);
    const planned = (count) => clockText(60 * count);
    const here = { time: clockText(seconds[place] ?? 0), planned: planned(minutes[place] ?? 0) };
    setText(this.inScene, place in minutes ? filled(words.in_scene, here) : "");
    const all = { time: clockText(total), planned: planned(minutes.reduce((sum, one) => sum + one, 0)) };
    setText(this.total, filled(has && !this.isRunning ? words.held : words.total, all));
  }
}

const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
