"""The cost J and the losses over grids of (w, b), for one feature; J over the plane of a long run."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks, linear, logistic
from explainer.maths.checks import FloatArray, freeze_fields
from explainer.maths.logistic import LOG_LOSS, Objective
from explainer.maths.training import Run, Span

SIGMOID_ROOM: Final = 6.0
"""From the minimum to an edge of the map, for standardised X: shows the tilted bowl and its flat floor."""
LINE_ROOM: Final = 4.0
"""The same for the line, whose J is steeper: it grows as a square."""
SEPARABLE_REACH: Final = 4.0
"""The largest |w| and |b| in the middle of the map of separable data, which have no minimum."""
DIRECTIONS: Final = 280
"""The most steps of a run from which its main directions are computed; of 3,000, both odd and even ones."""
STILL: Final = 1e-9
"""A run whose z all stay within this distance of their means does not move: what is left is rounding."""
ROUNDING: Final = 1e-12
"""A variance below this share of the larger one is a rounding error."""
PLANE_ROOM: Final = 0.2
"""Free on each side of the trail, as a share of its length along that axis."""


def cost_grid(
    X: ArrayLike, Y: ArrayLike, w: ArrayLike, b: ArrayLike, objective: Objective = LOG_LOSS
) -> FloatArray:
    """J at every pair of w (columns) and b (rows): shape (len(b), len(w)), as Plotly expects z.

    X (1, m), Y (1, m), w and b 1-D. ValueError for n_x other than 1, wrong shapes or values.
    """
    X, Y = checks.examples(X, Y)
    X, w, b = checks.only_feature(X), checks.vector("w", w), checks.vector("b", b)
    grid = np.empty((b.size, w.size))
    for row, bias in zip(grid, b, strict=True):  # one row at a time fits the processor's cache
        row[:] = objective.evaluate(w[:, None], np.full(w.size, bias), X, Y).costs
    return grid


@dataclass(frozen=True, eq=False)
class GridLosses:
    """Outputs and losses of m examples at each w (first axis) and each b (second axis); read-only.

    A, losses, squared are (len(w), len(b), m), costs is (len(w), len(b)): `cost_grid` has w and b swapped.

    A        the outputs sigmoid(w x + b); float64 rounds them to 1 from z = 37 on, beyond every `window`
    losses   the log loss of each example, computed from z: exact however large |z| is
    squared  (a - y)^2, exact in the same way
    costs    J, the mean of the log losses
    """

    A: FloatArray
    losses: FloatArray
    squared: FloatArray
    costs: FloatArray

    def __post_init__(self) -> None:
        freeze_fields(self, *vars(self))


@np.errstate(under="ignore")  # for large |z| the square of a small error is 0 in float64
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
    """The part of the plane that is drawn for standardised X (1, m), with round numbers as its edges.

    For the line its middle is the least-squares fit, with `LINE_ROOM` to each side; for all other objectives
    it is the maximum-likelihood fit, with `SIGMOID_ROOM`, so that their surfaces can be compared. Separable
    data have no minimum: there it is the first (w, b) found that separates them, brought within
    `SEPARABLE_REACH`. (0, 0) is at least 1 away from every edge.
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
    return max([(0, 0), (0, -1), (-1, 0), (-1, -1)], key=lambda corner: float(costs[corner]))


def default_start(w: FloatArray, b: FloatArray, costs: FloatArray) -> tuple[float, float]:
    """Where a descent starts unless told otherwise, in round numbers: high up and far from the minimum.

    It is three quarters of the way from the lowest place of `costs` (len(b), len(w)) to its highest corner.
    """
    lowest_row, lowest_column = np.unravel_index(np.argmin(costs), costs.shape)
    row, column = highest_corner(costs)
    low, high = np.array([w[lowest_column], b[lowest_row]]), np.array([w[column], b[row]])
    place = np.round(low + 0.75 * (high - low))
    return float(place[0]), float(place[1])


hillside = default_start  # its former name, for callers outside this repository


