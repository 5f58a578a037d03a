"""What a training run learns, step by step: cost and right answers in training and on held-out pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from explainer.chapters.cats.classifier import Classifier
from explainer.maths import checks
from explainer.maths.checks import FloatArray, IntArray
from explainer.maths.logistic import costs
from explainer.maths.training import Run, Span, span, train_in_span
from explainer.pictures import to_columns
from explainer.pictures.chosen import ChosenSet, kept_with_set

NUM_ITERATIONS: Final = 3000
FIRST_RATE: Final = 0.001
FIRST_ITERATIONS: Final = 2000
"""The run that everybody sees first."""
STRETCH: Final = 500  # iterations between two moves of the progress bar
STRETCHES: Final = NUM_ITERATIONS // STRETCH
FOUR: Final = (0.0001, 0.001, 0.005, 0.01)
"""Learning rates that are compared, much as at the end of the course's assignment."""


@dataclass(frozen=True, eq=False)
class Marks:
    """How a run does on m pictures: Z (T+1, m) and J, costs (T+1,), at each step; their labels Y (1, m)."""

    Z: FloatArray
    costs: FloatArray
    Y: FloatArray

    @property
    def m(self) -> int:
        """How many pictures."""
        return int(self.Y.shape[1])

    @cached_property
    def right(self) -> IntArray:
        """How many pictures get the right answer at each step, (T+1,): *cat* if a > 0.5, that is z > 0."""
        right: IntArray = np.count_nonzero((self.Z > 0) == (self.Y > 0), axis=1)
        return right

    @property
    def accuracies(self) -> FloatArray:
        """`right` as a share of all, (T+1,)."""
        return self.right / self.m


@dataclass(frozen=True, eq=False)
class Learning:
    """A run, its marks on the training pictures and on those held out (None if there are none)."""

    run: Run
    training: Marks
    held_out: Marks | None

    @property
    def judged(self) -> Marks:
        """The marks on the held-out pictures, or on the training pictures if there are none."""
        return self.held_out or self.training

    @property
    def learning_rate(self) -> float:
        """The learning rate of the run."""
        return self.run.learning_rate

    @property
    def num_iterations(self) -> int:
        """T, the number of steps."""
        return self.run.num_iterations

    def classifier_at(self, step: int) -> Classifier:
        """w and b after so many steps. IndexError past the end."""
        return Classifier(self.run.w_at(step), self.run.b_at(step))


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Held-out pictures X' as a span needs them: products K = X^T X' + 1 (m, k), and labels Y (1, k)."""

    K: FloatArray
    Y: FloatArray


def hold_out(spanned: Span, X: ArrayLike, Y: ArrayLike) -> HeldOut:
    """Held-out pictures X (n_x, k), Y (1, k), for runs in a span. ValueError for wrong shapes or values."""
    X, Y = checks.examples(X, Y)
    if X.shape[0] != spanned.X.shape[0]:
        raise ValueError(f"X must have n_x = {spanned.X.shape[0]} rows, as the span; got {X.shape[0]}")
    return HeldOut(spanned.X.T @ X + 1, Y)


def learn(runs: Sequence[Run], spanned: Span, held_out: HeldOut | None = None) -> list[Learning]:
    """The marks of these runs, also on held-out pictures: Z = c K for both, so w is not needed."""
    learned = []
    for run in runs:
        marks = None
        if held_out:
            Z = run.coefficients @ held_out.K
            marks = Marks(Z, costs(Z, held_out.Y), held_out.Y)
        learned.append(Learning(run, Marks(run.Z, run.costs, spanned.Y), marks))
    return learned


# ---- the runs on a set of pictures


@dataclass(frozen=True, eq=False)
class Runs:
    """The finished runs on one set of pictures: with the learning rate in use, and with each of `FOUR`."""

    chosen: ChosenSet
    spanned: Span
    learned: Learning
    four: Sequence[Learning]

    @property
    def key(self) -> str:
        """Names them in caches."""
        return f"{self.chosen.key}-{self.learned.learning_rate!r}"

    @property
    def own(self) -> bool:
        """Whether the pictures are a visitor's own."""
        return self.chosen.own


def finished_runs(chosen: ChosenSet, rate: float) -> Runs:
    """The runs on a set with this learning rate and with the `FOUR`; trained now, unless they are kept."""
    rates = _trained_with(rate)
    learned = _all_learned(chosen, rates)[rates.index(rate)]
    return Runs(chosen, _spanned(chosen), learned, _all_learned(chosen, FOUR))


def train_by_stretches(chosen: ChosenSet, rate: float) -> Iterator[int]:
    """Trains what `finished_runs` needs, and yields after each stretch how many iterations are done.

    They count up to NUM_ITERATIONS twice if the learning rate is none of the `FOUR`, which come second.
    """
    for rates in dict.fromkeys((_trained_with(rate), FOUR)):
        for number in range(STRETCHES):
            _stretch(chosen, rates, number)
            yield (number + 1) * STRETCH


def _trained_with(rate: float) -> tuple[float, ...]:
    """The learning rates that are trained together with this one."""
    return FOUR if rate in FOUR else (rate,)


@kept_with_set(shared=24, own=STRETCHES)
def _stretch(chosen: ChosenSet, rates: tuple[float, ...], number: int) -> list[Run]:
    before = _stretch(chosen, rates, number - 1) if number else ()
    return train_in_span(_spanned(chosen), rates, STRETCH, before)


@kept_with_set(shared=3, own=1)
def _spanned(chosen: ChosenSet) -> Span:
    training = chosen.split.training
    return span(to_columns(training.pictures), training.Y)


@kept_with_set(shared=12, own=3)
def _all_learned(chosen: ChosenSet, rates: tuple[float, ...]) -> list[Learning]:
    stretches = [_stretch(chosen, rates, number) for number in range(STRETCHES)]
    runs = [Run.joined(parts) for parts in zip(*stretches, strict=True)]
    return learn(runs, _spanned(chosen), _held_out(chosen))


@kept_with_set(shared=3, own=1)
def _held_out(chosen: ChosenSet) -> HeldOut | None:
    pictures = chosen.split.held_out
    if pictures is None:
        return None
    return hold_out(_spanned(chosen), to_columns(pictures.pictures), pictures.Y)
