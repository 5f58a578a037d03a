// How numbers and templates become texts. What is not there is "?".

export const UNKNOWN = "?";

// spec: Python's ".3f", ".3g" or "d"; "p" before it puts a negative number into brackets, "+" sets its sign apart.
export function formatNumber(value, spec) {
  if (value === undefined || Number.isNaN(value)) return UNKNOWN;
  const [, brackets, plus, digits, kind] = /^(p?)(\+?)(?:\.(\d+))?([fgd]?)$/.exec(spec) || [];
  let text;
  if (!Number.isFinite(value)) text = value > 0 ? "∞" : "-∞";
  else if (kind === "d") text = String(Math.round(value));
  else if (kind === "f") text = fixed(value, Number(digits ?? 3));
  else text = Math.abs(value) < 1e6 ? String(Number(value.toPrecision(digits ?? 6))) : value.toExponential(2);
  text = text.replace("e+", "e").replaceAll("-", "−");
  if (plus) text = text.startsWith("−") ? `− ${text.slice(1)}` : `+ ${text}`; // a sign between two terms
  return brackets && text.startsWith("−") ? `(${text})` : text;
}

// A control's text as it is shown: the address has a hyphen where a reader expects a minus sign.
export const spoken = (text) => text.replace(/^-(?=[\d.])/, "−");

// As many decimals as asked for, but no more than seven figures in all.
function fixed(value, digits) {
  const figures = Math.floor(Math.log10(Math.max(1, Math.abs(value)))) + 1;
  return figures > 6 ? value.toExponential(2) : value.toFixed(Math.min(digits, 7 - figures));
}

// "J = {cost+1:.3f}" -> ["J = ", {name: "cost", shift: 1, lastBy: undefined, spec: ".3f"}]
function parseTemplate(text) {
  return text
    .split(/(\{[^{}]*\})/)
    .filter(Boolean)
    .map((part) => {
      const found = /^\{([a-z_0-9]+)(?:\+(\d+))?(?:@([a-z_0-9]+))?(?::([^}]*))?\}$/.exec(part);
      return found ? { name: found[1], shift: Number(found[2] || 0), lastBy: found[3], spec: found[4] || "" } : part;
    });
}

const parsed = new Map();

// A template in parts, parsed once.
export function parsedTemplate(text) {
  if (!parsed.has(text)) parsed.set(text, parseTemplate(text));
  return parsed.get(text);
}
