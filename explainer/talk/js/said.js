// What the audience reads above the figure: a sentence, or a question with its answers. All of a scene's texts have their
// places from the beginning, so that nothing jumps when the answer comes.

import { makeElement, setText } from "../../live/js/elements.js";

const LETTERS = "ABCD";

export class Said {
  constructor(parent, words) {
    this.parent = parent;
    this.words = words;
    this.scene = null;
    this.chosen = -1; // the answer that the audience wants
  }

  show(scene, doing) {
    if (scene !== this.scene) this.begin(scene);
    if (!scene?.question) return;
    const isOver = doing !== "ask";
    this.parent.classList.toggle("answered", isOver);
    this.options.forEach((option, k) => this.mark(option, k, isOver));
    setText(this.reply, this.replyTo(isOver));
  }

  begin(scene) {
    this.scene = scene;
    this.chosen = -1;
    this.parent.replaceChildren();
    this.parent.classList.remove("answered");
    if (!scene) return;
    const { question } = scene;
    makeElement("h1", "sentence", this.parent).textContent = question ? question.ask : scene.sentence;
    if (!question) return;
    const list = makeElement("ol", "options", this.parent);
    this.options = question.options.map(({ text }, k) => {
      const option = makeElement("li", "", list);
      makeElement("span", "letter", option).textContent = LETTERS[k];
      makeElement("span", "", option).textContent = text;
      return option;
    });
    this.reply = makeElement("p", "reply", this.parent);
    this.because = makeElement("p", "because", this.parent);
    setText(this.because, question.because);
  }

  mark(option, k, isOver) {
    const { right } = this.scene.question;
    option.classList.toggle("right", isOver && k === right);
    option.classList.toggle("wrong", isOver && k !== right);
    option.classList.toggle("chosen", k === this.chosen);
    const said = isOver && k === right ? this.words.right_answer : "";
    option.setAttribute("aria-label", [LETTERS[k], this.scene.question.options[k].text, said].filter(Boolean).join(" "));
  }

  // What is said to the answer that the audience wanted, if it was a wrong one.
  replyTo(isOver) {
    const { right, options } = this.scene.question;
    return isOver && this.chosen >= 0 && this.chosen !== right ? options[this.chosen].reply : "";
  }

  // The audience wants the answer at that place; the same again takes it back.
  choose(k, doing) {
    if (!this.scene?.question?.options[k]) return;
    this.chosen = this.chosen === k ? -1 : k;
    this.show(this.scene, doing);
  }
}
