"""Two descents from one start: the log loss arrives where the squared error stalls on a plateau."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks, surface
from explainer.maths.descent import Trajectory, descend, descend_many
from explainer.maths.logistic import LOG_LOSS, SIGMOID_SQUARED_ERROR, Objective

GRADIENT_BELOW = 2e-3  # about an 80th of the slope at (0, 0): 150 steps of it, at rate 1, gain 0.0006
COST_ABOVE = 0.1  # not near the valley: as much lies between a coin's squared error, 0.25, and 0.15
ENOUGH_STEPS = 50  # fewer prove nothing
GRID = 61  # places a side on which the lowest one is looked for
POLISH = 1000, 0.5  # steps and learning rate of the walk down from there; 0.5 is safe for X standardised
DOWN = 1000, 5.0  # the same for a squared error's valley, whose slopes are many times less
AT_REST = 1e-6  # the slope at the bottom


@dataclass(frozen=True, eq=False)
class Comparison:
    """Descents from one start with the same learning rates (k,): each Trajectory has k runs."""

    log_loss: Trajectory
    squared_error: Trajectory


def compare_descents(
    X: ArrayLike,
    Y: ArrayLike,
    start: tuple[float, float],
    learning_rates: ArrayLike,
    num_iterations: int,
) -> Comparison:
    """Walk down the log loss and the squared error of the sigmoid from start = (w, b).

    X (1, m) standardised, Y (1, m), learning_rates (k,). ValueError for n_x other than 1, a start
    that is not two finite numbers, and as `descent.descend_many`.
    """
    X, Y = checks.examples(X, Y)
    place = checks.finite("start", start, "two finite numbers (w, b)")
    if place.shape != (2,):
        raise ValueError(f"start must be two finite numbers (w, b); got shape {place.shape}")
    w, b, X = place[:1], float(place[1]), checks.only_feature(X)
    log_loss, squared_error = (
        descend_many(X, Y, learning_rates, num_iterations, w, b, objective)
        for objective in (LOG_LOSS, SIGMOID_SQUARED_ERROR)
    )
    return Comparison(log_loss, squared_error)


@dataclass(frozen=True)
class Lowest:
    """The lowest J found, and where: w and b."""

    cost: float
    w: float
    b: float


def lowest(X: ArrayLike, Y: ArrayLike, objective: Objective = LOG_LOSS) -> Lowest:
    """The least J that a descent reaches from the best of 61 x 61 starts in `surface.window`.

    For the log loss this is the minimum, for separable data the least so far. The squared error may
    have several valleys, and the best start's may lead out of the window without an end: a cut ever
    steeper, as with "challenger", where J sinks to 3 / 23 and has a second, higher valley inside.
    X (1, m) standardised. ValueError for n_x other than 1, wrong shapes or values.
    """
    view = surface.window(X, Y, objective)
    w, b = np.linspace(view.w_min, view.w_max, GRID), np.linspace(view.b_min, view.b_max, GRID)
    costs = surface.cost_grid(X, Y, w, b, objective)
    row, column = np.unravel_index(np.argmin(costs), costs.shape)
    steps, rate = POLISH
    walk = descend(X, Y, rate, steps, w[[column]], float(b[row]), objective)
    best = int(np.argmin(walk.costs))
    return Lowest(float(walk.costs[best]), float(walk.w[best, 0]), float(walk.b[best]))


def valley(X: ArrayLike, Y: ArrayLike, start: tuple[float, float], objective: Objective) -> Lowest | None:
    """The minimum below `start` = (w, b): where a long descent comes to rest, its slope below `AT_REST`.

    None if it has not come to rest. X (1, m) standardised. ValueError for wrong shapes or values.
    """
    steps, rate = DOWN
    walk = descend(X, Y, rate, steps, [start[0]], start[1], objective)
    if np.hypot(walk.dw[-1, 0], walk.db[-1]) >= AT_REST:
        return None
    return Lowest(float(walk.costs[-1]), float(walk.w[-1, 0]), float(walk.b[-1]))


def stalled(
    run: Trajectory,
    least: float,
    gradient_below: float = GRADIENT_BELOW,
    cost_above: float = COST_ABOVE,
) -> bool:
    """Whether one run stands on a plateau: the ground is flat, and it is not the valley's.

    Flat: at every step of the last half of the run, T // 2 to T, the gradient's norm |(dw, db)| is
    below `gradient_below`. Not the valley's: the last cost is more than `cost_above` above `least`,
    which is `lowest(...).cost` of the same objective: a descent from elsewhere on the map got there.
    The distance is a difference, not a ratio: on separable data, where the least cost goes to 0,
    every slow arrival would be a large multiple of it. A plateau is not for ever: it slopes a little,
    and a longer run may well leave it. False for runs of fewer than 50 steps and for what overflowed.
    ValueError if given many runs.
    """
    if run.costs.ndim != 1:
        raise ValueError(f"run must be one run, as trajectory[i] is; got {len(run.costs)} runs")
    if run.num_iterations < ENOUGH_STEPS:
        return False
    half = run.num_iterations // 2
    with np.errstate(all="ignore"):
        slope = np.hypot(np.linalg.norm(run.dw[half:], axis=-1), run.db[half:])
        return bool(np.all(slope < gradient_below) and run.costs[-1] - least > cost_above)
