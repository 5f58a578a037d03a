"""Is the cost a bowl? The Hessian of J(w, b) at every place of a grid, and its smaller eigenvalue."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks
from explainer.maths.checks import FloatArray
from explainer.maths.logistic import LOG_LOSS, Objective

STEP = 1e-5  # of the differences, relative to max(1, |w|) and max(1, |b|): near the cube root of rounding
SLACK = 32  # roundings that may add up in one gradient; those of 1e4 examples, summed in pairs, are fewer


@dataclass(frozen=True)
class Convexity:
    """Whether J is a bowl on a grid: the smallest eigenvalue of its Hessian, and at which (w, b).

    `share` is the part of the grid, 0 to 1, where the smaller eigenvalue is below -tolerance: there
    J bends down in some direction. `tolerance` is how far rounding alone may push an eigenvalue.
    """

    smallest: float
    w: float
    b: float
    share: float
    tolerance: float

    @property
    def convex(self) -> bool:
        """Not refuted at any place. A refutation is certain; this is only as dense as the grid."""
        return self.share == 0


def hessian_eigenvalues(
    X: ArrayLike, Y: ArrayLike, w: ArrayLike, b: ArrayLike, objective: Objective = LOG_LOSS
) -> FloatArray:
    """The eigenvalues of the 2x2 Hessian of J at every pair of w (columns) and b (rows).

    Shape (len(b), len(w), 2), ascending. X (1, m) standardised, Y (1, m), w and b 1-D. The Hessian
    is taken by central differences of the objective's own gradients, g' = (g(+h) - g(-h)) / 2h with
    h = STEP max(1, |w|), and made symmetric. The error is h^2 J''''/6 of truncation and eps |g| / h
    of rounding: about 1e-10 for the log loss in its window. nan where J overflows. ValueError for
    n_x other than 1, wrong shapes or values.
    """
    return _eigenvalues(_hessians(X, Y, w, b, objective)[0])


def convexity(
    X: ArrayLike, Y: ArrayLike, w: ArrayLike, b: ArrayLike, objective: Objective = LOG_LOSS
) -> Convexity:
    """Whether J(w, b) bends down anywhere on the grid of w and b.

    An eigenvalue counts as negative below -tolerance, the rounding of the differences:
    tolerance = SLACK eps G / STEP, where G bounds what is rounded, the sum of three: the largest
    gradient; the largest |x| (at least 1), for in A - Y labels of size 1 cancel, however small the
    difference; the largest entry of the Hessian times the largest |w| or |b| (at least 1), for
    z = w x + b is rounded before it is bent. About 4e-9 for the log loss in its window. ValueError
    as `hessian_eigenvalues`, and if J overflows anywhere on the grid.
    """
    hessians, tolerance = _hessians(X, Y, w, b, objective)
    smaller = _eigenvalues(hessians)[..., 0]
    if not np.isfinite(smaller).all():
        raise ValueError("w and b must be small enough for a finite J everywhere on the grid")
    row, column = np.unravel_index(np.argmin(smaller), smaller.shape)
    return Convexity(
        float(smaller[row, column]),
        float(np.asarray(w)[column]),
        float(np.asarray(b)[row]),
        float(np.mean(smaller < -tolerance)),
        tolerance,
    )


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
            # What was rounded away from the steps is left out of the divisor too.
            along_w, along_b = _central(dw[:, 0], db, right - left, up - down)
            row[:] = np.stack([along_w[0], (along_w[1] + along_b[0]) / 2, along_b[1]], axis=-1)
            steepest = max(steepest, float(np.max(np.abs(dw))), float(np.max(np.abs(db))))
        reach = max(1.0, float(np.max(np.abs(w))), float(np.max(np.abs(b))))
        rounded = steepest + width + reach * float(np.max(np.abs(hessians)))
    return hessians, SLACK * float(np.finfo(np.float64).eps) * rounded / STEP


def _central(
    dw: FloatArray, db: FloatArray, span_w: FloatArray, span_b: float
) -> tuple[FloatArray, FloatArray]:
    """The slopes of (dw, db) along w and along b, (2, p) each, from the four places around each of p."""
    right, left, up, down = np.stack([dw, db]).reshape(2, 4, -1).swapaxes(0, 1)
    return (right - left) / span_w, (up - down) / span_b


def _eigenvalues(hessians: FloatArray) -> FloatArray:
    """Those of [[p, q], [q, r]]: the middle (p + r) / 2, less and more hypot((p - r) / 2, q)."""
    p, q, r = np.moveaxis(hessians, -1, 0)
    with np.errstate(all="ignore"):
        middle, reach = (p + r) / 2, np.hypot((p - r) / 2, q)
        return np.stack([middle - reach, middle + reach], axis=-1)
