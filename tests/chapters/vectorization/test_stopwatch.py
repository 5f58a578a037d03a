"""The stopwatch, on a clock that goes on only when a way is called: what it must find is known beforehand."""

import dataclasses
import gc
import json
import math
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.chapters.vectorization import stopwatch
from explainer.chapters.vectorization.stopwatch import (
    ROUNDS,
    SAMPLE,
    STEP,
    Race,
    Timing,
    agree,
    race,
    race_from,
    undisturbed,
)
from explainer.chapters.vectorization.twins import TWINS, Twin, Way

steadily = settings(deadline=None, derandomize=True, max_examples=30)


class Clock:
    """Seconds that pass only when told to; after `hiccup` of them something else takes `lost` more, once."""

    def __init__(self, hiccup: float = math.inf, lost: float = 0.0) -> None:
        self.now, self.hiccup, self.lost = 100.0, 100.0 + hiccup, lost

    def __call__(self) -> float:
        return self.now

    @property
    def passed(self) -> float:
        return self.now - 100.0

    def advance(self, seconds: float) -> None:
        if self.now < self.hiccup <= self.now + seconds:
            self.now += self.lost
        self.now += seconds


class Track:
    """Makes ways that take the seconds asked for, and writes down each call as (name, n)."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.calls = clock, []

    def way(
        self,
        name: str,
        per_number: float,
        overhead: float = 0.0,
        result: Callable[[int], Any] = float,
        cold: float = 0.0,
    ) -> Way:
        """A call takes overhead + n per_number seconds, and the first one for an n `cold` more."""
        known: set[int] = set()

        def function(n: int) -> Any:
            self.calls.append((name, n))
            self.clock.advance(overhead + n * per_number + (cold if n not in known else 0.0))
            known.add(n)
            return result(n)

        return Way(name, function, lambda n: (n,))

    def twin(self, *ways: Way, making: float = 0.0) -> Twin:
        """Making the data takes `making` seconds a number, and no memory."""

        def make(n: int) -> tuple[int]:
            self.clock.advance(n * making)
            return (n,)

        return Twin("made up", ways, make)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def track(clock: Clock) -> Track:
    return Track(clock)


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """Whatever a test does to garbage collection, the next one finds it on."""
    yield
    gc.enable()


def numbers_of(timing: Timing) -> tuple[float, ...]:
    return timing.best, timing.lower, timing.median, timing.upper


@pytest.mark.parametrize("n", [1, 7, 10, 37, 1000, 10**6])
def test_the_times_are_the_amounts_that_passed(track: Track, n: int) -> None:
    twin = track.twin(track.way("slow", 3e-7, 1e-5), track.way("quick", 1e-9, 5e-6), making=1e-8)
    found = race(twin, n, 2.0, track.clock)
    assert (found.twin, found.n, found.agree, found.estimates) == ("made up", n, True, {})
    slow, quick = found.timings
    assert (slow.way, quick.way) == ("slow", "quick")
    assert numbers_of(slow) == pytest.approx([3e-7 * n + 1e-5] * 4, rel=1e-6)
    assert numbers_of(quick) == pytest.approx([1e-9 * n + 5e-6] * 4, rel=1e-6)
    assert found.ratio("slow", "quick") == pytest.approx((3e-7 * n + 1e-5) / (1e-9 * n + 5e-6), rel=1e-6)
    assert found.ratio("quick", "slow") == pytest.approx(1 / found.ratio("slow", "quick"))


def test_the_ways_stand_as_declared_and_what_is_slower_than_it_should_be_stays_there(track: Track) -> None:
    seconds = {"first": 1e-7, "second": 4e-6, "third": 2e-7, "fourth": 1e-6}
    twin = track.twin(*(track.way(name, per_number) for name, per_number in seconds.items()))
    found = race(twin, 100, 2.0, track.clock)
    assert [timing.way for timing in found.timings] == list(seconds)
    assert [timing.median for timing in found.timings] == pytest.approx(
        [100 * per_number for per_number in seconds.values()], rel=1e-6
    )


@steadily
@given(st.floats(-5, -1).map(lambda power: 10**power))
def test_a_sample_is_long_enough_for_the_clock_and_not_much_longer(seconds: float) -> None:
    track = Track(Clock())
    found = race(track.twin(track.way("only", seconds / 10)), 10, 0.05, track.clock)
    (timing,) = found.timings
    sample = timing.repeats * timing.median
    assert SAMPLE * (1 - 1e-6) <= sample <= max(2 * SAMPLE, seconds) * (1 + 1e-6)


def test_repeats_end_somewhere_even_if_the_clock_stands_still(
    track: Track, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopwatch, "MOST_REPEATS", 500)
    (timing,) = race(track.twin(track.way("only", 0.0)), 10, 2.0, track.clock).timings
    assert (timing.repeats, timing.median) == (500, 0)


def test_a_quick_race_ends_after_its_rounds(track: Track) -> None:
    found = race(track.twin(track.way("slow", 2e-6), track.way("quick", 1e-6)), 1000, 60.0, track.clock)
    assert found.samples == ROUNDS
    assert {timing.samples for timing in found.timings} == {ROUNDS}
    assert track.clock.passed < 5


def test_the_ways_take_turns(track: Track) -> None:
    found = race(track.twin(track.way("slow", 1e-3), track.way("quick", 6e-4)), 10, 2.0, track.clock)
    assert [timing.repeats for timing in found.timings] == [1, 1]
    rounds = [name for name, _ in track.calls][-2 * found.samples :]
    assert rounds == ["slow", "quick"] * found.samples or rounds == ["quick", "slow"] * found.samples


tenth_powers = st.floats(-10, -3).map(lambda power: 10**power)


@steadily
@given(
    st.lists(st.tuples(tenth_powers, st.floats(1e-4, 1e-3)), min_size=1, max_size=4),
    st.floats(1, 9).map(lambda power: round(10**power)),
    st.floats(0, 1e-8),
)
def test_a_race_keeps_to_its_budget(seconds: list[tuple[float, float]], n: int, making: float) -> None:
    """A round begins only if one as long as the longest still fits, and a bigger n only if its calls do.

    Calls for ten numbers are not foretold, nor is how often a sample repeats a quick way. Both are some 10 ms
    here, at most, and have room in the twentieth by which the budget may be exceeded.
    """
    track = Track(Clock())
    ways = [track.way(str(k), *each) for k, each in enumerate(seconds)]
    found = race(track.twin(*ways, making=making), n, 2.0, track.clock)
    assert track.clock.passed <= 1.05 * 2.0
    assert len(found.timings) + len(found.estimates) == len(ways)
    if found.timings:
        assert 1 <= found.samples <= ROUNDS
    if found.samples > 1:  # then the last round was one that had to fit
        assert track.clock.passed <= 2.0 + 1e-9


@pytest.mark.parametrize("seconds", [0.05, 0.07, 0.1, 0.2, 0.3])
def test_ways_that_take_equally_long_share_the_budget(track: Track, seconds: float) -> None:
    """Each of the four would fit alone, each leaves room to the others or is left out."""
    ways = [track.way(name, seconds / 10**4) for name in "abcd"]
    found = race(track.twin(*ways), 10**4, 2.0, track.clock)
    assert track.clock.passed <= 1.05 * 2.0
    assert (not found.estimates) == (seconds < 0.1)
    assert not race(track.twin(ways[0]), 10**4, 2.0, track.clock).estimates


@pytest.mark.parametrize("n", [10, 100, 10**4, 10**6, 10**9])
@pytest.mark.parametrize("per_number", [1e-4, 1e-2, 0.1, 1.0])
def test_a_very_slow_way_is_called_three_times_for_ten_numbers_at_most(
    track: Track, n: int, per_number: float
) -> None:
    """Three: to warm up, to learn how long it takes, and in the round that there is in any case."""
    twin = track.twin(track.way("slow", per_number), track.way("quick", 1e-12, 1e-4))
    found = race(twin, n, 2.0, track.clock)
    assert track.clock.passed <= 1.05 * 2.0 + 3 * STEP * per_number
    assert found.timing("quick") is not None
    assert all(size <= n for _, size in track.calls)
    if per_number * n > 2.0 and n > STEP:
        assert list(found.estimates) == ["slow"]


@pytest.mark.parametrize(
    ("budget", "complete"),
    [(0.1, False), (0.5, False), (0.6, False), (0.65, True), (2.0, True), (10.0, True)],
)
def test_more_time_goes_further(track: Track, budget: float, complete: bool) -> None:
    """A call takes 0.1 s: one to warm up and three to count, and half as much again for safety, are 0.6 s."""
    twin = track.twin(track.way("only", 1e-4))
    found = race(twin, 1000, budget, track.clock)
    assert (not found.estimates) is complete
    assert track.clock.passed <= 1.05 * budget
    if not found.estimates:
        assert found.samples >= 3


@pytest.mark.parametrize("n", [10**5, 10**7, 10**9])
def test_what_does_not_fit_is_estimated_and_stands_in_no_ratio(track: Track, n: int) -> None:
    """The estimate grows in proportion from an n that was run, so a fixed overhead makes it too high."""
    twin = track.twin(
        track.way("slowest", 1e-3),
        track.way("slow", 1e-4, 1e-3),
        track.way("quick", 1e-13, 1e-5),
    )
    found = race(twin, n, 2.0, track.clock)
    assert found.estimates
    assert set(found.estimates) == {"slowest", "slow"}
    assert [timing.way for timing in found.timings] == ["quick"]
    assert found.timing("slow") is None and found.timing("slowest") is None
    assert found.estimates["slowest"] == pytest.approx(1e-3 * n, rel=1e-6)
    assert 1e-4 * n <= found.estimates["slow"] <= 2 * 1e-4 * n
    assert found.ratio("slow", "quick") is None and found.ratio("quick", "slow") is None
    assert found.ratio("slowest", "slow") is None
    assert found.ratio("quick", "quick") == 1
    assert found.agree


def test_where_nothing_fits_there_is_nothing_but_estimates(track: Track) -> None:
    found = race(track.twin(track.way("a", 0.01), track.way("b", 0.02)), 10**6, 2.0, track.clock)
    assert found.timings == () and found.samples == 0 and found.agree
    assert found.estimates == pytest.approx({"a": 1e4, "b": 2e4}, rel=1e-6)


def test_data_that_take_too_long_to_make_are_not_made(track: Track) -> None:
    twin = track.twin(track.way("only", 1e-12, 1e-3), making=1e-4)
    found = race(twin, 10**6, 2.0, track.clock)
    assert list(found.estimates) == ["only"]
    assert max(n for _, n in track.calls) == 10**4  # a second; ten of them would not fit
    assert track.clock.passed <= 2.0


def test_a_sudden_disturbance_moves_neither_median_nor_quartiles() -> None:
    clock = Clock(hiccup=0.5, lost=0.3)
    track = Track(clock)
    twin = track.twin(track.way("slow", 2e-5), track.way("quick", 1e-5))
    found = race(twin, 1000, 2.0, clock)
    called = sum({"slow": 2e-5, "quick": 1e-5}[name] * n for name, n in track.calls)
    assert clock.passed == pytest.approx(called + 0.3)  # it did happen
    assert found.samples > 10
    for timing, seconds in zip(found.timings, (2e-2, 1e-2), strict=True):
        assert numbers_of(timing) == pytest.approx([seconds] * 4, rel=1e-6)
    assert found.ratio("slow", "quick") == pytest.approx(2)


@pytest.mark.parametrize("moment", [1e-3, 0.01, 0.05])
def test_a_delay_longer_than_the_budget_leaves_no_quick_way_out(moment: float) -> None:
    """On a busy computer the measuring process may stand still for seconds, which is no way's fault."""
    track = Track(Clock(hiccup=moment, lost=5.0))
    twin = track.twin(track.way("slow", 1e-6), track.way("quick", 1e-7))
    found = race(twin, 100, 2.0, track.clock)
    assert track.clock.passed > 5
    assert not found.estimates
    assert found.ratio("slow", "quick") is not None


