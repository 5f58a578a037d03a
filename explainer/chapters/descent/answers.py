"""The numbers behind the tasks' answers, computed from the data that the visitor is looking at."""

from dataclasses import dataclass

import numpy as np

from explainer.maths import linear
from explainer.maths.checks import FloatArray
from explainer.maths.descent import descend
from explainer.maths.logistic import LOG_LOSS

LONG_WALK = 20_000  # iterations: enough for a tenth of a middling learning rate to arrive


@dataclass(frozen=True)
class TenfoldRate:
    """Two walks, one with a tenth of the other's learning rate; steps None where it does not arrive."""

    fast_rate: float
    slow_rate: float
    steps_fast: int | None
    steps_slow: int | None


@dataclass(frozen=True)
class Leap:
    """The first step that raised the cost: from `before` to `after`; `step` None if no step did."""

    learning_rate: float
    step: int | None
    before: float
    after: float


@dataclass(frozen=True)
class Bound:
    """The largest log loss of a wild walk, the bound on its |dw|, and the straight line's last cost."""

    learning_rate: float
    num_iterations: int
    largest_cost: float
    slope_bound: float
    line_rate: float
    line_cost: float


def tenfold_rate(
    X: FloatArray, Y: FloatArray, start: tuple[float, float], fast_rate: float = 1.0
) -> TenfoldRate:
    """How many steps until the cost is within 0.1 % of the best of a long walk, with two learning rates."""
    w, b = start
    target = float(np.nanmin(descend(X, Y, fast_rate, LONG_WALK, [w], b).costs)) * 1.001
    steps = []
    for rate in (fast_rate, fast_rate / 10):
        arrived = descend(X, Y, rate, LONG_WALK, [w], b).costs <= target
        steps.append(int(np.argmax(arrived)) if arrived.any() else None)
    return TenfoldRate(fast_rate, fast_rate / 10, steps[0], steps[1])


def first_leap(X: FloatArray, Y: FloatArray, start: tuple[float, float], learning_rate: float) -> Leap:
    """The first step that raises the log loss, within 500."""
    costs = descend(X, Y, learning_rate, 500, [start[0]], start[1]).costs
    rises = np.flatnonzero(np.diff(costs) > 0)
    if rises.size == 0:
        return Leap(learning_rate, None, float("nan"), float("nan"))
    step = int(rises[0])
    return Leap(learning_rate, step + 1, float(costs[step]), float(costs[step + 1]))


def bounded(
    X: FloatArray, Y: FloatArray, start: tuple[float, float], learning_rate: float, line_rate: float
) -> Bound:
    """|dw| = |mean of (a - y) x| <= mean |x| for the log loss; the straight line has no such bound."""
    count = 100
    wild = descend(X, Y, learning_rate, count, [start[0]], start[1], LOG_LOSS).costs
    line = descend(X, Y, line_rate, count, [start[0]], start[1], linear.SQUARED_ERROR).costs
    return Bound(learning_rate, count, float(wild.max()), float(np.abs(X).mean()), line_rate, float(line[-1]))
