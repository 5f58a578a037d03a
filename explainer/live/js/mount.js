// Ties the player to Streamlit and to the address. The only file that knows both.
import { keep as remember, recall } from "./memory.js";
import { createPlayer } from "./player.js";

// Scripts by their addresses: promises that they have run. One that failed is asked for again.
const scripts = new Map();
function loadScript(address) {
  if (scripts.has(address)) return scripts.get(address);
  const loading = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => {
      scripts.delete(address);
      reject(new Error(`${script.src} did not load`));
    };
    document.head.append(script);
  });
  scripts.set(address, loading);
  return loading;
}

// The address says what the figure shows: written when a control comes to rest, without a rerun.
function writeAddress(mounted, state) {
  if (location.pathname !== mounted.path) return;
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries({ ...mounted.visitor.address, ...state })) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%20", "+");
  if ("?" + text !== location.search) replaceAddress(`${location.pathname}?${text}${location.hash}`);
  remember(mounted.visitor.figure, { beside: mounted.visitor.address, state });
}

function replaceAddress(address) {
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // forbidden in some frames, and for a while after many changes: then the address is not written
  }
}

// Blocks that were shown lately, by what they were made of: back at the same place nothing is waited for.
const KEPT = 6;
const madeOf = (visitor, watched) => JSON.stringify([visitor.about, visitor.address, watched]);
function keep({ kept, visitor }, body) {
  if (!visitor.about) return;
  const name = madeOf(visitor, visitor.watched);
  kept.delete(name);
  kept.set(name, body);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value);
}

// The block for a state, if it was shown lately.
const keptFor = ({ kept, visitor }, state) => kept.get(madeOf(visitor, visitor.watched.map(([name]) => [name, state[name]])));

// What Python was asked for last counts, also while it has not answered: somebody may be back where they came from.
function settled(mounted, state) {
  if (mounted.visitor.watched.some(([name, used]) => state[name] !== (mounted.asked ? mounted.asked[name] : used))) ask(mounted, state);
  writeAddress(mounted, state);
}

function show(mounted, body) {
  if (body !== mounted.shown) mounted.player.load(body);
  mounted.shown = body;
}

// Python first: the address can wait a little.
function ask(mounted, state) {
  const before = keptFor(mounted, state);
  if (before) show(mounted, before);
  mounted.root.classList.toggle("asking", !before);
  mounted.asked = state;
  mounted.component.setTriggerValue("settled", state);
}

// Python has answered, maybe something that was asked earlier; then what is asked now is still to come.
function answered(mounted, visitor, body) {
  mounted.visitor = visitor;
  const all = visitor.watched.every(([name, used]) => mounted.asked?.[name] === used);
  if (all || visitor.revision !== mounted.revision) mounted.asked = null;
  const before = mounted.asked && keptFor(mounted, mounted.asked);
  show(mounted, before || body);
  keep(mounted, body);
  mounted.root.classList.toggle("asking", Boolean(mounted.asked) && !before);
}

// Somebody who comes back finds what was left, though Python was not told of every move. What was
// left beside other settings of Python's, such as other data, is not meant.
function remembered(visitor) {
  const left = visitor.restored && recall(visitor.figure);
  return left && JSON.stringify(left.beside) === JSON.stringify(visitor.address) ? left.state : {};
}

// What Python means to change. The rest of its texts may be behind the browser's.
const told = ({ texts, told }) => told.map((name) => [name, texts[name]]);

// The blocks that were fetched last, by their addresses: promises of bytes. One address is always the same bytes.
const FETCHED = 8;
const blocks = new Map();
function fetchBlock(address) {
  const known = blocks.get(address);
  const fetching = known ?? fetchBytes(address);
  blocks.delete(address);
  blocks.set(address, fetching);
  if (blocks.size > FETCHED) blocks.delete(blocks.keys().next().value);
  if (!known) fetching.catch(() => blocks.delete(address));
  return fetching;
}

async function fetchBytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

// A block that is gone is published again by another run of the page, which is asked for; but not for ever.
const MOST_ASKED = 2;
function askAgain(mounted, path, error) {
  mounted.missed += 1;
  if (mounted.missed <= MOST_ASKED) return mounted.component.setTriggerValue("missing", path);
  mounted.root.classList.remove("asking");
  mounted.shown = null; // the next block is shown, also if it was before
  mounted.player.plotting.sayMissing(error);
}

// A visitor's state as Python means it, once its block is there. Several answers are taken over in their order.
function takeOver(mounted, visitor, body) {
  const { player, shown, revision } = mounted;
  answered(mounted, visitor, body);
  mounted.missed = 0;
  if (visitor.revision !== revision) player.read(new Map(told(visitor)));
  if (visitor.play && (!shown || visitor.revision !== revision)) player.play();
  mounted.revision = visitor.revision;
  writeAddress(mounted, player.state());
}

// A mistake of ours: for the console, as if nothing had caught it.
const report = (error) =>
  setTimeout(() => {
    throw error;
  });

const mounts = new WeakMap();

// The controls stand, and can be moved, before the block has come.
function mountFirst(root, component, base) {
  const visitor = component.data;
  const mounted = { root, component, visitor, path: location.pathname, revision: visitor.revision };
  Object.assign(mounted, { asked: null, kept: new Map(), shown: null, missed: 0, latest: Promise.resolve() });
  mounted.player = createPlayer(root, {
    loadPlotly: (part) => loadScript(base + mounted.visitor.plotly[part]),
    onSettle: (state) => settled(mounted, state),
    name: () => mounted.visitor.figure,
    onClick: (name, x, y) => mounted.component.setTriggerValue("clicked", { name, x, y, state: mounted.player.state() }),
  });
  // Back and Forward within the page: the sliders follow the address, which Python reads as well.
  mounted.returned = () => location.pathname === mounted.path && mounted.player.read(new URLSearchParams(location.search));
  window.addEventListener("popstate", mounted.returned);
  mounted.player.outline(visitor.outline);
  mounted.player.read(new Map(Object.entries(visitor.texts)));
  mounted.player.read(new URLSearchParams(remembered(visitor)));
  mounts.set(root, mounted);
  return mounted;
}

// base: the address below which the app lives.
export default function mount(component, base) {
  const root = component.parentElement.querySelector(".live-root");
  const mounted = mounts.get(root) ?? mountFirst(root, component, base);
  mounted.component = component;
  const visitor = component.data;
  const fetching = fetchBlock(base + visitor.block);
  root.classList.add("asking"); // until its block has come
  const isThere = () => mounts.get(root) === mounted;
  const come = (body) => isThere() && takeOver(mounted, visitor, body);
  const gone = (error) => isThere() && askAgain(mounted, visitor.block, error);
  mounted.latest = mounted.latest.then(() => fetching).then(come, gone).catch(report);
  return () => {
    window.removeEventListener("popstate", mounted.returned);
    mounted.player.destroy();
    mounts.delete(root);
  };
}
