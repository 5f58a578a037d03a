// What no label may cover: the texts that Plotly has drawn within a plot, and the buttons in a panel's corner. The page
// is asked where they stand only when the view is another one, or another button is shown.

import { plotTexts } from "./plottexts.js";
import { overlap, rectangleOf } from "./rectangles.js";

export class Obstacles {
  constructor(stack, corner) {
    this.stack = stack;
    this.corner = corner;
    this.view = null; // they were looked for in this view, ...
    this.shown = -1; // ... and with these buttons
    this.found = [];
  }

  of(view) {
    const shown = this.shownButtons();
    if (view === this.view && shown === this.shown) return this.found;
    Object.assign(this, { view, shown });
    const frame = this.stack.getBoundingClientRect();
    const buttons = [...this.corner.children].filter((button) => !button.hidden);
    const texts = view.flat ? plotTexts(this.stack) : []; // those of a scene are not on the page
    const all = [...texts.map(({ rectangle }) => rectangle), ...buttons.map((button) => rectangleOf(button, frame))];
    this.found = all.filter((rectangle) => overlap(rectangle, view.room));
    return this.found;
  }

  // Which of the buttons, as bits of a number.
  shownButtons() {
    let bits = 0;
    for (const button of this.corner.children) bits = 2 * bits + (button.hidden ? 0 : 1);
    return bits;
  }
}
