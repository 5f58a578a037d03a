// The frames of Plotly's scenes. A scene asks for the next frame in every frame, for ever, and mostly finds nothing to
// draw. Here it sleeps once nothing has moved for a while, and what can move it wakes it.
//
// The builder puts `requestAnimationFrame` in the place of the page's own into all code of scene.js.

const LINGERING = 150; // milliseconds from what wakes a scene to its last frame: its camera arrives after some 50
const CHANGES = ["update", "add", "remove", "redraw", "setAspectratio", "dispose"];
const INPUTS = ["pointerdown", "pointermove", "pointerup", "touchmove", "touchend", "wheel"];

let sleeping = []; // what is to be called in the next frame once somebody wakes it
let wokenAt = 0;
let begunAt = 0; // when the last frame began

const ask = (callback) =>
  window.requestAnimationFrame((time) => {
    begunAt = performance.now();
    callback(time);
  });

export function requestAnimationFrame(callback) {
  if (begunAt - wokenAt < LINGERING) return ask(callback);
  sleeping.push(callback);
  return 0;
}

function wake() {
  wokenAt = performance.now();
  const woken = sleeping;
  sleeping = [];
  woken.forEach(ask);
}

window.addEventListener("resize", wake);

// gl-plot3d's createScene, for scenes that are woken by whatever changes them and by a hand on their container.
export const wakeable = (createScene) => (options) => {
  wake();
  const scene = createScene(options);
  for (const name of CHANGES) {
    const change = scene[name];
    scene[name] = function (...given) {
      wake();
      return change.apply(this, given);
    };
  }
  for (const type of INPUTS) options.container.addEventListener(type, wake, { capture: true, passive: true });
  return scene;
};