def test_samples_that_differ_are_told_by_best_quartiles_and_median(track: Track) -> None:
    """Calls of 1, 2, 3, ... ms, each a sample: so their number is known, and the quartiles with it."""
    calls: list[float] = []

    def ever_slower(n: int) -> float:
        calls.append(0.01 + 0.001 * len(calls))
        track.clock.advance(calls[-1])
        return 0.0

    (timing,) = race(track.twin(Way("only", ever_slower, lambda n: (n,))), 10, 60.0, track.clock).timings
    samples = calls[-timing.samples :]
    assert len(calls) == timing.samples + 2 == ROUNDS + 2
    assert timing.best == pytest.approx(samples[0])
    assert timing.lower == pytest.approx((samples[7] + samples[8]) / 2)
    assert timing.median == pytest.approx(samples[15])
    assert timing.upper == pytest.approx((samples[22] + samples[23]) / 2)


def test_nothing_counts_before_a_way_has_run_once(track: Track) -> None:
    """The first call for an n takes a second more: neither times nor repeats know of it."""
    warm = Track(Clock())
    wanted = race(warm.twin(warm.way("a", 1e-6), warm.way("b", 1e-7)), 10, 60.0, warm.clock)
    found = race(
        track.twin(track.way("a", 1e-6, cold=1.0), track.way("b", 1e-7, cold=1.0)), 10, 60.0, track.clock
    )
    for timing, like in zip(found.timings, wanted.timings, strict=True):
        assert numbers_of(timing) == pytest.approx(numbers_of(like), rel=1e-6)
        assert (timing.repeats, timing.samples) == (like.repeats, like.samples)
    assert track.clock.passed == pytest.approx(warm.clock.passed + 2)


