"""An honest stopwatch: which of several ways to one result is faster, and by how much.

The ways take turns, so that whatever else the computer does disturbs all of them alike. A sample repeats a
quick way until it takes far longer than the clock's resolution; a way's first run is not counted; the garbage
collector is off. If the results differ, there is no ratio. For any n the race keeps to its budget: a way's
time is estimated from smaller n before it runs, and a way that would not fit is left out. A busy computer may
have spent the budget on something else, so a way that needs less than `ALWAYS_ENOUGH` seconds is timed even
when the budget is used up.
"""

import gc
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from time import perf_counter
from typing import Any, Final

import numpy as np

from explainer.chapters.vectorization.twins import Twin, Way, flat
from explainer.maths import checks

Clock = Callable[[], float]
"""Returns seconds since some fixed moment."""

BUDGET: Final = 2.0  # seconds
SAMPLE: Final = 0.005  # seconds that a sample takes at least; the clock's resolution is about 1e-7
MOST_REPEATS: Final = 100_000
ROUNDS: Final = 31  # at most
FEWEST: Final = 3  # a way for which fewer rounds would fit is left out
ALWAYS_ENOUGH: Final = 0.02  # seconds; a way that needs less is never left out
SAFETY: Final = 1.5  # an estimate from a smaller n may be too low by this factor
STEP: Final = 10  # factor from one n to the next, on the way up to the n of the race
TOLERANCE: Final = 1e-9  # relative, or absolute below 1: the order of a sum changes the last digits


@dataclass(frozen=True)
class Timing:
    """How long one call of a way takes, in seconds: best, quartiles and median of `samples` samples."""

    way: str
    best: float
    lower: float
    median: float
    upper: float
    samples: int
    repeats: int


@dataclass(frozen=True)
class Race:
    """What was measured, the fastest way last; `estimates` are the seconds of ways that were left out."""

    twin: str
    n: int
    timings: tuple[Timing, ...]
    estimates: Mapping[str, float]
    agree: bool

    @property
    def samples(self) -> int:
        """The number of samples of the way that has fewest."""
        return min((timing.samples for timing in self.timings), default=0)

    def timing(self, way: str) -> Timing | None:
        """A way's timing, None if it was left out."""
        return next((timing for timing in self.timings if timing.way == way), None)

    def ratio(self, slow: str, fast: str) -> float | None:
        """How many times as fast `fast` is, by medians; None if one was left out or the results differ."""
        one, other = self.timing(slow), self.timing(fast)
        if one is None or other is None or not self.agree:
            return None
        return one.median / other.median


def race_from(found: Mapping[str, Any]) -> Race:
    """The race whose fields the measuring process has printed."""
    timings = tuple(Timing(**timing) for timing in found["timings"])
    return Race(found["twin"], found["n"], timings, dict(found["estimates"]), found["agree"])


def race(twin: Twin, n: int, budget: float = BUDGET, clock: Clock = perf_counter) -> Race:
    """Times a twin's ways for n numbers, in about `budget` seconds at most. ValueError for n below 1."""
    checks.positive("n", checks.whole("n", n))
    deadline = clock() + budget
    estimates: dict[str, float] = {}
    runners: list[_Runner] = []
    with undisturbed():
        for place, way in enumerate(reversed(twin.ways)):
            # Equal shares of the time that is left, for this way and each slower one after it.
            share = (deadline - clock()) / (len(twin.ways) - place)
            runner, seconds = _work_up(twin, way, n, clock, clock() + share)
            if runner is None:
                estimates[way.name] = seconds
            else:
                runners.append(runner)
        _take_turns(runners, deadline, clock)
    runners.reverse()
    timings = tuple(runner.timing() for runner in runners)
    return Race(twin.name, n, timings, estimates, agree([runner.result for runner in runners]))


def agree(results: Sequence[Any]) -> bool:
    """Whether all results are the same numbers, within `TOLERANCE`."""
    rows = [flat(result) for result in results]
    return all(
        rows[0].shape == row.shape and np.allclose(rows[0], row, rtol=TOLERANCE, atol=TOLERANCE)
        for row in rows[1:]
    )


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keeps the garbage collector off, after one collection; afterwards it is as it was before."""
    was_on = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass
class _Runner:
    """A way with its data, its result, the calls in one sample, and the samples in seconds a call."""

    way: Way
    arguments: tuple[Any, ...]
    result: Any
    repeats: int
    samples: list[float] = field(default_factory=list)

    def timing(self) -> Timing:
        lower, median, upper = np.percentile(self.samples, (25, 50, 75)).tolist()
        return Timing(self.way.name, min(self.samples), lower, median, upper, len(self.samples), self.repeats)


def _work_up(twin: Twin, way: Way, n: int, clock: Clock, deadline: float) -> tuple[_Runner | None, float]:
    """A way that is ready to be sampled at n, or None; and the measured or estimated seconds of one call.

    It runs for small n first, and for a larger n only if that, in proportion to the last time, still fits.
    """
    size = min(STEP, n)
    while True:
        start = clock()
        arguments = twin.arguments(way, size)
        prepared = clock() - start
        result = way.function(*arguments)
        repeats, seconds = _calibrate(way, arguments, clock, SAMPLE if size == n else SAMPLE / 10)
        if size == n:
            return _Runner(way, arguments, result, repeats), seconds
        if seconds * repeats <= SAMPLE:  # the best of three, because an estimate multiplies a disturbance
            seconds = min(seconds, *(_seconds(way, arguments, repeats, clock) for _ in range(2)))
        further = min(STEP, n / size)
        calls = FEWEST if size * further >= n else 1
        needed = SAFETY * further * (prepared + (1 + calls) * seconds)
        if needed > max(deadline - clock(), ALWAYS_ENOUGH):
            return None, seconds * n / size
        size = min(math.ceil(size * further), n)


def _calibrate(way: Way, arguments: tuple[Any, ...], clock: Clock, least: float) -> tuple[int, float]:
    """How many calls make a sample of `least` seconds, and the seconds of one."""
    repeats = 1
    while True:
        seconds = _seconds(way, arguments, repeats, clock)
        if seconds * repeats >= least or repeats >= MOST_REPEATS:
            return repeats, seconds
        wanted = math.ceil(1.2 * least / seconds) if seconds > 0 else MOST_REPEATS
        repeats = min(max(2 * repeats, min(wanted, 10 * repeats)), MOST_REPEATS)


def _seconds(way: Way, arguments: tuple[Any, ...], repeats: int, clock: Clock) -> float:
    """Seconds of one call, the mean of `repeats` in a row."""
    function = way.function
    start = clock()
    for _ in repeat(None, repeats):
        function(*arguments)
    return (clock() - start) / repeats


def _take_turns(runners: Sequence[_Runner], deadline: float, clock: Clock) -> None:
    """Samples each way once a round, until another round would not fit; at least one round."""
    longest = 0.0
    for done in range(ROUNDS):
        start = clock()
        if done and start + longest > deadline:
            return
        for runner in runners:
            runner.samples.append(_seconds(runner.way, runner.arguments, runner.repeats, clock))
        longest = max(longest, clock() - start)
