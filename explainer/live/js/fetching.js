// What a figure needs of the server: scripts and blocks, each fetched once.

// Scripts by their addresses: promises that they have run. One that failed is asked for again.
const scripts = new Map();
export function loadScript(address) {
  if (scripts.has(address)) return scripts.get(address);
  const loading = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => {
      scripts.delete(address);
      reject(new Error(`${script.src} did not load`));
    };
    document.head.append(script);
  });
  scripts.set(address, loading);
  return loading;
}

// The blocks that were fetched last, by their addresses: promises of bytes. One address is always the same bytes.
const FETCHED = 8;
const blocks = new Map();
export function fetchBlock(address) {
  const known = blocks.get(address);
  const fetching = known ?? fetchBytes(address);
  blocks.delete(address);
  blocks.set(address, fetching);
  if (blocks.size > FETCHED) blocks.delete(blocks.keys().next().value);
  if (!known) fetching.catch(() => blocks.delete(address));
  return fetching;
}

async function fetchBytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
