"""Whether the cost is a bowl: the Hessian of J(w, b) at every place of a grid, and its smaller eigenvalue."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks
from explainer.maths.checks import FloatArray
from explainer.maths.logistic import LOG_LOSS, Objective

STEP: Final = 1e-5
"""Of the differences, relative to max(1, |w|) and max(1, |b|): near the cube root of the rounding error."""
SLACK: Final = 32
"""Rounding errors that may add up in one gradient; for 1e4 examples, summed in pairs, there are fewer."""


@dataclass(frozen=True)
class Convexity:
    """Whether J is a bowl on a grid: the smallest eigenvalue of its Hessian, and the w and b where it is.

    `share` is the part of the grid, 0 to 1, where the smaller eigenvalue is below -tolerance: there J bends
    down in some direction. `tolerance` is the largest eigenvalue that rounding errors alone can cause.
    """

    smallest: float
    w: float
    b: float
    share: float
    tolerance: float

    @property
    def convex(self) -> bool:
        """Whether J bends down nowhere on the grid. Between its places it may, so only False is certain."""
        return self.share == 0


def hessian_eigenvalues(
    X: ArrayLike, Y: ArrayLike, w: ArrayLike, b: ArrayLike, objective: Objective = LOG_LOSS
) -> FloatArray:
    """The eigenvalues of the 2x2 Hessian of J at every pair of w (columns) and b (rows).

    Shape (len(b), len(w), 2), ascending. X (1, m) standardised, Y (1, m), w and b 1-D. The Hessian is taken
    by central differences of the objective's gradients, g' = (g(+h) - g(-h)) / 2h with h = STEP max(1, |w|),
    and made symmetric. The error is h^2 J''''/6 of truncation and eps |g| / h of rounding: about 1e-10 for
    the log loss in its window. nan where J overflows. ValueError for n_x other than 1, wrong shapes or
    values.
    """
    return _eigenvalues(_hessians(X, Y, w, b, objective)[0])


def convexity(
    X: ArrayLike, Y: ArrayLike, w: ArrayLike, b: ArrayLike, objective: Objective = LOG_LOSS
) -> Convexity:
    """Whether J(w, b) bends down anywhere on the grid of w and b.

    An eigenvalue counts as negative below -tolerance = -SLACK eps G / STEP. G bounds the numbers that are
    rounded, as the sum of three: the largest gradient; the largest |x|, at least 1, because A - Y subtracts
    numbers of size 1; the largest entry of the Hessian times the largest |w| or |b|, at least 1, because
    z = w x + b is rounded too. The tolerance is about 4e-9 for the log loss in its window. ValueError as
    `hessian_eigenvalues`, and if J overflows anywhere on the grid.
    """
    hessians, tolerance = _hessians(X, Y, w, b, objective)
    smaller = _eigenvalues(hessians)[..., 0]
    if not np.isfinite(smaller).all():
        raise ValueError("w and b must be small enough for a finite J everywhere on the grid")
    row, column = np.unravel_index(np.argmin(smaller), smaller.shape)
    place, share = (float(np.asarray(w)[column]), float(np.asarray(b)[row])), np.mean(smaller < -tolerance)
    return Convexity(float(smaller[row, column]), *place, float(share), tolerance)


def _hessians(
    X: ArrayLike, Y: ArrayLike, w: ArrayLike, b: ArrayLike, objective: Objective
) -> tuple[FloatArray, float]:
    """J_ww, J_wb, J_bb at each place, (len(b), len(w), 3), and the tolerance of their eigenvalues."""
    X, Y = checks.examples(X, Y)
    X, w, b = checks.only_feature(X), checks.vector("w", w), checks.vector("b", b)
    step = STEP * np.maximum(1, np.abs(w))
    right, left = w + step, w - step
    hessians, steepest, width = np.empty((b.size, w.size, 3)), 0.0, max(1.0, float(np.max(np.abs(X))))
    with np.errstate(all="ignore"):
        for row, bias in zip(hessians, b, strict=True):  # a row at a time stays in the processor's cache
            step_b = STEP * max(1.0, abs(bias))
            up, down = bias + step_b, bias - step_b
            at_w = np.concatenate([right, left, w, w])[:, None]
            at_b = np.repeat([bias, bias, up, down], w.size)
            _, dw, db = objective.evaluate(at_w, at_b, X, Y)
            slopes = np.stack([dw[:, 0], db]).reshape(2, 4, -1)
            # The divisors are the steps as they were rounded, not as they were meant.
            along_w = (slopes[:, 0] - slopes[:, 1]) / (right - left)
            along_b = (slopes[:, 2] - slopes[:, 3]) / (up - down)
            row[:] = np.stack([along_w[0], (along_w[1] + along_b[0]) / 2, along_b[1]], axis=-1)
            steepest = max(steepest, float(np.max(np.abs(slopes))))
        reach = max(1.0, float(np.max(np.abs(w))), float(np.max(np.abs(b))))
        rounded = steepest + width + reach * float(np.max(np.abs(hessians)))
    return hessians, SLACK * float(np.finfo(np.float64).eps) * rounded / STEP


def _eigenvalues(hessians: FloatArray) -> FloatArray:
    """Those of [[p, q], [q, r]]: (p + r) / 2 minus and plus hypot((p - r) / 2, q)."""
    p, q, r = np.moveaxis(hessians, -1, 0)
    with np.errstate(all="ignore"):
        middle, reach = (p + r) / 2, np.hypot((p - r) / 2, q)
        return np.stack([middle - reach, middle + reach], axis=-1)
