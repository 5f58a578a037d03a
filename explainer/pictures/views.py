"""Other views of a picture: mirrored, or moved by a few pixels. What it shows stays what it is."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from explainer.maths.checks import ByteArray, FloatArray
from explainer.pictures.columns import CHANNELS, checked

REACH: Final = 4
"""By how many pixels a picture is moved."""
MOVES: Final = ((0, 0), (REACH, REACH), (-REACH, -REACH))
"""How far to the right and down each copy is moved: not at all, or towards two of the corners.

The mirror images of these are moved towards the other two.
"""
NUM_VIEWS: Final = 2 * len(MOVES)
"""Views of each picture: every moved copy, and the mirror image of each."""


def mirrored(pictures: ByteArray) -> ByteArray:
    """Pictures (m, s, s, 3) with left and right exchanged. ValueError for another shape or type."""
    return checked(pictures)[:, :, ::-1]


def moved(pictures: ByteArray, right: int, down: int) -> ByteArray:
    """Pictures (m, s, s, 3) moved by whole pixels, to the left and up where these are below 0.

    What leaves the picture is lost, and nothing comes in on the other side: the pixels at the edge are
    repeated. ValueError for another shape or type.
    """
    side = checked(pictures).shape[1]
    rows, columns = (np.clip(np.arange(side) - by, 0, side - 1) for by in (down, right))
    return pictures[:, rows][:, :, columns]


def folded(pictures: ByteArray) -> FloatArray:
    """The means of pictures (m, s, s, 3) and their mirror images, as columns (n_x / 2, m); s must be even.

    Such a mean is its own mirror image, so its left half is enough. It is multiplied by sqrt(2): so a product
    of two columns is that of the two whole means, as `to_columns` would have them.
    """
    half = checked(pictures).shape[1] // 2
    left, right = pictures[:, :, :half], mirrored(pictures)[:, :, :half]
    doubled = (left.astype(np.uint16) + right).reshape(len(pictures), -1)
    columns: FloatArray = doubled.T * (np.sqrt(2) / (2 * 255))
    return columns


def folded_apart(pictures: ByteArray) -> FloatArray:
    """Half of the difference between pictures (m, s, s, 3) and their mirror images, as columns (n_x / 2, m).

    What `folded` leaves out of them. Its mirror image is its negative, so its left half is enough, again
    multiplied by sqrt(2). A product of two pictures is the sum of both products of their halves.
    """
    half = checked(pictures).shape[1] // 2
    left, right = pictures[:, :, :half], mirrored(pictures)[:, :, :half]
    doubled = (left.astype(np.int16) - right).reshape(len(pictures), -1)
    columns: FloatArray = doubled.T * (np.sqrt(2) / (2 * 255))
    return columns


def unfolded(w: FloatArray) -> FloatArray:
    """w (n_x, 1), weights of a picture, made equal to their mirror image: the mean of both."""
    side = round((w.size / CHANNELS) ** 0.5)
    picture = w.reshape(side, side, CHANNELS)
    return ((picture + picture[:, ::-1]) / 2).reshape(-1, 1)


@dataclass(frozen=True)
class Block:
    """Some of the copies: all of them moved alike. `places` are theirs among all copies."""

    move: tuple[int, int]
    part: slice
    places: slice


@dataclass(frozen=True, eq=False)
class Copies:
    """Pictures (k, s, s, 3) moved in several ways: all by the first move, then all by the next one.

    They are made a `block` of pictures at a time, for as columns of numbers all would take too much memory.
    """

    pictures: ByteArray
    moves: tuple[tuple[int, int], ...] = MOVES
    block: int = 250

    @property
    def m(self) -> int:
        """How many copies there are."""
        return len(self.pictures) * len(self.moves)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All copies, in their order."""
        k = len(self.pictures)
        edges = np.linspace(0, k, -(-k // self.block) + 1).astype(int).tolist()
        return tuple(
            Block(move, slice(start, stop), slice(number * k + start, number * k + stop))
            for number, move in enumerate(self.moves)
            for start, stop in pairwise(edges)
        )

    def of(self, block: Block) -> ByteArray:
        """The copies of a block."""
        return moved(self.pictures[block.part], *block.move)

    def multiply(self, number: int, columns: Callable[[ByteArray], FloatArray], K: FloatArray) -> None:
        """The products of a block, as `columns`, with itself and all after it, into K (m, m)."""
        block = self.blocks[number]
        mine = columns(self.of(block))
        for other in self.blocks[number:]:
            products = mine.T @ columns(self.of(other))
            K[block.places, other.places] = products
            K[other.places, block.places] = products.T
