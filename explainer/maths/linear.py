"""The straight line, for comparison: its output is z = w^T x + b itself, fitted by least squares.

Notation and labels (0 and 1) are those of `logistic`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks
from explainer.maths.checks import FloatArray
from explainer.maths.logistic import Gradients, Objective


@dataclass(frozen=True, eq=False)
class Line:
    """A fitted line (a plane for n_x > 1): w (n_x, 1) and b."""

    w: FloatArray
    b: float


def fit(X: ArrayLike, Y: ArrayLike) -> Line:
    """Least squares: the w and b of smallest `cost`; if there are many, those with the smallest norm of w.

    ValueError for wrong shapes, no examples, non-finite X, labels other than 0 and 1.
    """
    X, Y = checks.examples(X, Y)
    mean = X.mean(axis=1, keepdims=True)
    # Without the means there is no b to fit, and large offsets (years, altitudes) cost no digits.
    w = np.linalg.lstsq((X - mean).T, (Y - Y.mean()).T, rcond=None)[0]
    return Line(w, float(Y.mean() - np.sum(w * mean)))


def _errors(w: ArrayLike, b: float, X: ArrayLike, Y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    X, Y = checks.examples(X, Y)
    return X, checks.weights(w, X.shape[0]).T @ X + checks.scalar("b", b) - Y


def cost(w: ArrayLike, b: float, X: ArrayLike, Y: ArrayLike) -> float:
    """The mean squared error J = (1/m) sum of (w^T x + b - y)^2, without the factor 1/2 of some books."""
    return float(np.mean(_errors(w, b, X, Y)[1] ** 2))


def gradients(w: ArrayLike, b: float, X: ArrayLike, Y: ArrayLike) -> Gradients:
    """The derivatives of J: dZ = 2 (Z - Y), dw = (1/m) X dZ^T (n_x, 1), db = mean of dZ."""
    X, errors = _errors(w, b, X, Y)
    dZ = 2 * errors
    return Gradients(X @ dZ.T / X.shape[1], float(np.mean(dZ)))


def _squared_error_and_slope(Z: FloatArray, Y: FloatArray) -> tuple[FloatArray, FloatArray]:
    error = Z - Y
    return error**2, 2 * error


SQUARED_ERROR = Objective("squared error", cost, gradients, _squared_error_and_slope, convex=True)
