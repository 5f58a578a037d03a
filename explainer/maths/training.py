"""Logistic regression on wide data, such as pictures, trained in the span of the data.

Started at zero, w always stays a combination of the examples, because dw = X dZ^T / m is one:

    w = X c^T,    b = sum(c)                  c (1, m), at first 0
    Z = w^T X + b = c (X^T X + 1) = c K       K (m, m), computed once
    dZ = sigmoid(Z) - Y                       (1, m)
    c := c - learning_rate dZ / m             so w := w - learning_rate X dZ^T / m, and b with it
    w = X c^T                                 only when it is asked for

So a step costs m^2 products instead of 2 n_x m, several learning rates share one matrix product, and nothing
is approximate. (This is the argument of the representer theorem: Kimeldorf and Wahba, 1971.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks
from explainer.maths.checks import FloatArray, freeze_fields
from explainer.maths.logistic import costs


@dataclass(frozen=True, eq=False)
class Run:
    """Training with one learning rate, from step 0 (w = 0, b = 0) to step T. Arrays are read-only.

    `costs` (T+1,), `coefficients` (T+1, m) and `Z` (T+1, m) are J, c and z of every example at each step,
    `X` (n_x, m) are the examples that c combines.
    """

    learning_rate: float
    costs: FloatArray
    coefficients: FloatArray
    Z: FloatArray
    X: FloatArray

    def __post_init__(self) -> None:
        freeze_fields(self, "costs", "coefficients", "Z", "X")

    @property
    def num_iterations(self) -> int:
        """T, the number of steps."""
        return self.costs.size - 1

    @property
    def w(self) -> FloatArray:
        """The weights at the end, (n_x, 1)."""
        return self.w_at(self.num_iterations)

    @property
    def b(self) -> float:
        """The bias at the end."""
        return self.b_at(self.num_iterations)

    def w_at(self, step: int) -> FloatArray:
        """The weights after so many steps, (n_x, 1). IndexError past the end."""
        return self.X @ self._row(step)[:, None]

    def b_at(self, step: int) -> float:
        """The bias after so many steps. IndexError past the end."""
        return float(self._row(step).sum())

    @classmethod
    def joined(cls, stretches: "Sequence[Run]") -> "Run":
        """One run made of consecutive stretches, each of which begins where the one before ends."""
        first, *further = stretches
        arrays = {
            name: np.concatenate([getattr(first, name), *(getattr(run, name)[1:] for run in further)])
            for name in ("costs", "coefficients", "Z")
        }
        return cls(first.learning_rate, X=first.X, **arrays)

    def _row(self, step: int) -> FloatArray:
        if not 0 <= step <= self.num_iterations:
            raise IndexError(f"step must be 0 to {self.num_iterations}; got {step}")
        return np.asarray(self.coefficients[step])


@dataclass(frozen=True, eq=False)
class Span:
    """Examples X (n_x, m), labels Y (1, m), and K = X^T X + 1 (m, m), all that training needs; read-only."""

    X: FloatArray
    Y: FloatArray
    K: FloatArray

    def __post_init__(self) -> None:
        freeze_fields(self, "X", "Y", "K")


def centre(products: FloatArray) -> None:
    """Makes X^T X (m, m) into (X - mu)^T (X - mu), where mu (n_x, 1) is the mean of the columns; in place.

    Each product x_i . x_j loses the means of its row and of its column, and gets back that of all.
    """
    means = products.mean(axis=0)
    products -= means
    products -= (means - means.mean())[:, None]


def span(X: ArrayLike, Y: ArrayLike) -> Span:
    """What training in the span needs of X (n_x, m), Y (1, m). ValueError for wrong shapes or values."""
    X, Y = checks.examples(X, Y)
    return Span(X, Y, X.T @ X + 1)


def train(X: ArrayLike, Y: ArrayLike, learning_rates: ArrayLike, num_iterations: int) -> list[Run]:
    """Trains from w = 0, b = 0 with each learning rate: w := w - learning_rate dw, b := b - learning_rate db.

    X (n_x, m), Y (1, m). Equals `descent.descend` up to rounding errors, which grow with the number of steps,
    and quickly where a large learning rate makes the cost rise and fall. ValueError for wrong shapes or
    values and for a learning rate that is not above 0.
    """
    return train_in_span(span(X, Y), learning_rates, num_iterations)


def train_in_span(
    spanned: Span, learning_rates: ArrayLike, num_iterations: int, before: Sequence[Run] = ()
) -> list[Run]:
    """The same for a `span` that is already computed; with `before`, runs of these learning rates continue.

    A run computed in stretches and `joined` equals the run computed at once, to the last bit.
    """
    rates = checks.vector("learning_rates", learning_rates)
    checks.positive("learning_rates", float(rates.min()))
    steps, m = checks.whole("num_iterations", num_iterations) + 1, spanned.X.shape[1]
    pace = rates[:, None] / m
    # One row for each learning rate.
    c = np.stack([run.coefficients[-1] for run in before]) if before else np.zeros((rates.size, m))
    coefficients, Z = np.empty((rates.size, steps, m)), np.empty((rates.size, steps, m))
    with np.errstate(all="ignore"):
        for t in range(steps):
            coefficients[:, t] = c
            Z[:, t] = z = c @ spanned.K
            c = _after_a_step(c, z, spanned.Y, pace)
    J = costs(Z, spanned.Y)
    return [Run(float(rates[i]), J[i], coefficients[i], Z[i], spanned.X) for i in range(rates.size)]


def coefficients_after(
    K: FloatArray, Y: FloatArray, learning_rate: float, num_iterations: int, c: FloatArray
) -> FloatArray:
    """c (1, m) so many steps after `c`, for K = X^T X + 1 (m, m) and labels Y (1, m).

    Nothing is kept of the steps between, and X is not needed: for examples that are too many for a `Run`.
    """
    pace = np.full((1, 1), learning_rate / c.size)
    with np.errstate(all="ignore"):
        for _ in range(num_iterations):
            c = _after_a_step(c, c @ K, Y, pace)
    return c


def _after_a_step(c: FloatArray, z: FloatArray, Y: FloatArray, pace: FloatArray) -> FloatArray:
    """c - learning_rate dZ / m, a row for each learning rate; `pace` (rates, 1) is learning_rate / m."""
    dz = 0.5 * np.tanh(0.5 * z) + (0.5 - Y)  # sigmoid(z) - Y; tanh is faster than exp
    after: FloatArray = c - pace * dz
    return after


walk = train_in_span  # its former name, for callers outside this repository
