"""The descent step by step, and a run for every verdict."""

import math
from dataclasses import replace

import numpy as np
import pytest

from explainer.maths import linear, logistic
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import (
    KINDS,
    Trajectory,
    Verdict,
    descend,
    descend_many,
    verdict,
    verdicts,
)
from explainer.maths.linear import SQUARED_ERROR
from explainer.maths.logistic import LOG_LOSS, SIGMOID_SQUARED_ERROR, Objective

OBJECTIVES = [LOG_LOSS, SIGMOID_SQUARED_ERROR, SQUARED_ERROR]
RATES = [0.001, 0.01, 0.1, 0.5, 1.0, 1.2, 5.0, 20.0, 100.0]
DATA = {name: (standardise(data.X).X, data.Y) for name, data in DATASETS.items()}
HOURS = DATA["hours"]


def plain(objective):
    return Objective(objective.name, objective.cost, objective.gradients)


def made_up(costs, gradients=None, learning_rate=1.0):
    """A trajectory with the given costs; gradients that neither turn nor shrink unless given."""
    costs = np.array(costs, dtype=float)
    dw = np.ones((len(costs), 1)) if gradients is None else np.array(gradients, dtype=float)[:, None]
    w = -learning_rate * np.vstack([[[0.0]], np.cumsum(dw, axis=0)[:-1]])
    return Trajectory(w, np.zeros(len(costs)), costs, dw, np.zeros(len(costs)), learning_rate)


def until(runs, step):
    """Many runs, all cut off after a step."""
    s = slice(step + 1)
    return replace(runs, **{name: getattr(runs, name)[:, s] for name in ("w", "b", "costs", "dw", "db")})


def test_the_first_step_by_hand_moves_w_and_b_together():
    # One example x = 2, y = 1 at (0, 0): A - Y = -1/2, dw = -1, db = -1/2.
    run = descend([[2.0]], [[1]], learning_rate=0.5, num_iterations=2)
    np.testing.assert_allclose(run.w[:2, 0], [0, 0.5])
    np.testing.assert_allclose(run.b[:2], [0, 0.25])
    # At (0.5, 0.25), z = 1.25. With b stepped first, or w, z would have been another for the second.
    dZ = 1 / (1 + math.exp(-1.25)) - 1
    assert run.w[2, 0] == pytest.approx(0.5 - 0.5 * 2 * dZ, rel=1e-15)
    assert run.b[2] == pytest.approx(0.25 - 0.5 * dZ, rel=1e-15)


@pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda objective: objective.name)
def test_every_step_is_the_update_rule(objective):
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(3, 20)), rng.integers(0, 2, (1, 20))
    run = descend(X, Y, 0.3, 25, w=[1.0, -1.0, 0.5], b=0.2, objective=objective)
    assert run.num_iterations == 25
    assert (run.w.shape, run.b.shape, run.costs.shape) == ((26, 3), (26,), (26,))
    w, b = np.array([[1.0], [-1.0], [0.5]]), 0.2
    for t in range(26):
        dw, db = objective.gradients(w, b, X, Y)
        np.testing.assert_allclose(run.w[t], w[:, 0], rtol=1e-12)
        assert run.costs[t] == pytest.approx(objective.cost(w, b, X, Y), rel=1e-12)
        np.testing.assert_allclose(run.dw[t], dw[:, 0], atol=1e-13)
        assert run.db[t] == pytest.approx(db, abs=1e-13)
        w, b = w - 0.3 * dw, b - 0.3 * db


@pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda objective: objective.name)
@pytest.mark.parametrize("name", DATA)
def test_many_rates_at_once_are_each_rate_alone(name, objective):
    together = descend_many(*DATA[name], RATES, 120, w=[3.0], b=3.0, objective=objective)
    assert together.w.shape == (len(RATES), 121, 1)
    runs = list(together)
    assert [run.learning_rate for run in runs] == RATES
    for run in runs:
        alone = descend(*DATA[name], run.learning_rate, 120, w=[[3.0]], b=3.0, objective=objective)
        for field in ("w", "b", "costs", "dw", "db"):
            np.testing.assert_array_equal(getattr(run, field), getattr(alone, field))


@pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda objective: objective.name)
def test_an_objective_without_pointwise_walks_the_same_way(objective):
    fast = descend_many(*HOURS, [0.01, 0.7], 60, objective=objective)
    slow = descend_many(*HOURS, [0.01, 0.7], 60, objective=plain(objective))
    for field in ("w", "b", "costs", "dw", "db"):
        np.testing.assert_allclose(getattr(fast, field), getattr(slow, field), rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("objective", [SQUARED_ERROR, plain(SQUARED_ERROR)], ids=["pointwise", "plain"])
def test_a_diverging_line_overflows_without_a_word(objective):
    run = descend(*HOURS, 50.0, 400, objective=objective)
    assert not np.isfinite(run.costs[-1])
    assert verdict(run).kind == "overflow"


def test_no_iterations_is_the_start_alone():
    run = descend(*HOURS, 0.1, 0, w=[2.0], b=-1.0)
    assert run.costs == pytest.approx([logistic.cost([2.0], -1.0, *HOURS)])
    assert (run.w.tolist(), run.b.tolist(), run.num_iterations) == ([[2.0]], [-1.0], 0)


def test_tables_are_read_only_and_a_single_run_has_no_runs():
    run = descend(*HOURS, 0.1, 3)
    with pytest.raises(ValueError, match="read-only"):
        run.costs[0] = 0
    with pytest.raises(TypeError, match="one run already"):
        run[0]


@pytest.mark.parametrize(
    ("kind", "run"),
    [
        ("still on its way", descend(*HOURS, 0.1, 0)),
        ("still on its way", descend(*HOURS, 0.03, 100)),
        ("still on its way", descend(*DATA["separable"], 1.0, 5000)),
        ("still on its way", descend(*DATA["separable"], 100.0, 500, w=[3.0], b=3.0)),
        ("converged", descend(*HOURS, 1.0, 500)),
        ("converged", descend(*DATA["challenger"], 1.0, 500, w=[3.0], b=3.0)),
        ("converged", descend(*HOURS, 0.9, 200, objective=SQUARED_ERROR)),
        ("crawling", descend(*HOURS, 0.001, 100)),
        ("crawling", descend(*HOURS, 1e-15, 100)),
        ("crawling", descend(*HOURS, 0.1, 30, w=[-6.0], b=0.0, objective=SIGMOID_SQUARED_ERROR)),
        ("oscillating", descend(*HOURS, 20.0, 500, w=[3.0], b=3.0)),
        ("oscillating", descend(*HOURS, 100.0, 500, w=[3.0], b=3.0)),
        ("oscillating", descend(*HOURS, 1.0, 500, w=[3.0], b=3.0, objective=SQUARED_ERROR)),
        ("oscillating", descend(*HOURS, 0.95, 20, w=[3.0], b=3.0, objective=SQUARED_ERROR)),
        ("diverging", descend(*HOURS, 1.05, 200, objective=SQUARED_ERROR)),
        ("overflow", descend(*HOURS, 3.0, 500, objective=SQUARED_ERROR)),
    ],
)
def test_each_verdict_on_a_run_that_deserves_it(kind, run):
    assert verdict(run).kind == kind
    assert (verdict(run).step is None) == (kind not in KINDS[:4])


@pytest.mark.parametrize("objective", [LOG_LOSS, SQUARED_ERROR], ids=lambda objective: objective.name)
def test_a_start_at_the_minimum_has_converged_at_step_0(objective):
    best = linear.fit(*HOURS) if objective is SQUARED_ERROR else logistic.fit(*HOURS)
    for num_iterations in (0, 1, 50):
        run = descend(*HOURS, 0.5, num_iterations, w=best.w, b=best.b, objective=objective)
        assert str(verdict(run)) == "converged at step 0"


def test_converged_means_near_the_minimum_and_not_later_than_need_be():
    best = logistic.fit(*HOURS)
    run = descend(*HOURS, 0.5, 1000)
    k = verdict(run).step
    gap = np.hypot(run.w[:, 0] - best.w.item(), run.b - best.b)
    assert 50 < k < 900
    assert gap[k] < 1.2e-3 * (1 + math.hypot(best.w.item(), best.b))
    assert gap[k - 20] > 1e-3 * (1 + math.hypot(best.w.item(), best.b))


def test_a_leap_into_the_minimum_is_seen_at_once():
    # Standardised X makes the line's bowl round: half the limiting rate goes straight to the bottom.
    run = descend(*HOURS, 0.5, 3, w=[3.0], b=3.0, objective=SQUARED_ERROR)
    assert str(verdict(run)) == "converged at step 1"


def test_one_short_step_after_a_leap_is_no_convergence():
    run = descend(*DATA["separable"], 50.0, 2, w=[3.0], b=3.0)
    assert verdict(run).kind != "converged"


def test_a_saturated_sigmoid_above_the_start_has_not_converged():
    run = made_up([0.3, 0.9, 0.9, 0.9], [5.0, 1e-15, 1e-15, 1e-15])
    assert verdict(run).kind != "converged"


def test_a_start_just_above_the_minimum_does_not_crawl():
    best = logistic.fit(*HOURS)
    assert verdict(descend(*HOURS, 2.0, 5, w=best.w + 0.1, b=best.b)).kind == "still on its way"


def test_a_run_thrown_up_and_gliding_down_does_not_crawl():
    assert verdict(made_up([1.0, 9.0, *np.arange(8.5, 2.0, -0.5)])).kind == "still on its way"


@pytest.mark.parametrize(
    ("run", "sentence"),
    [
        (made_up([1, 2, 4, 8, 16, 32]), "diverging since step 1"),
        (made_up([1, 2, 4, 8, 16]), "oscillating"),
        (made_up([9, 5, 1, 2, 4, 8, 16, 32]), "diverging since step 3"),
        (made_up([1, 2, 3, 4, 5, 6, 7]), "oscillating"),
        (made_up([1, 2, 4, 8, 16, 32, np.inf, np.nan]), "overflow at step 6"),
        (made_up([1, 2], [1, np.nan]), "overflow at step 1"),
        (made_up([np.nan]), "overflow at step 0"),
        (made_up([1, 0.5, 0.4], [1, -0.5, 0.25]), "oscillating"),
        (made_up([1, 0.99, 0.98], [1, -0.9, 0.8]), "oscillating"),
        (made_up([1, 0.99, 0.98], [1, 1, 1]), "crawling"),
        (made_up([1, 0.99], [1, 0.5]), "still on its way"),
        (made_up([1] + [0.5 - t / 100 for t in range(12)]), "still on its way"),
        (made_up([1, 0.5, 0.4, 0.4, 0.4], [1, 1e-15, -1e-15, 1e-15, -1e-15]), "converged at step 1"),
        (made_up([0.5 + 1e-16 * (t % 2) for t in range(20)]), "crawling"),
    ],
)
def test_which_verdict_wins(run, sentence):
    assert str(verdict(run)) == sentence


def test_three_of_ten_swings_are_not_a_third():
    def back_at(*steps):
        costs = np.linspace(100, 10, 21)
        for step in steps:
            costs[step:] += 10
        return made_up(costs + 50)

    assert verdict(back_at(12, 14, 16)).kind == "still on its way"
    assert verdict(back_at(12, 14, 16, 18)).kind == "oscillating"
    assert verdict(back_at(2, 4, 6, 8)).kind == "still on its way"


@pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda objective: objective.name)
@pytest.mark.parametrize("name", DATA)
def test_the_verdict_of_every_step_is_that_of_the_run_cut_off_there(name, objective):
    runs = descend_many(*DATA[name], RATES, 90, w=[3.0], b=3.0, objective=objective)
    every = verdicts(runs)
    assert every.kind.shape == every.step.shape == runs.costs.shape
    assert every.kind.dtype == np.uint8
    for t in range(91):
        cut = verdicts(until(runs, t))
        np.testing.assert_array_equal(every.kind[:, t], cut.kind[:, -1])
        np.testing.assert_array_equal(every.step[:, t], cut.step[:, -1])
        alone = verdict(until(runs, t)[t % len(RATES)])
        assert KINDS[every.kind[t % len(RATES), t]] == alone.kind
        assert every.step[t % len(RATES), t] == (-1 if alone.step is None else alone.step)


