// Rectangles {left, top, right, bottom}, in pixels.

// The rectangle of that size about a middle.
export const rectangleAbout = (x, y, width, height) => ({
  left: x - width / 2,
  top: y - height / 2,
  right: x + width / 2,
  bottom: y + height / 2,
});

// Do they share a place, or have less than that room between them?
export const overlap = (a, b, room = 0) =>
  a.left - room < b.right && b.left - room < a.right && a.top - room < b.bottom && b.top - room < a.bottom;

// The same rectangle moved into the box by the shortest way; one that is larger than the box begins where it does.
export function movedInto(rectangle, box, room = 0) {
  const { left, top, right, bottom } = rectangle;
  const x = Math.max(Math.min(left, box.right - room - (right - left)), box.left + room) - left;
  const y = Math.max(Math.min(top, box.bottom - room - (bottom - top)), box.top + room) - top;
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}

// The rectangle of an element of the page, counted from a frame's corner.
export function rectangleOf(element, frame) {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left: left - frame.left, top: top - frame.top, right: right - frame.left, bottom: bottom - frame.top };
}