@dataclass(frozen=True, eq=False)
class Plane:
    """The plane that holds most of a run's movement, and J over it. Lengths are lengths of (w, b).

    A place is centre + first u_1 + second u_2, with orthonormal directions u_1, u_2. `trail` (T+1, 2) is the
    run projected onto the plane, `explained` (2,) the share of its variance along each direction: exactly 0
    if it does not move along it, because it is a straight line, or does not move at all. `first` (p,) and
    `second` (q,) are the map's axes, `costs` (q, p) J over it, `shadow` (T+1,) J along the trail.
    """

    trail: FloatArray
    explained: FloatArray
    first: FloatArray
    second: FloatArray
    costs: FloatArray
    shadow: FloatArray

    @property
    def directions(self) -> int:
        """Along how many of the two directions the run moves."""
        return int(np.count_nonzero(self.explained))

    @property
    def left_out(self) -> float:
        """The share of the variance outside the plane, 0 to 1."""
        return max(0.0, 1.0 - float(self.explained.sum()))


def principal_plane(run: Run, spanned: Span, points: int = 61) -> Plane:
    """The plane of the run's two principal components.

    After Li et al. (2018), "Visualizing the Loss Landscape of Neural Nets". All inner products come from
    K = X^T X + 1, the inner products of the examples with the bias as one more feature: (w, b) = [X; 1] c^T,
    so two steps have the inner product c K c'^T = Z c'^T, since Z = c K. If a run has more than `DIRECTIONS`
    steps, the directions are computed from that many, evenly spaced; the explained shares are of all steps.
    In the plane Z = Z(centre) + first K u_1 + second K u_2, so J is exact. ValueError for a run of no step.
    """
    if run.num_iterations < 1:
        raise ValueError("run must have walked a step to have a direction; got 0 steps")
    c, Z, centre = run.coefficients, run.Z, run.Z.mean(axis=0)
    away_c, away_Z = c - c.mean(axis=0), Z - centre
    u, K_u = _directions(away_c, away_Z, 1 if (run.X[:, :1] == run.X).all() else 2)
    trail = away_Z @ u.T
    along = (trail**2).sum(axis=0)
    # In a run that hardly moves, rounding errors can make the total smaller than the sum of its parts.
    explained = along / max(float(np.vdot(away_c, away_Z)), float(along.sum()), np.finfo(float).tiny)
    first, second = (_axis(trail[:, k], points) for k in range(2))
    over = np.empty((points, points))
    for row, place in zip(over, second, strict=True):  # one row at a time fits the processor's cache
        row[:] = _costs(centre + first[:, None] * K_u[0] + place * K_u[1], spanned.Y)
    return Plane(trail, explained, first, second, over, _costs(centre + trail @ K_u, spanned.Y))


def _directions(c: FloatArray, Z: FloatArray, most: int) -> tuple[FloatArray, FloatArray]:
    """The two main directions of places c with Z = c K: as coefficients u (2, m), u K u^T = 1, and K u.

    From the inner products of the places, Z c^T = V diag(size) V^T, follows u = V^T c / sqrt(size). The sign
    of each is such that the place farthest from the centre has a positive coordinate. The second direction is
    0 if all places lie on one line, and both are if all are one place. There are at most `most`: examples
    that are all alike leave only one, and what else is found is rounding.
    """
    some = np.unique(np.rint(np.linspace(0, len(c) - 1, DIRECTIONS)).astype(np.int64))
    c, Z = c[some], Z[some]
    sizes, V = np.linalg.eigh(Z @ c.T)
    sizes, V = sizes[:-3:-1], V[:, :-3:-1]
    there = (sizes > ROUNDING * sizes[0]) & (np.arange(len(sizes)) < most) & (np.abs(Z).max() > STILL)
    farthest = np.take_along_axis(V, np.abs(V).argmax(axis=0)[None], axis=0)[0]
    scale = np.where(there, np.sign(farthest) / np.sqrt(np.where(there, sizes, 1.0)), 0.0)
    u, K_u = (scale * V).T @ c, (scale * V).T @ Z
    if len(u) < 2:
        u, K_u = np.vstack([u, 0 * u]), np.vstack([K_u, 0 * K_u])
    return u, K_u


def _axis(places: FloatArray, points: int) -> FloatArray:
    low, high = float(places.min()), float(places.max())
    room = PLANE_ROOM * (high - low) or 1.0
    return np.linspace(low - room, high + room, points)


def _costs(Z: FloatArray, Y: FloatArray) -> FloatArray:
    """The mean loss of each row of Z (k, m)."""
    with np.errstate(under="ignore"):
        return np.asarray(logistic.loss_from_z(Z, Y).mean(axis=-1))
