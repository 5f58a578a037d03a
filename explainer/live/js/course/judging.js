// Whether an answer is right, and what is replied to a wrong one, by the kind of its question. Nothing here knows the page.

// task: as explainer/export/course/tasks.py writes it. given: what was answered. -> {right, said, reply, show}
export const judge = (task, given) => JUDGES[task.kind](task, given);

const JUDGES = {
  choice: ({ right, options }, given) => {
    const { text, reply, show } = options[given];
    return { right: given === right, said: text, reply, show };
  },
  number: ({ right, within, low, high }, given) => ({
    right: Math.abs(given - right) <= within,
    said: String(given),
    reply: given < right ? low : high,
  }),
  place: (task, given) => ({
    right: distance(given, task.right) <= task.radius,
    said: given.map((part) => part.toFixed(2)).join(", "),
    reply: replyToPlace(task, given),
  }),
  order: ({ steps }, given) => {
    const wrong = given.findIndex((step, place) => step !== place);
    if (wrong < 0) return { right: true, said: "", reply: "" };
    return { right: false, said: steps[given[wrong]].text, place: wrong + 1, reply: steps[given[wrong]].reply };
  },
  shape: (task, given) => ({
    right: isSame(given, task.right),
    said: `(${given.join(", ")}${given.length === 1 ? "," : ""})`,
    reply: task.mistakes.find(({ shape }) => isSame(shape, given))?.reply ?? task.other,
  }),
};

const distance = ([x, y], [u, v]) => Math.hypot(x - u, y - v);
const isSame = (one, other) => one.length === other.length && one.every((size, k) => size === other[k]);

// The reply to the known mistake that leads nearest to a place, where one leads near it.
function replyToPlace({ mistakes, radius, far }, given) {
  const near = mistakes.filter(({ at }) => distance(given, at) <= radius);
  near.sort((one, other) => distance(given, one.at) - distance(given, other.at));
  return near[0]?.reply ?? far;
}

// "(3, 4)" -> [3, 4]; null where it is no shape.
export function readShape(text) {
  const inside = /^\s*\(?([\d\s,]*?),?\s*\)?\s*$/.exec(text);
  if (!inside || !/\d/.test(inside[1])) return null;
  const sizes = inside[1].split(",").map((part) => part.trim());
  return sizes.every((size) => /^\d+$/.test(size)) ? sizes.map(Number) : null;
}
