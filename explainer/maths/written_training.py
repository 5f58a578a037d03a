"""Logistic regression trained by a reader's own lines: initialize, propagate, optimize, predict."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks
from explainer.maths.assignment import EXERCISES, RIGHT, check
from explainer.maths.checks import FloatArray, InputError, freeze_fields
from explainer.maths.written_lines import LineError, lines

PARTS: Final = ("initialize", "propagate", "optimize", "predict")
"""The exercises whose lines make a training."""
MOST_ITERATIONS: Final = 2000


@dataclass(frozen=True, eq=False)
class WrittenTraining:
    """What a reader's lines have trained: w (n_x, 1), b, and the costs (T+1,) of every step; read-only.

    `predictions` (1, m) are what the reader's lines predict with them, 0 or 1.
    """

    w: FloatArray
    b: float
    costs: FloatArray
    predictions: FloatArray

    def __post_init__(self) -> None:
        freeze_fields(self, "w", "costs", "predictions")


def train_as_written(
    written: Mapping[str, str], X: ArrayLike, Y: ArrayLike, learning_rate: float, num_iterations: int
) -> WrittenTraining:
    """Trains with these lines, a text for each of the `PARTS`, on X (n_x, m), Y (1, m).

    `InputError` ``unfinished`` (name) if an exercise's lines are not right yet, ``iterations`` (found, most);
    `LineError` if lines that are right for small inputs are too much for these.
    """
    X, Y = checks.examples(X, Y)
    steps = checks.whole("num_iterations", num_iterations)
    if steps > MOST_ITERATIONS:
        raise InputError("iterations", found=steps, most=MOST_ITERATIONS)
    for name in PARTS:
        if not _is_right(name, written.get(name, "")):
            raise InputError("unfinished", name=name)
    data = {"X": X, "Y": Y}
    here = _Part("initialize", written)({"dim": X.shape[0]})
    propagate, optimize = _Part("propagate", written), _Part("optimize", written)
    J = np.empty(steps + 1)
    for t in range(steps + 1):
        found = propagate({"w": here["w"], "b": here["b"], **data})
        J[t] = found["cost"]
        if t < steps:
            slopes = {"dw": found["dw"], "db": found["db"], "learning_rate": learning_rate}
            here = optimize({"w": here["w"], "b": here["b"], **slopes})
    said = _Part("predict", written)({"w": here["w"], "b": here["b"], "X": X})["Y_prediction"]
    return WrittenTraining(here["w"], float(here["b"]), J, np.asarray(said, dtype=np.float64))


def _is_right(name: str, text: str) -> bool:
    try:
        return check(EXERCISES[name], text).kind == RIGHT
    except LineError:
        return False


class _Part:
    """One exercise's lines, read once and computed at every step."""

    def __init__(self, name: str, written: Mapping[str, str]) -> None:
        self.lines = lines(written[name], dict.fromkeys(EXERCISES[name].given))

    def __call__(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return self.lines.run(given).names
