"""One more example, easy and far away: it tips the least-squares line, and the sigmoid ignores it.

Where one cut separates the labels, the sigmoid's w grows without bound; `stop_at_cost` says where to stop.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks, logistic
from explainer.maths.checks import BoolArray, FloatArray, IntArray, freeze_fields

ROUNDING: Final = 1e-12
"""An output so little below 0 or above 1 is not outside: the difference may be a rounding error."""
STOP_COST: Final = 0.01
"""The cost J at which `stop_at_cost` stops."""
HALVINGS: Final = 60
"""Of an interval, in a bisection: more than float64 has binary digits."""


@dataclass(frozen=True, eq=False)
class Fits:
    """One model of z = w x + b, fitted to m + 1 examples for each of P positions of the extra one; read-only.

    w, b (P,)           w in 1 / units of x
    outputs (P, m+1)    of each example; nan where it is not there; a sigmoid rounds to 1 from z = 37 on
    cut (P,)            the x where the output is 0.5; nan where w is 0
    wrong (P, m+1)      whether the answer, output > 0.5, is not the label; False for an example not there
    """

    w: FloatArray
    b: FloatArray
    outputs: FloatArray
    cut: FloatArray
    wrong: BoolArray

    def __post_init__(self) -> None:
        freeze_fields(self, *vars(self))

    @property
    def mistakes(self) -> IntArray:
        """How many examples the model gets wrong at each position, the extra one included (P,)."""
        return np.asarray(np.count_nonzero(self.wrong, axis=1))

    @property
    def below(self) -> BoolArray:
        """Which outputs are below 0, by more than rounding (P, m+1)."""
        return self.outputs < -ROUNDING

    @property
    def above(self) -> BoolArray:
        """Which outputs are above 1, by more than rounding (P, m+1)."""
        return self.outputs > 1 + ROUNDING

    @property
    def outside(self) -> IntArray:
        """How many outputs are no probabilities (P,)."""
        return np.asarray(np.count_nonzero(self.below | self.above, axis=1))

    @property
    def smallest(self) -> FloatArray:
        """The smallest output at each position (P,)."""
        return np.asarray(np.nanmin(self.outputs, axis=1))

    @property
    def largest(self) -> FloatArray:
        """The largest output at each position (P,)."""
        return np.asarray(np.nanmax(self.outputs, axis=1))


@dataclass(frozen=True, eq=False)
class BothFits:
    """Both models fitted to m + 1 examples, for each of P positions of the extra one; read-only.

    positions (P,)          where the extra example stands, in the units of X; nan = it is not there
    label                   its class, 0.0 or 1.0
    X (P, m+1), Y (m+1,)    the examples, the extra one last; nan where it is not there
    line                    the least-squares line y = w x + b
    sigmoid                 the maximum-likelihood fit of sigmoid(w x + b)
    converged (P,)          whether that fit has a minimum. Where not, w and b are those at which
                            `logistic.fit` stopped: do not compare its cut with the line's there, because
                            Newton's first step is least squares
    """

    positions: FloatArray
    label: float
    X: FloatArray
    Y: FloatArray
    line: Fits
    sigmoid: Fits
    converged: BoolArray

    def __post_init__(self) -> None:
        freeze_fields(self, "positions", "X", "Y", "converged")

    @property
    def separable(self) -> BoolArray:
        """Where the sigmoid's fit has no minimum because one cut gets every example right (P,)."""
        return np.asarray(~self.converged & ~self.sigmoid.wrong.any(axis=1))


def fit_with_outlier(X: ArrayLike, Y: ArrayLike, positions: ArrayLike) -> BothFits:
    """Add one example at each of the positions (P,), and fit line and sigmoid to all m + 1.

    X (1, m), Y (1, m). The extra example is of the class with the larger mean x (of class 1 if they are
    equal), so far to the right it is an easy one. ValueError for n_x other than 1, wrong shapes or values,
    one class only, infinite positions or none.
    """
    X, Y = checks.examples(X, Y)
    positions, label = _positions(positions), _class_on_the_right(checks.only_feature(X), Y)
    x = np.hstack([np.tile(X, (positions.size, 1)), positions[:, None]])
    y = np.append(Y, label)
    return BothFits(positions, label, x, y, _line_fits(x, y), *_sigmoid_fits(x, y))


def stop_at_cost(both: BothFits, cost: float = STOP_COST) -> BothFits:
    """The same, but where logistic regression has no minimum: the flattest sigmoid whose cost J is `cost`.

    There J falls for ever as w grows. Of all (w, b) with J <= `cost` the one with the smallest |w| is
    taken: it depends on the data alone, not on the way of a fit. ValueError for a cost not in (0, log 2).
    """
    if not 0 < cost < np.log(2):
        raise ValueError(f"cost must be above 0 and below log 2 = 0.693; got {cost}")
    rows = both.separable
    if not rows.any():
        return both
    w, b = both.sigmoid.w.copy(), both.sigmoid.b.copy()
    w[rows], b[rows] = _flattest(both.X[rows], both.Y, both.label, cost)
    return replace(both, sigmoid=_sigmoids(both.X, both.Y, w, b))


