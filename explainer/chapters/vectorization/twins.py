"""Loop and vectorised twins: the same result, once number by number, once by NumPy.

Each way gets its data in its own form: lists for a loop over lists, which are made before its clock starts.
(Slow, faster and fastest twins side by side: after Rougier, "From Python to Numpy", 2017.)
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.random import default_rng  # NumPy would load it on first use, while a stopwatch runs

from explainer.maths import checks
from explainer.maths.checks import FloatArray

SEED: Final = 2
CACHE_LINE: Final = 64  # bytes


def dot_loop(x: Sequence[float], y: Sequence[float]) -> float:
    """x . y = x_1 y_1 + x_2 y_2 + ..., one product after the other; x and y are lists or arrays (n,)."""
    total = 0.0
    for i in range(len(x)):
        total += x[i] * y[i]
    return total


def dot_numpy(x: FloatArray, y: FloatArray) -> float:
    """The same in one call; x and y are arrays (n,)."""
    return float(np.dot(x, y))


def sigmoid_loop(z: Sequence[float]) -> list[float]:
    """a = 1 / (1 + exp(-z)) of every number of a list."""
    a = []
    for number in z:
        a.append(1 / (1 + math.exp(-number)))
    return a


def sigmoid_numpy(z: FloatArray) -> FloatArray:
    """The same of a whole array (n,) at once."""
    a: FloatArray = 1 / (1 + np.exp(-z))
    return a


def step_double_loop(
    X: list[list[float]], Y: list[float], w: list[float], b: float
) -> tuple[list[float], float]:
    """dw and db of logistic regression, a loop over the m examples and in it one over the n_x features.

    X is a list of n_x rows with m numbers each; Y, w lists of m and n_x numbers.
    """
    n_x, m = len(X), len(Y)
    dw, db = [0.0] * n_x, 0.0
    for i in range(m):
        z = b
        for j in range(n_x):
            z += w[j] * X[j][i]
        dz = 1 / (1 + math.exp(-z)) - Y[i]
        for j in range(n_x):
            dw[j] += X[j][i] * dz / m
        db += dz / m
    return dw, db


def step_example_loop(X: FloatArray, Y: FloatArray, w: FloatArray, b: float) -> tuple[FloatArray, float]:
    """The same, the inner loop vectorised: one example x (n_x,) after the other. X (n_x, m), Y (1, m)."""
    n_x, m = X.shape
    dw, db = np.zeros((n_x, 1)), 0.0
    for i in range(m):
        x = X[:, i : i + 1]
        z = np.dot(w.T, x) + b
        dz = 1 / (1 + np.exp(-z)) - Y[:, i : i + 1]
        dw += x * dz / m
        db += float(dz[0, 0]) / m
    return dw, db


def step_vectorised(X: FloatArray, Y: FloatArray, w: FloatArray, b: float) -> tuple[FloatArray, float]:
    """The same without a loop: all examples at once. X (n_x, m), Y (1, m), w (n_x, 1)."""
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
    dZ = A - Y
    return np.dot(X, dZ.T) / m, float(np.sum(dZ)) / m


@dataclass(frozen=True)
class Way:
    """One way to the result; `prepare` turns a twin's arrays into the arguments of its `function`."""

    name: str
    function: Callable[..., Any]
    prepare: Callable[..., tuple[Any, ...]]


@dataclass(frozen=True)
class Twin:
    """Several ways to one result, the slowest first. `make` gives random arrays (same seed) of n numbers."""

    name: str
    ways: tuple[Way, ...]
    make: Callable[[int], tuple[Any, ...]]

    def arguments(self, way: Way, n: int) -> tuple[Any, ...]:
        """What a way is called with for n numbers: the same ones for every way."""
        return way.prepare(*self.make(n))


def step_shape(n: int) -> tuple[int, int]:
    """n_x and m of the gradient step for n numbers; ValueError for n below 1.

    n_x is the greatest power of ten whose square is at most n, and m = n / n_x: 10 numbers are 1 x 10, a
    thousand 10 x 100, a million 1,000 x 1,000.
    """
    n = checks.whole("n", n)
    checks.positive("n", n)
    n_x = 10 ** ((len(str(n)) - 1) // 2)
    return n_x, n // n_x


def flat(result: Any) -> FloatArray:
    """A way's result (numbers, lists, arrays or a tuple of them) as one row of numbers."""
    parts = result if isinstance(result, tuple) else (result,)
    return np.concatenate([np.ravel(np.asarray(part, dtype=np.float64)) for part in parts])


def _two_vectors(n: int) -> tuple[FloatArray, FloatArray]:
    rng = default_rng(SEED)
    return rng.random(n), rng.random(n)


def _one_vector(n: int) -> tuple[FloatArray]:
    return (default_rng(SEED).normal(size=n),)


def _examples(n: int) -> tuple[FloatArray, FloatArray, FloatArray, float]:
    rng, (n_x, m) = default_rng(SEED), step_shape(n)
    Y = rng.integers(2, size=(1, m)).astype(np.float64)
    return rng.normal(size=(n_x, m)), Y, rng.normal(size=(n_x, 1)) / n_x, 0.1


def _as_arrays(*arrays: Any) -> tuple[Any, ...]:
    """Arrays aligned to cache lines: without that np.dot takes up to 1.6 times as long, by chance."""
    return tuple(_aligned(array) if isinstance(array, np.ndarray) else array for array in arrays)


def _aligned(array: FloatArray) -> FloatArray:
    """A copy that begins at a multiple of `CACHE_LINE` bytes."""
    room = np.empty(array.size + CACHE_LINE // 8)
    start = -room.ctypes.data % CACHE_LINE // 8
    copy: FloatArray = room[start : start + array.size].reshape(array.shape)
    copy[...] = array
    return copy


def _as_lists(*arrays: FloatArray) -> tuple[Any, ...]:
    return tuple(array.tolist() for array in arrays)


def _step_as_lists(X: FloatArray, Y: FloatArray, w: FloatArray, b: float) -> tuple[Any, ...]:
    return X.tolist(), Y[0].tolist(), w[:, 0].tolist(), b


_TWINS: Final = (
    Twin(
        "dot",
        (
            Way("array_loop", dot_loop, _as_arrays),
            Way("list_loop", dot_loop, _as_lists),
            Way("numpy", dot_numpy, _as_arrays),
        ),
        _two_vectors,
    ),
    Twin(
        "sigmoid",
        (Way("math_loop", sigmoid_loop, _as_lists), Way("numpy", sigmoid_numpy, _as_arrays)),
        _one_vector,
    ),
    Twin(
        "step",
        (
            Way("double_loop", step_double_loop, _step_as_lists),
            Way("example_loop", step_example_loop, _as_arrays),
            Way("numpy", step_vectorised, _as_arrays),
        ),
        _examples,
    ),
)
TWINS: Final[Mapping[str, Twin]] = {twin.name: twin for twin in _TWINS}
"""By name, in the order of the page."""
