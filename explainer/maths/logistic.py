"""Logistic regression: the sigmoid, the loss of one example, the cost of all, the gradients.

Notation, Andrew Ng's, the same in every module, formula and figure:

    X (n_x, m)   one example a column          Y (1, m)   labels, 1 = cat, 0 = not
    w (n_x, 1)   weights                       b          bias, a number
    Z = w^T X + b, A = sigmoid(Z) (1, m)       dw, db, dZ derivatives of the cost J
    loss         of one example, L(a, y)       cost       J, the mean loss of all m

scikit-learn uses the transpose: there X is (m, n_x), one example a row, and y is (m,).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.maths import checks
from explainer.maths.checks import FloatArray

EPS: Final = 1e-15
"""`loss` clips A to [EPS, 1 - EPS]."""
MAX_ITERATIONS: Final = 25
"""Newton's method needs 5 to 10 steps; after more without a minimum, the curvature is a rounding error."""
STEP_TOLERANCE: Final = 1e-10
"""A Newton step not longer than this, relative to (w, b), ends the search."""
STEPS_AT_ONCE: Final = 64
"""Steps that `costs` computes at once: with 209 examples they fit the processor's cache."""


class Gradients(NamedTuple):
    """The derivatives of the cost: dw (n_x, 1) and the number db."""

    dw: FloatArray
    db: float


class Evaluation(NamedTuple):
    """An objective at k places (w, b): costs (k,), dw (k, n_x), db (k,)."""

    costs: FloatArray
    dw: FloatArray
    db: FloatArray


@dataclass(frozen=True)
class Objective:
    """What a descent minimises: a name, cost(w, b, X, Y) -> J and gradients(w, b, X, Y) -> (dw, db).

    `pointwise(Z, Y) -> (loss, dL/dZ)`, elementwise, is optional: with it many (w, b) are evaluated in one
    pass of NumPy, without it one after the other. It `saturates` if its slopes are bounded for all (w, b),
    and no (w, b) brings a loss to 0, as with every loss of a sigmoid. It is `convex` if J is, for all data.
    """

    name: str
    cost: Callable[[FloatArray, float, FloatArray, FloatArray], float]
    gradients: Callable[[FloatArray, float, FloatArray, FloatArray], tuple[FloatArray, float]]
    pointwise: Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]] | None = None
    saturates: bool = False
    convex: bool = False

    def evaluate(self, w: FloatArray, b: FloatArray, X: FloatArray, Y: FloatArray) -> Evaluation:
        """Costs and gradients at w (k, n_x), b (k,). Overflow gives inf or nan, without a warning.

        The arguments are not checked. A row's result does not depend on the other rows, to the last bit.
        """
        with np.errstate(all="ignore"):
            if self.pointwise is None:
                return self._one_by_one(w, b, X, Y)
            # One product for each row: a single big one would round differently for other numbers of rows,
            # and runs with a large learning rate are chaotic, so that it would show.
            Z = np.matmul(w[:, None, :], X)[:, 0] + b[:, None]
            loss, dZ = self.pointwise(Z, Y)
            m = X.shape[1]
            return Evaluation(
                np.add.reduce(loss, axis=1) / m,
                np.vecdot(dZ[:, None, :], X) / m,
                np.add.reduce(dZ, axis=1) / m,
            )

    def _one_by_one(self, w: FloatArray, b: FloatArray, X: FloatArray, Y: FloatArray) -> Evaluation:
        result = Evaluation(np.full(len(b), np.nan), np.full(w.shape, np.nan), np.full(len(b), np.nan))
        # Places that have overflowed stay nan, because cost and gradients refuse them.
        for i in np.flatnonzero(np.isfinite(w).all(axis=1) & np.isfinite(b)):
            place = w[i][:, None], float(b[i]), X, Y
            dw, result.db[i] = self.gradients(*place)
            result.dw[i] = np.reshape(dw, -1)
            result.costs[i] = self.cost(*place)
        return result


