"""A block that is not there when the browser fetches it: asked for again, then said to be missing."""

import pytest
from playwright.sync_api import Page, Route

from tests.browser.figure import Figure
from tests.browser.serving import Server

BLOCKS = "**/live/*.block"
MISSING = ".waiting:visible:has-text('could not be loaded')"
MOST_FETCHED = 3  # at first, and after each of two more runs


def refuse(page: Page, count: int) -> list[str]:
    """The first so many fetches of blocks find nothing; the addresses of all fetches, as they come."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) <= count:
            route.fulfill(status=404, body="Not found")
        else:
            route.continue_()

    page.route(BLOCKS, answer)
    return asked


@pytest.mark.parametrize("count", [1, 2])
def test_a_block_that_was_gone_is_asked_for_again(new_page: Page, server: Server, count: int) -> None:
    asked = refuse(new_page, count)
    figure = Figure(new_page).open(f"{server}/descent?view=map&step=7")
    assert figure.state["step"] == "7"
    assert len(asked) == count + 1
    assert figure.errors == []


def test_a_block_that_stays_gone_is_said_to_be_missing(new_page: Page, server: Server) -> None:
    asked = refuse(new_page, 1000)
    new_page.goto(f"{server}/descent?view=map")
    new_page.locator(MISSING).first.wait_for()
    assert len(asked) == MOST_FETCHED
    assert new_page.locator(".live.asking").count() == 0


def test_a_figure_that_is_drawn_says_so_until_its_next_block_comes(new_page: Page, server: Server) -> None:
    figure = Figure(new_page).open(f"{server}/descent?view=map")
    refuse(new_page, MOST_FETCHED)
    figure.choose("data", "hours")
    missing = new_page.locator(MISSING)
    missing.first.wait_for()
    figure.choose("data", "challenger")
    missing.first.wait_for(state="detached")
    assert missing.count() == 0
    assert figure.errors == []
