"""The twelve exercises and how answers are read: right ones in any spelling, every known mistake refused."""

import math
import warnings

import numpy as np
import pytest

from explainer.chapters.numpy_basics.exercises import (
    EXERCISES,
    OTHER,
    RIGHT,
    UNREADABLE,
    Exercise,
    line_of,
    next_open,
    question_text,
    verdict_text,
)
from explainer.maths import numpy_basics
from explainer.words import COMMON, words
from tests.opening import placeholders

VALUES = {name: exercise for name, exercise in EXERCISES.items() if exercise.kind == "value"}
SHAPES = {name: exercise for name, exercise in EXERCISES.items() if exercise.kind == "shape"}
SAID = words("numpy_basics")
LINES = {name: exercise for name, exercise in EXERCISES.items() if exercise.kind == "line"}


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_is_about_its_own_function(name: str) -> None:
    assert EXERCISES[name].function is getattr(numpy_basics, name)
    assert len(EXERCISES[name].others) >= 3


def test_the_answers_are_these() -> None:
    assert {name: exercise.answer for name, exercise in SHAPES.items()} == {
        "image2vector": (12288, 1),
        "outer": (3, 5),
        "general_dot": (4,),
    }
    assert {name: exercise.answer for name, exercise in VALUES.items()} == pytest.approx(
        {"basic_sigmoid": 0.5, "sigmoid_derivative": 0.25, "softmax": 0.25, "dot": 32, "l1": 0.8}
    )
    assert {name: [line_of(get) for line, get in exercise.others.items() if exercise.is_right_line(line)]
            for name, exercise in LINES.items()} == {
        "sigmoid": ["1 / (1 + np.exp(-x))"],
        "normalize_rows": ["x / np.linalg.norm(x, axis=1, keepdims=True)"],
        "elementwise": ["x1 * x2"],
        "l2": ["np.dot(y - yhat, y - yhat)"],
    }  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_a_right_value_is_accepted_however_it_is_written(name: str) -> None:
    exercise = VALUES[name]
    answer = exercise.answer
    short = f"{answer:g}"
    for text in (
        f"{answer}",
        f" {answer:.3f} ",
        f"{answer:.6e}",
        short.replace(".", ","),
        f"+{short}",
        f"{2 * answer:g}/2",
        f"{short} / 1",
    ):
        assert exercise.check(text) == RIGHT, text


@pytest.mark.parametrize("name", VALUES)
def test_every_known_mistake_is_known(name: str) -> None:
    exercise = VALUES[name]
    for mistake, get in exercise.others.items():
        for value in np.ravel(get(*exercise.arguments)):
            assert exercise.check(f"{value:.6g}") == mistake
            assert exercise.check(f"{value:.2g}") == mistake
    assert exercise.check("-7.7") == exercise.check("123456") == OTHER
    for text in ("", "  ", "five", "1/0", "1/", "[1, 2]", "inf", "__import__('os')", "1" * 100):
        assert exercise.check(text) == UNREADABLE, text


@pytest.mark.parametrize("name", EXERCISES)
def test_every_wrong_answer_has_its_own_explanation(name: str) -> None:
    exercise, said = EXERCISES[name], SAID.cards[name]
    mistakes = [
        other for other in exercise.others if exercise.kind != "line" or not exercise.is_right_line(other)
    ]
    assert set(said["wrong"]) == set(mistakes)
    assert len(set(said["wrong"].values())) == len(mistakes)
    for mistake in mistakes:
        given = mistake
        if exercise.kind != "line":
            result = exercise.others[mistake](*exercise.arguments)
            given = str(result) if exercise.kind == "shape" else f"{np.ravel(result)[0]:g}"
        told = verdict_text(name, given)
        assert told == f"**{COMMON['frame']['wrong']}** {said['wrong'][mistake]}"
    if exercise.kind == "line":
        return
    assert verdict_text(name, "777") == f"**{COMMON['frame']['wrong']}** {said['other']}"
    assert verdict_text(name, "what?") == SAID.text[f"unreadable_{exercise.kind}"]
    assert exercise.check(str(exercise.answer)) == RIGHT
    assert placeholders(said["right"]) <= {"answer"}
    assert "{" not in verdict_text(name, str(exercise.answer))


