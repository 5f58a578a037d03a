"""A hidden layer on mirrored pairs: against the plain training on all of them."""

import numpy as np
import pytest

from explainer.maths import shallow
from explainer.maths.mirrored import InMirroredPairs

RNG = np.random.default_rng(5)
X = RNG.normal(size=(40, 6))
MIRRORED = X[::-1]  # the features from the last to the first: twice changes nothing
BOTH = np.hstack([X, MIRRORED])
Y = np.tile(RNG.integers(0, 2, (1, 6)).astype(float), 2)
N_H, RATE, STEPS = 3, 0.2, 60


def layer(start: shallow.Parameters) -> InMirroredPairs:
    P, Q = X.T @ X, X.T @ MIRRORED
    return InMirroredPairs(start.W1 @ BOTH + start.b1, (P + Q) / 2 + 1, (P - Q) / 2)


def test_it_is_the_plain_training_on_all_examples() -> None:
    start, hidden = shallow.initialize(40, N_H, 1), layer(shallow.initialize(40, N_H, 1))
    went = shallow.go_on(hidden, start.W2, start.b2, Y, RATE, STEPS)
    plain = shallow.descend(start, BOTH, Y, RATE, STEPS)
    np.testing.assert_allclose(went.costs, plain.costs, rtol=1e-9)
    assert plain.costs[-1] < 0.5 * plain.costs[0], "it has learned something"
    np.testing.assert_allclose(went.W2, plain.parameters.W2, rtol=1e-7)
    np.testing.assert_allclose(start.W1 + hidden.coefficients @ BOTH.T, plain.parameters.W1, atol=1e-9)
    b1 = start.b1 + hidden.coefficients.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(b1, plain.parameters.b1, atol=1e-9)


def test_it_goes_on_where_it_was() -> None:
    start, at_once = shallow.initialize(40, N_H, 2), layer(shallow.initialize(40, N_H, 2))
    whole = shallow.go_on(at_once, start.W2, start.b2, Y, RATE, STEPS)
    hidden = layer(start)
    half = shallow.go_on(hidden, start.W2, start.b2, Y, RATE, STEPS // 2)
    rest = shallow.go_on(hidden, half.W2, half.b2, Y, RATE, STEPS - STEPS // 2)
    np.testing.assert_array_equal(np.append(half.costs[:-1], rest.costs), whole.costs)
    np.testing.assert_array_equal(hidden.coefficients, at_once.coefficients)


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="2 m"):
        InMirroredPairs(np.zeros((2, 5)), np.eye(3), np.eye(3))
