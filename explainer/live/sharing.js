// A button that tells Python what the figures show, which the session does not know: they move without a run. It is
// told once by itself, when it appears; after that it says whether something has moved since.
const boxes = new WeakMap(); // button -> its Box

class Box {
  constructor(root) {
    this.root = root;
    this.button = root.querySelector("button");
    this.status = root.querySelector("[role=status]");
    this.taken = null; // what was seen when it was told last
    this.number = 0; // how often it was told
    this.gone = new AbortController();
    this.button.addEventListener("click", () => this.take());
    for (const moved of ["address-written", "popstate"]) {
      window.addEventListener(moved, () => this.say(), { signal: this.gone.signal });
    }
  }

  show(component) {
    this.component = component;
    this.button.textContent = component.data.words.take;
    if (this.taken === null) this.take();
    this.say();
  }

  take() {
    this.taken = this.seen();
    this.number += 1;
    const { origin, pathname } = location;
    const { state, beside } = JSON.parse(this.taken);
    this.component.setTriggerValue("taken", { address: origin + pathname, state, beside, number: this.number });
    this.say();
  }

  seen() {
    const players = [...document.querySelectorAll(".live-root")].map(({ player }) => player).filter(Boolean);
    const state = Object.assign({}, ...players.map((player) => player.state()));
    return JSON.stringify({ state, beside: this.component.data.beside });
  }

  say() {
    const { words, answered } = this.component.data;
    const text = answered !== this.number ? "" : this.seen() === this.taken ? words.fresh : words.moved;
    if (this.status.textContent !== text) this.status.textContent = text;
  }
}

export default (component) => {
  const root = component.parentElement.querySelector(".sharing");
  if (!boxes.has(root)) boxes.set(root, new Box(root));
  const box = boxes.get(root);
  box.show(component);
  return () => {
    box.gone.abort();
    boxes.delete(root);
  };
};
