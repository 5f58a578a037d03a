// Actions that are not done as often as somebody asks for them.

// One that waits until nobody has asked for it for a while.

export class Debounced {
  constructor(action) {
    this.action = action;
    this.timer = 0; // while nobody waits
  }

  // In so many milliseconds; an earlier request is forgotten.
  askFor(milliseconds) {
    this.cancel();
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.action();
    }, milliseconds);
  }

  isAsked = () => this.timer !== 0;

  cancel() {
    clearTimeout(this.timer);
    this.timer = 0;
  }
}

// One that is done when it is asked for, unless it was lately. Times are those of frames.
export class Throttled {
  constructor(action, milliseconds) {
    this.action = action;
    this.milliseconds = milliseconds;
    this.last = 0;
  }

  at(time) {
    if (time - this.last < this.milliseconds) return;
    this.last = time;
    this.action();
  }
}
