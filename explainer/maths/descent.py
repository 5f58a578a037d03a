"""Gradient descent: one run or many learning rates at once, every step kept, and a verdict in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.maths import checks
from explainer.maths.checks import BoolArray, FloatArray, IntArray
from explainer.maths.logistic import LOG_LOSS, Objective

TOLERANCE = 1e-3  # converged: this near to the end of the way, relative to 1 + |(w, b)|
ROUNDING = 1e-12  # relative size below which a difference is rounding, not news
GROWING_STEPS = 5  # diverging: this many ever larger rises in a row
SHORT_LOOK, LONG_LOOK = 10, 50  # oscillating: one in 3, or one in 10, of so many last steps turned back
CRAWL = 0.05  # crawling: less than this share of the cost at the start

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "overflow": "overflow at step {step}",
        "diverging": "diverging since step {step}",
        "converged": "converged at step {step}",
        "oscillating": "oscillating",
        "crawling": "crawling",
        "still on its way": "still on its way",
    }
)
KINDS = tuple(SENTENCES)  # in the order in which they win


@dataclass(frozen=True, eq=False)
class Trajectory:
    """A descent from step 0, the start, to step T: w and dw (T+1, n_x), b, costs and db (T+1,).

    The gradients are those at the step's own (w, b). Of `descend_many`, every array has one more
    axis in front and learning_rate is (k,): `trajectory[i]` takes one run out, and a loop goes over
    them. Arrays are read-only.
    """

    w: FloatArray
    b: FloatArray
    costs: FloatArray
    dw: FloatArray
    db: FloatArray
    learning_rate: float | FloatArray

    @property
    def num_iterations(self) -> int:
        """T, the number of steps walked."""
        return int(self.costs.shape[-1]) - 1

    def __getitem__(self, run: int) -> "Trajectory":
        """The run with the learning rate number `run`. IndexError past the end."""
        if self.costs.ndim == 1:
            raise TypeError("this Trajectory is one run already")
        rate = float(np.asarray(self.learning_rate)[run])
        return Trajectory(self.w[run], self.b[run], self.costs[run], self.dw[run], self.db[run], rate)


def step(
    w: FloatArray, b: FloatArray, dw: FloatArray, db: FloatArray, learning_rate: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """One step downhill, for w (n_x, k) and b (k,) at the same moment; k walks side by side."""
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
    """Walk downhill: w := w - learning_rate dw, b := b - learning_rate db, both from the same gradients.

    X (n_x, m), Y (1, m); the start w (n_x, 1) or (n_x,) is zeros if None. A run that overflows goes
    on with inf and nan, silently. ValueError for wrong shapes or values, a learning rate not above 0.
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

    Each run equals that of `descend` to the last bit. Errors as there.
    """
    X, Y = checks.examples(X, Y)
    rates = checks.vector("learning_rates", learning_rates).copy()
    checks.positive("learning_rates", float(rates.min()))
    steps, k, n_x = checks.whole("num_iterations", num_iterations) + 1, rates.size, X.shape[0]
    start = np.zeros((n_x, 1)) if w is None else checks.weights(w, n_x)
    at_w, at_b = np.tile(start.T, (k, 1)), np.full(k, checks.scalar("b", b))
    # Steps first: a step then is one stretch of memory. The caller gets the runs first.
    W, dW = np.empty((steps, k, n_x)), np.empty((steps, k, n_x))
    B, costs, dB = (np.empty((steps, k)) for _ in range(3))
    with np.errstate(all="ignore"):
        for t in range(steps):
            W[t], B[t] = at_w, at_b
            costs[t], dW[t], dB[t] = objective.evaluate(at_w, at_b, X, Y)
            new_w, at_b = step(at_w.T, at_b, dW[t].T, dB[t], rates)
            at_w = new_w.T
    rates.setflags(write=False)
    W, B, costs, dW, dB = map(_runs_first, (W, B, costs, dW, dB))
    return Trajectory(W, B, costs, dW, dB, rates)


def _runs_first(table: FloatArray) -> FloatArray:
    table = np.ascontiguousarray(table.swapaxes(0, 1))
    table.setflags(write=False)
    return table


@dataclass(frozen=True)
class Verdict:
    """What became of a run after T steps: a kind, one of KINDS, and the step of those that have one.

    str() is the sentence. The first that fits:

    overflow at step k: the first step with a cost, parameter or gradient that is not finite.
    diverging since step k: the steps k to T each raised the cost, by more than the step before
        did, and are GROWING_STEPS or more.
    converged at step k: from k to T the rest of the way, |D| / (1 - rho), is within TOLERANCE
        (1 + |(w, b)|), and the cost not above that of the start. D = learning_rate (dw, db) is the
        coming step, rho = |D| / |D before|: the rest is the sum of all steps to come, if each
        shrinks like that. A small step alone proves nothing: it may be a small learning rate; and
        on separable data steps shrink like 1/t and their sum never ends. rho >= 1 estimates nothing,
        and k has to be before T, for a leap across the valley may shrink one step by chance. A step
        and a gradient at rounding level count at once (even at k = T = 0; a saturated sigmoid
        cannot be told from a minimum).
    oscillating: of the last 10 steps (or of all, if fewer) at least one in three, and one at
        least, turned back (successive gradients with a negative inner product) or raised the cost;
        or one in ten of the last 50: large rates throw a run up, and it glides down for a while.
    crawling: after one step or more, the run has lowered the cost by less than 5 % of that at the
        start; the last step changed it by less than that too (else a run thrown up and coming down
        would crawl); and steps do not shrink by 5 % each, as those just above a minimum do.
    still on its way: anything else, so also a start that is not a minimum.
    """

    kind: str
    step: int | None = None

    def __str__(self) -> str:
        return SENTENCES[self.kind].format(step=self.step)


@dataclass(frozen=True, eq=False)
class Verdicts:
    """The verdict after every step: kind (..., T+1), places in KINDS; step (..., T+1), -1 for none."""

    kind: NDArray[np.uint8]
    step: IntArray


def verdict(trajectory: Trajectory) -> Verdict:
    """What became of one whole run, by the rules `Verdict` states. ValueError if given many."""
    if trajectory.costs.ndim != 1:
        raise ValueError(f"trajectory must be one run, as trajectory[i] is; got {len(trajectory.costs)} runs")
    last = verdicts(trajectory)
    step = int(last.step[-1])
    return Verdict(KINDS[last.kind[-1]], None if step < 0 else step)


def verdicts(trajectory: Trajectory) -> Verdicts:
    """What became of the run up to each step t, from what was seen until then: `Verdict` says by what rules.

    Works on one run or many, in time proportional to T.
    """
    costs, t = trajectory.costs, np.arange(trajectory.costs.shape[-1])
    with np.errstate(all="ignore"):
        gradient = np.concatenate([trajectory.dw, trajectory.db[..., None]], axis=-1)
        place = np.concatenate([trajectory.w, trajectory.b[..., None]], axis=-1)
        finite = np.isfinite(np.concatenate([place, gradient, costs[..., None]], axis=-1)).all(axis=-1)
        overflow = np.logical_or.accumulate(~finite, axis=-1)
        raised, growing = _rises(costs)
        arrived, near, shrink = _rest_of_the_way(trajectory, place, gradient)
        back = raised | _turns(gradient, arrived)
        crawling = _crawls(costs, shrink)
    growing_since = _since(growing)
    diverging = t - growing_since + 1 >= GROWING_STEPS
    near_since = _since(near)
    converged = near & (arrived | (near_since < t))
    fits = (overflow, diverging, converged, _swings(back), crawling, np.ones_like(near))
    kind = np.argmax(fits, axis=0).astype(np.uint8)
    step = np.select([kind == 0, kind == 1, kind == 2], [_since(overflow), growing_since, near_since], -1)
    return Verdicts(kind, step)


def _since(flags: BoolArray) -> IntArray:
    """For each t the first step of the unbroken stretch of True that ends there; t + 1 where False."""
    t = np.arange(flags.shape[-1])
    since: IntArray = np.maximum.accumulate(np.where(flags, -1, t), axis=-1) + 1
    return since


def _rises(costs: FloatArray) -> tuple[BoolArray, BoolArray]:
    """Whether step t raised the cost, and whether by more than the step before it did."""
    rise = np.diff(costs, axis=-1, prepend=costs[..., :1])
    raised = rise > ROUNDING * (1 + np.abs(costs))
    return raised, raised & (rise > np.roll(rise, 1, axis=-1))


def _rest_of_the_way(
    trajectory: Trajectory, place: FloatArray, gradient: FloatArray
) -> tuple[BoolArray, BoolArray, FloatArray]:
    """At each t: stands still up to rounding; is near the end; the factor by which steps shrink."""
    rate = np.asarray(trajectory.learning_rate)[..., None]
    slope, size = np.linalg.norm(gradient, axis=-1), 1 + np.linalg.norm(place, axis=-1)
    # The gradient has to be small too, or else a learning rate of 1e-15 would have arrived anywhere.
    arrived = np.maximum(rate, 1) * slope <= ROUNDING * size
    shrink = np.full_like(slope, np.nan)
    shrink[..., 1:] = slope[..., 1:] / slope[..., :-1]
    near = arrived | ((shrink < 1) & (rate * slope / (1 - shrink) <= TOLERANCE * size))
    start = trajectory.costs[..., :1]
    # Thrown far up, a saturated sigmoid is flat: not a minimum.
    near &= trajectory.costs <= start + ROUNDING * (1 + start)
    return arrived, near, shrink


def _turns(gradient: FloatArray, arrived: BoolArray) -> BoolArray:
    """Whether step t came to the other side of the valley: the gradient there points back."""
    turned = np.zeros_like(arrived)
    turned[..., 1:] = np.sum(gradient[..., 1:, :] * gradient[..., :-1, :], axis=-1) < 0
    turned[..., 1:] &= ~(arrived[..., 1:] | arrived[..., :-1])  # there the signs are noise
    return turned


def _swings(back: BoolArray) -> BoolArray:
    """Whether enough of the latest steps went back, in the short look or in the long one."""
    total, t = np.cumsum(back, axis=-1, dtype=np.int64), np.arange(back.shape[-1])
    short, long = (total - total[..., np.maximum(t - steps, 0)] for steps in (SHORT_LOOK, LONG_LOOK))
    often = (short >= 1) & (3 * short >= np.minimum(t, SHORT_LOOK))
    return often | ((t >= LONG_LOOK) & (10 * long >= LONG_LOOK))


def _crawls(costs: FloatArray, shrink: FloatArray) -> BoolArray:
    """Whether there was next to no progress, is none now, and no minimum explains it."""
    start = costs[..., :1]
    little = CRAWL * start
    last = np.abs(np.diff(costs, axis=-1, prepend=start))
    crawling = (start - costs < little) & (last < little) & ~(shrink < 1 - CRAWL)
    crawling[..., 0] = False
    return crawling