def test_ways_that_disagree_have_no_ratio(track: Track) -> None:
    twin = track.twin(track.way("a", 1e-6), track.way("b", 1e-7, result=lambda n: n * (1 + 1e-6)))
    found = race(twin, 10, 0.1, track.clock)
    assert not found.agree
    assert found.ratio("a", "b") is None
    assert not found.estimates and len(found.timings) == 2


def test_results_are_compared_at_the_n_that_is_timed(track: Track) -> None:
    wrong_from_100 = track.way("b", 1e-7, result=lambda n: float(n) if n < 100 else 0.0)
    twin = track.twin(track.way("a", 1e-6), wrong_from_100)
    assert race(twin, 10, 0.1, track.clock).agree
    assert not race(twin, 100, 0.1, track.clock).agree


@pytest.mark.parametrize(
    ("results", "wanted"),
    [
        ([], True),
        ([5.0], True),
        ([1.0, 1.0 + 1e-12], True),
        ([1.0, 1.0 + 1e-8], False),
        ([1e6, 1e6 + 1e-5], True),
        ([1e6, 1e6 + 0.1], False),
        ([[1.0, 2.0], (1.0, 2.0)], True),
        ([([1.0], 2.0), [1.0, 2.0]], True),
        ([1.0, [1.0, 1.0]], False),
        ([1.0, 1.0, 2.0], False),
        ([math.nan, math.nan], False),
    ],
)
def test_what_agrees(results: list[Any], wanted: bool) -> None:
    assert agree(results) is wanted


