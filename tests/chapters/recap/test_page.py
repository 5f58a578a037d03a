"""The page of *Recap*: one question after the other, skipped, missed, answered, until nothing is due."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from explainer.chapters.recap.order import key, order
from explainer.chapters.recap.recap_view import Sitting
from explainer.ui import progress as kept_progress
from explainer.words import words
from explainer.words.progress import Progress, packed
from explainer.words.questions import Question
from tests.opening import clean, open_page

SAID = words("recap")
TEXT, QUESTIONS = SAID.text, SAID.questions
TODAY = date(2026, 3, 10)
FIRST, SECOND = order(QUESTIONS, Progress(), TODAY)[:2]


@pytest.fixture(autouse=True)
def a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_progress, "today", lambda: TODAY)
    monkeypatch.setattr("explainer.chapters.recap.recap_view.today", lambda: TODAY)


def asked(app: AppTest) -> str:
    """The name of the question that is asked."""
    mine: Sitting = app.session_state["recap"]
    return mine.current


def heading(question: Question, left: int) -> str:
    counted = TEXT["left"].format(left=left) if left else TEXT["left_none"]
    return f"**{TEXT['of_chapter'].format(nav=words(question.chapter).nav)}.** {counted}"


def texts(app: AppTest) -> list[str]:
    return [element.value for element in app.markdown]


def go_on(app: AppTest) -> AppTest:
    """Skips the question, or goes on to the next one once it is answered."""
    (key,) = [one.key for one in app.button if one.key in ("recap-skip", "recap-next")]
    return clean(app.button(key=key).click().run())


def named(name: str) -> Question:
    return next(question for question in QUESTIONS if question.name == name)


def all_right(but: tuple[str, ...] = (), day: date = TODAY) -> Progress:
    progress = Progress({"recap": day})
    for question in QUESTIONS:
        if question.name not in but:
            progress = progress.answer(key(question), "right", 1, day)
    return progress


def test_it_asks_one_question_and_says_how_many_are_left() -> None:
    app = open_page("recap")
    assert asked(app) == FIRST.name
    assert heading(FIRST, len(QUESTIONS) - 1) in texts(app)
    assert app.button(key="recap-skip").label == TEXT["skip"]
    app = go_on(app)
    assert asked(app) == SECOND.name and heading(SECOND, len(QUESTIONS) - 1) in texts(app)


def test_what_is_skipped_or_missed_comes_again_and_what_is_right_does_not() -> None:
    left = "data-or-layer", "is-it-good", "which-cut"
    app = open_page("recap", f"progress={packed(all_right(but=left))}")
    line = [asked(app)]
    app = go_on(app)  # skipped
    line.append(asked(app))
    clean(app.button(key=f"tell-recap-{asked(app)}").click().run())
    assert app.button(key="recap-next").label == TEXT["next"]
    app = go_on(app)  # told
    line.append(asked(app))
    app = answer_right(app)
    app = go_on(app)
    assert sorted(line) == sorted(left)
    assert asked(app) == line[1], "what is not known comes before what was skipped"
    assert not app.success and not app.info, "asked as if for the first time"
    assert heading(named(line[1]), 1) in texts(app)
    app = go_on(answer_right(app))
    assert asked(app) == line[0] and heading(named(line[0]), 0) in texts(app)
    app = go_on(answer_right(app))
    assert any(TEXT["done"] in text and TEXT["done_tomorrow"] in text for text in texts(app))


def answer_right(app: AppTest) -> AppTest:
    """Answers the question that is asked, one with options."""
    question = named(asked(app))
    place = question.right_place({})
    return clean(app.pills(key=f"recap-question-{question.name}").set_value(place).run())


def test_a_right_answer_leads_to_the_chapters_exact_state() -> None:
    app = clean(open_page("recap", "question=data-or-layer"))
    clean(app.pills(key="recap-question-data-or-layer").set_value(1).run())
    (link,) = [one.proto for one in app.get("page_link") if one.proto.label.startswith("See it in")]
    assert link.label == TEXT["see"].format(nav=words("hidden").nav)
    assert "units=3" in link.query_string and "data=rings" in link.query_string


def test_what_is_due_comes_first_once_the_days_have_passed() -> None:
    earlier = Progress()
    for name, days in (("no-idea", 1), ("how-fast", 0), ("all-zeros", 2)):
        earlier = earlier.answer(f"recap/{name}", "right", 1, TODAY - timedelta(days=days))
    earlier = earlier.answer("vectorization/two loops", "wrong", 2, TODAY)
    app = open_page("recap", f"progress={packed(earlier)}")
    line = []
    for _ in range(4):
        line.append(asked(app))
        app = go_on(app)
    assert line == ["which-loop", "no-idea", "all-zeros", FIRST.name]


def test_when_nothing_is_due_one_may_go_on_all_the_same() -> None:
    app = open_page("recap", f"progress={packed(all_right())}")
    assert any(text.startswith(TEXT["done"]) for text in texts(app))
    clean(app.button(key="recap-anyway").click().run())
    first = asked(app)
    assert first == FIRST.name and not app.success, "asked anew"
    assert asked(go_on(app)) != first


def test_the_last_question_is_asked_again_with_an_empty_field() -> None:
    app = open_page("recap", f"progress={packed(all_right(but=('timid-or-bold',)))}")
    for place in (1, 2):
        clean(app.pills(key="recap-question-timid-or-bold").set_value(place).run())
    app = go_on(app)
    assert asked(app) == "timid-or-bold" and not app.info
    assert app.pills(key="recap-question-timid-or-bold").value is None


@pytest.mark.parametrize("name", [question.name for question in QUESTIONS])
def test_an_address_names_a_question(name: str) -> None:
    app = open_page("recap", f"question={name}")
    assert not app.warning
    (box,) = [text for text in texts(app) if text.startswith(f"**{TEXT['of_chapter'].split('{')[0]}")]
    assert words(named(name).chapter).nav in box
