"""What is to be read before Streamlit has woken, and whether anything moves when it takes over."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from explainer.words import COMMON, words
from tests.browser.serving import Server

CLOSE = 2.0  # pixels
SCRIPTS = "*/static/js/index.*.js"
RECTS = """(root) => ["h1", "p"].map((name) => {
    const all = [...document.querySelectorAll(`${root} ${name}`)];
    const { x, y, width, height } = all.find((one) => one.textContent.length > 20).getBoundingClientRect();
    return [x, y, width, height];
})"""


class Held:
    """Streamlit's scripts, which do not arrive until the test lets them.

    By Chromium's own protocol, for a route of Playwright's turns off the cache of what was compiled before.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.session = page.context.new_cdp_session(page)
        self.session.on("Fetch.requestPaused", lambda paused: self.requests.append(paused["requestId"]))
        self.session.send("Fetch.enable", {"patterns": [{"urlPattern": SCRIPTS}]})

    def let_go(self) -> None:
        """Now they do, and Streamlit takes over."""
        assert self.requests
        self.session.send("Fetch.disable")  # which lets them go
        self.page.wait_for_function("!document.querySelector('#first-words')")


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
@pytest.mark.parametrize("chapter", ["descent", "graph"])
def test_they_stand_where_streamlit_will_show_them(
    new_page: Page, server: Server, chapter: str, size: tuple[int, int]
) -> None:
    page = new_page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    held = Held(page)
    page.goto(f"{server}/{chapter}", wait_until="commit")
    page.locator("#first-words h1", has_text=words(chapter).question).wait_for()
    page.wait_for_function("document.fonts.status === 'loaded' && document.styleSheets.length > 1")
    before = page.evaluate(RECTS, "#first-words")
    assert page.title().startswith(words(chapter).nav)
    held.let_go()
    page.locator(".live-root .panel").first.wait_for()
    after = page.evaluate(RECTS, "#root .stMain")
    for first, second in zip(before, after, strict=True):
        assert first[:2] == pytest.approx(second[:2], abs=CLOSE)
        assert first[3] == pytest.approx(second[3], abs=CLOSE)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_they_have_the_colours_of_the_page(new_page: Page, server: Server, theme: Any) -> None:
    page = new_page
    page.emulate_media(color_scheme=theme)
    held = Held(page)
    page.goto(f"{server}/loss", wait_until="commit")
    page.locator("#first-words h1").wait_for()
    style = "getComputedStyle(document.querySelector(name))"
    look = f"(name) => [{style}.color, {style}.backgroundColor]"
    before = page.evaluate(look, "#first-words")
    held.let_go()
    assert page.evaluate(look, ".stApp") == before


def test_without_javascript_there_is_a_sentence(
    new_context: Callable[..., BrowserContext], server: Server
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{server}/sigmoid")
    assert page.locator("h1").inner_text() == words("sigmoid").question
    sentence = page.locator("#first-words noscript p")  # they cover the rest of the page
    assert sentence.text_content() == COMMON["frame"]["no_script"]
    assert sentence.is_visible()


def test_on_a_phone_the_chapters_open_on_demand_and_close_on_choice(phone: Page, server: Server) -> None:
    phone.goto(f"{server}/graph")
    menu = phone.get_by_role("button", name=COMMON["frame"]["menu"]).and_(phone.locator(":visible"))
    menu.wait_for()
    chapter = phone.get_by_role("menuitem", name=words("loss").nav, exact=True)
    assert chapter.count() == 0
    menu.click()
    chapter.click()
    phone.get_by_role("heading", level=1, name=words("loss").question).wait_for()
    chapter.wait_for(state="detached")
    assert not phone.locator("[data-testid=stSidebar]").is_visible()
    phone.reload()
    phone.get_by_role("heading", level=1, name=words("loss").question).wait_for()
    assert chapter.count() == 0
