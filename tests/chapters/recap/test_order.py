"""Which question comes when: what was wrong, what is due, what is new, one chapter after the other."""

from datetime import date, timedelta

from explainer.chapters import ORDER
from explainer.chapters.recap.order import (
    DUE,
    LATER,
    NEW,
    NOT_KNOWN,
    days_until_due,
    key,
    num_due,
    order,
    rank,
)
from explainer.words import words
from explainer.words.progress import Progress
from explainer.words.questions import Option, Question

TODAY = date(2026, 3, 10)
QUESTIONS = words("recap").questions


def made(name: str, chapter: str, *repeats: str) -> Question:
    options = (Option("yes"), Option("no", "No."))
    return Question(name, "?", ".", options=options, chapter=chapter, repeats=repeats)


SOME = (
    made("p1", "pixels", "the eye"),
    made("p2", "pixels"),
    made("s1", "sigmoid"),
    made("s2", "sigmoid"),
    made("s3", "sigmoid", "b = −3"),
    made("d1", "descent", "uphill"),
)


def names(progress: Progress, day: date = TODAY, passed: tuple[str, ...] = (), **more: bool) -> list[str]:
    return [question.name for question in order(SOME, progress, day, passed, **more)]


def test_a_new_visitor_meets_one_question_of_each_chapter_after_the_other() -> None:
    assert names(Progress()) == ["p1", "s1", "d1", "p2", "s2", "s3"]
    assert num_due(SOME, Progress(), TODAY) == 0
    assert days_until_due(SOME, Progress(), TODAY) == 0


def test_what_was_wrong_here_or_in_the_chapter_comes_first() -> None:
    progress = Progress().answer("recap/s2", "wrong", 2, TODAY).answer("descent/uphill", "told", 0, TODAY)
    assert names(progress) == ["s2", "d1", "p1", "s1", "p2", "s3"]
    assert num_due(SOME, progress, TODAY) == 2
    mended = progress.answer("descent/uphill", "right", 1, TODAY)
    assert names(mended) == ["s2", "p1", "s1", "d1", "p2", "s3"]


def test_what_is_due_comes_before_what_is_new_and_what_is_not_due_stays_away() -> None:
    progress = Progress().answer("recap/s2", "right", 1, TODAY)
    assert "s2" not in names(progress)
    assert names(progress, also_later=True)[-1] == "s2"
    tomorrow = TODAY + timedelta(days=1)
    assert names(progress, tomorrow)[0] == "s2" and num_due(SOME, progress, tomorrow) == 1
    assert [rank(SOME[3], progress, day) for day in (TODAY, tomorrow)] == [LATER, DUE]
    assert rank(SOME[0], progress, TODAY) == NEW
    assert rank(SOME[3], progress.answer("recap/s2", "wrong", 1, TODAY), TODAY) == NOT_KNOWN


def test_what_was_passed_comes_after_all_others_and_again_if_it_has_to() -> None:
    wrong = Progress().answer("recap/s2", "wrong", 2, TODAY)
    assert names(wrong, passed=("s2", "p1"))[-2:] == ["s2", "p1"]
    assert names(wrong, passed=("s2", "s2", "p1"))[-2:] == ["p1", "s2"]
    assert len(names(wrong, passed=tuple("ps"))) == len(SOME)


def test_when_all_is_right_it_says_how_long_to_wait() -> None:
    progress = Progress()
    for question in SOME:
        progress = progress.answer(key(question), "right", 1, TODAY)
    assert names(progress) == [] and days_until_due(SOME, progress, TODAY) == 1
    for question in SOME:
        progress = progress.answer(key(question), "right", 1, TODAY + timedelta(days=1))
    assert days_until_due(SOME, progress, TODAY + timedelta(days=1)) == 3
    assert len(names(progress, also_later=True)) == len(SOME)


def test_the_order_is_the_same_every_time_and_goes_through_the_evening() -> None:
    first = order(QUESTIONS, Progress(), TODAY)
    assert first == order(QUESTIONS, Progress(), TODAY + timedelta(days=5)) and len(first) == len(QUESTIONS)
    asked = ORDER[: ORDER.index("recap")]
    assert [question.chapter for question in first[: len(asked)]] == list(asked)
