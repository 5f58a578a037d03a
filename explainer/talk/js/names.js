// What a projector's tab calls its talk, and the secret that lets desks in. Kept for the tab, so that a reload finds
// them again; where a browser refuses to keep anything, for as long as the page stands.

const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"; // none that is taken for another
const MEETING = "talk-meeting";
const memory = new Map();

const randomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

// A name that can be read aloud, such as "k7f-3mq". Bytes are as good as evenly spread over so few letters.
export function randomName() {
  const letters = [...randomBytes(6)].map((byte) => LETTERS[byte % LETTERS.length]).join("");
  return `${letters.slice(0, 3)}-${letters.slice(3)}`;
}

// 128 random bits, as letters that an address takes as they are.
export function randomSecret() {
  const text = btoa(String.fromCharCode(...randomBytes(16)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// What this tab has kept under a name; null if nothing.
export function readKept(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

export function keep(name, value) {
  memory.set(name, value);
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // in memory, then
  }
}

// This tab's {talk, secret}, made at the first call.
export function keptMeeting() {
  const kept = readKept(MEETING);
  if (kept?.talk && kept.secret) return kept;
  const made = { talk: randomName(), secret: randomSecret() };
  keep(MEETING, made);
  return made;
}
