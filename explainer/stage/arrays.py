"""Arrays drawn as grids of cells, side by side, with their names above and their shapes below.

A cell is one unit wide and one unit high. The first row begins at y = 0, and y falls from row to row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from explainer.maths.checks import FloatArray
from explainer.stage.layers import Boxes
from explainer.stage.palette import INK, template
from explainer.stage.stage import Table

GAP: Final = 0.45  # between an array and its neighbour, in cells
SIGN: Final = 0.5  # width of one letter of a sign, in cells
MARGIN: Final = 0.3  # kept free on the left and on the right, in cells
ABOVE: Final = 0.85  # kept free above the arrays for their names, and below for their shapes, in cells
CELL: Final = 0.62  # a cell's height divided by its width, in pixels


@dataclass(frozen=True)
class Array:
    """An array whose upper left corner is at (`left`, `top`).

    Its `title` is written above it, by default its name; `shape` below it, by default "(rows, columns)".
    """

    name: str
    rows: int
    columns: int
    title: str = ""
    shape: str = ""
    left: float = 0.0
    top: float = 0.0

    @property
    def x(self) -> FloatArray:
        """The x of the cells' centres, row by row, (rows * columns,)."""
        return np.tile(self.left + 0.5 + np.arange(self.columns), self.rows)

    @property
    def y(self) -> FloatArray:
        """The y of the cells' centres, row by row, (rows * columns,)."""
        return np.repeat(self.top - 0.5 - np.arange(self.rows), self.columns).astype(np.float64)

    def places(self) -> dict[str, Table]:
        """The tables with the cells' centres, which `boxes` names."""
        return {f"{self.name}_x": Table(self.x), f"{self.name}_y": Table(self.y)}

    def chosen(self, mask: Any, axes: tuple[str, ...]) -> Table:
        """The centres' x where `mask` (..., rows * columns) is true, nan elsewhere: only some cells."""
        return Table(np.where(mask, self.x, np.nan), axes)

    def boxes(self, values: str = "", x: str = "", **look: Any) -> Boxes:
        """All cells, or those of the table `x` (see `chosen`), with the numbers of the table `values`."""
        look = {"colour": "ahead", "width": 1.5, **look}
        return Boxes(x=x or f"{self.name}_x", y=f"{self.name}_y", values=values, **look)


@dataclass(frozen=True)
class Sign:
    """A text between two arrays, such as "=", centred at (`x`, `y`)."""

    text: str
    x: float
    y: float


def row_of(*parts: Array | str) -> tuple[tuple[Array, ...], tuple[Sign, ...]]:
    """Arrays and signs placed from left to right, their middles at one height."""
    tallest = max(part.rows for part in parts if isinstance(part, Array))
    arrays, signs, left = [], [], 0.0
    for part in parts:
        if isinstance(part, Array):
            arrays.append(replace(part, left=left, top=-(tallest - part.rows) / 2))
            left += part.columns + GAP
        else:
            width = SIGN * len(part)
            signs.append(Sign(part, left + width / 2, -tallest / 2))
            left += width + GAP
    return tuple(arrays), tuple(signs)


def ground(
    arrays: Sequence[Array], signs: Sequence[Sign] = (), room: Mapping[str, float] | None = None
) -> go.Figure:
    """What stands still: names, shapes and signs, on hidden axes.

    `room` adds free cells on the "left", "right", "above" or "below".
    """
    more = {"left": 0.0, "right": 0.0, "above": 0.0, "below": 0.0} | dict(room or {})
    right = max(array.left + array.columns for array in arrays)
    bottom = min(array.top - array.rows for array in arrays)
    bare = {"visible": False, "fixedrange": True}
    width = [-MARGIN - more["left"], right + MARGIN + more["right"]]
    height = [bottom - ABOVE - more["below"], ABOVE + more["above"]]
    square = {"scaleanchor": "x", "scaleratio": CELL}
    return go.Figure(
        layout={
            "template": template(),
            "margin": {"l": 4, "r": 4, "t": 2, "b": 2},
            "xaxis": bare | {"range": width, "constrain": "domain"},
            "yaxis": bare | {"range": height, **square, "constrain": "domain"},
            "annotations": list(_annotations(arrays, signs)),
        }
    )


def _annotations(arrays: Sequence[Array], signs: Sequence[Sign]) -> Iterator[dict[str, Any]]:
    plain = {"showarrow": False, "font": {"color": INK, "size": 15}}
    for array in arrays:
        middle, bottom = array.left + array.columns / 2, array.top - array.rows
        title, shape = array.title or array.name, array.shape or f"({array.rows}, {array.columns})"
        yield plain | {"x": middle, "y": array.top, "text": f"<b>{title}</b>", "yanchor": "bottom"}
        yield plain | {"x": middle, "y": bottom, "text": shape, "yanchor": "top"}
    for sign in signs:
        yield plain | {"x": sign.x, "y": sign.y, "text": sign.text, "font": {"color": INK, "size": 20}}
