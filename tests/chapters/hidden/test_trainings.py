"""The trainings of the chapter *One hidden layer*: what is kept, and the three ways to begin."""

import math

import numpy as np
import pytest

from explainer.chapters.hidden.points import points_of
from explainer.chapters.hidden.trainings import (
    ALIKE,
    KEPT,
    NUM_ITERATIONS,
    NUM_KEPT,
    RANDOM,
    RATES,
    STARTS,
    ZEROS,
    alone,
    alone_right,
    first_points,
    learned,
    right_share,
    run,
    start,
)
from explainer.maths import shallow
from explainer.maths.datasets import CURVED
from explainer.maths.descent import descend


def test_the_kept_steps_rise_from_the_first_to_the_last() -> None:
    assert len(KEPT) == NUM_KEPT and KEPT[0] == 0 and KEPT[-1] == NUM_ITERATIONS
    assert all(np.diff(KEPT) > 0) and all(np.diff(np.diff(KEPT)) >= -1), "closer together at first"


@pytest.mark.parametrize("data", CURVED)
def test_a_run_is_the_plain_training_at_the_kept_steps(data: str) -> None:
    shown, found = CURVED[data], run(data, 3, RANDOM, 1, 1.0)
    training = shallow.train(shown.X, shown.Y, 3, 1.0, NUM_ITERATIONS, 1)
    np.testing.assert_array_equal(found.costs, training.costs[list(KEPT)])
    np.testing.assert_array_equal(found.end.W1, training.parameters.W1)
    for place in (0, 20, NUM_KEPT - 1):
        parameters = found.kept[place]
        assert shallow.cost(parameters, shown.X, shown.Y) == pytest.approx(found.costs[place], abs=1e-12)
        said = shallow.forward(parameters, shown.held_out_X).A2[0] > 0.5
        right = np.count_nonzero(said == (shown.held_out_Y[0] == 1))
        assert found.held_out[place] == pytest.approx(right / shown.held_out_Y.size)
        assert found.training[place] == right_share(parameters, shown.X, shown.Y)


def test_all_at_zero_nothing_ever_moves_but_the_last_bias() -> None:
    first = start(2, 4, ZEROS, 5)
    assert not any(part.any() for part in (first.W1, first.b1, first.W2, first.b2))
    end = run("rings", 4, ZEROS, 5, 1.0)
    assert not end.end.W1.any() and not end.end.b1.any() and not end.end.W2.any()
    np.testing.assert_allclose(end.costs, math.log(2), atol=1e-12)


def test_units_that_begin_alike_stay_alike_and_do_the_work_of_one() -> None:
    end = run("rings", 3, ALIKE, 1, 1.0).end
    assert not np.ptp(end.W1, axis=0).any() and not np.ptp(end.b1) and not np.ptp(end.W2)
    assert np.abs(end.W1).max() > 0.1, "they have moved"
    first = start(2, 3, ALIKE, 1)
    shown, costs = CURVED["rings"], run("rings", 3, ALIKE, 1, 1.0).costs
    plain = shallow.descend(first, shown.X, shown.Y, 1.0, 100).costs  # so soon rounding has not grown yet
    few = [step for step in KEPT if step <= 100]
    np.testing.assert_allclose(costs[: len(few)], plain[few], atol=1e-9)
    random = run("rings", 3, RANDOM, 1, 1.0).end
    assert np.ptp(random.W1, axis=0).max() > 1


def test_the_neuron_alone_has_the_costs_of_logistic_regression() -> None:
    shown = CURVED["moons"]
    for rate, costs in zip(RATES, alone("moons").kept, strict=True):
        np.testing.assert_allclose(costs, descend(shown.X, shown.Y, rate, NUM_ITERATIONS).costs[list(KEPT)])


@pytest.mark.parametrize("data", ["moons", "drawings"])
def test_the_neuron_alone_is_right_as_often_as_logistic_regression(data: str) -> None:
    shown, found = points_of(data), alone_right(data, 1.0)
    end = descend(shown.X, shown.Y, 1.0, NUM_ITERATIONS)
    for X, Y, share in ((shown.X, shown.Y, found[0]), (shown.held_out_X, shown.held_out_Y, found[1])):
        said = [float(end.w[-1] @ x + end.b[-1]) > 0 for x in X.T]
        assert share == pytest.approx(np.mean([one == bool(y) for one, y in zip(said, Y[0], strict=True)]))


@pytest.mark.parametrize("begin", STARTS)
def test_all_rates_begin_at_the_same_start(begin: str) -> None:
    runs = learned("xor", 2, begin, 3).runs
    assert len(runs) == len(RATES)
    for one in runs:
        np.testing.assert_array_equal(one.kept[0].W1, start(2, 2, begin, 3).W1)


def test_the_few_points_are_the_first_and_half_of_them_are_orange() -> None:
    few = first_points(CURVED["moons"], 20)
    np.testing.assert_array_equal(few.X, CURVED["moons"].X[:, :20])
    assert few.Y.mean() == 0.5
    np.testing.assert_array_equal(few.held_out_X, CURVED["moons"].held_out_X)


@pytest.mark.parametrize("begin", [RANDOM, ALIKE])
def test_the_least_and_most_between_kept_steps_are_those_of_every_step(begin: str) -> None:
    shown, rate = CURVED["rings"], RATES[-1]
    last = 5  # of units that begin alike, rounding has not grown so soon
    every = shallow.descend(start(2, 3, begin, 1), shown.X, shown.Y, rate, KEPT[last]).costs
    found = run("rings", 3, begin, 1, rate).every
    for place in range(1, last + 1):
        part = every[KEPT[place - 1] + 1 : KEPT[place] + 1]
        assert found.lowest[place] == pytest.approx(part.min())
        assert found.highest[place] == pytest.approx(part.max())
    assert found.lowest[0] == found.highest[0] == found.kept[0]
