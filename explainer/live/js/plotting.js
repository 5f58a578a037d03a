// Plots the panels' figures, one after the other, once Plotly is there. It is fetched only for a figure that is
// looked at, and its part for scenes once the flat panels are drawn; title, texts and controls are painted before.

const MISSING = "The figure could not be loaded. Reload the page.";

export class Plotting {
  // load(part): a promise that "flat" or "scene" of Plotly is there, as window.catOrNotPlotly. page(): the present
  // Page, or null. onReady(): all that is to be seen is plotted.
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
    this.sight = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.comeIntoSight());
    this.sight.observe(root);
  }

  comeIntoSight() {
    this.sight.disconnect();
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

  sayMissing(error, panels = this.page().panels.all) {
    console.error(error);
    this.isAsked = false; // the next stage asks again
    for (const { figure } of panels) figure.say(MISSING);
  }

  // Flat figures first, with a frame between two, so that controls answer meanwhile.
  plotAll() {
    this.queue = this.queue.then(async () => {
      if (!this.isThere || !this.isSeen || this.isOver) return;
      const waiting = this.page().panels.visible.filter(({ figure }) => !figure.isDrawn);
      waiting.sort((a, b) => Number(a.figure.isScene) - Number(b.figure.isScene));
      for (const panel of waiting) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        await this.plotOne(panel);
      }
      if (this.page().panels.visible.every(({ figure }) => figure.isReady)) this.onReady();
    });
  }

  async plotOne(panel) {
    if (panel.figure.isScene) {
      try {
        await this.load("scene");
      } catch (error) {
        this.sayMissing(error, [panel]);
        return;
      }
    }
    if (!this.isOver) await panel.plot(window.catOrNotPlotly, this.theme);
  }

  destroy() {
    this.isOver = true;
    this.sight.disconnect();
  }
}
