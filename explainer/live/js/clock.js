// The clock of a stage: a position between 0 and an end, which moves while it plays. Times are in milliseconds.

const REST_BEFORE_LOOP = 900;
const LONGEST_FRAME = 100; // a page that was out of sight for longer does not leap ahead
const ROUNDING = 1e-9; // a position this close below a step has reached it
const NO_FRACTION = 1e-6;

export class Clock {
  constructor() {
    this.control = undefined; // the name of the control that it moves; a stage may have no clock
    this.seconds = 1; // one run from 0 to the end takes this long at speed 1 ...
    this.slowest = 0; // ... but the pace is at least so many steps a second
    this.idle = false; // nothing changes along it
    this.end = 0;
    this.position = 0; // lies between two steps while it plays
    this.wanted = 0; // where it was put last, which may lie beyond an end that has shrunk since
    this.reached = 0; // the furthest step since it was last told to forget its way
    this.stopsAt = Infinity; // where it is to stop while it plays, if that comes before its end
    this.speed = 1;
    this.playing = false;
    this.looping = false;
    this.restingUntil = 0; // while it rests at its end before it starts again
    this.lastTime = 0; // of the last frame while it plays; 0 before the first
  }

  // described: {control, seconds, slowest, idle}, or null for a stage without a clock.
  describe(described) {
    this.control = described?.control;
    this.seconds = described?.seconds ?? 1;
    this.slowest = described?.slowest ?? 0;
    this.idle = described?.idle ?? false;
  }

  // Is there anything to play?
  get canPlay() {
    return Boolean(this.control) && !this.idle && this.end > 0;
  }

  // The last whole step that it has reached.
  get step() {
    return Math.floor(this.position + ROUNDING);
  }

  // How far it is from that step to the next one, 0 to 1.
  get fraction() {
    const fraction = this.position - this.step;
    return fraction < NO_FRACTION ? 0 : fraction;
  }

  // How much of the way to its end lies behind it, 0 to 1.
  get progress() {
    return this.end ? this.position / this.end : 0;
  }

  // Plays to its end, or until it comes to the step `stopsAt`.
  play(stopsAt = Infinity) {
    if (this.position >= Math.min(this.end, stopsAt)) this.position = 0;
    this.stopsAt = stopsAt;
    this.playing = true;
    this.restingUntil = 0;
    this.lastTime = 0;
  }

  pause() {
    if (this.playing) this.goTo(this.step);
  }

  // Stands still at that place, or at the nearest one there is.
  goTo(position) {
    this.playing = false;
    this.position = Math.max(0, Math.min(this.end, position));
    this.wanted = this.position;
    this.remember();
  }

  remember() {
    this.reached = Math.max(this.reached, this.step);
  }

  // What moves is another walk than before: how far the last one went no longer counts.
  forgetWay() {
    this.reached = this.step;
  }

  // Its end has changed: it stays where it is as far as the new end allows.
  limit(end) {
    this.end = end;
    this.position = Math.min(this.position, end);
  }

  // The same, but at rest it returns to where it was put last if an earlier end had kept it from there.
  moveEnd(end) {
    if (!this.playing) this.position = this.wanted;
    this.limit(end);
  }

  // Moves on to the time of a frame. At its end it stops, or rests and starts again.
  advance(time) {
    const passed = Math.min(LONGEST_FRAME, time - (this.lastTime || time));
    this.lastTime = time;
    if (this.restingUntil) {
      if (time < this.restingUntil) return;
      this.restingUntil = 0;
      this.position = 0;
    }
    const pace = Math.max(this.end / this.seconds, this.slowest) * this.speed;
    const last = Math.min(this.end, this.stopsAt);
    this.position = Math.min(last, this.position + (pace * passed) / 1000);
    this.remember();
    if (this.position < last) return;
    if (this.looping && last === this.end && this.end > 0) this.restingUntil = time + REST_BEFORE_LOOP;
    else this.pause();
  }
}
