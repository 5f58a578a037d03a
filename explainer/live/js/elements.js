// Making the page's elements. Those that are set in every frame are written to only when something changes: the
// page would be laid out anew.

const ICONS = {
  restart: "M3 3h2.5v14H3zM17 3v14L6.5 10z",
  back: "M14 3v14L4 10zM16 3h1.8v14H16z",
  play: "M5 2.5v15l12-7.5z",
  pause: "M4 3h4.2v14H4zM11.8 3H16v14h-4.2z",
  next: "M6 3v14l10-7zM2.2 3H4v14H2.2z",
  loop:
    "M10 3a7 7 0 0 1 6.3 4H18l-2.6 4.4L12.2 7h1.8A5 5 0 0 0 5 9.6H3A7 7 0 0 1 10 3z" +
    "M2 13l2.6-4.4L7.8 13H6a5 5 0 0 0 9-2.6h2A7 7 0 0 1 3.7 13z",
  save: "M8.9 2h2.2v7.2l2.7-2.7 1.5 1.6-5.3 5.3-5.3-5.3 1.5-1.6 2.7 2.7zM3 15.4h14v2.4H3z",
};

export function makeElement(tag, className, parent, attributes = {}) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent?.append(made);
  return made;
}

// A button with a text on it.
export function makeButton(text, parent, action, attributes = {}) {
  const button = makeElement("button", "", parent, { type: "button", ...attributes });
  button.textContent = text;
  button.onclick = action;
  return button;
}

export function icon(name) {
  return `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setHidden(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden;
}

export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
