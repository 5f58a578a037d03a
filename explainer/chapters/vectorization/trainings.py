"""Loop, vectorise, think: a classifier of pictures trained three ways, each as long as its budget lasts.

All three walk the same descent from w = 0, b = 0, so the costs of the iterations they share are the same
up to rounding. `loop` and `vectorised` are written as the course writes them; the third is `training.train`.
"""

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
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
PART: Final = 64  # so many times fewer numbers, or iterations, tell what the whole will take
SAFETY: Final = 1.3  # what is told so may be so much too low


@dataclass(frozen=True)
class Rung:
    """One way's run: the costs before each of its iterations (iterations,), and the seconds of all of them.

    `estimate` is None, or, where not one iteration fits, the seconds that one would take.
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

    def as_json(self) -> dict[str, Any]:
        """As the process that measured sends it."""
        return asdict(self)


def rung_from(found: Mapping[str, Any]) -> Rung:
    """The rung that `Rung.as_json` describes."""
    return Rung(found["way"], tuple(found["costs"]), found["seconds"], found["estimate"])


def climb(way: str, budget: float = BUDGET, clock: Clock = perf_counter, given: bytes = b"") -> Rung:
    """Trains that way, `NUM_ITERATIONS` at most, on the bundled pictures or on those `given` by `some_of`.

    ValueError for another way.
    """
    if way not in WAYS:
        raise ValueError(f"way must be one of {WAYS}; got {way!r}")
    X, Y = _examples(given) if given else pictures()
    with undisturbed():
        if way == "span":
            return _in_the_span(X, Y, budget, clock)
        if way == "vectorised":
            return _as_many_as_fit(way, vectorised(X, Y), budget, clock)
        estimate = PART * _first(loop(X[::PART].tolist(), Y[0].tolist()), clock)
        if SAFETY * estimate > budget:
            return Rung(way, (), 0.0, estimate)
        return _as_many_as_fit(way, loop(X.tolist(), Y[0].tolist()), budget, clock)


def pictures() -> tuple[FloatArray, FloatArray]:
    """X (12,288, 209) and Y (1, 209): as many of the bundled drawings as the course has photographs."""
    every = bundled()
    return to_columns(every.pictures[:NUM_PICTURES]), every.Y[:, :NUM_PICTURES]


def some_of(every: PictureSet) -> bytes:
    """As many pictures of a set as the course has, evenly spaced, and their labels: for another process."""
    m = len(every.names)
    some = np.linspace(0, m - 1, min(m, NUM_PICTURES)).round().astype(int)
    file = io.BytesIO()
    np.savez(file, pictures=every.pictures[some], labels=every.labels[some])
    return file.getvalue()


def _examples(given: bytes) -> tuple[FloatArray, FloatArray]:
    """X (n_x, m) and Y (1, m) of what `some_of` gave."""
    with np.load(io.BytesIO(given), allow_pickle=False) as arrays:
        return to_columns(arrays["pictures"]), arrays["labels"][None].astype(np.float64)


def apart(rungs: Sequence[Rung]) -> tuple[float, int]:
    """The largest difference of any two rungs' costs, over the iterations they share; and over how many."""
    largest, shared = 0.0, 0
    for k, one in enumerate(rungs):
        for other in rungs[:k]:
            both = min(one.iterations, other.iterations)
            gaps = [abs(a - b) for a, b in zip(one.costs[:both], other.costs[:both], strict=True)]
            largest, shared = max([largest, *gaps]), max(shared, both)
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


def _as_many_as_fit(way: str, walk: Iterator[float], budget: float, clock: Clock) -> Rung:
    costs: list[float] = []
    start, seconds, longest = clock(), 0.0, 0.0
    for cost in islice(walk, NUM_ITERATIONS):
        costs.append(cost)
        before, seconds = seconds, clock() - start
        longest = max(longest, seconds - before)
        if seconds + longest > budget:
            break
    return Rung(way, tuple(costs), seconds)


def _in_the_span(X: FloatArray, Y: FloatArray, budget: float, clock: Clock) -> Rung:
    start = clock()
    train(X, Y, [LEARNING_RATE], NUM_ITERATIONS // PART)
    few = clock() - start
    # Twice: it is over once, and the run makes the product X^T X again, which `few` holds too.
    left = budget - 2 * few
    fitting = math.floor(left / (SAFETY * few) * (NUM_ITERATIONS // PART)) if few else NUM_ITERATIONS
    iterations = min(NUM_ITERATIONS, fitting)
    if iterations < 1:
        return Rung("span", (), 0.0, few / (NUM_ITERATIONS // PART))
    start = clock()
    (run,) = train(X, Y, [LEARNING_RATE], iterations)
    seconds = clock() - start
    return Rung("span", tuple(run.costs[:iterations].tolist()), seconds)


def _first(walk: Iterator[float], clock: Clock) -> float:
    """Seconds until the first cost."""
    start = clock()
    next(walk)
    return clock() - start
