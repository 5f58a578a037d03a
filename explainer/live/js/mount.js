// Ties the player to Streamlit and to the address. The only file that knows both.
import { begin, leave, leftState, remember, writeDown } from "./address.js";
import { prefersReducedMotion } from "./environment.js";
import { fetchBlock, loadScript } from "./fetching.js";
import { createPlayer } from "./player.js";
import { numberOf } from "./returns.js";
import { SceneSentence } from "./scene.js";
import { SkipLink } from "./skipping.js";

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
  writeDown(mounted, state);
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
  mounted.component.setTriggerValue("settled", { state, beside: mounted.visitor.address });
}

// Python has answered, maybe something that was asked earlier; then what is asked now is still to come.
function answered(mounted, visitor, body) {
  mounted.visitor = visitor;
  const all = visitor.watched.every(([name, used]) => mounted.asked?.[name] === used);
  if (all || visitor.revision !== mounted.revision) mounted.asked = null;
  const before = mounted.asked && keptFor(mounted, mounted.asked);
  show(mounted, before || body);
  keep(mounted, body);
  mounted.root.classList.toggle("asking", isOfBefore(mounted, visitor) || (Boolean(mounted.asked) && !before));
}

// An answer of before a step back or forward, whose own answer is still to come.
const isOfBefore = (mounted, visitor) => visitor.returns < mounted.returns;

// What Python has meant to change since the last answer that came. The rest of its texts may be behind the browser's,
// and so are those of controls that were moved after a step Back or Forward which Python has not answered before.
function told({ texts, told }, { revision, returnedTo, player }) {
  const now = player.state();
  const isBehind = (name) => returnedTo && now[name] !== returnedTo[name];
  const isNew = ([name, since]) => since > revision && !isBehind(name);
  return Object.entries(told).filter(isNew).map(([name]) => [name, texts[name]]);
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
  if (isOfBefore(mounted, visitor)) return;
  if (visitor.revision !== revision) player.read(new Map(told(visitor, mounted)));
  mounted.returnedTo = null;
  if (visitor.play && (!shown || visitor.revision !== revision)) player.play(visitor.stop ?? undefined);
  if (visitor.in_sight && visitor.revision !== revision) bringIntoSight(mounted.root);
  mounted.revision = visitor.revision;
  mounted.sentence.follow(player.settings, visitor.scene);
  writeDown(mounted, player.state());
}

function bringIntoSight(root) {
  root.scrollIntoView({ block: "nearest", behavior: prefersReducedMotion() ? "auto" : "smooth" });
}

// A mistake of ours: for the console, as if nothing had caught it.
const report = (error) =>
  setTimeout(() => {
    throw error;
  });

const mounts = new WeakMap();
const skipLink = new SkipLink();

// The controls stand, and can be moved, before the block has come.
function mountFirst(root, component, base) {
  const [visitor] = component.data;
  if (visitor.text_scale !== 1) root.dataset.textScale = visitor.text_scale;
  const { revision, returns } = visitor;
  const mounted = { root, component, visitor, revision, returns, path: location.pathname, gone: new AbortController() };
  mounted.sentence = new SceneSentence(visitor.figure);
  Object.assign(mounted, { asked: null, returnedTo: null, kept: new Map(), shown: null, missed: 0, latest: Promise.resolve() });
  mounted.player = createPlayer(root, {
    loadPlotly: (part) => loadScript(base + mounted.visitor.plotly[part]),
    onSettle: (state) => settled(mounted, state),
    onPlay: (state) => writeDown(mounted, state),
    onChange: (settings) => mounted.sentence.follow(settings, mounted.visitor.scene),
    name: () => mounted.visitor.figure,
    onClick: (name, x, y) => {
      const state = mounted.player.state();
      mounted.component.setTriggerValue("clicked", { name, x, y, state, beside: mounted.visitor.address });
    },
  });
  mounted.player.outline(visitor.outline);
  mounted.player.read(new Map(Object.entries(visitor.texts)));
  mounted.player.read(new URLSearchParams(leftState(visitor)));
  begin(mounted);
  listen(mounted);
  skipLink.lead(root, visitor.figure, mounted.player.page.stage.words.skip);
  mounts.set(root, mounted);
  return mounted;
}

function listen(mounted) {
  const { player, path, gone } = mounted;
  const { signal } = gone;
  // Back and Forward within the page: the sliders follow the address, which Python reads as well.
  const returned = (event) => {
    if (location.pathname !== path) return;
    player.read(new URLSearchParams(location.search));
    mounted.returnedTo = player.state();
    mounted.returns = numberOf(event, mounted.returns);
    mounted.root.classList.add("asking");
    // One figure tells Python: the first that is alive, for one that is gone may still stand there.
    const first = [...document.querySelectorAll(".live-root")].find((one) => mounts.has(one));
    if (mounted.root === first) mounted.component.setTriggerValue("returned", { query: location.search, number: mounted.returns });
  };
  window.addEventListener("popstate", returned, { signal });
  // The page is loaded again, maybe in the middle of playing: too late for its address.
  window.addEventListener("pagehide", () => remember(mounted, player.state()), { signal });
}

// base: the address below which the app lives.
export default function mount(component, base) {
  const root = component.parentElement.querySelector(".live-root");
  const mounted = mounts.get(root) ?? mountFirst(root, component, base);
  mounted.component = component;
  const [visitor] = component.data;
  const fetching = fetchBlock(base + visitor.block);
  root.classList.add("asking"); // until its block has come
  const isThere = () => mounts.get(root) === mounted;
  const come = (body) => isThere() && takeOver(mounted, visitor, body);
  const gone = (error) => isThere() && askAgain(mounted, visitor.block, error);
  mounted.latest = mounted.latest.then(() => fetching).then(come, gone).catch(report);
  return () => {
    leave(mounted, mounted.player.state());
    mounted.gone.abort();
    mounted.player.destroy();
    mounted.sentence.remove();
    mounts.delete(root);
    skipLink.leadElsewhere(root);
  };
}
