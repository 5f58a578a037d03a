"""The straight line against numpy's own polynomial fit and arithmetic by hand."""

import numpy as np
import pytest

from explainer.maths import linear

X = np.array([[0.0, 1.0, 2.0]])
Y = np.array([[0.0, 1.0, 1.0]])


def test_cost_has_no_half():
    # Errors 1, 1 and 2: (1 + 1 + 4) / 3.
    cost = linear.cost([[1.0]], 1.0, X, Y)
    assert type(cost) is float
    assert cost == pytest.approx(2.0)


def test_gradients_by_hand():
    # dZ = 2 (1, 1, 2): dw = (0 + 2 + 8) / 3, db = 8 / 3.
    dw, db = linear.gradients([1.0], 1.0, X, Y)
    np.testing.assert_allclose(dw, [[10 / 3]])
    assert type(db) is float
    assert db == pytest.approx(8 / 3)


def test_fit_is_that_of_polyfit():
    rng = np.random.default_rng(1)
    X, Y = rng.normal(2000, 30, (1, 40)), rng.integers(0, 2, (1, 40))
    slope, intercept = np.polynomial.Polynomial.fit(X[0], Y[0], 1).convert().coef[::-1]
    line = linear.fit(X, Y)
    assert line.w.shape == (1, 1)
    assert line.w.item() == pytest.approx(slope, rel=1e-9)
    assert line.b == pytest.approx(intercept, rel=1e-9)


def test_fit_in_several_dimensions_leaves_no_gradient():
    rng = np.random.default_rng(2)
    X, Y = rng.normal(size=(4, 30)), rng.integers(0, 2, (1, 30))
    line = linear.fit(X, Y)
    dw, db = linear.gradients(line.w, line.b, X, Y)
    np.testing.assert_allclose(dw, 0, atol=1e-14)
    assert db == pytest.approx(0, abs=1e-14)


def test_fit_gives_a_constant_feature_no_weight():
    line = linear.fit([[7.0, 7.0, 7.0]], Y)
    assert line.w.item() == 0
    assert line.b == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("X", "Y", "message"),
    [
        ([1.0, 2.0], [[0, 1]], "X must have shape"),
        ([[1.0, np.inf]], [[0, 1]], "X must be finite .*got inf"),
        ([[]], [[]], "X must .*not empty"),
        ([[1.0, 2.0]], [[0, 1, 1]], "Y must have shape"),
        ([[1.0, 2.0]], [[0, 0.5]], r"Y must hold the labels 0 and 1 only; got 0\.5"),
    ],
)
def test_fit_names_bad_input(X, Y, message):
    with pytest.raises(ValueError, match=message):
        linear.fit(X, Y)
