"""The cost and the losses over a grid, place by place, and the window they are seen through."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths import linear, logistic
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.linear import SQUARED_ERROR
from explainer.maths.logistic import LOG_LOSS, SIGMOID_SQUARED_ERROR, Objective
from explainer.maths.surface import (
    Window,
    cost_grid,
    default_start,
    highest_corner,
    hillside,
    losses_over_grid,
    window,
)

PLAIN = Objective("plain", logistic.cost, logistic.gradients)
OBJECTIVES = [LOG_LOSS, SIGMOID_SQUARED_ERROR, SQUARED_ERROR, PLAIN]
X, Y = standardise(DATASETS["hours"].X).X, DATASETS["hours"].Y
W, B = np.linspace(-9, 9, 7), np.linspace(-4, 4, 5)

steadily = settings(deadline=None, derandomize=True, max_examples=60)


@pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda objective: objective.name)
def test_the_grid_is_the_cost_point_by_point(objective):
    grid = cost_grid(X, Y, W, B, objective)
    expected = [[objective.cost([[w]], b, X, Y) for w in W] for b in B]
    assert grid.shape == (5, 7)
    np.testing.assert_allclose(grid, expected, rtol=1e-12)


def test_far_out_the_grid_is_finite():
    assert np.isfinite(cost_grid(X, Y, [-1e4, 1e4], [0.0])).all()


@pytest.mark.parametrize("data", DATASETS.values(), ids=lambda data: data.name)
@pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda objective: objective.name)
def test_the_window_holds_the_origin_and_the_minimum_with_room(data, objective):
    X = standardise(data.X).X
    view = window(X, data.Y, objective)
    edges = np.array([view.w_min, view.w_max, view.b_min, view.b_max])
    np.testing.assert_array_equal(edges, np.round(edges))
    assert 8 <= view.w_max - view.w_min <= 12
    assert 8 <= view.b_max - view.b_min <= 12
    best = linear.fit(X, data.Y) if objective is SQUARED_ERROR else logistic.fit(X, data.Y)
    for w, b in ((0.0, 0.0), (best.w.item(), best.b)):
        assert view.w_min + 1 <= w <= view.w_max - 1
        assert view.b_min + 1 <= b <= view.b_max - 1


def test_the_window_grows_to_hold_a_far_minimum_and_is_bounded_without_one():
    x = np.linspace(-2, 2, 400)[None]
    steep = (x > 0).astype(float)
    barely = np.where(np.abs(x) < 0.02, 1 - steep, steep)  # one pair on the wrong side: a far minimum
    assert logistic.fit(x, barely).w.item() > 6
    assert window(x, barely).w_min <= -1
    assert window(x, steep).w_max <= 10


def test_clamp_moves_only_what_is_outside():
    view = Window(-1.0, 2.0, -3.0, 4.0)
    assert view.clamp(0.5, 9.0) == (0.5, 4.0)
    w, b = view.clamp([-np.inf, 0.0, 5.0], [np.inf, -9.0, 1.0])
    np.testing.assert_array_equal(w, [-1, 0, 2])
    np.testing.assert_array_equal(b, [4, -3, 1])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"X": np.ones((2, 20))}, "X must have one row.*got n_x = 2"),
        ({"X": X[0]}, "X must have shape"),
        ({"Y": Y[:, :3]}, "Y must have shape"),
        ({"Y": Y + 1}, "Y must hold the labels"),
        ({"w": [[1.0]]}, r"w must be a 1-D array.*got shape \(1, 1\)"),
        ({"w": []}, "w must be a 1-D array, not empty"),
        ({"b": 1.0}, r"b must be a 1-D array.*got shape \(\)"),
        ({"b": [np.nan]}, "b must be a 1-D array of finite numbers; got nan"),
    ],
)
def test_bad_input_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        cost_grid(**({"X": X, "Y": Y, "w": W, "b": B} | change))
    if "X" in change or "Y" in change:
        with pytest.raises(ValueError, match=message):
            window(change.get("X", X), change.get("Y", Y))


@pytest.mark.parametrize(("row", "column"), [(0, 0), (0, -1), (-1, 0), (-1, -1)])
def test_the_start_lies_between_the_lowest_place_and_the_highest_corner(row: int, column: int) -> None:
    w, b = np.linspace(-8, 8, 17), np.linspace(-4, 4, 9)
    costs = np.hypot(w[None, :] - w[column], b[:, None] - b[row])
    costs = costs.max() - costs  # a cone with its top in that corner
    assert highest_corner(costs) == (row, column)
    assert default_start(w, b, costs) == (w[column] / 2, b[row] / 2)  # three quarters of the way from -w to w
    assert hillside is default_start  # its name before


# ---- the losses of every example


def test_every_entry_is_that_of_one_example_at_one_place():
    grid = losses_over_grid(X, Y, W, B)
    assert grid.A.shape == grid.losses.shape == grid.squared.shape == (7, 5, X.shape[1])
    assert grid.costs.shape == (7, 5)
    for i, w in enumerate(W):
        for j, b in enumerate(B):
            assert grid.costs[i, j] == pytest.approx(logistic.cost([w], b, X, Y), rel=1e-14)
            for k in range(X.shape[1]):
                z, y = float(w * X[0, k] + b), float(Y[0, k])
                a = 1 / (1 + math.exp(-z))
                assert grid.A[i, j, k] == pytest.approx(a, rel=1e-14)
                assert grid.losses[i, j, k] == logistic.loss_from_z(z, y)
                assert grid.squared[i, j, k] == pytest.approx((a - y) ** 2, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("data", DATASETS.values(), ids=lambda data: data.name)
def test_in_the_window_the_mean_is_the_surface_and_every_output_a_probability(data):
    X = standardise(data.X).X
    view = window(X, data.Y)
    w, b = np.linspace(view.w_min, view.w_max, 13), np.linspace(view.b_min, view.b_max, 11)
    grid = losses_over_grid(X, data.Y, w, b)
    np.testing.assert_allclose(grid.costs, cost_grid(X, data.Y, w, b).T, rtol=1e-13)
    np.testing.assert_array_equal(grid.costs, grid.losses.mean(axis=-1))
    squared = cost_grid(X, data.Y, w, b, logistic.SIGMOID_SQUARED_ERROR).T
    np.testing.assert_allclose(grid.squared.mean(axis=-1), squared, rtol=1e-12)
    assert np.all((grid.A > 0) & (grid.A < 1))


@steadily
@given(st.floats(-300, 300), st.integers(0, 1))
def test_far_out_nothing_is_lost_to_rounding(z, y):
    grid = losses_over_grid([[1.0]], [[y]], [z], [0.0])
    error = 1 / (1 + math.exp(z if y else -z))  # |a - y|
    assert grid.losses.item() == pytest.approx(math.log1p(math.exp(-z if y else z)), rel=1e-12)
    assert grid.squared.item() == pytest.approx(error**2, rel=1e-12)
    assert 0 < grid.A.item() <= 1
    assert (grid.losses >= grid.squared).all()  # -log(1 - e) >= e >= e^2


def test_farther_than_exp_reaches_nothing_overflows():
    with np.errstate(all="raise"):
        grid = losses_over_grid([[1.0]], [[1]], [-1e4, 1e4], [0.0])
    np.testing.assert_array_equal(grid.losses[:, 0, 0], [1e4, 0])
    np.testing.assert_array_equal(grid.squared[:, 0, 0], [1, 0])
    np.testing.assert_array_equal(grid.A[:, 0, 0], [0, 1])


def test_the_tables_are_float64_and_cannot_be_written_to():
    grid = losses_over_grid(X, Y, [1], [0])
    for name, table in vars(grid).items():
        assert table.dtype == np.float64, name
        assert not table.flags.writeable, name


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"X": np.ones((2, 20))}, "X must have one row.*got n_x = 2"),
        ({"Y": Y[:, :3]}, "Y must have shape"),
        ({"Y": Y + 1}, "Y must hold the labels"),
        ({"w": [[1.0]]}, r"w must be a 1-D array.*got shape \(1, 1\)"),
        ({"b": []}, "b must be a 1-D array, not empty"),
        ({"b": [np.inf]}, "b must be a 1-D array of finite numbers; got inf"),
    ],
)
def test_bad_input_of_the_losses_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        losses_over_grid(**({"X": X, "Y": Y, "w": W, "b": B} | change))
