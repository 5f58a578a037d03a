// What a live figure shows now, as one PNG: its panels as they are laid out, the numbers and the sentence below.

const SHARPNESS = 2; // pixels of a saved picture to each of the page's
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
    pen.font = fontOf(style);
    pen.fillStyle = style.color;
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

async function loadImage(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}

// A page's rounded border, about an element.
function drawBorder(pen, element, left, top) {
  const { borderTopColor, borderTopLeftRadius } = getComputedStyle(element);
  const { width, height } = element.getBoundingClientRect();
  pen.strokeStyle = borderTopColor;
  pen.beginPath();
  const frame = [left + 0.5, top + 0.5, width - 1, height - 1];
  if (pen.roundRect) pen.roundRect(...frame, parseFloat(borderTopLeftRadius));
  else pen.rect(...frame); // browsers before 2022
  pen.stroke();
}

// A panel whose title only its tab says, on the page, has one here.
function writeTitle(pen, { heading, title }, width) {
  const style = getComputedStyle(heading);
  pen.font = fontOf(style);
  pen.fillStyle = style.color;
  pen.textBaseline = "top";
  pen.fillText(title, AROUND, AROUND, width);
}

// The size of the picture and the places in it, in pixels of the page. lift: room for a title above the panels.
function layOut(area, below, seen) {
  const frame = area.getBoundingClientRect();
  const lift = seen[0].heading.offsetHeight ? 0 : TITLE_ROOM;
  const foot = AROUND + lift + frame.height;
  const height = below.reduce((sum, node) => sum + node.offsetHeight + BETWEEN, foot + AROUND);
  const place = (node) => {
    const box = node.getBoundingClientRect();
    return [box.left - frame.left + AROUND, box.top - frame.top + AROUND + lift, box.width, box.height];
  };
  return { lift, foot, width: frame.width, size: [frame.width + 2 * AROUND, height], place };
}

// A still figure that cannot be had: what moves is saved without it.
const leaveOut = (error) => {
  console.error(error);
  return null;
};

// What moves over a panel, its title and its border; then the promise of its still figure, as an image.
function drawPanel(pen, Plotly, sharpness, { element, heading, stack, gd, draw }, place) {
  const moving = document.createElement("canvas");
  const [left, top, width, height] = place(stack);
  draw(moving, sharpness);
  pen.drawImage(moving, left, top, width, height);
  if (heading.offsetHeight) writeTexts(pen, heading, ...place(heading));
  drawBorder(pen, element, ...place(element));
  return Plotly.toImage(gd, { format: "png", width: Math.round(width), height: Math.round(height), scale: sharpness });
}

function writeBelow(pen, nodes, foot) {
  let top = foot + BETWEEN;
  for (const node of nodes) {
    writeTexts(pen, node, AROUND, top);
    top += node.offsetHeight + BETWEEN;
  }
}

const toBlob = (canvas) =>
  new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the canvas gave no picture")))));

// The PNG, as a blob. panels: the element about them all; texts: those below. seen: the panels that are shown, each
// {element, heading, title, stack, gd, draw(canvas, scale)}. All that moves is taken at once; the still figures, which
// take a while, are put behind it, and the ground behind them.
async function photograph(Plotly, sharpness, ground, panels, texts, seen) {
  const canvas = document.createElement("canvas");
  const below = texts.filter((node) => node.offsetHeight > 0);
  const { lift, foot, width, size, place } = layOut(panels, below, seen);
  [canvas.width, canvas.height] = size.map((length) => Math.round(sharpness * length));
  const pen = canvas.getContext("2d");
  pen.scale(sharpness, sharpness);
  if (lift) writeTitle(pen, seen[0], width);
  const stills = seen.map((panel) => drawPanel(pen, Plotly, sharpness, panel, place));
  writeBelow(pen, below, foot);
  const boxes = seen.map(({ stack }) => place(stack));
  const images = await Promise.all(stills.map((still) => still.then(loadImage).catch(leaveOut)));
  pen.globalCompositeOperation = "destination-over";
  images.forEach((image, k) => image && pen.drawImage(image, ...boxes[k]));
  pen.fillStyle = ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  return toBlob(canvas);
}

// Hands a file to the visitor.
export function handOver(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// A file's name: the figure's, and where its clock stands.
function nameOfFile(figure, { control, step }) {
  return `${figure.replace(/[^\w-]+/g, "-")}${control ? `-${control}-${step}` : ""}.png`;
}

// The panels of a page as they are now: a promise of a PNG with so many pixels to each of the page's, null where nothing
// is drawn.
export function pictureOf(page, Plotly, theme, sharpness) {
  const seen = page.panels.drawable.map((panel) => panel.forPicture(theme));
  return seen.length ? photograph(Plotly, sharpness, theme.tones.ground, page.panels.area, [], seen) : null;
}

// Saves what a page shows now. figure: its name.
export async function savePicture(page, figure, Plotly, theme) {
  const { panels, captions, transport } = page;
  const seen = panels.drawable.map((panel) => panel.forPicture(theme));
  if (!seen.length) return;
  const name = nameOfFile(figure, page.settings.clock);
  page.showTexts();
  transport.saveButton.disabled = true;
  transport.say("");
  try {
    const texts = [captions.readouts, captions.sentence];
    handOver(await photograph(Plotly, SHARPNESS, theme.tones.ground, panels.area, texts, seen), name);
  } catch (error) {
    console.error(error);
    transport.say(page.stage.words.not_saved);
  } finally {
    transport.saveButton.disabled = false;
  }
}
