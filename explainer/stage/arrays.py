"""Arrays drawn as grids of cells, side by side, with their names above and their shapes below.

One cell is one unit wide and one high; y goes down from the first row, so that it is below 0.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from explainer.maths.checks import FloatArray
from explainer.stage.layers import Boxes
from explainer.stage.palette import INK, template
from explainer.stage.stage import Table

GAP: Final = 0.45
"""Between an array and what stands beside it, in cells."""
SIGN: Final = 0.5
"""The width kept for one letter of a sign, in cells."""
MARGIN: Final = 0.3
"""Kept free on the left and on the right, in cells."""
ABOVE: Final = 0.85
"""Kept free above the highest array, for its name, and below the lowest, for its shape."""
CELL: Final = 0.62
"""The height of a cell over its width."""


@dataclass(frozen=True)
class Array:
    """An array before it has its place; `shape` is what is written below, if not "(rows, columns)"."""

    name: str
    rows: int
    columns: int
    title: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Placed:
    """An array in its place: `left` and `top` are its upper left corner."""

    array: Array
    left: float
    top: float

    @property
    def name(self) -> str:
        """The array's name, with which its tables' names begin."""
        return self.array.name

    @property
    def rows(self) -> int:
        """How many rows of cells."""
        return self.array.rows

    @property
    def columns(self) -> int:
        """How many columns of cells."""
        return self.array.columns

    @property
    def x(self) -> FloatArray:
        """The centres' x, row by row, (rows * columns,)."""
        return np.tile(self.left + 0.5 + np.arange(self.columns), self.rows)

    @property
    def y(self) -> FloatArray:
        """The centres' y, row by row, (rows * columns,)."""
        return np.repeat(self.top - 0.5 - np.arange(self.rows), self.columns).astype(np.float64)

    def places(self) -> dict[str, Table]:
        """The tables that `boxes` asks for."""
        return {f"{self.name}_x": Table(self.x), f"{self.name}_y": Table(self.y)}

    def chosen(self, mask: Any, axes: tuple[str, ...]) -> Table:
        """The centres' x where `mask` (..., rows * columns) holds, else nan: for boxes about some cells."""
        return Table(np.where(mask, self.x, np.nan), axes)

    def boxes(self, values: str = "", x: str = "", **look: Any) -> Boxes:
        """All cells, or those of the table `x` (see `chosen`), with the numbers of the table `values`."""
        look = {"colour": "ahead", "width": 1.5, **look}
        return Boxes(x=x or f"{self.name}_x", y=f"{self.name}_y", values=values, **look)


@dataclass(frozen=True)
class Sign:
    """A text between two arrays, such as "=", in its place."""

    text: str
    x: float
    y: float


def row_of(*parts: Array | str, gap: float = GAP) -> tuple[tuple[Placed, ...], tuple[Sign, ...]]:
    """Arrays and signs from left to right, their middles at one height."""
    tallest = max(part.rows for part in parts if isinstance(part, Array))
    arrays, signs, left = [], [], 0.0
    for part in parts:
        if isinstance(part, Array):
            arrays.append(Placed(part, left, -(tallest - part.rows) / 2))
            left += part.columns + gap
        else:
            width = SIGN * len(part)
            signs.append(Sign(part, left + width / 2, -tallest / 2))
            left += width + gap
    return tuple(arrays), tuple(signs)


def ground(
    arrays: Sequence[Placed],
    signs: Sequence[Sign] = (),
    room: Mapping[str, float] | None = None,
) -> go.Figure:
    """What stands still: names, shapes and signs, on axes without marks.

    `room` adds free cells on the "left", "right", "above" or "below".
    """
    more = {"left": 0.0, "right": 0.0, "above": 0.0, "below": 0.0} | dict(room or {})
    right = max(placed.left + placed.columns for placed in arrays)
    bottom = min(placed.top - placed.rows for placed in arrays)
    bare = {"visible": False, "fixedrange": True}
    figure = go.Figure()
    figure.update_layout(
        template=template(),
        margin={"l": 4, "r": 4, "t": 2, "b": 2},
        xaxis=bare
        | {"range": [-MARGIN - more["left"], right + MARGIN + more["right"]], "constrain": "domain"},
        yaxis=bare
        | {
            "range": [bottom - ABOVE - more["below"], ABOVE + more["above"]],
            "scaleanchor": "x",
            "scaleratio": CELL,
            "constrain": "domain",
        },
        annotations=list(_annotations(arrays, signs)),
    )
    return figure


def _annotations(arrays: Sequence[Placed], signs: Sequence[Sign]) -> Iterator[dict[str, Any]]:
    plain = {"showarrow": False, "font": {"color": INK, "size": 15}}
    for placed in arrays:
        middle, array = placed.left + placed.columns / 2, placed.array
        title, shape = array.title or array.name, array.shape or f"({array.rows}, {array.columns})"
        yield plain | {"x": middle, "y": placed.top, "text": f"<b>{title}</b>", "yanchor": "bottom"}
        yield plain | {"x": middle, "y": placed.top - placed.rows, "text": shape, "yanchor": "top"}
    for sign in signs:
        yield plain | {"x": sign.x, "y": sign.y, "text": sign.text, "font": {"color": INK, "size": 20}}
