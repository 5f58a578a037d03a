"""The first assignment's functions: its published outputs, loop against NumPy, shapes that do not fit."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from explainer.maths import numpy_basics as basics

steadily = settings(deadline=None, derandomize=True, max_examples=60)
NUMBERS = st.floats(-1e6, 1e6)
IMAGE = [
    [[0.67826139, 0.29380381], [0.90714982, 0.52835647], [0.4215251, 0.45017551]],
    [[0.92814219, 0.96677647], [0.85304703, 0.52351845], [0.19981397, 0.27417313]],
    [[0.60659855, 0.00533165], [0.10820313, 0.49978937], [0.34144279, 0.94630077]],
]
X1 = [9, 2, 5, 0, 0, 7, 5, 0, 0, 0, 9, 2, 5, 0, 0]
X2 = [9, 2, 2, 9, 0, 9, 2, 5, 0, 0, 9, 2, 5, 0, 0]
YHAT, Y = [0.9, 0.2, 0.1, 0.4, 0.9], [1, 0, 0, 1, 1]


def vectors(size: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float64, size, elements=NUMBERS)


PAIRS = st.integers(1, 12).flatmap(lambda n: st.tuples(vectors(n), vectors(n)))
PRODUCTS = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda shape: st.tuples(arrays(np.float64, shape, elements=NUMBERS), vectors(shape[1]))
)
MATRICES = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=NUMBERS)


# ---- published outputs


def test_the_outputs_of_the_assignment() -> None:
    assert basics.basic_sigmoid(3) == 0.9525741268224334
    assert basics.sigmoid([1, 2, 3]) == pytest.approx([0.73105858, 0.88079708, 0.95257413], abs=5e-9)
    assert basics.sigmoid_derivative([1, 2, 3]) == pytest.approx(
        [0.19661193, 0.10499359, 0.04517666], abs=5e-9
    )
    assert basics.normalize_rows([[0, 3, 4], [1, 6, 4]]) == pytest.approx(
        np.array([[0, 0.6, 0.8], [0.13736056, 0.82416338, 0.54944226]]), abs=5e-9
    )
    assert basics.softmax([[9, 2, 5, 0, 0], [7, 5, 0, 0, 0]]) == pytest.approx(
        np.array(
            [
                [9.80897665e-01, 8.94462891e-04, 1.79657674e-02, 1.21052389e-04, 1.21052389e-04],
                [8.78679856e-01, 1.18916387e-01, 8.01252314e-04, 8.01252314e-04, 8.01252314e-04],
            ]
        ),
        rel=5e-9,
    )
    assert basics.l1(YHAT, Y) == pytest.approx(1.1)
    assert basics.l2(YHAT, Y) == pytest.approx(0.43)


def test_the_image_of_the_assignment() -> None:
    vector = basics.image2vector(IMAGE)
    assert vector.shape == (18, 1)
    assert vector.ravel().tolist() == [value for row in IMAGE for pixel in row for value in pixel]


def test_the_products_of_the_assignment() -> None:
    for dot in (basics.dot, basics.dot_loop):
        assert dot(X1, X2) == 278
    for elementwise in (basics.elementwise, basics.elementwise_loop):
        assert elementwise(X1, X2).tolist() == [81, 4, 10, 0, 0, 63, 10, 0, 0, 0, 81, 4, 25, 0, 0]
    for outer in (basics.outer, basics.outer_loop):
        assert outer(X1, X2).shape == (15, 15)
        assert outer(X1, X2)[0].tolist() == [81, 18, 18, 81, 0, 81, 18, 45, 0, 0, 81, 18, 45, 0, 0]
    for general_dot in (basics.general_dot, basics.general_dot_loop):
        assert general_dot([[1, 2, 3], [4, 5, 6]], [1, 10, 100]).tolist() == [321, 654]


# ---- loop and NumPy


@steadily
@given(PAIRS)
def test_loops_over_vectors_are_numpy(pair: tuple[np.ndarray, np.ndarray]) -> None:
    x1, x2 = pair
    scale = float(np.abs(x1) @ np.abs(x2))
    assert basics.dot_loop(x1, x2) == pytest.approx(basics.dot(x1, x2), rel=1e-12, abs=1e-14 * scale)
    assert np.array_equal(basics.elementwise_loop(x1, x2), basics.elementwise(x1, x2))
    assert np.array_equal(basics.outer_loop(x1, x2[:3]), basics.outer(x1, x2[:3]))
    assert basics.l1(x1, x2) == pytest.approx(math.fsum(abs(a - b) for a, b in zip(x1, x2, strict=True)))
    assert basics.l2(x1, x2) == pytest.approx(math.fsum((a - b) ** 2 for a, b in zip(x1, x2, strict=True)))


@steadily
@given(PRODUCTS)
def test_the_loop_over_a_matrix_is_numpy(pair: tuple[np.ndarray, np.ndarray]) -> None:
    W, x = pair
    scale = float((np.abs(W) @ np.abs(x)).max())
    assert np.allclose(
        basics.general_dot_loop(W, x), basics.general_dot(W, x), rtol=1e-12, atol=1e-14 * scale
    )


@steadily
@given(st.floats(-1e300, 1e300))
def test_math_and_numpy_agree_on_the_sigmoid(x: float) -> None:
    s = basics.basic_sigmoid(x)
    assert 0 <= s <= 1
    assert basics.sigmoid(x) == pytest.approx(s, rel=1e-14)
    assert s + basics.basic_sigmoid(-x) == pytest.approx(1)


@steadily
@given(st.floats(-20, 20))
def test_the_derivative_is_the_slope(x: float) -> None:
    h = 1e-5
    slope = (basics.basic_sigmoid(x + h) - basics.basic_sigmoid(x - h)) / (2 * h)
    assert basics.sigmoid_derivative(x) == pytest.approx(slope, abs=1e-9)


# ---- what always holds


@steadily
@given(MATRICES, st.floats(-1e3, 1e3))
def test_softmax_gives_shares(x: np.ndarray, shift: float) -> None:
    shares = basics.softmax(x)
    assert shares.shape == x.shape
    assert (shares >= 0).all() and shares.sum(axis=1) == pytest.approx(1)
    moderate = np.clip(x, -30, 30)
    naive = np.exp(moderate) / np.exp(moderate).sum(axis=1)[:, None]
    assert np.allclose(basics.softmax(moderate + shift), naive, rtol=1e-9)


@steadily
@given(MATRICES)
def test_rows_have_length_1_or_are_zeros(x: np.ndarray) -> None:
    x = np.where(np.abs(x) < 1e-3, 0, x)
    lengths = np.linalg.norm(basics.normalize_rows(x), axis=1)
    assert lengths == pytest.approx(np.where(x.any(axis=1), 1, 0))


def test_1000_does_not_overflow() -> None:
    assert basics.softmax([1000, 1000, 1000, 1000]).tolist() == [[0.25] * 4]
    assert basics.softmax([[1000, 0], [-1000, -1001]])[0].tolist() == [1, 0]
    assert basics.sigmoid([-1000, 0, 1000]).tolist() == [0, 0.5, 1]
    assert [basics.basic_sigmoid(x) for x in (-1000, 0, 1000)] == [0, 0.5, 1]
    assert basics.sigmoid_derivative([-1000, 1000]).tolist() == [0, 0]


def test_a_row_of_zeros_stays() -> None:
    assert basics.normalize_rows([[0, 0], [3, 4]]).tolist() == [[0, 0], [0.6, 0.8]]


@pytest.mark.parametrize("size", [5e-324, 1e-310, 1e-200, 1e-160, 1.0, 1e160, 1e200, 4e307])
def test_rows_of_very_small_and_very_large_numbers_have_length_1(size: float) -> None:
    with np.errstate(all="raise"):
        found = basics.normalize_rows([[3 * size, -4 * size], [0, 0], [size, size]])
    assert found == pytest.approx(np.array([[0.6, -0.8], [0, 0], [0.5**0.5, 0.5**0.5]]), rel=1e-15)


def test_rows_of_usual_numbers_are_to_the_last_digit_what_the_formula_gives() -> None:
    rng = np.random.default_rng(9)
    x = rng.normal(size=(500, 7)) * 10.0 ** rng.integers(-100, 100, (500, 1))
    assert np.array_equal(basics.normalize_rows(x), x / np.linalg.norm(x, axis=1, keepdims=True))


def test_a_vector_is_one_row() -> None:
    assert basics.normalize_rows([3, 4]).tolist() == [[0.6, 0.8]]
    assert basics.softmax([5, 5]).tolist() == [[0.5, 0.5]]


# ---- what does not fit


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: basics.dot([1, 2, 3], [1, 2, 3, 4]), r"x1 and x2 .* \(3,\) and \(4,\)"),
        (lambda: basics.dot_loop([1, 2, 3], [1, 2, 3, 4]), r"x1 and x2 .* \(3,\) and \(4,\)"),
        (lambda: basics.elementwise([1], [1, 2]), r"x1 and x2 .* \(1,\) and \(2,\)"),
        (lambda: basics.elementwise_loop([1], [1, 2]), r"x1 and x2 .* \(1,\) and \(2,\)"),
        (lambda: basics.l1([0.5], [1, 0]), r"yhat and y .* \(1,\) and \(2,\)"),
        (lambda: basics.l2([0.5], [1, 0]), r"yhat and y .* \(1,\) and \(2,\)"),
        (lambda: basics.dot([[1, 2]], [1, 2]), r"x1 must be a 1-D array.*\(1, 2\)"),
        (lambda: basics.outer([1, 2], [[1], [2]]), r"x2 must be a 1-D array.*\(2, 1\)"),
        (lambda: basics.outer_loop([], [1]), r"x1 must be a 1-D array"),
        (lambda: basics.general_dot([[1, 2], [3, 4]], [1, 2, 3]), r"W must have 3 columns.*\(2, 2\)"),
        (lambda: basics.general_dot_loop([1, 2], [1, 2]), r"W must have 2 columns.*\(2,\)"),
        (lambda: basics.image2vector([[1, 2]]), r"image must have shape \(length, height, depth\).*\(1, 2\)"),
        (lambda: basics.normalize_rows([[[1]]]), r"x must have rows and columns.*\(1, 1, 1\)"),
        (lambda: basics.softmax([]), r"x must have rows and columns"),
        (lambda: basics.softmax([math.nan]), r"x must be finite"),
        (lambda: basics.dot(["a"], [1]), r"x1 must be"),
        (lambda: basics.normalize_rows([[1, 2], [3]]), r"x must be .* unequal length"),
    ],
)
def test_what_does_not_fit_is_said(call, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
