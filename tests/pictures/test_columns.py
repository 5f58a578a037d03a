"""The order of x: row by row, pixel by pixel, red, green, blue."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.pictures import to_columns
from explainer.pictures.columns import index_of, n_x, places

SIDES = st.sampled_from([1, 2, 8, 16, 32, 64])


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
