"""A set of labelled pictures: what all ways of bringing pictures end in, and how many there may be."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from explainer.maths.checks import FloatArray
from explainer.pictures.files import SIDE

MIN_PICTURES: Final = 4
MAX_PICTURES: Final = 500
"""In a set that a visitor brings, who keeps 12,288 bytes of each; training takes m x m numbers."""


@dataclass(frozen=True, eq=False)
class PictureSet:
    """Pictures (m, 64, 64, 3), whether each is a cat (m,), their names and families; arrays read-only."""

    pictures: NDArray[np.uint8]
    labels: NDArray[np.bool_]
    names: tuple[str, ...]
    families: tuple[str, ...]

    def __post_init__(self) -> None:
        m = len(self.names)
        if self.pictures.dtype != np.uint8 or self.pictures.shape != (m, SIDE, SIDE, 3):
            raise ValueError(
                f"pictures must be uint8 of shape ({m}, {SIDE}, {SIDE}, 3) to go with {m} names; "
                f"got {self.pictures.dtype} of shape {self.pictures.shape}"
            )
        if self.labels.dtype != np.bool_ or self.labels.shape != (m,) or len(self.families) != m:
            raise ValueError(
                f"labels must be {m} booleans and families {m} names; "
                f"got {self.labels.dtype} of shape {self.labels.shape} and {len(self.families)} families"
            )
        for field in ("pictures", "labels"):
            view = getattr(self, field).view()
            view.setflags(write=False)
            object.__setattr__(self, field, view)

    @property
    def Y(self) -> FloatArray:
        """The labels as (1, m), 1 = cat, 0 = not."""
        return self.labels[None].astype(np.float64)

    def of_families(self, *families: str) -> "PictureSet":
        """The pictures of these families only, in the order they have here. ValueError for an unknown one."""
        unknown = set(families) - set(self.families)
        if unknown:
            raise ValueError(f"families must be among {sorted(set(self.families))}; got {sorted(unknown)}")
        return self.at([i for i, family in enumerate(self.families) if family in families])

    def at(self, places: list[int]) -> "PictureSet":
        """The pictures at these places, in this order."""
        return PictureSet(
            self.pictures[places],
            self.labels[places],
            tuple(self.names[i] for i in places),
            tuple(self.families[i] for i in places),
        )
