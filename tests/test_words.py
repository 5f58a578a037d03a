"""The app's words: every text can be filled, every scene shown, every task answered."""

import re
from string import Formatter

import pytest

from explainer.answers import Bound, Leap, TenfoldRate
from explainer.datasets import DATASETS
from explainer.ui import cached, controls, sentences
from explainer.ui.settings import Setting
from explainer.words import CHAPTERS, COMMON, HERE, Words, words

NO_STEPS = (
    TenfoldRate(1.0, 0.1, None, None),
    Leap(100.0, None, float("nan"), float("nan")),
    Bound(100.0, 100, 1.0, 0.8, 1.2, float("inf")),
)
DESCENT_SETTINGS = {
    setting.name: setting
    for setting in (
        controls.DATA,
        controls.MODEL,
        controls.LEARNING_RATE,
        controls.ITERATIONS,
        controls.STEP,
        controls.VIEW,
        controls.COMPARE,
    )
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


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
    assert said.tasks


@pytest.mark.parametrize("chapter", ["home", *CHAPTERS])
def test_tasks_can_be_answered(chapter: str) -> None:
    for task in words(chapter).tasks:
        assert 0 <= task.right < len(task.options)
        assert len(set(task.options)) == len(task.options) >= 2
        assert task.ask.strip() and task.answer.strip()


def names_of(scenes: Words) -> list[str]:
    return [scene.name for scene in scenes.scenes]


def test_scenes_are_valid_states() -> None:
    scenes = words("descent").scenes
    assert scenes and len({scene.name for scene in scenes}) == len(scenes)
    for scene in scenes:
        assert scene.sentence.strip()
        assert set(scene.state) <= controls.DESCENT
        assert {"data", "model", "start", "learning_rate", "iterations", "step"} <= set(scene.state)
        start = controls.start_setting(scene.state["data"], scene.state["model"])
        for name, text in scene.state.items():
            setting: Setting = DESCENT_SETTINGS.get(name, start)
            assert setting.write(setting.read(text)) == text
        assert int(scene.state["step"]) <= int(scene.state["iterations"])


@pytest.mark.parametrize("data", DATASETS)
def test_every_task_of_descent_can_be_filled(data: str) -> None:
    start = controls.start_setting(data, "sigmoid").default
    for answers in (cached.descent_answers(data, start), NO_STEPS):
        numbers = sentences.descent_tasks(*answers)
        for task in words("descent").tasks:
            for text in (task.ask, task.answer, task.otherwise):
                assert placeholders(text) <= set(numbers)
            assert not any(numbers[name] is None for name in placeholders(task.ask))
            if any(numbers[name] is None for name in placeholders(task.answer)):
                assert task.otherwise.strip()
                assert not any(numbers[name] is None for name in placeholders(task.otherwise))


@pytest.mark.parametrize("model", ["sigmoid", "line"])
@pytest.mark.parametrize("data", DATASETS)
def test_the_sentences_of_descent_can_be_filled(data: str, model: str) -> None:
    text = sentences.descent_units(cached.descent_scenery(data, model))
    assert "{" not in text and "nan" not in text
    assert "{" not in sentences.descent_lead()


def test_the_figure_of_descent_asks_only_for_what_is_there() -> None:
    """Its texts are templates for the browser: ``{name+1@control:format}``."""
    tables = ("w", "b", "cost", "dw", "db", "slope", "intercept", "verdict", "verdict_step", "start_cost")
    known = {"learning_rate", "iterations", "step", "line", "title", *tables}
    for text in words("descent").figure.values():
        for name in re.findall(r"\{([^{}]*)\}", text):
            found = re.fullmatch(r"([a-z_0-9]+)(\+\d+)?(@([a-z_0-9]+))?(:p?\+?(\.\d+)?[fgd]?)?", name)
            assert found, text
            assert found.group(1) in known, text
            assert found.group(4) in {None, "iterations"}, text


def test_problems_can_be_said() -> None:
    problems = COMMON["problems"]
    assert placeholders(problems["sentence"]) <= {"name", "value", "reason", "instead"}
    assert placeholders(problems["unknown"]) <= {"options"}
    assert placeholders(problems["range"]) <= {"low", "high"}
    assert placeholders(problems["outside"]) <= {"w_min", "w_max", "b_min", "b_max"}
    assert placeholders(problems["repeated"]) <= {"count"}
    assert placeholders(problems["step"]) <= {"end"}
    assert placeholders(problems["stranger"]) <= {"name"}
