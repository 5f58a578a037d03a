"""The exercises: right lines pass, likely wrong lines are recognised, and what differs is named."""

from typing import Any

import numpy as np
import pytest

from explainer.maths import logistic
from explainer.maths import numpy_basics as basics
from explainer.maths.assignment import (
    EXERCISES,
    RIGHT,
    Difference,
    Exercise,
    check,
    compare,
    shown_values,
    wrong_places,
)
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import descend
from explainer.maths.written_lines import LineError, evaluate, lines

EVERY = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.name)


def test_the_exercises_stand_in_the_courses_order() -> None:
    assert list(EXERCISES) == [
        "sigmoid", "sigmoid_derivative", "image2vector", "normalize_rows", "softmax",
        "dot", "outer", "elementwise", "general_dot", "L1", "L2",
        "initialize", "propagate", "optimize", "predict",
    ]  # fmt: skip


@EVERY
def test_the_right_lines_are_right_and_inputs_are_hidden(exercise: Exercise) -> None:
    assert check(exercise, exercise.lines).kind == RIGHT
    assert len(exercise.cases) >= 2
    assert all(tuple(given) == exercise.given for given in exercise.cases.values())
    for given in exercise.cases.values():
        found = lines(exercise.lines, given).run(given)
        assert found.warnings == () and set(exercise.wanted) <= set(found.names)


@EVERY
def test_every_mistake_is_recognised_as_itself(exercise: Exercise) -> None:
    assert set(exercise.also) <= set(exercise.mistakes)
    for name, wrong in (*exercise.mistakes.items(), *exercise.also.items()):
        assert check(exercise, wrong).kind == name


@EVERY
def test_the_shown_values_are_those_of_the_right_lines_for_the_first_input(exercise: Exercise) -> None:
    found = evaluate(exercise.lines, next(iter(exercise.cases.values())))
    shown = shown_values(exercise)
    assert tuple(shown) == exercise.wanted
    for name, value in shown.items():
        assert wrong_places(value, found[name]) is None


def test_wrong_places_are_those_that_differ() -> None:
    expected = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert wrong_places(expected, expected + 1e-12) is None
    found = wrong_places(expected, np.array([[1.0, 2.5], [3.0, 4.0]]))
    assert found is not None and found.tolist() == [[False, True], [False, False]]
    for other in (expected[0], expected[:1] * 2, np.float64(3)):
        places = wrong_places(expected, other)
        assert places is not None and places.all() and places.shape == np.shape(other)
    booleans = wrong_places(np.array([1, 0]), np.array([True, False]))
    assert booleans is not None and booleans.all(), "the numbers are right, their type is not"
    number = wrong_places(2.0, 2.5)
    assert number is not None and number.shape == () and bool(number)
    assert wrong_places(2.0, [1, 2]) is not None, "a list is no array"


TAUGHT: dict[str, Any] = {
    "sigmoid": basics.sigmoid, "sigmoid_derivative": basics.sigmoid_derivative,
    "image2vector": basics.image2vector, "normalize_rows": basics.normalize_rows,
    "softmax": basics.softmax, "dot": basics.dot, "outer": basics.outer,
    "elementwise": basics.elementwise, "general_dot": basics.general_dot,
    "L1": basics.l1, "L2": basics.l2,
}  # fmt: skip


@pytest.mark.parametrize("name", TAUGHT)
def test_the_right_lines_are_what_the_chapter_teaches(name: str) -> None:
    exercise = EXERCISES[name]
    for given in exercise.cases.values():
        found = evaluate(exercise.lines, given)[exercise.wanted[0]]
        assert np.allclose(found, TAUGHT[name](*given.values()))


def test_the_right_lines_are_logistic_regression() -> None:
    """Four exercises make a training: the same as `descend`, step by step."""
    X, Y, rate = standardise(DATASETS["hours"].X).X, DATASETS["hours"].Y, 0.7
    here = evaluate(EXERCISES["initialize"].lines, {"dim": 1})
    run = descend(X, Y, rate, 60)
    for step in range(61):
        slopes = evaluate(EXERCISES["propagate"].lines, {**here, "X": X, "Y": Y})
        assert slopes["cost"] == pytest.approx(run.costs[step])
        known = {**here, "dw": slopes["dw"], "db": slopes["db"], "learning_rate": rate}
        if step < 60:
            here = evaluate(EXERCISES["optimize"].lines, known)
    said = evaluate(EXERCISES["predict"].lines, {**here, "X": X})["Y_prediction"]
    assert np.array_equal(said, logistic.predict(here["w"], here["b"], X))


PASS = """A = 1 / (1 + np.exp(-(w.T @ X + b)))
cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / X.shape[1]"""
LOOP = """A = 1 / (1 + np.exp(-(w.T @ X + b)))
Y_prediction = np.zeros((1, X.shape[1]))
for i in range(A.shape[1]):
    if A[0, i] > 0.5:
        Y_prediction[0, i] = 1"""
LIKELY = [
    ("softmax", "e = np.exp(x)\ns = e / e.sum(axis=1, keepdims=True)", "no_maximum"),
    ("softmax", "e = np.exp(x - x.max())\ns = e / np.sum(e)", "no_axis"),
    ("softmax", "e = np.exp(x - np.max(x, axis=1, keepdims=True))\ns = e / e.sum(axis=1)", "no_keepdims"),
    ("normalize_rows", "y = x / np.linalg.norm(x, axis=1, keepdims=True)", "zero_row"),
    ("image2vector", "v = image.reshape((1, image.size))", "row"),
    ("sigmoid", "s = 1 / (1 + np.exp(x))", "sign"),
    ("L2", "loss = np.sqrt(np.sum((yhat - y) ** 2))", "rooted"),
    ("L1", "loss = np.sum(yhat - y)", "signed"),
    ("propagate", f"{PASS}\ndw = X @ (A - Y).T\ndb = (A - Y).sum()", "no_mean"),
    ("optimize", "w += learning_rate * dw\nb += learning_rate * db", "uphill"),
    ("predict", "Y_prediction = 1 / (1 + np.exp(-(w.T @ X + b))) > 0.5", "booleans"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "kind"), LIKELY)
