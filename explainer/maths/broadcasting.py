"""Broadcasting: whether two shapes fit, axis by axis from the right, and how to change those that do not.

The rule is NumPy's own (NumPy user guide, "Broadcasting"): line the shapes up at their right ends; an axis
that is missing on the left counts as 1; an axis fits if both sizes are equal or one of them is 1, and the 1
is stretched, without a copy in memory.
"""

import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, zip_longest
from typing import Final, Literal

import numpy as np

from explainer.maths.typed import MINUS, TypedError, shortened

Shape = tuple[int, ...]
What = Literal["equal", "stretch_1", "stretch_2", "missing_1", "missing_2", "clash"]
How = Literal["reshape", "transpose", "pairs"]
Operand = Literal[1, 2]

MOST_AXES: Final = 4
LARGEST: Final = 10**6
"""The largest size of an axis that is read."""
LONGEST: Final = 80
"""The most characters of a text that is read as a shape."""
MOST_NUMBERS: Final = sys.maxsize
"""The most numbers that an array can have."""


class ShapeError(TypedError):
    """A text that cannot be read as a shape.

    Kinds: ``empty``; ``long`` (found, most: characters); ``axes`` (found, most); ``gap``; ``word``,
    ``negative`` (text); ``large`` (text, most).
    """


@dataclass(frozen=True)
class Axis:
    """One axis: its `place` from the right (-1, -2, ...), both sizes (None where missing), and what happens.

    ``missing_1`` means that the first shape has no such axis: it counts as 1, and is stretched if the other
    size is not 1. `result` is the size in the result, None if the two clash.
    """

    place: int
    size_1: int | None
    size_2: int | None
    what: What
    result: int | None

    def stretches(self, operand: Operand) -> bool:
        """Whether an operand is repeated along this axis, in cells that take no memory (ghosts)."""
        own = self.size_1 if operand == 1 else self.size_2
        return own in (None, 1) and self.result not in (None, 1)


@dataclass(frozen=True)
class Mend:
    """What makes two shapes fit: `operand` gets the new `shape`, and the sum then has the shape `result`.

    ``reshape`` inserts axes of size 1; ``transpose`` reverses the order of the axes; ``pairs`` is a reshape
    after which every number of one is added to every number of the other.
    """

    operand: Operand
    how: How
    shape: Shape
    result: Shape


@dataclass(frozen=True)
class Comparison:
    """Whether two shapes fit, and why.

    `axes` are all axes, from the right. `result` is None if an axis clashes, or if the result is `too_large`:
    if it would have more numbers than `MOST_NUMBERS`.
    """

    shape_1: Shape
    shape_2: Shape
    axes: tuple[Axis, ...]
    result: Shape | None
    too_large: bool

    @property
    def clash(self) -> Axis | None:
        """The first axis, from the right, that does not fit."""
        return next((axis for axis in self.axes if axis.what == "clash"), None)

    def ghosts(self, operand: Operand) -> tuple[int, ...]:
        """The places of the axes along which an operand is stretched."""
        return tuple(axis.place for axis in self.axes if axis.stretches(operand))


def compare(shape_1: Shape, shape_2: Shape) -> Comparison:
    """What `np.broadcast_shapes` decides, with its reasons."""
    pairs = zip_longest(reversed(shape_1), reversed(shape_2))
    axes = tuple(_axis(-1 - k, size_1, size_2) for k, (size_1, size_2) in enumerate(pairs))
    sizes = [axis.result for axis in reversed(axes)]
    fitting = tuple(size for size in sizes if size is not None)
    fits = len(fitting) == len(sizes)
    too_large = fits and math.prod(fitting) > MOST_NUMBERS
    return Comparison(shape_1, shape_2, axes, fitting if fits and not too_large else None, too_large)


def _axis(place: int, size_1: int | None, size_2: int | None) -> Axis:
    counts_1, counts_2 = (1 if size is None else size for size in (size_1, size_2))
    result = counts_2 if counts_1 == 1 else counts_1
    what: What
    if size_1 is None or size_2 is None:
        what = "missing_1" if size_1 is None else "missing_2"
    elif size_1 == size_2:
        what = "equal"
    elif 1 in (size_1, size_2):
        what = "stretch_1" if size_1 == 1 else "stretch_2"
    else:
        return Axis(place, size_1, size_2, "clash", None)
    return Axis(place, size_1, size_2, what, result)


