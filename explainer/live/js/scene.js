// What is said of a scene stands below its figure, where Python has put it. It is true while the controls stand as they
// were shown, the clock aside; Python is not told of every move, so it is hidden here.

export class SceneSentence {
  // figure: "chapter/figure", as Python calls it.
  constructor(figure) {
    // A rule, not an attribute: Streamlit may make the element anew, before or after the figure is told of the scene.
    this.rule = `[class*="st-key-scene-${figure.replace("/", "-")}-"] { display: none; }`;
    this.style = document.head.appendChild(document.createElement("style"));
  }

  // texts: the settings that were shown, {} for none.
  follow(settings, texts) {
    const text = settings.standsAt(texts) ? "" : this.rule;
    if (this.style.textContent !== text) this.style.textContent = text;
  }

  remove() {
    this.style.remove();
  }
}
