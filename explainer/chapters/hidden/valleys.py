"""The cost surface through the ends of two trainings: J all over a plane, and on the way between them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from explainer.chapters.hidden.points import points_of
from explainer.chapters.hidden.trainings import RANDOM, run
from explainer.maths import shallow
from explainer.maths.cost_plane import CostPlane, cost_plane
from explainer.maths.shallow import Parameters

RATE: Final = 1.0
BETWEEN: Final = 101
"""Places along the straight way from one end to the other."""
SAME: Final = 1.0
"""Ends that are no further apart are the same valley: they differ in how far down they came."""


@dataclass(frozen=True, eq=False)
class Valleys:
    """The plane through two trained ends and the first one's start; J there, the most between the ends."""

    plane: CostPlane
    first: float
    second: float
    start: float
    ridge: float

    @property
    def apart(self) -> float:
        """How far apart both ends lie."""
        return float(self.plane.places[1, 0])


@lru_cache(maxsize=32)
def valleys(data: str, units: int, seed: int, other: int) -> Valleys:
    """Trains from both starts, and computes J all over the plane."""
    shown = points_of(data)
    one, two = (run(data, units, RANDOM, each, RATE) for each in (seed, other))
    plane = cost_plane(one.end, two.end, one.kept[0], shown.X, shown.Y)
    way = [
        shallow.cost(_between(one.end, two.end, share), shown.X, shown.Y)
        for share in np.linspace(0, 1, BETWEEN)
    ]
    return Valleys(plane, float(one.costs[-1]), float(two.costs[-1]), float(one.costs[0]), max(way))


def _between(first: Parameters, second: Parameters, share: float) -> Parameters:
    """That share of the straight way from the first to the second."""
    parts = (
        (1 - share) * getattr(first, name) + share * getattr(second, name)
        for name in ("W1", "b1", "W2", "b2")
    )
    return Parameters(*parts)


def other_than(seed: int, other: int, last: int) -> int:
    """The other start, or the next one if both are the same; they are numbered from 1 to `last`."""
    return other if other != seed else seed % last + 1
