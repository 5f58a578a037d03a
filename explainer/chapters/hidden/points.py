"""The points that the figures show: made up so that they need a bent border, or two numbers of a drawing."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from explainer.maths.checks import FloatArray, frozen
from explainer.maths.datasets import CURVED, Curved, Standardised, standardise
from explainer.pictures import PictureSet
from explainer.pictures.chosen import DRAWINGS, drawings
from explainer.pictures.measures import ear_contrast, orange_share
from explainer.words import words
from explainer.words.numbers import minus

NAMES: Final = (*CURVED, DRAWINGS)
ORDER: Final = 1
"""The seed of the order in which the drawings stand."""
MARKS: Final = (
    (0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
    (-200.0, -150.0, -100.0, -50.0, 0.0, 50.0, 100.0, 150.0, 200.0),
)
"""Where the axes of both numbers have marks."""


@dataclass(frozen=True)
class Axis:
    """One feature's axis: its name, and marks at other places than those that its numbers would have."""

    name: str
    places: tuple[float, ...] = ()
    texts: tuple[str, ...] = ()


@lru_cache(maxsize=8)
def points_of(data: str) -> Curved:
    """One of the `NAMES` of data, for who learns from all of its points."""
    return _drawn_points() if data == DRAWINGS else CURVED[data]


def axes(data: str) -> tuple[Axis, Axis]:
    """The axes of both features; those of the drawings are marked in the numbers' own units."""
    text = words("hidden").figure
    if data != DRAWINGS:
        return Axis(text["axis_x1"]), Axis(text["axis_x2"])
    kept = _standardised()
    first, second = (
        tuple(((np.array(marks) - mean) / scale).tolist())
        for marks, mean, scale in zip(MARKS, kept.mean[:, 0], kept.scale[:, 0], strict=True)
    )
    return (
        Axis(text["axis_orange"], first, tuple(f"{mark:.0%}" for mark in MARKS[0])),
        Axis(text["axis_ears"], second, tuple(minus(f"{mark:.0f}") for mark in MARKS[1])),
    )


def points_text(data: str) -> str:
    """What the points are, if that has to be said: the drawings, by which numbers, how many held out."""
    if data != DRAWINGS:
        return ""
    return str(words("hidden").text["points_are"]).format(m_held_out=points_of(data).held_out_Y.size)


def two_numbers(pictures: PictureSet) -> FloatArray:
    """Each picture's share of orange and brown, and how much paler it is between the ears: X (2, m)."""
    return np.concatenate([orange_share(pictures.pictures), ear_contrast(pictures.pictures)])


@lru_cache(maxsize=1)
def _standardised() -> Standardised:
    """The two numbers of the drawings to learn from, in the order that those have."""
    return standardise(two_numbers(drawings().split.training))


def _drawn_points() -> Curved:
    """The drawings: whole families are held out, and what is learned from says how all are standardised."""
    split, kept, text = drawings().split, _standardised(), words("hidden").text
    assert split.held_out is not None  # whole families of the drawings always are
    order = _by_turns(split.training.labels)
    return Curved(
        DRAWINGS,
        text["data_drawings"],
        frozen(kept.X[:, order]),
        frozen(split.training.Y[:, order]),
        frozen((two_numbers(split.held_out) - kept.mean) / kept.scale),
        frozen(split.held_out.Y),
    )


def _by_turns(labels: np.ndarray) -> list[int]:
    """Places in an order in which both classes take turns while both last, at random within each."""
    rng = np.random.default_rng(ORDER)
    classes = [rng.permutation(np.flatnonzero(labels == label)) for label in (False, True)]
    turns = np.concatenate([np.arange(len(one)) for one in classes])
    order = np.argsort(turns, kind="stable")
    return [int(place) for place in np.concatenate(classes)[order]]