def test_the_most_likely_wrong_lines_each_get_their_own_reply(name: str, text: str, kind: str) -> None:
    assert check(EXERCISES[name], text).kind == kind


RIGHT_TOO = [
    ("sigmoid", "s = np.exp(x) / (np.exp(x) + 1)"),
    ("sigmoid_derivative", "e = np.exp(-x)\nds = e / (1 + e) ** 2"),
    ("image2vector", "v = image.reshape(-1, 1)"),
    ("normalize_rows", "n = np.sqrt((x ** 2).sum(axis=1, keepdims=True))\ny = x / np.maximum(n, 1e-300)"),
    ("softmax", "e = np.exp((x.T - x.max(axis=1)).T)\ns = (e.T / e.sum(axis=1)).T"),
    ("L1", "loss = 0\nfor i in range(len(y)):\n    loss += abs(y[i] - yhat[i])"),
    ("L2", "loss = ((y - yhat) ** 2).sum()"),
    ("initialize", "b = 0\nw = np.zeros(shape=(dim, 1))"),
    ("optimize", "w -= learning_rate * dw\nb -= learning_rate * db"),
    ("predict", LOOP),
    ("propagate", f"{PASS}\nm = Y.size\ndw = X @ (A - Y).T / m\ndb = (A - Y).mean()"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), RIGHT_TOO)
def test_other_ways_to_write_it_are_right_as_well(name: str, text: str) -> None:
    assert check(EXERCISES[name], text).kind == RIGHT


def test_hidden_inputs_find_what_the_example_does_not() -> None:
    reply = check(EXERCISES["softmax"], "e = np.exp(x)\ns = e / np.sum(e, axis=1, keepdims=True)")
    assert (reply.case, reply.name) == ("a thousand", "s")
    turned = "e = np.exp(x - x.max())\nt = e.sum(axis=1)\ns = e / (t if len(x) == len(x.T) else t[:, None])"
    reply = check(EXERCISES["softmax"], turned)
    assert (reply.case, reply.name) == ("square", "s")


def test_lines_that_cannot_be_computed_are_said_so() -> None:
    for text in ("s = ", "s = y", "s = x.y", "s = __import__"):
        with pytest.raises(LineError):
            check(EXERCISES["sigmoid"], text)


# ---- what differs

COLUMN = np.array([[1.0], [2.0], [3.0]])
SHARES = np.array([[0.2, 0.8], [0.6, 0.4]])


@pytest.mark.parametrize(
    ("expected", "got", "kind", "details"),
    [
        (COLUMN, None, "missing", {}),
        (COLUMN, [1, 2], "type", {"found": "list"}),
        (COLUMN, COLUMN[:2], "shape", {"wanted": (3, 1), "found": (2, 1)}),
        (COLUMN, COLUMN[:, 0], "shape", {"wanted": (3, 1), "found": (3,)}),
        (COLUMN, 2.0, "shape", {"wanted": (3, 1), "found": ()}),
        (COLUMN, COLUMN.T, "axis", {"wanted": (3, 1), "found": (1, 3)}),
        (SHARES, SHARES.T, "axis", {"wanted": (2, 2), "found": (2, 2)}),
        (SHARES, np.array([[0.3, 0.9], [0.7, 0.1]]), "axis", {"wanted": (2, 2), "found": (2, 2)}),
        (np.array([1, 0]), np.array([True, False]), "dtype", {"wanted": "int64", "found": "bool"}),
        (COLUMN + 0.5, COLUMN.astype(int), "dtype", {"wanted": "float64", "found": "int64"}),
        (COLUMN, 3 * COLUMN, "value",
         {"place": (0, 0), "wanted": 1.0, "found": 3.0, "count": 3, "total": 3, "factor": 3.0}),
        (2.0, 3.0, "value", {"place": (), "wanted": 2.0, "found": 3.0, "count": 1, "total": 1}),
        (2.0, -2.0, "value",
         {"place": (), "wanted": 2.0, "found": -2.0, "count": 1, "total": 1, "factor": -1.0}),
        (np.array([0.0, 2.0]), np.array([1.0, 2.0]), "value",
         {"place": (0,), "wanted": 0.0, "found": 1.0, "count": 1, "total": 2}),
    ],
)  # fmt: skip
def test_what_differs_is_named(expected: Any, got: Any, kind: str, details: Any) -> None:
    found = compare(expected, got)
    assert found is not None and (found.kind, dict(found.details)) == (kind, details)


def test_nothing_differs_within_rounding() -> None:
    assert compare(COLUMN, COLUMN * (1 + 1e-9)) is None
    assert compare(3, 3.0) is None and compare(np.array([1, 0]), np.array([1.0, 0.0])) is None


def test_a_warning_differs_even_where_the_numbers_do_not() -> None:
    assert compare(1.0, 1.0, ["overflow"]) == Difference("warning", {"warning": "overflow"})
    assert compare(COLUMN, COLUMN * np.nan, ["invalid"]) == Difference("warning", {"warning": "invalid"})
    assert compare(COLUMN, COLUMN * np.nan).kind == "value"  # type: ignore[union-attr]
