"""Pictures as columns of X and back, and which pixel and channel each number of a column x comes from.

A picture is (s, s, 3): row from the top, column from the left, channel red, green, blue, each 0 to 255.
"""

from dataclasses import dataclass
from functools import cache
from math import isqrt
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths import checks
from explainer.maths.checks import ByteArray, FloatArray, frozen

SIDE: Final = 64
"""Pixels along each side of a picture."""
CHANNELS: Final = 3  # red, green, blue
BLOCK: Final = 4  # pictures converted at a time, so that their numbers stay in the processor's cache

UIntArray = np.ndarray[Any, np.dtype[np.unsignedinteger[Any]]]


def to_columns(pictures: ArrayLike) -> FloatArray:
    """Pictures (m, s, s, 3) as X (n_x, m): each picture a column of n_x = 3 s^2 numbers from 0 to 1.

    Row by row, pixel by pixel, red before green before blue: X[(row * s + column) * 3 + channel, i].
    """
    pictures = checked(pictures)
    X: FloatArray = pictures.reshape(len(pictures), -1).T / 255
    return X


def to_pictures(X: ArrayLike) -> ByteArray:
    """The inverse: X (n_x, m) of numbers from 0 to 1 as pictures (m, s, s, 3), rounded to whole values.

    ValueError if n_x is not 3 s^2 for a whole s, or for numbers outside [0, 1].
    """
    X = checks.numbers("X", X)
    if X.ndim != 2 or X.size == 0:
        raise ValueError(f"X must have shape (n_x, m), one picture a column, not empty; got {X.shape}")
    n_x, m = X.shape
    s = side_of(n_x)
    flat, buffer = np.empty((m, n_x), np.uint8), np.empty((BLOCK, n_x))
    for start in range(0, m, BLOCK):
        block = X[:, start : start + BLOCK].T
        if not (block.min() >= 0 and block.max() <= 1):  # NaN fails this check as well
            raise ValueError(f"X must hold numbers in [0, 1]; got values from {X.min()} to {X.max()}")
        scaled = np.multiply(block, 255, out=buffer[: len(block)])
        scaled += 0.5  # converting to uint8 cuts off the fraction
        flat[start : start + BLOCK] = scaled
    return flat.reshape(m, s, s, CHANNELS)


def side_of(n_x: int) -> int:
    """The side s of a picture of n_x = 3 s^2 numbers. ValueError if there is no such whole s."""
    s = isqrt(n_x // CHANNELS)
    if n_x != CHANNELS * s**2:
        raise ValueError(f"X must have n_x = 3 s^2 rows, three for each pixel of a square; got n_x = {n_x}")
    return s


def reduced(picture: ByteArray, side: int) -> ByteArray:
    """A picture (64, 64, 3) reduced to (side, side, 3): each pixel is the mean of a block.

    ValueError for a side that does not divide 64.
    """
    picture = checked(np.asarray(picture)[None], SIDE)[0]
    if side not in {8, 16, 32, 64}:
        raise ValueError(f"side must be 8, 16, 32 or 64; got {side}")
    blocks = picture.reshape(side, SIDE // side, side, SIDE // side, CHANNELS)
    means: FloatArray = np.rint(blocks.mean(axis=(1, 3)))
    return means.astype(np.uint8)


def checked(pictures: ArrayLike, side: int | None = None) -> ByteArray:
    """Pictures (m, s, s, 3) unchanged, with s = `side` if it is given. ValueError for all else."""
    array = np.asarray(pictures)
    s = side or (array.shape[1] if array.ndim == 4 else 0)
    if array.dtype != np.uint8 or array.shape[1:] != (s, s, CHANNELS) or array.size == 0:
        wanted = f"(m, {side}, {side}, 3)" if side else "(m, s, s, 3)"
        raise ValueError(
            f"pictures must be uint8 of shape {wanted}, not empty; got {array.dtype} of shape {array.shape}"
        )
    return array


# ---- places in a column


@dataclass(frozen=True, eq=False)
class Places:
    """The `row`, `column` and `channel` of each number in x, in order, each (n_x,) uint8."""

    row: UIntArray
    column: UIntArray
    channel: UIntArray


def index_of(row: int, column: int, channel: int, side: int) -> int:
    """The index in x of a pixel's channel: (row side + column) 3 + channel, for side x side pixels."""
    return (row * side + column) * CHANNELS + channel


def n_x(side: int) -> int:
    """How many numbers a picture of side x side pixels has: 3 side^2."""
    return CHANNELS * side * side


@cache
def places(side: int) -> Places:
    """The inverse of `index_of` for every index 0 .. n_x - 1. For sides up to 256."""
    found = np.unravel_index(np.arange(n_x(side)), (side, side, CHANNELS))
    return Places(*(frozen(part.astype(np.uint8)) for part in found))
