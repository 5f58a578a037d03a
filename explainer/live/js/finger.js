// A finger on a slider: to the side it moves the slider, a tap puts it there, and up or down it scrolls the page.
//
// The browser's own slider follows from the first touch on, before anybody can tell which of these it will be. Until
// then what it says is put back at once, so that nothing is seen of it.

const STILL = 8; // pixels that a finger may move and still be taken to rest

export class Finger {
  // onTap(place): the slider is to go there.
  constructor(input, onTap) {
    this.input = input;
    this.onTap = onTap;
    this.pressed = null; // where and at which value it was put down, what the slider would go to, and whether it may
    input.addEventListener("pointerdown", (event) => this.press(event));
    input.addEventListener("pointermove", (event) => this.pressed && this.move(event));
    input.addEventListener("pointerup", () => this.pressed && this.lift());
    input.addEventListener("pointercancel", () => this.letGo());
  }

  // Does what the slider says now count? Else it is put back to where it was.
  lets() {
    const { pressed, input } = this;
    if (!pressed || pressed.isAside) return true;
    pressed.wish = input.value;
    input.value = pressed.before;
    return false;
  }

  press({ pointerType, clientX, clientY }) {
    const scrolls = pointerType === "touch" || pointerType === "pen";
    this.pressed = scrolls ? { x: clientX, y: clientY, before: this.input.value, wish: null } : null;
  }

  move({ clientX, clientY }) {
    const { pressed } = this;
    const [aside, along] = [Math.abs(clientX - pressed.x), Math.abs(clientY - pressed.y)];
    if (pressed.isAside || pressed.isAlong || Math.max(aside, along) < STILL) return;
    pressed.isAside = aside > along;
    pressed.isAlong = !pressed.isAside;
  }

  lift() {
    const { isAside, isAlong, wish } = this.pressed;
    this.letGo();
    if (!isAside && !isAlong && wish !== null) this.onTap(Number(wish));
  }

  letGo() {
    this.pressed = null;
  }
}
