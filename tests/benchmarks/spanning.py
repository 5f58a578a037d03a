"""Training on pictures in the span of the data against the straightforward vectorised loop."""

from collections.abc import Iterator
from statistics import median
from typing import Any, Final

import numpy as np

from explainer.maths.training import train
from explainer.pictures import bundled, to_columns
from tests.benchmarks.maths import seconds
from tests.benchmarks.result import Result

NUM_PICTURES, NUM_ITERATIONS = 209, 2000
RATES: Final = (0.0005, 0.001, 0.0015, 0.002)
"""On these pictures all go down; from about 0.005 on the cost is thrown about, and rounding with it."""
REPEATS: Final = 5
FACTORS: Final = {1: 20, len(RATES): 60}
EXACT: Final = 1e-10


def results() -> Iterator[Result]:
    """Both ways in turns; medians. The loop's time for k learning rates is that of k runs."""
    pictures = bundled()
    X, Y = to_columns(pictures.pictures[:NUM_PICTURES]), pictures.Y[:, :NUM_PICTURES]
    train(X, Y, RATES, 10)
    loops = [straightforward(X, Y, rate, NUM_ITERATIONS) for rate in RATES]
    apart = max(
        float(np.abs(run.costs - costs).max())
        for run, costs in zip(train(X, Y, RATES, NUM_ITERATIONS), loops, strict=True)
    )
    rounds = [
        (
            seconds(straightforward, X, Y, RATES[1], NUM_ITERATIONS),
            *(seconds(train, X, Y, RATES[:k], NUM_ITERATIONS) for k in FACTORS),
        )
        for _ in range(REPEATS)
    ]
    size = f"{X.shape[0]:,} x {X.shape[1]}, {NUM_ITERATIONS:,} iterations"
    for column, (k, target) in enumerate(FACTORS.items(), start=1):
        factor = median(k * row[0] / row[column] for row in rounds)
        loop, span = median(k * row[0] for row in rounds), median(row[column] for row in rounds)
        yield Result(
            f"train, {size}, learning rates together: {k}",
            f"{factor:.0f} x faster",
            f">= {target} x",
            f"{span:.3f} s; the vectorised loop, {k} x: {loop:.2f} s",
            factor >= target,
        )
    yield Result(
        f"train, {size}: every cost against the vectorised loop's",
        f"{apart:.1e} apart at most",
        f"<= {EXACT:g}",
        f"{len(RATES)} learning rates, {NUM_ITERATIONS + 1:,} costs each",
        apart <= EXACT,
    )


def straightforward(X: Any, Y: Any, learning_rate: float, num_iterations: int) -> Any:
    """Gradient descent as the course writes it, vectorised over the examples; its costs."""
    w, b, m = np.zeros((X.shape[0], 1)), 0.0, X.shape[1]
    costs = np.empty(num_iterations + 1)
    for t in range(num_iterations + 1):
        A = 1 / (1 + np.exp(-(w.T @ X + b)))
        costs[t] = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
        dZ = A - Y
        w = w - learning_rate * (X @ dZ.T) / m
        b = b - learning_rate * np.sum(dZ) / m
    return costs
