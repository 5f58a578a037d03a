"""How good a classifier's answers are: counts of right and wrong ones, shares, confidence intervals."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks
from explainer.maths.checks import FloatArray

Z_95: Final = 1.959963984540054
"""The standard normal quantile of 0.975."""


def wilson_interval(successes: ArrayLike, n: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """The 95 % confidence interval (low, high) of a share, after so many successes in n trials; elementwise.

    Wilson (1927), with p = successes / n:
        (p + z^2 / 2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)
    ValueError unless 0 <= successes <= n and n > 0.
    """
    k, n = checks.finite("successes", successes), checks.finite("n", n)
    if not ((k >= 0) & (k <= n) & (n > 0)).all():
        raise ValueError("successes must lie between 0 and n, and n above 0")
    p, spread = k / n, Z_95**2 / n
    centre = (p + spread / 2) / (1 + spread)
    reach = np.sqrt(p * (1 - p) * spread + spread**2 / 4) / (1 + spread)
    return np.maximum(centre - reach, 0.0)[()], np.minimum(centre + reach, 1.0)[()]


@dataclass(frozen=True)
class Confusion:
    """Counts: cats called cats (tp), others called cats (fp), cats not found (fn), all others (tn)."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def m(self) -> int:
        """How many pictures."""
        return self.tp + self.fp + self.fn + self.tn

    @property
    def accuracy(self) -> float | None:
        """The share of right answers; None, as the other shares, where it would be 0 / 0."""
        return (self.tp + self.tn) / self.m if self.m else None

    @property
    def precision(self) -> float | None:
        """The share of cats among the pictures called cats."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """The share of the cats that were called cats."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None


def confusion(A: ArrayLike, Y: ArrayLike, threshold: float = 0.5) -> Confusion:
    """Counts the answers, *cat* where a > threshold, by label. A, Y: (1, m); ValueError otherwise."""
    A, Y = checks.finite("A", A), checks.labels("Y", Y)
    if A.shape != Y.shape:
        raise ValueError(f"A and Y must have the same shape (1, m); got {A.shape} and {Y.shape}")
    says, is_cat = threshold < A, Y > 0
    counts = (says & is_cat, says & ~is_cat, ~says & is_cat, ~says & ~is_cat)
    return Confusion(*(int(np.count_nonzero(part)) for part in counts))


@dataclass(frozen=True)
class Majority:
    """The commoner label: its share, which is the accuracy of always giving it, and whether it is *cat*."""

    share: float
    is_cat: bool


def majority(Y: ArrayLike) -> Majority:
    """The commoner label of Y (1, m); *cat* if both are equally common. ValueError for no labels."""
    Y = checks.labels("Y", Y)
    if Y.size == 0:
        raise ValueError("Y must hold labels; got none")
    cats = float(Y.mean())
    return Majority(max(cats, 1 - cats), cats >= 0.5)
