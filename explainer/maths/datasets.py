"""Small data sets with a yes-or-no outcome y, by name: `DATASETS` with one feature x, `CURVED` with two."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks
from explainer.maths.checks import FloatArray, frozen


@dataclass(frozen=True, eq=False)
class Dataset:
    """A feature and an outcome: X (1, m) in the units that `feature` names, Y (1, m) of 0 and 1; read-only.

    `title`, `feature`, `outcome` (what y = 1 means) and `source` describe the data, as its publication does.
    `published` is the (slope, intercept) of the maximum-likelihood fit z = slope x + intercept that `source`
    gives, in the units of X; None for data made up here.
    """

    name: str
    title: str
    feature: str
    outcome: str
    X: FloatArray
    Y: FloatArray
    source: str
    published: tuple[float, float] | None = None


@dataclass(frozen=True, eq=False)
class Standardised:
    """X (n_x, m) with mean 0 and standard deviation 1 in each row; mean and scale (n_x, 1) before that."""

    X: FloatArray
    mean: FloatArray
    scale: FloatArray

    def to_real_units(self, w: ArrayLike, b: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """w and b for X in its own units: slope = w / scale, intercept = b - sum of slope mean.

        Shapes: w (n_x, 1) with a number b; w (..., n_x) with b (...), as in a Trajectory; for n_x = 1 also
        numbers or arrays that broadcast. inf and nan are allowed. ValueError for other shapes.
        """
        w, b = checks.numbers("w", w), checks.numbers("b", b)
        n_x = len(self.mean)
        with np.errstate(all="ignore"):
            if w.shape == (n_x, 1) and b.ndim == 0:
                slope = w / self.scale
                return slope, b - np.sum(slope * self.mean)
            if w.shape == (*b.shape, n_x):
                slope = w / self.scale[:, 0]
                return slope, b - np.sum(slope * self.mean[:, 0], axis=-1)
            if n_x == 1:
                slope = w / self.scale[0, 0]
                with suppress(ValueError):  # shapes that do not broadcast
                    return slope, b - slope * self.mean[0, 0]
        raise ValueError(f"w must be (..., n_x) with n_x = {n_x} for b (...); got {w.shape} and {b.shape}")


def standardise(X: ArrayLike) -> Standardised:
    """(X - mean) / scale row by row; scale is the population standard deviation.

    ValueError for a constant row, whose scale would be 0.
    """
    X = checks.features(X)
    flat = np.flatnonzero(np.ptp(X, axis=1) == 0)
    if flat.size:
        raise ValueError(f"X must vary in every row; row {flat[0]} is constant at {X[flat[0], 0]}")
    mean, scale = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    return Standardised(frozen((X - mean) / scale), frozen(mean), frozen(scale))


def _columns(pairs: Iterable[tuple[float, int]]) -> tuple[FloatArray, FloatArray]:
    x, y = zip(*pairs, strict=True)
    return frozen(np.array([x], dtype=np.float64)), frozen(np.array([y], dtype=np.float64))


# fmt: off
CHALLENGER = (
    (66, 0), (70, 1), (69, 0), (68, 0), (67, 0), (72, 0), (73, 0), (70, 0), (57, 1), (63, 1),
    (70, 1), (78, 0), (67, 0), (53, 1), (67, 0), (75, 0), (70, 0), (81, 0), (76, 0), (79, 0),
    (75, 1), (76, 0), (58, 1),
)
HOURS = (
    (0.50, 0), (0.75, 0), (1.00, 0), (1.25, 0), (1.50, 0), (1.75, 0), (1.75, 1), (2.00, 0), (2.25, 1),
    (2.50, 0), (2.75, 1), (3.00, 0), (3.25, 1), (3.50, 0), (4.00, 1), (4.25, 1), (4.50, 1), (4.75, 1),
    (5.00, 1), (5.50, 1),
)
# fmt: on


def _two_clouds(seed: int, m: int, centres: tuple[float, float], spread: float) -> list[tuple[float, int]]:
    rng = np.random.default_rng(seed)
    y = np.arange(m) % 2
    x = np.where(y == 1, centres[1], centres[0]) + spread * rng.standard_normal(m)
    return [(round(float(value), 1), int(label)) for value, label in zip(x, y, strict=True)]


_ALL = (
    Dataset(
        "challenger",
        "23 launches before Challenger",
        "temperature at launch, °F",
        "an O-ring was damaged by heat",
        *_columns(CHALLENGER),
        "Dalal, Fowlkes & Hoadley (1989), Risk Analysis of the Space Shuttle: Pre-Challenger Prediction of "
        "Failure, Journal of the American Statistical Association 84(408), 945-957",
        (-0.23216, 15.0429),
    ),
    Dataset(
        "hours",
        "20 students before an exam",
        "time spent studying, hours",
        "the student passed",
        *_columns(HOURS),
        "Wikipedia, Logistic regression, example: probability of passing an exam versus hours of study",
        (1.5046, -4.0777),
    ),
    Dataset(
        "overlap",
        "60 animals, two clouds that overlap",
        "pointiness of the ears, points",
        "it is a cat",
        *_columns(_two_clouds(seed=4, m=60, centres=(4.0, 6.5), spread=1.6)),
        "made up here: two normal clouds, seeded",
    ),
    Dataset(
        "separable",
        "16 animals, one cut separates them",
        "length of the whiskers, cm",
        "it is a cat",
        *_columns(_two_clouds(seed=4, m=16, centres=(3.0, 7.0), spread=0.9)),
        "made up here: two normal clouds, seeded, a gap between them",
    ),
)
DATASETS: Mapping[str, Dataset] = MappingProxyType({dataset.name: dataset for dataset in _ALL})


# ---- two features, and no straight line that separates the classes

SPREAD: Final = 0.2
"""How far points lie from their ring or moon, as a standard deviation. Rings have radius 1 and 2."""
POINTS: Final = 300
"""Points to learn from, and as many held out: half of each class."""


@dataclass(frozen=True, eq=False)
class Curved:
    """Two features and an outcome that one neuron cannot separate: X (2, m), Y (1, m); read-only.

    `held_out_X` and `held_out_Y` are as many other points of the same kind. Both features have about the same
    range, with 0 in its middle.
    """

    name: str
    title: str
    X: FloatArray
    Y: FloatArray
    held_out_X: FloatArray
    held_out_Y: FloatArray


def _rings(rng: np.random.Generator, y: FloatArray) -> FloatArray:
    """A ring of radius 1 for y = 1 inside a ring of radius 2."""
    angle, radius = rng.uniform(0, 2 * np.pi, y.size), 2 - y + SPREAD * rng.standard_normal(y.size)
    return np.array([radius * np.cos(angle), radius * np.sin(angle)])


def _moons(rng: np.random.Generator, y: FloatArray) -> FloatArray:
    """Two half circles, the one of y = 1 turned upside down; each reaches into the other."""
    angle, up = rng.uniform(0, np.pi, y.size), 1 - 2 * y
    half_circles = np.array([np.cos(angle) - 0.5 * up, np.sin(angle) * up - 0.25 * up])
    noise: FloatArray = SPREAD * rng.standard_normal((2, y.size))
    return half_circles + noise


def _xor(rng: np.random.Generator, y: FloatArray) -> FloatArray:
    """Four clouds in the corners of a square; y = 1 where exactly one feature is above 0."""
    first = rng.choice([-1.0, 1.0], y.size)
    corners = np.array([first, first * (1 - 2 * y)])
    noise: FloatArray = 2 * SPREAD * rng.standard_normal((2, y.size))
    return corners + noise


def _curved(name: str, title: str, seed: int) -> Curved:
    rng, y = np.random.default_rng(seed), (np.arange(2 * POINTS) % 2).astype(np.float64)
    X = {"rings": _rings, "moons": _moons, "xor": _xor}[name](rng, y).round(2)
    first, others = slice(POINTS), slice(POINTS, None)
    return Curved(
        name,
        title,
        frozen(X[:, first]),
        frozen(y[None, first]),
        frozen(X[:, others]),
        frozen(y[None, others]),
    )


_ALL_CURVED = (
    _curved("rings", "a ring inside a ring", seed=1),
    _curved("moons", "two moons", seed=2),
    _curved("xor", "four corners, two classes", seed=3),
)
CURVED: Mapping[str, Curved] = MappingProxyType({data.name: data for data in _ALL_CURVED})
