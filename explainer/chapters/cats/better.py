"""What helps one neuron without new pictures: the mean picture subtracted, more views, or both.

More views are the training pictures again, moved a little, and the mirror image of each: `NUM_VIEWS` of every
picture, and none of a held-out one. By symmetry a picture and its mirror image, where both are learned from,
have the same coefficient c at every step, so

    w = sum of c_i (x_i + mirrored x_i) / 2

and training on these means, half as many as the pictures, gives the same w and b: K is a quarter of the size.
Subtracting the mean picture mu leaves a neuron that takes pictures as they are, with another b:
w^T (x - mu) + b = w^T x + (b - w^T mu).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Final

import numpy as np

from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.learning import FIRST_ITERATIONS, FIRST_RATE, finished_runs
from explainer.maths.checks import FloatArray
from explainer.maths.scores import Pairs, rank_pairs, wilson_interval
from explainer.maths.training import centre, coefficients_after
from explainer.pictures import to_columns
from explainer.pictures.chosen import ChosenSet, kept_with_set
from explainer.pictures.sets import PictureSet
from explainer.pictures.views import MOVES, Copies, folded, unfolded

AS_THEY_ARE, MEAN, VIEWS, BOTH = "none", "mean", "views", "both"
HELPS: Final = (AS_THEY_ARE, MEAN, VIEWS, BOTH)
STRETCH: Final = 200  # iterations between two moves of the progress bar
STRETCHES: Final = FIRST_ITERATIONS // STRETCH
BLOCK: Final = 250
"""Pictures converted at a time. So 500 training pictures need about 50 MB while they are learned from: 18 for
K (1500, 1500), the rest for two blocks; and afterwards only w and z, 0.1 MB."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """A trained classifier, and its Z (1, k) for the held-out pictures with labels Y (1, k)."""

    classifier: Classifier
    Z: FloatArray
    Y: FloatArray

    @property
    def m(self) -> int:
        """How many pictures are held out."""
        return self.Y.size

    @property
    def right(self) -> int:
        """How many of them get the right answer."""
        return int(np.count_nonzero((self.Z > 0) == (self.Y > 0)))

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share right."""
        low, high = wilson_interval(self.right, self.m)
        return float(low), float(high)

    @cached_property
    def pairs(self) -> Pairs | None:
        """Pairs of a cat and another picture; None if only one kind is held out."""
        return rank_pairs(self.Z, self.Y)


@kept_with_set(shared=3, own=1)
def as_they_are(chosen: ChosenSet) -> Outcome:
    """What the figure's own run comes to with `FIRST_RATE`, after `FIRST_ITERATIONS`.

    ValueError if no picture is held out.
    """
    learned = finished_runs(chosen, FIRST_RATE).learned
    return _judged(learned.classifier_at(FIRST_ITERATIONS), _held_out(chosen))


@dataclass(eq=False)
class Lesson:
    """Training on the pictures with some help, in parts; whoever asks for the next part does it.

    Several visitors may share one. K, which is large, is there only until the `outcome` is.
    """

    training: PictureSet
    held_out: PictureSet
    how: str
    outcome: Outcome | None = None
    done: int = 0
    K: FloatArray = field(default_factory=lambda: np.empty((0, 0)))
    c: FloatArray = field(default_factory=lambda: np.empty((1, 0)))
    lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def has_views(self) -> bool:
        """Whether it learns from more views."""
        return self.how in {VIEWS, BOTH}

    @property
    def is_centred(self) -> bool:
        """Whether the mean picture is subtracted."""
        return self.how in {MEAN, BOTH}

    def go_on(self) -> float:
        """Does the next part, and returns the share of all that is done."""
        with self.lock:
            copies = Copies(self.training.pictures, self._moves, BLOCK)
            parts = len(copies.blocks) + STRETCHES
            if self.outcome is None:
                self._do(self.done, copies)
                self.done += 1
            if self.done == parts and self.outcome is None:
                self.outcome = self._learned(copies)
                self.K, self.c = np.empty((0, 0)), np.empty((1, 0))
            return self.done / parts

    def _do(self, part: int, copies: Copies) -> None:
        if part == 0:
            self.K, self.c = np.empty((copies.m, copies.m)), np.zeros((1, copies.m))
        if part < len(copies.blocks):
            copies.multiply(part, folded if self.has_views else to_columns, self.K)
            return
        if part == len(copies.blocks):
            if self.is_centred:
                centre(self.K)
            self.K += 1
        Y = np.tile(self.training.Y, len(self._moves))
        self.c = coefficients_after(self.K, Y, FIRST_RATE, STRETCH, self.c)

    @property
    def _moves(self) -> tuple[tuple[int, int], ...]:
        return MOVES if self.has_views else MOVES[:1]

    def _learned(self, copies: Copies) -> Outcome:
        """w and b for pictures as they are, from the coefficients."""
        m, b = self.c.size, float(self.c.sum())
        # One column for w, one for the mean picture.
        parts = np.stack([self.c[0], np.full(m, 1 / m)], axis=1)
        both = sum(to_columns(copies.of(one)) @ parts[one.places] for one in copies.blocks)
        w, mean = (unfolded(part) if self.has_views else part[:, None] for part in np.transpose(both))
        if self.is_centred:
            w = w - b * mean
            b -= float((w * mean).sum())
        return _judged(Classifier(w, b), self.held_out)


@kept_with_set(shared=9, own=3)
def lesson(chosen: ChosenSet, how: str) -> Lesson:
    """The training of a set with some help, as far as it has got. ValueError if no picture is held out."""
    return Lesson(chosen.split.training, _held_out(chosen), how)


def train_by_parts(chosen: ChosenSet, how: str) -> Iterator[float]:
    """Trains what `outcome` needs, and yields after each part the share that is done; nothing if all is."""
    one = lesson(chosen, how)
    while one.outcome is None:
        yield one.go_on()


def outcome(chosen: ChosenSet, how: str) -> Outcome:
    """What training with some help comes to; trained now, unless it is kept."""
    one = lesson(chosen, how)
    while one.outcome is None:
        one.go_on()
    return one.outcome


def _held_out(chosen: ChosenSet) -> PictureSet:
    if chosen.split.held_out is None:
        raise ValueError("nothing is held out, so nothing can be compared")
    return chosen.split.held_out


def _judged(classifier: Classifier, held_out: PictureSet) -> Outcome:
    return Outcome(classifier, classifier.z(held_out.pictures), held_out.Y)
