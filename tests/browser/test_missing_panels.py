"""A panel or a layer that cannot be drawn says so in its place, and everything else goes on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from explainer.words import COMMON
from tests.browser.chromium import ARGS, executable
from tests.browser.conftest import PHONE, SCREEN, forget, new_tab
from tests.browser.figure import Figure
from tests.browser.serving import Server
from tests.browser.talk import Projector

SAID = COMMON["player"]
WITHOUT_WEBGL = ("--disable-webgl", "--disable-webgl2", "--disable-3d-apis")
WAITING = ".waiting"
NAMES = "(panels) => panels.map((panel) => panel.dataset.panel)"


@pytest.fixture(scope="module")
def flat_browser(browser: Browser) -> Iterator[Browser]:
    """A browser without WebGL."""
    launched = browser.browser_type.launch(executable_path=executable(), args=[*ARGS, *WITHOUT_WEBGL])
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def flat_tab_of_all(flat_browser: Browser) -> Iterator[Page]:
    with new_tab(flat_browser) as tab:
        yield tab


@pytest.fixture(scope="module")
def flat_phone_of_all(flat_browser: Browser) -> Iterator[Page]:
    with new_tab(flat_browser, **PHONE) as tab:
        yield tab


@pytest.fixture
def flat_tab(flat_tab_of_all: Page, server: Server) -> Iterator[Page]:
    """A page without WebGL of a visitor who was never here."""
    yield flat_tab_of_all
    forget(flat_tab_of_all, server)


@pytest.fixture
def flat_phone(flat_phone_of_all: Page, server: Server) -> Iterator[Page]:
    """The same on a phone."""
    yield flat_phone_of_all
    forget(flat_phone_of_all, server)


def check_that_it_moves(figure: Figure) -> None:
    """It plays, step after step and frame after frame, and slows down for nothing."""
    figure.ask("player.goTo(0)")
    frames = figure.ask("player.frames")
    figure.ask("player.play()")
    figure.wait_for("Number(player.state().step) > 3 && player.frames > it + 3", frames)
    figure.ask("player.pause()")
    assert figure.errors == []


def shown(figure: Figure) -> list[str]:
    """The names of the panels that are to be seen."""
    names: list[str] = figure.root.locator("[data-panel]:visible").evaluate_all(NAMES)
    return names


@pytest.mark.parametrize(
    ("address", "nth", "maps"),
    [
        ("descent", 0, ["map", "data", "cost"]),
        ("descent?view=3-D&step=3", 0, ["map", "data", "cost"]),
        ("loss", 1, ["map_log", "map_squared", "cost_log", "cost_squared"]),
    ],
)
def test_without_webgl_a_chapter_chooses_the_map(
    flat_tab: Page, server: Server, address: str, nth: int, maps: list[str]
) -> None:
    figure = Figure(flat_tab, nth).open(f"{server}/{address}")
    assert sorted(shown(figure)) == sorted(maps)
    assert figure.state["view"] == "map"
    assert figure.root.locator(".note:visible").inner_text() == SAID["flat"]
    check_that_it_moves(figure)
    figure.wait_for_address(view="map")

    figure.button("3-D").click()  # one's own hand is not corrected
    scene = figure.panel("surface_log" if nth else "surface").locator(WAITING)
    assert scene.inner_text() == SAID["no_scene"]
    check_that_it_moves(figure)


def test_without_webgl_a_scene_beside_its_map_says_so(flat_tab: Page, server: Server) -> None:
    figure = Figure(flat_tab).open(f"{server}/cats?view=surface")
    assert shown(figure) == ["surface", "map"]
    assert figure.panel("surface").locator(WAITING).inner_text() == SAID["no_scene"]
    assert figure.panel("map").locator(WAITING).count() == 0
    check_that_it_moves(figure)
    with flat_tab.expect_download() as saved:  # of what there is
        figure.button("save as PNG").click()
    assert saved.value.suggested_filename.endswith(".png")


@pytest.mark.parametrize("address", ["descent", "cats?view=surface"])
def test_without_webgl_the_map_is_the_first_tab(flat_phone: Page, server: Server, address: str) -> None:
    figure = Figure(flat_phone).open(f"{server}/{address}")
    assert shown(figure) == ["map"]
    check_that_it_moves(figure)
    figure.root.get_by_role("tab").first.tap()
    assert shown(figure) == ["surface"]
    assert figure.panel("surface").locator(WAITING).inner_text() == SAID["no_scene"]
    check_that_it_moves(figure)


def test_without_webgl_a_talk_shows_the_maps_in_place_of_its_scenes(
    flat_browser: Browser, server: Server
) -> None:
    """What was chosen without any scene stays as it was chosen."""
    maps = {
        "why not squares": ["map_log", "map_squared", "cost_log", "cost_squared"],
        "the way down": ["map", "data", "cost"],
        "a rate too large": ["map", "cost"],
    }
    with new_tab(flat_browser, viewport=SCREEN) as tab:
        projector = Projector(tab.context).open(server, "evening")
        names = projector.ask("screen.talk.scenes.map(({ name }) => name)")
        for name, panels in maps.items():
            projector.ask("screen.goTo(it)", names.index(name))
            projector.wait_for_step(name, 0)
            there = projector.page.locator(".live-root:not(.behind) [data-panel]:visible")
            assert sorted(there.evaluate_all(NAMES)) == sorted(panels)
            assert projector.ask("screen.figures.player.page.panels.visible.every((one) => !one.isMissing)")
        assert projector.errors == []


LOSE = "gd._fullLayout.scene._scene.glplot.gl.getExtension('WEBGL_lose_context').loseContext()"
KEEP_AND_LOSE = (
    f"(window.lost = gd._fullLayout.scene._scene.glplot.gl.getExtension('WEBGL_lose_context'), {LOSE})"
)


def wait_until_lost(figure: Figure, panel: str) -> None:
    figure.panel(panel).locator(WAITING).filter(has_text=SAID["lost"]).wait_for()


def wait_until_back(figure: Figure, panel: str) -> None:
    figure.panel(panel).locator(WAITING).wait_for(state="detached")
    assert figure.plot(panel, "gd._fullLayout.scene._scene.glplot.gl.isContextLost()") is False


def test_a_scene_that_lost_its_context_says_so_and_can_come_back(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/descent?view=both")
    figure.plot("surface", KEEP_AND_LOSE)
    wait_until_lost(figure, "surface")
    check_that_it_moves(figure)
    figure.slide("learning_rate", "ArrowRight", times=2)

    figure.page.evaluate("lost.restoreContext()")
    wait_until_back(figure, "surface")
    check_that_it_moves(figure)

    figure.plot("surface", LOSE)
    wait_until_lost(figure, "surface")
    figure.button(SAID["again"]).click()
    wait_until_back(figure, "surface")
    check_that_it_moves(figure)

    figure.plot("surface", LOSE)
    wait_until_lost(figure, "surface")
    figure.choose("data", "hours")  # another figure is tried at once
    wait_until_back(figure, "surface")


def test_two_scenes_can_lose_their_contexts(page: Page, server: Server) -> None:
    figure = Figure(page, 1).open(f"{server}/loss")
    for name in ("surface_log", "surface_squared"):
        figure.plot(name, LOSE)
        wait_until_lost(figure, name)
        check_that_it_moves(figure)
    figure.button("maps").click()
    figure.wait_until_drawn()
    figure.button("3-D").click()
    for name in ("surface_log", "surface_squared"):
        figure.panel(name).get_by_role("button", name=SAID["again"]).click()
        wait_until_back(figure, name)
    assert figure.errors == []


BREAK_ONE_PLOT = """
let plotly;
Object.defineProperty(window, "catOrNotPlotly", {
  get: () => plotly,
  set(value) {
    const { newPlot } = value;
    value.newPlot = (gd, ...rest) => {
      if (gd.closest("[data-panel=map]") && !window.isMended) throw new Error("no map today");
      return newPlot(gd, ...rest);
    };
    plotly = value;
  },
});
"""


def test_a_panel_that_plotly_cannot_draw_is_left_out(new_page: Page, server: Server) -> None:
    new_page.add_init_script(BREAK_ONE_PLOT)
    figure = Figure(new_page).open(f"{server}/descent?view=map")
    failed = figure.panel("map").locator(WAITING)
    assert failed.inner_text().splitlines()[0] == SAID["failed"]
    assert figure.root.locator(f"{WAITING}:visible").count() == 1
    check_that_it_moves(figure)
    new_page.evaluate("window.isMended = true")
    figure.button(SAID["again"]).click()
    failed.wait_for(state="detached")
    check_that_it_moves(figure)


def test_a_panel_whose_axes_are_gone_is_left_out_of_the_frames(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/descent?view=map")
    figure.plot(
        "map",
        "(gd._fullLayout.xaxis = undefined, player.page.panels.all[1].figure.isStale = true)".replace(
            "player", "gd.closest('.live-root').player"
        ),
    )
    check_that_it_moves(figure)
    assert figure.panel("map").locator(WAITING).inner_text().splitlines()[0] == SAID["failed"]
    assert figure.root.locator(f"{WAITING}:visible").count() == 1


BREAK_A_LAYER = """
player.page.panels.all.find(({ name }) => name === "map").layers.at(-1).kind = {
  draw(pen) { pen.save(); pen.translate(50, 50); throw new Error("no point today"); },
}"""
INK_ON_THE_MAP = """(panel) => {
  const { data } = panel.querySelector("canvas.moving").getContext("2d").getImageData(0, 0, 2000, 2000);
  return data.some((value) => value > 0);
}"""


def test_a_layer_that_cannot_be_drawn_is_left_out(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/descent?view=map&step=20")
    said = figure.panel("map").locator(".left-out")
    assert not said.is_visible()
    figure.ask(BREAK_A_LAYER)
    check_that_it_moves(figure)
    assert said.inner_text() == SAID["left_out"]
    assert figure.root.locator(".left-out:visible").count() == 1
    assert figure.panel("map").evaluate(INK_ON_THE_MAP)  # the other layers are there
    figure.choose("data", "hours")  # another stage has layers of its own
    said.wait_for(state="hidden")
    check_that_it_moves(figure)
