// All elements of a live figure, from its toggles to its sentence, in that order. They are made anew where the next
// stage has other ones.

import { Captions } from "./captions.js";
import { Sliders } from "./controls.js";
import { Throttled } from "./debounced.js";
import { makeElement } from "./elements.js";
import { Panels } from "./panels.js";
import { Toggles } from "./toggles.js";
import { Transport } from "./transport.js";

const TEXTS_EVERY = 80; // milliseconds while it plays: faster nobody reads, and it costs a layout
const MOST_IN_A_ROW = 2; // sliders beside the clock's; more in one row would be too short to aim

// A text that two stages share if the page of the one serves the other.
export function skeletonOf({ panels, controls, clock, toggles, readouts, layouts }) {
  const panelsKept = panels.map(({ name, scene, click, pick, when, follow_x }) => [name, scene, click, pick, when, follow_x]);
  const clockKept = clock && { ...clock, idle: undefined };
  return JSON.stringify([panelsKept, controls, clockKept, toggles, readouts.length, layouts]);
}

export class Page {
  // actions: what the visitor can do; see the Player.
  constructor(root, stage, settings, actions) {
    root.replaceChildren();
    this.settings = settings;
    this.stage = stage;
    this.tables = null;
    this.isNamed = false; // the tabs, with the numbers of the first stage that has tables
    this.toggles = new Toggles(root, stage, settings, actions);
    this.panels = new Panels(root, stage, settings, actions);
    this.sliders = new Sliders(settings, actions);
    this.transport = this.addControls(makeElement("div", "controls", root), actions);
    this.captions = new Captions(root, stage.readouts, settings);
    this.textsWhilePlaying = new Throttled(() => this.showTexts(), TEXTS_EVERY);
  }

  // All sliders, the clock's last, and before it the buttons that play.
  addControls(row, actions) {
    const { clock, controls } = this.settings;
    const others = [...controls.values()].filter(({ name }) => name !== clock.control);
    others.forEach((control, k) => this.sliders.add(control, row, k === 0 ? "main" : "short"));
    if (others.length > MOST_IN_A_ROW) makeElement("div", "break", row);
    const transport = new Transport(row, clock, actions);
    if (clock.control) this.sliders.add(controls.get(clock.control), row, "clock");
    return transport;
  }

  load(stage, tables, theme) {
    this.stage = stage;
    this.tables = tables;
    this.panels.load(stage, tables, theme);
    if (!this.isNamed) this.panels.nameTabs(stage.panels);
    this.isNamed = !stage.isOutline;
  }

  // Everything to its place, under the present toggles and in the present width.
  arrange() {
    this.settings.oneAtATime = this.panels.areTabs;
    this.toggles.show();
    this.panels.arrange(this.stage.layouts);
    this.sliders.arrange();
  }

  // At once, whatever moved them.
  showControls() {
    this.sliders.putThumbs();
    this.transport.showPlaying();
  }

  showTexts() {
    this.showControls();
    this.sliders.showTexts();
    for (const panel of this.panels.all) panel.showTitle();
    this.captions.showTexts(this.stage, this.tables);
  }

  // In a frame: all of them at rest, now and then while it plays.
  showTextsAt(time) {
    if (this.settings.clock.playing) this.textsWhilePlaying.at(time);
    else this.showTexts();
  }

  destroy() {
    this.captions.destroy();
    this.panels.destroy();
  }
}
