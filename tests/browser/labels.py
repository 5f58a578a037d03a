"""Where a figure's texts are drawn: which of them overlap, which are cut, which are missing."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, Final

from explainer.stage.layers import NUMBER
from tests.browser.figure import Figure

TOLERANCE: Final = 1.0  # pixels: letters are less wide and high than their lines
STEPS: Final = 6
FITTED: Final = (
    "player.ready && !player.frameAsked"
    " && player.page.panels.visible.every(({ figure, stack, width, height }) =>"
    " figure.hasFailed || (figure.isReady && figure.isDrawn && !figure.resizes && !figure.framesToSettle"
    " && width === stack.clientWidth && height === stack.clientHeight))"
)
"""All panels are drawn at their present size."""
SWEEP: Final = """async ([nth, most]) => {
  const { player } = document.querySelectorAll('.live-root')[nth];
  const { clock, page } = player;
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const share = (k) => Math.round((clock.end * k * k) / ((most - 1) * (most - 1)));
  const steps = clock.control ? [...new Set(Array.from({ length: most }, (_, k) => share(k)))] : [null];
  const found = [];
  for (const step of steps) {
    if (step !== null) player.goTo(step);
    await frame();
    found.push([step, page.panels.labels()]);
  }
  return found;
}"""
"""The texts at some steps of the clock, more of them near its beginning: [[step, {panel: texts}]]."""

Text = Mapping[str, Any]


def faults(panels: Mapping[str, Iterable[Text]]) -> list[str]:
    """What is wrong with the texts of some panels, a line for each fault."""
    return [f"{panel}: {fault}" for panel, texts in panels.items() for fault in _faults(list(texts))]


def _faults(texts: list[Text]) -> Iterator[str]:
    for text in texts:
        if text["rectangle"] is None:
            if text["importance"] >= NUMBER:
                yield f"{_said(text)} is left out"
        elif (by := _beyond(text["rectangle"], text["frame"])) > TOLERANCE:
            yield f"{_said(text)} is cut by {by:.1f}"
    drawn = [text for text in texts if text["rectangle"] is not None and text["kind"] != "mark"]
    for one, other in combinations(drawn, 2):
        if (by := _shared(one["rectangle"], other["rectangle"])) > TOLERANCE:
            yield f"{_said(one)} and {_said(other)} overlap by {by:.1f}"


def _said(text: Text) -> str:
    return f"{text['kind']} {text['text']!r}"


def _beyond(box: Mapping[str, float], frame: Mapping[str, float]) -> float:
    over = (frame["left"] - box["left"], frame["top"] - box["top"])
    return max(*over, box["right"] - frame["right"], box["bottom"] - frame["bottom"])


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return min(across, down)


def sweep(figure: Figure, steps: int = STEPS) -> list[str]:
    """The faults of what a figure shows now, at some steps of its clock."""
    figure.wait_for(FITTED)
    found = figure.page.evaluate(SWEEP, [figure.nth, steps])
    return [f"step {step}, {fault}" for step, panels in found for fault in faults(panels)]


def sweep_panels(figure: Figure, steps: int = STEPS) -> list[str]:
    """The same for all panels: on a narrow page, one tab after the other."""
    figure.wait_for(FITTED)
    tabs = "player.page.panels.all.filter(({ when }) => player.settings.holds(when)).map(({ name }) => name)"
    names = figure.ask(f"player.page.panels.areTabs ? {tabs} : [null]")
    found = []
    for name in names:
        if name:
            figure.ask("player.chooseTab(it)", name)
        found += sweep(figure, steps)
    return found


def sweep_views(figure: Figure, toggles: Iterable[str], steps: int = STEPS) -> list[str]:
    """The same for each option of some toggles, where the figure has them."""
    found = sweep_panels(figure, steps)
    for toggle in toggles:
        options = figure.ask("player.settings.toggles.get(it)?.options.map(([value]) => value) ?? []", toggle)
        before = figure.state.get(toggle)
        for option in options:
            figure.ask("player.read(new URLSearchParams(it))", {toggle: option})
            found += [f"{toggle} {option}, {fault}" for fault in sweep_panels(figure, steps)]
        if options:
            figure.ask("player.read(new URLSearchParams(it))", {toggle: before})
    return found
