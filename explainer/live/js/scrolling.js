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

// Under the wheel, which Plotly's scene would swallow: it zooms with Ctrl, as browsers say it of two fingers on a pad.
export function letWheelPass(stack) {
  const pass = (event) => !(event.ctrlKey || event.metaKey) && event.stopPropagation();
  stack.addEventListener("wheel", pass, { capture: true, passive: true });
}
