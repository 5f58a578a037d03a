"""The walk on the map, and the cost of three trainings with learning rates that nobody is told."""

from functools import lru_cache
from typing import Final

from explainer.maths.checks import FloatArray
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import Trajectory, descend

DATA, MODEL = "challenger", "sigmoid"
RATE: Final = 1.0
STEPS: Final = 120
"""Of the walk on the map; at its end it stands still, from wherever it began."""
CURVES: Final = {"A": 1.0, "B": 25.0, "C": 0.02}
"""The curves, by the letters that stand at them, and the learning rates that nobody is told."""
CURVE_STEPS: Final = 40
FIRST: Final = 3.0, 3.0
"""Where these trainings begin: high on a hillside."""


def walk(start: tuple[float, float], learning_rate: float = RATE, num_iterations: int = STEPS) -> Trajectory:
    """A walk down the log loss of the launches, for standardised x."""
    w, b = start
    return descend(standardise(DATASETS[DATA].X).X, DATASETS[DATA].Y, learning_rate, num_iterations, [w], b)


@lru_cache(maxsize=1)
def curves() -> dict[str, FloatArray]:
    """J (CURVE_STEPS + 1,) at every step, by letter, all from `FIRST`."""
    return {letter: walk(FIRST, rate, CURVE_STEPS).costs for letter, rate in CURVES.items()}
