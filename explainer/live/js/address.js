// What the figures of a page show: in its address, and kept for who loads it again or comes back.

import { keep, recall } from "./memory.js";

let loadedWith = location.search; // the query that the page was loaded with, until the visitor goes elsewhere
let written = ""; // the query that was written last

// The address says what a figure shows, without a rerun. Somebody who loads it again finds the very step.
export function writeDown({ path, visitor }, state) {
  if (location.pathname !== path) return;
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries({ ...visitor.address, ...state })) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%20", "+");
  if ("?" + text !== location.search) replaceAddress(`${location.pathname}?${text}${location.hash}`);
  written = location.search;
  remember({ visitor }, state);
}

function replaceAddress(address) {
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // forbidden in some frames, and for a while after many changes: then the address is not written
  }
}

// Keeps the state beside the query that was written last.
export function remember({ visitor }, state) {
  keep(visitor.figure, { beside: visitor.address, search: written, state });
}

// The visitor has gone to another page, whose address this is by now.
export function leave(mounted, state) {
  loadedWith = null;
  remember(mounted, state);
}

// What somebody left who comes back, or who loads the page again: Python was not told of every move, nor the address of
// every step while it plays. What was left beside other settings of Python's, such as other data, is not meant.
export function leftState({ figure, address, restored }) {
  const left = recall(figure);
  if (!left || !(restored || [loadedWith, location.search].includes(left.search))) return {};
  return JSON.stringify(left.beside) === JSON.stringify(address) ? left.state : {};
}