@pytest.mark.parametrize("before", [True, False])
def test_garbage_waits_while_ways_are_timed_and_then_is_as_before(track: Track, before: bool) -> None:
    inside: list[bool] = []

    def result(n: int) -> float:
        inside.append(gc.isenabled())
        return 0.0

    (gc.enable if before else gc.disable)()
    race(track.twin(track.way("a", 1e-3, result=result)), 100, 0.5, track.clock)
    after = gc.isenabled()
    assert inside and not any(inside)
    assert after is before


@pytest.mark.parametrize("before", [True, False])
def test_a_way_that_fails_is_heard_and_leaves_garbage_collection_as_it_was(
    track: Track, before: bool
) -> None:
    def fails(n: int) -> float:
        raise ZeroDivisionError("as it should")

    (gc.enable if before else gc.disable)()
    with pytest.raises(ZeroDivisionError, match="as it should"):
        race(track.twin(track.way("a", 1e-3), track.way("b", 1e-3, result=fails)), 10, 0.5, track.clock)
    assert gc.isenabled() is before


def test_garbage_from_before_is_not_left_for_later() -> None:
    class Ring:
        """An object that holds itself: only the collector frees it."""

        def __init__(self) -> None:
            self.itself = self

    gc.disable()
    ring = weakref.ref(Ring())
    assert ring() is not None
    with undisturbed():
        assert ring() is None


@pytest.mark.parametrize("n", [0, -1, 2.5, math.nan, math.inf, "10", None])
def test_a_wrong_n_is_refused_before_anything_runs(track: Track, n: Any) -> None:
    with pytest.raises(ValueError, match=r"n must be (a whole number, 0 or more|above 0); got"):
        race(track.twin(track.way("a", 1e-6)), n, 1.0, track.clock)
    assert track.calls == [] and track.clock.passed == 0


def made_up() -> Race:
    slow = Timing("slow", 0.1, 0.2, 0.3, 0.4, 5, 6)
    quick = Timing("quick", 0.02, 0.025, 0.03, 0.035, 4, 60)
    return Race("dot", 1000, (slow, quick), {"slowest": 12.5}, True)


def test_what_a_race_knows_of_itself() -> None:
    found = made_up()
    assert found.timing("quick") is found.timings[1] and found.timing("slowest") is None
    assert found.timing("nobody") is None
    assert found.samples == 4 and found.estimates
    assert found.ratio("slow", "quick") == pytest.approx(10)  # of the medians
    assert found.ratio("slowest", "quick") is None and found.ratio("slow", "nobody") is None
    assert dataclasses.replace(found, agree=False).ratio("slow", "quick") is None
    assert dataclasses.replace(found, timings=()).samples == 0


def test_a_race_survives_the_way_through_json(track: Track) -> None:
    twin = track.twin(track.way("slow", 1e-2), track.way("quick", 1e-7))
    for found in (made_up(), race(twin, 10**4, 1.0, track.clock), race(TWINS["dot"], 10, 0.02)):
        read = json.loads(json.dumps(dataclasses.asdict(found)))
        assert race_from(read) == found
        assert race_from(dataclasses.asdict(found)) == found
        assert type(race_from(read).timings) is tuple


@pytest.mark.parametrize("name", TWINS)
def test_a_real_race(name: str) -> None:
    found = race(TWINS[name], 10, 0.05)
    assert found.agree and not found.estimates and found.samples >= 1
    assert [timing.way for timing in found.timings] == [way.name for way in TWINS[name].ways]
    for timing in found.timings:
        assert 0 < timing.best <= timing.lower <= timing.median <= timing.upper < math.inf
        assert timing.repeats >= 1
    slow, quick = found.timings[0].way, found.timings[-1].way
    assert found.ratio(slow, quick) > 0
