"""A page that the browser has translated works on, and says what is so."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from explainer.chapters import CHAPTERS
from explainer.words import words
from tests.browser.figure import Figure
from tests.browser.serving import Server, serve
from tests.browser.walks import walk

TRANSLATE = (Path(__file__).parent / "translate.js").read_text(encoding="utf-8")
SEEN_AND_DRAWN = """() => {
  const root = document.querySelector(".live-root");
  root?.scrollIntoView({ block: "nearest" }); // what is out of sight is not drawn
  return root?.player?.ready === true;
}"""
CONTROLS = ".stMain :is([role=radio], .stButton button, .stButtonGroup button, summary)"
MEASURE = {words("vectorization").text[name] for name in ("race", "every_size", "train_three_ways")}
"""What takes longer than a press."""
AT_ONCE = """(() => {
  const { addEventListener } = WebSocket.prototype;
  WebSocket.prototype.addEventListener = function (type, listener, ...options) {
    if (type !== "message") return addEventListener.call(this, type, listener, ...options);
    let held = [], timer = 0;
    const release = () => held.splice(0).forEach((event) => listener(event));
    addEventListener.call(this, type, (event) => {
      held.push(event);
      clearTimeout(timer);
      timer = setTimeout(release, 200);
    });
  };
})();"""
"""A busy computer: the browser takes all that a run has sent at one time."""
SAID = """() => [...document.querySelectorAll(".stMain :is(.stMarkdown, .stHeading, .stCaption)")]
  .filter((text) => text.offsetHeight > 0)
  .filter((text) => !text.closest(".stAlert, .stExpander, .stButtonGroup, label, button"))
  .map((text) => text.innerText.trim())"""


class Translated:
    """A chapter's page in another language, what has gone wrong on it, and a hand that waits for each run."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.figure = Figure(page)
        self.troubles = self.figure.errors
        page.on("console", self._hear)
        self.figure.open(address)
        page.evaluate(TRANSLATE)

    def _hear(self, said) -> None:  # type: ignore[no-untyped-def]
        if said.type == "error" and "status of 404" not in said.text:
            self.troubles.append(said.text)

    def controls(self) -> list[str]:
        """The texts of all buttons, choices and boxes that make the page run again, each once."""
        texts = self.page.locator(f"{CONTROLS}:visible").all_inner_texts()
        return [text for text in dict.fromkeys(map(str.strip, texts)) if text and text not in MEASURE]

    def press(self, text: str) -> None:
        """Presses what bears this text, if that is there and not chosen already."""
        control = self.page.locator(f"{CONTROLS}:visible").get_by_text(text, exact=True).first
        if (
            control.count()
            and control.locator("xpath=ancestor-or-self::*[@aria-checked='true']").count() == 0
        ):
            self.causing_a_run(control, "click")

    def causing_a_run(self, control: Locator, doing: str, *arguments: str) -> None:
        getattr(control, doing)(*arguments)
        self.figure.wait_for_frames()
        self.figure.wait_for_server()
        assert self.troubles == [], (doing, *arguments)

    def go_to(self, nav: str) -> None:
        """Follows a link of the menu."""
        self.page.get_by_role("link", name=nav, exact=True).first.click()
        if nav == "Home":
            self.figure.wait_for_home()
            self.page.wait_for_function(SEEN_AND_DRAWN)
        self.figure.wait_until_drawn()

    def said(self) -> list[str]:
        """The page's own texts, as they are to be seen once no further run follows."""
        self.page.evaluate("document.querySelectorAll('.live-root').forEach(({ player }) => player.pause())")
        self.figure.wait_until_nothing_follows()
        return list(self.page.evaluate(SAID))


@pytest.mark.parametrize("chapter", walk(CHAPTERS, "pixels", "sigmoid", "recap"))
def test_a_translated_chapter_works_on(new_page: Page, server: Server, chapter) -> None:  # type: ignore[no-untyped-def]
    page = Translated(new_page, f"{server}/{chapter.name}")
    for text in page.controls():
        page.press(text)
    check_what_it_says(page, chapter.words.nav)


