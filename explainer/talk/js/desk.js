// The desk: the speaker's own page on a second device, which shows what comes and moves the projector.

import { handOver } from "../../live/js/saving.js";
import { Channel, socketAddress } from "./channel.js";
import { DeskView } from "./desk_view.js";
import { listenForKeys } from "./keys.js";
import { randomName } from "./names.js";
import { measured } from "./stopwatch.js";

const KEYS = ["next", "back", "black", "play"];

class Desk {
  constructor({ words, root }) {
    this.words = words.desk;
    this.base = new URL(root, location.href).href;
    this.talk = null;
    this.told = null;
    this.screens = 0;
    this.client = randomName();
    this.view = new DeskView(document.querySelector("main"), words, {
      press: (action) => this.say({ kind: "press", action }),
      goTo: (scene) => this.say({ kind: "goto", scene }),
      move: (place) => this.say({ kind: "move", place }),
      clock: (action) => this.say({ kind: "clock", action }),
      adopt: () => this.adopt(),
    });
    window.addEventListener("hashchange", () => location.reload()); // another code was opened in this tab
  }

  begin() {
    const name = decodeURIComponent(location.pathname.split("/").pop());
    const secret = location.hash.slice(1);
    if (!secret) return this.view.showMissing();
    this.meeting = { talk: name, secret };
    this.channel = new Channel(socketAddress(this.base), {
      hello: () => ({ as: "desk", ...this.meeting, client: this.client }),
      onMessage: (message) => this.hear(message),
      onState: (state, refusal) => this.see(state, refusal),
    });
    listenForKeys((action) => this.say({ kind: "press", action }), () => false, KEYS);
    setInterval(() => this.view.showTimes(), 250);
    document.addEventListener("visibilitychange", () => this.stayAwake());
    this.stayAwake();
  }

  // Where a browser can, the screen stays on; over plain http most cannot.
  async stayAwake() {
    if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen").catch(() => {});
  }

  say(message) {
    return this.isReady && this.channel.say(message);
  }

  get isReady() {
    return Boolean(this.channel?.isConnected && this.screens);
  }

  hear(message) {
    if (message.kind === "welcome") this.talk = message.talk;
    if (message.kind === "welcome" || message.kind === "told") this.told = message.told ?? this.told;
    if (message.kind === "present") this.screens = message.screens;
    if (message.kind === "present") this.view.showOthers(message.desks - 1);
    if (this.talk && message.kind !== "present") this.view.show(this.talk, this.told);
    this.see(this.channel.state);
  }

  see(state, refusal) {
    const isLost = refusal && refusal.why !== "unknown"; // one that is unknown may only not be back yet
    this.view.showState(this.isReady, isLost ? refusal.said : this.isReady ? this.words.connected : this.words.looking);
  }

  // Gives the talk's file with the times that were measured.
  async adopt() {
    const names = this.talk.scenes.map(({ name }) => name);
    const minutes = measured(names, this.told?.clock?.seconds ?? []);
    try {
      const answer = await fetch(`${this.base}talk/plan`, { method: "POST", body: JSON.stringify({ ...this.meeting, minutes }) });
      if (!answer.ok) return this.view.showPlan((await answer.json()).said);
      handOver(await answer.blob(), this.talk.file);
      this.view.showPlan(this.view.saved(this.talk.file));
    } catch {
      this.view.showPlan(this.words.looking);
    }
  }
}

const desk = new Desk(JSON.parse(document.getElementById("talk").textContent));
window.talkDesk = desk;
desk.begin();
