// The page's colours and type: the tones of the palette for a light or a dark ground, and the fonts.

import { onOtherScheme, prefersDark } from "./environment.js";

const LEAST_TYPE = 13; // pixels, on the canvas
const TYPE = 0.85; // times the page's type
const BOLDER = 0.6; // of what type is larger by

export class Theme {
  constructor(root) {
    this.root = root;
    this.tones = {}; // role -> colour
    this.family = "";
    this.font = ""; // of words on a canvas
    this.scale = 1; // how much larger all type is than usual: the attribute data-text-scale of the root
    this.boldness = 1; // and how much larger points are, and strokes wider
    this.look = ""; // a text that is another one whenever the figures have to look differently
  }

  // Reads the page's style. palette: role -> {light, dark}.
  read(palette) {
    this.scale = parseFloat(this.root.dataset.textScale) || 1;
    this.boldness = 1 + BOLDER * (this.scale - 1);
    this.root.style.fontSize = this.scale === 1 ? "" : `${this.scale}em`;
    const style = getComputedStyle(this.root);
    const ground = style.getPropertyValue("--st-background-color").trim();
    const ink = style.getPropertyValue("--st-text-color").trim();
    const theme = isDark(ground) ? "dark" : "light";
    this.tones = Object.fromEntries(Object.entries(palette).map(([role, tone]) => [role, tone[theme]]));
    if (ground) this.tones.ground = ground;
    if (ink) this.tones.ink = ink;
    for (const [role, tone] of Object.entries(this.tones)) this.root.style.setProperty(`--${role}`, tone);
    const size = parseFloat(style.fontSize) || 16;
    this.family = style.fontFamily;
    this.font = `600 ${Math.max(LEAST_TYPE, Math.round(size * TYPE))}px ${this.family}`;
    this.look = JSON.stringify([this.tones, this.family, size]);
  }

  // A figure's JSON with tones in place of "var(--role)".
  fillIn(text) {
    return text.replace(/var\(--([a-z-]+)\)/g, (_, role) => this.tones[role] || role);
  }

  // Calls back whenever the page may look differently: its colours arrive as style, and a transition on one of
  // them tells that it changed.
  onChange(callback, signal) {
    onOtherScheme(callback, signal);
    const own = (event) => event.target === this.root && callback();
    this.root.addEventListener("transitionend", own, { signal });
    const scaled = new MutationObserver(callback);
    scaled.observe(this.root, { attributeFilter: ["data-text-scale"] });
    signal.addEventListener("abort", () => scaled.disconnect());
  }
}

function isDark(colour) {
  const [red, green, blue] = channels(colour) || [];
  if (red === undefined) return prefersDark();
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

// "#14161b" or "rgb(20, 22, 27)" -> [20, 22, 27]
export function channels(colour) {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(colour);
  if (hex) return hex.slice(1).map((digits) => parseInt(digits, 16));
  return colour.startsWith("rgb") ? colour.match(/[\d.]+/g).slice(0, 3).map(Number) : null;
}
