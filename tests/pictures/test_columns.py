"""Pictures as columns of X and back, and the order of x: row by row, pixel by pixel, red, green, blue."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from explainer.pictures import reduced, to_columns, to_pictures
from explainer.pictures.columns import BLOCK, index_of, n_x, places

SIDES = st.sampled_from([1, 2, 8, 16, 32, 64])
steadily = settings(deadline=None, derandomize=True, max_examples=60)
squares = st.tuples(st.integers(1, 4), st.integers(1, 9)).flatmap(
    lambda size: arrays.arrays(np.uint8, (size[0], size[1], size[1], 3))
)


@given(SIDES, st.data())
def test_the_index_is_where_the_value_stands(side: int, data: st.DataObject) -> None:
    row, column = (data.draw(st.integers(0, side - 1)) for _ in range(2))
    channel, value = data.draw(st.integers(0, 2)), data.draw(st.integers(1, 255))
    picture = np.zeros((side, side, 3), dtype=np.uint8)
    picture[row, column, channel] = value
    x = to_columns(picture[None])[:, 0]
    assert np.flatnonzero(x).tolist() == [index_of(row, column, channel, side)]
    assert index_of(row, column, channel, side) == (row * side + column) * 3 + channel


@given(SIDES, st.data())
def test_places_lead_back(side: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, n_x(side) - 1))
    found = places(side)
    row, column, channel = (int(part[index]) for part in (found.row, found.column, found.channel))
    assert index_of(row, column, channel, side) == index
    assert 0 <= row < side and 0 <= column < side and 0 <= channel < 3


@pytest.mark.parametrize(("side", "count"), [(8, 192), (16, 768), (32, 3072), (64, 12288)])
def test_how_many_numbers(side: int, count: int) -> None:
    assert n_x(side) == count == len(places(side).row)


def test_the_courses_own_order() -> None:
    """The assignment flattens by ``reshape(m, -1).T``."""
    pictures = np.random.default_rng(0).integers(0, 256, (5, 64, 64, 3), dtype=np.uint8)
    np.testing.assert_array_equal(to_columns(pictures), pictures.reshape(5, -1).T / 255)


def test_places_cannot_be_written_into() -> None:
    with pytest.raises(ValueError, match="read-only"):
        places(8).row[0] = 1


# ---- there and back


@steadily
@given(squares)
def test_there_and_back_is_the_same_picture(some):
    X = to_columns(some)
    assert X.shape == (some[0].size, len(some))
    assert X.dtype == np.float64
    for ordered in (X, np.ascontiguousarray(X)):
        back = to_pictures(ordered)
        assert back.dtype == np.uint8
        np.testing.assert_array_equal(back, some)


@steadily
@given(st.integers(0, 4), st.integers(0, 63), st.integers(0, 63), st.integers(0, 2))
def test_a_number_stands_where_the_formula_says(i, row, column, channel):
    some = np.random.default_rng(0).integers(0, 256, (5, 64, 64, 3), dtype=np.uint8)
    expected = some[i, row, column, channel] / 255
    assert to_columns(some)[(row * 64 + column) * 3 + channel, i] == expected


def test_every_number_of_a_column_by_hand():
    some = np.arange(12, dtype=np.uint8).reshape(1, 2, 2, 3)
    np.testing.assert_array_equal(to_columns(some), np.arange(12)[:, None] / 255)


def test_numbers_between_two_values_are_rounded():
    X = np.array([[0.4 / 255], [0.6 / 255], [254.6 / 255]])
    np.testing.assert_array_equal(to_pictures(X), [[[[0, 1, 255]]]])


def test_many_pictures_go_back_like_each_one_alone():
    X = np.random.default_rng(0).random((12, 3 * BLOCK + 5))
    alone = [to_pictures(X[:, i : i + 1])[0] for i in range(X.shape[1])]
    np.testing.assert_array_equal(to_pictures(X), alone)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: to_columns(np.zeros((2, 8, 8, 3))), r"pictures must be uint8 .*got float64"),
        (lambda: to_columns(np.zeros((8, 8, 3), np.uint8)), r"got uint8 of shape \(8, 8, 3\)"),
        (lambda: to_columns(np.zeros((2, 8, 9, 3), np.uint8)), r"\(2, 8, 9, 3\)"),
        (lambda: to_columns(np.zeros((2, 8, 8, 4), np.uint8)), r"\(2, 8, 8, 4\)"),
        (lambda: to_columns(np.zeros((0, 8, 8, 3), np.uint8)), "not empty"),
        (lambda: to_columns(np.zeros((2, 0, 0, 3), np.uint8)), "not empty"),
        (lambda: to_pictures(np.zeros((13, 2))), "n_x = 3 s.2.*got n_x = 13"),
        (lambda: to_pictures(np.zeros((24, 2))), "got n_x = 24"),
        (lambda: to_pictures(np.zeros(12)), r"shape \(n_x, m\).*got \(12,\)"),
        (lambda: to_pictures(np.zeros((12, 0))), "not empty"),
        (lambda: to_pictures(np.full((12, 40), 1.001)), r"in \[0, 1\].*1\.001"),
        (lambda: to_pictures(np.eye(12)[:, :1] - 1e-9), r"in \[0, 1\]"),
        (lambda: to_pictures(np.full((3, 1), np.nan)), r"in \[0, 1\].*nan"),
        (lambda: to_pictures(np.full((3, 1), 1e307)), r"in \[0, 1\]"),
        (lambda: to_pictures("cat"), "X must be numbers"),
        (lambda: reduced(np.zeros((64, 64, 3), np.uint8), 7), "side must be 8, 16, 32 or 64; got 7"),
        (lambda: reduced(np.zeros((32, 32, 3), np.uint8), 8), r"\(m, 64, 64, 3\).*\(1, 32, 32, 3\)"),
        (lambda: to_columns(np.zeros((2, 8, 8))), "pictures must be uint8"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("side", [8, 16, 32, 64])
def test_a_reduced_picture_has_the_means_of_its_blocks(side):
    picture = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    small, block = reduced(picture, side), 64 // side
    assert small.shape == (side, side, 3)
    assert small.dtype == np.uint8
    corner = picture[:block, -block:].astype(float).mean((0, 1))
    np.testing.assert_allclose(small[0, -1], corner, atol=0.5)
    np.testing.assert_allclose(small.mean((0, 1)), picture.mean((0, 1)), atol=0.2)
