// Plots the panels' figures, one after the other, once Plotly is there. It is fetched only for a figure that is
// looked at, and its part for scenes once the flat panels are drawn; title, texts and controls are painted before. What
// one panel lacks keeps no other one from being drawn.

import { drawsScenes, whenSeen } from "./environment.js";

export class Plotting {
  // load(part): a promise that "flat" or "scene" of Plotly is there, as window.catOrNotPlotly. page(): the present
  // Page, or null. onReady(): all that is to be seen is plotted, or it says why it is not.
  constructor(root, theme, load, page, onReady) {
    this.theme = theme;
    this.load = load;
    this.page = page;
    this.onReady = onReady;
    this.isThere = false; // Plotly's flat part
    this.isAsked = false;
    this.isSeen = false;
    this.isOver = false;
    this.queue = Promise.resolve();
    this.stopLooking = whenSeen(root, () => this.comeIntoSight());
  }

  comeIntoSight() {
    this.isSeen = true;
    this.fetch();
    this.plotAll();
  }

  // After the next paint.
  fetch() {
    if (this.isThere || this.isAsked || !this.isSeen || !this.page()) return;
    this.isAsked = true;
    const begin = () => this.begin();
    const sayMissing = (error) => this.sayMissing(error);
    requestAnimationFrame(() => setTimeout(() => this.load("flat").then(begin, sayMissing)));
  }

  begin() {
    this.isThere = true;
    this.plotAll();
  }

  sayMissing(error) {
    console.error(error);
    this.isAsked = false; // the next stage asks again
    for (const { figure } of this.page().panels.all) figure.say(figure.words.missing);
  }

  // Flat figures first, with a frame between two, so that controls answer meanwhile.
  plotAll() {
    this.queue = this.queue.then(async () => {
      if (!this.isThere || !this.isSeen || this.isOver) return;
      const waiting = this.page().panels.visible.filter(({ figure }) => figure.isToBeDrawn);
      waiting.sort((a, b) => Number(a.isScene) - Number(b.isScene));
      for (const panel of waiting) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        await this.plotOne(panel);
      }
      if (this.page().panels.visible.every(({ figure }) => figure.isReady || figure.hasFailed)) this.onReady();
    });
  }

  async plotOne(panel) {
    const { figure, isScene } = panel;
    if (isScene && !drawsScenes()) return figure.fail(figure.words.no_scene, false);
    try {
      if (isScene) await this.load("scene");
    } catch (error) {
      console.error(error);
      return figure.fail(figure.words.missing);
    }
    if (!this.isOver) await panel.plot(window.catOrNotPlotly, this.theme);
  }

  destroy() {
    this.isOver = true;
    this.stopLooking();
  }
}
