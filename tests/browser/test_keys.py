"""Page keys never change a number; few presses lead to play; what plays is kept when the page is left."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from explainer.chapters import CHAPTERS
from explainer.words import COMMON
from tests.browser.figure import Figure
from tests.browser.serving import Server

PAGE = "descent?view=map&start=3,3"
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"
FOCUSED = "document.activeElement"
FEW = 2  # presses of Tab


@pytest.fixture
def figure_of_keys(at_start: Figure) -> Iterator[Figure]:
    """The map, once for all tests of page keys."""
    yield at_start


def wait_for_scrolling(figure: Figure, by: str) -> None:
    figure.page.wait_for_function(f"{SCROLLED} {by}")


@pytest.mark.parametrize(
    "where",
    [
        'input[name="learning_rate"]',
        'input[name="iterations"]',
        'input[name="step"]',
        "select.speed",
        "button.play",
        ".options button",
        None,
    ],
)
def test_page_keys_scroll_and_change_nothing(figure_of_keys: Figure, where: str | None) -> None:
    figure = figure_of_keys
    focused = figure.root.locator(where).first if where else figure.root
    focused.evaluate("element => element.focus({ preventScroll: true })")
    before, speed = figure.state, figure.page.get_by_label("speed").input_value()
    figure.page.keyboard.press("PageDown")
    wait_for_scrolling(figure, "> 100")
    figure.page.keyboard.press("PageUp")
    wait_for_scrolling(figure, "< 5")
    figure.page.keyboard.press("PageUp")
    figure.wait_for_frames()
    assert figure.state == before
    assert figure.page.get_by_label("speed").input_value() == speed


@pytest.mark.parametrize("chapter", ["descent", "cats", "graph", "loss"])
def test_few_presses_of_tab_lead_to_play(page: Page, server: Server, chapter: str) -> None:
    figure = Figure(page).open(f"{server}/{chapter}")
    link = page.get_by_role("link", name=COMMON["player"]["skip"], exact=True)
    box = link.bounding_box()
    assert box is not None and box["y"] + box["height"] < 0  # out of sight
    for _ in range(FEW):
        page.keyboard.press("Tab")
        if link.evaluate(f"(link) => link === {FOCUSED}"):
            break
    page.wait_for_function(f"{FOCUSED}.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate(f"{FOCUSED}.getAttribute('aria-label')") == "play"
    page.keyboard.press("Enter")
    figure.wait_for("player.isPlaying()")
    page.keyboard.press("Space")
    assert not figure.ask("player.isPlaying()")
    page.keyboard.press("ArrowRight")
    assert "#" not in page.url


def test_the_link_leads_to_the_figure_of_each_page(page: Page, server: Server) -> None:
    figure = Figure(page).open_from_home(server)
    link = page.get_by_role("link", name=COMMON["player"]["skip"], exact=True)
    for chapter in CHAPTERS[:2]:
        page.get_by_role("link", name=chapter.words.nav, exact=True).first.click()
        page.get_by_role("heading", level=1, name=chapter.words.question).wait_for()
        figure.wait_until_drawn()
        target = link.get_attribute("href")
        assert target == f"#{figure.root.get_attribute('id')}" and chapter.name in target
        assert link.count() == 1
    page.get_by_role("link", name="Home", exact=True).first.click()
    figure.wait_until_drawn()
    assert link.get_attribute("href") == "#figure-home-story"
    assert link.count() == 1


def playing(page: Page, address: str) -> Figure:
    """The figure while it plays, some steps on its way; slowly, so that it has not ended meanwhile."""
    figure = Figure(page).open(address)
    figure.root.get_by_label("speed").select_option("0.25")
    figure.button("play").click()
    figure.wait_for("Number(player.state().step) > 8")
    return figure


def test_while_it_plays_the_address_follows(page: Page, server: Server) -> None:
    figure = playing(page, f"{server}/descent?view=map")
    first = int(figure.address["step"])
    page.wait_for_function(
        "(first) => Number(new URLSearchParams(location.search).get('step')) > first", arg=first
    )
    assert figure.ask("player.isPlaying()")
    assert 0 <= figure.step - int(figure.address["step"]) < 40
    figure.ask("player.pause()")


@pytest.mark.parametrize("address", ["descent?view=map&learning_rate=0.5", "cats"])
def test_a_page_that_is_loaded_again_while_it_plays_is_at_the_same_step(
    page: Page, server: Server, address: str
) -> None:
    figure = playing(page, f"{server}/{address}")
    before = figure.step
    page.reload()
    figure.wait_until_drawn()
    assert before <= figure.step <= before + 60
    step = figure.step
    figure.wait_for_address(step=str(step))
    assert not figure.ask("player.isPlaying()")


def test_somebody_who_leaves_while_it_plays_comes_back_to_the_step(page: Page, server: Server) -> None:
    figure = playing(page, f"{server}/descent?view=map")
    before = figure.step
    page.get_by_role("link", name="Home", exact=True).first.click()
    page.get_by_role("heading", level=1, name=COMMON["title"]).wait_for()
    page.get_by_role("link", name="Descent", exact=True).first.click()
    figure.wait_until_drawn()
    assert before <= figure.step <= before + 60

    figure.button("play").click()
    figure.wait_for("Number(player.state().step) > it + 8", figure.step)
    before = figure.step
    page.get_by_role("link", name="Home", exact=True).first.click()
    page.get_by_role("heading", level=1, name=COMMON["title"]).wait_for()
    page.go_back()
    figure.wait_until_drawn()
    assert before <= figure.step <= before + 60
    assert figure.errors == []


def test_a_control_that_was_moved_just_before_leaving_is_kept(page: Page, server: Server) -> None:
    figure = Figure(page).open(f"{server}/descent?view=map")
    figure.slide("learning_rate", "ArrowLeft", times=2)
    rate = figure.state["learning_rate"]
    page.get_by_role("link", name="Home", exact=True).first.click()
    page.get_by_role("heading", level=1, name=COMMON["title"]).wait_for()
    page.get_by_role("link", name="Descent", exact=True).first.click()
    figure.wait_until_drawn()
    figure.wait_for_state(learning_rate=rate)


def test_a_link_counts_more_than_what_was_left(page: Page, server: Server) -> None:
    figure = playing(page, f"{server}/descent?view=map&step=5")
    figure.open(f"{server}/descent?view=map&step=5")
    assert figure.step == 5
