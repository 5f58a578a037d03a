"""An honest stopwatch: which of several ways to one result is faster, and by how much.

The ways take turns, so that whatever else the computer does troubles all of them alike. A sample repeats a
quick way until it is far longer than the clock's own resolution; nothing counts before each way has run
once; garbage collection waits. Results are compared first: if they differ, there is no ratio. And the
whole takes no more than about its budget, whatever n is: what a way will take is told from smaller n before
it runs, and a way that would not fit is left out, with that estimate.
"""

import gc
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import repeat
from time import perf_counter
from typing import Any, Final

import numpy as np

from explainer.chapters.vectorization.twins import Twin, Way, flat
from explainer.maths import checks

Clock = Callable[[], float]
"""Seconds since some moment."""

BUDGET: Final = 2.0  # seconds
SAMPLE: Final = 0.005  # seconds: the clock tells about 1e-7
MOST_REPEATS: Final = 100_000
ROUNDS: Final = 31  # at most
FEWEST: Final = 3  # rounds for which there must be room when a way is let in, or it is left out
SAFETY: Final = 1.5  # what is told from a smaller n may be so much too low
STEP: Final = 10  # from one n to the next when feeling the way up
TOLERANCE: Final = 1e-9  # relative, absolute below 1: sums in another order differ in the last digits


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
    """What was measured, fastest way last. `estimates` are of the ways left out; they stand in no ratio."""

    twin: str
    n: int
    timings: tuple[Timing, ...]
    estimates: Mapping[str, float]
    agree: bool

    @property
    def complete(self) -> bool:
        """Whether every way was run."""
        return not self.estimates

    @property
    def samples(self) -> int:
        """How many samples there are of every way that was run, at the least."""
        return min((timing.samples for timing in self.timings), default=0)

    def timing(self, way: str) -> Timing | None:
        """A way's timing, None if it was left out."""
        return next((timing for timing in self.timings if timing.way == way), None)

    def ratio(self, slow: str, fast: str) -> float | None:
        """How many times as fast one way is as another, by their medians.

        None if one of them was left out, or if the results do not agree.
        """
        one, other = self.timing(slow), self.timing(fast)
        if one is None or other is None or not self.agree:
            return None
        return one.median / other.median

    def as_json(self) -> dict[str, Any]:
        """As the process that measured sends it."""
        return asdict(self)


def race_from(found: Mapping[str, Any]) -> Race:
    """The race that `Race.as_json` describes."""
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
            # A way leaves to the slower ones after it as much of what is left as it takes itself.
            share = (deadline - clock()) / (len(twin.ways) - place)
            arrived, seconds = _feel_the_way(twin, way, n, clock, clock() + share)
            if arrived is None:
                estimates[way.name] = seconds
            else:
                runners.append(arrived)
        _take_turns(runners, deadline, clock)
    runners.reverse()
    return Race(
        twin.name,
        n,
        tuple(runner.timing() for runner in runners),
        estimates,
        agree([runner.result for runner in runners]),
    )


def agree(results: Sequence[Any]) -> bool:
    """Whether all results are the same numbers, to within `TOLERANCE`."""
    if not results:
        return True
    first, *others = (flat(result) for result in results)
    return all(
        first.shape == other.shape and np.allclose(first, other, rtol=TOLERANCE, atol=TOLERANCE)
        for other in others
    )


@contextmanager
def undisturbed() -> Iterator[None]:
    """Garbage is collected before and, if it was so, again afterwards; not in between."""
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
    """A way with its data ready: its result, how often a sample repeats it, the samples in seconds a call."""

    way: Way
    arguments: tuple[Any, ...]
    result: Any
    repeats: int
    samples: list[float]
    seconds: float

    def sample(self, clock: Clock) -> None:
        self.samples.append(_seconds(self.way, self.arguments, self.repeats, clock))

    def timing(self) -> Timing:
        lower, median, upper = np.percentile(self.samples, (25, 50, 75)).tolist()
        return Timing(self.way.name, min(self.samples), lower, median, upper, len(self.samples), self.repeats)


def _feel_the_way(
    twin: Twin, way: Way, n: int, clock: Clock, deadline: float
) -> tuple[_Runner | None, float]:
    """The way ready to be sampled at n; or None, and the seconds one call would take.

    From small n up: each step is made only if what the last one took, times as many numbers, still fits.
    """
    size = min(STEP, n)
    while True:
        start = clock()
        arguments = twin.arguments(way, size)
        prepared = clock() - start
        result = way.function(*arguments)
        repeats, seconds = _calibrate(way, arguments, clock, SAMPLE if size == n else SAMPLE / 10)
        if size == n:
            return _Runner(way, arguments, result, repeats, [], seconds), seconds
        if seconds * repeats <= SAMPLE:  # a disturbance would be taken for the way's own, and multiplied
            seconds = min(seconds, *(_seconds(way, arguments, repeats, clock) for _ in range(2)))
        further = min(STEP, n / size)
        calls = FEWEST if size * further >= n else 1
        if SAFETY * further * (prepared + (1 + calls) * seconds) > deadline - clock():
            return None, seconds * n / size
        size = min(math.ceil(size * further), n)


def _calibrate(way: Way, arguments: tuple[Any, ...], clock: Clock, least: float) -> tuple[int, float]:
    """How many calls make a sample of at least so many seconds, and the seconds of one."""
    repeats = 1
    while True:
        seconds = _seconds(way, arguments, repeats, clock)
        if seconds * repeats >= least or repeats >= MOST_REPEATS:
            return repeats, seconds
        wanted = math.ceil(1.2 * least / seconds) if seconds > 0 else MOST_REPEATS
        repeats = min(max(2 * repeats, min(wanted, 10 * repeats)), MOST_REPEATS)


def _seconds(way: Way, arguments: tuple[Any, ...], repeats: int, clock: Clock) -> float:
    """Seconds of one call, from so many in a row."""
    function = way.function
    start = clock()
    for _ in repeat(None, repeats):
        function(*arguments)
    return (clock() - start) / repeats


def _take_turns(runners: Sequence[_Runner], deadline: float, clock: Clock) -> None:
    """Round after round, each way once, until the next round would not fit; one round in any case."""
    longest = 0.0
    for done in range(ROUNDS):
        start = clock()
        if done and start + longest > deadline:
            return
        for runner in runners:
            runner.sample(clock)
        longest = max(longest, clock() - start)
