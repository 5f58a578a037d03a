// What a page says of the present state: read-outs, one sentence, and the same sentence for screen readers.

import { Debounced } from "./debounced.js";
import { makeElement, setHidden, setText } from "./elements.js";

export class Captions {
  constructor(root, readouts, settings) {
    this.settings = settings;
    this.readouts = makeElement("div", "readouts", root);
    this.nodes = readouts.map((readout) => {
      const node = makeElement("span", readout.lead ? "lead" : "", this.readouts);
      node.style.color = `var(--${readout.colour})`;
      return node;
    });
    this.sentence = makeElement("p", "sentence", root);
    this.heard = makeElement("div", "heard", root, { "aria-live": "polite" });
    this.hearing = new Debounced(() => this.hear());
  }

  showTexts(stage, tables) {
    stage.readouts.forEach((readout, k) => {
      setHidden(this.nodes[k], !this.settings.holds(readout.when));
      setText(this.nodes[k], tables.fill(readout.text));
    });
    const said = stage.sentences.find(({ when }) => this.settings.holds(when));
    setText(this.sentence, said ? tables.fill(said.text) : "");
  }

  // Read out once all is at rest, not at every move; also what Python has changed.
  hear() {
    this.hearing.cancel();
    if (!this.settings.clock.playing) setText(this.heard, this.sentence.textContent);
  }

  hearIn(milliseconds) {
    this.hearing.askFor(milliseconds);
  }

  destroy() {
    this.hearing.cancel();
  }
}
