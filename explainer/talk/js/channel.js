// The line from a page to the hub: it says its first message, and comes back by itself whenever it is cut.

const WAITS = [0, 0.1, 0.2, 0.4, 0.7]; // seconds before each new attempt; the last one holds from then on
const PATIENCE = [0.6, 1.2, 3, 5]; // seconds for an attempt, and the answer to its first message: some hang after a cut
// Seconds without a network, whose return the browser tells. Chromium lets whoever has failed often wait for seconds.
const OFFLINE = 10;
const PING_EVERY = 2.5;
const MOST_SILENT = 6; // seconds without any message: the line is dead, though nobody has said so

const nth = (list, k) => list[Math.min(k, list.length - 1)];

// The websocket of the hub of an app at that address.
export function socketAddress(base) {
  const address = new URL("talk/socket", base);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}

export class Channel {
  // hello(): the first message. onMessage(message). onState(state, said): "looking", "connected" or "refused", that with
  // the hub's sentence.
  constructor(address, { hello, onMessage, onState }) {
    Object.assign(this, { address, hello, onMessage, onState, state: "", failures: 0 });
    // Sockets on phones hang without closing: whoever comes back gets a new one.
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.renew());
    window.addEventListener("pageshow", (event) => event.persisted && this.renew());
    window.addEventListener("online", () => this.renew());
    setInterval(() => this.watch(), PING_EVERY * 1000);
    this.tell("looking");
    this.connect();
  }

  get isConnected() {
    return this.state === "connected";
  }

  // Says a message now, or not at all: one that comes late would do harm. Whether it was said.
  say(message) {
    if (!this.isConnected || this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  // A new socket at once, whatever the present one says of itself.
  renew() {
    this.failures = 0;
    this.drop();
    this.tell("looking");
    this.connect();
  }

  connect() {
    clearTimeout(this.waiting);
    const socket = new WebSocket(this.address);
    this.socket = socket;
    this.heard = Date.now();
    const isMine = (then) => (event) => this.socket === socket && then(event);
    socket.onopen = isMine(() => socket.send(JSON.stringify(this.hello())));
    socket.onmessage = isMine(({ data }) => this.hear(data));
    socket.onclose = isMine(() => this.lose());
    this.waiting = setTimeout(isMine(() => !this.isConnected && this.lose()), nth(PATIENCE, this.failures) * 1000);
  }

  hear(text) {
    this.heard = Date.now();
    const message = JSON.parse(text);
    if (message.kind === "refused") return this.tell("refused", message);
    this.failures = 0;
    this.tell("connected");
    if (message.kind !== "pong") this.onMessage(message);
  }

  lose() {
    this.drop();
    if (this.state !== "refused") this.tell("looking");
    const wait = navigator.onLine === false ? OFFLINE : nth(WAITS, this.failures);
    this.waiting = setTimeout(() => this.connect(), wait * 1000);
    this.failures += 1;
  }

  drop() {
    clearTimeout(this.waiting);
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }

  watch() {
    if (!this.isConnected) return;
    if (Date.now() - this.heard > MOST_SILENT * 1000) this.lose();
    else this.say({ kind: "ping" });
  }

  tell(state, refusal) {
    if (state === this.state && state !== "refused") return;
    this.state = state;
    this.onState(state, refusal);
  }
}