@pytest.mark.parametrize("name", EXERCISES)
def test_every_question_can_be_asked(name: str) -> None:
    asked = question_text(name)
    assert "{" not in asked and "..." not in asked
    assert question_text("outer").startswith("x1 has shape (3,), x2 has shape (5,)")
    assert "yhat is [0.9, 0.2, 0.5], y is [1, 0, 1]" in question_text("l1")


def test_the_next_card_is_the_next_that_is_not_done() -> None:
    names = list(EXERCISES)
    assert next_open(names[0], {names[0]}) == names[1]
    assert next_open(names[3], {names[3], names[4]}) == names[5]
    assert next_open(names[-1], {names[-1], names[0]}) == names[1]
    assert next_open(names[-1], set(names)) is None


def test_nan_is_a_mistake_of_softmax_only() -> None:
    assert {name: exercise.check("NaN") for name, exercise in VALUES.items()} == {
        name: "overflown" if name == "softmax" else OTHER for name in VALUES
    }


@pytest.mark.parametrize("name", SHAPES)
def test_a_right_shape_is_accepted_however_it_is_written(name: str) -> None:
    exercise = SHAPES[name]
    sizes = [str(size) for size in exercise.answer]
    plain = ", ".join(sizes) + ("," if len(sizes) == 1 else "")
    for text in (
        str(exercise.answer),
        plain,
        f"[{plain}]",
        " x ".join(sizes),
        "×".join(sizes),
        " ".join(sizes),
        f"( {','.join(sizes)} )",
    ):
        assert exercise.check(text) == RIGHT, text


@pytest.mark.parametrize("name", SHAPES)
def test_every_known_wrong_shape_is_known(name: str) -> None:
    exercise = SHAPES[name]
    for mistake, get in exercise.others.items():
        assert exercise.check(str(get(*exercise.arguments))) == mistake
    assert exercise.check("(7, 7, 7)") == OTHER
    for text in ("", "?", "3 by 5", "3,,4", "-3, 5", "3.0, 5", "9" * 40):
        assert exercise.check(text) == UNREADABLE, text


@pytest.mark.parametrize("name", LINES)
def test_one_line_is_right_and_every_other_is_not(name: str) -> None:
    exercise = LINES[name]
    verdicts = {line: exercise.check(line) for line in exercise.others}
    assert list(verdicts.values()).count(RIGHT) == 1
    assert all(verdict in (RIGHT, line) for line, verdict in verdicts.items())
    assert len({line_of(get) for get in exercise.others.values()}) == len(exercise.others)


@pytest.mark.parametrize("name", EXERCISES)
def test_no_mistake_looks_like_another_or_like_the_answer(name: str) -> None:
    exercise = EXERCISES[name]
    if exercise.kind == "line":
        return
    seen = [exercise.answer, *(get(*exercise.arguments) for get in exercise.others.values())]
    for k, first in enumerate(seen):
        for second in seen[:k]:
            if exercise.kind == "shape":
                assert first != second
            else:
                assert not np.isclose(np.ravel(first)[:, None], np.ravel(second), rtol=0.02).any()


def test_mistakes_do_not_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for exercise in EXERCISES.values():
            for name, get in exercise.others.items():
                if exercise.kind == "line":
                    exercise.check(name)
                else:
                    get(*exercise.arguments)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("(18, 1)", (18, 1)),
        ("18,1", (18, 1)),
        ("18 x 1", (18, 1)),
        ("18×1", (18, 1)),
        ("[18 1]", (18, 1)),
        ("(3,)", (3,)),
        ("3", (3,)),
        ("(3)", (3,)),
        ("()", ()),
        ("( 2 , 3 , 4 )", (2, 3, 4)),
        ("", None),
        (" ", None),
        ("a, b", None),
        ("3;4", None),
        ("(3, 4))", None),
        ("-3", None),
        ("3.5, 1", None),
        ("٣, 4", None),
        ("9" * 10, None),
    ],
)
def test_shapes_are_read(text: str, shape: tuple[int, ...] | None) -> None:
    made = Exercise("shape", np.zeros, ((7, 7) if shape is None else shape,), {})
    assert made.check(text) == (UNREADABLE if shape is None else RIGHT)


def test_a_made_up_exercise() -> None:
    made = Exercise("value", math.sqrt, (2.0,), {"squared": lambda x: x * x})
    assert [made.check(text) for text in ("1.414", "1.41", "1.4", "4", "x")] == [
        RIGHT,
        RIGHT,
        OTHER,
        "squared",
        UNREADABLE,
    ]
