"""What a network with one hidden layer makes of the plane of two features, at many steps of its training.

All functions take the `Parameters` of those steps, with n_x = 2, and give arrays with a row for each. Their
errors are an `InputError`: ``parameters`` where n_x is not 2 or n_h changes, ``box``, ``grid``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths.checks import ByteArray, FloatArray, InputError, finite, freeze_fields
from explainer.maths.shallow import Activations, Parameters, forward, tanh

GRID: Final = 61
"""Points of a map along each side."""
LARGEST_GRID: Final = 501
AT_ONCE: Final = 2
"""Maps that are computed together: so many stay in the processor's cache."""
ROUNDING: Final = 2.0**-24
"""The relative error of a single rounding to float32."""


@dataclass(frozen=True)
class Box:
    """The part of the plane that is looked at: low and high of the first and of the second feature."""

    x1: tuple[float, float]
    x2: tuple[float, float]

    def __post_init__(self) -> None:
        sides = finite("box", [self.x1, self.x2])
        if sides.shape != (2, 2) or not (sides[:, 0] < sides[:, 1]).all():
            raise InputError("box", f"each side must go from low to high; got {self.x1} and {self.x2}")


def box_around(X: ArrayLike, margin: float = 0.1) -> Box:
    """The box of all points X (2, m), and a margin: a share of its width and height."""
    X = finite("X", X)
    if X.ndim != 2 or X.shape[0] != 2 or (np.ptp(X, axis=1) == 0).any():
        raise InputError("box", f"X must be points (2, m) that vary in both features; got shape {X.shape}")
    low, high = X.min(axis=1), X.max(axis=1)
    edge = margin * (high - low)
    (left, bottom), (right, top) = (low - edge).tolist(), (high + edge).tolist()
    return Box((left, right), (bottom, top))


def grid(box: Box, points: int = GRID) -> FloatArray:
    """The points of a map, X (2, points^2): a row after the other, the lowest second feature first."""
    if not 2 <= points <= LARGEST_GRID:
        raise InputError("grid", f"points must be 2 to {LARGEST_GRID}; got {points}")
    x1, x2 = np.linspace(*box.x1, points), np.linspace(*box.x2, points)
    return np.array([np.tile(x1, points), np.repeat(x2, points)])


def decision_maps(steps: Sequence[Parameters], box: Box, points: int = GRID) -> ByteArray:
    """A2 over the box at each step, as uint8 (T, points, points): 0 is a probability of 0, 255 one of 1.

    Row 0 has the lowest second feature, column 0 the lowest first one. 60 maps of 61 x 61 are 223 kB.
    """
    _in_the_plane(steps)
    X = grid(box, points)
    maps = np.empty((len(steps), points * points), dtype=np.uint8)
    for first in range(0, len(steps), AT_ONCE):
        _put_maps(steps[first : first + AT_ONCE], X, maps[first : first + AT_ONCE])
    return maps.reshape(-1, points, points)


def _put_maps(steps: Sequence[Parameters], X: FloatArray, maps: ByteArray) -> None:
    """The maps of several steps (T, m), in float32, which takes a third of the time.

    Where rounding could make another byte of it, the byte is computed anew, so all are those of `forward`.
    """
    weights = np.stack([np.hstack([one.W1, one.b1]) for one in steps])  # (T, n_h, 3)
    W2 = np.stack([one.W2 for one in steps])  # (T, 1, n_h)
    b2 = np.stack([one.b2 for one in steps])  # (T, 1, 1)
    rows = np.vstack([X, np.ones((1, X.shape[1]))]).astype(np.float32)
    A1 = weights.reshape(-1, 3).astype(np.float32) @ rows
    with np.errstate(over="ignore", under="ignore"):
        tanh(A1, A1)
        Z2 = np.matmul(W2.astype(np.float32), A1.reshape(*weights.shape[:2], -1)) + b2.astype(np.float32)
        A2 = 255 / (1 + np.exp(-Z2[:, 0]))
    maps[:] = np.rint(A2)
    doubt = _doubt(weights, W2, b2, np.abs(X).max(axis=1))
    for row, parameters, near in zip(maps, steps, np.abs(A2 % 1 - 0.5) <= doubt, strict=True):
        places = np.flatnonzero(near)
        if places.size:
            row[places] = np.rint(255 * forward(parameters, X[:, places]).A2[0])


