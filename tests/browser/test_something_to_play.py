"""What plays is there where something changes when it is played, and only there."""

import pytest
from playwright.sync_api import Page

from explainer.chapters import CHAPTERS
from explainer.stage.chapter import Chapter
from tests.browser.figure import Figure, open_all
from tests.browser.serving import Server
from tests.browser.walks import walk

SHOWN = (
    "[player.root.querySelector('.sentence').textContent, player.root.querySelector('.readouts').textContent,"
    " ...[...player.root.querySelectorAll('canvas.moving')].map((canvas) => canvas.toDataURL())]"
)
FOCUS = "document.activeElement"
PLAYING = ("restart", "step back", "play", "step", "loop")


def shown_at(figure: Figure, step: int) -> list[str]:
    """All that a figure draws and says at a step of its clock."""
    figure.ask(f"player.goTo({step})")
    figure.wait_for_frames()
    shown: list[str] = figure.ask(SHOWN)
    return shown


def keys_do_nothing(figure: Figure) -> bool:
    """Whether the figure stays as it is at the keys that play."""
    before = figure.state
    figure.root.focus()
    for key in ("ArrowRight", "ArrowLeft", "End", "Home"):
        figure.page.keyboard.press(key)
    figure.page.keyboard.press("Space")
    figure.wait_for_frames()
    return bool(figure.state == before and not figure.ask("player.isPlaying()"))


@pytest.mark.parametrize("chapter", walk(CHAPTERS, "sigmoid", "hidden", "graph", "recap"))
def test_play_is_there_where_something_moves_and_only_there(
    page: Page, server: Server, chapter: Chapter
) -> None:
    for figure in open_all(page, f"{server}/{chapter.name}"):
        figure.wait_until_drawn()
        there = [figure.button(name).count() for name in PLAYING]
        if figure.ask("player.clock.canPlay"):
            assert there == [1] * len(PLAYING)
            assert shown_at(figure, 0) != shown_at(figure, figure.ask("player.clock.end"))
        else:
            assert there == [0] * len(PLAYING)
            assert not figure.root.locator(".slider.clock").is_visible()
            assert keys_do_nothing(figure)
        assert figure.errors == []


@pytest.mark.parametrize(
    ("chapter", "first"), [("descent", ".play"), ("vectorization", ".save"), ("cats?view=map", ".play")]
)
def test_the_link_past_the_menu_leads_to_play_or_else_to_the_first_control(
    page: Page, server: Server, chapter: str, first: str
) -> None:
    figure = Figure(page).open(f"{server}/{chapter}")
    page.locator(".live-skip").focus()
    page.keyboard.press("Enter")
    assert figure.root.locator(first).evaluate(f"(element) => element === {FOCUS}")
    assert figure.root.locator(first).is_visible()
