// Plots the panels' figures, one after the other, once Plotly is there. It is fetched only for a figure that is
// looked at; title, texts and controls are painted before.

const MISSING = "The figure could not be loaded. Reload the page.";

export class Plotting {
  // load(): a promise of Plotly. page(): the present Page, or null. onReady(): all that is to be seen is plotted.
  constructor(root, theme, load, page, onReady) {
    this.theme = theme;
    this.load = load;
    this.page = page;
    this.onReady = onReady;
    this.Plotly = null;
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
    if (this.Plotly || this.isAsked || !this.isSeen || !this.page()) return;
    this.isAsked = true;
    const begin = (Plotly) => this.begin(Plotly);
    const sayMissing = (error) => this.sayMissing(error);
    requestAnimationFrame(() => setTimeout(() => this.load().then(begin, sayMissing)));
  }

  begin(Plotly) {
    this.Plotly = Plotly;
    this.plotAll();
  }

  sayMissing(error) {
    console.error(error);
    this.isAsked = false; // the next stage asks again
    for (const { figure } of this.page().panels.all) figure.waiting.textContent = MISSING;
  }

  // Flat figures first, with a frame between two, so that controls answer meanwhile.
  plotAll() {
    this.queue = this.queue.then(async () => {
      if (!this.Plotly || !this.isSeen || this.isOver) return;
      const waiting = this.page().panels.visible.filter(({ figure }) => !figure.isDrawn);
      waiting.sort((a, b) => Number(a.figure.isScene) - Number(b.figure.isScene));
      for (const panel of waiting) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        if (!this.isOver) await panel.plot(this.Plotly, this.theme);
      }
      if (this.page().panels.visible.every(({ figure }) => figure.isReady)) this.onReady();
    });
  }

  destroy() {
    this.isOver = true;
    this.sight.disconnect();
  }
}
