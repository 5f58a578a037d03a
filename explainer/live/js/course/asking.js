// How each kind of question is answered: elements that call back with the answer.

import { makeButton, makeElement } from "../elements.js";
import { readShape } from "./judging.js";

// into: an element. words: what the pages say. take(given): called with each answer.
export function askFor(task, into, words, take) {
  ASK[task.kind](task, into, words, take);
}

const ASK = {
  choice({ options }, into, words, take) {
    const row = makeElement("div", "answers", into, { role: "group" });
    const press = (k) => {
      [...row.children].forEach((button, at) => button.setAttribute("aria-pressed", at === k));
      take(k);
    };
    options.forEach(({ text }, k) => (makeButton("", row, () => press(k), { "aria-pressed": false }).innerHTML = text));
  },

  number(task, into, words, take) {
    askInBox(into, words.your_number, { inputmode: "decimal" }, (text) => {
      const given = Number(text.replace(",", ".").replace("−", "-"));
      return text.trim() === "" || Number.isNaN(given) ? null : given;
    }, take);
  },

  shape(task, into, words, take) {
    askInBox(into, words.your_shape, {}, readShape, take);
  },

  place(task, into, words) {
    makeElement("p", "caption", into).textContent = words.press_figure;
  },

  order({ steps, offered }, into, words, take) {
    askOrder(into, offered, steps, words, take);
  },

  lines({ needs }, into) {
    makeElement("div", "python", into).innerHTML = needs;
  },
};

// A text box; what it holds counts once it is left or Enter is pressed.
function askInBox(into, label, attributes, read, take) {
  const form = makeElement("form", "answers", into);
  const field = makeElement("label", "", form);
  field.append(label, " ");
  const box = makeElement("input", "", field, { type: "text", autocomplete: "off", ...attributes });
  let last = null;
  const answer = () => {
    const given = read(box.value);
    box.setAttribute("aria-invalid", box.value.trim() !== "" && given === null);
    if (given === null || box.value === last) return;
    last = box.value;
    take(given);
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    answer();
  };
  box.onchange = answer;
}

// A button for each step that was not pressed yet; the last one makes it an answer.
function askOrder(into, offered, steps, words, take) {
  const row = makeElement("div", "answers", into, { role: "group" });
  const chosen = makeElement("p", "caption", into, { role: "status" });
  let picked = [];
  const show = () => {
    row.replaceChildren();
    for (const k of offered) if (!picked.includes(k)) makeButton("", row, () => pick(k)).innerHTML = steps[k].text;
    const soFar = picked.map((k) => steps[k].text).join(words.arrow);
    chosen.innerHTML = picked.length ? words.so_far.replace("{steps}", soFar) : words.next_step;
    if (picked.length) makeButton(words.from_the_start, row, again, { class: "quiet" });
  };
  const again = () => {
    picked = [];
    show();
    row.querySelector("button").focus();
  };
  const pick = (k) => {
    picked.push(k);
    if (picked.length < steps.length) {
      show();
      row.querySelector("button").focus();
      return;
    }
    const given = picked;
    again();
    take(given);
  };
  show();
}
