"""Results of visitors' own sets: bounded together, computed again for whoever has lost them."""

import gc
from dataclasses import dataclass

import numpy as np
import pytest

from explainer.pictures.results import OwnResults, Together, bytes_of


@dataclass
class Pair:
    first: object
    second: object


MEGABYTE = np.zeros(1_000_000, np.uint8)


@pytest.mark.parametrize(
    ("thing", "size"),
    [
        (MEGABYTE, 1_000_000),
        (np.zeros((3, 4)), 96),
        (Pair(MEGABYTE, [MEGABYTE, {"a": MEGABYTE}]), 3_000_000),
        ((1, "text", None, Pair(2, (MEGABYTE,))), 1_000_000),
        (Pair, 0),
    ],
)
def test_bytes_are_those_of_all_arrays(thing: object, size: int) -> None:
    assert bytes_of(thing) == size


def filled(together: Together, megabytes: int) -> OwnResults:
    own = OwnResults()
    for number in range(megabytes):
        own.of("f", 100).get(number, lambda: np.zeros(1_000_000, np.uint8))
    together.used(own)
    return own


def test_beyond_the_limit_the_set_used_longest_ago_loses_its_results() -> None:
    together = Together(10_000_000)
    first, second = filled(together, 4), filled(together, 4)
    together.used(first)
    third = filled(together, 4)
    sizes = [own.size // 1_000_000 for own in (first, second, third)]
    assert sizes == [4, 0, 4]
    assert second.of("f", 100).get(0, lambda: "again") == "again"


def test_a_set_that_is_too_large_alone_stays_for_whoever_uses_it() -> None:
    together = Together(10_000_000)
    small, large = filled(together, 2), filled(together, 30)
    assert (small.size, large.size) == (0, 30_000_000)


def test_sets_that_are_gone_count_no_more() -> None:
    together = Together(10_000_000)
    first = filled(together, 6)
    filled(together, 6)  # dropped at once
    gc.collect()
    first.of("f", 100).get("again", lambda: np.zeros(6_000_000, np.uint8))
    together.used(first)
    assert len(together._recent) == 1
    assert first.size == 6_000_000 or first.size == 12_000_000