def test_a_verdict_as_text():
    assert KINDS[:4] == ("overflow", "diverging", "converged", "saturated")
    assert KINDS[4:] == ("oscillating", "crawling", "still on its way")
    assert str(Verdict("converged", 7)) == "converged at step 7"
    assert str(Verdict("diverging", 7)) == "diverging since step 7"
    assert str(Verdict("overflow", 7)) == "overflow at step 7"
    assert str(Verdict("saturated", 7)) == "saturated at step 7"
    assert [str(Verdict(kind)) for kind in KINDS[4:]] == list(KINDS[4:])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"X": [1.0, 2.0]}, "X must have shape"),
        ({"Y": [[0, 3]]}, "Y must hold the labels"),
        ({"learning_rate": 0.0}, r"learning_rate must be above 0; got 0\.0"),
        ({"learning_rate": -1}, r"learning_rate must be above 0; got -1\.0"),
        ({"learning_rate": math.nan}, "learning_rate must be .*got nan"),
        ({"learning_rate": math.inf}, "learning_rate must be .*got inf"),
        ({"learning_rate": "fast"}, "learning_rate must be .*'fast'"),
        ({"num_iterations": -1}, "num_iterations must be a whole number, 0 or more; got -1"),
        ({"num_iterations": 2.5}, r"num_iterations must be a whole number, 0 or more; got 2\.5"),
        ({"w": [1.0, 2.0]}, "w must have shape"),
        ({"w": [math.nan]}, "w must be finite"),
        ({"b": [[0.0]]}, "b must be one finite number"),
    ],
)
def test_bad_input_is_named(change, message):
    arguments = {"X": [[1.0, 2.0]], "Y": [[0, 1]], "learning_rate": 0.1, "num_iterations": 3} | change
    with pytest.raises(ValueError, match=message):
        descend(**arguments)
    arguments["learning_rates"] = [0.5, arguments.pop("learning_rate")]
    with pytest.raises(ValueError, match=message.replace("learning_rate", "learning_rates")):
        descend_many(**arguments)


def test_rates_must_be_a_list_and_a_verdict_needs_one_run():
    for rates in ([], 0.5, [[0.5]]):
        with pytest.raises(ValueError, match="learning_rates must be a 1-D array"):
            descend_many(*HOURS, rates, 3)
    with pytest.raises(ValueError, match=r"trajectory must be one run.*got 2 runs"):
        verdict(descend_many(*HOURS, [0.1, 0.2], 3))
