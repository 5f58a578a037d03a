// The keys of a talk: what each of them means now. Remotes send PageDown, PageUp, F5, Shift+F5, Esc, b and the full stop.

const NEXT = ["PageDown", "ArrowRight", "ArrowDown", " ", "n", "Enter"];
const BACK = ["PageUp", "ArrowLeft", "ArrowUp", "p", "Backspace"];
const ALWAYS = new Set(["PageDown", "PageUp", "F5"]); // whatever has the focus
const OF_SLIDERS = new Set(["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"]);
const OF_BUTTONS = new Set([" ", "Enter"]);

// Name of an action -> its keys, in the order in which they are listed.
export const KEYS = {
  next: NEXT,
  back: BACK,
  black: ["b", "."],
  overview: ["o"],
  join: ["j"],
  play: ["s"],
  restart: ["r"],
  full: ["f"],
  theme: ["d"],
  chapter: ["c"],
  keys: ["?"],
  answers: ["1", "2", "3", "4"],
  first: ["Home"],
  last: ["End"],
  start: ["F5"],
  close: ["Escape"],
};

// Does what has the focus want the key for itself?
function belongsTo(target, key) {
  if (ALWAYS.has(key) || !target?.matches) return false;
  if (target.matches("input:not([type=range]), textarea, select, [contenteditable]")) return true;
  if (target.matches("input[type=range]")) return OF_SLIDERS.has(key);
  return target.matches("button, a[href], summary") && OF_BUTTONS.has(key);
}

// act(action, key): does it. wakes(): whether any key only brings the picture back. names: of the actions that there are.
export function listenForKeys(act, wakes, names = Object.keys(KEYS)) {
  const meanings = new Map(names.flatMap((action) => KEYS[action].map((key) => [key, action])));
  const onKey = (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || ["Shift", "Tab"].includes(key)) return;
    const action = wakes() ? "wake" : meanings.get(key.length === 1 ? key.toLowerCase() : key);
    if (!action || (action !== "wake" && belongsTo(target, key))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) act(action, key); // one that is held down takes one step
  };
  window.addEventListener("keydown", onKey, { capture: true });
}
