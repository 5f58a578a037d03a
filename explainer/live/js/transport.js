// The buttons that play: restart, step back, play or pause, step, loop, speed, as long as there is something to play; and
// the one that saves a picture.

import { icon, makeElement, setHidden, setText } from "./elements.js";

const SPEEDS = [0.25, 0.5, 1, 2, 4];

export class Transport {
  // actions: play(), pause(), goTo(step), stepBy(count), save(). Without a clock there is only the last button.
  constructor(row, clock, actions) {
    this.clock = clock;
    this.bar = makeElement("div", "transport", row, { role: "group", "aria-label": "playing" });
    this.playButton = null;
    this.isShownPlaying = false;
    this.playing = []; // all that plays
    if (clock.control) this.addPlaying(actions);
    this.saveButton = this.addButton("save", "save as PNG", actions.save);
    this.note = makeElement("p", "note", row, { role: "status" });
  }

  // Says something below the buttons.
  say(text) {
    setText(this.note, text);
  }

  addPlaying(actions) {
    const { clock } = this;
    this.addButton("restart", "restart", () => actions.goTo(0));
    this.addButton("back", "step back", () => actions.stepBy(-1));
    this.playButton = this.addButton("play", "play", () => (clock.playing ? actions.pause() : actions.play()));
    this.playButton.removeAttribute("title");
    this.addButton("next", "step", () => actions.stepBy(1));
    this.addLoop();
    this.addSpeed();
    this.playing = [...this.bar.children];
  }

  addButton(name, label, action) {
    const button = makeElement("button", name, this.bar, { type: "button", "aria-label": label, title: label });
    button.innerHTML = icon(name);
    button.onclick = action;
    return button;
  }

  addLoop() {
    const { clock } = this;
    const button = this.addButton("loop", "loop", () => {
      clock.looping = !clock.looping;
      button.setAttribute("aria-pressed", String(clock.looping));
    });
    button.setAttribute("aria-pressed", String(clock.looping));
  }

  addSpeed() {
    const { clock } = this;
    const select = makeElement("select", "speed", this.bar, { "aria-label": "speed" });
    for (const speed of SPEEDS) makeElement("option", "", select, { value: speed }).textContent = `${speed}×`;
    select.value = clock.speed;
    select.onchange = () => {
      clock.speed = Number(select.value);
    };
  }

  // The play button pauses while the clock plays.
  showPlaying() {
    const { playing, canPlay } = this.clock;
    for (const part of this.playing) setHidden(part, !canPlay);
    if (!this.playButton || this.isShownPlaying === playing) return;
    this.isShownPlaying = playing;
    this.playButton.innerHTML = icon(playing ? "pause" : "play");
    this.playButton.setAttribute("aria-label", playing ? "pause" : "play");
  }
}
