"""Which pixel and channel stands at which place of the vector x, and how many numbers a picture is."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

CHANNELS = 3  # red, green, blue

UIntArray = np.ndarray[Any, np.dtype[np.unsignedinteger[Any]]]


@dataclass(frozen=True, eq=False)
class Places:
    """For every index of x, in order: its pixel's `row` and `column` and its `channel`, each (n_x,) uint8."""

    row: UIntArray
    column: UIntArray
    channel: UIntArray


def index_of(row: int, column: int, channel: int, side: int) -> int:
    """The place in x of a pixel's channel: (row side + column) 3 + channel, for side x side pixels."""
    return (row * side + column) * CHANNELS + channel


def n_x(side: int) -> int:
    """How many numbers a picture of side x side pixels is: 3 side^2."""
    return CHANNELS * side * side


@cache
def places(side: int) -> Places:
    """The way back: row, column and channel of every index 0 .. n_x - 1. For sides up to 256."""
    found = np.unravel_index(np.arange(n_x(side)), (side, side, CHANNELS))
    arrays = [part.astype(np.uint8) for part in found]
    for array in arrays:
        array.setflags(write=False)
    return Places(*arrays)
