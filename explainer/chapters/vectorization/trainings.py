"""Loop, vectorise, think: the cat classifier trained three ways, each for as long as its budget lasts.

All three make the same descent from w = 0, b = 0, so their costs are the same up to rounding. `loop` and
`vectorised` are written as the course writes them; the third is `explainer.maths.training.train`.
"""

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from time import perf_counter
from typing import Any, Final

import numpy as np

from explainer.chapters.vectorization.stopwatch import BUDGET, Clock, undisturbed
from explainer.maths.checks import FloatArray
from explainer.maths.training import train
from explainer.pictures import PictureSet, bundled, to_columns

NUM_PICTURES: Final = 209
NUM_ITERATIONS: Final = 2000
LEARNING_RATE: Final = 0.001
WAYS: Final = ("loop", "vectorised", "span")
PART: Final = 64  # the whole time is estimated from a trial on 1/64 of the numbers or iterations
SAFETY: Final = 1.3  # such an estimate may be too low by this factor


@dataclass(frozen=True)
class Training:
    """One way's training: the cost before each of its iterations (iterations,), and the seconds they took.

    `estimate` is the estimated seconds of one iteration if not even one fits, else None.
    """

    way: str
    costs: tuple[float, ...]
    seconds: float
    estimate: float | None = None

    @property
    def iterations(self) -> int:
        """How many iterations were run."""
        return len(self.costs)

    @property
    def per_iteration(self) -> float | None:
        """Seconds of one iteration, None if none was run."""
        return self.seconds / self.iterations if self.iterations else None

    @property
    def whole(self) -> float | None:
        """Seconds of all `NUM_ITERATIONS`: measured, or extrapolated from one; None without an estimate."""
        if self.iterations == NUM_ITERATIONS:
            return self.seconds
        one = self.estimate if self.per_iteration is None else self.per_iteration
        return None if one is None else one * NUM_ITERATIONS


def training_from(found: Mapping[str, Any]) -> Training:
    """The training whose fields the measuring process has printed."""
    return Training(found["way"], tuple(found["costs"]), found["seconds"], found["estimate"])


def train_one_way(
    way: str, budget: float = BUDGET, clock: Clock = perf_counter, given: bytes = b""
) -> Training:
    """Trains one of the three ways for `NUM_ITERATIONS` at most; ValueError for another way.

    On the drawings, or on the pictures that were `given` by `pictures_as_bytes`.
    """
    if way not in WAYS:
        raise ValueError(f"way must be one of {WAYS}; got {way!r}")
    X, Y = _examples(given) if given else pictures()
    with undisturbed():
        if way == "span":
            return _in_the_span(X, Y, budget, clock)
        if way == "vectorised":
            return _as_many_as_fit(way, vectorised(X, Y), budget, clock)
        trial, start = loop(X[::PART].tolist(), Y[0].tolist()), clock()
        next(trial)
        estimate = PART * (clock() - start)
        if SAFETY * estimate > budget:
            return Training(way, (), 0.0, estimate)
        return _as_many_as_fit(way, loop(X.tolist(), Y[0].tolist()), budget, clock)


def pictures() -> tuple[FloatArray, FloatArray]:
    """X (12,288, 209) and Y (1, 209): as many of the bundled drawings as the course has photographs."""
    every = bundled()
    return to_columns(every.pictures[:NUM_PICTURES]), every.Y[:, :NUM_PICTURES]


def pictures_as_bytes(every: PictureSet) -> bytes:
    """Up to `NUM_PICTURES` of a set, evenly spaced, with their labels, as a file for another process."""
    m = len(every.names)
    some = np.linspace(0, m - 1, min(m, NUM_PICTURES)).round().astype(int)
    file = io.BytesIO()
    np.savez(file, pictures=every.pictures[some], labels=every.labels[some])
    return file.getvalue()


def _examples(given: bytes) -> tuple[FloatArray, FloatArray]:
    """X (n_x, m) and Y (1, m) from what `pictures_as_bytes` made."""
    with np.load(io.BytesIO(given), allow_pickle=False) as arrays:
        return to_columns(arrays["pictures"]), arrays["labels"][None].astype(np.float64)


def largest_gap(trainings: Sequence[Training]) -> tuple[float, int]:
    """The largest difference of the costs of any two, and the most iterations that two of them share."""
    largest, shared = 0.0, 0
    for one, other in combinations(trainings, 2):
        gaps = [abs(a - b) for a, b in zip(one.costs, other.costs, strict=False)]
        largest, shared = max([largest, *gaps]), max(shared, len(gaps))
    return largest, shared


def loop(X: list[list[float]], Y: list[float]) -> Iterator[float]:
    """The cost before each iteration, without NumPy: loops over examples and features.

    X is a list of n_x rows with m numbers each.
    """
    n_x, m = len(X), len(Y)
    w, b = [0.0] * n_x, 0.0
    while True:
        cost, dz = 0.0, [0.0] * m
        for i in range(m):
            z = b
            for j in range(n_x):
                z += w[j] * X[j][i]
            a = 1 / (1 + math.exp(-z))
            cost -= (math.log(a) if Y[i] else math.log(1 - a)) / m
            dz[i] = a - Y[i]
        for j in range(n_x):
            dw = 0.0
            for i in range(m):
                dw += X[j][i] * dz[i] / m
            w[j] -= LEARNING_RATE * dw
        b -= LEARNING_RATE * sum(dz) / m
        yield cost


def vectorised(X: FloatArray, Y: FloatArray) -> Iterator[float]:
    """The cost before each iteration, as the course vectorises it. X (n_x, m), Y (1, m)."""
    n_x, m = X.shape
    w, b = np.zeros((n_x, 1)), 0.0
    while True:
        A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
        cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
        dZ = A - Y
        dw = np.dot(X, dZ.T) / m
        db = np.sum(dZ) / m
        w = w - LEARNING_RATE * dw
        b = b - LEARNING_RATE * db
        yield float(cost)


def _as_many_as_fit(way: str, descent: Iterator[float], budget: float, clock: Clock) -> Training:
    """As many iterations as fit, assuming that none takes longer than the longest so far."""
    costs: list[float] = []
    start, seconds, longest = clock(), 0.0, 0.0
    for cost in islice(descent, NUM_ITERATIONS):
        costs.append(cost)
        before, seconds = seconds, clock() - start
        longest = max(longest, seconds - before)
        if seconds + longest > budget:
            break
    return Training(way, tuple(costs), seconds)


def _in_the_span(X: FloatArray, Y: FloatArray, budget: float, clock: Clock) -> Training:
    """As many iterations as fit by the time of a short trial; if none fits, the trial's estimate."""
    start = clock()
    train(X, Y, [LEARNING_RATE], NUM_ITERATIONS // PART)
    few = clock() - start
    # Twice: once for the trial, once because the training again computes X^T X, which is part of that time.
    left = budget - 2 * few
    fitting = math.floor(left / (SAFETY * few) * (NUM_ITERATIONS // PART)) if few else NUM_ITERATIONS
    iterations = min(NUM_ITERATIONS, fitting)
    if iterations < 1:
        return Training("span", (), 0.0, few / (NUM_ITERATIONS // PART))
    start = clock()
    (run,) = train(X, Y, [LEARNING_RATE], iterations)
    seconds = clock() - start
    return Training("span", tuple(run.costs[:iterations].tolist()), seconds)
