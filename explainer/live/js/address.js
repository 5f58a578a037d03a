// What the figures of a page show: in its address, and kept for who loads it again or comes back.

import { keep, recall } from "./memory.js";

let loadedWith = location.search; // the query that the page was loaded with, until the visitor goes elsewhere
let written = ""; // the query that was written last

const entries = new Map(); // path -> how many of the page's entries in the history are made

// What has been chosen so far needs no entry of its own.
export function begin({ path, visitor }) {
  entries.set(path, visitor.entries);
}

// The address says what a figure shows, without a rerun. Somebody who loads it again finds the very step. What was chosen
// on the page is a new entry in the browser's history, so that Back undoes it.
export function writeDown({ path, visitor }, state) {
  if (location.pathname !== path) return;
  const isNew = visitor.entries > entries.get(path);
  entries.set(path, Math.max(visitor.entries, entries.get(path)));
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries({ ...visitor.address, ...state })) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%20", "+");
  if ("?" + text !== location.search) change(`${location.pathname}?${text}${location.hash}`, isNew);
  written = location.search;
  remember({ visitor }, state);
}

function change(address, isNew) {
  try {
    history[isNew ? "pushState" : "replaceState"](history.state, "", address);
  } catch {
    // forbidden in some frames, and for a while after many changes: then the address is not written
  }
  window.dispatchEvent(new Event("address-written")); // sharing.js hears it
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
