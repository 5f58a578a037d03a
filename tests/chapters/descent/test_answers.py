"""The numbers behind the tasks, against slow walks done by hand."""

import math

import numpy as np
import pytest

from explainer.chapters.descent.answers import (
    COUNT,
    LARGEST_RATE,
    LINE_RATE,
    STEP_RATE,
    answers,
    asked_step,
    first_rise,
    slope_bound,
    steps_needed,
)
from explainer.maths import linear, logistic
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import descend
from explainer.maths.landscape import map_window
from explainer.maths.surface import Window
from explainer.words import words

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
    steps = steps_needed(X, Y, START)
    least = logistic.cost(*best(), X, Y)
    for found, costs in zip(steps, (walk(1.0, 60), walk(0.1, 500)), strict=True):
        assert found == next(k for k, cost in enumerate(costs) if cost <= 1.001 * least)
    assert steps[1] / steps[0] == pytest.approx(10, rel=0.1)


def best() -> tuple[np.ndarray, float]:
    fit = logistic.fit(X, Y)
    return fit.w, fit.b


def test_separable_data_have_nowhere_to_arrive() -> None:
    data = DATASETS["separable"]
    assert steps_needed(standardise(data.X).X, data.Y, START)[1] is None


def test_the_first_rise_is_that_of_the_loop() -> None:
    costs = walk(100.0, 20)
    step = next(k for k in range(20) if costs[k + 1] > costs[k])
    rise = first_rise(X, Y, START, 100.0)
    assert rise.step == step + 1
    assert (rise.before, rise.after) == pytest.approx((costs[step], costs[step + 1]))


@pytest.mark.parametrize("name", list(DATASETS))
def test_the_asked_step_is_that_of_a_walk_and_the_mistakes_lead_elsewhere(name: str) -> None:
    data, window = DATASETS[name], map_window(name, "sigmoid")
    found = asked_step(standardise(data.X).X, data.Y, window)
    place = tuple(float(part) for part in found["step_from"].split(","))
    walked = descend(standardise(data.X).X, data.Y, STEP_RATE, 1, [place[0]], place[1])
    assert found["step_to"] == pytest.approx((walked.w[1].item(), walked.b[1].item()))
    dw, db = ((before - after) / STEP_RATE for before, after in zip(place, found["step_to"], strict=True))
    assert dw * db < 0
    assert found["step_slope"] == pytest.approx((place[0] - dw, place[1] - db))
    assert window.w_min <= found["step_up"][0] <= window.w_max
    assert window.b_min <= found["step_up"][1] <= window.b_max
    places = [place, found["step_to"], found["step_slope"], found["step_up"]]
    apart = [math.dist(one, other) for k, one in enumerate(places) for other in places[:k]]
    assert math.dist(found["step_to"], found["step_up"]) > 2 * found["step_near"]
    assert math.dist(found["step_to"], found["step_slope"]) > 2 * found["step_near"]
    assert min(apart) > 0.5 * found["step_near"]


def test_a_step_that_leaves_the_map_is_not_asked_for() -> None:
    found = asked_step(X, Y, Window(1.0, 2.0, 1.0, 2.0))
    assert found.pop("step_rate") == "6"
    assert set(found.values()) == {None}


def test_a_short_step_never_raises_the_cost() -> None:
    assert first_rise(X, Y, START, 0.1).step is None


def test_the_log_loss_stays_within_its_bound_and_the_line_does_not() -> None:
    answer = slope_bound(X, Y, START)
    assert answer.largest_cost == pytest.approx(max(walk(LARGEST_RATE, COUNT)))
    assert answer.line_cost == pytest.approx(walk(LINE_RATE, COUNT, linear.SQUARED_ERROR)[-1])
    assert answer.slope_bound == pytest.approx(np.mean(np.abs(X)))
    for w, b in np.random.default_rng(7).uniform(-50, 50, (200, 2)):
        assert abs(logistic.gradients([w], b, X, Y).dw.item()) <= answer.slope_bound
    assert answer.line_cost > 1e20 > answer.largest_cost


@pytest.mark.parametrize("name", ["challenger", "hours", "overlap"])
def test_a_start_at_the_minimum_takes_0_steps_and_is_not_called_separable(name: str) -> None:
    data, said = DATASETS[name], words("descent").text
    fit = logistic.fit(standardise(data.X).X, data.Y)
    start = round(fit.w.item(), 2), round(fit.b, 2)  # a press on the star
    numbers = answers(name, start)
    assert (numbers["steps_fast"], numbers["steps_slow"], numbers["ratio"]) == (0, 0, None)
    assert numbers["no_ratio"] == said["arrived"]
    assert answers("separable", START)["no_ratio"] == said["never_arrived"]


@pytest.mark.parametrize("name", ["challenger", "hours", "overlap"])
def test_a_tenth_of_the_rate_takes_about_ten_times_as_many_steps_where_many_are_needed(name: str) -> None:
    data, counted = DATASETS[name], 0
    X, Y = standardise(data.X).X, data.Y
    for w, b in np.random.default_rng(11).uniform(-5, 5, (12, 2)):
        fast, slow = steps_needed(X, Y, (w, b))
        assert fast is not None and slow is not None and slow <= 11 * max(fast, 1)
        if fast > 10:
            assert slow / fast == pytest.approx(10, rel=0.1)
            counted += 1
    assert counted > 5


def test_of_the_scene_s_steps_nearly_all_leap_over_the_valley() -> None:
    (scene,) = [one for one in words("descent").scenes if one.name == "rate 25"]
    run = descend(X, Y, float(scene.state["learning_rate"]), int(scene.state["iterations"]), [3.0], 3.0)
    gradient = np.column_stack([run.dw[:, 0], run.db])
    leaps = int((np.sum(gradient[1:] * gradient[:-1], axis=1) < 0).sum())
    assert 0.95 * run.num_iterations < leaps < run.num_iterations and "Nearly every step" in scene.sentence


def test_no_step_of_the_log_loss_is_longer_than_its_slopes_allow() -> None:
    bound = np.hypot(np.abs(X).mean(), 1.0)
    run = descend(X, Y, LARGEST_RATE, 400, [3.0], 3.0)
    assert np.hypot(np.diff(run.w[:, 0]), np.diff(run.b)).max() <= LARGEST_RATE * bound


def test_at_the_largest_rate_j_comes_down_again_whenever_it_rises() -> None:
    for data in DATASETS.values():
        at, y = standardise(data.X).X, data.Y
        for w, b in np.random.default_rng(3).uniform(-5, 5, (20, 2)):
            costs = descend(at, y, LARGEST_RATE, COUNT, [w], b).costs
            rises = np.flatnonzero(np.diff(costs[:-5]) > 0)
            assert all((np.diff(costs[step + 1 :]) < 0).any() for step in rises)
