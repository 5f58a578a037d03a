// What a browser's own translation does to a page: it takes every text out, also those that come later, and puts
// another one into two <font> elements at its place. Here the words stay the same.
(() => {
  const NOT_TRANSLATED = "script, style, textarea, svg, font, [translate=no], .notranslate";

  const wrap = (text) => {
    if (!text.data.trim() || !text.parentElement || text.parentElement.closest(NOT_TRANSLATED)) return;
    const outer = document.createElement("font");
    outer.append(Object.assign(document.createElement("font"), { textContent: text.data }));
    text.replaceWith(outer);
  };

  const wrapAll = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return wrap(node);
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    found.forEach(wrap);
  };

  const take = ({ type, target, addedNodes }) => {
    if (type === "characterData") wrap(target);
    else addedNodes.forEach((node) => node.isConnected && wrapAll(node));
  };

  wrapAll(document.body);
  const everything = { childList: true, subtree: true, characterData: true };
  new MutationObserver((records) => records.forEach(take)).observe(document.body, everything);
})();
