// What stands inside a page that is a file: texts in elements, zipped ones among them. Nothing is ever fetched.

export const written = (id) => document.getElementById(id).textContent;

export const unzipped = (id) => unzippedText(written(id));

// What was zipped and stands as a text.
export async function unzippedText(text) {
  const zipped = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Parts of Plotly by their names: promises that they have run.
const parts = new Map();
export function runPlotly(part) {
  if (!parts.has(part)) parts.set(part, run(part));
  return parts.get(part);
}

async function run(part) {
  const script = document.createElement("script");
  script.textContent = new TextDecoder().decode(await unzipped(`plotly-${part}`));
  document.head.append(script);
}