def numpy_says(shape_1: Shape, shape_2: Shape) -> str:
    """NumPy's own error message for the sum of two arrays of these shapes, "" if they fit.

    Two stretched zeros are really added: they take no memory, however large the shapes are. Shapes that fit
    are not added, because their sum would take memory.
    """
    if compare(shape_1, shape_2).result is not None:
        return ""
    try:
        np.add(np.broadcast_to(0, shape_1), np.broadcast_to(0, shape_2))
    except ValueError as error:
        return str(error).strip()
    return ""


def mend(shape_1: Shape, shape_2: Shape) -> Mend | None:
    """The smallest change that makes two clashing shapes fit; None if they do not clash, or if nothing helps.

    Tried in this order, the operand with fewer axes first: inserting axes of size 1, up to as many axes as
    the longer shape has; reversing the order of the axes; every number with every other.
    """
    if compare(shape_1, shape_2).clash is None:
        return None
    return next(_mends(shape_1, shape_2), None)


def _mends(shape_1: Shape, shape_2: Shape) -> Iterator[Mend]:
    operands: tuple[tuple[Operand, Shape, Shape], ...] = ((2, shape_2, shape_1), (1, shape_1, shape_2))
    by_length = sorted(operands, key=lambda operand: len(operand[1]))
    for operand, own, other in by_length:
        for shape in _spread_out(own, max(len(own), len(other))):
            if (result := compare(shape, other).result) is not None:
                yield Mend(operand, "reshape", shape, result)
    for operand, own, other in by_length:
        if (result := compare(own[::-1], other).result) is not None:
            yield Mend(operand, "transpose", own[::-1], result)
    operand, own, other = by_length[0]
    if math.prod(own + other) <= MOST_NUMBERS:
        yield Mend(operand, "pairs", own + (1,) * len(other), own + other)


def _spread_out(shape: Shape, count: int) -> Iterator[Shape]:
    """All shapes of `count` axes that have the same sizes in the same order, with ones inserted."""
    sizes = [size for size in shape if size != 1]
    for places in combinations(range(count), len(sizes)):
        spread = dict(zip(places, sizes, strict=True))
        yield tuple(spread.get(place, 1) for place in range(count))


def read_shape(text: str) -> Shape:
    """A shape from a text such as ``(3, 1)``, ``3,1``, ``3 x 1``, ``3`` or ``()``; never evaluated.

    `ShapeError` for anything else: words, negative sizes, sizes above `LARGEST`, more than `MOST_AXES` axes.
    """
    if len(text) > LONGEST:
        raise ShapeError("long", found=len(text), most=LONGEST)
    plain = text.strip()
    if not plain:
        raise ShapeError("empty")
    inside = re.fullmatch(r"\((.*)\)|\[(.*)\]", plain, re.DOTALL)
    inner = plain if inside is None else (inside[1] or inside[2] or "").strip()
    if not inner:
        return ()
    words = re.split(r"\s*[,xX×*]\s*|\s+", re.sub(r"\s*,$", "", inner))
    if len(words) > MOST_AXES:
        raise ShapeError("axes", found=len(words), most=MOST_AXES)
    return tuple(_size(word) for word in words)


def _size(word: str) -> int:
    if not word:
        raise ShapeError("gap")
    if re.fullmatch(r"-\d+", word.translate(MINUS), re.ASCII):
        raise ShapeError("negative", text=shortened(word))
    if not re.fullmatch(r"\d+", word, re.ASCII):
        raise ShapeError("word", text=shortened(word))
    if int(word) > LARGEST:
        raise ShapeError("large", text=shortened(word), most=LARGEST)
    return int(word)


def write_shape(shape: Shape) -> str:
    """A shape as an address carries it: ``3x4``, ``3``, ``()``; `read_shape` reads it back."""
    return "x".join(map(str, shape)) or "()"
