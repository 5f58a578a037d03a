"""What is learned from and what is held out, pictures in both, and results that are kept with a set."""

import gc
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier, Event

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.pictures import HELD_OUT_FAMILIES, PictureSet, bundled
from explainer.pictures.chosen import (
    ChosenSet,
    Split,
    chosen_set,
    drawings,
    duplicates,
    kept_with_set,
    last_fifth,
)


def a_set(labels: list[bool], values: list[int] | None = None) -> PictureSet:
    """Pictures of one value each, by default all different."""
    m = len(labels)
    pictures = np.zeros((m, 64, 64, 3), np.uint8)
    pictures[:, 63, 63, 2] = range(m) if values is None else values
    return PictureSet(pictures, np.array(labels, bool), tuple(map(str, range(m))), ("zip",) * m)


def test_of_the_drawings_whole_families_are_held_out():
    split = drawings().split
    assert split.held_out is not None and drawings() is drawings()
    assert set(split.held_out.families) == set(HELD_OUT_FAMILIES)
    assert set(split.training.families) == set(bundled().families) - set(HELD_OUT_FAMILIES)
    assert (len(split.training.names), int(split.training.labels.sum())) == (332, 58)
    assert (len(split.held_out.names), int(split.held_out.labels.sum())) == (109, 23)
    assert duplicates(split) == ()


def test_a_fifth_of_each_class_by_hand():
    cat, other = True, False
    split = last_fifth(a_set([cat] * 5 + [other] * 8 + [cat] * 3 + [other] * 2))  # 8 cats, 10 others
    assert split.held_out is not None
    assert split.held_out.names == ("14", "15", "16", "17")
    assert split.held_out.labels.tolist() == [cat, cat, other, other]
    assert split.training.names == tuple(map(str, range(14)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.booleans(), min_size=2, max_size=40))
def test_neighbours_stay_together_and_nothing_is_lost(labels):
    whole = a_set(labels)
    split = last_fifth(whole)
    held = [] if split.held_out is None else [int(name) for name in split.held_out.names]
    training = [int(name) for name in split.training.names]
    assert sorted(held + training) == list(range(len(labels)))
    assert held == sorted(held) and training == sorted(training)
    for cat in (True, False):
        places = [k for k, label in enumerate(labels) if label is cat]
        n = len(places)
        last = [k for k in places if k in held]
        assert last == places[n - len(last) :]  # the last ones, none from between
        assert abs(len(last) - n / 5) <= 0.5 or (n, len(last)) == (2, 1)
        assert n == 0 or len(last) < n
    for part in filter(None, (split.training, split.held_out)):
        for name, picture, label in zip(part.names, part.pictures, part.labels, strict=True):
            assert picture[63, 63, 2] == int(name) and label == labels[int(name)]


def test_nothing_is_held_out_of_a_single_picture():
    assert last_fifth(a_set([True])).held_out is None


def test_duplicates_by_hand():
    training, held_out = a_set([True] * 5, [7, 8, 9, 8, 1]), a_set([False] * 4, [8, 2, 1, 8])
    assert duplicates(Split(training, held_out)) == ((0, 1), (2, 4), (3, 1))
    assert duplicates(Split(training, None)) == ()


@pytest.mark.parametrize("place", [(0, 0, 0), (31, 5, 1), (63, 63, 2)])
def test_one_value_more_is_another_picture(place):
    picture = np.random.default_rng(3).integers(0, 255, (1, 64, 64, 3), dtype=np.uint8)
    other = picture.copy()
    other[(0, *place)] += 1
    one, another = (PictureSet(p, np.array([True]), ("x",), ("y",)) for p in (picture, other))
    assert duplicates(Split(one, one)) == ((0, 0),)
    assert duplicates(Split(one, another)) == ()


def test_duplicates_as_by_comparing_each_with_each():
    chance = np.random.default_rng(4)
    training = a_set([True] * 40, list(chance.integers(30, size=40)))
    held_out = a_set([True] * 20, list(chance.integers(30, size=20)))
    equal = held_out.pictures[:, None, 63, 63, 2] == training.pictures[None, :, 63, 63, 2]
    expected = tuple((i, int(row.argmax())) for i, row in enumerate(equal) if row.any())
    assert 0 < len(expected) < 20
    assert duplicates(Split(training, held_out)) == expected


