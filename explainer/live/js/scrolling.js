// A 3-D panel must not trap the page's scrolling.

import { makeButton, makeElement } from "./elements.js";
import { hasCoarsePointer } from "./environment.js";

// Under a finger: it turns the scene only after a press on a button.
export function addShield(stack, corner) {
  if (!hasCoarsePointer()) return;
  const shield = makeElement("div", "shield", stack);
  const turn = () => {
    shield.hidden = !shield.hidden;
    button.setAttribute("aria-pressed", String(shield.hidden));
    button.textContent = shield.hidden ? "done" : "rotate";
  };
  const button = makeButton("rotate", corner, turn, { "aria-pressed": "false" });
}

// Under the wheel, which Plotly's scene would swallow though it does not zoom by it.
export function letWheelPass(stack) {
  stack.addEventListener("wheel", (event) => event.stopPropagation(), { capture: true, passive: true });
}
