"""The story of two shapes that are added, position by position of the clock: compared, stretched, summed.

Axis by axis from the right, as NumPy goes; a stretched axis takes a position for each ghost row or column.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from explainer.maths.broadcasting import Axis, Operand, Shape, Verdict
from explainer.maths.checks import FloatArray

MOST: Final = 6
"""Cells along one axis that are drawn."""
OPERANDS: Final[tuple[Operand, Operand]] = (1, 2)
NAMES: Final = ("a", "b")


@dataclass(frozen=True)
class Moment:
    """One position of the clock: how many axes are compared, how far each array reaches, sums that are done.

    `reach` is (rows, columns) of a and of b, ghosts included.
    """

    said: str
    compared: int = 0
    reach: tuple[Shape, Shape] = ((1, 1), (1, 1))
    summed: int = 0


def drawable(verdict: Verdict) -> bool:
    """Whether the cells can be drawn: up to two axes of 1 to `MOST`."""
    shapes = (verdict.shape_1, verdict.shape_2)
    return all(len(shape) <= 2 and all(1 <= size <= MOST for size in shape) for shape in shapes)


def contents(shape: Shape, operand: Operand) -> FloatArray:
    """What stands in an array of this shape: 1, 2, 3 ... in a, 10, 20 ... 90, 10 ... in b."""
    count = np.arange(int(np.prod(shape)), dtype=np.float64)
    return (1 + count if operand == 1 else 10 * (1 + count % 9)).reshape(shape)


def moments(verdict: Verdict, text: Mapping[str, str]) -> list[Moment]:
    """As they are; axis by axis from the right, up to a clash; then the sums, cell by cell."""
    start = text["broadcast_said_start"].format(shape_1=verdict.shape_1, shape_2=verdict.shape_2)
    now = Moment(start, reach=(as_rows(verdict.shape_1), as_rows(verdict.shape_2)))
    story = [now]
    for axis in verdict.axes:
        story += _stretching(replace(now, said=said(axis, text), compared=now.compared + 1), verdict, axis)
        now = story[-1]
        if axis.what == "clash":
            return story
    if verdict.too_large:
        story.append(replace(now, said=text["broadcast_said_too_large"]))
    elif drawable(verdict):
        sums = _sums(verdict, text)
        story += [replace(now, said=sum_said, summed=k) for k, sum_said in enumerate(sums, start=1)]
    return story


def as_rows(shape: Shape) -> Shape:
    """(rows, columns) of the cells of an array with up to two axes."""
    return (1,) * (2 - len(shape)) + shape


def _stretching(now: Moment, verdict: Verdict, axis: Axis) -> Iterator[Moment]:
    """One axis: a ghost row or column after the other, if one is stretched; else it is only compared."""
    stretched = [operand for operand in OPERANDS if axis.stretches(operand)]
    if not stretched or not drawable(verdict):
        yield now
        return
    for done in range(2, (axis.result or 0) + 1):
        reach = [list(part) for part in now.reach]
        reach[stretched[0] - 1][axis.place] = done
        yield replace(now, reach=(tuple(reach[0]), tuple(reach[1])))


def said(axis: Axis, text: Mapping[str, str], beginning: str = "broadcast_said") -> str:
    """What happens along one axis, in the words that begin so."""
    return text[f"{beginning}_{_kind(axis)}"].format(
        place=place_said(axis),
        size_1=axis.size_1,
        size_2=axis.size_2,
        operand=NAMES[0 if axis.what.endswith("_1") else 1],
        size=axis.result,
    )


def _kind(axis: Axis) -> str:
    """Which words: those that do not depend on whether it is a or b."""
    missing = axis.what.startswith("missing")
    if axis.result == 0 and axis.what != "equal":
        return "missing_nothing" if missing else "nothing"
    if missing:
        return "one" if axis.result == 1 else "missing"
    return axis.what.removesuffix("_1").removesuffix("_2")


def place_said(axis: Axis) -> str:
    """−1 for the last axis, −2 for the one before."""
    return f"−{-axis.place}"


def _sums(verdict: Verdict, text: Mapping[str, str]) -> Iterator[str]:
    """a[0, 0] + b[0] = 1 + 10 = 11, and which of the two cells are ghosts; row by row."""
    shapes = (verdict.shape_1, verdict.shape_2)
    arrays = [contents(shape, operand) for shape, operand in zip(shapes, OPERANDS, strict=True)]
    for place in np.ndindex(verdict.result or ()):
        sources = [source(shape, place) for shape in shapes]
        numbers = [int(array[own]) for array, own in zip(arrays, sources, strict=True)]
        added = text["broadcast_said_sum"].format(
            place_1=_entry(NAMES[0], sources[0]),
            place_2=_entry(NAMES[1], sources[1]),
            value_1=numbers[0],
            value_2=numbers[1],
            value=sum(numbers),
        )
        ghosts = [name for name, own in zip(NAMES, sources, strict=True) if _is_ghost(own, place)]
        yield text[f"broadcast_said_ghosts_{len(ghosts)}"].format(sum=added, operand="".join(ghosts[:1]))


def source(shape: Shape, place: Shape) -> Shape:
    """Which entry of an array of this shape stands at a place of the result: 0 along stretched axes."""
    own = place[len(place) - len(shape) :]
    return tuple(0 if size == 1 else k for size, k in zip(shape, own, strict=True))


def _is_ghost(own: Shape, place: Shape) -> bool:
    return (0,) * (len(place) - len(own)) + own != place


def _entry(name: str, place: Shape) -> str:
    return f"{name}[{', '.join(map(str, place))}]" if place else name
