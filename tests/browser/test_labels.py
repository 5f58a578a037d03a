"""Texts are drawn whole and apart from one another, in each chapter, scene, view and step, on each screen."""

import itertools
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from explainer.chapters import CHAPTERS
from explainer.stage.chapter import Chapter
from explainer.words import Scene, words
from tests.browser.conftest import SCREEN
from tests.browser.figure import Figure
from tests.browser.labels import FITTED, faults, sweep, sweep_panels, sweep_views
from tests.browser.serving import Server
from tests.browser.walks import walk

SCREENS = ((1366, 768), (1280, 720), (390, 844), (320, 640))
TOGGLES = ("view", "compare", "weights")
LARGER = 1.6
SPEED = 4
WITH_ALL_FIGURES = {"cats": "cats?threshold=0.50", "hidden": "hidden?widths=few&valleys=shown"}
"""Where a chapter's first address does not show all of its figures, one that does."""
SCENES = [(chapter, scene) for chapter in CHAPTERS for scene in words(chapter.name).scenes]
PLAYED = """async () => {
  const { player } = document.querySelector('.live-root');
  const frames = [];
  player.clock.speed = SPEED;
  player.play();
  while (player.isPlaying()) {
    await new Promise((done) => requestAnimationFrame(done));
    frames.push(player.page.panels.labels());
  }
  return frames;
}""".replace("SPEED", str(SPEED))
"""The texts in every frame until the clock has come to its end."""


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """The page of a new visitor, whose screen may be changed."""
    yield page
    page.set_viewport_size(SCREEN)  # type: ignore[arg-type]


def resized(page: Page) -> Iterator[str]:
    """Each screen, by its name, with the page on it."""
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        yield f"{width}x{height}"


@pytest.mark.parametrize("chapter", walk(CHAPTERS, "loss", "cats", "graph", "vectorization"))
def test_no_text_overlaps_or_is_cut(page: Page, server: Server, chapter: Chapter) -> None:
    page.goto(f"{server}/{WITH_ALL_FIGURES.get(chapter.name, chapter.name)}")
    for nth in range(len(chapter.figures)):
        figure = Figure(page, nth).wait_until_drawn()
        assert sweep(figure, steps=4) == []
        assert figure.errors == []


@pytest.mark.whole
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_nor_in_any_view_on_any_screen(page: Page, server: Server, chapter: Chapter) -> None:
    page.goto(f"{server}/{WITH_ALL_FIGURES.get(chapter.name, chapter.name)}")
    found = []
    for nth in range(len(chapter.figures)):
        figure = Figure(page, nth).wait_until_drawn()
        for screen in resized(page):
            figure.root.scroll_into_view_if_needed()
            found += [f"{screen}, figure {nth}, {fault}" for fault in sweep_views(figure, TOGGLES)]
        assert figure.errors == []
    assert found == []


@pytest.mark.whole
@pytest.mark.parametrize(
    ("chapter", "scene"), SCENES, ids=[f"{chapter.name}: {scene.name}" for chapter, scene in SCENES]
)
def test_nor_in_any_scene(page: Page, server: Server, chapter: Chapter, scene: Scene) -> None:
    page.goto(f"{server}/{chapter.name}?{urlencode(scene.state)}")
    figure = Figure(page, list(chapter.figures).index(scene.figure)).wait_until_drawn()
    found = []
    for screen in resized(page):
        figure.root.scroll_into_view_if_needed()
        found += [f"{screen}, {fault}" for fault in sweep_panels(figure)]
    assert found == []
    assert figure.errors == []


# ---- while it plays


def test_while_it_plays_labels_keep_their_sides_and_apart(page: Page, server: Server) -> None:
    figure = Figure(page).open(f"{server}/descent?view=map&learning_rate=1&iterations=40&step=0")
    frames = page.evaluate(PLAYED)
    assert len(frames) > SPEED
    assert [fault for frame in frames for fault in faults(frame)] == []
    for panel in ("map", "cost"):
        sides = [
            text["place"] for frame in frames for text in frame[panel] if text["text"].startswith("step ")
        ]
        assert len(sides) == len(frames), "it is never left out"
        assert sum(one != other for one, other in itertools.pairwise(sides)) <= 3
    assert figure.errors == []


# ---- for a presenter


def test_type_is_larger_for_a_presenter_and_still_apart(page: Page, server: Server) -> None:
    figure = Figure(page).open(f"{server}/descent?step=40")
    before, heights = _heights(figure), figure.ask("player.theme.font")
    figure.root.evaluate("(root, scale) => { root.dataset.textScale = scale; }", LARGER)
    figure.wait_for(f"player.theme.font !== it && {FITTED}", heights)
    figure.wait_for_frames()
    after = _heights(figure)
    for kind in ("moving", "tick", "axis title", "heading"):
        assert after[kind] == pytest.approx(LARGER * before[kind], rel=0.1), kind
    assert sweep(figure) == []
    assert figure.errors == []


def _heights(figure: Figure) -> dict[str, float]:
    """The height of a line of each kind of text on the map, in pixels."""
    figure.wait_for(FITTED)
    texts = figure.ask("player.page.panels.labels().map")
    return {
        text["kind"]: text["rectangle"]["bottom"] - text["rectangle"]["top"]
        for text in texts
        if text["rectangle"] is not None
    }
