// The block of bytes that explainer/live/pack.py lays out: a header in JSON, then the tables; and its outline, the
// header without what is large.

const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array };

// bytes -> the header, and what stands behind it.
export function splitBlock(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  return { header, body: bytes.subarray(4 + length) };
}

// The stage that an outline describes: controls and panels, as yet without figures and tables.
export function readOutline(outline) {
  const stage = { ...JSON.parse(outline), isOutline: true };
  stage.controls.forEach(countUp);
  return stage;
}

// The stage that a block describes, each table with its `data` and `strides`. The tables' bytes are copied, so that
// they start aligned.
export function readStage(bytes) {
  const { header, body } = splitBlock(bytes);
  const { buffer } = body.slice();
  const floats = new Map(); // by where they lie: tables may share theirs
  for (const table of Object.values(header.tables)) {
    const { dtype, offset } = table;
    const size = table.shape.reduce((product, length) => product * length, 1);
    if (dtype === "float32" && !floats.has(offset)) floats.set(offset, readFloats(body.subarray(offset), size));
    table.data = dtype === "float32" ? floats.get(offset) : new ARRAYS[dtype](buffer, offset, size);
    table.strides = table.shape.map((_, axis) => table.shape.slice(axis + 1).reduce((p, n) => p * n, 1));
  }
  header.controls.forEach(countUp);
  return header;
}

// Numbers whose first bytes stand first, then the second ones, and so on.
function readFloats(bytes, count) {
  const { BYTES_PER_ELEMENT: width } = Float32Array;
  const whole = new Uint8Array(count * width);
  for (let byte = 0; byte < width; byte++) {
    for (let k = 0, from = byte * count; k < count; k++, from++) whole[k * width + byte] = bytes[from];
  }
  return new Float32Array(whole.buffer);
}

// A control that counts 0, 1, 2 ... says only how far.
function countUp(control) {
  if (!control.count) return;
  control.values = Array.from({ length: control.count }, (_, k) => k);
  control.texts = control.values.map(String);
}
