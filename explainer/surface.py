"""The cost surface J(w, b) of data with one feature, and the part of the plane worth drawing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from explainer import checks, linear, logistic
from explainer.checks import FloatArray
from explainer.logistic import LOG_LOSS, Objective

SIGMOID_ROOM = 6.0  # from the minimum to an edge, with standardised X: the tilted bowl and its flat floor
LINE_ROOM = 4.0  # the same for the line, whose bowl rises as a square
SEPARABLE_REACH = 4.0  # no minimum to be centred about: no farther out than this


def cost_grid(
    X: ArrayLike, Y: ArrayLike, w: ArrayLike, b: ArrayLike, objective: Objective = LOG_LOSS
) -> FloatArray:
    """J at every pair of w (columns) and b (rows): shape (len(b), len(w)), as Plotly's z wants it.

    X (1, m), Y (1, m), w and b 1-D. ValueError for n_x other than 1, wrong shapes or values.
    """
    X, Y = checks.examples(X, Y)
    X, w, b = checks.only_feature(X), checks.vector("w", w), checks.vector("b", b)
    grid = np.empty((b.size, w.size))
    for row, bias in zip(grid, b, strict=True):  # a row at a time stays in the processor's cache
        row[:] = objective.evaluate(w[:, None], np.full(w.size, bias), X, Y).costs
    return grid


@dataclass(frozen=True)
class Window:
    """A rectangle of the (w, b) plane."""

    w_min: float
    w_max: float
    b_min: float
    b_max: float

    def clamp(self, w: ArrayLike, b: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """The nearest (w, b) inside, elementwise; infinities go to the edge, nan stays nan."""
        w, b = checks.numbers("w", w), checks.numbers("b", b)
        return np.clip(w, self.w_min, self.w_max)[()], np.clip(b, self.b_min, self.b_max)[()]


def window(X: ArrayLike, Y: ArrayLike, objective: Objective = LOG_LOSS) -> Window:
    """The part of the plane worth drawing for standardised X (1, m): round numbers about the minimum.

    For the line the least-squares fit stands in the middle, 4 to each side; for all others the
    maximum-likelihood fit, 6 to each side, so that their surfaces can be compared. Separable data
    have no minimum: there the first (w, b) that separates them, no farther out than 4, takes its
    place. (0, 0) is always inside with room.
    """
    X, Y = checks.examples(X, Y)
    X = checks.only_feature(X)
    if objective == linear.SQUARED_ERROR:
        line = linear.fit(X, Y)
        return _around(line.w.item(), line.b, LINE_ROOM)
    best = logistic.fit(X, Y)
    reach = np.inf if best.converged else SEPARABLE_REACH
    w, b = np.clip([best.w.item(), best.b], -reach, reach)
    return _around(float(w), float(b), SIGMOID_ROOM)


def _around(w: float, b: float, room: float) -> Window:
    edges: list[float] = []
    for centre in (float(round(w)), float(round(b))):
        reach = max(room, abs(centre) + 1)
        edges += [centre - reach, centre + reach]
    return Window(*edges)


def highest_corner(costs: FloatArray) -> tuple[int, int]:
    """Which corner of the map is highest: its row and column in `costs` (q, p), each 0 or -1."""
    corners = {(row, column): float(costs[row, column]) for row in (0, -1) for column in (0, -1)}
    return max(corners, key=lambda corner: corners[corner])


def hillside(w: FloatArray, b: FloatArray, costs: FloatArray) -> tuple[float, float]:
    """A start worth walking from, in round numbers: high up, with most of the map before it.

    Three quarters of the way from the lowest place of `costs` (len(b), len(w)) to its highest corner.
    """
    lowest_row, lowest_column = np.unravel_index(np.argmin(costs), costs.shape)
    row, column = highest_corner(costs)
    low, high = np.array([w[lowest_column], b[lowest_row]]), np.array([w[column], b[row]])
    place = np.round(low + 0.75 * (high - low))
    return float(place[0]), float(place[1])