def check_what_it_says(page: Translated, nav: str) -> None:
    """What the page says is what it says to somebody who comes back, who gets everything anew."""
    assert page.page.get_by_test_id("stException").count() == 0
    before = page.said()
    page.go_to("Home")
    page.go_to(nav)
    assert [text for text in page.said() if text not in before] == []
    assert page.troubles == []


def test_iterations_and_learning_rate_change_the_text_about_them(new_page: Page, server: Server) -> None:
    page = Translated(new_page, f"{server}/cats?view=learning")
    page.press(words("cats").text["how_good"])
    for name in ("iterations", "learning_rate"):
        for key in ("Home", "End", "ArrowLeft"):
            page.causing_a_run(page.figure.slider(name), "press", key)
    iterations = int(page.figure.state["iterations"])
    said = new_page.locator(".stMain .stExpander").filter(has_text=f"{iterations:,}")
    said.first.wait_for()
    check_what_it_says(page, "Cats")


def test_what_is_typed_and_solved(new_page: Page, server: Server) -> None:
    page = Translated(new_page, f"{server}/graph")
    blank = new_page.get_by_role("textbox").first
    for typed in ("nonsense", "0.5", "3"):
        blank.fill(typed)
        page.causing_a_run(blank, "press", "Enter")
    check_what_it_says(page, "Graph")


def test_a_race(new_page: Page, server: Server) -> None:
    page, text = Translated(new_page, f"{server}/vectorization"), words("vectorization").text
    page.press("1,000")  # for more numbers a busy computer may leave a loop out
    page.press(text["race"])  # the page runs until the race is over
    said = new_page.locator(".stMain .stMarkdown").filter(has_text=text["now"].partition(",")[0])
    assert said.is_visible()
    check_what_it_says(page, "Vectorization")


def test_pages_whose_texts_come_all_at_once(new_page: Page, server: Server) -> None:
    """Nothing of one page becomes a part of the next, also if the browser draws nothing between them."""
    new_page.add_init_script(AT_ONCE)
    page = Translated(new_page, server)
    for nav in ("Graph", "Home", "Hidden layer", "Graph"):
        page.go_to(nav)
        assert page.troubles == []


def test_a_place_whose_content_comes_late(new_page: Page) -> None:
    """Nothing is changed where it stands, also if the browser draws between a place and its content."""
    troubles: list[str] = []
    new_page.on("console", lambda said: troubles.append(said.text) if "NotFoundError" in said.text else None)
    new_page.on("pageerror", lambda error: troubles.append(str(error)))
    with serve(app="tests/browser/apps/places_app.py") as server:
        new_page.goto(server)
        texts = ("What does outer give?", "A dot is one number.", "nothing to say", "")
        new_page.get_by_text(texts[0]).wait_for()
        new_page.evaluate(TRANSLATE)
        for turn in range(1, 9):
            new_page.get_by_role("button", name="next").click()
            said = new_page.locator("[class*=st-key-said]")
            expect(said).to_have_text(texts[turn % len(texts)])
            assert troubles == []


def test_figures_formulas_and_code_are_not_translated(new_page: Page, server: Server) -> None:
    page = Translated(new_page, f"{server}/numpy_basics")
    assert new_page.locator(".live-root[translate=no].notranslate").count() == 1
    for part in (".live-root", ".katex", "code"):
        assert new_page.locator(f".stMain {part}").count() > 0
        assert new_page.locator(f".stMain {part} font").count() == 0
    for name in ("softmax", "image2vector"):
        page.press(name)
        new_page.wait_for_function("!document.querySelector('.katex:not([translate=no])')")
        assert new_page.locator(".stMain .katex font").count() == 0
    assert new_page.locator(".stMain font").count() > 10
