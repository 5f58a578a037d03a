"""What the chapter's figures show: a hidden layer trained with a few learning rates, and one neuron alone."""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np

from explainer.chapters.hidden.points import points_of
from explainer.maths import shallow
from explainer.maths.checks import FloatArray, freeze_fields
from explainer.maths.datasets import Curved
from explainer.maths.descent import descend, descend_many
from explainer.maths.shallow import Parameters

RATES: Final = (0.1, 1.0, 10.0)
NUM_ITERATIONS: Final = 2000
NUM_KEPT: Final = 60
KEPT: Final = tuple(round(NUM_ITERATIONS * (k / (NUM_KEPT - 1)) ** 2) for k in range(NUM_KEPT))
"""The steps that are shown: close together at first, while much changes."""
EVENED_AFTER: Final = 10
"""Steps after which units that began alike are made alike again."""
RANDOM, ZEROS, ALIKE = "random", "zeros", "alike"
STARTS: Final = (RANDOM, ZEROS, ALIKE)


@dataclass(frozen=True, eq=False)
class Costs:
    """J at the `KEPT` steps, and its least and most since the kept step before: (..., NUM_KEPT); read-only.

    Of a J that leaps at every step the kept ones alone say little.
    """

    kept: FloatArray
    lowest: FloatArray
    highest: FloatArray

    def __post_init__(self) -> None:
        freeze_fields(self, "kept", "lowest", "highest")

    @classmethod
    def of(cls, every: FloatArray) -> "Costs":
        """From J at every step, (..., NUM_ITERATIONS + 1)."""
        since = [0, *(step + 1 for step in KEPT[:-1])]
        parts = (of.reduceat(every, since, axis=-1) for of in (np.minimum, np.maximum))
        return cls(every[..., list(KEPT)], *parts)


@dataclass(frozen=True, eq=False)
class Run:
    """A training with one learning rate: parameters and J at the `KEPT` steps, shares of right answers.

    `training` and `held_out` have shape (NUM_KEPT,); read-only.
    """

    kept: tuple[Parameters, ...]
    every: Costs
    training: FloatArray
    held_out: FloatArray

    def __post_init__(self) -> None:
        freeze_fields(self, "training", "held_out")

    @property
    def costs(self) -> FloatArray:
        """J at the kept steps, (NUM_KEPT,)."""
        return self.every.kept

    @property
    def end(self) -> Parameters:
        """The parameters after the last step."""
        return self.kept[-1]


def start(n_x: int, units: int, begin: str, seed: int) -> Parameters:
    """Where a training begins: at random, all at zero, or random but the same for every unit."""
    drawn = shallow.initialize(n_x, units, seed)
    if begin == ZEROS:
        return Parameters(0 * drawn.W1, drawn.b1, 0 * drawn.W2, drawn.b2)
    if begin == ALIKE:
        W1, W2 = np.repeat(drawn.W1[:1], units, axis=0), np.repeat(drawn.W2[:, :1], units, axis=1)
        return Parameters(W1, drawn.b1, W2, drawn.b2)
    return drawn


@lru_cache(maxsize=128)
def run(data: str, units: int, begin: str, seed: int, rate: float, m: int | None = None) -> Run:
    """Trains `units` hidden units on the points of some data, or on the first `m` of them."""
    shown = first_points(points_of(data), m)
    first = start(shown.X.shape[0], units, begin, seed)
    descend = _descend_alike if begin == ALIKE else _descend
    kept, every = descend(first, shown, rate)
    return Run(
        kept,
        Costs.of(every),
        np.array([right_share(one, shown.X, shown.Y) for one in kept]),
        np.array([right_share(one, shown.held_out_X, shown.held_out_Y) for one in kept]),
    )


def first_points(data: Curved, m: int | None) -> Curved:
    """The same data with only the first `m` points to learn from, or all; half of a few are of each class."""
    return replace(data, X=data.X[:, :m], Y=data.Y[:, :m])


def _descend(first: Parameters, shown: Curved, rate: float) -> tuple[tuple[Parameters, ...], FloatArray]:
    """The parameters at the `KEPT` steps, and J at every step."""
    training = shallow.descend(first, shown.X, shown.Y, rate, NUM_ITERATIONS, KEPT)
    return training.kept, training.costs


def _descend_alike(
    first: Parameters, shown: Curved, rate: float
) -> tuple[tuple[Parameters, ...], FloatArray]:
    """The same for units that begin alike, which are made alike again every few steps.

    They stay alike but for rounding: a product of matrices does not round all of its rows in the same way,
    and what differs in the last digit has grown to another network a hundred steps later.
    """
    now, kept, costs = first, [first], [np.array([shallow.cost(first, shown.X, shown.Y)])]
    for before, step in pairwise(KEPT):
        for done in range(before, step, EVENED_AFTER):
            training = shallow.descend(now, shown.X, shown.Y, rate, min(EVENED_AFTER, step - done))
            now = _evened(training.parameters)
            costs.append(training.costs[1:])
        kept.append(now)
    return tuple(kept), np.concatenate(costs)


def _evened(parameters: Parameters) -> Parameters:
    """Every unit with the mean of all units' weights."""
    W1, b1, W2 = parameters.W1, parameters.b1, parameters.W2
    means = W1.mean(axis=0, keepdims=True), b1.mean(axis=0, keepdims=True), W2.mean(axis=1, keepdims=True)
    return Parameters(
        np.broadcast_to(means[0], W1.shape),
        np.broadcast_to(means[1], b1.shape),
        np.broadcast_to(means[2], W2.shape),
        parameters.b2,
    )


def right_share(parameters: Parameters, X: FloatArray, Y: FloatArray) -> float:
    """The share of the points X (n_x, m) for which a > 0.5 says whether y is 1."""
    return float(np.mean((shallow.forward(parameters, X).A2 > 0.5) == (Y > 0)))


@lru_cache(maxsize=8)
def alone(data: str) -> Costs:
    """J of one neuron without a hidden layer, on the same points, from zeros: (rates, NUM_KEPT)."""
    shown = points_of(data)
    return Costs.of(descend_many(shown.X, shown.Y, RATES, NUM_ITERATIONS).costs)


def alone_right(data: str, rate: float) -> tuple[float, float]:
    """The shares that one neuron without a hidden layer gets right at its end: in training, and held out."""
    shown = points_of(data)
    end = descend(shown.X, shown.Y, rate, NUM_ITERATIONS)
    w, b = end.w[-1][:, None], end.b[-1]
    pairs = ((shown.X, shown.Y), (shown.held_out_X, shown.held_out_Y))
    training, held_out = (float(np.mean((w.T @ X + b > 0) == (Y > 0))) for X, Y in pairs)
    return training, held_out


@dataclass(frozen=True, eq=False)
class Learned:
    """What a figure shows: data, number of hidden units, a `Run` for each of the `RATES`; J of one neuron."""

    data: Curved
    units: int
    runs: tuple[Run, ...]
    alone: Costs


def learned(data: str, units: int, begin: str, seed: int) -> Learned:
    """The trainings with all learning rates, from one start."""
    runs = tuple(run(data, units, begin, seed, rate) for rate in RATES)
    return Learned(points_of(data), units, runs, alone(data))
