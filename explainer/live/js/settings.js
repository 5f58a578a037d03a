// What the visitor has set: the place of every control among its values, and the value of every toggle.

// The toggle that shows what lies ahead of the clock (AHEAD in explainer/stage/settings.py), and its value then.
const AHEAD = "ahead";
const SHOWN = "shown";

export class Settings {
  // isFlat: the browser draws no scenes; a choice between scenes and something flat stands at what is flat, unless a
  // hand puts it elsewhere.
  constructor(clock, isFlat = false) {
    this.clock = clock;
    this.isFlat = isFlat;
    this.controls = new Map(); // name -> control, as the stage describes it
    this.toggles = new Map(); // name -> toggle
    this.endControl = undefined; // the name of the control that holds the clock's end
    this.places = {}; // name of a control -> place; the clock itself knows the place of its own control
    this.values = {}; // name of a toggle -> value
    this.panel = undefined; // the name of the panel whose tab is chosen
    this.chosenPanels = []; // the names of those that alone are shown, side by side; none: all of them
    this.oneAtATime = false; // one panel is shown at a time: then toggles about panels side by side do not count
  }

  // Another stage: what is set already stays, as far as the stage has it.
  describe({ controls, toggles, clock }) {
    this.controls = new Map(controls.map((control) => [control.name, control]));
    this.toggles = new Map(toggles.map((toggle) => [toggle.name, toggle]));
    this.endControl = clock?.end;
    this.endTold = clock?.told ?? {}; // when the end is told
    for (const { name, values, start } of controls) if (!(this.places[name] < values.length)) this.places[name] = start || 0;
    for (const { name, options, start } of toggles) if (!isOption(options, this.values[name])) this.values[name] = this.seen(name, start);
    this.clock.describe(clock);
    this.clock.limit(this.clockEnd());
    this.clock.forgetWay();
  }

  place(name) {
    return name === this.clock.control ? this.clock.step : this.places[name];
  }

  // The number that a control stands at.
  valueOf(name) {
    return this.controls.get(name).values[this.place(name)];
  }

  // The last place of the clock: that of its control, or the value of the control that holds its end.
  clockEnd() {
    const control = this.controls.get(this.clock.control);
    if (!control) return 0;
    const last = control.values.length - 1;
    return this.endControl ? Math.min(last, this.valueOf(this.endControl)) : last;
  }

  // How many places of a control can be reached.
  count(name) {
    return name === this.clock.control ? this.clock.end + 1 : this.controls.get(name).values.length;
  }

  // The visitor moves a control.
  move(name, place) {
    if (name === this.clock.control) return this.clock.goTo(place);
    const isOther = this.put(name, place);
    this.clock.moveEnd(this.clockEnd());
    if (isOther) this.clock.forgetWay();
  }

  // The visitor chooses a toggle's value.
  choose(name, value) {
    if (this.putValue(name, value)) this.clock.forgetWay();
  }

  // Puts a control. Is it another walk now? Not if it only ends elsewhere.
  put(name, place) {
    const isOther = this.places[name] !== place && name !== this.endControl;
    this.places[name] = place;
    return isOther;
  }

  // Puts a toggle. Is it another walk now? Not if it is only seen differently.
  putValue(name, value) {
    const isOther = this.values[name] !== value && !this.isAboutLooks(name);
    this.values[name] = value;
    return isOther;
  }

  // The last step that may be shown: what lies ahead is hidden until it was played, or asked for.
  get horizon() {
    const { end, reached } = this.clock;
    return this.toggles.has(AHEAD) && this.values[AHEAD] !== SHOWN ? Math.min(end, reached) : end;
  }

  // Takes over places of controls and values of toggles, {name: place or value}; what the stage does not have is left out.
  take(given) {
    let isOther = false;
    for (const [name, value] of Object.entries(given)) {
      if (this.toggles.has(name)) isOther = this.putValue(name, this.seen(name, value)) || isOther;
      else if (name !== this.clock.control && value < this.controls.get(name)?.values.length) isOther = this.put(name, value) || isOther;
    }
    this.clock.limit(this.clockEnd());
    if (this.clock.control in given) this.clock.goTo(given[this.clock.control]);
    if (isOther) this.clock.forgetWay();
  }

  // The value of a toggle at which there is something to be seen.
  seen(toggle, value) {
    return (this.isFlat && this.toggles.get(toggle).flat) || value;
  }

  // The places and values that are meant by texts, a URLSearchParams; what is not known is left out.
  understood(texts) {
    const given = {};
    for (const control of this.controls.values()) {
      const place = control.texts.indexOf(texts.get(control.name));
      if (place >= 0) given[control.name] = place;
    }
    for (const { name, options } of this.toggles.values()) if (isOption(options, texts.get(name))) given[name] = texts.get(name);
    return given;
  }

  // Does all that counts stand where these texts say, {name: text}? Neither the clock does, nor what is not known here.
  standsAt(texts) {
    const stands = ([name, value]) => (this.toggles.has(name) ? this.values[name] === this.seen(name, value) : this.place(name) === value);
    const counts = ([name]) => name !== this.clock.control && !this.isAboutLooks(name);
    return Object.entries(this.understood(new URLSearchParams(texts))).filter(counts).every(stands);
  }

  // The texts of all controls and the values of all toggles, as an address carries them.
  asTexts() {
    return { ...this.ofControls((control) => control.texts[this.place(control.name)]), ...this.values };
  }

  // The places of all controls and the values of all toggles.
  asPlaces() {
    return { ...this.ofControls((control) => this.place(control.name)), ...this.values };
  }

  ofControls(value) {
    return Object.fromEntries([...this.controls.values()].map((control) => [control.name, value(control)]));
  }

  // Does a condition hold, {toggle: values under which something is shown}?
  holds(when) {
    for (const name in when) if (!when[name].includes(this.valueOfToggle(name)) && !this.doesNotCount(name)) return false;
    return true;
  }

  // What was played to its end is no longer ahead.
  valueOfToggle(name) {
    return name === AHEAD && this.horizon >= this.clock.end ? SHOWN : this.values[name];
  }

  // A toggle that changes only how much of the same is seen.
  isAboutLooks(toggle) {
    return toggle === AHEAD || Boolean(this.toggles.get(toggle)?.wide_only);
  }

  doesNotCount(toggle) {
    return this.oneAtATime && Boolean(this.toggles.get(toggle)?.wide_only);
  }
}

const isOption = (options, value) => options.some(([option]) => option === value);