def costs(w: FloatArray, b: FloatArray, X: FloatArray, Y: FloatArray) -> FloatArray:
    """J for each row of X (P, m) with its own w (P,) and b (P,); nan in X is no example. Shape (P,)."""
    there = ~np.isnan(X)
    Z = np.where(there, w[:, None] * X + b[:, None], 0.0)
    return np.asarray(np.mean(logistic.loss_from_z(Z, Y), axis=1, where=there))


# ---- the fits


def _positions(value: ArrayLike) -> FloatArray:
    positions = checks.numbers("positions", value).copy()  # made read-only later; the caller's array is not
    if positions.ndim != 1 or positions.size == 0:
        raise ValueError(f"positions must be a 1-D array, not empty; got shape {positions.shape}")
    if np.isinf(positions).any():
        raise ValueError("positions must be finite, or nan for no extra example; got an infinite one")
    return positions


def _class_on_the_right(X: FloatArray, Y: FloatArray) -> float:
    if np.ptp(Y) == 0:
        raise ValueError(f"Y must hold both classes, 0 and 1; got {Y.flat[0]} only")
    return float(X[Y == 1].mean() >= X[Y == 0].mean())


def _line_fits(x: FloatArray, y: FloatArray) -> Fits:
    """`linear.fit` for each row of x (P, m+1), leaving nan out: w = sum of dx dy / sum of dx^2."""
    there = ~np.isnan(x)
    x_mean = np.nanmean(x, axis=1)
    y_mean = np.mean(np.broadcast_to(y, x.shape), axis=1, where=there)
    dx = np.where(there, x - x_mean[:, None], 0.0)
    dy = y - y_mean[:, None]
    varies = np.nanmax(x, axis=1) > np.nanmin(x, axis=1)  # else dx is a rounding error, and w has to be 0
    w = np.zeros(len(x))
    np.divide(np.sum(dx * dy, axis=1), np.sum(dx**2, axis=1), out=w, where=varies)
    b = y_mean - w * x_mean
    outputs = w[:, None] * x + b[:, None]
    return Fits(w, b, outputs, _cut(w, 0.5 - b), _wrong(outputs, y))


def _sigmoid_fits(x: FloatArray, y: FloatArray) -> tuple[Fits, BoolArray]:
    """`logistic.fit` for each row of x (P, m+1), leaving nan out, and whether each fit converged."""
    rows = zip(x, ~np.isnan(x), strict=True)
    best = [logistic.fit(row[None, there], y[None, there]) for row, there in rows]
    w, b = np.array([fit.w.item() for fit in best]), np.array([fit.b for fit in best])
    return _sigmoids(x, y, w, b), np.array([fit.converged for fit in best])


def _sigmoids(x: FloatArray, y: FloatArray, w: FloatArray, b: FloatArray) -> Fits:
    """The sigmoids with these w (P,) and b (P,), a row of x (P, m+1) for each."""
    outputs = logistic.sigmoid(w[:, None] * x + b[:, None])
    return Fits(w, b, outputs, _cut(w, -b), _wrong(outputs, y))


def _cut(w: FloatArray, rest: FloatArray) -> FloatArray:
    return np.divide(rest, w, out=np.full_like(w, np.nan), where=w != 0)


def _wrong(outputs: FloatArray, y: FloatArray) -> BoolArray:
    return np.asarray(~np.isnan(outputs) & ((outputs > 0.5) != (y == 1)))


# ---- where one cut separates the labels


def _flattest(X: FloatArray, Y: FloatArray, label: float, cost: float) -> tuple[FloatArray, FloatArray]:
    """w (P,) and b (P,) of the flattest sigmoids with this cost: bisection over w, the best b for each."""
    there = ~np.isnan(X)
    direction = 2 * label - 1  # the class `label` lies on the right
    ahead, behind = there & (label == Y), there & (label != Y)
    gap = np.nanmin(np.where(ahead, X, np.nan), axis=1) - np.nanmax(np.where(behind, X, np.nan), axis=1)
    low = np.zeros(len(X))
    high = -2 * np.log(np.expm1(cost)) / gap  # with the cut in the middle of the gap, no loss is above cost
    for _ in range(HALVINGS):
        w = (low + high) / 2
        cheap = costs(direction * w, _best_bias(direction * w, X, Y, there), X, Y) <= cost
        low, high = np.where(cheap, low, w), np.where(cheap, w, high)
    return direction * high, _best_bias(direction * high, X, Y, there)


def _best_bias(w: FloatArray, X: FloatArray, Y: FloatArray, there: BoolArray) -> FloatArray:
    """The b with the least J for each w (P,): db = mean(a - y) = 0, and db rises with b."""
    Z = np.where(there, w[:, None] * X, 0.0)
    wanted = np.sum(there * Y, axis=1)
    room = np.log(Y.size) + 1  # at the low end every a is below 1 / m
    low, high = -Z.max(axis=1) - room, -Z.min(axis=1) + room
    for _ in range(HALVINGS):
        b = (low + high) / 2
        below = np.sum(logistic.sigmoid(Z + b[:, None]), axis=1, where=there) < wanted
        low, high = np.where(below, b, low), np.where(below, high, b)
    return np.asarray((low + high) / 2)
