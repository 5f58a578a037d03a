// Runs in the measured page before anything else: notes when things are first there, and measures.
(() => {
  let nth = 0; // which of the page's figures is measured
  const root = () => document.querySelectorAll(".live-root")[nth];
  const choose = (which) => void (nth = which);
  const seen = (selector) => Boolean(document.querySelector(selector)?.getClientRects().length);
  const nextFrame = () => new Promise(requestAnimationFrame);

  // A task behind the frame's style, layout and paint.
  const painted = () =>
    new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = resolve;
      channel.port2.postMessage(null);
    });

  // ---- the first load: milliseconds since the navigation began

  const moments = {};
  const note = (name) => (moments[name] ??= performance.now());

  let own;
  Object.defineProperty(window, "catOrNotPlotly", {
    configurable: true,
    get: () => own,
    set(value) {
      own = value;
      note("plotly");
    },
  });

  let framesAtReady;
  async function look() {
    await nextFrame();
    if (seen("h1, h2, h3")) note("words");
    if (seen("#root :is(h1, h2, h3)") && seen('.live-root input[type="range"], [data-testid="stSlider"]')) note("controls");
    const player = root()?.player;
    if (player?.page?.panels.visible.some(({ figure }) => figure.isReady)) note("panel");
    if (player?.ready) framesAtReady ??= player.frames;
    if (player?.frames > framesAtReady) {
      await painted();
      note("figure");
    } else look();
  }
  look();

  // How long Plotly.js took from its last byte until it was there: compiling and executing.
  function executing() {
    const file = performance.getEntriesByType("resource").find((entry) => entry.name.includes("/live/plotly-flat"));
    return file ? moments.plotly - file.responseEnd : null;
  }

  // ---- a slider until painted: the pointer is moved from outside, by real input

  const canvases = () => [...root().querySelectorAll(".panel:not([hidden]) canvas.moving")];
  const picture = () => canvases().map((canvas) => canvas.toDataURL()).join();

  // When the page gets its next event of this type; told once everybody in the page has heard of it.
  const next = (type) =>
    new Promise((resolve) => {
      let start;
      window.addEventListener(type, () => (start = performance.now()), { capture: true, once: true });
      window.addEventListener(type, () => resolve(start), { once: true });
    });

  // Frames and milliseconds from the next input event until the last frame that the player drew for it.
  async function watchPlayer() {
    const player = root().player;
    const before = picture();
    const start = await next("input");
    const answer = { frames: 0, ms: 0 };
    for (let k = 1, drawn = player.frames; k <= 10; k++) {
      await nextFrame();
      if (player.frames === drawn) continue;
      drawn = player.frames;
      await painted();
      answer.frames = k;
      answer.ms = performance.now() - start;
    }
    return { ...answer, changed: picture() !== before };
  }

  // Milliseconds from the next move of Plotly's slider until it has animated and the frame after that is painted.
  async function watchPlotly() {
    const chart = document.querySelector(".js-plotly-plot");
    const animated = new Promise((resolve) => chart.once("plotly_animated", resolve));
    const start = await next("mousemove");
    await animated;
    await nextFrame();
    await painted();
    return performance.now() - start;
  }

  // Milliseconds from the next event of this type until the figure says something else there, and is painted so.
  async function watchAnswer(type, selector) {
    const said = () => root()?.querySelector(selector)?.textContent ?? "";
    const before = said();
    const start = await next(type);
    let drawn = root().player.frames;
    while (said() === before) (drawn = root().player.frames), await nextFrame();
    while (root().player.frames === drawn) await nextFrame();
    await painted();
    return performance.now() - start;
  }

  let watching;
  const watch = (what, ...how) => void (watching = { player: watchPlayer, plotly: watchPlotly, answer: watchAnswer }[what](...how));
  const watched = () => watching;

  // ---- frames: those of the page's clock, and those the player drew

  async function record(seconds) {
    const start = await nextFrame();
    const drawn = root().player.frames;
    const times = [start];
    while (times.at(-1) - start < 1000 * seconds) times.push(await nextFrame());
    return {
      elapsed: (times.at(-1) - start) / 1000,
      drawn: root().player.frames - drawn,
      gaps: times.slice(1).map((time, k) => time - times[k]),
    };
  }

  // How many different pictures a second a panel shows while a slider is drawn over its whole way.
  async function scrub(name, panel, seconds) {
    const slider = root().querySelector(`input[name=${name}]`);
    const canvas = root().querySelector(`[data-panel=${panel}] canvas.moving`);
    const middle = () => canvas.getContext("2d").getImageData(canvas.width / 2 - 20, canvas.height / 2 - 20, 40, 40).data.join();
    const start = await nextFrame();
    let [changes, seen] = [0, middle()];
    for (let now = start; now - start < 1000 * seconds; now = await nextFrame()) {
      slider.value = Math.round(((now - start) / 1000 / seconds) * slider.max);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await nextFrame();
      await painted();
      const shown = middle();
      if (shown !== seen) (changes += 1), (seen = shown);
    }
    return changes / seconds;
  }

  // All that came over the wire so far, in bytes, but for the websocket.
  const fetched = () => {
    const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    return entries.reduce((sum, { transferSize }) => sum + transferSize, 0);
  };

  window.probe = { fetched, scrub, root, choose, moments, executing, watch, watched, record };
})();
