// Whether a run of the page is under way, from the message that asks for it until what it has sent is drawn.
// Streamlit's own word for it begins later, with the first message of the run: until then a busy page seems to rest.
// What somebody does on the page is taken to ask for a run until the tasks are done that would ask for it.
{
  const RERUN_SCRIPT = 11; // fields of Streamlit's BackMsg and ForwardMsg
  const NEW_SESSION = 4;
  const SCRIPT_FINISHED = 6;
  const FINISHED_EARLY_FOR_RERUN = 2; // its value if another run follows at once

  // asked: by the page, without an answer so far. running: by the server's word. following: what will be done about
  // so many presses and ends of runs.
  const runs = { asked: false, running: false, following: 0 };
  window.pageRuns = { underWay: () => runs.asked || runs.running || runs.following > 0 };

  // The number that begins at a place of protobuf's bytes, and the place after it.
  const numberAt = (bytes, place) => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[place++];
      value += (byte & 127) * factor;
      if (byte < 128) return [value, place];
    }
  };

  // The fields of a message, by their numbers; the value of one that is a message or a text is its length.
  const fieldsOf = (bytes) => {
    const fields = new Map();
    for (let place = 0; place < bytes.length; ) {
      const [tag, afterTag] = numberAt(bytes, place);
      const [value, afterValue] = numberAt(bytes, afterTag);
      fields.set(tag >> 3, value);
      place = (tag & 7) === 2 ? afterValue + value : afterValue;
    }
    return fields;
  };

  // React answers an event, draws, and tells the figures, in tasks that are in the queue by then.
  const letFollow = (rounds = 4) => {
    if (rounds === 4) runs.following += 1;
    if (!rounds) return void (runs.following -= 1);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => letFollow(rounds - 1);
    setTimeout(() => port2.postMessage(null));
  };

  const hear = (fields) => {
    if (fields.has(NEW_SESSION)) Object.assign(runs, { asked: false, running: true });
    if (!fields.has(SCRIPT_FINISHED) || fields.get(SCRIPT_FINISHED) === FINISHED_EARLY_FOR_RERUN) return;
    runs.running = false;
    letFollow();
  };

  // A talk's sockets send texts.
  const isStreamlits = (data) => typeof data !== "string";

  const heard = new WeakSet();
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    if (!heard.has(this)) {
      heard.add(this);
      this.addEventListener("message", ({ data }) => isStreamlits(data) && hear(fieldsOf(new Uint8Array(data))));
      this.addEventListener("close", () => Object.assign(runs, { asked: false, running: false }));
    }
    if (isStreamlits(data) && fieldsOf(data).has(RERUN_SCRIPT)) runs.asked = true;
    send.call(this, data);
  };
  for (const done of ["click", "change", "keydown", "popstate"]) addEventListener(done, () => letFollow(), true);
}
