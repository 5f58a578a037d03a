// What the visitor's browser, device and settings are like. What a browser lacks or forbids is done without.

const SHARPEST = 2; // canvas pixels to each of the page's; more costs time and is not seen

// A media query's answer, which may change; no, where the browser does not answer.
const media = (query) => window.matchMedia?.(query) ?? { matches: false };
const reducedMotion = media("(prefers-reduced-motion: reduce)");
const coarsePointer = media("(pointer: coarse)");
const darkScheme = media("(prefers-color-scheme: dark)");

export const prefersReducedMotion = () => reducedMotion.matches;
export const hasCoarsePointer = () => coarsePointer.matches;
export const prefersDark = () => darkScheme.matches;

// Calls back whenever the visitor's system changes between light and dark.
export const onOtherScheme = (callback, signal) => darkScheme.addEventListener?.("change", callback, { signal });

// Calls back whenever fonts have come, in which texts have other widths than before.
export const onFontsLoaded = (callback) => document.fonts?.addEventListener?.("loadingdone", callback);

export const pixelRatio = () => Math.min(window.devicePixelRatio || 1, SHARPEST);

// Calls back once an element comes into sight, at once where the browser cannot tell. The result ends that.
export function whenSeen(element, callback) {
  if (!window.IntersectionObserver) {
    callback();
    return () => {};
  }
  const sight = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    sight.disconnect();
    callback();
  });
  sight.observe(element);
  return () => sight.disconnect();
}

// Calls back when one of some elements has another size; where the browser cannot tell, when the window has. The
// result ends that.
export function whenResized(elements, callback) {
  if (!window.ResizeObserver) {
    window.addEventListener("resize", callback);
    return () => window.removeEventListener("resize", callback);
  }
  const sizes = new ResizeObserver(callback);
  for (const element of elements) sizes.observe(element);
  return () => sizes.disconnect();
}

// A canvas that is never on the page.
export function makeCanvas(width, height) {
  if (window.OffscreenCanvas) return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

// The pointer's further events come to the element, also from beside it.
export function capturePointer(element, pointer) {
  try {
    element.setPointerCapture(pointer);
  } catch {
    // not captured, it counts as long as it stays on the element
  }
}

let scenes; // whether this browser draws them, once it was asked

// Does it have WebGL? Where it does not, all that is in 3-D is left out.
export function drawsScenes() {
  scenes ??= hasWebGL(document.createElement("canvas"));
  return scenes;
}

function hasWebGL(canvas) {
  const context = canvas.getContext("webgl") ?? canvas.getContext("experimental-webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext(); // browsers count those that are open
  return Boolean(context);
}
