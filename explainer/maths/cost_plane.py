"""A slice of the cost surface of a hidden layer: the plane through three sets of parameters.

With two trained ends in it, it shows two valleys that are about as deep, and what lies between them.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths.checks import FloatArray, InputError, examples, freeze_fields
from explainer.maths.logistic import costs
from explainer.maths.shallow import Parameters

POINTS: Final = 61
MOST_POINTS: Final = 201
MARGIN: Final = 0.4
"""How far the plane reaches beyond the three, as a share of the distance between them."""


@dataclass(frozen=True, eq=False)
class CostPlane:
    """J (points, points) on a plane in the space of all parameters; read-only.

    Column j is at `along[j]` and row i at `across[i]`, both distances from the first set of parameters: along
    the line to the second, and at a right angle to it, towards the third. `places` (3, 2) are where the three
    lie, as (along, across).
    """

    along: FloatArray
    across: FloatArray
    costs: FloatArray
    places: FloatArray

    def __post_init__(self) -> None:
        freeze_fields(self, "along", "across", "costs", "places")


def cost_plane(
    first: Parameters, second: Parameters, third: Parameters, X: ArrayLike, Y: ArrayLike, points: int = POINTS
) -> CostPlane:
    """The plane through the three, such as two trained ends and a start.

    `InputError` ``plane`` if they are of different shapes, lie on one line or do not go with X (n_x, m), and
    ``grid`` for a number of points below 2 or above `MOST_POINTS`. ValueError for wrong X or Y.
    """
    X, Y = examples(X, Y)
    if not 2 <= points <= MOST_POINTS:
        raise InputError("grid", f"points must be 2 to {MOST_POINTS}; got {points}")
    shapes = {one.W1.shape for one in (first, second, third)}
    if len(shapes) != 1 or first.n_x != X.shape[0]:
        raise InputError("plane", f"W1 must have one shape (n_h, {X.shape[0]}); got {shapes}")
    here = _flat(first)
    to_second, to_third = _flat(second) - here, _flat(third) - here
    length = float(np.linalg.norm(to_second))
    e1 = to_second / (length or 1.0)
    beside = to_third - (to_third @ e1) * e1
    height = float(np.linalg.norm(beside))
    if min(length, height) <= 1e-9 * (1 + np.linalg.norm(to_third)):
        raise InputError("plane", "the three sets of parameters must not lie on one line")
    e2 = beside / height
    places = np.array([[0.0, 0.0], [length, 0.0], [to_third @ e1, height]])
    along, across = (_reach(column, points) for column in places.T)
    J = np.stack([_costs(here + distance * e2, along[:, None] * e1, first, X, Y) for distance in across])
    return CostPlane(along, across, J, places)


def _reach(places: FloatArray, points: int) -> FloatArray:
    edge = MARGIN * float(np.ptp(places))
    return np.linspace(places.min() - edge, places.max() + edge, points)


def _flat(parameters: Parameters) -> FloatArray:
    p = parameters
    return np.concatenate([p.W1.ravel(), p.b1.ravel(), p.W2.ravel(), p.b2.ravel()])


def _costs(row: FloatArray, steps: FloatArray, like: Parameters, X: FloatArray, Y: FloatArray) -> FloatArray:
    """J at each place of a row of the plane, all at once."""
    theta, n_h, n_x = row + steps, like.n_h, like.n_x
    W1, b1, W2, b2 = np.split(theta, np.cumsum([n_h * n_x, n_h, n_h]), axis=1)
    A1 = np.tanh(W1.reshape(-1, n_h, n_x) @ X + b1[:, :, None])
    return costs((W2[:, None] @ A1)[:, 0] + b2, Y)
