// The live figure: still Plotly figures, a canvas over each for what moves, one clock for all.
//
// It knows figures, tables, the clock and the canvas, and nothing of Streamlit. It is given a block
// of bytes and picks rows of its tables; it computes nothing but the layer *curve*.

import { readStage } from "./block.js";
import {
  LINKS,
  bitmapOf,
  drawBand,
  drawBars,
  drawBoxes,
  drawCells,
  drawChain,
  drawCurve,
  drawFrame,
  drawImage,
  drawMarker,
  drawPoints,
  drawStems,
  write,
} from "./drawing.js";
import { nearestPlaces } from "./picking.js";
import { flatProjection, sceneProjection } from "./projection.js";
import { handOver, photograph } from "./saving.js";
import { UNKNOWN, formatNumber, spoken, template } from "./texts.js";

const ICONS = {
  restart: "M3 3h2.5v14H3zM17 3v14L6.5 10z",
  back: "M14 3v14L4 10zM16 3h1.8v14H16z",
  play: "M5 2.5v15l12-7.5z",
  pause: "M4 3h4.2v14H4zM11.8 3H16v14h-4.2z",
  next: "M6 3v14l10-7zM2.2 3H4v14H2.2z",
  loop: "M10 3a7 7 0 0 1 6.3 4H18l-2.6 4.4L12.2 7h1.8A5 5 0 0 0 5 9.6H3A7 7 0 0 1 10 3zM2 13l2.6-4.4L7.8 13H6a5 5 0 0 0 9-2.6h2A7 7 0 0 1 3.7 13z",
  save: "M8.9 2h2.2v7.2l2.7-2.7 1.5 1.6-5.3 5.3-5.3-5.3 1.5-1.6 2.7 2.7zM3 15.4h14v2.4H3z",
};
const SPEEDS = [0.25, 0.5, 1, 2, 4];
const REST_BEFORE_LOOP = 900;
const SETTLE_AFTER = 150;
const FRAMES_TO_SETTLE = 3; // a scene draws its new camera a frame or two after it has told of it
const TEXTS_EVERY = 80; // milliseconds while it plays: faster nobody reads, and it costs a layout
const PIXEL_RATIO_LIMIT = 2;
const BLEND = 1e-3; // a share less than this nobody sees
const BITMAPS = 64;
const STAYS = 60; // frames inside the plot, after which a leaping point is taken to stay there
const STILL = 8; // pixels that a finger may move and still be taken to rest
const AT_ENDS = 0.03; // of an axis of steps: room for the whole point at the first and the last one

function element(tag, className, parent, attributes = {}) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent?.append(made);
  return made;
}

