"""Training a hidden layer: on the drawings in their span, on a few hundred points, beside the plain loop."""

from collections.abc import Iterator
from functools import partial
from statistics import median
from typing import Any, Final

import numpy as np
from threadpoolctl import threadpool_limits

from explainer.chapters.hidden import trainings
from explainer.chapters.hidden.chapter import CHAPTER, UNITS
from explainer.maths import shallow
from explainer.pictures import bundled, to_columns
from tests.benchmarks.maths import seconds
from tests.benchmarks.result import Result
from tests.chapters.packing import packed

NUM_PICTURES, NUM_UNITS, NUM_ITERATIONS, RATE = 332, 16, 500, 0.002
NUM_POINTS, NUM_STEPS, RATES = 300, 2000, (0.1, 0.3, 1.0)
REPEATS: Final = 3
LIMITS: Final = {"drawings": 1.5, "points": 1.0}  # seconds
FEW: Final = 20
"""Steps of the plain loop on the drawings that are timed; all of them would take a minute."""
EXACT: Final = 1e-9
MOST_MEGABYTES: Final = 1.0


def results() -> Iterator[Result]:
    """Both ways in turns; medians. BLAS takes one thread, as in the app."""
    pictures = bundled()
    with threadpool_limits(limits=1, user_api="blas"):
        yield from drawings(to_columns(pictures.pictures[:NUM_PICTURES]), pictures.Y[:, :NUM_PICTURES])
        rng = np.random.default_rng(0)
        X = rng.normal(size=(2, NUM_POINTS))
        yield points(X, (X[:1] * X[1:] > 0).astype(float))
        yield from figure()


def drawings(X: Any, Y: Any) -> Iterator[Result]:
    """W1 in the span of the drawings, against W1 itself."""
    here = X, Y, NUM_UNITS, RATE
    rounds = [
        (
            seconds(shallow.train, *here, NUM_ITERATIONS, 0),
            seconds(straightforward, *here, FEW) * NUM_ITERATIONS / FEW,
        )
        for _ in range(REPEATS)
    ]
    span, loop = (median(times) for times in zip(*rounds, strict=True))
    size = f"a hidden layer of {NUM_UNITS}, {X.shape[0]:,} x {X.shape[1]}"
    yield Result(
        f"{size}, {NUM_ITERATIONS} iterations",
        f"{span:.2f} s",
        f"<= {LIMITS['drawings']:g} s",
        f"the straightforward loop: {loop:.1f} s (reckoned from {FEW} steps)",
        span <= LIMITS["drawings"],
    )
    costs = shallow.train(*here, FEW, 0).costs
    apart = float(np.abs(costs - straightforward(*here, FEW)).max())
    yield Result(
        f"{size}: every cost against the loop's",
        f"{apart:.1e} apart at most",
        f"<= {EXACT:g}",
        f"{FEW + 1} costs",
        apart <= EXACT,
    )


def points(X: Any, Y: Any) -> Result:
    """A figure's first trainings: one width, a few learning rates."""
    rounds = [
        tuple(
            sum(seconds(train, X, Y, NUM_UNITS, rate, NUM_STEPS, *seed) for rate in RATES)
            for train, seed in ((shallow.train, (0,)), (straightforward, ()))
        )
        for _ in range(REPEATS)
    ]
    fast, loop = (median(times) for times in zip(*rounds, strict=True))
    return Result(
        f"a hidden layer of {NUM_UNITS}, {NUM_POINTS} points, {NUM_STEPS:,} iterations, {len(RATES)} rates",
        f"{fast:.2f} s",
        f"<= {LIMITS['points']:g} s",
        f"the straightforward loop: {loop:.2f} s",
        fast <= LIMITS["points"],
    )


def figure() -> Iterator[Result]:
    """The chapter's main figure, trained and packed anew: as it is first shown, and the widest after it."""
    for units, is_first in ((UNITS.start, True), (UNITS.values[-1], False)):
        taken = []
        for _ in range(REPEATS):
            trainings.run.cache_clear()
            if is_first:
                trainings.alone.cache_clear()
            taken.append(seconds(partial(packed, CHAPTER, "network", units=units)))
        size = len(packed(CHAPTER, "network", units=units)) / 1e6
        limit = LIMITS["points"]
        yield Result(
            f"the figure of a hidden layer of {units}" + (", and of one neuron alone" if is_first else ""),
            f"{median(taken):.2f} s, {size:.2f} MB",
            f"<= {limit:g} s, <= {MOST_MEGABYTES:g} MB",
            f"{len(trainings.RATES)} learning rates, {trainings.NUM_KEPT} maps each",
            median(taken) <= limit and size <= MOST_MEGABYTES,
        )


def straightforward(X: Any, Y: Any, n_h: int, learning_rate: float, num_iterations: int) -> Any:
    """The course's loop with W1 itself, from the same start; its costs."""
    start, m = shallow.initialize(X.shape[0], n_h, 0), X.shape[1]
    W1, b1, W2, b2 = start.W1, start.b1, start.W2, start.b2
    costs = np.empty(num_iterations + 1)
    for t in range(num_iterations + 1):
        A1 = np.tanh(W1 @ X + b1)
        A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
        costs[t] = -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
        dZ2 = A2 - Y
        dZ1 = W2.T @ dZ2 * (1 - A1**2)
        W2 = W2 - learning_rate * (dZ2 @ A1.T) / m
        b2 = b2 - learning_rate * dZ2.mean(axis=1, keepdims=True)
        W1 = W1 - learning_rate * (dZ1 @ X.T) / m
        b1 = b1 - learning_rate * dZ1.mean(axis=1, keepdims=True)
    return costs
