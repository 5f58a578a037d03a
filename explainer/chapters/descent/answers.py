"""The numbers and sentences of *Gradient descent*, computed from the data that the visitor is looking at."""

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Any, Final, NamedTuple

import numpy as np

from explainer.maths import linear, logistic
from explainer.maths.checks import FloatArray
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import descend
from explainer.maths.landscape import landscape, map_window
from explainer.maths.surface import Window
from explainer.words import words
from explainer.words.numbers import line, number

FAST_RATE: Final = 1.0
SLOW_RATE: Final = FAST_RATE / 10
WITHIN: Final = 0.001
"""So near, relative to the least J, a walk has arrived in the question."""
RUNS: Final = (500, 2_000, 20_000)
"""Steps of the runs that are tried one after the other; the last are enough to converge at `SLOW_RATE`."""
LARGEST_RATE: Final = 100.0
LINE_RATE: Final = 1.2
"""Too large for the straight line, whose cost then grows at every step."""
COUNT: Final = 100
"""Steps of the runs with the two rates above."""
CRAWL_RATE: Final = 0.001
CRAWL_STEPS: Final = 200
LONG_STEPS: Final = 300
"""Steps after which a walk at `FAST_RATE` stands still, where there is a minimum."""
STEP_RATE: Final = 6.0
"""Long enough a step to be pressed on the map."""
NEAR: Final = 0.2
"""A press means a place up to that part of the step's length away; the known places are further apart."""
EDGE: Final = 0.5
"""The step stays so far inside the map."""


class Rise(NamedTuple):
    """The first step that raised the cost, from `before` to `after`; None and nan if no step did."""

    step: int | None = None
    before: float = np.nan
    after: float = np.nan


class Bound(NamedTuple):
    """The largest log loss of a run at a large rate, the bound of its |dw|, and the line's last cost."""

    largest_cost: float
    slope_bound: float
    line_cost: float


def steps_needed(X: FloatArray, Y: FloatArray, start: tuple[float, float]) -> tuple[int | None, int | None]:
    """How many steps bring J within `WITHIN` of the least J there is; 0 at the minimum.

    At `FAST_RATE` and `SLOW_RATE`; None where the longest of `RUNS` is not enough, or no J is the least.
    """
    best = logistic.fit(X, Y)
    if not best.converged:
        return None, None
    arrived = (1 + WITHIN) * logistic.cost(best.w, best.b, X, Y)
    fast, slow = (_steps_until(arrived, X, Y, start, rate) for rate in (FAST_RATE, SLOW_RATE))
    return fast, slow


def _steps_until(
    cost: float, X: FloatArray, Y: FloatArray, start: tuple[float, float], learning_rate: float
) -> int | None:
    """The first step at which J is at most `cost`. Most walks are there soon: longer runs are tried later."""
    w, b = start
    for num_iterations in RUNS:
        there = descend(X, Y, learning_rate, num_iterations, [w], b).costs <= cost
        if there.any():
            return int(np.argmax(there))
    return None


def first_rise(X: FloatArray, Y: FloatArray, start: tuple[float, float], learning_rate: float) -> Rise:
    """The first of 500 steps that raises the log loss."""
    costs = descend(X, Y, learning_rate, 500, [start[0]], start[1]).costs
    rises = np.flatnonzero(np.diff(costs) > 0)
    if rises.size == 0:
        return Rise()
    before = int(rises[0])
    return Rise(before + 1, float(costs[before]), float(costs[before + 1]))


def slope_bound(X: FloatArray, Y: FloatArray, start: tuple[float, float]) -> Bound:
    """|dw| = |mean of (a - y) x| <= mean |x| for the log loss; for the straight line there is no bound."""
    w, b = start
    log_loss = descend(X, Y, LARGEST_RATE, COUNT, [w], b).costs
    squared = descend(X, Y, LINE_RATE, COUNT, [w], b, linear.SQUARED_ERROR).costs
    return Bound(float(log_loss.max()), float(np.abs(X).mean()), float(squared[-1]))


def crawl(X: FloatArray, Y: FloatArray, start: tuple[float, float]) -> tuple[float, float]:
    """J before and after `CRAWL_STEPS` steps at `CRAWL_RATE`."""
    costs = descend(X, Y, CRAWL_RATE, CRAWL_STEPS, [start[0]], start[1]).costs
    return float(costs[0]), float(costs[-1])


def asked_step(X: FloatArray, Y: FloatArray, window: Window) -> dict[str, Any]:
    """A place on the map, its slopes, and where a step at `STEP_RATE` leads from there.

    Also where two mistakes would lead: with the slopes, not against them, and without the rate. A place to
    press lies inside the map's `window`. Of all places with whole numbers it is the one whose slopes, of
    unlike signs, are both large; None for everything where there is none.
    """
    best = max(
        _steps_inside(X, Y, window),
        key=lambda step: min(abs(step.dw), abs(step.db)),
        default=None,
    )
    found = _step_numbers(best or _Step(0.0, 0.0, 0.0, 0.0), window)
    return {"step_rate": number(STEP_RATE)} | (found if best else dict.fromkeys(found))


