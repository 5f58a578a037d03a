// The keyboard, while the figure or one of its buttons has the focus.

const PAGES = { PageDown: 1, PageUp: -1 };
const PAGE = 0.9; // of what is seen

// actions: play(), pause(), goTo(step), stepBy(count).
export function listenForKeys(root, clock, actions, signal) {
  const meanings = {
    " ": () => (clock.playing ? actions.pause() : actions.play()),
    ArrowRight: () => actions.stepBy(1),
    ArrowLeft: () => actions.stepBy(-1),
    Home: () => actions.goTo(0),
    End: () => actions.goTo(clock.end),
  };
  const onKey = (event) => {
    if (event.key in PAGES) return scrollByKey(root, event);
    const act = clock.canPlay && meanings[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || hasOwnMeaning(event)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  root.addEventListener("keydown", onKey, { signal });
}

// Selects and sliders have keys of their own, but for the slider's space bar; buttons are pressed by it.
function hasOwnMeaning({ target, key }) {
  if (target.matches("select")) return true;
  return key === " " ? target.matches("button") : target.matches('input[type="range"]');
}

// The keys that presenters' remotes send scroll the page, as they do elsewhere: a slider or a list would take another
// value.
function scrollByKey(root, event) {
  if (!event.target.matches('input[type="range"], select')) return;
  event.preventDefault();
  const scroller = scrollerOf(root);
  scroller.scrollBy({ top: PAGES[event.key] * PAGE * scroller.clientHeight });
}

function scrollerOf(element) {
  const scrolls = ({ scrollHeight, clientHeight }) => scrollHeight > clientHeight;
  for (let about = element.parentElement; about; about = about.parentElement)
    if (scrolls(about) && ["auto", "scroll"].includes(getComputedStyle(about).overflowY)) return about;
  return document.scrollingElement;
}
