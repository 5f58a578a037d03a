"""The cost over the (w, b) plane of a data set with one feature: its map, its minimum, its plateaus.

Data sets and models go by their names. All is computed once for all visitors, and never changed.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import linear, logistic
from explainer.maths.checks import FloatArray
from explainer.maths.datasets import DATASETS, Dataset, Standardised, standardise
from explainer.maths.descent import Trajectory, descend
from explainer.maths.logistic import Objective
from explainer.maths.surface import Window, cost_grid, window

GRID: Final = 61
"""Points along each side of the map."""
OBJECTIVES: Final[dict[str, Objective]] = {
    "sigmoid": logistic.LOG_LOSS,
    "line": linear.SQUARED_ERROR,
    "squared": logistic.SIGMOID_SQUARED_ERROR,
}
"""The name of a model -> what a descent minimises."""
NUM_ITERATIONS: Final = 1000
"""Steps of the descents that look for a minimum."""
LOWEST_RATE: Final = 0.5
"""The learning rate of `lowest`, safe for standardised X."""
VALLEY_RATE: Final = 5.0
"""The learning rate of `valley`: a squared error's slopes are many times smaller."""
AT_REST: Final = 1e-6
"""A gradient shorter than this is zero: the descent is at the bottom of a valley."""
FLAT: Final = 2e-3
"""On a plateau the gradient is shorter: 150 steps of this length, at learning rate 1, lower J by 0.0006."""
ABOVE_LEAST: Final = 0.1
"""A plateau is higher above the least J: the squared error of a = 0.5 is 0.25, that near a minimum 0.15."""
ENOUGH_STEPS: Final = 50
"""A shorter run does not prove that it stands on a plateau."""


class Place(NamedTuple):
    """A place of the (w, b) plane, and J there."""

    w: float
    b: float
    cost: float


@dataclass(frozen=True, eq=False)
class Landscape:
    """The data, the cost over the map, and its minimum.

    `w` (p,), `b` (q,) are the map's axes, `costs` (q, p) J over them, `link` the model's name. `minimum` is
    None where there is none.
    """

    data: Dataset
    standardised: Standardised
    link: str
    w: FloatArray
    b: FloatArray
    costs: FloatArray
    minimum: Place | None


@lru_cache(maxsize=32)
def landscape(data: str, model: str) -> Landscape:
    """The landscape of a data set and a model."""
    dataset, objective = DATASETS[data], OBJECTIVES[model]
    standardised, shown = standardise(dataset.X), map_window(data, model)
    w, b = np.linspace(shown.w_min, shown.w_max, GRID), np.linspace(shown.b_min, shown.b_max, GRID)
    costs = cost_grid(standardised.X, dataset.Y, w, b, objective)
    return Landscape(dataset, standardised, model, w, b, costs, minimum(data, model))


@lru_cache(maxsize=32)
def map_window(data: str, model: str) -> Window:
    """The part of the (w, b) plane that is shown."""
    dataset = DATASETS[data]
    return window(standardise(dataset.X).X, dataset.Y, OBJECTIVES[model])


@lru_cache(maxsize=32)
def minimum(data: str, model: str) -> Place | None:
    """The minimum of J, for standardised x; None where the data can be separated.

    For the sigmoid's squared error it is the `valley` below the minimum of the log loss.
    """
    dataset, objective = DATASETS[data], OBJECTIVES[model]
    X = standardise(dataset.X).X
    best = linear.fit(X, dataset.Y) if model == "line" else logistic.fit(X, dataset.Y)
    if isinstance(best, logistic.Fit) and not best.converged:
        return None
    if model == "squared":
        return valley(X, dataset.Y, (best.w.item(), best.b), objective)
    return Place(best.w.item(), best.b, objective.cost(best.w, best.b, X, dataset.Y))


def valley(X: ArrayLike, Y: ArrayLike, start: tuple[float, float], objective: Objective) -> Place | None:
    """The minimum that a long descent from `start` = (w, b) ends at; None if it is still moving then.

    X (1, m) standardised. ValueError for wrong shapes or values.
    """
    run = descend(X, Y, VALLEY_RATE, NUM_ITERATIONS, [start[0]], start[1], objective)
    if np.hypot(run.dw[-1, 0], run.db[-1]) >= AT_REST:
        return None
    return _place(run, -1)


@lru_cache(maxsize=32)
def lowest(data: str, model: str) -> Place:
    """The lowest place that a descent reaches from the lowest point of the map.

    For the log loss this is the minimum; on separable data, which have none, the least J so far. The squared
    error may have several valleys, and this descent may leave the map for ever: on "challenger" J goes to
    3 / 23 as |w| grows, and there is a second, higher valley on the map.
    """
    shown = landscape(data, model)
    row, column = np.unravel_index(np.argmin(shown.costs), shown.costs.shape)
    X, Y, w, b = shown.standardised.X, shown.data.Y, shown.w[[column]], float(shown.b[row])
    run = descend(X, Y, LOWEST_RATE, NUM_ITERATIONS, w, b, OBJECTIVES[model])
    return _place(run, int(np.argmin(run.costs)))


def _place(run: Trajectory, step: int) -> Place:
    return Place(float(run.w[step, 0]), float(run.b[step]), float(run.costs[step]))


def stalled(run: Trajectory, least: float) -> bool:
    """Whether one run stands on a plateau: it ends on flat ground, far above the least J.

    Flat: at all steps from T // 2 to T the gradient (dw, db) is shorter than `FLAT`. Far above: the last cost
    is more than `ABOVE_LEAST` above `least`, the cost of the `lowest` place. This is a difference, because on
    separable data the least J goes to 0, and any cost is a large multiple of it. A plateau slopes a little,
    so a longer run may leave it. False for fewer than `ENOUGH_STEPS` steps and for a run that overflowed.
    ValueError for a trajectory of many runs.
    """
    if run.costs.ndim != 1:
        raise ValueError(f"run must be one run, as trajectory[i] is; got {len(run.costs)} runs")
    if run.num_iterations < ENOUGH_STEPS:
        return False
    half = run.num_iterations // 2
    with np.errstate(all="ignore"):
        slope = np.hypot(np.linalg.norm(run.dw[half:], axis=-1), run.db[half:])
        return bool(np.all(slope < FLAT) and run.costs[-1] - least > ABOVE_LEAST)
