// What several kinds of layers are drawn with: strokes with a halo, symbols, fonts, and the box of a picture.

export const HALO = 2.5; // pixels of the ground's tone about what is drawn, so that it stands out

// Strokes the path that the pen has.
export function strokeWithHalo(pen, colour, width, ends = "round") {
  pen.lineJoin = "round";
  pen.lineCap = ends;
  pen.strokeStyle = pen.tones.ground;
  pen.lineWidth = width + HALO;
  pen.stroke();
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

const SYMBOLS = {
  square(pen, x, y, size) {
    pen.rect(x - size, y - size, 2 * size, 2 * size);
    pen.closePath();
  },
  star(pen, x, y, size) {
    for (let k = 0; k < 10; k++) {
      const [radius, angle] = [k % 2 ? size * 0.45 : size * 1.15, (Math.PI * k) / 5 - Math.PI / 2];
      pen.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    pen.closePath();
  },
  cross(pen, x, y, size) {
    for (let k = 0; k < 4; k++) {
      const angle = (Math.PI * (2 * k + 1)) / 4;
      pen.moveTo(x, y);
      pen.lineTo(x + size * Math.cos(angle), y + size * Math.sin(angle));
    }
  },
  circle(pen, x, y, size) {
    pen.arc(x, y, size, 0, 2 * Math.PI);
    pen.closePath();
  },
};
SYMBOLS.ring = SYMBOLS.circle; // stroked, not filled

// The outline of a symbol becomes the pen's path.
export function traceSymbol(pen, symbol, x, y, size) {
  pen.beginPath();
  SYMBOLS[symbol](pen, x, y, size);
}

// The length of the longest of some rows {length, at(k)}.
export const longest = (...rows) => Math.max(...rows.map((row) => row.length));

// The box between two opposite corners [x, y], in pixels.
export const boxBetween = ([x0, y0], [x1, y1]) => ({
  left: Math.min(x0, x1),
  top: Math.min(y0, y1),
  width: Math.abs(x1 - x0),
  height: Math.abs(y1 - y0),
});

// The box of a layer that has x0, y0, x1, y1.
export const boxOf = (view, layer) => boxBetween(view.project(layer.x0, layer.y0), view.project(layer.x1, layer.y1));

// A font of the same face in another size, in pixels.
export const resized = (font, size) => font.replace(/[\d.]+px/, `${size.toFixed(1)}px`);

// The size of a font, in pixels.
export const sizeOf = (font) => parseFloat(/([\d.]+)px/.exec(font)[1]);
