// What is kept for the visit: in the browser's session storage, or in this page where that is forbidden or full.

const PREFIX = "cat-or-not/";
const inPage = new Map(); // what the storage did not take

export function keep(name, value) {
  const text = JSON.stringify(value);
  try {
    sessionStorage.setItem(PREFIX + name, text);
    inPage.delete(name);
  } catch {
    inPage.set(name, text);
  }
}

// What was kept under that name last, or null.
export function recall(name) {
  try {
    return JSON.parse(inPage.get(name) ?? sessionStorage.getItem(PREFIX + name));
  } catch {
    return null; // forbidden, or not ours
  }
}
