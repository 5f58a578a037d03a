// Where a talk is: which scene, and how many of its steps were taken. It knows neither keys nor figures.
//
// Place -1 is the start page; the place after the last scene is the end.

export class Course {
  // scenes: each with a name and its steps, as explainer/talk/talks.py has them. onMove(forwards): it is elsewhere now,
  // reached by one step on, or in any other way.
  constructor(scenes, onMove) {
    this.scenes = scenes;
    this.onMove = onMove;
    this.place = -1;
    this.step = 0;
  }

  get scene() {
    return this.scenes[this.place];
  }

  // "ask", "answer", "show" or "play"; undefined beside the scenes.
  get doing() {
    return this.scene?.steps[this.step];
  }

  get isOver() {
    return this.place === this.scenes.length;
  }

  next() {
    if (this.isOver) return;
    if (this.scene && this.step + 1 < this.scene.steps.length) this.move(this.place, this.step + 1, true);
    else this.move(this.place + 1, 0, true);
  }

  back() {
    if (this.step > 0) this.move(this.place, this.step - 1, false);
    else if (this.place >= 0) this.goTo(this.place - 1, Infinity);
  }

  // To a place, and to one of its steps or to the last one there is.
  goTo(place, step = 0) {
    const held = Math.max(-1, Math.min(this.scenes.length, place));
    const last = (this.scenes[held]?.steps.length ?? 1) - 1;
    this.move(held, Math.max(0, Math.min(last, step)), false);
  }

  move(place, step, forwards) {
    [this.place, this.step] = [place, step];
    this.onMove(forwards);
  }

  // As the address has it: the scene's name and the step. A talk that was edited may have the scene elsewhere.
  get written() {
    if (this.place < 0) return "";
    return this.isOver ? "end" : `${this.scene.name}.${this.step}`;
  }

  // Goes to what an address says. False where there is no such scene.
  read(text) {
    if (!text) return true;
    if (text === "end") this.goTo(this.scenes.length);
    const [, name, step] = /^(.*)\.(\d{1,3})$/.exec(text) ?? [];
    const place = this.scenes.findIndex((scene) => scene.name === name);
    if (place >= 0) this.goTo(place, Number(step));
    return text === "end" || place >= 0;
  }
}
