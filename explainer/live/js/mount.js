// Ties the player to Streamlit and to the address. The only file that knows both.
import { splitBlock } from "./block.js";
import { createPlayer } from "./player.js";

const STORE = "cat-or-not";

// Streamlit's own bundle tells where the app lives, also behind a proxy and on a deep link.
function appBase() {
  const own = [...document.querySelectorAll("script[src]")].map((script) => script.src).find((src) => src.includes("/static/js/"));
  return own ? own.slice(0, own.indexOf("/static/js/") + 1) : new URL("/", location.href).href;
}

// Scripts by their paths: promises that they have run. One that failed is asked for again.
const scripts = new Map();
function loadScript(path) {
  if (scripts.has(path)) return scripts.get(path);
  const loading = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = appBase() + path;
    script.onload = resolve;
    script.onerror = () => {
      scripts.delete(path);
      reject(new Error(`${script.src} did not load`));
    };
    document.head.append(script);
  });
  scripts.set(path, loading);
  return loading;
}

// The address says what the figure shows: written when a control comes to rest, without a rerun.
function writeAddress(mounted, state) {
  if (location.pathname !== mounted.path) return;
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries({ ...mounted.visitor.address, ...state })) query.set(name, value);
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%20", "+");
  if ("?" + text !== location.search) history.replaceState(history.state, "", `${location.pathname}?${text}${location.hash}`);
  sessionStorage.setItem(`${STORE}/${mounted.visitor.figure}`, JSON.stringify({ beside: mounted.visitor.address, state }));
}

// Blocks that were shown lately, by what they were made of: back at the same place nothing is waited for.
const KEPT = 6;
const madeOf = (visitor, watched) => JSON.stringify([visitor.about, visitor.address, watched]);
function keep({ kept, visitor }, body) {
  if (!visitor.about) return;
  const name = madeOf(visitor, visitor.watched);
  kept.delete(name);
  kept.set(name, body.slice());
  if (kept.size > KEPT) kept.delete(kept.keys().next().value);
}

// The block for a state, if it was shown lately.
const keptFor = ({ kept, visitor }, state) => kept.get(madeOf(visitor, visitor.watched.map(([name]) => [name, state[name]])));

// What Python was asked for last counts, also while it has not answered: somebody may be back where they came from.
function settled(mounted, state) {
  if (mounted.visitor.watched.some(([name, used]) => state[name] !== (mounted.asked ? mounted.asked[name] : used))) ask(mounted, state);
  writeAddress(mounted, state);
}

// Python first: the address can wait a little.
function ask(mounted, state) {
  const before = keptFor(mounted, state);
  if (before) mounted.player.load(before);
  mounted.root.classList.toggle("asking", !before);
  mounted.asked = state;
  mounted.component.setTriggerValue("settled", state);
}

// Python has answered, maybe something that was asked earlier; then what is asked now is still to come.
function answered(mounted, body) {
  const { visitor } = mounted;
  const all = visitor.watched.every(([name, used]) => mounted.asked?.[name] === used);
  if (all || visitor.revision !== mounted.revision) mounted.asked = null;
  const before = mounted.asked && keptFor(mounted, mounted.asked);
  mounted.player.load(before || body);
  keep(mounted, body);
  mounted.root.classList.toggle("asking", Boolean(mounted.asked) && !before);
}

// Somebody who comes back finds what was left, though Python was not told of every move. What was
// left beside other settings of Python's, such as other data, is not meant.
function remembered(visitor) {
  if (!visitor.restored) return {};
  try {
    const { beside, state } = JSON.parse(sessionStorage.getItem(`${STORE}/${visitor.figure}`));
    return JSON.stringify(beside) === JSON.stringify(visitor.address) ? state : {};
  } catch {
    return {};
  }
}

// What Python means to change. The rest of its texts may be behind the browser's.
const told = ({ texts, told }) => told.map((name) => [name, texts[name]]);

const mounts = new WeakMap();

export default function mount(component) {
  const root = component.parentElement.querySelector(".live-root");
  const { header: visitor, body } = splitBlock(component.data);
  let mounted = mounts.get(root);
  const first = !mounted;
  if (first) {
    mounted = { root, path: location.pathname, revision: null, asked: null, kept: new Map() };
    mounted.player = createPlayer(root, {
      loadPlotly: (part) => loadScript(mounted.visitor.plotly[part]),
      onSettle: (state) => settled(mounted, state),
      name: () => mounted.visitor.figure,
      onClick: (name, x, y) => mounted.component.setTriggerValue("clicked", { name, x, y, state: mounted.player.state() }),
    });
    // Back and Forward within the page: the sliders follow the address, which Python reads as well.
    mounted.returned = () => location.pathname === mounted.path && mounted.player.read(new URLSearchParams(location.search));
    window.addEventListener("popstate", mounted.returned);
    mounts.set(root, mounted);
  }
  Object.assign(mounted, { component, visitor });
  answered(mounted, body);
  if (visitor.revision !== mounted.revision) {
    mounted.player.read(new Map(first ? Object.entries(visitor.texts) : told(visitor)));
    if (first) mounted.player.read(new URLSearchParams(remembered(visitor)));
    mounted.revision = visitor.revision;
    if (visitor.play) mounted.player.play();
  }
  writeAddress(mounted, mounted.player.state());
  return () => {
    window.removeEventListener("popstate", mounted.returned);
    mounted.player.destroy();
    mounts.delete(root);
  };
}
