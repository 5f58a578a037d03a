"""At rest nothing asks for frames; a scene wakes for a hand, for a change and for the player."""

import math
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from explainer.chapters import CHAPTERS
from tests.browser.conftest import forget, new_tab, opened
from tests.browser.figure import Figure, open_all
from tests.browser.serving import Server
from tests.browser.walks import walk

COUNT_FRAMES = """
window.framesAsked = 0;
const { requestAnimationFrame } = window;
window.requestAnimationFrame = (callback) => {
  window.framesAsked += 1;
  window.lastAsked = performance.now();
  return requestAnimationFrame(callback);
};
"""
QUIET = 2000  # milliseconds without a frame: what asks again and again does so more often
POLLING = 50  # milliseconds; Playwright's own way would ask for frames
ADDRESSES = [chapter.name for chapter in CHAPTERS] + [
    "cats?view=surface",
    "loss?view=map",
    "descent?view=map",
]


@pytest.fixture(scope="module")
def counting_tab(browser: Browser) -> Iterator[Page]:
    """A tab that counts the frames that are asked for."""
    with new_tab(browser) as tab:
        tab.add_init_script(COUNT_FRAMES)
        yield tab


@pytest.fixture
def counting(counting_tab: Page, server: Server) -> Iterator[Page]:
    """The same for a visitor who was never here."""
    yield counting_tab
    forget(counting_tab, server)


@pytest.fixture(scope="module")
def scene_tab(browser: Browser) -> Iterator[Page]:
    """Another one that counts, for the scene that several tests share."""
    with new_tab(browser) as tab:
        tab.add_init_script(COUNT_FRAMES)
        yield tab


@pytest.fixture(scope="module")
def opened_scene(scene_tab: Page, server: Server) -> Iterator[Figure]:
    """A scene alone, opened once."""
    with opened(scene_tab, f"{server}/descent?view=3-D") as figure:
        yield figure


@pytest.fixture
def sleeping(opened_scene: Figure) -> Iterator[Figure]:
    """That scene asleep at step 0, as the test before has turned it; no script may fail."""
    opened_scene.ask("player.goTo(0)")
    rest(opened_scene.page)
    yield opened_scene
    assert opened_scene.errors == []


def rest(page: Page) -> None:
    """Waits until nothing asks for frames any more. What a page asks for late, while it loads, may pass."""
    page.wait_for_function("(quiet) => performance.now() - lastAsked > quiet", arg=QUIET, polling=POLLING)


@pytest.mark.parametrize("address", walk(ADDRESSES, "pixels", "hidden", "numpy_basics", "descent"))
def test_at_rest_no_frame_is_asked_for(counting: Page, server: Server, address: str) -> None:
    figures = open_all(counting, f"{server}/{address}")
    for figure in figures:
        figure.wait_until_drawn()
        if figure.button("play").count():
            figure.button("play").click()
            figure.wait_for("player.frames > it + 5", figure.ask("player.frames"))
            figure.ask("player.pause()")
    rest(counting)
    assert all(figure.errors == [] for figure in figures)


def distance(camera: list[float]) -> float:
    """How far the eye is from what it looks at."""
    return math.dist(camera[:3], camera[3:])


def test_a_sleeping_scene_is_turned_and_zoomed(sleeping: Figure) -> None:
    figure, counting = sleeping, sleeping.page
    before = figure.camera()
    figure.turn("surface", (0.4, 0.4), (0.6, 0.5), enough=0.1)
    turned = figure.camera()
    assert math.dist(before, turned) > 0.1
    rest(counting)

    counting.mouse.move(*figure.place_in("surface", 0.5, 0.5))
    counting.keyboard.down("Control")
    for _ in range(3):
        counting.mouse.wheel(0, 200)
    counting.keyboard.up("Control")
    counting.wait_for_function(
        "(before) => { const { _fullLayout } = document.querySelector('[data-panel=surface] .plot');"
        " const { eye, center } = _fullLayout.scene._scene.getCamera();"
        " const away = Math.hypot(eye.x - center.x, eye.y - center.y, eye.z - center.z);"
        " return Math.abs(away - before) > 0.1; }",
        arg=distance(turned),
        polling=POLLING,
    )
    rest(counting)
    assert counting.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


