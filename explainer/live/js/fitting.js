// What Plotly writes on a flat figure itself, fitted to the figure's place: larger for a presenter; fewer ticks where
// they would crowd, smaller titles and notes where they would not fit.

import { makeCanvas } from "./environment.js";
import { overlap } from "./rectangles.js";
import { plotTexts } from "./plottexts.js";

const APART = 1.25; // from one tick to the next one above it at least, of the type's size
const ABREAST = 4; // from one tick to the next one beside it, of the type's size
const FEWEST = 5; // ticks that Plotly chooses, however little room there is
const FEWEST_IN_SPACE = 3; // along an axis of a scene, in large type
const CORNER = 0.12; // of an axis of a scene, at each of its ends
const LEAST = 9; // pixels of type
const SMALLER = 0.92; // times the size, until notes fit
const MOST_TIMES = 8;

const isOfType = (key, name) => (name === "size" && /font$/.test(key)) || name === "standoff" || key === "margin";
const isOfInk = (key, name) => (name === "width" && key === "line") || (name === "size" && key === "marker");

// Makes all type of a figure, and the room that is left for it, `scale` times larger; lines and points `boldness` times.
export function enlarge(figure, scale, boldness = 1, key = "") {
  if (scale === 1 || !figure || typeof figure !== "object") return;
  for (const [name, value] of Object.entries(figure)) {
    if (!Number.isFinite(value)) enlarge(value, scale, boldness, name);
    else if (isOfType(key, name)) figure[name] = value * scale;
    else if (isOfInk(key, name)) figure[name] = value * boldness;
  }
}

// Fewer ticks along the ground of a scene, where large type would be written over one another, and none near its corners,
// where that of two axes would be. Those upwards are also the heights of a surface's contours.
// Plotly draws the numbers of a scene as large as the square of their size, so that has grown too much.
export function thinOut({ scene, template }, scale) {
  if (!scene) return;
  const looks = template?.layout?.scene ?? {};
  for (const name of ["xaxis", "yaxis", "zaxis"]) {
    const { range, tickvals } = scene[name] ?? {};
    if (range && !tickvals && name !== "zaxis") scene[name].tickvals = ticksInside(...range);
    for (const { tickfont } of [scene[name] ?? {}, looks[name] ?? {}]) if (tickfont?.size) tickfont.size /= Math.sqrt(scale);
  }
}

// Round numbers between two ends, as few as tell the scale: two or more.
function ticksInside(low, high) {
  const length = high - low;
  const power = 10 ** Math.floor(Math.log10(length / FEWEST_IN_SPACE));
  const between = [low + CORNER * length, high - CORNER * length];
  const choices = [10, 5, 2, 1].map((round) => multiples(round * power, between));
  return choices.find((ticks) => ticks.length > 1) ?? choices.at(-1);
}

function multiples(step, [low, high]) {
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, k) => (first + k) * step);
}

// Which ticks, and how large the titles of the axes, so that they fit: {attribute of the layout -> value}.
export function fittedAxes(layout, width, height, family) {
  const shared = layout.template?.layout ?? {};
  const margin = { ...shared.margin, ...layout.margin };
  const lengths = { xaxis: width - margin.l - margin.r, yaxis: height - margin.t - margin.b };
  return Object.assign({}, ...Object.entries(lengths).map(([name, length]) => fittedAxis(layout, shared, name, length, family)));
}

function fittedAxis(layout, shared, name, length, family) {
  const axis = layout[name] ?? {};
  const size = axis.tickfont?.size ?? shared[name]?.tickfont?.size ?? 14;
  const need = (name === "yaxis" ? APART : ABREAST) * size;
  const most = Math.max(2, Math.floor(length / need));
  const fitted = {};
  if (axis.title?.text) fitted[`${name}.title.font.size`] = fittingSize(axis, shared[name], length, family);
  if (axis.tickvals && name === "yaxis") Object.assign(fitted, fewer(axis, name, length, need));
  else if (!axis.tickvals) fitted[`${name}.nticks`] = most < FEWEST ? Math.min(axis.nticks || FEWEST, most) : axis.nticks || 0;
  return fitted;
}

let pen = null; // for measuring

function fittingSize(axis, shared, length, family) {
  const size = axis.title.font?.size ?? shared?.title?.font?.size ?? 15;
  pen ??= makeCanvas(1, 1).getContext("2d");
  pen.font = `${size}px ${family}`;
  const width = pen.measureText(axis.title.text).width;
  return width > length ? Math.max(LEAST, (size * length) / width) : size;
}

// Of given ticks the first and the last, and those between that keep apart.
function fewer({ tickvals, ticktext, range }, name, length, need) {
  const span = range ? Math.abs(range[1] - range[0]) : Math.abs(tickvals.at(-1) - tickvals[0]);
  const ends = [0, tickvals.length - 1];
  const kept = [];
  for (const k of [...ends, ...tickvals.keys()]) {
    const isApart = kept.every((other) => (Math.abs(tickvals[k] - tickvals[other]) / span) * length >= need);
    if (isApart) kept.push(k);
  }
  kept.sort((a, b) => a - b);
  const fitted = { [`${name}.tickvals`]: kept.map((k) => tickvals[k]) };
  return ticktext ? { ...fitted, [`${name}.ticktext`]: kept.map((k) => ticktext[k]) } : fitted;
}

// Puts such values into a layout.
export function putInto(layout, values) {
  for (const [path, value] of Object.entries(values)) {
    const names = path.split(".");
    const last = names.pop();
    let place = layout;
    for (const name of names) place = place[name] ??= {};
    place[last] = value;
  }
}

// Writes the notes of a figure smaller until none is cut and no two overlap. sizes: theirs, where there is room.
export async function fitNotes(Plotly, gd, stack, sizes) {
  for (let times = 0, factor = 1; times <= MOST_TIMES; times++, factor *= SMALLER) {
    if (!gd.layout) return; // purged meanwhile
    const present = gd.layout.annotations.map(({ font }) => font?.size);
    const wanted = sizes.map((size) => size && Math.max(LEAST, size * factor)); // an arrow has no type
    const update = wanted.flatMap((size, k) => (size === present[k] ? [] : [[`annotations[${k}].font.size`, size]]));
    if (update.length) await Plotly.relayout(gd, Object.fromEntries(update));
    if (!areCrowded(plotTexts(stack), stack)) return;
  }
}

function areCrowded(texts, stack) {
  const notes = texts.filter(({ kind }) => kind === "annotation").map(({ rectangle }) => rectangle);
  const [right, bottom] = [stack.clientWidth, stack.clientHeight];
  const isCut = (note) => note.left < 0 || note.top < 0 || note.right > right || note.bottom > bottom;
  return notes.some((note, k) => isCut(note) || notes.slice(k + 1).some((other) => overlap(note, other)));
}
