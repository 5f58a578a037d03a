"""What a training run has learned, step by step: cost and right answers on pictures seen and held out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from explainer.chapters.cats.classifier import Classifier
from explainer.maths import checks
from explainer.maths.checks import FloatArray, IntArray
from explainer.maths.logistic import costs
from explainer.maths.training import Run, Span


@dataclass(frozen=True, eq=False)
class Marks:
    """How a run does on some pictures at each step: the z of every one, Z (T+1, m), and J, costs (T+1,).

    Y (1, m) are the pictures' labels.
    """

    Z: FloatArray
    costs: FloatArray
    Y: FloatArray

    @property
    def m(self) -> int:
        """How many pictures."""
        return int(self.Y.shape[1])

    @cached_property
    def right(self) -> IntArray:
        """How many are called what they are at each step, (T+1,): *cat* if a > 0.5, that is z > 0."""
        right: IntArray = np.count_nonzero((self.Z > 0) == (self.Y > 0), axis=1)
        return right

    @property
    def accuracies(self) -> FloatArray:
        """`right` as a share of all, (T+1,)."""
        return self.right / self.m


@dataclass(frozen=True, eq=False)
class Learning:
    """A run, its marks on the pictures it learns from and on those held out (None where there are none)."""

    run: Run
    training: Marks
    held_out: Marks | None

    @property
    def learning_rate(self) -> float:
        """Of the run."""
        return self.run.learning_rate

    @property
    def num_iterations(self) -> int:
        """T, the steps walked."""
        return self.run.num_iterations

    def classifier_at(self, step: int) -> Classifier:
        """w and b after so many steps. IndexError past the end."""
        return Classifier(self.run.w_at(step), self.run.b_at(step))


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Pictures X' held out, as a span sees them: inner products K = X^T X' + 1 (m, k), labels Y (1, k)."""

    K: FloatArray
    Y: FloatArray


def hold_out(spanned: Span, X: ArrayLike, Y: ArrayLike) -> HeldOut:
    """Pictures X (n_x, k) with labels Y (1, k), seen from a span. ValueError for wrong shapes or values."""
    X, Y = checks.examples(X, Y)
    if X.shape[0] != spanned.X.shape[0]:
        raise ValueError(f"X must have n_x = {spanned.X.shape[0]} rows, as the span; got {X.shape[0]}")
    return HeldOut(spanned.X.T @ X + 1, Y)


def learn(runs: Sequence[Run], spanned: Span, held_out: HeldOut | None = None) -> list[Learning]:
    """Marks these runs in `spanned`, also on pictures held out: Z = c K for either kind, no w is needed."""
    return [
        Learning(run, Marks(run.Z, run.costs, spanned.Y), _held_out(run, held_out) if held_out else None)
        for run in runs
    ]


def _held_out(run: Run, held_out: HeldOut) -> Marks:
    Z = run.coefficients @ held_out.K
    return Marks(Z, costs(Z, held_out.Y), held_out.Y)
