"""One more example, easy and far away: how it tips the least-squares line, and how the sigmoid ignores it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks, logistic
from explainer.maths.checks import BoolArray, FloatArray, IntArray

ROUNDING = 1e-12  # an output this little below 0 or above 1 is on the edge, not outside


@dataclass(frozen=True, eq=False)
class Tipping:
    """Both models fitted to m + 1 examples, once for each of P positions of the extra one.

    positions (P,)          where the extra example stands, in the units of X; nan = it is not there
    label                   its class, 0.0 or 1.0
    X (P, m+1), Y (m+1,)    the examples, the extra one last; nan where it is not there
    line_w, line_b          the least-squares line y = w x + b for each position (P,)
    sigmoid_w, sigmoid_b    the maximum-likelihood fit of sigmoid(w x + b) (P,)
    converged (P,)          whether that fit has a minimum; False: one cut separates the classes, w would
                            grow for ever, and w and b are those of the first such cut that `logistic.fit`
                            meets. That may be the line's own (Newton's first step is least squares):
                            do not read a comparison of the two cuts into it
    line_outputs, sigmoid_outputs    of each example (P, m+1). Those of the sigmoid lie strictly
                            between 0 and 1; float64 rounds them to 1 from z = 37 on
    line_cut, sigmoid_cut   the x where the output is 0.5 (P,); nan where w is 0
    smallest, largest       of the line's outputs (P,)
    line_wrong, sigmoid_wrong    whether the answer, output > 0.5, is not the label (P, m+1); an
                            example that is not there is never wrong

    w is in 1 / units of X, cuts are in units of X. Arrays are read-only.
    """

    positions: FloatArray
    label: float
    X: FloatArray
    Y: FloatArray
    line_w: FloatArray
    line_b: FloatArray
    sigmoid_w: FloatArray
    sigmoid_b: FloatArray
    converged: BoolArray
    line_outputs: FloatArray
    sigmoid_outputs: FloatArray
    line_cut: FloatArray
    sigmoid_cut: FloatArray
    smallest: FloatArray
    largest: FloatArray
    line_wrong: BoolArray
    sigmoid_wrong: BoolArray

    def __post_init__(self) -> None:
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    @property
    def below(self) -> BoolArray:
        """Which of the line's outputs are below 0, by more than rounding (P, m+1)."""
        return self.line_outputs < -ROUNDING

    @property
    def above(self) -> BoolArray:
        """Which of the line's outputs are above 1, by more than rounding (P, m+1)."""
        return self.line_outputs > 1 + ROUNDING

    @property
    def outside(self) -> IntArray:
        """How many of the line's outputs are no probabilities (P,)."""
        count: IntArray = np.count_nonzero(self.below | self.above, axis=1)
        return count

    @property
    def separable(self) -> BoolArray:
        """Where the sigmoid's fit has no minimum because one cut gets every example right (P,)."""
        separable: BoolArray = ~self.converged & ~self.sigmoid_wrong.any(axis=1)
        return separable

    @property
    def line_mistakes(self) -> IntArray:
        """How many examples the line gets wrong at each position, the extra one included (P,)."""
        mistakes: IntArray = np.count_nonzero(self.line_wrong, axis=1)
        return mistakes

    @property
    def sigmoid_mistakes(self) -> IntArray:
        """How many examples the sigmoid gets wrong at each position, the extra one included (P,)."""
        mistakes: IntArray = np.count_nonzero(self.sigmoid_wrong, axis=1)
        return mistakes


def tip(X: ArrayLike, Y: ArrayLike, positions: ArrayLike) -> Tipping:
    """Add one example at each of the positions (P,), and fit line and sigmoid to all m + 1.

    X (1, m), Y (1, m). The extra example is of the class with the larger mean x (of class 1 if they
    are equal), so that far to the right it is an easy one. ValueError for n_x other than 1, wrong
    shapes or values, one class only, infinite positions or none.
    """
    X, Y = checks.examples(X, Y)
    positions, label = _positions(positions), _class_on_the_right(checks.only_feature(X), Y)
    x = np.hstack([np.tile(X, (positions.size, 1)), positions[:, None]])
    y = np.append(Y, label)
    line_w, line_b = _lines(x, y)
    sigmoid_w, sigmoid_b, converged = _sigmoids(x, y)
    line = line_w[:, None] * x + line_b[:, None]
    sigmoid = logistic.sigmoid(sigmoid_w[:, None] * x + sigmoid_b[:, None])
    there = ~np.isnan(x)
    return Tipping(
        positions,
        label,
        x,
        y,
        line_w,
        line_b,
        sigmoid_w,
        sigmoid_b,
        converged,
        line,
        sigmoid,
        line_cut=_cut(line_w, 0.5 - line_b),
        sigmoid_cut=_cut(sigmoid_w, -sigmoid_b),
        smallest=np.nanmin(line, axis=1),
        largest=np.nanmax(line, axis=1),
        line_wrong=there & ((line > 0.5) != (y == 1)),
        sigmoid_wrong=there & ((sigmoid > 0.5) != (y == 1)),
    )


def _positions(value: ArrayLike) -> FloatArray:
    positions = checks.numbers("positions", value).copy()  # made read-only later; the caller's stay his
    if positions.ndim != 1 or positions.size == 0:
        raise ValueError(f"positions must be a 1-D array, not empty; got shape {positions.shape}")
    if np.isinf(positions).any():
        raise ValueError("positions must be finite, or nan for no extra example; got an infinite one")
    return positions


def _class_on_the_right(X: FloatArray, Y: FloatArray) -> float:
    if np.ptp(Y) == 0:
        raise ValueError(f"Y must hold both classes, 0 and 1; got {Y.flat[0]} only")
    return float(X[Y == 1].mean() >= X[Y == 0].mean())


def _lines(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """`linear.fit` for each row of x (P, m+1), leaving nan out: w = sum of dx dy / sum of dx^2."""
    there = ~np.isnan(x)
    x_mean = np.nanmean(x, axis=1)
    y_mean = np.mean(np.broadcast_to(y, x.shape), axis=1, where=there)
    dx = np.where(there, x - x_mean[:, None], 0.0)
    dy = y - y_mean[:, None]
    varies = np.nanmax(x, axis=1) > np.nanmin(x, axis=1)  # else dx is rounding only, and w is to be 0
    w = np.zeros(len(x))
    np.divide(np.sum(dx * dy, axis=1), np.sum(dx**2, axis=1), out=w, where=varies)
    return w, y_mean - w * x_mean


def _sigmoids(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray, BoolArray]:
    w, b, converged = np.empty(len(x)), np.empty(len(x)), np.empty(len(x), dtype=np.bool_)
    for i, row in enumerate(x):
        there = ~np.isnan(row)
        best = logistic.fit(row[None, there], y[None, there])
        w[i], b[i], converged[i] = best.w.item(), best.b, best.converged
    return w, b, converged


def _cut(w: FloatArray, rest: FloatArray) -> FloatArray:
    return np.divide(rest, w, out=np.full_like(w, np.nan), where=w != 0)
