// All panels of a page: which of them are shown, where, and by which tab.

import { drawnTexts } from "./drawn.js";
import { makeElement } from "./elements.js";
import { whenResized } from "./environment.js";
import { Panel } from "./panel.js";

export class Panels {
  // actions: as for a Panel, and arrange(): the page has another width.
  constructor(root, { panels, words }, settings, actions) {
    this.settings = settings;
    this.tabs = makeElement("div", "tabs", root, { role: "tablist" });
    this.area = makeElement("div", "panels", root);
    this.gone = new AbortController();
    this.resizing = 0; // the frame in which the panels will be fitted to their new sizes
    this.all = panels.map((panel) => new Panel(panel, this, settings, actions, this.gone.signal, words));
    const stacks = this.all.map(({ stack }) => stack);
    this.stopMeasuring = whenResized(stacks, () => {
      cancelAnimationFrame(this.resizing);
      this.resizing = requestAnimationFrame(actions.arrange);
    });
  }

  load(stage, tables, theme) {
    stage.panels.forEach((described, k) => this.all[k].load(described, stage, tables, theme));
  }

  nameTabs(described) {
    described.forEach(({ tab }, k) => {
      this.all[k].tab.textContent = this.all[k].tables.fill(tab);
    });
  }

  setLook(look) {
    for (const { figure } of this.all) figure.setLook(look);
  }

  // On a narrow page the style sheet shows tabs, and one panel at a time.
  get areTabs() {
    return getComputedStyle(this.tabs).display !== "none";
  }

  named(name) {
    return this.all.find((panel) => panel.name === name);
  }

  get visible() {
    return this.all.filter((panel) => panel.isVisible);
  }

  get drawable() {
    return this.all.filter((panel) => panel.isDrawable);
  }

  // The names of those that alone are to be shown; none: all of them. Where a scene that was chosen has given way to
  // something flat, because the browser draws none, nobody has chosen what stands beside that.
  get chosen() {
    const { settings } = this;
    const hasGivenWay = ({ name, isScene, when }) => isScene && settings.chosenPanels.includes(name) && !settings.holds(when);
    return settings.isFlat && this.all.some(hasGivenWay) ? [] : settings.chosenPanels;
  }

  // Name of a panel -> its texts and points where they are drawn now; see drawn.js.
  labels() {
    return Object.fromEntries(this.drawable.map((panel) => [panel.name, drawnTexts(panel)]));
  }

  // Puts the panels that hold under the present toggles to their places. layouts: of the stage.
  arrange(layouts) {
    const { settings, chosen } = this;
    const isAsked = ({ name, when }) => settings.holds(when) && (!chosen.length || chosen.includes(name));
    const active = this.all.filter(isAsked);
    if (!active.some((panel) => panel.name === settings.panel)) settings.panel = firstOf(active)?.name;
    const layout = chosen.length ? inARow(active) : layouts.find((candidate) => settings.holds(candidate.when));
    this.tabs.classList.toggle("alone", active.length === 1);
    this.area.style.gridTemplateAreas = layout ? layout.rows.map((row) => `"${row}"`).join(" ") : "";
    this.area.style.gridTemplateColumns = layout?.columns || "";
    for (const panel of this.all) this.place(panel, active, Boolean(layout));
    for (const panel of this.visible) panel.resize();
  }

  place(panel, active, hasLayout) {
    const isActive = active.includes(panel);
    const isChosen = panel.name === this.settings.panel;
    panel.isVisible = isActive && (isChosen || !this.settings.oneAtATime);
    panel.element.hidden = !isActive;
    panel.element.style.gridArea = hasLayout ? panel.name : "";
    panel.element.classList.toggle("chosen", isChosen);
    panel.heading.classList.toggle("needed", active.length === 1 || panel.needsHeading);
    panel.tab.hidden = !isActive;
    panel.tab.setAttribute("aria-selected", String(isChosen));
  }

  destroy() {
    this.gone.abort();
    this.stopMeasuring();
    cancelAnimationFrame(this.resizing);
    for (const { figure } of this.all) figure.purge();
  }
}

// All of them side by side.
const inARow = (panels) => ({ rows: [panels.map(({ name }) => name).join(" ")] });

// The panel whose tab is chosen first: one where there is something to see.
const firstOf = (panels) => panels.find((panel) => !panel.isMissing) ?? panels[0];
