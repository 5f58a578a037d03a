"""A set of labelled pictures, and the one that comes with the app: drawings by several hands."""

import csv
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from PIL import Image

from explainer import ASSETS
from explainer.maths.checks import BoolArray, ByteArray, FloatArray, IntArray, freeze_fields
from explainer.pictures.columns import SIDE

MIN_PICTURES: Final = 4
MAX_PICTURES: Final = 500
"""In a visitor's set: the session keeps 12,288 bytes of each, and training takes m x m numbers."""
FOLDER: Final = ASSETS / "pictures"
SOURCES: Final = FOLDER / "SOURCES.md"
"""Who drew the bundled pictures, and under which licences."""
HELD_OUT_FAMILIES: Final = ("streamline-emojis", "twemoji")
"""The families held out for testing: the two that differ most from all others, pixel by pixel.

Single pictures at random would not do: the same drawing recurs, with another expression within a family and
slightly changed in other families, so a classifier would be tested on pictures that it was trained on.
"""


@dataclass(frozen=True, eq=False)
class PictureSet:
    """Pictures (m, 64, 64, 3), whether each is a cat (m,), their names and families; arrays read-only."""

    pictures: ByteArray
    labels: BoolArray
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
        freeze_fields(self, "pictures", "labels")

    @property
    def Y(self) -> FloatArray:
        """The labels as (1, m), 1 = cat, 0 = not."""
        return self.labels[None].astype(np.float64)

    def of_families(self, *families: str) -> "PictureSet":
        """The pictures of these families, in the order they have here. ValueError for an unknown family."""
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


def spread(places: IntArray, count: int) -> IntArray:
    """At most `count` of these places, evenly spaced."""
    chosen: IntArray = places[np.linspace(0, len(places) - 1, min(count, len(places))).round().astype(int)]
    return chosen


@cache
def bundled() -> PictureSet:
    """The pictures that come with the app, in the order of assets/pictures/pictures.csv."""
    with (FOLDER / "pictures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    families = tuple(row["family"] for row in rows)
    sheets = {family: _tiles(family) for family in set(families)}
    return PictureSet(
        np.array([sheets[row["family"]][int(row["row"]), int(row["column"])] for row in rows]),
        np.array([row["cat"] == "1" for row in rows]),
        tuple(row["name"] for row in rows),
        families,
    )


def _tiles(family: str) -> ByteArray:
    """A family's sheet of pictures as (rows, columns, 64, 64, 3)."""
    with Image.open(FOLDER / f"{family}.png") as image:
        sheet = np.asarray(image)
    rows, columns = sheet.shape[0] // SIDE, sheet.shape[1] // SIDE
    return sheet.reshape(rows, SIDE, columns, SIDE, 3).swapaxes(1, 2)