# ---- results that are kept


class Result:
    """Something that a weak reference can point to."""


@dataclass
class Counting:
    """A function of a set whose results are kept, and the arguments that it was computed for."""

    shared: int = 3
    own: int = 2
    computed: list[tuple[str, int]] = field(default_factory=list)
    before: Callable[[], object] = lambda: None

    def __post_init__(self) -> None:
        @kept_with_set(self.shared, self.own)
        def result(chosen: ChosenSet, number: int) -> Result:
            self.computed.append((chosen.key, number))
            self.before()
            return Result()

        self.result = result


def some(own: bool = False, values: tuple[int, ...] = (1, 2)) -> ChosenSet:
    return chosen_set("zip", Split(a_set([True, False], list(values)), None), own=own)


@pytest.mark.parametrize(("own", "most"), [(False, 3), (True, 2)])
def test_the_last_results_are_kept(own: bool, most: int) -> None:
    counting, chosen = Counting(), some(own)
    for number in (*range(most), *range(most)):
        counting.result(chosen, number)
    assert [number for _, number in counting.computed] == list(range(most))
    counting.result(chosen, 0)  # now the oldest is 1
    counting.result(chosen, most)
    counting.computed.clear()
    for number in (most, 0, *range(2, most)):
        counting.result(chosen, number)
    assert not counting.computed
    counting.result(chosen, 1)
    assert counting.computed == [(chosen.key, 1)]


def test_shared_sets_are_told_apart_by_their_pictures_only() -> None:
    counting = Counting()
    first = counting.result(some(), 1)
    assert counting.result(some(), 1) is first
    assert counting.result(some(values=(1, 3)), 1) is not first


def test_own_results_end_with_the_set_and_displace_no_others() -> None:
    counting, shared, mine = Counting(), some(), some(own=True)
    kept = counting.result(shared, 1)
    for number in range(10):
        gone = weakref.ref(counting.result(mine, number))
    assert counting.result(shared, 1) is kept
    assert counting.result(some(own=True), 9) is not gone() is not None
    del mine
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("own", [False, True])
def test_threads_that_ask_at_once_wait_for_one_computation(own: bool) -> None:
    asked, going = Barrier(9), Event()
    counting, chosen = Counting(before=lambda: going.wait(10)), some(own)

    def ask(number: int) -> Result:
        asked.wait(10)
        return counting.result(chosen, number)

    with ThreadPoolExecutor(8) as threads:
        waiting = [threads.submit(ask, k % 2) for k in range(8)]
        asked.wait(10)
        going.set()
        results = [one.result(10) for one in waiting]
    assert sorted(number for _, number in counting.computed) == [0, 1]
    assert len(set(results[::2])) == len(set(results[1::2])) == 1 and results[0] is not results[1]


@pytest.mark.parametrize("own", [False, True])
def test_a_failure_reaches_all_who_wait_and_is_forgotten(own: bool) -> None:
    asked, going = Barrier(5), Event()

    def fail() -> None:
        going.wait(10)
        raise ZeroDivisionError

    counting, chosen = Counting(before=fail), some(own)

    def ask() -> Result:
        asked.wait(10)
        return counting.result(chosen, 1)

    with ThreadPoolExecutor(4) as threads:
        waiting = [threads.submit(ask) for _ in range(4)]
        asked.wait(10)
        going.set()
        for one in waiting:
            with pytest.raises(ZeroDivisionError):
                one.result(10)
    counting.before = lambda: None
    assert counting.result(chosen, 1) is counting.result(chosen, 1)


@pytest.mark.parametrize("own", [False, True])
def test_a_result_may_be_made_of_those_before_it(own: bool) -> None:
    steps = []

    @kept_with_set(shared=2, own=2)
    def step(chosen: ChosenSet, number: int) -> int:
        steps.append(number)
        return step(chosen, number - 1) + 1 if number else 0

    chosen = some(own)
    assert step(chosen, 5) == 5
    assert steps == [5, 4, 3, 2, 1, 0]
    assert step(chosen, 0) == 0 and step(chosen, 1) == 1 and len(steps) == 6
