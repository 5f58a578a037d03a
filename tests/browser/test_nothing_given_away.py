"""Before an answer, nothing on the page tells it: no text, no title, no label, nothing for screen readers."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from explainer.chapters import CHAPTERS
from explainer.chapters.recap.answers import answers
from explainer.live import Block, pack
from explainer.stage.chapter import Chapter
from explainer.stage.stage import Stage
from explainer.ui import live_figure
from explainer.ui import questions as asking
from explainer.words import COMMON
from explainer.words.questions import Question
from tests.browser.figure import Figure
from tests.browser.serving import Server
from tests.browser.walks import walk
from tests.opening import open_page

ALL_TEXTS = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  const named = ["title", "aria-label", "aria-valuetext", "aria-description", "alt", "placeholder"];
  const attributes = [...main.querySelectorAll(named.map((name) => `[${name}]`).join())]
    .flatMap((element) => named.map((name) => element.getAttribute(name)));
  const players = [...document.querySelectorAll(".live-root")].map(({ player }) => player);
  const drawn = players.flatMap((player) => Object.values(player?.page?.panels.labels() ?? {}).flat());
  return [main.innerText, ...attributes, ...drawn.map(({ text }) => text)].filter(Boolean).join("\\n");
}"""
"""What stands on the page, in its attributes, and in the figures' canvases."""
EMPTY = Block(pack(Stage(tables={}, clock=None, panels=(), layouts=()), (), {}), "", "{}")
LONG = 3  # digits: shorter numbers stand everywhere for something else


def numbers_of(chapter: Chapter, patch: pytest.MonkeyPatch) -> dict[str, Mapping[str, Any]]:
    """The computed numbers in the texts of each figure's questions, as the chapter begins."""
    known: dict[str, Mapping[str, Any]] = {}
    really_ask = asking.ask_questions

    def listen(visit: Any, figure: str, numbers: Mapping[str, Any]) -> None:
        known[figure] = numbers
        really_ask(visit, figure, numbers)

    patch.setattr(asking, "ask_questions", listen)
    patch.setattr(live_figure, "figure_block", lambda visit, name: EMPTY)  # the server draws them
    open_page(chapter.name)
    if "question" in chapter.settings:
        return dict.fromkeys({question.figure for question in chapter.words.questions}, answers())
    return known


def telling(question: Question, numbers: Mapping[str, Any]) -> Iterator[re.Pattern[str]]:
    """What would tell the answer: its explanation, what the words name, and the number that is asked for."""
    because = question.because.format(**numbers)
    texts = [text.format(**numbers) for text in question.gives_away]
    texts += [sentence for sentence in re.split(r"(?<=[.:]) ", because) if len(sentence) > 20]
    texts += [option.reply.format(**numbers) for option in question.options if option.reply]
    yield from (re.compile(re.escape(plain(text))) for text in texts)
    if question.number is not None:
        right = f"{float(numbers[question.number.right]):g}"
        if len(right) >= LONG:
            yield re.compile(rf"(?<![\d.,]){re.escape(right)}(?![\d.,]*\d)")


def plain(text: str) -> str:
    """A text of the words as it stands on the page."""
    return re.sub(r"\*{1,2}(\S(?:[^*]*\S)?)\*{1,2}", r"\1", text.replace("`", "")).strip()


def box_of(page: Page, chapter: Chapter, question: Question) -> Locator:
    """Where a figure's questions are asked."""
    spot = chapter.name if "question" in chapter.settings else question.figure
    return page.locator(f'[class~="st-key-questions-{chapter.name}-{spot}"]').first


def ask(page: Page, chapter: Chapter, question: Question) -> None:
    """Has the page ask a question of a scene, or one of a figure's own."""
    said = chapter.words
    if "question" in chapter.settings:  # one at a time, by the address
        Figure(page).go_to_address({"question": question.name})
        return
    scene = next((scene for scene in said.scenes if scene.question is question), None)
    box = box_of(page, chapter, question)
    if scene is not None:
        page.get_by_role("button", name=scene.name, exact=True).click()
        box.get_by_text(COMMON["questions"]["of_scene"].format(name=scene.name), exact=True).wait_for()
    else:
        own = [one for one in said.questions if one.figure == question.figure]
        number = box.get_by_role("radio", name=str(1 + own.index(question)), exact=True).first
        if number.count():  # a single question is asked without its number
            number.click()
            expect(number).to_be_checked()


@pytest.mark.parametrize("chapter", walk(CHAPTERS, "pixels", "descent", "recap"))
def test_before_an_answer_nothing_on_the_page_tells_it(
    page: Page, server: Server, chapter: Chapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = numbers_of(chapter, monkeypatch)
    figure = Figure(page).open(f"{server}/{chapter.name}")
    of_scenes = [scene.question for scene in chapter.words.scenes if scene.question]
    for question in [*chapter.words.questions, *of_scenes]:  # a scene may choose other data
        ask(page, chapter, question)
        numbers = known[question.figure]
        expect(box_of(page, chapter, question)).to_contain_text(plain(question.ask.format(**numbers)))
        Figure(page).wait_for_server()
        texts = page.evaluate(ALL_TEXTS)
        found = [pattern.pattern for pattern in telling(question, numbers) if pattern.search(texts)]
        assert found == [], question.name
    assert figure.errors == []
