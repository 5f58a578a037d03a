"""The pictures in use in *Pixels*: their keys in the address, which come first, and what the page says."""

from functools import lru_cache
from itertools import chain, zip_longest
from typing import Any, Final

import numpy as np

from explainer.maths.checks import ByteArray, IntArray
from explainer.pictures import HELD_OUT_FAMILIES, SIDE, PictureSet, bundled
from explainer.pictures.chosen import DRAWINGS, ZIP, ChosenSet
from explainer.pictures.columns import index_of, n_x
from explainer.pictures.sets import spread
from explainer.words import words

FAMILY: Final = "noto"
"""The family of drawings that is shown first."""
QUICK: Final = ("cat-face", "black-cat", "tiger-face", "fox", "tangerine", "rocket")
"""Drawings with a button of their own."""
EYE: Final = (33, 19)
"""Row and column of an eye in the drawing that is shown first."""
MOST: Final = 10
"""How many pictures become columns of X, at most."""


@lru_cache(maxsize=1)
def drawing_keys() -> tuple[str, ...]:
    """The keys of the bundled pictures, family-name: these can always be chosen."""
    drawings = bundled()
    return tuple(f"{family}-{name}" for family, name in zip(drawings.families, drawings.names, strict=True))


def keys(chosen: ChosenSet) -> tuple[str, ...]:
    """The keys of the pictures in a set, in its order."""
    names = chosen.every.names
    if chosen.name == DRAWINGS:
        return drawing_keys()
    if chosen.name == ZIP:  # the address must not reveal a visitor's file names
        return tuple(f"{chosen.name}-{number}" for number in range(1, len(names) + 1))
    return tuple(f"{chosen.name}-{name.replace(' ', '-')}" for name in names)


def quick_keys(chosen: ChosenSet) -> tuple[str, ...]:
    """The keys of the pictures with a button of their own; the first one is shown at first."""
    if chosen.name == DRAWINGS:
        return tuple(f"{FAMILY}-{name}" for name in QUICK)
    every = keys(chosen)
    return tuple(every[place] for place in in_turn(chosen.every, len(QUICK)))


def picture_called(key: str, chosen: ChosenSet) -> ByteArray:
    """The picture (64, 64, 3) with this key, among the bundled ones and those of the set."""
    drawn = drawing_keys()
    if key in drawn:
        picture: ByteArray = bundled().pictures[drawn.index(key)]
    else:
        picture = chosen.every.pictures[keys(chosen).index(key)]
    return picture


def columns_of(chosen: ChosenSet) -> PictureSet:
    """The pictures that become columns of X: cats and others alternately."""
    pictures = bundled().of_families(FAMILY) if chosen.name == DRAWINGS else chosen.every
    return pictures.at(in_turn(pictures, MOST).tolist())


def in_turn(pictures: PictureSet, count: int) -> IntArray:
    """The places of `count` pictures, at most all: cats and others alternately, both evenly spaced."""
    cats, others = np.flatnonzero(pictures.labels), np.flatnonzero(~pictures.labels)
    count = min(count, len(pictures.names))
    num_cats = min(max(count // 2, count - len(others)), len(cats))
    pairs = zip_longest(spread(cats, num_cats), spread(others, count - num_cats))
    return np.array([place for place in chain.from_iterable(pairs) if place is not None])


# ---- for the page


def answers() -> dict[str, Any]:
    """The numbers in the questions and their replies."""
    half = SIDE // 2
    here = index_of(0, 0, 0, SIDE)
    return {
        "side": SIDE,
        "half": half,
        "pixels": f"{SIDE * SIDE:,}",
        "eye": index_of(*EYE, 0, SIDE),
        "eye_row": EYE[0],
        "eye_column": EYE[1],
        "count": n_x(SIDE),
        "n_x": f"{n_x(SIDE):,}",
        "n_x_half": f"{n_x(half):,}",
        "right": index_of(0, 1, 0, SIDE) - here,
        "below": index_of(1, 0, 0, SIDE) - here,
    }


def split_text(chosen: ChosenSet) -> str:
    """How many pictures are in use, and for the drawings why they are divided by family."""
    text, every = words("pixels").text, chosen.every
    numbers = {"num_pictures": len(every.names), "num_cats": int(every.labels.sum())}
    if chosen.name != DRAWINGS:
        return text["split_other"].format(**numbers)
    families = {"num_families": len(set(every.families)), "held_out": ", ".join(HELD_OUT_FAMILIES)}
    return text["split"].format(**numbers, **families)