class _Step(NamedTuple):
    """A place on the map and its slopes."""

    w: float
    b: float
    dw: float
    db: float

    def to(self, learning_rate: float) -> tuple[float, float]:
        """Where a step leads."""
        return self.w - learning_rate * self.dw, self.b - learning_rate * self.db


def _step_numbers(step: _Step, window: Window) -> dict[str, Any]:
    to = step.to(STEP_RATE)
    return {
        "step_from": f"{step.w:g},{step.b:g}",
        "step_to": to,
        "step_up": tuple(map(float, window.clamp(*step.to(-STEP_RATE)))),
        "step_slope": step.to(1.0),
        "step_near": NEAR * STEP_RATE * math.hypot(step.dw, step.db),
        "step_w": number(step.w),
        "step_b": number(step.b),
        "step_dw": number(step.dw, 3),
        "step_db": number(step.db, 3),
        "step_times_dw": _times(step.dw),
        "step_times_db": _times(step.db),
        "step_to_w": number(to[0], 3),
        "step_to_b": number(to[1], 3),
    }


def _steps_inside(X: FloatArray, Y: FloatArray, window: Window) -> Iterator[_Step]:
    """From the places with whole numbers where the slopes have unlike signs."""
    ends = (window.w_min + EDGE, window.w_max - EDGE), (window.b_min + EDGE, window.b_max - EDGE)
    for place in product(*(range(math.ceil(low), math.floor(high) + 1) for low, high in ends)):
        w, b = map(float, place)
        dw, db = logistic.LOG_LOSS.gradients(np.array([[w]]), b, X, Y)
        step = _Step(w, b, dw.item(), float(db))
        inside = all(low < part < high for part, (low, high) in zip(step.to(STEP_RATE), ends, strict=True))
        if inside and step.dw * step.db < 0:
            yield step


def _times(slope: float) -> str:
    """A slope as it stands after a times sign."""
    return number(slope, 3) if slope >= 0 else f"({number(slope, 3)})"


@lru_cache(maxsize=64)
def answers(data: str, start: tuple[float, float]) -> dict[str, Any]:
    """The numbers in the questions and their replies; None where a run has none to give."""
    X, Y = standardise(DATASETS[data].X).X, DATASETS[data].Y
    before, after = crawl(X, Y, start)
    has_minimum = landscape(data, "sigmoid").minimum is not None
    return answer_texts(
        steps_needed(X, Y, start), first_rise(X, Y, start, LARGEST_RATE), slope_bound(X, Y, start)
    ) | {
        **asked_step(X, Y, map_window(data, "sigmoid")),
        "crawl_rate": number(CRAWL_RATE),
        "crawl_steps": CRAWL_STEPS,
        "crawl_from": number(before),
        "crawl_to": number(after),
        "long_steps": LONG_STEPS if has_minimum else None,
    }


def answer_texts(steps: tuple[int | None, int | None], rise: Rise, bound: Bound) -> dict[str, Any]:
    """The same, as the sentences show them."""
    fast, slow = steps
    return {
        "fast_rate": number(FAST_RATE),
        "slow_rate": number(SLOW_RATE),
        "steps_fast": fast,
        "steps_slow": slow,
        "ratio": f"{slow / fast:.1f}" if fast and slow else None,
        "no_ratio": words("descent").text["arrived" if fast == 0 else "never_arrived"],
        "leap_rate": number(LARGEST_RATE),
        "leap_step": rise.step,
        "leap_before": number(rise.before),
        "leap_after": number(rise.after),
        "largest_rate": number(LARGEST_RATE),
        "count": COUNT,
        "largest_cost": number(bound.largest_cost),
        "bound": number(bound.slope_bound),
        "line_rate": number(LINE_RATE),
        "line_cost": number(bound.line_cost),
    }


def units_text(data: str, model: str) -> str:
    """What standardising means here, and the coefficients in real units beside the published ones."""
    text, shown = words("descent").text, landscape(data, model)
    source = shown.data.source.rstrip(".")
    if shown.minimum is None:
        return text["no_minimum"].format(source=source)
    w, b, _ = shown.minimum
    slope, intercept = shown.standardised.to_real_units(w, b)
    published = shown.data.published if shown.link == "sigmoid" else None
    return text["units"].format(
        mean=shown.standardised.mean.item(),
        scale=shown.standardised.scale.item(),
        what=text[f"units_{shown.link}"],
        line=line(float(slope), float(intercept)),
        published=text["units_published"].format(line=line(*published)) if published else "",
        source=source,
    )