@np.errstate(under="ignore")  # exp(-|z|) may underflow to 0, which is right
def sigmoid(z: ArrayLike) -> FloatArray:
    """The probability a = 1 / (1 + exp(-z)), of the shape of z.

    exp is only taken of -|z|, so nothing overflows. nan stays nan; ValueError if z is not numbers.
    """
    z = checks.numbers("z", z)
    e = np.exp(-np.abs(z))
    a: FloatArray = np.where(z >= 0, 1.0, e) / (1.0 + e)
    return a


@np.errstate(under="ignore")
def sigmoid_derivative(z: ArrayLike) -> FloatArray:
    """The slope of the sigmoid, a (1 - a) = sigmoid(z) sigmoid(-z), of the shape of z."""
    z = checks.numbers("z", z)
    return sigmoid(z) * sigmoid(-z)


@np.errstate(under="ignore")
def loss_from_z(Z: ArrayLike, Y: ArrayLike) -> FloatArray:
    """The log loss of each example, exact for every z: max(z, 0) - z y + log(1 + exp(-|z|)).

    Z and Y: shapes that broadcast. ValueError for labels other than 0 and 1 and for non-finite Z.
    """
    return _losses(*_together("Z", checks.finite("Z", Z), Y))


def _losses(Z: FloatArray, Y: FloatArray) -> FloatArray:
    return np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z)))


def loss(A: ArrayLike, Y: ArrayLike) -> FloatArray:
    """The log loss of each example, L(a, y) = -(y log a + (1 - y) log(1 - a)).

    A is clipped to [EPS, 1 - EPS] first, so that log 0 never happens: no loss is above 34.6, and
    beyond |z| of 34 `loss_from_z` is the exact one. ValueError for A outside [0, 1] or wrong labels.
    """
    A, Y = _together("A", checks.finite("A", A), Y)
    if np.any((A < 0) | (A > 1)):
        raise ValueError(f"A must be probabilities in [0, 1]; got values from {A.min()} to {A.max()}")
    A = np.clip(A, EPS, 1 - EPS)
    losses: FloatArray = -(Y * np.log(A) + (1 - Y) * np.log1p(-A))
    return losses