def _doubt(weights: FloatArray, W2: FloatArray, b2: FloatArray, furthest: FloatArray) -> FloatArray:
    """How far 255 A2 in float32 may be from its value, (T, 1): a bound, from the roundings on the way."""
    n_h = weights.shape[1]
    reach = np.abs(weights) @ np.append(furthest, 1.0)  # of Z1, (T, n_h)
    z = np.sum(np.abs(W2[:, 0]) * (5 * reach + 8 + n_h), axis=1) + np.abs(b2[:, 0, 0])
    doubt: FloatArray = 255 * ROUNDING * (z / 4 + 4)[:, None]
    return doubt


def activations(steps: Sequence[Parameters], X: ArrayLike) -> Activations:
    """What the units say of points X (2, m) at each step: A1 (T, n_h, m), A2 (T, 1, m).

    A1 is where the hidden layer puts the points: in its space a straight line separates them, or nearly.
    """
    _in_the_plane(steps)
    said = [forward(parameters, X) for parameters in steps]
    return Activations(np.stack([one.A1 for one in said]), np.stack([one.A2 for one in said]))


@dataclass(frozen=True, eq=False)
class UnitLines:
    """Where each hidden unit says 0, w1 x1 + w2 x2 + b1 = 0, inside a box; read-only.

    `ends` (T, n_h, 2, 2): a step, a unit, two ends, their two features; nan where the line misses the box or
    both weights are 0. `towards` (T, n_h, 2) is the unit vector to the side where the unit says 1, or 0.
    """

    ends: FloatArray
    towards: FloatArray

    def __post_init__(self) -> None:
        freeze_fields(self, "ends", "towards")


def unit_lines(steps: Sequence[Parameters], box: Box) -> UnitLines:
    """Every hidden unit's own line at each step, cut off at the box."""
    _in_the_plane(steps)
    W1 = np.stack([parameters.W1 for parameters in steps])  # (T, n_h, 2)
    b1 = np.stack([parameters.b1[:, 0] for parameters in steps])  # (T, n_h)
    length = np.hypot(W1[..., 0], W1[..., 1])
    with np.errstate(all="ignore"):  # a unit without weights has no line: nan
        towards, away = W1 / length[..., None], b1 / length
    middle = np.array([sum(box.x1) / 2, sum(box.x2) / 2])
    half = np.array([np.ptp(box.x1) / 2, np.ptp(box.x2) / 2])
    distance = away + towards @ middle
    foot = middle - distance[..., None] * towards  # the line's point that is next to the middle
    along = np.stack([-towards[..., 1], towards[..., 0]], axis=-1)
    with np.errstate(all="ignore"):  # a line along a side never meets it: inf
        to_low, to_high = ((middle + sign * half - foot) / along for sign in (-1, 1))
    enter = np.where(along == 0, -np.inf, np.minimum(to_low, to_high)).max(axis=-1)
    leave = np.where(along == 0, np.inf, np.maximum(to_low, to_high)).min(axis=-1)
    beside = ((along == 0) & (np.abs(foot - middle) > half)).any(axis=-1)
    reach = np.where(((enter < leave) & ~beside)[..., None], np.stack([enter, leave], axis=-1), np.nan)
    return UnitLines(foot[..., None, :] + reach[..., None] * along[..., None, :], np.nan_to_num(towards))


def _in_the_plane(steps: Sequence[Parameters]) -> None:
    """At least one step, n_x = 2, and n_h the same at all."""
    shapes = {parameters.W1.shape for parameters in steps}
    if len(shapes) != 1 or next(iter(shapes))[1] != 2:
        raise InputError("parameters", f"W1 must have one shape (n_h, 2) at all steps; got {shapes}")
