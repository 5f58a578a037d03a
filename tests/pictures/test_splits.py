"""What is learned from and what is held out; pictures that are in both."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.pictures import HELD_OUT_FAMILIES, PictureSet, bundled
from explainer.pictures.splits import Split, drawings, duplicates, last_fifth


def a_set(labels: list[bool], values: list[int] | None = None) -> PictureSet:
    """Pictures of one value each, by default all different."""
    m = len(labels)
    pictures = np.zeros((m, 64, 64, 3), np.uint8)
    pictures[:, 63, 63, 2] = range(m) if values is None else values
    return PictureSet(pictures, np.array(labels, bool), tuple(map(str, range(m))), ("zip",) * m)


def test_of_the_drawings_whole_families_are_held_out():
    split = drawings()
    assert split.held_out is not None and split is drawings()
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
