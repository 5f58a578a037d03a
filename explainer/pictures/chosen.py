"""The set of pictures in use: what is learned from, what is held out, and results computed from it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, wraps
from hashlib import sha256
from typing import Concatenate, Final, ParamSpec, TypeVar

import numpy as np

from explainer.pictures.results import TOGETHER, OwnResults, Results
from explainer.pictures.sets import HELD_OUT_FAMILIES, PictureSet, bundled

DRAWINGS: Final = "drawings"
COURSE: Final = "course"
ZIP: Final = "zip"

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Split:
    """Pictures to learn from, and those held out; None if there are none."""

    training: PictureSet
    held_out: PictureSet | None


def last_fifth(pictures: PictureSet) -> Split:
    """Holds out the last fifth of each class in the given order, so that similar neighbours stay together.

    Rounded, but at least one picture of each class, unless the class has only one.
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
    """(held-out place, training place) of each held-out picture that equals a training picture exactly.

    Ordered by held-out place; of several equal training pictures the first is given.
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


@dataclass(frozen=True, eq=False)
class ChosenSet:
    """A set in use: its name, its split, and a digest of it, the key that names it in caches."""

    name: str
    split: Split
    key: str
    made_of: tuple[object, ...] = ()
    """The uploaded files and how they were divided: while these stay the same, the set is not made anew."""
    own: bool = False
    """Whether this visitor brought it, or a part of it; otherwise all visitors share it."""
    results: OwnResults = field(default_factory=OwnResults, repr=False)
    """Of a visitor's own set, what functions `kept_with_set` computed from it: dropped together with it."""

    @property
    def judged(self) -> PictureSet:
        """What classifiers are judged by: the held-out pictures, or those of training if there are none."""
        return self.split.held_out or self.split.training

    @cached_property
    def every(self) -> PictureSet:
        """All its pictures: the drawings in their own order, in other sets the held-out ones last."""
        if self.name == DRAWINGS:
            return bundled()
        if self.split.held_out is None:
            return self.split.training
        parts = (self.split.training, self.split.held_out)
        return PictureSet(
            np.concatenate([part.pictures for part in parts]),
            np.concatenate([part.labels for part in parts]),
            tuple(name for part in parts for name in part.names),
            tuple(family for part in parts for family in part.families),
        )

    @cached_property
    def duplicates(self) -> tuple[tuple[int, int], ...]:
        """The `duplicates` of its split."""
        return duplicates(self.split)


def kept_with_set(
    shared: int, own: int
) -> Callable[[Callable[Concatenate[ChosenSet, P], R]], Callable[Concatenate[ChosenSet, P], R]]:
    """Decorates a function of a set and further hashable arguments: its last results are kept.

    For sets that all visitors share, the last `shared` results are kept for all of them. For a visitor's own
    set the last `own` results are kept in the set itself, so they end with it and displace nobody else's,
    unless those of all visits together become too many: see `Together`.
    """

    def decorated(function: Callable[Concatenate[ChosenSet, P], R]) -> Callable[Concatenate[ChosenSet, P], R]:
        for_all = Results(shared)

        @wraps(function)
        def kept(chosen: ChosenSet, /, *args: P.args, **kwargs: P.kwargs) -> R:
            results = chosen.results.of(function, own) if chosen.own else for_all
            key = (chosen.key, args, tuple(kwargs.items()))
            result: R = results.get(key, lambda: function(chosen, *args, **kwargs))
            if chosen.own:
                TOGETHER.used(chosen.results)
            return result

        return kept

    return decorated


@lru_cache(maxsize=1)
def drawings() -> ChosenSet:
    """The bundled pictures, with whole families held out: see `HELD_OUT_FAMILIES`."""
    pictures = bundled()
    learned = [family for family in set(pictures.families) if family not in HELD_OUT_FAMILIES]
    split = Split(pictures.of_families(*learned), pictures.of_families(*HELD_OUT_FAMILIES))
    return chosen_set(DRAWINGS, split)


def chosen_set(name: str, split: Split, made_of: tuple[object, ...] = (), own: bool = False) -> ChosenSet:
    """A set with its key, a digest of its pictures and labels, and of its names, which figures show too."""
    found = sha256(name.encode())
    for part in (split.training, split.held_out):
        found.update(b"none" if part is None else repr((part.names, part.families)).encode())
        if part is not None:
            found.update(np.ascontiguousarray(part.pictures).data)
            found.update(np.ascontiguousarray(part.labels).data)
    return ChosenSet(name, split, found.hexdigest()[:32], made_of, own)
