"""What a browser lacks or forbids is done without: every figure works, or one sentence says what does not."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from explainer.chapters import CHAPTERS
from explainer.chapters.descent.chapter import CHAPTER
from explainer.live import handout
from explainer.words import COMMON
from tests.browser.conftest import new_tab
from tests.browser.figure import Figure, open_all
from tests.browser.serving import Server
from tests.browser.walks import walk
from tests.chapters.packing import packed

REFUSED = """for (const name of ["sessionStorage", "localStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
HISTORY = """for (const name of ["replaceState", "pushState"])
  History.prototype[name] = () => { throw new DOMException("too often", "SecurityError"); };"""
CAPTURE = "Element.prototype.setPointerCapture = () => { throw new DOMException('no', 'NotFoundError'); };"
WITHOUT = "delete window.{};"
APP_DOES_WITHOUT = [
    REFUSED,
    HISTORY,
    CAPTURE,
    *map(WITHOUT.format, ("IntersectionObserver", "OffscreenCanvas", "structuredClone", "reportError")),
]
"""What Streamlit needs itself is missing only in a figure that is a file."""
OLD_MEDIA = """const { matchMedia } = window;
window.matchMedia = (query) => ({ matches: matchMedia(query).matches, addListener() {} });"""
FILE_DOES_WITHOUT = {
    "observers": WITHOUT.format("ResizeObserver") + WITHOUT.format("IntersectionObserver"),
    "media queries": WITHOUT.format("matchMedia"),
    "events of media queries": OLD_MEDIA,
    "canvases": WITHOUT.format("OffscreenCanvas") + "delete CanvasRenderingContext2D.prototype.roundRect;",
    "devicePixelRatio": "Object.defineProperty(window, 'devicePixelRatio', { get: () => undefined });",
}


@pytest.fixture(scope="module")
def bare(browser: Browser) -> Iterator[Page]:
    """A tab that lacks, all at once, what the app can do without."""
    with new_tab(browser) as tab:
        tab.add_init_script("\n".join(APP_DOES_WITHOUT))
        yield tab


@pytest.mark.parametrize("chapter", walk(CHAPTERS, "pixels", "descent", "graph", "numpy_basics"))
def test_every_figure_works_in_a_bare_browser(bare: Page, server: Server, chapter) -> None:  # type: ignore[no-untyped-def]
    for figure in open_all(bare, f"{server}/{chapter.name}"):
        figure.wait_until_drawn()
        for name, slider in ((slider.get_attribute("name"), slider) for slider in sliders(figure)):
            before = figure.state[name or ""]
            slider.press("ArrowRight" if slider.input_value() != slider.get_attribute("max") else "ArrowLeft")
            figure.wait_for("player.state()[it[0]] !== it[1]", [name, before])
        figure.wait_for_server()
        if figure.button("play").count():
            figure.ask("player.goTo(0)")
            figure.button("play").click()
            figure.wait_for("player.frames > it + 3", figure.ask("player.frames"))
            figure.ask("player.pause()")
        assert figure.errors == []
    assert bare.get_by_test_id("stException").count() == 0


def sliders(figure: Figure) -> list:  # type: ignore[type-arg]
    return figure.root.locator('input[type="range"]:visible').all()


def test_what_was_left_is_kept_in_the_page_where_storage_is_refused(new_page: Page, server: Server) -> None:
    new_page.add_init_script(REFUSED)
    figure = Figure(new_page).open_from_home(server)
    figure.ask("player.goTo(23)")
    figure.slide("learning_rate", "ArrowLeft", times=3)
    kept = figure.state
    figure.wait_for_address(step="23", learning_rate=kept["learning_rate"])
    new_page.get_by_role("link", name="Home").first.click()
    new_page.get_by_role("heading", level=1, name=COMMON["title"]).wait_for()
    new_page.get_by_role("link", name="Descent", exact=True).first.click()
    figure.wait_until_drawn()
    figure.wait_for_state(step="23", learning_rate=kept["learning_rate"])
    assert figure.errors == []


def test_a_full_storage_is_no_harm(new_page: Page, server: Server) -> None:
    new_page.add_init_script(FULL)
    figure = Figure(new_page).open(f"{server}/descent?view=map")
    figure.ask("player.goTo(23)")
    figure.wait_for_address(step="23")
    assert figure.errors == []


def test_a_press_without_capture_picks_a_pixel(bare: Page, server: Server) -> None:
    figure = Figure(bare).open(f"{server}/pixels")
    before = figure.state["index"]
    bare.mouse.click(*figure.place_in("picture", 0.3, 0.7))
    figure.wait_for("player.state().index !== it", before)
    assert figure.errors == []


# ---- a figure that is a file


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the descent chapter's figure as a file."""
    path: Path = tmp_path_factory.mktemp("file") / "figure.html"
    texts = {"learning_rate": "1", "iterations": "200", "step": "5", "view": "map"}
    path.write_text(
        handout.page(packed(CHAPTER, "walk", start=(3.0, 3.0)), "walk", "A figure", texts), "utf-8"
    )
    return path.as_uri()


@pytest.mark.parametrize("script", FILE_DOES_WITHOUT.values(), ids=list(FILE_DOES_WITHOUT))
def test_a_figure_that_is_a_file_works_without(
    new_context: Callable[..., BrowserContext], file: str, script: str
) -> None:
    page = new_context(bypass_csp=True).new_page()
    page.add_init_script(script)
    figure = Figure(page)
    page.goto(file)
    figure.wait_for("player.ready")
    figure.button("play").click()
    figure.wait_for("Number(player.state().step) > 7")
    figure.ask("player.pause()")
    page.set_viewport_size({"width": 900, "height": 700})
    figure.wait_for(
        "[...document.querySelectorAll('.stack')].filter((stack) => stack.offsetWidth).every((stack) =>"
        " Math.abs(stack.querySelector('.plot')._fullLayout.width - stack.clientWidth) < 1)"
    )
    with page.expect_download() as saved:
        figure.button("save as PNG").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
    assert figure.errors == []


def test_a_picture_that_cannot_be_saved_is_said(
    new_context: Callable[..., BrowserContext], file: str
) -> None:
    page = new_context(bypass_csp=True).new_page()
    page.add_init_script("HTMLCanvasElement.prototype.toBlob = (callback) => callback(null);")
    figure = Figure(page)
    page.goto(file)
    figure.wait_for("player.ready")
    figure.button("save as PNG").click()
    figure.root.get_by_role("status").filter(has_text=COMMON["player"]["not_saved"]).wait_for()
    assert figure.button("save as PNG").is_enabled()
    assert figure.errors == []


# ---- the player itself


def is_said_to_be_missing(page: Page) -> bool:
    page.locator(".live-root").filter(has_text=COMMON["player"]["missing"]).wait_for()
    return page.get_by_test_id("stException").count() == 0


def test_a_player_that_does_not_come_is_said_to_be_missing(new_page: Page, server: Server) -> None:
    new_page.route(re.compile(r"/live/player-.*\.js"), lambda route: route.abort())
    new_page.goto(f"{server}/descent")
    assert is_said_to_be_missing(new_page)


def test_a_player_that_cannot_start_is_said_to_be_missing(new_page: Page, server: Server) -> None:
    new_page.add_init_script("delete Element.prototype.replaceChildren;")
    new_page.goto(f"{server}/descent")
    assert is_said_to_be_missing(new_page)