DRAWN = """(panel) => {
  const { glplot } = panel.querySelector(".plot")._fullLayout.scene._scene;
  glplot.drawnTimes = 0;
  const { onrender } = glplot;
  glplot.onrender = () => { glplot.drawnTimes += 1; onrender(); };
}"""
TIMES = "(panel) => panel.querySelector('.plot')._fullLayout.scene._scene.glplot.drawnTimes"
PICTURE = "(panel) => panel.querySelector('canvas.moving').toDataURL()"


def test_what_moves_over_a_sleeping_scene_follows_the_player(sleeping: Figure) -> None:
    figure, counting = sleeping, sleeping.page
    scene = figure.panel("surface")
    scene.evaluate(DRAWN)
    before = scene.evaluate(PICTURE)
    figure.ask("player.goTo(20)")
    rest(counting)
    assert scene.evaluate(PICTURE) != before
    assert scene.evaluate(TIMES) == 0  # the surface stands still


def test_a_sleeping_scene_is_drawn_anew_when_it_changes(sleeping: Figure) -> None:
    figure, counting = sleeping, sleeping.page
    scene = figure.panel("surface")
    for change in (
        lambda: counting.set_viewport_size({"width": 1200, "height": 700}),
        lambda: counting.emulate_media(color_scheme="dark"),
        lambda: figure.plot(
            "surface", "catOrNotPlotly.relayout(gd, { 'scene.camera.eye.z': 2 }).then(() => null)"
        ),
        lambda: figure.plot("surface", "gd._fullLayout.scene._scene.glplot.redraw()"),
    ):
        scene.evaluate(DRAWN)
        change()
        counting.wait_for_function(
            f"() => ({TIMES})(document.querySelector('[data-panel=surface]')) > 0", polling=POLLING
        )
        rest(counting)
    counting.set_viewport_size({"width": 1366, "height": 768})
    counting.emulate_media(color_scheme="light")


def test_scenes_that_are_gone_sleep_for_ever(counting: Page, server: Server) -> None:
    figure = Figure(counting).open(f"{server}/descent?view=3-D")
    counting.get_by_role("link", name="Home").first.click()
    counting.get_by_role("heading", level=1).wait_for()
    counting.mouse.move(300, 300)
    rest(counting)
    counting.go_back()
    figure.wait_until_drawn()
    figure.turn("surface", (0.4, 0.4), (0.6, 0.5), enough=0.1)
    rest(counting)
    assert figure.errors == []


def test_a_scene_that_was_out_of_sight_is_there_again(counting: Page, server: Server) -> None:
    """While it is out of sight, another scene wakes it: it draws nothing then."""
    counting.set_viewport_size({"width": 390, "height": 844})
    counting.goto(f"{server}/loss?view=3-D")
    Figure(counting).wait_until_drawn()
    figure = Figure(counting, nth=1).wait_until_drawn()
    for name in ("surface_log", "surface_squared", "surface_log"):
        figure.ask("player.chooseTab(it)", name)
        figure.wait_for("player.page.panels.named(it).figure.isDrawn", name)
        rest(counting)
        canvas = figure.panel(name).locator(".gl-container canvas").bounding_box()
        stack = figure.panel(name).locator(".stack").bounding_box()
        assert canvas is not None and stack is not None
        assert canvas["width"] == pytest.approx(stack["width"], abs=1)
        assert canvas["height"] == pytest.approx(stack["height"], abs=1)
    assert figure.errors == []
    counting.set_viewport_size({"width": 1366, "height": 768})
