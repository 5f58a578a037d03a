"""The Hessian against its closed forms, and the verdict on bowls, saddles and the four data sets."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths import logistic, surface
from explainer.maths.curvature import convexity, hessian_eigenvalues
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.linear import SQUARED_ERROR
from explainer.maths.logistic import LOG_LOSS, SIGMOID_SQUARED_ERROR, Objective

DATA = {name: (standardise(data.X).X, data.Y) for name, data in DATASETS.items()}
X, Y = DATA["hours"]
PLAIN = Objective("plain", logistic.cost, logistic.gradients)
SADDLE = Objective("saddle", lambda w, b, X, Y: np.ravel(w)[0] * b, lambda w, b, X, Y: (b, np.ravel(w)[0]))

steadily = settings(deadline=None, derandomize=True, max_examples=40)


def window_grid(name, objective, count=61):
    view = surface.window(*DATA[name], objective)
    return np.linspace(view.w_min, view.w_max, count), np.linspace(view.b_min, view.b_max, count)


def log_loss_bend(a, y):
    return a * (1 - a)


def squared_error_bend(a, y):
    """(a - y)^2 twice by z, with a' = a (1 - a) =: s and s' = s (1 - 2a): 2 s^2 + 2 (a - y) s (1 - 2a)."""
    s = a * (1 - a)
    return 2 * s**2 + 2 * (a - y) * s * (1 - 2 * a)


def line_bend(a, y):
    return np.full_like(a, 2.0)


BENDS = [(LOG_LOSS, log_loss_bend), (SIGMOID_SQUARED_ERROR, squared_error_bend), (SQUARED_ERROR, line_bend)]


def analytic(X, Y, w, b, bend):
    """Eigenvalues of (1/m) sum of bend [x^2 x; x 1], place by place."""
    eigenvalues = np.empty((len(b), len(w), 2))
    rows = np.vstack([X, np.ones_like(X)])
    for i, bias in enumerate(b):
        for j, weight in enumerate(w):
            bends = bend(1 / (1 + np.exp(-(weight * X + bias))), Y)
            eigenvalues[i, j] = np.linalg.eigvalsh((rows * bends) @ rows.T / X.shape[1])
    return eigenvalues


@pytest.mark.parametrize(("objective", "bend"), BENDS, ids=lambda value: getattr(value, "name", ""))
@pytest.mark.parametrize("name", DATA)
def test_the_eigenvalues_are_the_closed_form(name, objective, bend):
    w, b = window_grid(name, objective, 21)
    expected = analytic(*DATA[name], w, b, bend)
    found = hessian_eigenvalues(*DATA[name], w, b, objective)
    assert found.shape == (21, 21, 2)
    error = np.max(np.abs(found - expected))
    assert error < 1e-9
    assert error < convexity(*DATA[name], w, b, objective).tolerance


@steadily
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 20), st.floats(-50, 50), st.sampled_from(BENDS))
def test_the_tolerance_covers_the_error_wherever_the_grid_is(seed, spread, centre, pair):
    objective, bend = pair
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(1, 15)), rng.integers(0, 2, (1, 15)).astype(float)
    w, b = np.linspace(-spread, spread, 4), centre + np.linspace(-spread, spread, 3)
    with np.errstate(over="ignore"):
        expected = analytic(x, y, w, b, bend)
    error = np.max(np.abs(hessian_eigenvalues(x, y, w, b, objective) - expected))
    assert error <= convexity(x, y, w, b, objective).tolerance


def test_the_axes_are_those_of_a_cost_grid_and_the_eigenvalues_ascend():
    w, b = np.linspace(-3, 3, 4), np.linspace(-1, 1, 3)
    found = hessian_eigenvalues(X, Y, w, b, SIGMOID_SQUARED_ERROR)
    assert found.shape == (*surface.cost_grid(X, Y, w, b).shape, 2)
    assert np.all(found[..., 0] <= found[..., 1])
    one = hessian_eigenvalues(X, Y, w[[2]], b[[1]], SIGMOID_SQUARED_ERROR)
    np.testing.assert_allclose(found[1, 2], one[0, 0], rtol=1e-12)


def test_an_objective_without_pointwise_has_the_same_eigenvalues():
    w, b = np.linspace(-3, 3, 4), np.linspace(-1, 1, 3)
    found = hessian_eigenvalues(X, Y, w, b, PLAIN)
    np.testing.assert_allclose(found, hessian_eigenvalues(X, Y, w, b, LOG_LOSS), atol=1e-9)


@pytest.mark.parametrize("name", DATA)
def test_the_log_loss_is_a_bowl(name):
    result = convexity(*DATA[name], *window_grid(name, LOG_LOSS), LOG_LOSS)
    assert result.convex
    assert result.share == 0
    assert result.smallest > 1e4 * result.tolerance  # no matter of rounding


def test_rounding_on_the_flat_floor_refutes_nothing():
    # Every answer right, all of the Hessian e^-20 to e^-36: the differences there are noise of both signs.
    w, b = np.linspace(-1, 1, 41), np.linspace(20, 36, 41)
    result = convexity(X, np.ones_like(Y), w, b, LOG_LOSS)
    assert result.smallest < 0
    assert result.convex


@pytest.mark.parametrize("name", DATA)
def test_the_squared_error_of_the_sigmoid_is_not(name):
    w, b = window_grid(name, SIGMOID_SQUARED_ERROR)
    result = convexity(*DATA[name], w, b, SIGMOID_SQUARED_ERROR)
    assert not result.convex
    assert result.smallest < -0.09
    expected = analytic(*DATA[name], w, b, squared_error_bend)[..., 0]
    row, column = np.unravel_index(np.argmin(expected), expected.shape)
    assert (result.w, result.b) == (w[column], b[row])
    assert result.smallest == pytest.approx(expected.min(), abs=1e-9)
    assert result.share == np.mean(expected < -result.tolerance)
    assert result.share > 0.6  # not in a corner: on most of the map


def test_the_squared_error_of_the_line_is_the_same_bowl_everywhere():
    # Standardised, its Hessian is 2 [1 0; 0 1]; with x = (0, 1, 2) it is 2 [5/3 1; 1 1].
    result = convexity(X, Y, *window_grid("hours", SQUARED_ERROR), SQUARED_ERROR)
    assert result.convex
    assert result.smallest == pytest.approx(2, abs=1e-9)
    found = hessian_eigenvalues([[0, 1, 2]], [[0, 0, 1]], [-3, 0, 3], [-1, 1], SQUARED_ERROR)
    expected = 8 / 3 + np.array([-1, 1]) * np.sqrt((8 / 3) ** 2 - 8 / 3)
    np.testing.assert_allclose(found, np.broadcast_to(expected, (2, 3, 2)), atol=1e-8)


def test_a_saddle_is_refuted():
    w, b = np.linspace(-2, 2, 5), np.linspace(-2, 2, 5)
    np.testing.assert_allclose(
        hessian_eigenvalues(X, Y, w, b, SADDLE), np.broadcast_to([-1.0, 1.0], (5, 5, 2)), atol=1e-9
    )
    result = convexity(X, Y, w, b, SADDLE)
    assert (result.convex, result.share) == (False, 1)
    assert result.smallest == pytest.approx(-1, abs=1e-9)


def test_where_the_cost_overflows_there_is_no_verdict():
    huge = Objective("huge", lambda w, b, X, Y: np.inf, lambda w, b, X, Y: (np.nan, np.nan))
    assert np.isnan(hessian_eigenvalues(X, Y, [0.0], [0.0], huge)).all()
    with pytest.raises(ValueError, match="w and b must be small enough for a finite J"):
        convexity(X, Y, [0.0], [0.0], huge)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"X": np.ones((2, 20))}, "X must have one row.*got n_x = 2"),
        ({"Y": Y[:, :3]}, "Y must have shape"),
        ({"w": [[1.0]]}, r"w must be a 1-D array.*got shape \(1, 1\)"),
        ({"b": []}, "b must be a 1-D array, not empty"),
        ({"b": [np.nan]}, "b must be a 1-D array of finite numbers; got nan"),
    ],
)
def test_bad_input_is_named(change, message):
    for function in (hessian_eigenvalues, convexity):
        with pytest.raises(ValueError, match=message):
            function(**({"X": X, "Y": Y, "w": [0.0, 1.0], "b": [0.0]} | change))
