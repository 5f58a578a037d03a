// The keyboard, while the figure or one of its buttons has the focus.

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
    const act = meanings[event.key];
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
