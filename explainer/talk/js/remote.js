// Lets desks move the projector: registers the talk with the hub, tells where it is, does what a desk presses.

import { Channel, socketAddress } from "./channel.js";
import { writeInvitation } from "./invitation.js";
import { keep, keptMeeting, randomName, readKept } from "./names.js";
import { Stopwatch } from "./stopwatch.js";

const PAUSE = 0.05; // seconds between two things told, while something is dragged
const CHOSEN = "talk-address";

export class Remote {
  // screen: a Screen. page: the chapter that is shown alone, if any.
  constructor(screen, page) {
    Object.assign(this, { screen, page, addresses: [], isAlone: false, desks: 0, said: "" });
    this.meeting = keptMeeting();
    this.client = randomName();
    this.clockName = `talk-clock-${screen.talk.name}`;
    this.clock = new Stopwatch(readKept(this.clockName));
    this.channel = new Channel(socketAddress(screen.base), {
      hello: () => this.hello(),
      onMessage: (message) => this.hear(message),
      onState: (state, refusal) => this.see(refusal?.said ?? ""),
    });
    screen.onTold(() => this.tell());
  }

  hello() {
    const { name } = this.screen.talk;
    const shown = { name, page: this.page, query: location.search.slice(1), told: this.told() };
    return { as: "screen", ...this.meeting, client: this.client, ...shown };
  }

  // ---- what is told

  told() {
    const told = this.screen.told();
    if (told.scene !== this.clock.scene) this.turnClock(() => this.clock.at(told.scene));
    const seconds = this.clock.of(this.screen.talk.scenes.map(({ name }) => name));
    return { ...told, clock: { state: this.clock.state, seconds: seconds.map((one) => Math.round(one * 10) / 10) } };
  }

  // Tells desks where the talk is: at once, but not more often than they can follow, and only what is new.
  tell(isNew = false) {
    if (this.screen.invitation !== this.writtenIn) this.write();
    const { clock, ...moved } = this.told();
    const text = JSON.stringify(moved);
    if (text === this.lastTold && !isNew) return;
    const wait = PAUSE * 1000 - (performance.now() - (this.lastTime ?? -Infinity));
    if (wait > 0 && !isNew) {
      this.later ??= setTimeout(() => [(this.later = undefined), this.tell()], wait);
      return;
    }
    if (this.channel.say({ kind: "told", told: { ...moved, clock } })) [this.lastTold, this.lastTime] = [text, performance.now()];
  }

  // ---- what is heard

  hear(message) {
    const { screen } = this;
    if (message.kind === "invitation") this.invite(message);
    if (message.kind === "present") this.count(message.desks);
    if (message.kind === "press") screen.press(message.action);
    if (message.kind === "goto") this.goTo(message.scene);
    if (message.kind === "move") this.move(message.place);
    if (message.kind === "clock") this.obeyClock(message.action);
  }

  goTo(name) {
    const place = this.screen.talk.scenes.findIndex((scene) => scene.name === name);
    if (place >= 0) this.screen.goTo(place);
  }

  move(place) {
    const count = this.screen.told().control?.count ?? 0;
    if (Number.isInteger(place) && place >= 0 && place < count) this.screen.move(place);
  }

  obeyClock(action) {
    if (["run", "pause", "reset"].includes(action)) this.turnClock(() => this.clock[action]());
    this.tell(true);
  }

  // Does something to the clock that a reload is not to lose.
  turnClock(turn) {
    turn();
    keep(this.clockName, this.clock.kept);
  }

  // ---- who is asked to join, and who is there

  invite({ addresses, isAlone }) {
    Object.assign(this, { addresses, isAlone });
    this.choose(readKept(CHOSEN));
  }

  // The address that others are shown: the one chosen, or else the likeliest.
  choose(origin) {
    this.chosen = this.addresses.find((one) => one.origin === origin) ?? this.addresses[0];
    if (this.chosen?.origin === origin) keep(CHOSEN, origin);
    const { app, codes } = this.chosen;
    this.screen.join = { address: app, code: this.isAlone ? "" : codes.app, isAlone: this.isAlone };
    this.write();
  }

  count(desks) {
    this.desks = desks;
    this.write();
    this.tell(true);
  }

  see(said) {
    this.said = said;
    this.write();
  }

  write() {
    const { screen, chosen, addresses, isAlone, desks, said } = this;
    this.writtenIn = screen.invitation;
    if (!screen.invitation) return;
    const about = { chosen, addresses, isAlone, desks, said, choose: (origin) => this.choose(origin) };
    writeInvitation(screen.invitation, screen.words, about);
  }
}
