"""Every chapter in Firefox: it opens, plays, answers its sliders, and asks Python, without an error."""

from collections.abc import Iterator

import pytest

from explainer.chapters import CHAPTERS, ORDER
from explainer.words import words
from tests.browser.figure import AT_REST
from tests.browser.firefox.bidi import Tab, firefox
from tests.browser.serving import Server

pytestmark = pytest.mark.whole

PLAYER = "document.querySelector('.live-root')?.player"
ARROW_RIGHT = "\ue014"
SIZES = [(1366, 768), (390, 844)]


@pytest.fixture(scope="module")
def opened() -> Iterator[Tab]:
    with firefox() as tab:
        yield tab


@pytest.fixture
def tab(opened: Tab) -> Iterator[Tab]:
    opened.errors.clear()
    opened.resize(1366, 768)
    yield opened
    assert opened.errors == []


def open_page(tab: Tab, server: Server, path: str) -> None:
    tab.go(f"{server}/{path}")
    tab.wait_for(f"{PLAYER}?.ready && ({AT_REST})")


@pytest.mark.parametrize("chapter", ORDER)
@pytest.mark.parametrize("size", SIZES, ids=["laptop", "phone"])
def test_it_opens_without_scrolling_sideways(
    tab: Tab, server: Server, chapter: str, size: tuple[int, int]
) -> None:
    tab.resize(*size)
    open_page(tab, server, chapter)
    assert tab.evaluate("document.querySelector('h1').innerText") == words(chapter).question
    main = "document.querySelector('[data-testid=stMain]')"
    assert tab.evaluate(f"{main}.scrollWidth - {main}.clientWidth") <= 0


@pytest.mark.parametrize("chapter", ORDER)
def test_its_first_slider_answers_a_key_and_it_plays(tab: Tab, server: Server, chapter: str) -> None:
    open_page(tab, server, chapter)
    slider = "document.querySelector('.live-root input[type=range]')"
    before = tab.evaluate(f"[{slider}.value, {slider}.max]")
    tab.evaluate(f"{slider}.focus()")
    tab.type(ARROW_RIGHT)
    assert int(tab.evaluate(f"{slider}.value")) == min(int(before[0]) + 1, int(before[1]))
    tab.wait_for(AT_REST)
    if tab.evaluate("Boolean(document.querySelector('.live-root button[aria-label=play]')?.offsetParent)"):
        tab.evaluate(f"{PLAYER}.goTo(0)")
        frames = tab.evaluate(f"{PLAYER}.frames")
        tab.press(".live-root button[aria-label=play]")
        tab.wait_for(f"{PLAYER}.clock.position > 0")
        assert tab.evaluate(f"{PLAYER}.frames") > frames


@pytest.mark.parametrize("chapter", [about.name for about in CHAPTERS if about.words.scenes])
def test_a_scene_is_set_by_a_press(tab: Tab, server: Server, chapter: str) -> None:
    open_page(tab, server, chapter)
    scene = words(chapter).scenes[-1]
    tab.evaluate(
        "[...document.querySelectorAll('.stButton button')]"
        f".find((button) => button.innerText.trim() === {scene.name!r} && button.checkVisibility())"
        ".dataset.pressed = 'soon'"
    )
    tab.press("button[data-pressed=soon]")
    tab.wait_for(f"document.querySelector('.stAlert')?.innerText.includes({scene.sentence[:30]!r})")


@pytest.mark.parametrize("chapter", ORDER)
def test_labels_of_popovers_are_whole(tab: Tab, server: Server, chapter: str) -> None:
    """Firefox wants a tenth of a pixel more than Streamlit gives, and would end the word with three dots."""
    open_page(tab, server, chapter)
    cut = tab.evaluate(
        """[...document.querySelectorAll(".stPopover .stMarkdownEllipsis")].filter((box) => {
            const width = (part) => part.getBoundingClientRect().width;
            const missing = width(box.firstElementChild) - width(box);
            return missing > 0.5 || (missing > 0 && getComputedStyle(box).textOverflow === "ellipsis");
        }).map((box) => box.innerText)"""
    )
    assert cut == []
