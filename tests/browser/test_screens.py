"""Phones, fingers, the dark theme, and people who do not want things to move."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import descend
from explainer.stage.palette import TONES
from tests.browser.conftest import opened
from tests.browser.figure import Figure
from tests.browser.serving import Server

COLOUR_AT = (
    "(panel, [w, b]) => { const canvas = panel.querySelector('canvas.moving');"
    " const [x, y] = panel.closest('.live-root').player.project('map', w, b);"
    " const ratio = canvas.width / canvas.clientWidth;"
    " return [...canvas.getContext('2d').getImageData(x * ratio, y * ratio, 1, 1).data]; }"
)


def test_reduced_motion_shows_whole_steps_only(
    new_context: Callable[..., BrowserContext], server: Server
) -> None:
    """Two pictures of the same whole step are the same, however far the clock is between two steps."""
    figure = Figure(new_context(reduced_motion="reduce").new_page())
    figure.page.clock.install()
    figure.open(f"{server}/descent?view=map&iterations=2&learning_rate=5&step=0")
    figure.page.clock.pause_at(figure.page.evaluate("Date.now()") / 1000 + 60)
    figure.page.clock.run_for(200)
    picture = "(panel) => panel.querySelector('canvas.moving').toDataURL()"

    def pictures_while_playing() -> list[str]:
        figure.ask("player.goTo(0)")
        figure.page.clock.run_for(100)
        seen = [figure.panel("map").evaluate(picture)]
        figure.ask("player.play()")
        for _ in range(5):
            figure.page.clock.run_for(50)
            seen.append(figure.panel("map").evaluate(picture))
        assert figure.ask("player.isPlaying()") and figure.step == 0
        return seen

    assert len(set(pictures_while_playing())) == 1
    figure.page.emulate_media(reduced_motion="no-preference")
    assert len(set(pictures_while_playing())) > 3


@pytest.fixture(scope="module")
def opened_on_a_phone(tab_of_phone: Page, server: Server) -> Iterator[Figure]:
    """The chapter with its scene, opened once."""
    with opened(tab_of_phone, f"{server}/descent") as figure:
        yield figure


@pytest.fixture
def on_a_phone(opened_on_a_phone: Figure) -> Iterator[Figure]:
    """That figure, from the top of the page on."""
    opened_on_a_phone.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    yield opened_on_a_phone
    assert opened_on_a_phone.errors == []


def test_a_phone_shows_one_panel_at_a_time_with_tabs(on_a_phone: Figure) -> None:
    page = on_a_phone.page
    tabs = page.locator('.live-root [role="tab"]:visible')
    assert tabs.count() == 4
    shown = page.locator(".live-root [data-panel]:visible")
    seen = []
    for k in range(tabs.count()):
        tabs.nth(k).tap()
        assert tabs.nth(k).get_attribute("aria-selected") == "true"
        assert shown.count() == 1
        seen.append(shown.first.get_attribute("data-panel"))
        page.locator(".live-root [data-panel]:visible .main-svg").first.wait_for(state="attached")
    assert sorted(name or "" for name in seen) == ["cost", "data", "map", "surface"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_finger_scrolls_the_page_over_the_scene(on_a_phone: Figure) -> None:
    figure, page = on_a_phone, on_a_phone.page
    page.locator('.live-root [role="tab"]:visible').first.tap()
    box = figure.panel("surface").locator(".stack").bounding_box()
    assert box is not None
    before = figure.camera()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8
    figure.swipe(x, y, down=-200)
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 80")
    assert figure.camera() == pytest.approx(before, abs=1e-9)
    # A flick runs on for a while: the way back has to wait for its end.
    page.wait_for_function(
        "() => { const main = document.querySelector('[data-testid=stMain]');"
        " main.scrollTo(0, 0); window.atTop = main.scrollTop === 0 ? (window.atTop || 0) + 1 : 0;"
        " return window.atTop > 30; }"
    )

    # Asked for, the finger turns the scene instead.
    figure.button("rotate").tap()
    figure.swipe(x, y - box["height"] * 0.3, down=-60)
    figure.wait_for_frames()
    assert figure.camera() != pytest.approx(before, abs=0.05)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


def test_another_theme_recolours_everything_and_keeps_the_step(figure: Figure, server: Server) -> None:
    figure.page.emulate_media(color_scheme="light")
    figure.open(f"{server}/descent?view=map&start=3,3&learning_rate=1&step=25")
    run = descend(standardise(DATASETS["challenger"].X).X, DATASETS["challenger"].Y, 1.0, 25, [3.0], 3.0)
    point = [run.w[25, 0], run.b[25]]
    for theme in ("light", "dark", "light"):
        figure.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for name in ("map", "data", "cost"):
            figure.page.wait_for_function(
                "([panel, ink]) => document.querySelector(panel)._fullLayout.font.color === ink",
                arg=[f'[data-panel="{name}"] .plot', TONES["ink"][theme]],
            )
        figure.wait_for_frames()
        *colour, alpha = figure.panel("map").evaluate(COLOUR_AT, point)
        assert alpha == 255
        assert "#" + "".join(f"{value:02x}" for value in colour) == TONES["path"][theme]
        assert figure.step == 25


def test_the_wheel_over_a_scene_scrolls_the_page(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/descent?view=3-D")
    box = figure.panel("surface").bounding_box()
    assert box is not None
    camera = figure.camera()
    figure.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    figure.page.mouse.wheel(0, 300)
    figure.page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 100")
    assert figure.camera() == camera
