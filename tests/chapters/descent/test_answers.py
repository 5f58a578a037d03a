"""The numbers behind the tasks, against slow walks done by hand."""

import numpy as np
import pytest

from explainer.chapters.descent.answers import bounded, first_leap, tenfold_rate
from explainer.maths import linear, logistic
from explainer.maths.datasets import DATASETS, standardise

LAUNCHES = DATASETS["challenger"]
X, Y = standardise(LAUNCHES.X).X, LAUNCHES.Y
START = (3.0, 3.0)


def walk(learning_rate: float, steps: int, objective=logistic.LOG_LOSS) -> list[float]:
    """The plain loop: costs of a walk from START."""
    w, b = np.array([[START[0]]]), START[1]
    costs = [objective.cost(w, b, X, Y)]
    for _ in range(steps):
        dw, db = objective.gradients(w, b, X, Y)
        w, b = w - learning_rate * dw, b - learning_rate * db
        costs.append(objective.cost(w, b, X, Y))
    return costs


def test_a_tenth_of_the_rate_takes_about_ten_times_as_many_steps() -> None:
    answer = tenfold_rate(X, Y, START, fast_rate=1.0)
    least = logistic.cost(*best(), X, Y)
    fast, slow = walk(1.0, 60), walk(0.1, 500)
    assert answer.steps_fast == next(k for k, cost in enumerate(fast) if cost <= 1.001 * least)
    assert answer.steps_slow == next(k for k, cost in enumerate(slow) if cost <= 1.001 * least)
    assert answer.steps_slow / answer.steps_fast == pytest.approx(10, rel=0.1)


def best() -> tuple[np.ndarray, float]:
    fit = logistic.fit(X, Y)
    return fit.w, fit.b


def test_separable_data_have_nowhere_to_arrive() -> None:
    data = DATASETS["separable"]
    answer = tenfold_rate(standardise(data.X).X, data.Y, START)
    assert answer.steps_slow is None


def test_the_first_leap_is_the_first_rise() -> None:
    costs = walk(100.0, 20)
    step = next(k for k in range(20) if costs[k + 1] > costs[k])
    leap = first_leap(X, Y, START, 100.0)
    assert leap.step == step + 1
    assert (leap.before, leap.after) == pytest.approx((costs[step], costs[step + 1]))


def test_a_short_step_never_leaps() -> None:
    assert first_leap(X, Y, START, 0.1).step is None


def test_the_log_loss_stays_within_its_bound_and_the_line_does_not() -> None:
    answer = bounded(X, Y, START, 100.0, 1.2)
    assert answer.largest_cost == pytest.approx(max(walk(100.0, answer.num_iterations)))
    assert answer.line_cost == pytest.approx(walk(1.2, answer.num_iterations, linear.SQUARED_ERROR)[-1])
    assert answer.slope_bound == pytest.approx(np.mean(np.abs(X)))
    for w, b in np.random.default_rng(7).uniform(-50, 50, (200, 2)):
        assert abs(logistic.gradients([w], b, X, Y).dw.item()) <= answer.slope_bound
    assert answer.line_cost > 1e20 > answer.largest_cost
