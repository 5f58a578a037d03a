"""The cost surface J(w, b): of data with one feature, and through the whole parameter space of a run."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks, linear, logistic
from explainer.maths.checks import FloatArray
from explainer.maths.logistic import LOG_LOSS, Objective
from explainer.maths.training import Run, Span

SIGMOID_ROOM = 6.0  # from the minimum to an edge, with standardised X: the tilted bowl and its flat floor
LINE_ROOM = 4.0  # the same for the line, whose bowl rises as a square
DIRECTIONS = 280  # steps of a run that its main directions are taken from; so not only even ones of 3,000
LINE = 1e-12  # of the larger variance: what is less is rounding
PLANE_ROOM = 0.2  # of the trail's extent, to each side of it
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


@dataclass(frozen=True, eq=False)
class Plane:
    """The plane in which a run mostly moves, and J over it; lengths are those of (w, b) in its own space.

    A place is centre + first u_1 + second u_2, with orthonormal u_1, u_2. `trail` (T+1, 2) is the run's
    shadow in the plane, `explained` (2,) the share of its variance along each direction. `first` (p,),
    `second` (q,) are the map's axes, `costs` (q, p) J over it, `shadow` (T+1,) J at the trail's shadow.
    """

    trail: FloatArray
    explained: FloatArray
    first: FloatArray
    second: FloatArray
    costs: FloatArray
    shadow: FloatArray

    @property
    def left_out(self) -> float:
        """The share of the variance that lies outside the plane, 0 to 1."""
        return max(0.0, 1.0 - float(self.explained.sum()))


def principal_plane(run: Run, spanned: Span, points: int = 61) -> Plane:
    """The plane of the run's two principal components.

    After Li et al. (2018), "Visualizing the Loss Landscape of Neural Nets". Everything through K = X^T X + 1,
    the inner products of the examples with the bias as one more feature: the run's (w, b) = [X; 1] c^T, and
    those of two steps have the inner product c K c'^T = Z c'^T, as Z = c K. A run of more than `DIRECTIONS`
    steps gives its directions by so many of them, evenly spaced; the shares explained are those of all steps.
    Over the plane Z = Z(centre) + first K u_1 + second K u_2, so J is exact. Needs a run of one step or
    more; ValueError otherwise.
    """
    if run.num_iterations < 1:
        raise ValueError("run must have walked a step to have a direction; got 0 steps")
    c, Z, centre = run.coefficients, run.Z, run.Z.mean(axis=0)
    away_c, away_Z = c - c.mean(axis=0), Z - centre
    u, K_u = _directions(away_c, away_Z)
    trail = away_Z @ u.T
    along = (trail**2).sum(axis=0)
    # Of a run that hardly moves, the whole is a difference that rounding can make less than its parts.
    explained = along / max(float(np.vdot(away_c, away_Z)), float(along.sum()), np.finfo(float).tiny)
    first, second = (_axis(trail[:, k], points) for k in range(2))
    over = np.empty((points, points))
    for row, place in zip(over, second, strict=True):  # a row at a time stays in the processor's cache
        row[:] = _costs(centre + first[:, None] * K_u[0] + place * K_u[1], spanned.Y)
    return Plane(trail, explained, first, second, over, _costs(centre + trail @ K_u, spanned.Y))


def _directions(c: FloatArray, Z: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The two main directions of places c with Z = c K: as coefficients u (2, m), u K u^T = 1, and K u.

    By the inner products of the places, Z c^T = V diag(size) V^T: u = V^T c / sqrt(size). Turned so that each
    is farthest from the centre on its positive side; 0 where all places lie on one line.
    """
    some = np.unique(np.rint(np.linspace(0, len(c) - 1, DIRECTIONS)).astype(np.int64))
    c, Z = c[some], Z[some]
    sizes, V = np.linalg.eigh(Z @ c.T)
    sizes, V = sizes[:-3:-1], V[:, :-3:-1]
    there = sizes > LINE * sizes[0]
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
        costs: FloatArray = logistic.loss_from_z(Z, Y).mean(axis=-1)
    return costs
