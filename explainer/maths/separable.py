"""Labels that one cut separates: w grows without bound, so a fit must say where it stopped."""

from dataclasses import replace

import numpy as np

from explainer.maths.checks import BoolArray, FloatArray
from explainer.maths.logistic import loss_from_z, sigmoid
from explainer.maths.outlier import Tipping

STOP_COST = 0.01  # the cost J at which `stop` ends
HALVINGS = 60  # of an interval: more than float64 has digits


def stop(tipping: Tipping, cost: float = STOP_COST) -> Tipping:
    """The same, but where logistic regression has no minimum: the flattest sigmoid whose cost J is `cost`.

    There J falls for ever as w grows. Of all (w, b) with J <= `cost` the one with the smallest |w| is
    taken, which hangs on the data alone, not on the way there. ValueError for a cost not in (0, log 2).
    """
    if not 0 < cost < np.log(2):
        raise ValueError(f"cost must be above 0 and below log 2 = 0.693; got {cost}")
    rows = tipping.separable
    if not rows.any():
        return tipping
    w, b, cut = tipping.sigmoid_w.copy(), tipping.sigmoid_b.copy(), tipping.sigmoid_cut.copy()
    w[rows], b[rows] = _flattest(tipping.X[rows], tipping.Y, tipping.label, cost)
    cut[rows] = -b[rows] / w[rows]
    outputs = sigmoid(w[:, None] * tipping.X + b[:, None])
    return replace(
        tipping,
        sigmoid_w=w,
        sigmoid_b=b,
        sigmoid_outputs=outputs,
        sigmoid_cut=cut,
        sigmoid_wrong=~np.isnan(tipping.X) & ((outputs > 0.5) != (tipping.Y == 1)),
    )


def costs(w: FloatArray, b: FloatArray, X: FloatArray, Y: FloatArray) -> FloatArray:
    """J for each row of X (P, m) with its own w (P,) and b (P,); nan in X is no example. Shape (P,)."""
    there = ~np.isnan(X)
    Z = np.where(there, w[:, None] * X + b[:, None], 0.0)
    return np.asarray(np.mean(loss_from_z(Z, Y), axis=1, where=there))


def _flattest(X: FloatArray, Y: FloatArray, label: float, cost: float) -> tuple[FloatArray, FloatArray]:
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
    room = np.log(Y.size) + 1  # so far down every a is below 1 / m
    low, high = -Z.max(axis=1) - room, -Z.min(axis=1) + room
    for _ in range(HALVINGS):
        b = (low + high) / 2
        below = np.sum(sigmoid(Z + b[:, None]), axis=1, where=there) < wanted
        low, high = np.where(below, b, low), np.where(below, high, b)
    return np.asarray((low + high) / 2)