function icon(name) {
  return `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
}

// root: an element of its own. plotly: () => promise of Plotly. onSettle(state): a control came to
// rest. onClick(name, x, y): a click on a panel that takes clicks. name(): the figure's, for files.
export function createPlayer(root, { plotly, onSettle = () => {}, onClick = () => {}, name: nameOfFigure = () => "figure" }) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const coarse = window.matchMedia("(pointer: coarse)");
  let stage = null;
  let structure = "";
  let index = {}; // control -> place
  let chosen = {}; // toggle -> value
  let position = 0; // of the clock; between two steps while it plays
  let wanted = 0; // where the clock was put last: it goes back there once its end allows it again
  let playing = false;
  let looping = false;
  let speed = 1;
  let restUntil = 0;
  let lastFrame = 0;
  let textsShown = 0;
  let frameAsked = 0;
  let settleTimer = 0;
  let tones = {};
  let Plotly = null;
  let panels = [];
  let parts = {}; // the page's elements
  let chosenPanel = null;
  let narrow = false; // one panel at a time, with tabs: the style sheet decides
  const player = { frames: 0 };
  root.classList.add("live");
  root.tabIndex = 0;
  root.player = player;

  // A toggle about panels side by side does not count where one is shown at a time.
  const aside = (name) => narrow && stage.toggles.some((toggle) => toggle.name === name && toggle.wide_only);
  const holds = (when) => Object.entries(when || {}).every(([name, values]) => values.includes(chosen[name]) || aside(name));

  // ---- rows of tables

  const clockName = () => stage.clock?.control;
  const controlOf = (name) => stage.controls.find((control) => control.name === name);
  const place = (name, at, shift = 0) => {
    if (at && name in at) return at[name];
    if (name === clockName()) return Math.floor(position + 1e-9) + shift;
    return index[name];
  };

  function offset(table, at, shift, on) {
    let sum = 0;
    for (let axis = 0; axis < table.axes.length; axis++) {
      const last = axis === table.axes.length - 1;
      const where = last && on ? controlOf(on).values[index[on]] : place(table.axes[axis], at, shift);
      if (!(where >= 0 && where < table.shape[axis])) return -1;
      sum += where * table.strides[axis];
    }
    return sum;
  }

  function number(name, at, shift = 0, on) {
    if (typeof name === "number") return name;
    const table = stage.tables[name];
    const where = offset(table, at, shift, on);
    return where < 0 ? NaN : table.data[where];
  }

  function fill(text, at, depth = 0) {
    return template(text)
      .map((part) => {
        if (typeof part === "string") return part;
        const control = controlOf(part.name);
        if (control) return spoken(control.texts[place(part.name, at, part.shift)] ?? UNKNOWN);
        const table = stage.tables[part.name];
        if (!table) return UNKNOWN;
        const value = number(part.name, at, part.shift, part.on);
        if (table.labels.length) return Number.isNaN(value) || depth > 3 ? UNKNOWN : fill(table.labels[value], at, depth + 1);
        return formatNumber(value, part.spec);
      })
      .join("");
  }

  // A coordinate along the clock: k -> value, the other controls held.
  function alongClock(coordinate, at) {
    if (typeof coordinate === "number") return () => coordinate;
    const table = stage.tables[coordinate];
    const axis = table.axes.indexOf(clockName());
    if (axis < 0) {
      const value = number(coordinate, at);
      return () => value;
    }
    const start = offset(table, { ...at, [clockName()]: 0 }, 0);
    return (k) => (k < table.shape[axis] ? table.data[start + k * table.strides[axis]] : NaN);
  }

  // A coordinate now, between two steps while it plays.
  function now(coordinate, at) {
    const here = number(coordinate, at);
    const fraction = betweenSteps(at);
    return fraction && typeof coordinate !== "number" ? glide(here, number(coordinate, at, 1), fraction) : here;
  }

  function rowOf(coordinate, at) {
    if (typeof coordinate === "number") return { length: 1, at: () => coordinate };
    const table = stage.tables[coordinate];
    const start = offset(table, at, 0);
    const length = table.shape.length > table.axes.length ? table.shape[table.axes.length] : 1;
    if (start < 0) return { length, at: () => NaN };
    const row = (k) => table.data[start + Math.min(k, length - 1)];
    const fraction = betweenSteps(at);
    const next = fraction && table.axes.includes(clockName()) ? offset(table, at, 1) : -1;
    return { length, at: next < 0 ? row : (k) => glide(row(k), table.data[next + Math.min(k, length - 1)], fraction) };
  }

  // The numbers of a row as texts: they do not glide, a number read is the one that was computed.
  function rowOfTexts(layer, at) {
    const table = stage.tables[layer.values];
    const [start, alone] = [offset(table, at, 0), table.shape.length === table.axes.length];
    return (k) => {
      const value = start < 0 ? NaN : table.data[start + (alone ? 0 : k)];
      return table.labels.length && !Number.isNaN(value) ? fill(table.labels[value], at) : formatNumber(value, layer.spec);
    };
  }

  // How far the clock is between two steps while it plays; 0 where its place is held, and for who wants no motion.
  function betweenSteps(at) {
    const fraction = position - Math.floor(position + 1e-9);
    return still.matches || fraction < 1e-6 || (at && clockName() in at) ? 0 : fraction;
  }

  const glide = (here, next, fraction) => (Number.isFinite(here) && Number.isFinite(next) ? here + fraction * (next - here) : here);

  const pastAlready = () => (clockEnd() ? position / clockEnd() : 0);

  // ---- drawing

  const clockEnd = () => {
    if (!stage.clock) return 0;
    const last = controlOf(clockName()).values.length - 1;
    return stage.clock.end ? Math.min(last, controlOf(stage.clock.end).values[index[stage.clock.end]]) : last;
  };

  const coordinates = (layer) => (layer.z === undefined || layer.z === null ? [layer.x, layer.y] : [layer.x, layer.y, layer.z]);

  // The places of some coordinates from the clock's 0 (or from now, if only the next step counts) until now or its end.
  function way(some, until, at) {
    const along = some.map((coordinate) => alongClock(coordinate, at));
    const whole = Math.floor(position + 1e-9);
    const first = until === "next" ? whole : 0;
    const last = until === "end" ? clockEnd() : until === "next" ? Math.min(whole + 1, clockEnd()) : whole;
    const moving = until === "now" && !still.matches && position > whole + 1e-6;
    const count = last - first + 1 + (moving ? 1 : 0);
    const point = (k) => (moving && k === count - 1 ? some.map((c) => now(c, at)) : along.map((value) => value(first + k)));
    return { first, count, point };
  }

  function drawTrail(pen, panel, view, layer, at) {
    const { first, count, point } = way(coordinates(layer), layer.until, at);
    drawChain(pen, view, layer, count, point, view.flat ? undefined : rememberHidden(panel, view, layer, at, first, count));
  }

  // Whether a vertex lies behind the surface is asked once for each camera and row.
  function rememberHidden(panel, view, layer, at, first, count) {
    const key = `${panel.camera}|${stage.controls.map((c) => (c.name === clockName() ? "" : place(c.name, at))).join()}|${layer.x}${layer.z}`;
    panel.behind ??= new Map();
    if (panel.behind.size > 40) panel.behind.clear();
    if (!panel.behind.has(key)) panel.behind.set(key, []);
    const known = panel.behind.get(key);
    return (k, point) => {
      if (k === count - 1) return view.hidden(...point);
      return (known[first + k] ??= view.hidden(...point));
    };
  }

  // One of the pictures in a table, as a bitmap; those drawn lately are kept.
  function pictureOf(layer, table, start, which) {
    const [height, width] = table.shape.slice(-3);
    const from = start + which * 3 * width * height;
    layer.bitmaps ??= new Map();
    if (layer.bitmaps.size > BITMAPS) layer.bitmaps.clear();
    if (!layer.bitmaps.has(from)) layer.bitmaps.set(from, bitmapOf(table.data.subarray(from, from + 3 * width * height), width, height, layer));
    return layer.bitmaps.get(from);
  }

  const DRAW = {
    Line(pen, panel, view, layer, at) {
      const rows = coordinates(layer).map((coordinate) => rowOf(coordinate, at));
      drawChain(pen, view, layer, Math.max(...rows.map((row) => row.length)), (k) => rows.map((row) => row.at(k)));
    },
    Trail: drawTrail,
    Marker(pen, panel, view, layer, at) {
      const point = coordinates(layer).map((coordinate) => now(coordinate, at));
      const text = { here: layer.text ? fill(layer.text, at) : "", beyond: layer.beyond ? fill(layer.beyond, at) : "" };
      drawMarker(pen, view, layer, point, text);
    },
    Points(pen, panel, view, layer, at) {
      drawPoints(pen, view, layer, rowOf(layer.x, at), rowOf(layer.y, at));
    },
    Stems(pen, panel, view, layer, at) {
      drawStems(pen, view, layer, rowOf(layer.x, at), rowOf(layer.y, at), rowOf(layer.foot, at));
    },
    Bars(pen, panel, view, layer, at) {
      const [xs, ys] = [rowOf(layer.x, at), rowOf(layer.y, at)];
      const level = layer.level === undefined ? null : number(layer.level, at);
      const height = (k) => (level === null ? ys.at(k) : ys.at(k) + pastAlready() * (level - ys.at(k)));
      drawBars(pen, view, layer, xs, height, Math.max(xs.length, ys.length));
    },
    Boxes(pen, panel, view, layer, at) {
      drawBoxes(pen, view, layer, rowOf(layer.x, at), rowOf(layer.y, at), layer.values ? rowOfTexts(layer, at) : () => "");
    },
    Text(pen, panel, view, layer, at) {
      const [x, y, inside] = view.project(...coordinates(layer).map((coordinate) => now(coordinate, at)));
      const about = layer.shift ? place(clockName(), at) + layer.shift : 0;
      if (!inside || about < 0 || about > clockEnd()) return;
      const text = fill(layer.text, layer.shift ? { ...at, [clockName()]: about } : at);
      write(pen, text, x, y, pen.tones[layer.colour], view.box, layer.align);
    },
    Frame(pen, panel, view, layer, at) {
      drawFrame(pen, view, number(layer.x, at), number(layer.y, at), number(layer.span, at), layer);
    },
    Cells(pen, panel, view, layer, at) {
      const table = stage.tables[layer.table];
      const [height, width] = table.shape.slice(-3);
      const [start, span] = [offset(table, at, 0), number(layer.span, at)];
      const [row, column] = [number(layer.row, at), number(layer.column, at)];
      drawCells(pen, view, layer, (i, j) => {
        const [y, x] = [(row + i) * span, (column + j) * span];
        return y >= 0 && y < height && x >= 0 && x < width ? table.data[start + 3 * (y * width + x) + layer.channel] : undefined;
      });
    },
    Image(pen, panel, view, layer, at) {
      const table = stage.tables[layer.table];
      const start = offset(table, at, 0);
      const which = layer.which === undefined ? 0 : now(layer.which, at);
      if (start < 0 || !(which >= 0)) return;
      const [first, blend] = [Math.floor(which), which - Math.floor(which)];
      drawImage(pen, view, layer, pictureOf(layer, table, start, first), number(layer.share, at));
      if (blend < BLEND) return;
      pen.globalAlpha = blend;
      drawImage(pen, view, layer, pictureOf(layer, table, start, first + 1), number(layer.share, at));
      pen.globalAlpha = 1;
    },
    Band(pen, panel, view, layer, at) {
      const { count, point } = way([layer.x, layer.low, layer.high], "now", at);
      drawBand(pen, view, layer, count, point);
    },
    Curve(pen, panel, view, layer, at) {
      drawCurve(pen, view, layer, now(layer.slope, at), now(layer.intercept, at));
    },
  };

  function viewOf(panel) {
    if (panel.unsettled > 0) (panel.unsettled -= 1), (panel.stale = true);
    if (panel.stale || !panel.view) {
      panel.view = panel.gd._fullLayout.scene ? sceneProjection(panel.gd, panel.stack) : flatProjection(panel.gd);
      panel.camera = (panel.camera || 0) + 1;
      panel.stale = false;
    }
    return panel.view;
  }

  const pixelRatio = () => Math.min(window.devicePixelRatio || 1, PIXEL_RATIO_LIMIT);

  function drawPanel(panel, canvas = panel.canvas, ratio = pixelRatio()) {
    const [width, height] = [panel.width, panel.height];
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.tones = tones;
    pen.font = parts.font;
    const view = viewOf(panel);
    pen.save();
    pen.beginPath();
    pen.rect(view.box.left, view.box.top, view.box.right - view.box.left, view.box.bottom - view.box.top);
    pen.clip();
    for (const layer of panel.layers)
      if (holds(layer.when)) DRAW[layer.kind](pen, panel, view, layer, { ...panel.at, ...layer.at });
    pen.restore();
    offerZoomOut(panel, view);
  }

  // ---- what lies off the plot can be brought into view

  function moving(panel) {
    return panel.layers.find((layer) => layer.kind === "Marker" && layer.beyond && holds(layer.when));
  }

  // The page is written to only when something changes: it would be laid out anew at every frame.
  const hide = (node, hidden) => {
    if (node.hidden !== hidden) node.hidden = hidden;
  };

  function offerZoomOut(panel, view) {
    const layer = moving(panel);
    if (!layer) return;
    const point = coordinates(layer).map((coordinate) => number(coordinate, { ...panel.at, ...layer.at }));
    const outside = point.every(Number.isFinite) && !view.project(...point)[2];
    panel.inside = outside ? 0 : (panel.inside || 0) + 1;
    if (outside || !playing || panel.inside > STAYS) hide(panel.zoomOut, !outside); // no flicker while it leaps in and out
    hide(panel.zoomBack, !panel.zoomed);
  }

  function axisUpdate(panel, ranges) {
    const names = panel.view.flat ? ["xaxis", "yaxis"] : ["scene.xaxis", "scene.yaxis", "scene.zaxis"];
    return Object.fromEntries(names.map((name, i) => [`${name}.range`, ranges[i]]));
  }

  function presentRanges(panel) {
    const full = panel.gd._fullLayout;
    const axes = panel.view.flat ? [full.xaxis, full.yaxis] : ["xaxis", "yaxis", "zaxis"].map((name) => full.scene[name]);
    return axes.map((axis) => [...axis.range]);
  }

  function zoomOut(panel) {
    const layer = moving(panel);
    const at = { ...panel.at, ...layer.at };
    panel.zoomed ??= presentRanges(panel);
    const along = coordinates(layer).map((coordinate) => alongClock(coordinate, at));
    const step = Math.floor(position + 1e-9);
    const ranges = presentRanges(panel).map((range, i) => {
      let [low, high] = [Math.min(...range), Math.max(...range)];
      for (let k = 0; k <= step; k++) {
        const value = along[i](k);
        if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
      }
      const pad = low < Math.min(...range) || high > Math.max(...range) ? 0.06 * (high - low) : 0;
      return [low - (low < Math.min(...range) ? pad : 0), high + (high > Math.max(...range) ? pad : 0)];
    });
    panel.zoomOut.hidden = true;
    Plotly.relayout(panel.gd, axisUpdate(panel, ranges));
  }

  function zoomBack(panel) {
    const ranges = panel.zoomed;
    panel.zoomed = null;
    panel.zoomBack.hidden = true;
    Plotly.relayout(panel.gd, axisUpdate(panel, ranges));
  }

  // ---- the figures behind

  function readTones() {
    const style = getComputedStyle(root);
    const ground = style.getPropertyValue("--st-background-color").trim();
    const ink = style.getPropertyValue("--st-text-color").trim();
    const theme = isDark(ground) ? "dark" : "light";
    tones = Object.fromEntries(Object.entries(stage.tones).map(([role, tone]) => [role, tone[theme]]));
    if (ground) tones.ground = ground;
    if (ink) tones.ink = ink;
    for (const [role, tone] of Object.entries(tones)) root.style.setProperty(`--${role}`, tone);
    const size = parseFloat(style.fontSize) || 16;
    parts.font = `600 ${Math.max(13, Math.round(size * 0.85))}px ${style.fontFamily}`;
    return JSON.stringify([tones, style.fontFamily, size]);
  }

  function isDark(colour) {
    const [red, green, blue] = channels(colour) || [];
    if (red === undefined) return window.matchMedia("(prefers-color-scheme: dark)").matches;
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }

  // "#14161b" or "rgb(20, 22, 27)" -> [20, 22, 27]
  function channels(colour) {
    const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(colour);
    if (hex) return hex.slice(1).map((digits) => parseInt(digits, 16));
    return colour.startsWith("rgb") ? colour.match(/[\d.]+/g).slice(0, 3).map(Number) : null;
  }

  function figureOf(panel) {
    const text = stage.figures[panel.figure].replace(/var\(--([a-z-]+)\)/g, (_, role) => tones[role] || role);
    const figure = JSON.parse(text);
    figure.layout.font = { ...figure.layout.font, family: getComputedStyle(root).fontFamily };
    if (coarse.matches && !figure.layout.scene) figure.layout.dragmode = false;
    if (panel.follow_x && !panel.zoomed) figure.layout.xaxis = { ...figure.layout.xaxis, range: followed(panel) };
    return figure;
  }

  const followed = (panel) => {
    const end = Math.max(1, controlOf(panel.follow_x).values[index[panel.follow_x]]);
    return [-AT_ENDS * end, (1 + AT_ENDS) * end];
  };

  async function plot(panel) {
    if (!Plotly || panel.busy || !isVisible(panel)) return;
    const wanted = panel.figureText;
    if (panel.plotted === wanted) return;
    panel.busy = true;
    const figure = figureOf(panel);
    const config = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: "reset", showTips: false, staticPlot: Boolean(panel.pick) };
    try {
      if (panel.gd) await Plotly.react(panel.gd, figure.data, figure.layout, config);
      else {
        measure(panel);
        panel.gd = panel.plot;
        panel.gd = await Plotly.newPlot(panel.plot, figure.data, figure.layout, config);
        panel.waiting.remove();
        const moved = () => {
          panel.stale = true;
          panel.unsettled = panel.gd._fullLayout.scene ? FRAMES_TO_SETTLE : 0;
          invalidate();
        };
        for (const event of ["plotly_relayouting", "plotly_relayout", "plotly_afterplot"]) panel.gd.on(event, moved);
        if (panel.gd._fullLayout.scene) addShield(panel), letWheelPass(panel);
      }
      panel.ready = true;
      panel.plotted = wanted;
    } finally {
      panel.busy = false;
    }
    panel.stale = true;
    invalidate();
    if (panel.figureText !== wanted) await plot(panel);
  }

  // One figure at a time, flat ones first, with a frame between, so that controls answer meanwhile.
  let plotting = null;
  function plotAll() {
    plotting = (plotting || Promise.resolve()).then(async () => {
      if (!Plotly || !player.seen) return;
      const waiting = panels.filter((panel) => isVisible(panel) && panel.plotted !== panel.figureText);
      waiting.sort((a, b) => Number(isScene(a)) - Number(isScene(b)));
      for (const panel of waiting) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        if (!player.destroyed) await plot(panel);
      }
      if (panels.filter(isVisible).every((panel) => panel.ready)) player.ready = true;
    });
    return plotting;
  }

  const isScene = (panel) => stage.figures[panel.figure].includes('"surface"');
  const isVisible = (panel) => holds(panel.when) && (!narrow || panel.name === chosenPanel);

  // A 3-D panel must not trap the page's scrolling under a finger.
  function addShield(panel) {
    if (!coarse.matches) return;
    const shield = element("div", "shield", panel.stack);
    const turn = element("button", "", panel.corner, { type: "button", "aria-pressed": "false" });
    turn.textContent = "rotate";
    turn.onclick = () => {
      shield.hidden = !shield.hidden;
      turn.setAttribute("aria-pressed", String(shield.hidden));
      turn.textContent = shield.hidden ? "done" : "rotate";
    };
  }

  // Nor under the wheel, which Plotly's scene would swallow though it does not zoom by it.
  function letWheelPass(panel) {
    panel.stack.addEventListener("wheel", (event) => event.stopPropagation(), { capture: true, passive: true });
  }

  function measure(panel) {
    panel.width = panel.stack.clientWidth;
    panel.height = panel.stack.clientHeight;
  }

  // ---- one frame

  function invalidate() {
    if (!frameAsked && stage && !player.destroyed) frameAsked = requestAnimationFrame(frame);
  }

  function frame(time) {
    frameAsked = 0;
    if (player.destroyed || !root.isConnected) return;
    if (playing) advance(time);
    lastFrame = time;
    for (const panel of panels) if (panel.wish) grant(panel);
    for (const panel of panels) {
      if (!panel.ready || !isVisible(panel) || !panel.width) continue;
      follow(panel);
      drawPanel(panel);
    }
    if (!playing || time - textsShown >= TEXTS_EVERY) {
      textsShown = time;
      showTexts();
    }
    player.frames += 1;
    if (playing || panels.some((panel) => panel.unsettled > 0 && panel.ready && isVisible(panel))) invalidate();
  }

  function follow(panel) {
    if (!panel.follow_x || panel.zoomed) return;
    const range = followed(panel);
    if (panel.followedTo === range[1]) return;
    panel.followedTo = range[1];
    Plotly.relayout(panel.gd, { "xaxis.range": range });
  }

  function advance(time) {
    const end = clockEnd();
    if (restUntil) {
      if (time < restUntil) return;
      restUntil = 0;
      position = 0;
    }
    const pace = Math.max(end / stage.clock.seconds, stage.clock.slowest) * speed;
    const passed = Math.min(0.1, (time - (lastFrame || time)) / 1000);
    position = Math.min(end, position + pace * passed);
    if (position >= end) {
      if (looping && end > 0) restUntil = time + REST_BEFORE_LOOP;
      else pause();
    }
  }

  const shown = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
  };

  function showTexts() {
    const step = Math.floor(position + 1e-9);
    for (const [name, slider] of Object.entries(parts.sliders)) {
      const control = slider.control;
      const where = name === clockName() ? step : index[name];
      putThumb(name, where);
      const value = spoken(control.texts[where]);
      const text = name === clockName() && stage.clock.end ? `${value} / ${clockEnd()}` : value;
      shown(slider.output, text);
      if (!playing && slider.input.getAttribute("aria-valuetext") !== text) slider.input.setAttribute("aria-valuetext", text);
    }
    for (const { node, text } of parts.readouts) shown(node, fill(text));
    for (const panel of panels) if (isVisible(panel)) shown(panel.heading, fill(panel.title, panel.at));
    const said = stage.sentences.find((candidate) => holds(candidate.when));
    const sentence = said ? fill(said.text) : "";
    shown(parts.sentence, sentence);
  }

  // ---- the clock and the controls

  // At once where something else than the slider moved its control: the next key counts from the thumb.
  function putThumb(name, where) {
    const { input } = parts.sliders[name];
    if (Number(input.value) !== where) input.value = where;
  }

  function settle(after = SETTLE_AFTER) {
    clearTimeout(settleTimer);
    settleTimer = setTimeout(() => {
      hear();
      onSettle(player.state());
    }, after);
  }

  // Read out once it rests, not at every move; also what Python has changed.
  let hearTimer = 0;
  function hear() {
    clearTimeout(hearTimer);
    if (!player.destroyed && !playing) shown(parts.heard, parts.sentence.textContent);
  }
  function hearSoon() {
    clearTimeout(hearTimer);
    hearTimer = setTimeout(hear, SETTLE_AFTER);
  }

  function play() {
    if (!stage.clock || playing) return;
    if (position >= clockEnd()) position = 0;
    playing = true;
    restUntil = 0;
    lastFrame = 0;
    showPlaying();
    invalidate();
  }

  function pause() {
    if (!playing) return;
    playing = false;
    position = wanted = Math.min(clockEnd(), Math.floor(position + 1e-9));
    showPlaying();
    invalidate();
    settle();
  }

  function showPlaying() {
    parts.play.innerHTML = icon(playing ? "pause" : "play");
    parts.play.setAttribute("aria-label", playing ? "pause" : "play");
  }

  function goTo(step) {
    if (!stage.clock) return;
    playing = false;
    position = wanted = Math.max(0, Math.min(clockEnd(), step));
    putThumb(clockName(), Math.floor(position + 1e-9));
    showPlaying();
    invalidate();
    settle();
  }

  const stepBy = (count) => goTo(Math.floor(position + 1e-9) + count);

  function setControl(name, where) {
    if (name === clockName()) {
      playing = false;
      showPlaying();
      position = wanted = Math.max(0, Math.min(clockEnd(), where));
      putThumb(name, Math.floor(position + 1e-9));
    } else {
      index[name] = where;
      putThumb(name, where);
      if (!playing) position = wanted;
      position = Math.min(position, clockEnd());
      const slider = parts.sliders[clockName()];
      if (slider) slider.input.max = clockEnd();
    }
    invalidate();
  }

  function setToggle(name, value) {
    chosen[name] = value;
    showChoices();
    invalidate();
    settle();
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    const ownKeys = target.matches("select") || (target.matches("button") && event.key === " ");
    const slides = target.matches('input[type="range"]');
    const act = {
      " ": () => (playing ? pause() : play()),
      ArrowRight: () => stepBy(1),
      ArrowLeft: () => stepBy(-1),
      Home: () => goTo(0),
      End: () => goTo(clockEnd()),
    }[event.key];
    if (!act || ownKeys || (slides && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // ---- the page's elements

  let built = new AbortController(); // what the present elements listen for outside themselves
  function build() {
    built.abort();
    built = new AbortController();
    root.replaceChildren();
    parts = { sliders: {}, readouts: [], choices: [] };
    const head = element("div", "head", root);
    head.hidden = !stage.toggles.length;
    for (const toggle of stage.toggles) buildToggle(toggle, head);
    parts.tabs = element("div", "tabs", root, { role: "tablist" });
    parts.panels = element("div", "panels", root);
    panels = stage.panels.map(buildPanel);
    const row = element("div", "controls", root);
    const [clock, others] = [stage.controls.filter((c) => c.name === clockName()), stage.controls.filter((c) => c.name !== clockName())];
    others.forEach((control, k) => buildSlider(control, row, k === 0 ? "main" : "short"));
    if (others.length > 2) element("div", "break", row); // many sliders in one row would be too short to aim
    buildTransport(row);
    clock.forEach((control) => buildSlider(control, row, "clock"));
    const readouts = element("div", "readouts", root);
    for (const readout of stage.readouts) {
      const node = element("span", readout.lead ? "lead" : "", readouts);
      node.style.color = `var(--${readout.colour})`;
      parts.readouts.push({ node, text: readout.text });
    }
    parts.sentence = element("p", "sentence", root);
    parts.heard = element("div", "heard", root, { "aria-live": "polite" });
  }

  function buildToggle(toggle, parent) {
    const group = element("div", "choice", parent, { role: "group", "aria-label": toggle.label });
    element("span", "label", group).textContent = toggle.label;
    const options = element("div", "options", group);
    for (const [value, text] of toggle.options) {
      const button = element("button", "", options, { type: "button" });
      button.textContent = text;
      button.onclick = () => setToggle(toggle.name, value);
      parts.choices.push({ toggle, value, button, group });
    }
  }

  function buildPanel(described) {
    const panel = { ...described, tabText: described.tab, layers: described.layers || [], figureText: "" };
    panel.element = element("section", "panel", parts.panels, { "data-panel": panel.name });
    panel.element.classList.toggle("clickable", Boolean(described.click));
    panel.element.classList.toggle("pickable", Boolean(described.pick));
    panel.heading = element("div", "title", panel.element);
    panel.stack = element("div", "stack", panel.element);
    panel.plot = element("div", "plot", panel.stack);
    panel.waiting = element("div", "waiting", panel.stack);
    panel.waiting.textContent = "drawing …";
    panel.canvas = element("canvas", "moving", panel.stack, { "aria-hidden": "true" });
    panel.corner = element("div", "corner", panel.element);
    panel.zoomOut = cornerButton(panel, "zoom out", () => zoomOut(panel));
    panel.zoomBack = cornerButton(panel, "zoom back", () => zoomBack(panel));
    panel.tab = element("button", "", parts.tabs, { type: "button", role: "tab" });
    panel.tab.textContent = fill(panel.tabText, panel.at);
    panel.tab.onclick = () => {
      chosenPanel = panel.name;
      showChoices();
      invalidate();
    };
    if (panel.click) listenForClicks(panel);
    if (panel.pick) listenForPicks(panel);
    sizes.observe(panel.stack);
    return panel;
  }

  function cornerButton(panel, text, action) {
    const button = element("button", "", panel.corner, { type: "button" });
    button.textContent = text;
    button.hidden = true;
    button.onclick = action;
    return button;
  }

  // A click, not a drag: pressed and let go at the same place.
  function listenForClicks(panel) {
    let pressed = null;
    panel.plot.addEventListener("pointerdown", (event) => (pressed = [event.clientX, event.clientY]), true);
    window.addEventListener(
      "pointerup",
      (event) => {
        const from = pressed;
        pressed = null;
        if (!from || !panel.ready || Math.hypot(event.clientX - from[0], event.clientY - from[1]) > 4) return;
        const frame = panel.stack.getBoundingClientRect();
        const [px, py] = [event.clientX - frame.left, event.clientY - frame.top];
        const view = viewOf(panel);
        const { box } = view;
        if (px < box.left || px > box.right || py < box.top || py > box.bottom) return;
        onClick(panel.click, ...view.toData(px, py));
      },
      { capture: true, signal: built.signal },
    );
  }

  // Where the pointer is held, the panel's marker goes: a mouse at once, a finger once it is let go or
  // moves to the side. A finger that moves up or down scrolls the page and picks nothing.
  function listenForPicks(panel) {
    let held = null;
    const wish = (event) => {
      const frame = panel.stack.getBoundingClientRect();
      panel.wish = [event.clientX - frame.left, event.clientY - frame.top];
      invalidate(); // as often as is drawn, however often the pointer reports
    };
    const letGo = () => {
      held = null;
      grant(panel);
      settle();
    };
    panel.stack.addEventListener("pointerdown", (event) => {
      if (!panel.ready || event.button !== 0) return;
      held = { x: event.clientX, y: event.clientY, picks: event.pointerType === "mouse" };
      if (held.picks) panel.stack.setPointerCapture(event.pointerId), wish(event);
    });
    panel.stack.addEventListener("pointermove", (event) => {
      if (!held) return;
      const [aside, along] = [Math.abs(event.clientX - held.x), Math.abs(event.clientY - held.y)];
      held.picks ||= aside > STILL && aside > along;
      if (held.picks) wish(event);
    });
    panel.stack.addEventListener("pointerup", (event) => {
      if (!held) return;
      if (held.picks || Math.hypot(event.clientX - held.x, event.clientY - held.y) < STILL) wish(event);
      letGo();
    });
    panel.stack.addEventListener("pointercancel", () => held && letGo());
  }

  function grant(panel) {
    const wish = panel.wish;
    panel.wish = null;
    if (wish) pickNearest(panel, ...wish);
  }

  function pickNearest(panel, px, py) {
    const layer = panel.layers.find((candidate) => ["Marker", "Frame"].includes(candidate.kind) && holds(candidate.when));
    const [view, at] = [viewOf(panel), { ...panel.at, ...layer.at }];
    const counts = panel.pick.map((name) => (name === clockName() ? clockEnd() + 1 : controlOf(name).values.length));
    const places = nearestPlaces(counts, [px, py], (found) => {
      for (let k = 0; k < found.length; k++) at[panel.pick[k]] = found[k];
      return view.project(...coordinates(layer).map((coordinate) => number(coordinate, at)));
    });
    if (places) panel.pick.forEach((name, k) => setControl(name, places[k]));
  }

  function buildSlider(control, parent, size) {
    const slider = element("div", `slider ${size}`, parent);
    const id = `live-${control.name}-${Math.random().toString(36).slice(2, 8)}`;
    element("label", "", slider, { for: id }).textContent = control.label;
    const input = element("input", "", slider, { type: "range", id, name: control.name, min: 0, max: control.values.length - 1, step: 1 });
    const output = element("output", "", slider, { for: id });
    input.addEventListener("input", () => setControl(control.name, Number(input.value)));
    let held = false; // let go it has come to rest; keys may be pressed again
    input.addEventListener("pointerdown", () => (held = true));
    input.addEventListener("change", () => (settle(held ? 0 : SETTLE_AFTER), (held = false)));
    const widest = Math.max(...control.texts.map((text) => text.length));
    output.style.minWidth = `${control.name === clockName() ? 2 * widest + 2 : widest + 1}ch`;
    parts.sliders[control.name] = { row: slider, input, output, control };
  }

  function buildTransport(parent) {
    const bar = element("div", "transport", parent, { role: "group", "aria-label": "playing" });
    const button = (name, label, action) => {
      const made = element("button", name, bar, { type: "button", "aria-label": label, title: label });
      made.innerHTML = icon(name);
      made.onclick = action;
      return made;
    };
    const saving = () => (parts.save = button("save", "save as PNG", save));
    if (!stage.clock) return saving();
    button("restart", "restart", () => goTo(0));
    button("back", "step back", () => stepBy(-1));
    parts.play = button("play", "play", () => (playing ? pause() : play()));
    parts.play.removeAttribute("title");
    button("next", "step", () => stepBy(1));
    parts.loop = button("loop", "loop", () => {
      looping = !looping;
      parts.loop.setAttribute("aria-pressed", String(looping));
    });
    parts.loop.setAttribute("aria-pressed", String(looping));
    const select = element("select", "speed", bar, { "aria-label": "speed" });
    for (const value of SPEEDS) {
      const option = element("option", "", select, { value });
      option.textContent = `${value}×`;
    }
    select.value = speed;
    select.onchange = () => (speed = Number(select.value));
    saving();
  }

  // What is seen now, as a file.
  async function save() {
    const seen = panels.filter((panel) => panel.ready && isVisible(panel) && panel.width);
    if (!seen.length) return;
    showTexts();
    const described = seen.map((panel) => ({ ...panel, title: fill(panel.title, panel.at), draw: (canvas, scale) => drawPanel(panel, canvas, scale) }));
    const step = stage.clock ? `-${clockName()}-${place(clockName())}` : "";
    const name = `${nameOfFigure().replace(/[^\w-]+/g, "-")}${step}.png`;
    const { save: button, panels: area } = parts;
    button.disabled = true;
    try {
      handOver(await photograph(Plotly, tones.ground, area, [root.querySelector(".readouts"), parts.sentence], described), name);
    } finally {
      button.disabled = false;
    }
  }

  // Which panels there are under the present toggles, and where they stand.
  function showChoices() {
    narrow = getComputedStyle(parts.tabs).display !== "none";
    for (const { toggle, value, button, group } of parts.choices) {
      button.setAttribute("aria-pressed", String(chosen[toggle.name] === value));
      group.hidden = aside(toggle.name) || !holds(toggle.when);
    }
    const active = panels.filter((panel) => holds(panel.when));
    const alone = active.length === 1;
    parts.tabs.classList.toggle("alone", alone);
    if (!active.some((panel) => panel.name === chosenPanel)) chosenPanel = active[0]?.name;
    const layout = stage.layouts.find((candidate) => holds(candidate.when));
    parts.panels.style.gridTemplateAreas = layout ? layout.rows.map((row) => `"${row}"`).join(" ") : "";
    parts.panels.style.gridTemplateColumns = layout?.columns || "";
    for (const panel of panels) {
      const on = active.includes(panel);
      panel.element.hidden = !on;
      panel.tab.hidden = !on;
      panel.element.style.gridArea = layout ? panel.name : "";
      panel.element.classList.toggle("chosen", panel.name === chosenPanel);
      panel.tab.setAttribute("aria-selected", String(panel.name === chosenPanel));
      panel.heading.classList.toggle("needed", alone || panel.title.includes("{") || Boolean(panel.pick || panel.click));
    }
    stage.readouts.forEach((readout, k) => (parts.readouts[k].node.hidden = !holds(readout.when)));
    for (const slider of Object.values(parts.sliders)) slider.row.hidden = !holds(slider.control.when);
    resizeAll();
    plotAll();
  }

  function resizeAll() {
    for (const panel of panels) {
      if (!isVisible(panel)) continue;
      const [width, height] = [panel.width, panel.height];
      measure(panel);
      panel.stale = true;
      if (panel.ready && panel.width && (panel.width !== width || panel.height !== height)) Plotly.Plots.resize(panel.gd);
    }
  }

  let resizing = 0;
  const sizes = new ResizeObserver(() => {
    cancelAnimationFrame(resizing);
    resizing = requestAnimationFrame(() => {
      if (!stage || player.destroyed) return;
      showChoices();
      invalidate();
    });
  });

  function drawWith(loaded) {
    Plotly = loaded;
    plotAll();
  }

  function sayMissing(error) {
    console.error(error);
    player.asked = false; // the next load asks again
    for (const panel of panels) panel.waiting.textContent = "The figure could not be loaded. Reload the page.";
  }

  // ---- from outside

  player.load = (bytes) => {
    stage = readStage(bytes);
    for (const control of stage.controls) if (!(index[control.name] < control.values.length)) index[control.name] = control.start || 0;
    for (const toggle of stage.toggles) if (!toggle.options.some(([value]) => value === chosen[toggle.name])) chosen[toggle.name] = toggle.start;
    const skeleton = JSON.stringify([
      stage.panels.map(({ name, click, pick, when, follow_x }) => [name, click, pick, when, follow_x]),
      [stage.controls, stage.clock, stage.toggles, stage.readouts.length, stage.layouts],
    ]);
    const fresh = skeleton !== structure;
    if (fresh) {
      structure = skeleton;
      sizes.disconnect();
      for (const panel of panels) if (panel.gd) Plotly.purge(panel.gd);
      build();
    }
    const look = readTones();
    stage.panels.forEach((described, k) => {
      Object.assign(panels[k], described, { layers: described.layers || [], tab: panels[k].tab });
      const figureText = look + stage.figures[described.figure];
      if (figureText !== panels[k].figureText) panels[k].zoomed = null; // another figure, its own axes
      panels[k].figureText = figureText;
      panels[k].behind = null;
    });
    stage.readouts.forEach((readout, k) => (parts.readouts[k].text = readout.text));
    position = Math.min(position, clockEnd());
    const slider = parts.sliders[clockName()];
    if (slider) slider.input.max = clockEnd();
    showChoices();
    showTexts();
    invalidate();
    hearSoon();
    fetchPlotly();
  };

  // Only for a figure that is looked at; and title, text and controls are painted before Plotly is even fetched.
  function fetchPlotly() {
    if (Plotly || player.asked || !stage || !player.seen) return;
    player.asked = true;
    requestAnimationFrame(() => setTimeout(() => plotly().then(drawWith, sayMissing)));
  }

  const sight = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    sight.disconnect();
    player.seen = true;
    fetchPlotly();
    plotAll();
  });
  sight.observe(root);

  // Take over places of controls and values of toggles, as {name: place or value}.
  player.show = (values) => {
    for (const [name, value] of Object.entries(values)) {
      if (stage.toggles.some((toggle) => toggle.name === name)) chosen[name] = value;
      else if (name !== clockName() && value < controlOf(name)?.values.length) putThumb(name, (index[name] = value));
    }
    const slider = parts.sliders[clockName()];
    if (slider) slider.input.max = clockEnd();
    if (clockName() in values) (playing = false), (position = wanted = Math.min(values[clockName()], clockEnd())), showPlaying();
    if (slider) putThumb(clockName(), Math.floor(position + 1e-9));
    showChoices();
    invalidate();
    hearSoon();
  };

  // The same by their texts, as player.state() gives them; what is not known is left as it is.
  player.read = (texts) => {
    const values = {};
    for (const { name, texts: known } of stage.controls) if (known.includes(texts.get(name))) values[name] = known.indexOf(texts.get(name));
    for (const { name, options } of stage.toggles) if (options.some(([value]) => value === texts.get(name))) values[name] = texts.get(name);
    player.show(values);
  };

  // Texts of the controls and values of the toggles, as an address carries them.
  player.state = () => {
    const state = {};
    for (const control of stage.controls) state[control.name] = control.texts[place(control.name)];
    return { ...state, ...chosen };
  };

  player.places = () => ({ ...Object.fromEntries(stage.controls.map((control) => [control.name, place(control.name)])), ...chosen });
  player.play = play;
  player.pause = pause;
  player.goTo = goTo;
  player.isPlaying = () => playing;
  player.project = (name, ...point) => {
    const panel = panels.find((candidate) => candidate.name === name);
    return viewOf(panel).project(...point);
  };
  player.curve = (link, z) => LINKS[link](z);

  const listeners = new AbortController();
  player.destroy = () => {
    player.destroyed = true;
    clearTimeout(settleTimer);
    listeners.abort();
    built.abort();
    sizes.disconnect();
    sight.disconnect();
    for (const panel of panels) if (panel.gd) Plotly.purge(panel.gd);
    root.replaceChildren();
  };

  // The theme's colours arrive as style; a transition on one of them is the news that it changed.
  root.addEventListener("keydown", onKey);
  const restyle = () => {
    if (!stage || player.destroyed) return;
    const look = readTones();
    for (const panel of panels) panel.figureText = look + stage.figures[panel.figure];
    plotAll();
    invalidate();
  };
  const scheme = window.matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", restyle, { signal: listeners.signal });
  root.addEventListener("transitionend", (event) => event.target === root && restyle());
  return player;
}
