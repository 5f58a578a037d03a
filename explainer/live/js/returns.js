// Steps Back or Forward within the page, counted: all of its figures give one step the same number, also one that was made
// anew meanwhile. Otherwise one of them would wait for ever for the answer to a step that only it has counted.

let last = { event: null, number: 0 };

// The number of a step, by its event. known: the highest number that a figure knows of.
export function numberOf(event, known) {
  if (last.event !== event) last = { event, number: Math.max(last.number, known) + 1 };
  return last.number;
}
