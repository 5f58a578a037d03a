"""The questions as they are written: of all chapters and kinds, half of them decide, each leads somewhere."""

import pytest

from explainer.chapters import CHAPTERS, ORDER
from explainer.chapters.recap.answers import answers
from explainer.chapters.recap.recap_view import shown_in
from explainer.maths.assignment import EXERCISES
from explainer.stage.chapter import concrete, starting_values
from explainer.stage.settings import SettingError
from explainer.words import words
from explainer.words.questions import KINDS, Question

QUESTIONS = words("recap").questions
EACH = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)


def test_there_are_enough_of_all_kinds_over_all_chapters() -> None:
    assert len(QUESTIONS) >= 24
    assert 2 * sum(question.decides for question in QUESTIONS) >= len(QUESTIONS)
    chapters = [question.chapter for question in QUESTIONS]
    assert set(chapters) == {*ORDER} - {"recap"}
    assert min(map(chapters.count, chapters)) >= 2
    assert chapters == sorted(chapters, key=ORDER.index), "in the order of the evening"
    for kind in KINDS:
        assert any(getattr(question, kind) is not None for question in QUESTIONS), kind


@EACH
def test_a_question_repeats_what_a_chapter_asks_and_leads_to_where_it_is_seen(question: Question) -> None:
    about = words(question.chapter)
    assert {*question.repeats} <= {one.name for one in about.all_questions()}
    assert question.repeats
    (chapter,) = [one for one in CHAPTERS if one.name == question.chapter]
    assert not question.scene or question.scene in [scene.name for scene in about.scenes]
    shown = shown_in(question, CHAPTERS)
    assert shown and set(shown) <= set(chapter.settings)
    known = starting_values(chapter)
    for name, declared in chapter.settings.items():  # each after those that it depends on
        if name in shown:
            try:
                known[name] = concrete(declared, known).read(shown[name])
            except SettingError as problem:
                pytest.fail(f"{name}: {problem}")


def test_what_is_computed_is_what_is_asked_for() -> None:
    needed = {name for question in QUESTIONS for name in question.needs()}
    assert needed == set(answers())


@EACH
def test_wrong_answers_have_replies_of_their_own(question: Question) -> None:
    replies = [option.reply for option in question.options if option.reply]
    if question.number is not None:
        replies = [question.number.low, question.number.high]
    if question.place is not None:
        replies = [question.place.far, *(mistake.reply for mistake in question.place.mistakes)]
    if question.order is not None:
        replies = [step.reply for step in question.order.steps[1:]]
    if question.shape is not None:
        replies = [question.shape.other, *(mistake.reply for mistake in question.shape.mistakes)]
    if question.lines is not None:
        assert question.lines.exercise in EXERCISES
    assert len(set(replies)) == len(replies)
    assert replies or question.lines is not None
