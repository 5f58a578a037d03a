"""Logistic regression on wide data, such as pictures, trained in the span of the data.

Started at zero, w always stays a combination of the examples, because dw = X dZ^T / m is one:

    w = X c^T,    b = sum(c)                  c (1, m), at first 0
    Z = w^T X + b = c (X^T X + 1) = c K       K (m, m), computed once
    dZ = sigmoid(Z) - Y                       (1, m)
    c := c - learning_rate dZ / m             so w := w - learning_rate X dZ^T / m, and b with it
    w = X c^T                                 only when somebody asks

So a step costs m^2 instead of 2 n_x m products, several learning rates share one matrix product, and nothing
is approximate. (The representer theorem's argument: Kimeldorf and Wahba, 1971.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks
from explainer.maths.checks import FloatArray
from explainer.maths.logistic import costs


@dataclass(frozen=True, eq=False)
class Run:
    """One learning rate's training: costs (T+1,) from step 0, the zeros, to step T; arrays read-only.

    `coefficients` (T+1, m) are the c of every step, `Z` (T+1, m) the z of every example there, `X` (n_x, m)
    the examples that they combine.
    """

    learning_rate: float
    costs: FloatArray
    coefficients: FloatArray
    Z: FloatArray
    X: FloatArray

    def __post_init__(self) -> None:
        _freeze(self, "costs", "coefficients", "Z", "X")

    @property
    def num_iterations(self) -> int:
        """T, the number of steps walked."""
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
        """Stretches of one run, each beginning where the one before ends, as one."""
        first, *further = stretches

        def row_by_row(name: str) -> FloatArray:
            return np.concatenate([getattr(first, name), *(getattr(run, name)[1:] for run in further)])

        return cls(
            first.learning_rate,
            row_by_row("costs"),
            row_by_row("coefficients"),
            row_by_row("Z"),
            first.X,
        )

    def _row(self, step: int) -> FloatArray:
        if not 0 <= step <= self.num_iterations:
            raise IndexError(f"step must be 0 to {self.num_iterations}; got {step}")
        row: FloatArray = self.coefficients[step]
        return row


@dataclass(frozen=True, eq=False)
class Span:
    """Examples X (n_x, m), labels Y (1, m), and what training asks of X: K = X^T X + 1 (m, m); read-only."""

    X: FloatArray
    Y: FloatArray
    K: FloatArray

    def __post_init__(self) -> None:
        _freeze(self, "X", "Y", "K")


def span(X: ArrayLike, Y: ArrayLike) -> Span:
    """What the examples span. X (n_x, m), Y (1, m); ValueError for wrong shapes or values."""
    X, Y = checks.examples(X, Y)
    return Span(X, Y, X.T @ X + 1)


def train(X: ArrayLike, Y: ArrayLike, learning_rates: ArrayLike, num_iterations: int) -> list[Run]:
    """Trains from w = 0, b = 0 with each learning rate: w := w - learning_rate dw, b := b - learning_rate db.

    X (n_x, m), Y (1, m). Equals `descent.descend` up to rounding, which grows with the steps; with a
    learning rate that throws the cost about, rounding is thrown about with it, there as here. ValueError for
    wrong shapes or values and for a learning rate not above 0.
    """
    return walk(span(X, Y), learning_rates, num_iterations)


def walk(
    spanned: Span, learning_rates: ArrayLike, num_iterations: int, before: Sequence[Run] = ()
) -> list[Run]:
    """The same in a span that is there already; with `before`, from where runs of these learning rates end.

    Walked in stretches and `joined`, a run is to the last bit what it is in one go.
    """
    rates = checks.vector("learning_rates", learning_rates)
    checks.positive("learning_rates", float(rates.min()))
    steps, m = checks.whole("num_iterations", num_iterations) + 1, spanned.X.shape[1]
    K, pace, middle = spanned.K, rates[:, None] / m, 0.5 - spanned.Y
    c = np.zeros((rates.size, m))  # one row for each learning rate
    if before:
        c = np.stack([run.coefficients[-1] for run in before])
    coefficients, Z = np.empty((rates.size, steps, m)), np.empty((rates.size, steps, m))
    with np.errstate(all="ignore"):
        for t in range(steps):
            coefficients[:, t] = c
            Z[:, t] = z = c @ K
            dz = 0.5 * np.tanh(0.5 * z) + middle  # sigmoid(z) - Y, by way of the quicker tanh
            c = c - pace * dz
    J = costs(Z, spanned.Y)
    return [Run(float(rates[i]), J[i], coefficients[i], Z[i], spanned.X) for i in range(rates.size)]


def _freeze(thing: Any, *fields: str) -> None:
    """Makes arrays of a frozen dataclass read-only, for whoever holds it."""
    for field in fields:
        view = getattr(thing, field).view()
        view.setflags(write=False)
        object.__setattr__(thing, field, view)
