// What is written in the present scene of a talk, how large and where, and what of it is cut.
async () => {
  const { player } = talkScreen.figures;
  window.canvasType.length = 0;
  player.redraw();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  const isVisible = (node) => getComputedStyle(node).visibility === "visible";
  const main = document.querySelector("main");
  const texts = window.canvasType.map(([text, size]) => ({ text, kind: "text", size }));
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const about = walk.currentNode.parentElement;
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    const { left, right, top, bottom, width } = range.getBoundingClientRect();
    const text = walk.currentNode.data.trim();
    if (!text || !width || !isVisible(about) || about.closest(".heard")) continue;
    const kind = about.closest(".xtick, .ytick") ? "tick" : "text";
    texts.push({ text, kind, size: parseFloat(getComputedStyle(about).fontSize), left, right, top, bottom });
  }
  const scenes = player.page.panels.visible.filter(({ isScene }) => isScene);
  for (const { figure } of scenes) {
    const { xaxis, yaxis, zaxis } = figure.gd._fullLayout.scene;
    for (const { tickfont, title } of [xaxis, yaxis, zaxis]) {
      // Plotly scales the letters by size / 12, and the lot by the size again: 12 is drawn as 12, and 24 as 48.
      texts.push({ text: `numbers along ${title.text}`, kind: "tick", size: tickfont.size ** 2 / 12 });
      texts.push({ text: title.text, kind: "text", size: title.font.size });
    }
  }

  const isCut = (node) => node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
  const holders = [...main.querySelectorAll(".title, .readouts, .said, .slider")].filter(isVisible);
  return {
    texts,
    cut: holders.filter(isCut).map((node) => node.textContent),
    scrolls: Math.max(document.scrollingElement.scrollHeight, main.scrollHeight) > innerHeight,
    labels: player.page.panels.labels(),
    screen: [innerWidth, innerHeight],
  };
}
