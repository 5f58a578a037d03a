"""Every example's loss at every (w, b) of a grid: the table behind two sliders."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks, logistic
from explainer.maths.checks import FloatArray


@dataclass(frozen=True, eq=False)
class GridLosses:
    """What the m examples say at each w (first axis) and b (second axis): sliders w, b in this order.

    A, losses, squared are (len(w), len(b), m), costs is (len(w), len(b)); all read-only float64.
    `surface.cost_grid` has the axes the other way round.

    A        the outputs sigmoid(w x + b). They lie strictly between 0 and 1; float64 rounds them to 1
             from z = 37 on (to 0 only below z = -745), beyond every `surface.window`
    losses   the log loss of each example, taken from z: exact however large |z| is
    squared  (a - y)^2, exact in the same way
    costs    J, the mean of the log losses
    """

    A: FloatArray
    losses: FloatArray
    squared: FloatArray
    costs: FloatArray

    def __post_init__(self) -> None:
        for table in vars(self).values():
            table.setflags(write=False)


@np.errstate(under="ignore")  # far out an error of e^-400 squared is 0, which is what is meant
def losses_over_grid(X: ArrayLike, Y: ArrayLike, w: ArrayLike, b: ArrayLike) -> GridLosses:
    """The outputs and losses of the examples X (1, m), Y (1, m) at every pair of w and b, both 1-D.

    ValueError for n_x other than 1, wrong shapes or values.
    """
    X, Y = checks.examples(X, Y)
    X, w, b = checks.only_feature(X), checks.vector("w", w), checks.vector("b", b)
    Z = w[:, None, None] * X[0] + b[:, None]
    losses = logistic.loss_from_z(Z, Y[0])
    # |a - y| is the probability of the other label, sigmoid(-z) for y = 1: no digits cancel.
    squared = logistic.sigmoid(np.where(Y[0] == 1, -Z, Z)) ** 2
    return GridLosses(logistic.sigmoid(Z), losses, squared, losses.mean(axis=2))
