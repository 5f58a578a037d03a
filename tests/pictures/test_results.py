"""Results of visitors' own sets: bounded together, computed again for whoever has lost them."""

import gc
import threading
from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import pytest

from explainer.pictures.results import InParts, OwnResults, Together, bytes_of


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


def counting(begun: list[int], fails: int = 0) -> Generator[None, None, str]:
    """Three parts; the first `fails` times the second one raises."""
    begun.append(len(begun))
    yield
    if len(begun) <= fails:
        raise OSError("no")
    yield
    return f"begun {len(begun)}"


def test_parts_are_done_one_by_one_and_once() -> None:
    begun: list[int] = []
    one = InParts(lambda: counting(begun), 3)
    assert begun == [] and one.go_on() == pytest.approx(1 / 3)
    assert list(one.shares()) == pytest.approx([2 / 3, 1])
    assert list(one.shares()) == [] and one.go_on() == 1
    assert one.result == "begun 1" and begun == [0]


def test_after_an_error_the_next_one_begins_anew() -> None:
    begun: list[int] = []
    one = InParts(lambda: counting(begun, fails=1), 3)
    assert one.go_on() < 1
    with pytest.raises(OSError, match="no"):
        one.go_on()
    assert list(one.shares()) == pytest.approx([1 / 3, 2 / 3, 1])
    assert one.result == "begun 2"


def test_several_who_ask_at_once_share_the_parts() -> None:
    begun: list[int] = []
    one, found = InParts(lambda: counting(begun), 3), []
    threads = [threading.Thread(target=lambda: found.append(one.result)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["begun 1"] * 4 and begun == [0]
