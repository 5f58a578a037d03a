"""The classifier's functions against closed forms, central differences and exact arithmetic."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths import linear, logistic
from explainer.maths.logistic import LOG_LOSS, SIGMOID_SQUARED_ERROR, Objective

OBJECTIVES = [LOG_LOSS, SIGMOID_SQUARED_ERROR, linear.SQUARED_ERROR]
X = np.array([[-1.0, 0.0, 1.0, 2.0]])
Y = np.array([[0.0, 1.0, 0.0, 1.0]])

steadily = settings(deadline=None, derandomize=True, max_examples=60)


@st.composite
def problems(draw):
    n_x, m, seed = draw(st.integers(1, 5)), draw(st.integers(1, 12)), draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    Y = rng.integers(0, 2, (1, m)).astype(float)
    return rng.normal(size=(n_x, 1)), float(rng.normal()), rng.normal(size=(n_x, m)), Y


def central_differences(cost, w, b, X, Y, h=1e-6):
    dw = np.empty_like(w)
    for j in range(len(w)):
        up, down = w.copy(), w.copy()
        up[j] += h
        down[j] -= h
        dw[j] = (cost(up, b, X, Y) - cost(down, b, X, Y)) / (2 * h)
    return dw, (cost(w, b + h, X, Y) - cost(w, b - h, X, Y)) / (2 * h)


@pytest.mark.parametrize("z", [-700.0, -37.5, -3.0, -1e-9, 0.0, 0.5, 2.0, 40.0, 700.0])
def test_sigmoid_is_the_textbook_formula(z):
    assert logistic.sigmoid(z) == pytest.approx(1 / (1 + math.exp(-z)), rel=1e-15)


def test_sigmoid_at_known_places():
    assert logistic.sigmoid(0) == 0.5
    assert logistic.sigmoid(math.log(3)) == pytest.approx(0.75, rel=1e-15)
    np.testing.assert_allclose(logistic.sigmoid([[-math.log(9), math.log(9)]]), [[0.1, 0.9]], rtol=1e-15)


@steadily
@given(st.floats(-1e4, 1e4))
def test_sigmoid_is_symmetric_and_stays_between_0_and_1(z):
    a = logistic.sigmoid(z)
    assert 0 <= a <= 1
    assert a + logistic.sigmoid(-z) == pytest.approx(1, abs=1e-15)
    assert logistic.sigmoid_derivative(z) == pytest.approx(a * (1 - a), abs=1e-15)
    assert logistic.sigmoid_derivative(z) == logistic.sigmoid_derivative(-z)


def test_sigmoid_derivative_is_the_slope():
    z, h = np.linspace(-6, 6, 25), 1e-6
    slope = (logistic.sigmoid(z + h) - logistic.sigmoid(z - h)) / (2 * h)
    np.testing.assert_allclose(logistic.sigmoid_derivative(z), slope, atol=1e-9)


@pytest.mark.parametrize("z", [-1e4, 1e4])
@pytest.mark.parametrize("y", [0, 1])
def test_nothing_overflows_far_out(z, y):
    with np.errstate(all="raise"):
        assert logistic.sigmoid(z) == (z > 0)
        assert logistic.sigmoid_derivative(z) == 0
        assert logistic.loss_from_z(z, y) == (0 if (z > 0) == y else 1e4)
        assert np.isfinite(logistic.loss(logistic.sigmoid(z), y))
    x, label = np.array([[1.0]]), np.array([[float(y)]])
    for objective in (LOG_LOSS, SIGMOID_SQUARED_ERROR):
        assert math.isfinite(objective.cost([[z]], 0.0, x, label))
        assert np.isfinite(objective.gradients([[z]], 0.0, x, label).dw).all()


@steadily
@given(st.floats(-30, 30), st.integers(0, 1))
def test_loss_is_minus_the_log_of_the_probability_given_to_the_truth(z, y):
    probability = 1 / (1 + math.exp(-z if y else z))
    assert logistic.loss_from_z(z, y) == pytest.approx(-math.log(probability), rel=1e-9, abs=1e-15)
    assert logistic.loss(logistic.sigmoid(z), y) == pytest.approx(-math.log(probability), rel=1e-2, abs=2e-15)


def test_loss_is_clipped_and_loss_from_z_is_not():
    assert logistic.loss(0.0, 1) == pytest.approx(-math.log(logistic.EPS), rel=1e-12)
    assert logistic.loss(1.0, 0) == pytest.approx(-math.log(logistic.EPS), rel=2e-3)
    assert logistic.loss_from_z(-1000.0, 1) == 1000
    assert logistic.loss_from_z(50.0, 1) == pytest.approx(math.exp(-50), rel=1e-12)


@pytest.mark.parametrize("steps", [1, logistic.STEPS_AT_ONCE, 2 * logistic.STEPS_AT_ONCE + 3])
def test_costs_are_each_step_s_mean_loss_for_any_number_of_steps(steps):
    rng = np.random.default_rng(0)
    Z, Y = rng.normal(0, 5, (2, steps, 7)), rng.integers(0, 2, (1, 7)).astype(float)
    mean_losses = [[np.mean(-np.log(1 / (1 + np.exp((1 - 2 * Y) * z)))) for z in run] for run in Z]
    assert logistic.costs(Z, Y) == pytest.approx(np.array(mean_losses), rel=1e-9)
    Z[1, -1, 2] = np.inf if Y[0, 2] == 0 else -np.inf
    assert np.isfinite(logistic.costs(Z, Y)).sum() == 2 * steps - 1


def test_cost_at_zero_is_log_2_whatever_the_data():
    cost = logistic.cost([0.0], 0.0, X, Y)
    assert type(cost) is float
    assert cost == pytest.approx(math.log(2), rel=1e-15)


def test_gradients_at_zero_by_hand():
    # A = 1/2 everywhere: dZ = (1/2, -1/2, 1/2, -1/2), so dw = (-1/2 + 1/2 - 1) / 4 and db = 0.
    dw, db = logistic.gradients([[0.0]], 0.0, X, Y)
    np.testing.assert_allclose(dw, [[-0.25]], atol=1e-16)
    assert type(db) is float
    assert db == pytest.approx(0, abs=1e-16)


@pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda objective: objective.name)
@steadily
@given(problem=problems())
def test_gradients_are_the_slopes_of_the_cost(objective, problem):
    dw, db = objective.gradients(*problem)
    expected_dw, expected_db = central_differences(objective.cost, *problem)
    assert dw.shape == problem[0].shape
    np.testing.assert_allclose(dw, expected_dw, atol=2e-8, rtol=1e-6)
    assert db == pytest.approx(expected_db, abs=2e-8, rel=1e-6)


@pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda objective: objective.name)
@steadily
@given(problem=problems())
def test_evaluate_agrees_with_cost_and_gradients_in_both_ways(objective, problem):
    w, b, X, Y = problem
    plain = Objective(objective.name, objective.cost, objective.gradients)
    places, biases = np.stack([w[:, 0], -2 * w[:, 0]]), np.array([b, b + 1])
    for evaluation in (objective.evaluate(places, biases, X, Y), plain.evaluate(places, biases, X, Y)):
        for i in range(2):
            place = places[i], float(biases[i]), X, Y
            dw, db = objective.gradients(*place)
            assert evaluation.costs[i] == pytest.approx(objective.cost(*place), rel=1e-12, abs=1e-15)
            np.testing.assert_allclose(evaluation.dw[i], dw[:, 0], atol=1e-14)
            assert evaluation.db[i] == pytest.approx(db, abs=1e-14)


def test_an_objective_without_pointwise_is_not_asked_about_overflowed_places():
    plain = Objective("plain", logistic.cost, logistic.gradients)
    result = plain.evaluate(np.array([[np.inf], [0.0]]), np.zeros(2), X, Y)
    assert np.isnan(result.costs[0])
    assert result.costs[1] == pytest.approx(math.log(2))


def test_w_may_be_flat():
    X = np.arange(6.0).reshape(2, 3)
    Y = np.array([[0, 1, 1]])
    flat, column = np.array([0.1, -0.2]), np.array([[0.1], [-0.2]])
    assert logistic.cost(flat, 0.3, X, Y) == logistic.cost(column, 0.3, X, Y)
    np.testing.assert_array_equal(
        logistic.gradients(flat, 0.3, X, Y).dw, logistic.gradients(column, 0.3, X, Y).dw
    )
    np.testing.assert_array_equal(logistic.predict(flat, 0.3, X), logistic.predict(column, 0.3, X))


def test_predict_says_cat_above_one_half_only():
    np.testing.assert_array_equal(logistic.predict([[2.0]], 0.0, X), [[0, 0, 1, 1]])


def test_fit_is_where_the_gradients_vanish():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(3, 80)) * [[1], [100], [0.01]] + [[0], [1e4], [5]]
    Y = (rng.random((1, 80)) < 0.5).astype(float)
    best = logistic.fit(X, Y)
    assert best.converged
    assert best.w.shape == (3, 1)
    dw, db = logistic.gradients(best.w, best.b, X, Y)
    np.testing.assert_allclose(dw / X.std(axis=1, keepdims=True), 0, atol=1e-8)
    assert db == pytest.approx(0, abs=1e-12)


def test_fit_of_two_groups_is_their_log_odds():
    X, Y = np.array([[0] * 4 + [1] * 4]), np.array([[1, 0, 0, 0, 1, 1, 1, 0]])
    best = logistic.fit(X, Y)
    assert best.converged
    assert best.b == pytest.approx(-math.log(3), rel=1e-12)
    assert best.w.item() == pytest.approx(2 * math.log(3), rel=1e-12)


def test_fit_gives_a_constant_feature_no_weight():
    best = logistic.fit(np.vstack([X, np.full((1, 4), 0.1)]), Y)
    assert best.converged
    assert best.w[1, 0] == pytest.approx(0, abs=1e-12)
    assert best.w[0, 0] == pytest.approx(logistic.fit(X, Y).w.item(), rel=1e-9)


@pytest.mark.parametrize(
    ("x", "y"),
    [([1, 2, 3, 4], [0, 0, 1, 1]), ([1, 2, 3, 4], [1, 1, 1, 1]), ([5], [0]), ([1, 2, 2, 3], [0, 0, 1, 1])],
    ids=["separable", "one class", "one example", "touching"],
)
def test_fit_admits_that_there_is_no_minimum(x, y):
    best = logistic.fit([x], [y])
    assert not best.converged
    assert np.isfinite(best.w).all()
    assert math.isfinite(best.b)
    assert 1 <= best.num_iterations <= logistic.MAX_ITERATIONS


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"X": [1.0, 2.0]}, r"X must have shape \(n_x, m\).*got \(2,\)"),
        ({"X": np.empty((1, 0)), "Y": np.empty((1, 0))}, r"X must .*not empty; got \(1, 0\)"),
        ({"X": [[1.0, np.nan, 0, 0]]}, "X must be finite .*got nan"),
        ({"X": [["a", "b", "c", "d"]]}, "X must be finite numbers"),
        ({"X": [[1.0], [1.0, 2.0]]}, "X must be .*unequal length"),
        ({"Y": [0, 1, 0, 1]}, r"Y must have shape \(1, m\) = \(1, 4\).*got \(4,\)"),
        ({"Y": [[0, 1]]}, r"Y must have shape .*got \(1, 2\)"),
        ({"Y": [[0, 1, 2, 1]]}, r"Y must hold the labels 0 and 1 only; got 2\.0"),
        ({"Y": [[0, 1, np.nan, 1]]}, "Y must hold the labels 0 and 1 only; got nan"),
        ({"w": [1.0, 2.0]}, r"w must have shape .*n_x = 1; got \(2,\)"),
        ({"w": [[np.inf]]}, "w must be finite numbers; got inf"),
        ({"b": [1.0]}, r"b must be one finite number; got an array of shape \(1,\)"),
        ({"b": math.nan}, "b must be one finite number; got nan"),
        ({"b": None}, "b must be one finite number; got None"),
    ],
)
def test_bad_input_is_named(change, message):
    arguments = {"w": [1.0], "b": 0.0, "X": X, "Y": Y} | change
    functions = [f for objective in OBJECTIVES for f in (objective.cost, objective.gradients)]
    for function in functions:
        with pytest.raises(ValueError, match=message):
            function(**arguments)
    if "w" not in change and "b" not in change:
        with pytest.raises(ValueError, match=message):
            logistic.fit(arguments["X"], arguments["Y"])
    elif "Y" not in change:
        with pytest.raises(ValueError, match=message):
            logistic.predict(arguments["w"], arguments["b"], X)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: logistic.sigmoid("z"), "z must be numbers"),
        (lambda: logistic.sigmoid(1j), "z must be numbers; got 1j of type complex"),
        (lambda: logistic.loss_from_z(np.inf, 1), "Z must be finite numbers; got inf"),
        (lambda: logistic.loss_from_z(0.0, 0.5), "Y must hold the labels 0 and 1 only"),
        (
            lambda: logistic.loss_from_z([0.0, 1.0, 2.0], [0, 1]),
            r"Y must have the shape of Z, \(3,\); got \(2,\)",
        ),
        (lambda: logistic.loss(1.2, 1), r"A must be probabilities in \[0, 1\]"),
        (lambda: logistic.loss(np.nan, 1), "A must be finite numbers"),
    ],
)
def test_bad_elementwise_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
