// What the visitor's device and settings are like.

const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
const coarsePointer = window.matchMedia("(pointer: coarse)");
const SHARPEST = 2; // canvas pixels to each of the page's; more costs time and is not seen

export const prefersReducedMotion = () => reducedMotion.matches;
export const hasCoarsePointer = () => coarsePointer.matches;
export const pixelRatio = () => Math.min(window.devicePixelRatio || 1, SHARPEST);
