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

    @property
    def false_alarms(self) -> float | None:
        """The share of the others that were called cats."""
        return self.fp / (self.fp + self.tn) if self.fp + self.tn else None


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


@dataclass(frozen=True)
class Pairs:
    """How often, of a cat and another picture, the cat scores higher: `share`, with a 95 % interval.

    `share` is 0.5 for guessing and for always saying the same, and 1 if every cat scores above all others.
    """

    share: float
    low: float
    high: float

    @property
    def per_hundred(self) -> dict[str, int]:
        """The three by name, as pairs of a hundred."""
        return {name: round(100 * value) for name, value in vars(self).items()}


def rank_pairs(scores: ArrayLike, Y: ArrayLike) -> Pairs | None:
    """Over all pairs of a cat and another picture, the share in which the cat scores higher; ties count half.

    scores, Y: (1, m); None unless there are both kinds, ValueError for other shapes or values. It is exact,
    and equals the area under the ROC curve and the Mann-Whitney statistic U / (number of pairs). Source:
    Hanley and McNeil (1982), Radiology 143, 29-36. The interval holds each share that lies within 1.96 of
    *its own* standard errors by their formula, as Wilson's does; so it stays between 0 and 1 and is not a
    point at 1 (compare Newcombe, 2006, Statistics in Medicine 25, 559-573). It takes the pictures to be
    independent: where several are alike, it is too narrow.
    """
    cats, others = _by_label(scores, Y)
    if not (cats.size and others.size):
        return None
    ranked = np.sort(others)
    below, not_above = (np.searchsorted(ranked, cats, side=side).sum() for side in ("left", "right"))
    share = float(below + not_above) / (2 * cats.size * others.size)
    low = _farthest(share, 0.0, cats.size, others.size)
    return Pairs(share, low, _farthest(share, 1.0, cats.size, others.size))


def pairs_variance(share: float, cats: int, others: int) -> float:
    """The variance of an observed share of pairs, where the true one is `share`; Hanley and McNeil (1982).

    With q = share: (q (1 - q) + (cats - 1) (Q1 - q^2) + (others - 1) (Q2 - q^2)) / (cats others),
    Q1 = q / (2 - q), Q2 = 2 q^2 / (1 + q).
    """
    q = share
    several_cats, several_others = q / (2 - q) - q**2, 2 * q**2 / (1 + q) - q**2
    spread = q * (1 - q) + (cats - 1) * several_cats + (others - 1) * several_others
    return max(spread, 0.0) / (cats * others)  # at 1 rounding may leave a little less than 0


def _farthest(share: float, end: float, cats: int, others: int) -> float:
    """Between `share` and `end`, the true share at which `share` lies just 1.96 standard errors away."""
    inside, outside = share, end
    for _ in range(60):  # each halves the gap; 60 leave no more of it than rounding does
        middle = (inside + outside) / 2
        is_near = (middle - share) ** 2 <= Z_95**2 * pairs_variance(middle, cats, others)
        inside, outside = (middle, outside) if is_near else (inside, middle)
    return inside


@dataclass(frozen=True, eq=False)
class Roc:
    """The ROC curve: `found`, the share of cats above a threshold, by `false`, that of the others; both (k,).

    From (0, 0), a threshold above all scores, to (1, 1). Arrays are read-only.
    """

    false: FloatArray
    found: FloatArray

    def __post_init__(self) -> None:
        checks.freeze_fields(self, "false", "found")


def roc_curve(scores: ArrayLike, Y: ArrayLike) -> Roc | None:
    """A point for each different score as the threshold; equal scores make a slanted stretch.

    scores, Y: (1, m); None unless there are both kinds, ValueError for other shapes or values.
    """
    cats, others = _by_label(scores, Y)
    if not (cats.size and others.size):
        return None
    steps = np.unique(np.concatenate([cats, others]))[::-1]
    found, false = (
        np.concatenate([[0.0], 1 - np.searchsorted(np.sort(kind), steps) / kind.size])
        for kind in (cats, others)
    )
    return Roc(false, found)


def _by_label(scores: ArrayLike, Y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """The scores of the cats, and those of the others."""
    found, Y = checks.finite("scores", scores), checks.labels("Y", Y)
    if found.shape != Y.shape:
        raise ValueError(f"scores and Y must have the same shape (1, m); got {found.shape} and {Y.shape}")
    return found[Y > 0], found[Y <= 0]
