"""Many learning rates at once against one loop after the other."""

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any, Final

import numpy as np

from explainer.maths import logistic
from explainer.maths.descent import descend_many
from tests.benchmarks.result import Result

NUM_RATES, NUM_ITERATIONS, NUM_EXAMPLES = 60, 500, 60
REPEATS: Final = 5
LIMIT: Final = 0.050  # seconds
FACTOR: Final = 10


def results() -> Iterator[Result]:
    """Both ways in turns; medians."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(1, NUM_EXAMPLES))
    Y = (X + rng.normal(size=X.shape) > 0).astype(float)
    rates = np.geomspace(0.001, 100, NUM_RATES)
    one_by_one(X, Y, rates[:1])
    descend_many(X, Y, rates, NUM_ITERATIONS)
    pairs = [
        (seconds(descend_many, X, Y, rates, NUM_ITERATIONS), seconds(one_by_one, X, Y, rates))
        for _ in range(REPEATS)
    ]
    many, loops = (median(times) for times in zip(*pairs, strict=True))
    factor = median(loop / fast for fast, loop in pairs)
    figure = f"{NUM_RATES} learning rates x {NUM_ITERATIONS} iterations x {NUM_EXAMPLES} examples"
    reference = f"{NUM_RATES} separate loops over cost and gradients: {loops * 1000:.0f} ms"
    yield Result(
        f"{figure}, descend_many",
        f"{many * 1000:.1f} ms",
        f"<= {LIMIT * 1000:.0f} ms",
        reference,
        many <= LIMIT,
    )
    yield Result(
        f"{figure}, against loops", f"{factor:.0f} x faster", f">= {FACTOR} x", reference, factor >= FACTOR
    )


def one_by_one(X: Any, Y: Any, rates: Any) -> None:
    """Each learning rate in a loop of its own, as anybody would write it."""
    for rate in rates:
        w, b, costs = np.zeros((X.shape[0], 1)), 0.0, []
        for _ in range(NUM_ITERATIONS):
            costs.append(logistic.cost(w, b, X, Y))
            dw, db = logistic.gradients(w, b, X, Y)
            w, b = w - rate * dw, b - rate * db


def seconds(function: Callable[..., Any], *arguments: Any) -> float:
    """How long one call takes."""
    start = perf_counter()
    function(*arguments)
    return perf_counter() - start
