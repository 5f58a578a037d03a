// An action that waits until nobody has asked for it for a while.

export class Debounced {
  constructor(action) {
    this.action = action;
    this.timer = 0;
  }

  // In so many milliseconds; an earlier request is forgotten.
  askFor(milliseconds) {
    this.cancel();
    this.timer = setTimeout(this.action, milliseconds);
  }

  cancel() {
    clearTimeout(this.timer);
  }
}
