// How long each scene has been shown, and how that stands against the plan. It knows neither pages nor sockets.

// Seconds below which a scene was only passed through.
export const PASSING = 5;

// Seconds as "4:05".
export function clockText(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// The talk is at a place, so many seconds after its start: "behind" or "ahead" by how many, or "on_time". minutes: of all
// scenes. On time is whoever is in the scene that the plan has now.
export function standing(minutes, place, seconds) {
  const planned = (count) => 60 * minutes.slice(0, Math.max(0, count)).reduce((sum, one) => sum + one, 0);
  const [from, to] = [planned(place), planned(place + 1)];
  if (Math.floor(seconds) > to) return { kind: "behind", seconds: seconds - to };
  if (Math.ceil(seconds) < from) return { kind: "ahead", seconds: from - seconds };
  return { kind: "on_time", seconds: 0 };
}

// The minutes of those scenes that were shown, by their names.
export function measured(names, seconds) {
  const shown = names.map((name, place) => [name, seconds[place] ?? 0]).filter(([, one]) => one >= PASSING);
  return Object.fromEntries(shown.map(([name, one]) => [name, one / 60]));
}

export class Stopwatch {
  // kept: what `kept` gave before a reload, if anything. now(): seconds, also of the time in which a computer slept.
  constructor(kept = null, now = () => Date.now() / 1000) {
    this.now = now;
    this.seconds = new Map(Object.entries(kept?.seconds ?? {})); // by scenes
    this.scene = kept?.scene; // undefined before the first one is told, "" beside the scenes
    this.since = kept?.since ?? now();
    this.state = kept?.state ?? "waiting"; // "waiting", "running", "paused"
  }

  get kept() {
    const { scene, since, state } = this;
    return { seconds: Object.fromEntries(this.seconds), scene, since, state };
  }

  get isRunning() {
    return this.state === "running";
  }

  // The talk is at this scene now, "" beside them. The first move to one starts it.
  at(scene) {
    if (scene === this.scene) return;
    this.take();
    const isMove = this.scene !== undefined;
    this.scene = scene;
    if (isMove && scene && this.state === "waiting") this.state = "running";
  }

  run() {
    this.take();
    this.state = "running";
  }

  pause() {
    this.take();
    this.state = "paused";
  }

  // Forgets all times; the next move to a scene starts it.
  reset() {
    this.take();
    this.seconds.clear();
    this.state = "waiting";
  }

  // Seconds of these scenes, in their order.
  of(names) {
    this.take();
    return names.map((name) => this.seconds.get(name) ?? 0);
  }

  // Writes down what has passed since the last time.
  take() {
    const now = this.now();
    if (this.isRunning && this.scene) {
      this.seconds.set(this.scene, (this.seconds.get(this.scene) ?? 0) + Math.max(0, now - this.since));
    }
    this.since = now;
  }
}
