"""A training by a reader's own lines is gradient descent, step by step."""

import numpy as np
import pytest

from explainer.maths import logistic
from explainer.maths.assignment import EXERCISES
from explainer.maths.checks import InputError
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import descend
from explainer.maths.training import train
from explainer.maths.written_lines import LineError
from explainer.maths.written_training import MOST_ITERATIONS, PARTS, train_as_written
from explainer.pictures import bundled, to_columns
from explainer.ui.typed_text import problem_text
from explainer.words import COMMON

WRITTEN = {name: EXERCISES[name].lines for name in PARTS}
X, Y = standardise(DATASETS["hours"].X).X, DATASETS["hours"].Y


def test_right_lines_descend() -> None:
    found, run = train_as_written(WRITTEN, X, Y, 0.7, 200), descend(X, Y, 0.7, 200)
    assert np.abs(found.costs - run.costs).max() < 1e-10
    assert found.w[:, 0] == pytest.approx(run.w[-1]) and found.b == pytest.approx(run.b[-1])
    assert np.array_equal(found.predictions, logistic.predict(found.w, found.b, X))


def test_other_right_lines_do_the_same() -> None:
    own = WRITTEN | {
        "initialize": "b = 0\nw = np.zeros((dim, 1))",
        "optimize": "w -= learning_rate * dw\nb -= learning_rate * db",
    }
    assert np.array_equal(
        train_as_written(own, X, Y, 0.7, 9).costs, train_as_written(WRITTEN, X, Y, 0.7, 9).costs
    )


def test_it_runs_on_the_drawings() -> None:
    drawings = bundled().of_families("fluent-emoji")
    pictures, labels = to_columns(drawings.pictures), drawings.Y
    assert pictures.size > 10**5
    found, (run,) = (
        train_as_written(WRITTEN, pictures, labels, 0.001, 12),
        train(pictures, labels, [0.001], 12),
    )
    assert np.abs(found.costs - run.costs).max() < 1e-9
    assert np.abs(found.w - run.w).max() < 1e-9


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("text", ["", "w = (", "w = 1", "mistake"])
def test_lines_that_are_not_right_do_not_train(name: str, text: str) -> None:
    wrong = next(iter(EXERCISES[name].mistakes.values())) if text == "mistake" else text
    with pytest.raises(InputError) as problem:
        train_as_written(WRITTEN | {name: wrong}, X, Y, 0.7, 5)
    assert name in problem_text(problem.value, COMMON["assignment"])
    assert (problem.value.kind, problem.value.details) == ("unfinished", {"name": name})


def test_what_is_too_much_is_refused() -> None:
    with pytest.raises(InputError) as problem:
        train_as_written(WRITTEN, X, Y, 0.7, MOST_ITERATIONS + 1)
    assert problem.value.kind == "iterations"
    slow = WRITTEN | {"predict": WRITTEN["predict"] + "\nfor i in range(2 * X.shape[1]): pass"}
    many = np.ones((1, 30_000))
    with pytest.raises(LineError) as problem:
        train_as_written(slow, many, many, 0.7, 1)
    assert problem.value.kind == "steps"
