// What a live figure shows now, as one PNG: its panels as they are laid out, the numbers and the sentence below.

const SHARPNESS = 2; // pixels of the picture to each of the page's
const AROUND = 14;
const BETWEEN = 10;
const TITLE_ROOM = 28;

const fontOf = ({ fontStyle, fontWeight, fontSize, fontFamily }) => `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;

// The words of an element where the page has them, each at its own place, so that lines break as they do there.
function writeTexts(pen, node, left, top) {
  const frame = node.getBoundingClientRect();
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  pen.save();
  pen.beginPath();
  pen.rect(left, top, frame.width, frame.height);
  pen.clip();
  pen.textBaseline = "alphabetic";
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const style = getComputedStyle(text.parentElement);
    [pen.font, pen.fillStyle] = [fontOf(style), style.color];
    for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const [box] = range.getClientRects();
      if (!box) continue; // hidden
      const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText(word);
      pen.fillText(word, left + box.left - frame.left, top + box.top - frame.top + (box.height + up - down) / 2);
    }
  }
  pen.restore();
}

async function loaded(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}

function drawBorder(pen, element, left, top) {
  const [{ borderTopColor, borderTopLeftRadius }, { width, height }] = [getComputedStyle(element), element.getBoundingClientRect()];
  pen.strokeStyle = borderTopColor;
  pen.beginPath();
  pen.roundRect(left + 0.5, top + 0.5, width - 1, height - 1, parseFloat(borderTopLeftRadius));
  pen.stroke();
}

// A panel whose title only its tab says, on the page, has one here.
function writeTitle(pen, { heading, title }, width) {
  const style = getComputedStyle(heading);
  [pen.font, pen.fillStyle, pen.textBaseline] = [fontOf(style), style.color, "top"];
  pen.fillText(title, AROUND, AROUND, width);
}

// The PNG, as a blob. panels: the element about them all; texts: those below. seen: the panels that are shown, each
// {element, heading, title, stack, gd, draw(canvas, scale)}. All that moves is taken at once; the still figures, which
// take a while, are put behind it, and the ground behind them.
export async function photograph(Plotly, ground, panels, texts, seen) {
  const [area, canvas] = [panels.getBoundingClientRect(), document.createElement("canvas")];
  const below = texts.filter((node) => node.offsetHeight > 0);
  const lift = seen[0].heading.offsetHeight ? 0 : TITLE_ROOM;
  const room = below.reduce((sum, node) => sum + node.offsetHeight + BETWEEN, 2 * AROUND + lift);
  [canvas.width, canvas.height] = [area.width + 2 * AROUND, area.height + room].map((size) => Math.round(SHARPNESS * size));
  const pen = canvas.getContext("2d");
  pen.scale(SHARPNESS, SHARPNESS);
  if (lift) writeTitle(pen, seen[0], area.width);
  const place = (node) => {
    const box = node.getBoundingClientRect();
    return [box.left - area.left + AROUND, box.top - area.top + AROUND + lift, box.width, box.height];
  };
  const stills = seen.map(({ element, heading, stack, gd, draw }) => {
    const [moving, [left, top, width, height]] = [document.createElement("canvas"), place(stack)];
    draw(moving, SHARPNESS);
    pen.drawImage(moving, left, top, width, height);
    if (heading.offsetHeight) writeTexts(pen, heading, ...place(heading));
    drawBorder(pen, element, ...place(element));
    return Plotly.toImage(gd, { format: "png", width: Math.round(width), height: Math.round(height), scale: SHARPNESS });
  });
  let foot = AROUND + lift + area.height + BETWEEN;
  for (const node of below) {
    writeTexts(pen, node, AROUND, foot);
    foot += node.offsetHeight + BETWEEN;
  }
  const boxes = seen.map(({ stack }) => place(stack));
  const images = await Promise.all(stills.map(async (still) => loaded(await still)));
  pen.globalCompositeOperation = "destination-over";
  images.forEach((image, k) => pen.drawImage(image, ...boxes[k]));
  pen.fillStyle = ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture came of it")))));
}

// Hands a file to the visitor.
export function handOver(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
