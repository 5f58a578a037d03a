"""Mirrored and moved pictures: nothing comes in from the other side, nothing is changed but its place."""

import numpy as np
import pytest

from explainer.pictures import bundled, to_columns
from explainer.pictures.views import (
    MOVES,
    NUM_VIEWS,
    REACH,
    Copies,
    folded,
    folded_apart,
    mirrored,
    moved,
    unfolded,
)

DRAWN = bundled().at([0, 7, 99]).pictures
NUMBERED = np.arange(9, dtype=np.uint8).reshape(1, 3, 3, 1).repeat(3, axis=3)
"""A picture of 3 x 3: 0 1 2, 3 4 5, 6 7 8 in each colour."""


def red(pictures: np.ndarray) -> list[list[int]]:
    assert pictures.dtype == np.uint8 and pictures.shape == (1, 3, 3, 3)
    assert np.array_equal(pictures[..., 0], pictures[..., 1])
    assert np.array_equal(pictures[..., 0], pictures[..., 2])
    return pictures[0, :, :, 0].tolist()


def test_a_mirrored_picture_by_hand() -> None:
    assert red(mirrored(NUMBERED)) == [[2, 1, 0], [5, 4, 3], [8, 7, 6]]


@pytest.mark.parametrize(
    ("move", "by_hand"),
    [
        ((1, 0), [[0, 0, 1], [3, 3, 4], [6, 6, 7]]),
        ((-1, 0), [[1, 2, 2], [4, 5, 5], [7, 8, 8]]),
        ((0, 1), [[0, 1, 2], [0, 1, 2], [3, 4, 5]]),
        ((0, -1), [[3, 4, 5], [6, 7, 8], [6, 7, 8]]),
        ((1, 1), [[0, 0, 1], [0, 0, 1], [3, 3, 4]]),
        ((5, 0), [[0, 0, 0], [3, 3, 3], [6, 6, 6]]),
    ],
)
def test_a_moved_picture_by_hand(move: tuple[int, int], by_hand: list[list[int]]) -> None:
    assert red(moved(NUMBERED, *move)) == by_hand


def test_mirrored_or_moved_there_and_back_it_is_the_same() -> None:
    assert np.array_equal(mirrored(mirrored(DRAWN)), DRAWN)
    assert not np.array_equal(mirrored(DRAWN), DRAWN)
    assert np.array_equal(moved(DRAWN, 0, 0), DRAWN)
    inside = moved(moved(DRAWN, 3, -2), -3, 2)
    assert np.array_equal(inside[:, 2:, :-3], DRAWN[:, 2:, :-3])


def test_the_views_are_all_different_and_moved_as_far_as_is_said() -> None:
    views = {
        picture.tobytes()
        for move in MOVES
        for copy in (moved(DRAWN, *move), mirrored(moved(DRAWN, *move)))
        for picture in copy
    }
    assert len(views) == len(DRAWN) * NUM_VIEWS
    assert MOVES[0] == (0, 0)
    assert {abs(by) for move in MOVES[1:] for by in move} == {REACH}


def test_a_folded_picture_is_half_of_the_mean_of_it_and_its_mirror_image() -> None:
    means = (to_columns(DRAWN) + to_columns(mirrored(DRAWN))) / 2
    halves = folded(DRAWN)
    assert halves.shape == (12288 // 2, len(DRAWN))
    assert halves.T @ halves == pytest.approx(means.T @ means)
    left = means.reshape(64, 64, 3, -1)[:, :32].reshape(-1, len(DRAWN))
    assert halves == pytest.approx(np.sqrt(2) * left)


def test_both_halves_of_the_products_add_up_to_the_products() -> None:
    X, images = to_columns(DRAWN), to_columns(mirrored(DRAWN))
    even, odd = (half(DRAWN).T @ half(DRAWN) for half in (folded, folded_apart))
    np.testing.assert_allclose(even + odd, X.T @ X)
    np.testing.assert_allclose(even - odd, X.T @ images)
    assert np.array_equal(folded_apart(mirrored(DRAWN)), -folded_apart(DRAWN))


@pytest.mark.parametrize("block", [2, 3, 250])
def test_copies_are_multiplied_a_block_at_a_time(block: int) -> None:
    copies = Copies(DRAWN, MOVES, block)
    every = np.concatenate([moved(DRAWN, *move) for move in MOVES])
    assert copies.m == len(every)
    assert np.array_equal(np.concatenate([copies.of(one) for one in copies.blocks]), every)
    for one in copies.blocks:
        assert np.array_equal(copies.of(one), every[one.places]) and len(copies.of(one)) <= block
    K = np.empty((copies.m, copies.m))
    for number in range(len(copies.blocks)):
        copies.multiply(number, to_columns, K)
    np.testing.assert_allclose(K, to_columns(every).T @ to_columns(every))


def test_unfolded_weights_are_their_own_mirror_image() -> None:
    w = np.random.default_rng(4).normal(size=(12288, 1))
    picture = unfolded(w).reshape(64, 64, 3)
    assert np.array_equal(picture, picture[:, ::-1])
    assert unfolded(picture.reshape(-1, 1)) == pytest.approx(picture.reshape(-1, 1))
    means = (to_columns(DRAWN) + to_columns(mirrored(DRAWN))) / 2
    assert unfolded(w).T @ to_columns(DRAWN) == pytest.approx(w.T @ means)


@pytest.mark.parametrize("change", [mirrored, lambda pictures: moved(pictures, 1, 0), folded, folded_apart])
def test_what_is_no_picture_is_refused(change) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="uint8"):
        change(DRAWN / 255)
    with pytest.raises(ValueError, match="shape"):
        change(DRAWN[0])
