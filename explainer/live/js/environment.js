// What the visitor's device and settings are like.

const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
const coarsePointer = window.matchMedia("(pointer: coarse)");
const SHARPEST = 2; // canvas pixels to each of the page's; more costs time and is not seen

export const prefersReducedMotion = () => reducedMotion.matches;
export const hasCoarsePointer = () => coarsePointer.matches;

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

export const pixelRatio = () => Math.min(window.devicePixelRatio || 1, SHARPEST);
