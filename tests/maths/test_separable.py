"""Where a fit has no end: the flattest sigmoid of a stated cost, against descents of its own."""

import numpy as np
import pytest

from explainer.maths import logistic
from explainer.maths.datasets import DATASETS
from explainer.maths.outlier import tip
from explainer.maths.separable import STOP_COST, costs, stop

DATA = DATASETS["separable"]
POSITIONS = [np.nan, 9.5, 14.0, 24.0, 200.0]


@pytest.fixture(scope="module")
def tipping():
    return tip(DATA.X, DATA.Y, POSITIONS)


def test_real_data_with_a_minimum_stay_as_they_are():
    hours = DATASETS["hours"]
    whole = tip(hours.X, hours.Y, [np.nan, 8.0])
    assert stop(whole) is whole


@pytest.mark.parametrize("cost", [0.3, 0.05, STOP_COST, 0.001])
def test_the_cost_is_the_one_asked_for(tipping, cost):
    stopped = stop(tipping, cost)
    for i, position in enumerate(POSITIONS):
        there = ~np.isnan(tipping.X[i])
        X, Y = tipping.X[i][None, there], tipping.Y[None, there]
        own = logistic.cost(stopped.sigmoid_w[i : i + 1], stopped.sigmoid_b[i], X, Y)
        assert own == pytest.approx(cost, rel=1e-9), position
        assert costs(stopped.sigmoid_w, stopped.sigmoid_b, tipping.X, tipping.Y)[i] == pytest.approx(own)


def test_no_other_bias_does_better_and_no_flatter_one_is_as_good(tipping):
    stopped = stop(tipping)
    for i in range(len(POSITIONS)):
        there = ~np.isnan(tipping.X[i])
        X, Y = tipping.X[i][None, there], tipping.Y[None, there]
        w, b = stopped.sigmoid_w[i], stopped.sigmoid_b[i]
        assert abs(logistic.gradients([w], b, X, Y).db) < 1e-12
        flatter = 0.999 * w
        nearby = [logistic.cost([flatter], other, X, Y) for other in b + np.linspace(-0.2, 0.2, 81)]
        assert min(nearby) > STOP_COST


def test_a_far_example_leaves_the_stopped_sigmoid_where_it_is(tipping):
    stopped = stop(tipping)
    assert np.ptp(stopped.sigmoid_cut[1:]) < 0.01
    assert np.ptp(stopped.line_cut[1:]) > 0.5
    assert not stopped.sigmoid_wrong.any()
    assert stopped.sigmoid_outputs[0, -1:].tolist() != stopped.sigmoid_outputs[1, -1:].tolist()
    assert not stopped.converged.any()


def test_mirrored_data_give_the_mirrored_sigmoid(tipping):
    right, left = stop(tipping), stop(tip(DATA.X, 1 - DATA.Y, POSITIONS))
    assert np.allclose(left.sigmoid_w, -right.sigmoid_w)
    assert np.allclose(left.sigmoid_b, -right.sigmoid_b)


def test_data_that_only_touch_are_left_alone():
    touching = tip([[0.0, 1.0, 1.0, 2.0]], [[0, 0, 1, 1]], [np.nan])
    assert not touching.converged.any()
    assert stop(touching) is touching


@pytest.mark.parametrize("cost", [0.0, -1.0, 0.7, np.nan])
def test_a_cost_that_cannot_be_is_refused(tipping, cost):
    with pytest.raises(ValueError, match="cost must be above 0"):
        stop(tipping, cost)
