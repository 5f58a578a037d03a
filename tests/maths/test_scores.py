"""Counts, shares and how sure they are, against published values and counting by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths.scores import Confusion, Majority, confusion, majority, wilson_interval


def test_published_intervals() -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3; and the course's 35 of 50."""
    published = (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    )
    for successes, n, low, high in (*published, (35, 50, 0.5625, 0.8090)):
        assert wilson_interval(successes, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
@settings(max_examples=60, deadline=None)
def test_the_ends_are_where_the_score_test_just_rejects(counts: tuple[int, int]) -> None:
    successes, n = counts
    low, high = wilson_interval(successes, n)
    share = successes / n
    assert 0 <= low <= share + 1e-12 and share - 1e-12 <= high <= 1
    for end in (low, high):
        if 1e-9 < end < 1 - 1e-9:
            assert abs(share - end) / np.sqrt(end * (1 - end) / n) == pytest.approx(1.959964, abs=1e-5)


def test_intervals_of_arrays_are_those_of_their_numbers() -> None:
    low, high = wilson_interval(np.array([3, 40]), 50)
    assert [(low[k], high[k]) for k in range(2)] == [wilson_interval(3, 50), wilson_interval(40, 50)]


@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (6, 5), (0, 0), (np.nan, 5)])
def test_what_is_no_count_is_refused(successes: float, n: float) -> None:
    with pytest.raises(ValueError, match="successes"):
        wilson_interval(successes, n)


def test_verdicts_are_counted() -> None:
    A = np.array([[0.9, 0.6, 0.5, 0.4, 0.1]])
    Y = np.array([[1, 0, 1, 1, 0]])
    found = confusion(A, Y)
    assert found == Confusion(tp=1, fp=1, fn=2, tn=1)
    assert (found.m, found.accuracy, found.precision, found.recall) == (5, 2 / 5, 1 / 2, 1 / 3)
    assert confusion(A, Y, 0.35) == Confusion(tp=3, fp=1, fn=0, tn=1)


def test_a_share_of_nothing_is_none() -> None:
    nothing = Confusion(0, 0, 0, 0)
    assert (nothing.accuracy, nothing.precision, nothing.recall) == (None, None, None)
    assert confusion([[0.1, 0.2]], [[0, 0]]).precision is None


def test_shapes_must_fit() -> None:
    with pytest.raises(ValueError, match="same shape"):
        confusion([[0.5]], [[1, 0]])


def test_the_commoner_answer() -> None:
    assert majority([[1, 0, 0, 0]]) == Majority(0.75, False)
    assert majority([[1, 1, 0]]) == Majority(pytest.approx(2 / 3), True)
    assert majority([[1, 0]]) == Majority(0.5, True)
    with pytest.raises(ValueError, match="none"):
        majority(np.empty((1, 0)))
