"""The twins: each way against the others, closed forms, sums without rounding and central differences."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.chapters.vectorization.twins import (
    TWINS,
    Twin,
    Way,
    dot_loop,
    dot_numpy,
    flat,
    sigmoid_loop,
    sigmoid_numpy,
    step_double_loop,
    step_example_loop,
    step_shape,
    step_vectorised,
)
from explainer.maths import logistic

SAME = 1e-9
steadily = settings(deadline=None, derandomize=True, max_examples=40)
SIZES = (1, 7, 10, 100, 1000)

numbers = st.floats(-1e3, 1e3)
logits = st.floats(-30, 30)


def way_of(twin: str, name: str) -> Way:
    return next(way for way in TWINS[twin].ways if way.name == name)


def examples(n_x: int, m: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    rng = np.random.default_rng(seed)
    Y = rng.integers(2, size=(1, m)).astype(float)
    return rng.uniform(-2, 2, (n_x, m)), Y, rng.uniform(-1, 1, (n_x, 1)), float(rng.uniform(-1, 1))


def steps(X: np.ndarray, Y: np.ndarray, w: np.ndarray, b: float) -> list[np.ndarray]:
    """dw and then db as one row, by each of the three ways."""
    lists = X.tolist(), Y[0].tolist(), w[:, 0].tolist(), b
    by_ways = step_double_loop(*lists), step_example_loop(X, Y, w, b), step_vectorised(X, Y, w, b)
    return [flat(found) for found in by_ways]


def cost(X: np.ndarray, Y: np.ndarray, w: np.ndarray, b: float) -> float:
    """J by log(1 + e^z) - y z: no sigmoid in it, and no product of arrays."""
    terms = []
    for i in range(X.shape[1]):
        z = math.fsum([b, *(w[j, 0] * X[j, i] for j in range(X.shape[0]))])
        terms.append(math.log1p(math.exp(z)) - Y[0, i] * z)
    return math.fsum(terms) / X.shape[1]


def test_the_twins_and_their_ways_have_these_names() -> None:
    ways = {name: [way.name for way in twin.ways] for name, twin in TWINS.items()}
    assert ways == {
        "dot": ["array_loop", "list_loop", "numpy"],
        "sigmoid": ["math_loop", "numpy"],
        "step": ["double_loop", "example_loop", "numpy"],
    }
    assert all(twin.name == name for name, twin in TWINS.items())


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("name", TWINS)
def test_all_ways_give_the_same_numbers(name: str, n: int) -> None:
    twin = TWINS[name]
    results = [flat(way.function(*twin.arguments(way, n))) for way in twin.ways]
    wanted = {"dot": 1, "sigmoid": n, "step": step_shape(n)[0] + 1}[name]
    for one in results:
        assert one.shape == (wanted,)
        for other in results:
            np.testing.assert_allclose(one, other, rtol=SAME)


@steadily
@given(st.lists(st.tuples(numbers, numbers), max_size=30))
def test_dot_against_a_sum_without_rounding(pairs: list[tuple[float, float]]) -> None:
    x, y = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    exact = math.fsum(a * b for a, b in pairs)
    near = 1e-14 * math.fsum(abs(a * b) for a, b in pairs)
    arrays = np.array(x), np.array(y)
    for found in (dot_loop(x, y), dot_loop(*arrays), dot_numpy(*arrays)):
        assert found == pytest.approx(exact, rel=0, abs=near + 1e-300)


def test_dot_by_hand() -> None:
    assert dot_loop([1.0, 2.0, 3.0], [4.0, 5.0, 6.0]) == 32
    assert dot_numpy(np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])) == 32
    assert type(dot_numpy(np.ones(2), np.ones(2))) is float


@steadily
@given(st.lists(logits, min_size=1, max_size=30))
def test_sigmoid_against_tanh_and_its_own_symmetry(z: list[float]) -> None:
    by_tanh = [0.5 * (1 + math.tanh(number / 2)) for number in z]
    ways = (sigmoid_loop, lambda z: sigmoid_numpy(np.array(z)).tolist())
    for way in ways:
        a = way(z)
        assert a == pytest.approx(by_tanh, rel=SAME, abs=1e-15)
        # Where the tanh form has lost its digits: a / (1 - a) = e^z, and sigmoid(-z) = 1 - a.
        other = way([-number for number in z])
        assert [one / rest for one, rest in zip(a, other, strict=True)] == pytest.approx(
            [math.exp(number) for number in z], rel=SAME
        )
        assert [one + rest for one, rest in zip(a, other, strict=True)] == pytest.approx([1.0] * len(z))


@steadily
@given(st.integers(1, 6), st.integers(1, 8), st.integers(0, 2**32 - 1))
def test_a_step_against_central_differences_of_the_cost(n_x: int, m: int, seed: int) -> None:
    X, Y, w, b = examples(n_x, m, seed)
    h = 1e-5
    moves = [np.eye(n_x)[:, [j]] * h for j in range(n_x)]
    slopes = [(cost(X, Y, w + move, b) - cost(X, Y, w - move, b)) / (2 * h) for move in moves]
    slopes.append((cost(X, Y, w, b + h) - cost(X, Y, w, b - h)) / (2 * h))
    for found in steps(X, Y, w, b):
        np.testing.assert_allclose(found, slopes, rtol=1e-6, atol=1e-8)


@steadily
@given(st.integers(1, 30), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_a_step_against_the_gradients_that_all_chapters_use(n_x: int, m: int, seed: int) -> None:
    X, Y, w, b = examples(n_x, m, seed)
    dw, db = logistic.gradients(w, b, X, Y)
    for found in steps(X, Y, w, b):
        np.testing.assert_allclose(found, [*dw[:, 0], db], rtol=SAME, atol=1e-14)


def test_a_step_leaves_its_data_alone() -> None:
    X, Y, w, b = examples(3, 4, 0)
    before = X.copy(), Y.copy(), w.copy()
    steps(X, Y, w, b)
    assert all(np.array_equal(one, other) for one, other in zip((X, Y, w), before, strict=True))


@pytest.mark.parametrize(("name", "count"), [("dot", 2), ("sigmoid", 1)])
@pytest.mark.parametrize("n", SIZES)
def test_vectors_come_as_arrays_or_as_lists_of_floats(name: str, count: int, n: int) -> None:
    for way in TWINS[name].ways:
        arguments = TWINS[name].arguments(way, n)
        assert len(arguments) == count
        for vector in arguments:
            if way.name in {"list_loop", "math_loop"}:
                assert type(vector) is list and len(vector) == n
                assert {type(number) for number in vector} == {float}
            else:
                assert type(vector) is np.ndarray and vector.dtype == np.float64 and vector.shape == (n,)


@pytest.mark.parametrize("n", SIZES)
def test_examples_come_as_arrays_or_as_lists_of_rows(n: int) -> None:
    n_x, m = step_shape(n)
    twin = TWINS["step"]
    X, Y, w, b = twin.arguments(way_of("step", "double_loop"), n)
    assert type(X) is list and len(X) == n_x
    assert all(type(row) is list and len(row) == m for row in X)
    assert {type(number) for number in (*X[0], *Y, *w, b)} == {float}
    assert (type(Y), type(w), len(Y), len(w)) == (list, list, m, n_x)
    for name in ("example_loop", "numpy"):
        arrays = twin.arguments(way_of("step", name), n)
        assert [array.shape for array in arrays[:3]] == [(n_x, m), (1, m), (n_x, 1)]
        assert all(array.dtype == np.float64 for array in arrays[:3])
        assert type(arrays[3]) is float
        assert np.array_equal(arrays[0], X) and np.array_equal(arrays[1], [Y])
        assert np.array_equal(arrays[2][:, 0], w) and arrays[3] == b
    assert set(Y) <= {0.0, 1.0}


def test_one_step_sees_both_labels() -> None:
    assert set(TWINS["step"].make(1000)[1][0]) == {0.0, 1.0}


@pytest.mark.parametrize("name", TWINS)
def test_the_numbers_are_seeded_and_the_same_for_every_way(name: str) -> None:
    twin = TWINS[name]
    made = flat(twin.make(100))
    assert np.array_equal(made, flat(twin.make(100)))
    assert np.unique(made).size > made.size / 2  # numbers of all kinds, not one of them again and again
    for way in twin.ways:
        parts = [np.ravel(part) for part in twin.arguments(way, 100)]
        assert np.array_equal(np.concatenate(parts), made)


def test_arguments_are_prepared_from_what_is_made() -> None:
    way = Way("one", sum, lambda *made: (made, "prepared"))
    twin = Twin("made up", (way,), lambda n: (n, 2 * n))
    assert twin.arguments(way, 5) == ((5, 10), "prepared")


@pytest.mark.parametrize(
    ("n", "wanted"),
    [
        (1, (1, 1)),
        (9, (1, 9)),
        (10, (1, 10)),
        (99, (1, 99)),
        (100, (10, 10)),
        (1000, (10, 100)),
        (9999, (10, 999)),
        (10_000, (100, 100)),
        (10**6, (1000, 1000)),
        (10**9, (10**4, 10**5)),
    ],
)
def test_the_shape_of_the_step(n: int, wanted: tuple[int, int]) -> None:
    assert step_shape(n) == wanted


@steadily
@given(st.integers(1, 10**12))
def test_the_shape_holds_as_many_numbers_as_fit(n: int) -> None:
    n_x, m = step_shape(n)
    assert n_x * m <= n < n_x * (m + 1)
    assert n_x**2 <= n < 100 * n_x**2
    assert set(str(n_x)) <= {"1", "0"} and str(n_x).count("1") == 1


def test_the_shape_of_one_whatever_its_type() -> None:
    assert step_shape(True) == step_shape(1) == (1, 1)


@pytest.mark.parametrize("n", [0, -1, 2.5, math.nan, math.inf, "10", None, 10.0])
def test_a_wrong_n_has_no_shape(n: Any) -> None:
    with pytest.raises(ValueError, match=r"n must be (a whole number, 0 or more|above 0); got"):
        step_shape(n)
    with pytest.raises(ValueError, match="n must be"):
        TWINS["step"].make(n)


@pytest.mark.parametrize(
    ("result", "wanted"),
    [
        (2, [2.0]),
        (np.float64(2.5), [2.5]),
        ([1, 2.0], [1.0, 2.0]),
        (np.array([[1, 2], [3, 4]]), [1.0, 2.0, 3.0, 4.0]),
        (([1.0, 2.0], 3.0), [1.0, 2.0, 3.0]),
        ((np.array([[1.0], [2.0]]), 3), [1.0, 2.0, 3.0]),
        ([[1, 2], [3, 4]], [1.0, 2.0, 3.0, 4.0]),
        (([], 7), [7.0]),
    ],
)
def test_any_result_is_one_row_of_numbers(result: Any, wanted: list[float]) -> None:
    row = flat(result)
    assert row.dtype == np.float64 and row.ndim == 1
    assert row.tolist() == wanted


@pytest.mark.parametrize("name", TWINS)
@pytest.mark.parametrize("n", [1, 10, 1000, 12_345])
def test_arrays_begin_where_a_cache_line_does(name: str, n: int) -> None:
    twin = TWINS[name]
    for way in twin.ways:
        for array in twin.arguments(way, n):
            if isinstance(array, np.ndarray):
                assert array.ctypes.data % 64 == 0 and array.flags.c_contiguous