def _together(name: str, values: FloatArray, Y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    Y = checks.labels("Y", Y)
    try:
        np.broadcast_shapes(values.shape, Y.shape)
    except ValueError:
        raise ValueError(f"Y must have the shape of {name}, {values.shape}; got {Y.shape}") from None
    return values, Y


def _forward(w: ArrayLike, b: float, X: ArrayLike, Y: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    X, Y = checks.examples(X, Y)
    w, b = checks.weights(w, X.shape[0]), checks.scalar("b", b)
    return X, Y, w.T @ X + b


def cost(w: ArrayLike, b: float, X: ArrayLike, Y: ArrayLike) -> float:
    """The cost J = (1/m) sum of L(a, y) over the m examples. ValueError for wrong shapes or values."""
    X, Y, Z = _forward(w, b, X, Y)
    return float(np.mean(loss_from_z(Z, Y)))


def gradients(w: ArrayLike, b: float, X: ArrayLike, Y: ArrayLike) -> Gradients:
    """The derivatives of J: dZ = A - Y, dw = (1/m) X dZ^T (n_x, 1), db = mean of dZ."""
    X, Y, Z = _forward(w, b, X, Y)
    dZ = sigmoid(Z) - Y
    return Gradients(X @ dZ.T / X.shape[1], float(np.mean(dZ)))


def predict(w: ArrayLike, b: float, X: ArrayLike) -> NDArray[np.int64]:
    """The labels that the classifier gives, (1, m): 1 where A > 0.5, else 0."""
    X = checks.features(X)
    A = sigmoid(checks.weights(w, X.shape[0]).T @ X + checks.scalar("b", b))
    return (A > 0.5).astype(np.int64)


def costs(Z: FloatArray, Y: FloatArray) -> FloatArray:
    """The cost of each of many steps: Z (..., T, m) and Y (1, m) give J (..., T). Nothing is checked."""
    J = np.empty(Z.shape[:-1])
    with np.errstate(all="ignore"):
        for t in range(0, Z.shape[-2], STEPS_AT_ONCE):
            few = slice(t, t + STEPS_AT_ONCE)
            J[..., few] = _losses(Z[..., few, :], Y).mean(axis=-1)
    return J


def loss_and_slope(Z: FloatArray, Y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Each example's log loss and dZ = A - Y, from one exponential. Unchecked, because it runs in loops."""
    e = np.exp(-np.abs(Z))
    loss = np.maximum(Z, 0) - Z * Y + np.log1p(e)
    return loss, np.where(Z >= 0, 1.0, e) / (1.0 + e) - Y


def _squared_error_and_slope(Z: FloatArray, Y: FloatArray) -> tuple[FloatArray, FloatArray]:
    error = sigmoid(Z) - Y
    return error**2, 2 * error * sigmoid_derivative(Z)


def _squared_error_cost(w: ArrayLike, b: float, X: ArrayLike, Y: ArrayLike) -> float:
    X, Y, Z = _forward(w, b, X, Y)
    return float(np.mean((sigmoid(Z) - Y) ** 2))


def _squared_error_gradients(w: ArrayLike, b: float, X: ArrayLike, Y: ArrayLike) -> Gradients:
    X, Y, Z = _forward(w, b, X, Y)
    dZ = _squared_error_and_slope(Z, Y)[1]
    return Gradients(X @ dZ.T / X.shape[1], float(np.mean(dZ)))


LOG_LOSS = Objective("log loss", cost, gradients, loss_and_slope, saturates=True, convex=True)
SIGMOID_SQUARED_ERROR = Objective(
    "squared error of the sigmoid",
    _squared_error_cost,
    _squared_error_gradients,
    _squared_error_and_slope,
    saturates=True,
)


@dataclass(frozen=True, eq=False)
class Fit:
    """What `fit` found: w (n_x, 1), b, whether they are the minimum, and after how many Newton steps."""

    w: FloatArray
    b: float
    converged: bool
    num_iterations: int


def fit(X: ArrayLike, Y: ArrayLike) -> Fit:
    """Maximum likelihood, the minimum of `cost`, by Newton's method with step halving.

    `converged` is False when no finite minimum was found: either (w, b) classifies every example right, so
    that a larger multiple of it costs less, and the search stops there; or `MAX_ITERATIONS` steps were not
    enough, as on data whose classes touch in one point. Redundant features share the weight: of all solutions
    the one with the smallest norm is taken.
    """
    X, Y = checks.examples(X, Y)
    mean, spread = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    scale = np.where(np.ptp(X, axis=1, keepdims=True) == 0, 1.0, spread)
    rows = np.vstack([(X - mean) / scale, np.ones_like(Y)])  # b is the weight of a row of ones
    theta, converged, separates, step = np.zeros((len(rows), 1)), False, False, 0
    while not (converged or separates) and step < MAX_ITERATIONS:
        step += 1
        move = _newton_move(theta, rows, Y)
        theta = theta + move
        separates = bool(np.all((2 * Y - 1) * (theta.T @ rows) > 0))
        converged = not separates and np.linalg.norm(move) <= STEP_TOLERANCE * (1 + np.linalg.norm(theta))
    w = theta[:-1] / scale
    return Fit(w, float(theta[-1, 0] - np.sum(w * mean)), bool(converged), step)


def _newton_move(theta: FloatArray, rows: FloatArray, Y: FloatArray) -> FloatArray:
    Z = theta.T @ rows
    curvature = (rows * sigmoid_derivative(Z)) @ rows.T
    move = -np.linalg.lstsq(curvature, rows @ (sigmoid(Z) - Y).T, rcond=None)[0].astype(np.float64)
    here = np.mean(loss_from_z(Z, Y))
    for _ in range(30):  # a full step may overshoot far from the minimum
        if np.mean(loss_from_z((theta + move).T @ rows, Y)) <= here + 1e-15 * (1 + here):
            break
        move = move / 2
    return move
