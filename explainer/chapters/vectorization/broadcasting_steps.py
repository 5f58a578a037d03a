"""The texts of broadcasting: two shapes compared, stretched and added step by step, and the verdict.

The comparison goes axis by axis from the right, as NumPy's does. A stretched axis takes one step for each
ghost row or column, whose cells repeat the numbers of others.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from explainer.maths.broadcasting import Axis, Comparison, Operand, Shape, ShapeError, mend
from explainer.maths.checks import FloatArray
from explainer.words import COMMON, plain_details
from explainer.words.numbers import number

MOST: Final = 6
"""The most cells along an axis that are drawn."""
OPERANDS: Final[tuple[Operand, Operand]] = (1, 2)
NAMES: Final = ("a", "b")

CASES: Final[Mapping[str, tuple[Shape, Shape]]] = {
    "row": ((3, 4), (1, 4)),
    "column": ((3, 4), (3, 1)),
    "number": ((2, 3), ()),
    "bias": ((1, 4), ()),
    "both": ((3, 1), (1, 4)),
    "trap": ((3,), (3, 1)),
    "clash": ((3, 4), (3,)),
}
"""Pairs of shapes that are one press away, by name."""

Text = Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """One step of the clock: its sentence, and how many axes are compared and sums done so far.

    `reach` is (rows, columns) of a and of b, with the ghosts so far.
    """

    sentence: str
    compared: int = 0
    reach: tuple[Shape, Shape] = ((1, 1), (1, 1))
    summed: int = 0


def drawable(comparison: Comparison) -> bool:
    """Whether the cells can be drawn: up to two axes of 1 to `MOST`."""
    shapes = (comparison.shape_1, comparison.shape_2)
    return all(len(shape) <= 2 and all(1 <= size <= MOST for size in shape) for shape in shapes)


def contents(shape: Shape, operand: Operand) -> FloatArray:
    """The numbers in an array of this shape: 1, 2, 3 ... in a, 10, 20 ... 90, 10 ... in b."""
    count = np.arange(int(np.prod(shape)), dtype=np.float64)
    return (1 + count if operand == 1 else 10 * (1 + count % 9)).reshape(shape)


def as_rows(shape: Shape) -> Shape:
    """(rows, columns) of an array with up to two axes."""
    return (1,) * (2 - len(shape)) + shape


# ---- step by step


def steps(comparison: Comparison, text: Text) -> list[Step]:
    """The start; each axis from the right, up to a clash; then the sums, cell by cell."""
    start = text["broadcast_said_start"].format(shape_1=comparison.shape_1, shape_2=comparison.shape_2)
    now = Step(start, reach=(as_rows(comparison.shape_1), as_rows(comparison.shape_2)))
    found = [now]
    for axis in comparison.axes:
        compared = replace(now, sentence=axis_text(axis, text), compared=now.compared + 1)
        found += _stretching(compared, comparison, axis)
        now = found[-1]
        if axis.what == "clash":
            return found
    if comparison.too_large:
        found.append(replace(now, sentence=text["broadcast_said_too_large"]))
    elif drawable(comparison):
        sums = _sum_texts(comparison, text)
        found += [replace(now, sentence=one, summed=k) for k, one in enumerate(sums, start=1)]
    return found


def _stretching(now: Step, comparison: Comparison, axis: Axis) -> Iterator[Step]:
    """The steps of one axis: one for each ghost row or column if it is stretched, else only one."""
    stretched = [operand for operand in OPERANDS if axis.stretches(operand)]
    if not stretched or not drawable(comparison):
        yield now
        return
    for done in range(2, (axis.result or 0) + 1):
        reach = [list(part) for part in now.reach]
        reach[stretched[0] - 1][axis.place] = done
        yield replace(now, reach=(tuple(reach[0]), tuple(reach[1])))


def axis_text(axis: Axis, text: Text, beginning: str = "broadcast_said") -> str:
    """What happens along one axis: a sentence of the words whose keys begin with `beginning`."""
    return text[f"{beginning}_{_kind(axis)}"].format(
        place=place_text(axis),
        size_1=axis.size_1,
        size_2=axis.size_2,
        operand=NAMES[0 if axis.what.endswith("_1") else 1],
        size=axis.result,
    )


def _kind(axis: Axis) -> str:
    """The kind of sentence; a and b share them."""
    missing = axis.what.startswith("missing")
    if axis.result == 0 and axis.what != "equal":
        return "missing_nothing" if missing else "nothing"
    if missing:
        return "one" if axis.result == 1 else "missing"
    return axis.what.removesuffix("_1").removesuffix("_2")


def place_text(axis: Axis) -> str:
    """−1 for the last axis, −2 for the one before."""
    return number(axis.place)


def _sum_texts(comparison: Comparison, text: Text) -> Iterator[str]:
    """``a[0, 0] + b[0] = 1 + 10 = 11``, and which of the two cells are ghosts, for each sum, row by row."""
    shapes = (comparison.shape_1, comparison.shape_2)
    arrays = [contents(shape, operand) for shape, operand in zip(shapes, OPERANDS, strict=True)]
    for place in np.ndindex(comparison.result or ()):
        sources = [_source(shape, place) for shape in shapes]
        value_1, value_2 = (int(array[own]) for array, own in zip(arrays, sources, strict=True))
        place_1, place_2 = (_entry(name, own) for name, own in zip(NAMES, sources, strict=True))
        added = text["broadcast_said_sum"].format(
            place_1=place_1, place_2=place_2, value_1=value_1, value_2=value_2, value=value_1 + value_2
        )
        ghosts = [name for name, own in zip(NAMES, sources, strict=True) if _is_ghost(own, place)]
        yield text[f"broadcast_said_ghosts_{len(ghosts)}"].format(sum=added, operand="".join(ghosts[:1]))


def _source(shape: Shape, place: Shape) -> Shape:
    """The index into an array of this shape for an index into the result: 0 along axes of size 1."""
    own = place[len(place) - len(shape) :]
    return tuple(0 if size == 1 else k for size, k in zip(shape, own, strict=True))


def _is_ghost(own: Shape, place: Shape) -> bool:
    return (0,) * (len(place) - len(own)) + own != place


def _entry(name: str, place: Shape) -> str:
    return f"{name}[{', '.join(map(str, place))}]" if place else name


# ---- the verdict


def verdict_text(comparison: Comparison, text: Text) -> str:
    """Whether the shapes fit: what is stretched, or the first axis that clashes."""
    shapes = {"shape_1": comparison.shape_1, "shape_2": comparison.shape_2}
    if (clash := comparison.clash) is not None:
        return text["broadcast_clashes"].format(
            **shapes, place=place_text(clash), size_1=clash.size_1, size_2=clash.size_2
        )
    if comparison.too_large:
        result = tuple(axis.result for axis in reversed(comparison.axes))
        return text["broadcast_too_large"].format(**shapes, result=result)
    fits = text["broadcast_fits"].format(**shapes, result=comparison.result)
    return " ".join([fits, *_stretched_texts(comparison, text)])


def _stretched_texts(comparison: Comparison, text: Text) -> Iterator[str]:
    if math.prod(comparison.result or ()) == 0:
        yield text["broadcast_fits_nothing"]
        return
    if not any(comparison.ghosts(operand) for operand in OPERANDS):
        yield text["broadcast_fits_alike"]
    for operand, name in zip(OPERANDS, NAMES, strict=True):
        places = [place_text(axis) for axis in comparison.axes if axis.stretches(operand)]
        if places:
            kind = "ghost" if len(places) == 1 else "ghosts"
            yield text[f"broadcast_fits_{kind}"].format(operand=name, places=", ".join(places))


def axes_text(comparison: Comparison, text: Text) -> str:
    """All axes from the right as a Markdown table, "" without axes."""
    if not comparison.axes:
        return ""
    axis, result, what = (text[f"broadcast_column_{column}"] for column in ("axis", "result", "what"))
    rows: list[tuple[str, ...]] = [(axis, *NAMES, result, what), ("--:", "--:", "--:", "--:", ":--")]
    for one in comparison.axes:
        sizes = (_size_text(size, text["broadcast_missing"]) for size in (one.size_1, one.size_2))
        size = f"**{_size_text(one.result, text['broadcast_none'])}**"
        rows.append((place_text(one), *sizes, size, axis_text(one, text, "broadcast_what")))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _size_text(size: int | None, instead: str) -> str:
    return instead if size is None else f"{size:,}"


def consequence_texts(comparison: Comparison, text: Text) -> Iterator[str]:
    """How large the result is, or what would mend a clash; and that cells are not drawn. A paragraph each."""
    if comparison.result is not None:
        yield _memory_text(comparison, text)
    elif (found := mend(comparison.shape_1, comparison.shape_2)) is not None:
        yield text[f"broadcast_mend_{found.how}"].format(
            operand=NAMES[found.operand - 1], shape=found.shape, result=found.result
        )
    if not drawable(comparison):
        yield text["broadcast_too_big"].format(most=MOST)


def _memory_text(comparison: Comparison, text: Text) -> str:
    count = math.prod(comparison.result or ())
    kind = "memory" if any(comparison.ghosts(operand) for operand in OPERANDS) and count else "memory_alike"
    return text["broadcast_memory_one" if count == 1 else f"broadcast_{kind}"].format(count=f"{count:,}")


def problem_text(problem: ShapeError) -> str:
    """What is wrong with a text that is not a shape."""
    return str(COMMON["shapes"][problem.kind].format(**plain_details(problem.details)))
