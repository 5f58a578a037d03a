"""The losses over a grid, one by one against the functions for a single place."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths import logistic, surface
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.losses import losses_over_grid

X, Y = standardise(DATASETS["hours"].X).X, DATASETS["hours"].Y
W, B = np.linspace(-9, 9, 7), np.linspace(-4, 4, 5)

steadily = settings(deadline=None, derandomize=True, max_examples=60)


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
    view = surface.window(X, data.Y)
    w, b = np.linspace(view.w_min, view.w_max, 13), np.linspace(view.b_min, view.b_max, 11)
    grid = losses_over_grid(X, data.Y, w, b)
    np.testing.assert_allclose(grid.costs, surface.cost_grid(X, data.Y, w, b).T, rtol=1e-13)
    np.testing.assert_array_equal(grid.costs, grid.losses.mean(axis=-1))
    squared = surface.cost_grid(X, data.Y, w, b, logistic.SIGMOID_SQUARED_ERROR).T
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
def test_bad_input_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        losses_over_grid(**({"X": X, "Y": Y, "w": W, "b": B} | change))
