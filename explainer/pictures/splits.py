"""Which pictures are learned from, and which are held out to see whether anything was learned."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

import numpy as np

from explainer.pictures import HELD_OUT_FAMILIES, PictureSet, bundled


@dataclass(frozen=True, eq=False)
class Split:
    """Pictures to learn from, and those held out; None if there are none."""

    training: PictureSet
    held_out: PictureSet | None


@cache
def drawings() -> Split:
    """The bundled pictures. Whole families are held out, never single pictures: the same drawing recurs."""
    pictures = bundled()
    learned = [family for family in set(pictures.families) if family not in HELD_OUT_FAMILIES]
    return Split(pictures.of_families(*learned), pictures.of_families(*HELD_OUT_FAMILIES))


def last_fifth(pictures: PictureSet) -> Split:
    """The last fifth of each class held out, in the order they have: neighbours, often alike, stay together.

    Rounded, but at least one of a class, unless it is the only one.
    """
    held = np.zeros(len(pictures.names), bool)
    for label in (False, True):
        (places,) = np.nonzero(pictures.labels == label)
        n = len(places)
        fifth = max(1, round(n / 5)) if n > 1 else 0
        held[places[n - fifth :]] = True
    training, held_out = (pictures.at(np.flatnonzero(part).tolist()) for part in (~held, held))
    return Split(training, held_out if held.any() else None)


def duplicates(split: Split) -> tuple[tuple[int, int], ...]:
    """(held-out place, training place) of each held-out picture that is exactly the first such of training.

    In the order of what is held out; by comparing digests, m of them.
    """
    if split.held_out is None:
        return ()
    first: dict[bytes, int] = {}
    for place, digest in enumerate(_digests(split.training)):
        first.setdefault(digest, place)
    held_out = enumerate(_digests(split.held_out))
    return tuple((place, first[digest]) for place, digest in held_out if digest in first)


def _digests(pictures: PictureSet) -> Iterator[bytes]:
    return (sha256(picture.tobytes()).digest() for picture in pictures.pictures)
