"""The verdict about two shapes in words: whether they fit, axis by axis, and what would mend it."""

import math
from collections.abc import Iterator, Mapping

from explainer.chapters.vectorization.broadcasting_steps import (
    MOST,
    NAMES,
    OPERANDS,
    drawable,
    place_said,
    said,
)
from explainer.maths.broadcasting import Verdict, mend


def table(verdict: Verdict, text: Mapping[str, str]) -> str:
    """Axis by axis, from the right, as a table in Markdown."""
    names = (
        text["broadcast_column_axis"],
        *NAMES,
        text["broadcast_column_result"],
        text["broadcast_column_what"],
    )
    rows: list[tuple[str, ...]] = [names, ("--:", "--:", "--:", "--:", ":--")]
    for axis in verdict.axes:
        sizes = (_size(size, text["broadcast_missing"]) for size in (axis.size_1, axis.size_2))
        result = _size(axis.result, text["broadcast_none"])
        rows.append((place_said(axis), *sizes, f"**{result}**", said(axis, text, "broadcast_what")))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _size(size: int | None, instead: str) -> str:
    return instead if size is None else f"{size:,}"


def sentence(verdict: Verdict, text: Mapping[str, str]) -> str:
    """Whether they fit; if so, what is stretched, and if not, the first axis that is to blame."""
    shapes = {"shape_1": verdict.shape_1, "shape_2": verdict.shape_2}
    if (clash := verdict.clash) is not None:
        return text["broadcast_clashes"].format(
            **shapes, place=place_said(clash), size_1=clash.size_1, size_2=clash.size_2
        )
    if verdict.too_large:
        result = tuple(axis.result for axis in reversed(verdict.axes))
        return text["broadcast_too_large"].format(**shapes, result=result)
    fits = text["broadcast_fits"].format(**shapes, result=verdict.result)
    return " ".join([fits, *_stretched(verdict, text)])


def _stretched(verdict: Verdict, text: Mapping[str, str]) -> Iterator[str]:
    if math.prod(verdict.result or ()) == 0:
        yield text["broadcast_fits_nothing"]
        return
    if not any(verdict.ghosts(operand) for operand in OPERANDS):
        yield text["broadcast_fits_alike"]
    for operand, name in zip(OPERANDS, NAMES, strict=True):
        places = [place_said(axis) for axis in verdict.axes if axis.stretches(operand)]
        if places:
            kind = "ghost" if len(places) == 1 else "ghosts"
            yield text[f"broadcast_fits_{kind}"].format(operand=name, places=", ".join(places))


def consequences(verdict: Verdict, text: Mapping[str, str]) -> Iterator[str]:
    """What follows, a paragraph each: how large the result is, what would mend it, what is not drawn."""
    if verdict.result is not None:
        yield _memory(verdict, text)
    elif (found := mend(verdict.shape_1, verdict.shape_2)) is not None:
        yield text[f"broadcast_mend_{found.how}"].format(
            operand=NAMES[found.operand - 1], shape=found.shape, result=found.result
        )
    if not drawable(verdict):
        yield text["broadcast_too_big"].format(most=MOST)


def _memory(verdict: Verdict, text: Mapping[str, str]) -> str:
    count = math.prod(verdict.result or ())
    kind = "memory" if any(verdict.ghosts(operand) for operand in OPERANDS) and count else "memory_alike"
    return text["broadcast_memory_one" if count == 1 else f"broadcast_{kind}"].format(count=f"{count:,}")
