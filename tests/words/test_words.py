"""The app's words: every text can be filled, every scene shown, every task answered."""

import pytest

from explainer.words import CHAPTERS, COMMON, HERE, words
from tests.opening import placeholders


def test_every_file_is_a_chapter_or_shared() -> None:
    assert {path.stem for path in HERE.glob("*.toml")} == {*CHAPTERS, "common", "home"}
    assert len(set(CHAPTERS)) == len(CHAPTERS)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_has_all_it_needs(chapter: str) -> None:
    said = words(chapter)
    for text in (said.nav, said.question, said.promise, said.lead, said.seen):
        assert text.strip()
    assert said.question.endswith("?")
    assert said.letters
    assert len(said.tasks) == 3


@pytest.mark.parametrize("chapter", ["home", *CHAPTERS])
def test_tasks_can_be_answered(chapter: str) -> None:
    for task in words(chapter).tasks:
        assert isinstance(task.right, str) or 0 <= task.right < len(task.options)
        assert len(set(task.options)) == len(task.options) >= 2
        assert task.ask.strip() and task.answer.strip()


def test_problems_can_be_said() -> None:
    problems = COMMON["problems"]
    assert placeholders(problems["sentence"]) <= {"name", "value", "reason", "instead"}
    assert placeholders(problems["unknown"]) <= {"options"}
    assert placeholders(problems["range"]) <= {"low", "high"}
    assert placeholders(problems["outside"]) <= {"w_min", "w_max", "b_min", "b_max"}
    assert placeholders(problems["repeated"]) <= {"count"}
    assert placeholders(problems["step"]) <= {"end"}
    assert placeholders(problems["stranger"]) <= {"name"}
