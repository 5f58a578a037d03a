"""axe-core finds nothing to object to: every page, both themes, on a laptop and on a phone."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from explainer.chapters import ORDER
from tests.browser.conftest import PHONE, SCREEN, forget, new_tab
from tests.browser.figure import Figure
from tests.browser.serving import Server

pytestmark = pytest.mark.whole

SCREENS: dict[str, dict[str, Any]] = {"laptop": {"viewport": SCREEN}, "phone": PHONE}
INKS = "document.querySelector('.stApp') && getComputedStyle(document.querySelector('.stApp')).color"


@pytest.fixture(scope="module", params=SCREENS)
def tab(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    with new_tab(browser, **SCREENS[request.param]) as page:
        yield page


def objections(page: Page) -> list[str]:
    """Each as one line: the rule, the element, and what is wrong with it."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]} ({node['failureSummary']})"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("path", ["", *ORDER])
def test_axe_finds_nothing(tab: Page, server: Server, path: str) -> None:
    figure = Figure(tab)
    tab.emulate_media(color_scheme="light")
    if path:
        figure.open(f"{server}/{path}")
    else:
        tab.goto(server)
        figure.wait_for_home()
    light = tab.evaluate(INKS)
    assert objections(tab) == []
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_function(f"ink => {INKS} !== ink", arg=light)
    assert objections(tab) == []
    forget(tab, server)
