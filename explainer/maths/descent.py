"""Gradient descent: one run or many learning rates at once, every step kept, and a verdict on each."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.maths import checks
from explainer.maths.checks import BoolArray, FloatArray, IntArray, frozen
from explainer.maths.logistic import LOG_LOSS, Objective

TOLERANCE: Final = 1e-3
"""Converged: the remaining distance is at most this, relative to 1 + |(w, b)|."""
ROUNDING: Final = 1e-12
"""Relative differences below this are rounding errors."""
PARALLEL: Final = 1e-12
"""Two changes of the gradient count as one direction if the square of the sine between them is smaller."""
LOOK_BACK: Final = 8
"""Two moves that tell of the distance ahead are each an eighth of the run so far."""
GROWING_STEPS: Final = 5
"""Diverging: at least this many steps in a row raise the cost, each by more than the one before."""
SHORT_LOOK: Final = 10
"""Oscillating: at least a third of the latest so many steps turn back or raise the cost."""
LONG_LOOK: Final = 50
"""Oscillating as well: at least a tenth of the latest so many steps do."""
CRAWL: Final = 0.05
"""Crawling: the cost has fallen by less than this share of all that it can fall from the start."""
SAFETY: Final = 1.01
"""The remaining distance is counted this much longer than it is estimated: never converged too early."""
NOTHING_WRONG: Final = 1e-6
"""Where J is smaller, no example is on the wrong side: there one alone costs log 2, or 0.25 if squared."""
KINDS: Final = (
    "overflow",
    "diverging",
    "converged",
    "saturated",
    "oscillating",
    "crawling",
    "still on its way",
)
"""All kinds of verdict; if several apply, the first one counts. The words have their sentences."""


@dataclass(frozen=True, eq=False)
class Trajectory:
    """A descent from step 0, the start, to step T: w and dw (T+1, n_x), b, costs and db (T+1,).

    dw and db of a step are the gradients at the w and b of that step. `descend_many` returns k runs in one
    Trajectory: every array has one more axis in front, learning_rate is (k,), `trajectory[i]` is run i, and
    iteration gives all runs. `objective` is what was minimised. Arrays are read-only.
    """

    w: FloatArray
    b: FloatArray
    costs: FloatArray
    dw: FloatArray
    db: FloatArray
    learning_rate: float | FloatArray
    objective: Objective | None = None

    @property
    def num_iterations(self) -> int:
        """T, the number of steps."""
        return int(self.costs.shape[-1]) - 1

    def __getitem__(self, run: int) -> "Trajectory":
        """One of the runs, by the place of its learning rate. IndexError past the end."""
        if self.costs.ndim == 1:
            raise TypeError("this Trajectory is one run already")
        rate = float(np.asarray(self.learning_rate)[run])
        one = {name: getattr(self, name)[run] for name in ("w", "b", "costs", "dw", "db")}
        return replace(self, **one, learning_rate=rate)


def step(
    w: FloatArray, b: FloatArray, dw: FloatArray, db: FloatArray, learning_rate: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """One step downhill of k runs: w (n_x, k) and b (k,) change at the same moment."""
    return w - learning_rate * dw, b - learning_rate * db


def descend(
    X: ArrayLike,
    Y: ArrayLike,
    learning_rate: float,
    num_iterations: int,
    w: ArrayLike | None = None,
    b: float = 0.0,
    objective: Objective = LOG_LOSS,
) -> Trajectory:
    """Gradient descent: w := w - learning_rate dw, b := b - learning_rate db, with both gradients at (w, b).

    X (n_x, m), Y (1, m); the start w (n_x, 1) or (n_x,) is zeros if None. A run that overflows continues
    with inf and nan, without a warning. ValueError for wrong shapes or values and for a learning rate that is
    not above 0.
    """
    rate = checks.positive("learning_rate", checks.scalar("learning_rate", learning_rate))
    return descend_many(X, Y, [rate], num_iterations, w, b, objective)[0]


def descend_many(
    X: ArrayLike,
    Y: ArrayLike,
    learning_rates: ArrayLike,
    num_iterations: int,
    w: ArrayLike | None = None,
    b: float = 0.0,
    objective: Objective = LOG_LOSS,
) -> Trajectory:
    """`descend` for k learning rates at once: a Trajectory with k runs, w (k, T+1, n_x), b (k, T+1), ...

    Each run equals that of `descend` to the last bit. Errors are the same as there.
    """
    X, Y = checks.examples(X, Y)
    rates = checks.vector("learning_rates", learning_rates).copy()
    checks.positive("learning_rates", float(rates.min()))
    steps, k, n_x = checks.whole("num_iterations", num_iterations) + 1, rates.size, X.shape[0]
    start = np.zeros((n_x, 1)) if w is None else checks.weights(w, n_x)
    at_w, at_b = np.tile(start.T, (k, 1)), np.full(k, checks.scalar("b", b))
    # Steps are the first axis while computing, so that each is contiguous in memory; runs are in the result.
    W, dW = np.empty((steps, k, n_x)), np.empty((steps, k, n_x))
    B, costs, dB = (np.empty((steps, k)) for _ in range(3))
    with np.errstate(all="ignore"):
        for t in range(steps):
            W[t], B[t] = at_w, at_b
            costs[t], dW[t], dB[t] = objective.evaluate(at_w, at_b, X, Y)
            new_w, at_b = step(at_w.T, at_b, dW[t].T, dB[t], rates)
            at_w = new_w.T
    W, B, costs, dW, dB = (frozen(np.ascontiguousarray(a.swapaxes(0, 1))) for a in (W, B, costs, dW, dB))
    return Trajectory(W, B, costs, dW, dB, frozen(rates), objective)


@dataclass(frozen=True)
class Verdict:
    """What became of a run of T steps: one of `KINDS`, and, for the first four, since which step.

    D is the next step, learning_rate (dw, db). The first rule that applies decides:

    overflow (step k): a cost, parameter or gradient is not finite, at step k for the first time.
    diverging (since step k): each of the steps k to T raised the cost by more than the step before it, and
        they are at least `GROWING_STEPS`. Never where the objective saturates: its slopes are bounded, so a
        step cannot grow for ever, and such a run leaps about instead.
    converged (step k): from k to T the remaining distance is at most `TOLERANCE` (1 + |(w, b)|), and the cost
        is not above that of the start. The distance is estimated, see `_remaining`, and counted `SAFETY`
        times as long. The length of D alone would not do: with a small learning rate steps are short
        anywhere, and on separable data they shrink like 1/t, whose sum is infinite. Where D does not shrink
        there is no estimate, and k must be less than T: a leap across the valley may shrink one step by
        chance.
        A step and a gradient as small as rounding errors count at once, even at k = T = 0.
    saturated (step k): the same, but the objective saturates and J is next to 0 (`NOTHING_WRONG`). There is
        no minimum there, J only falls on and on as |(w, b)| grows: float64 sees no slope any more.
    oscillating: a step goes back if its gradient points against the one before (negative inner product) or
        if it raised the cost. Of the last `SHORT_LOOK` steps (of all, if there are fewer) at least a third
        and at least one went back; or of the last `LONG_LOOK` at least a tenth, because a large learning rate
        throws a run up from time to time, and it glides down in between.
    crawling: after at least one step, the run has lowered the cost by less than `CRAWL` of the whole way,
        which is what it has lowered and what is left, as estimated in `_left_to_gain`; the last step changed
        the cost by less than `CRAWL` of that at the start (a run that was thrown up and is coming down does
        not crawl), and steps do not shrink by more than `CRAWL` each (as they do near a minimum).
    still on its way: any other run, for instance one of 0 steps that does not start at a minimum.
    """

    kind: str
    step: int | None = None

    def __str__(self) -> str:
        """The kind with its step, for programmers; visitors read the words."""
        if self.step is None:
            return self.kind
        return f"{self.kind} {'since' if self.kind == 'diverging' else 'at'} step {self.step}"


@dataclass(frozen=True, eq=False)
class Verdicts:
    """The verdict after every step: kind (..., T+1), places in `KINDS`; step (..., T+1), -1 for none."""

    kind: NDArray[np.uint8]
    step: IntArray


def verdict(trajectory: Trajectory) -> Verdict:
    """What became of one whole run, by the rules of `Verdict`. ValueError for a trajectory of many runs."""
    if trajectory.costs.ndim != 1:
        raise ValueError(f"trajectory must be one run, as trajectory[i] is; got {len(trajectory.costs)} runs")
    last = verdicts(trajectory)
    step = int(last.step[-1])
    return Verdict(KINDS[last.kind[-1]], None if step < 0 else step)


def verdicts(trajectory: Trajectory) -> Verdicts:
    """What became of a run up to each step t, by the rules of `Verdict` for a run that ends there.

    Works on one run or many, in linear time.
    """
    costs, t = trajectory.costs, np.arange(trajectory.costs.shape[-1])
    with np.errstate(all="ignore"):
        gradient = np.concatenate([trajectory.dw, trajectory.db[..., None]], axis=-1)
        place = np.concatenate([trajectory.w, trajectory.b[..., None]], axis=-1)
        finite = np.isfinite(np.concatenate([place, gradient, costs[..., None]], axis=-1)).all(axis=-1)
        overflow = np.logical_or.accumulate(~finite, axis=-1)
        raised, growing = _rises(costs)
        arrived, near = _rest_of_the_way(trajectory, place, gradient)
        back = raised | _turns(gradient, arrived)
        crawling = _crawls(trajectory, gradient)
    saturates = trajectory.objective is not None and trajectory.objective.saturates
    growing_since = _since(growing)
    diverging = (t - growing_since + 1 >= GROWING_STEPS) & (not saturates)
    near_since = _since(near)
    at_rest = near & (arrived | (near_since < t))
    saturated = at_rest & saturates & (costs < NOTHING_WRONG)
    fits = (overflow, diverging, at_rest & ~saturated, saturated, _swings(back), crawling, np.ones_like(near))
    kind = np.argmax(fits, axis=0).astype(np.uint8)
    since = [_since(overflow), growing_since, near_since, near_since]
    return Verdicts(kind, np.select([kind == k for k in range(len(since))], since, -1))


def _since(flags: BoolArray) -> IntArray:
    """For each t, where the unbroken run of True that ends at t begins; t + 1 where flags[t] is False."""
    t = np.arange(flags.shape[-1])
    return np.asarray(np.maximum.accumulate(np.where(flags, -1, t), axis=-1) + 1)


def _rises(costs: FloatArray) -> tuple[BoolArray, BoolArray]:
    """Whether step t raised the cost, and whether by more than the step before it did."""
    rise = np.diff(costs, axis=-1, prepend=costs[..., :1])
    raised = rise > ROUNDING * (1 + np.abs(costs))
    return raised, raised & (rise > np.roll(rise, 1, axis=-1))


def _rest_of_the_way(
    trajectory: Trajectory, place: FloatArray, gradient: FloatArray
) -> tuple[BoolArray, BoolArray]:
    """At each t: whether the run stands still up to rounding; whether it is near its end."""
    rate = np.asarray(trajectory.learning_rate)[..., None]
    slope, size = np.linalg.norm(gradient, axis=-1), 1 + np.linalg.norm(place, axis=-1)
    # The gradient has to be small too, or any place would count with a learning rate of 1e-15.
    arrived = np.maximum(rate, 1) * slope <= ROUNDING * size
    near = arrived | (SAFETY * _remaining(rate, place, gradient) <= TOLERANCE * size)
    start = trajectory.costs[..., :1]
    # Far above the start a saturated sigmoid is flat as well, but that is no minimum.
    near &= trajectory.costs <= start + ROUNDING * (1 + start)
    return arrived, near


def _shrink(gradient: FloatArray) -> FloatArray:
    """By which factor the length of the gradient, and so of the step, has changed; nan at the start."""
    slope = np.linalg.norm(gradient, axis=-1)
    shrink: FloatArray = np.full_like(slope, np.nan)
    shrink[..., 1:] = slope[..., 1:] / slope[..., :-1]
    return shrink


def _remaining(rate: FloatArray, place: FloatArray, gradient: FloatArray) -> FloatArray:
    """The distance that is left to go, as far as the steps so far tell; inf where they do not.

    The larger of two estimates. As if all steps shrank at one pace, |D| / (1 - rho), rho = |D| / |D before|:
    too short while a fast direction still hides a slow one. So also from two longer moves of the run and how
    much the gradient changed on each: the same changes, as many times as take the gradient to 0, would take
    the run to the minimum (a secant method, exact for two weights near a minimum).
    """
    slope, shrink = np.linalg.norm(gradient, axis=-1), _shrink(gradient)
    one_pace = np.where(shrink < 1, rate * slope / (1 - shrink), np.inf)
    one_pace[..., :2] = np.inf
    t = np.arange(slope.shape[-1])
    back = np.maximum(1, t // LOOK_BACK)
    marks = [np.maximum(t - k * back, 0) for k in range(3)]
    moves = [place[..., one, :] - place[..., two, :] for one, two in pairwise(marks)]
    changes = [gradient[..., one, :] - gradient[..., two, :] for one, two in pairwise(marks)]
    late, early = (np.sum(change * gradient, axis=-1) for change in changes)
    late_late, early_early = (np.sum(change**2, axis=-1) for change in changes)
    both = np.sum(changes[0] * changes[1], axis=-1)
    area = late_late * early_early - both**2
    of_late, of_early = (late * early_early - early * both) / area, (early * late_late - late * both) / area
    ahead = np.linalg.norm(of_late[..., None] * moves[0] + of_early[..., None] * moves[1], axis=-1)
    # Two changes in one direction say nothing of another.
    return np.fmax(one_pace, np.where(area > PARALLEL * late_late * early_early, ahead, 0))


def _turns(gradient: FloatArray, arrived: BoolArray) -> BoolArray:
    """Whether step t crossed the valley: the gradient there points against the one before."""
    turned = np.zeros_like(arrived)
    turned[..., 1:] = np.sum(gradient[..., 1:, :] * gradient[..., :-1, :], axis=-1) < 0
    turned[..., 1:] &= ~(arrived[..., 1:] | arrived[..., :-1])  # their signs are rounding errors
    return turned


def _swings(back: BoolArray) -> BoolArray:
    """Whether enough of the latest steps went back, of `SHORT_LOOK` or of `LONG_LOOK`."""
    total, t = np.cumsum(back, axis=-1, dtype=np.int64), np.arange(back.shape[-1])
    short, long = (total - total[..., np.maximum(t - steps, 0)] for steps in (SHORT_LOOK, LONG_LOOK))
    often = (short >= 1) & (3 * short >= np.minimum(t, SHORT_LOOK))
    return often | ((t >= LONG_LOOK) & (10 * long >= LONG_LOOK))


def _left_to_gain(trajectory: Trajectory, gradient: FloatArray) -> FloatArray:
    """By how much the cost may still fall: a step gains about learning_rate |g|², each rho² times the last.

    At most all of it, since no loss is below 0. That is also what counts where steps do not shrink, and where
    the cost may not be convex: flat ground is a plateau there, as likely as the bottom of a valley.
    """
    if trajectory.objective is None or not trajectory.objective.convex:
        return trajectory.costs
    rate, shrink = np.asarray(trajectory.learning_rate)[..., None], _shrink(gradient)
    gains: FloatArray = rate * np.sum(gradient**2, axis=-1) / (1 - shrink**2)
    return np.where(shrink < 1, np.minimum(gains, trajectory.costs), trajectory.costs)


def _crawls(trajectory: Trajectory, gradient: FloatArray) -> BoolArray:
    """Whether most of the way is still to go, the cost hardly changes, and steps do not shrink much."""
    costs, start = trajectory.costs, trajectory.costs[..., :1]
    gained, left = start - costs, _left_to_gain(trajectory, gradient)
    last = np.abs(np.diff(costs, axis=-1, prepend=start))
    crawling = (gained < CRAWL * (gained + left)) & (last < CRAWL * start) & ~(_shrink(gradient) < 1 - CRAWL)
    crawling[..., 0] = False
    return crawling
