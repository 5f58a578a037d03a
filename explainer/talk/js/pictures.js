// Small pictures of the scenes: each scene's own once it has been drawn, the preview of its chapter before that.

import { pictureOf } from "../../live/js/saving.js";

const SHARPNESS = 0.3; // pixels of a picture to each of the screen's

export class Pictures {
  // figures: the talk's Figures; previews: an address for each scene.
  constructor(figures, previews) {
    this.figures = figures;
    this.previews = previews;
    this.taken = new Map(); // place -> address of a picture
  }

  put(image, place) {
    image.src = this.taken.get(place) ?? this.previews[place];
  }

  // Takes those of the scenes that are drawn now, the present one anew, and hands each over: got(place, address).
  async takeDrawn(got) {
    for (const [place, { player }] of [...this.figures.made]) {
      const isNew = place === this.figures.present || !this.taken.has(place);
      if (isNew && player.ready) await this.take(place, player, got);
    }
  }

  // Those of the scenes that were never drawn: each is drawn for it behind the present one, while they are `wanted()`.
  async takeOthers(wanted, got) {
    for (const place of this.previews.keys()) {
      if (!wanted()) return;
      if (this.taken.has(place)) continue;
      const { player } = await this.figures.drawn(place, wanted);
      if (player.ready && !player.destroyed) await this.take(place, player, got);
      this.figures.dropDistant();
    }
  }

  async take(place, player, got) {
    const blob = await pictureOf(player.page, window.catOrNotPlotly, player.theme, SHARPNESS);
    if (!blob || player.destroyed) return;
    if (this.taken.has(place)) URL.revokeObjectURL(this.taken.get(place));
    this.taken.set(place, URL.createObjectURL(blob));
    got(place, this.taken.get(place));
  }
}
