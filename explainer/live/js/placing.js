// Where labels stand: inside the plot, beside their points, apart from one another and from what stands still.

import { movedInto, overlap, rectangleAbout } from "./rectangles.js";

const EDGE = 2; // pixels between a label and the plot's edge
const TO_CHANGE = 8; // pixels of room about a place for which a label leaves the one that it had
const FURTHER = 3; // lines that a label may stand further up or down
const OPPOSITE = { right: "left", left: "right", above: "below", below: "above" };
const ACROSS = { right: ["above", "below"], left: ["above", "below"], above: ["right", "left"], below: ["right", "left"] };
const LINES = Array.from({ length: FURTHER }, (_, k) => [-(k + 1), k + 1]).flat();

// The places that a label beside a point may have, the wished one first: the middles, from the point.
export function placesBeside(wished, gap, width, height) {
  const [aside, along] = [gap + width / 2, gap + height / 2];
  const side = { right: [aside, 0], left: [-aside, 0], above: [0, -along], below: [0, along] };
  const sides = [wished, OPPOSITE[wished], ...ACROSS[wished]].map((name) => side[name]);
  const right = wished === "left" ? -1 : 1;
  const down = wished === "below" ? 1 : -1;
  const corners = [[right, down], [-right, down], [right, -down], [-right, -down]];
  const diagonal = corners.map(([x, y]) => [x * (0.7 * gap + width / 2), y * (0.7 * gap + height / 2)]);
  const further = LINES.flatMap((line) => [
    [0, Math.sign(line) * along + line * height],
    [right * aside, line * height],
    [-right * aside, line * height],
  ]);
  return [...sides, ...diagonal, ...further];
}

// The places of a text that stands at a point: there, or some lines above or below, or on the other side of it.
export function placesAt(align, width, height) {
  const from = { left: 1, center: 0, right: -1 }[align];
  const sides = from ? [from, -from] : [0];
  return sides.flatMap((side) => [0, ...LINES].map((line) => [(side * width) / 2, line * height]));
}

// The places of a text on a level line of that length, from the line's middle: above and below its right end, middle
// and left end.
export function placesAlong(length, width, height) {
  const end = (length - width) / 2;
  const away = height / 2 + EDGE;
  return [end, 0, -end, end / 2, -end / 2].flatMap((x) => [[x, -away], [x, away], [x, -away - height]]);
}

// For each label its place {rectangle, which}, or null where none is free: what is more important is placed first,
// of equals what was asked for first. A label is {x, y, width, height, places, importance, last}: `last` is the
// place that it had before, null where it had none, undefined where that does not count. `fixed` are rectangles that
// no label may cover, `marks` those that it covers only if there is no other place.
export function placeLabels(labels, box, fixed, marks) {
  const taken = [...fixed];
  const placed = labels.map(() => null);
  const order = labels.map((_, k) => k).sort((a, b) => labels[b].importance - labels[a].importance || a - b);
  for (const k of order) {
    placed[k] = placeOne(labels[k], box, taken, marks);
    if (placed[k]) taken.push(placed[k].rectangle);
  }
  return placed;
}

function placeOne({ x, y, width, height, places, last }, box, taken, marks) {
  const at = ([dx, dy]) => movedInto(rectangleAbout(x + dx, y + dy, width, height), box, EDGE);
  const isFree = (rectangle, room) => !taken.some((other) => overlap(rectangle, other, room));
  const coversNoMark = (rectangle, room) => !marks.some((other) => overlap(rectangle, other, room));
  const find = (room, isGood) => {
    for (let which = 0; which < places.length; which++) {
      const rectangle = at(places[which]);
      if (isGood(rectangle, which === last ? 0 : room)) return { rectangle, which };
    }
    return null;
  };
  const isGood = (rectangle, room) => isFree(rectangle, room) && coversNoMark(rectangle, room);
  if (last === undefined) return find(0, isGood) ?? find(0, isFree);
  const found = find(TO_CHANGE, isGood);
  if (found || last === null) return found;
  const stays = places[last] && at(places[last]);
  if (stays && isFree(stays, 0)) return { rectangle: stays, which: last };
  return find(0, isGood) ?? find(0, isFree);
}
