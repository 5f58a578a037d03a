// The numbers of one channel of a picture about one of its pixels, each on its own shade.

import { boxOf, resized } from "../ink.js";
import { layerKind } from "../kinds.js";

const LIGHT = 110; // brightness, 0 to 255, above which black is easier to read than white

layerKind("Cells", {
  draw(pen, view, layer, tables) {
    const { left, top, width, height } = boxOf(view, layer);
    const valueAt = valuesAbout(layer, tables);
    const count = 2 * layer.reach + 1;
    const [cellWidth, cellHeight] = [width / count, height / count];
    const font = pen.font;
    pen.font = resized(font, Math.min(0.5 * cellHeight, 0.45 * cellWidth));
    pen.textBaseline = "middle";
    pen.textAlign = "center";
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++) {
        const value = valueAt(i - layer.reach, j - layer.reach);
        if (value !== undefined) drawCell(pen, layer, value, left + j * cellWidth, top + i * cellHeight, cellWidth, cellHeight);
      }
    pen.textAlign = "start";
    pen.font = font;
  },
});

// (i, j) -> the value i rows and j columns further; beyond the picture's edge there is none.
function valuesAbout(layer, tables) {
  const table = tables.get(layer.table);
  const [height, width] = table.shape.slice(-3);
  const [start, span] = [tables.offset(table), tables.number(layer.span)];
  const [row, column] = [tables.number(layer.row), tables.number(layer.column)];
  return (i, j) => {
    const [y, x] = [(row + i) * span, (column + j) * span];
    return y >= 0 && y < height && x >= 0 && x < width ? table.data[start + 3 * (y * width + x) + layer.channel] : undefined;
  };
}

function drawCell(pen, layer, value, left, top, width, height) {
  const [red, green, blue] = [0, 1, 2].map((channel) => (channel === layer.channel ? value : 0));
  pen.fillStyle = `rgb(${red},${green},${blue})`;
  pen.fillRect(left + 0.5, top + 0.5, width - 1, height - 1);
  pen.fillStyle = 0.3 * red + 0.59 * green + 0.11 * blue > LIGHT ? "#000000" : "#ffffff";
  pen.fillText(value, left + width / 2, top + height / 2 + 1);
}
