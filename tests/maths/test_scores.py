"""Counts, shares and how sure they are, against published values and counting by hand."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths.checks import FloatArray
from explainer.maths.scores import (
    Confusion,
    Majority,
    Pairs,
    confusion,
    majority,
    pairs_variance,
    rank_pairs,
    roc_curve,
    wilson_interval,
)


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


# ---- pairs of a cat and another picture

LABELLED = st.lists(st.tuples(st.integers(-4, 4), st.booleans()), min_size=2, max_size=40).filter(
    lambda drawn: len({is_cat for _, is_cat in drawn}) == 2
)


def rows(drawn: list[tuple[int, bool]]) -> tuple[FloatArray, FloatArray]:
    """Scores (1, m) and labels (1, m)."""
    scores, labels = np.array(drawn, dtype=np.float64).T
    return scores[None], labels[None]


def pairs_of(scores: FloatArray, Y: FloatArray) -> Pairs:
    found = rank_pairs(scores, Y)
    assert found is not None
    return found


@given(LABELLED)
@settings(max_examples=100, deadline=None)
def test_pairs_are_those_that_one_would_count_by_hand(drawn: list[tuple[int, bool]]) -> None:
    won = [
        1.0 if cat > other else 0.5 if cat == other else 0.0
        for (cat, is_cat), (other, is_too) in product(drawn, drawn)
        if is_cat and not is_too
    ]
    found = pairs_of(*rows(drawn))
    assert found.share == pytest.approx(sum(won) / len(won), abs=1e-12)
    assert 0 <= found.low <= found.share <= found.high <= 1


@given(LABELLED)
@settings(max_examples=60, deadline=None)
def test_the_area_below_the_curve_is_the_share_of_pairs(drawn: list[tuple[int, bool]]) -> None:
    scores, Y = rows(drawn)
    curve = roc_curve(scores, Y)
    assert curve is not None
    assert (curve.false[0], curve.found[0], curve.false[-1], curve.found[-1]) == (0, 0, 1, 1)
    assert (np.diff(curve.false) >= 0).all() and (np.diff(curve.found) >= 0).all()
    assert np.trapezoid(curve.found, curve.false) == pytest.approx(pairs_of(scores, Y).share, abs=1e-12)
    for threshold in np.unique(scores):
        counts = confusion(scores, Y, threshold - 0.5)
        at = counts.fp / (counts.fp + counts.tn), counts.recall
        assert np.isclose(np.stack([curve.false, curve.found], axis=1), at).all(axis=1).any()


@given(st.integers(0, 400), st.integers(2, 60), st.integers(2, 60))
@settings(max_examples=60, deadline=None)
def test_the_ends_lie_1_96_of_their_own_errors_away(above: int, cats: int, others: int) -> None:
    above = min(above, others)  # every cat scores above so many of the others
    ladder = np.arange(others)
    scores = np.concatenate([np.full(cats, above - 0.5), ladder])[None]
    found = pairs_of(scores, np.repeat([1.0, 0.0], [cats, others])[None])
    assert found.share == pytest.approx(above / others)
    for end in (found.low, found.high):
        if 1e-9 < end < 1 - 1e-9 and abs(end - found.share) > 1e-9:
            error = np.sqrt(pairs_variance(end, cats, others))
            assert abs(end - found.share) / error == pytest.approx(1.959964, rel=1e-4)


def test_the_published_ratings() -> None:
    """Hanley and McNeil (1982), table I: 58 normal and 51 abnormal images, rated from 1 to 5."""
    scores = np.repeat([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], [33, 6, 6, 11, 2, 3, 2, 2, 11, 33])
    share = pairs_of(scores[None], np.repeat([0, 1], [58, 51])[None]).share
    assert share == pytest.approx(0.893, abs=5e-4)
    assert np.sqrt(pairs_variance(share, 51, 58)) == pytest.approx(0.032, abs=1e-3)


def test_guessing_cannot_win_and_perfection_is_not_certain() -> None:
    Y = np.repeat([1.0, 0.0], [5, 20])[None]
    assert pairs_of(np.zeros((1, 25)), Y).share == 0.5
    perfect = pairs_of(Y, Y)
    assert (perfect.share, perfect.high) == (1, 1) and 0.5 < perfect.low < 1


def test_pairs_need_both_kinds_and_as_many_labels_as_scores() -> None:
    assert rank_pairs([[0.1, 0.2]], [[0, 0]]) is None and roc_curve([[0.1, 0.2]], [[1, 1]]) is None
    with pytest.raises(ValueError, match="same shape"):
        rank_pairs([[0.1, 0.2]], [[0]])
