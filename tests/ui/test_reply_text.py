"""Every reply to written lines is a sentence."""

import numpy as np
import pytest

from explainer.maths.assignment import EXERCISES, Difference, Exercise, check, compare
from explainer.ui.reply_text import difference_text, reply_text
from explainer.words import COMMON

EVERY = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.name)
SAID = COMMON["assignment"]


@EVERY
def test_every_mistake_and_every_input_has_its_words(exercise: Exercise) -> None:
    said = SAID["exercises"][exercise.name]
    assert set(said["mistakes"]) == set(exercise.mistakes) and said["task"].endswith(".")
    assert set(exercise.cases) <= set(SAID["cases"])
    for name, wrong in exercise.mistakes.items():
        text = reply_text(exercise.name, check(exercise, wrong))
        assert text.startswith("With ") and said["mistakes"][name] in text and "{" not in text
    assert reply_text(exercise.name, check(exercise, exercise.lines)) == SAID["right"]


def test_no_words_are_left_over() -> None:
    assert set(SAID["exercises"]) == set(EXERCISES)
    assert set(SAID["cases"]) == {case for exercise in EXERCISES.values() for case in exercise.cases}


def test_what_differs_is_a_sentence() -> None:
    column, square = np.array([[1.0], [2.0]]), np.array([[0.2, 0.8], [0.6, 0.4]])
    found = {
        "missing": compare(column, None),
        "type": compare(column, (1, 2)),
        "shape": compare(column, column[:, 0]),
        "axis": compare(column, column.T),
        "axis_same": compare(square, square.T),
        "dtype": compare(np.array([1, 0]), np.array([True, False])),
        "value": compare(column, column + 1),
        "value_number": compare(1.0, 2.0),
        "value_factor": compare(column, 3 * column),
        "value_sign": compare(column, -column),
        **{f"warning_{kind}": compare(1.0, 1.0, [kind]) for kind in ("overflow", "divide", "invalid")},
    }
    assert set(found) == set(SAID["differences"])
    for key, difference in found.items():
        assert isinstance(difference, Difference)
        text, template = difference_text(difference), SAID["differences"][key]
        assert text.startswith(template.partition("{")[0]) and "{" not in text
    assert "3 times" in difference_text(found["value_factor"])  # type: ignore[arg-type]


def test_an_unknown_mistake_is_said_with_its_name_and_its_input() -> None:
    text = reply_text("L1", check(EXERCISES["L1"], "loss = 2"))
    assert text == "With five predictions: `loss`: it is 2, and should be 1.1."
