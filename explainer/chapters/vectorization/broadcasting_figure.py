"""The live figure of broadcasting: two shapes are compared from the right, stretched, and added.

An array with one axis is drawn as a row, one without axes as a single cell. A ghost cell, which repeats the
number of another cell, slides out from under that cell.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from explainer.chapters.vectorization.broadcasting_steps import (
    OPERANDS,
    Step,
    as_rows,
    contents,
    drawable,
    place_text,
    steps,
)
from explainer.maths.broadcasting import Comparison, Operand, Shape, compare
from explainer.stage.arrays import Array, Sign, ground, row_of
from explainer.stage.layers import Boxes, Layer
from explainer.stage.palette import INK
from explainer.stage.stage import Clock, Layout, Panel, Sentence, Stage, Table

CLOCK: Final = "stretch"
Look = dict[str, Any]
REAL: Final[Look] = {"colour": "ink", "tint": 0.1, "width": 1.5}
GHOST: Final[Look] = {"colour": "ahead", "dash": (4.0, 3.0), "width": 1.5}
LACKING: Final[Look] = {"colour": "path", "dash": (2.0, 4.0), "width": 3.0}
NOW: Final[Look] = {"colour": "path", "width": 3.5, "wide": 1.0}

Tables = dict[str, Table]
Steps = Sequence[Step]
Text = Mapping[str, str]


def stage(shape_1: Shape, shape_2: Shape, text: Text) -> Stage:
    """Two shapes compared axis by axis; if both are small enough, also their cells."""
    comparison = compare(shape_1, shape_2)
    story = steps(comparison, text)
    shapes, tables = _axes_panel(comparison, story, text)
    panels = [shapes]
    if drawable(comparison):
        cells, more = _cells_panel(comparison, story, text)
        panels, tables = [cells, shapes], tables | more
    sentences = tuple(step.sentence for step in story)
    return Stage(
        tables=tables | {"said": Table(np.arange(len(sentences), dtype=np.uint8), (CLOCK,), sentences)},
        clock=Clock(CLOCK, seconds=10.0, slowest=2.0),
        panels=tuple(panels),
        layouts=(Layout((" ".join(panel.name for panel in panels),), "3fr 1fr" if len(panels) > 1 else ""),),
        sentences=(Sentence("{said}"),),
    )


# ---- the panel with the cells


def _cells_panel(comparison: Comparison, story: Steps, text: Text) -> tuple[Panel, Tables]:
    placed, signs = _places(comparison, story, text)
    tables: Tables = {}
    layers: list[Layer] = []
    for operand, part in zip(OPERANDS, placed, strict=False):
        tables |= _operand_tables(comparison, story, part, operand)
        layers += _operand_layers(part)
    if comparison.result is not None:
        tables |= _result_tables(story, placed, (tables["a_values"], tables["b_values"]))
        layers += [
            placed[2].boxes(x="sum_known_x", values="sums", spec="d", colour="ink", width=1.5),
            Boxes(x="now_x", y="now_y", high=1.0, **NOW),
        ]
    figure = ground(placed, signs, room={"above": 0.15, "below": 0.15})
    figure.update_yaxes(scaleratio=1)  # square cells: on a phone, where they are narrow, numbers need height
    panel = Panel(
        name="cells",
        title=text["broadcast_cells"],
        tab=text["broadcast_tab_cells"],
        figure=figure,
        layers=tuple(layers),
    )
    return panel, tables


def _places(comparison: Comparison, story: Steps, text: Text) -> tuple[tuple[Array, ...], tuple[Sign, ...]]:
    """Both arrays, with room for ghosts and lacking cells, and the same room for a result.

    Whether there is a result, and of which shape, is what the reader is to say first: so the room is there
    in any case, without a shape.
    """
    room = [list(reach) for reach in story[-1].reach]
    if (clash := comparison.clash) is not None:
        for own in room:
            own[clash.place] = max(clash.size_1 or 1, clash.size_2 or 1)
    shapes = comparison.shape_1, comparison.shape_2, " "
    first, second, result = (
        Array(name, rows, columns, text[f"broadcast_{name}"], str(shape))
        for name, (rows, columns), shape in zip(("a", "b", "sum"), (*room, room[0]), shapes, strict=True)
    )
    return row_of(first, "+", second, "=", result)


def _operand_tables(comparison: Comparison, story: Steps, part: Array, operand: Operand) -> Tables:
    """An array's own cells; its ghosts, each at first under the cell that it repeats; the cells it lacks.

    The last axis of each table is the cells, row by row.
    """
    own = as_rows((comparison.shape_1, comparison.shape_2)[operand - 1])
    row, column = (axis.ravel() for axis in np.indices((part.rows, part.columns)))
    real = (row < own[0]) & (column < own[1])
    reach = np.array([step.reach[operand - 1] for step in story])
    there = (row < reach[:, :1]) & (column < reach[:, 1:])
    coming = np.vstack([there[1:], there[-1:]]) & ~there
    from_above = (own[0] == 1) & (row > 0)  # else from the left
    lacking = np.zeros_like(there)  # where the shapes clash: cells that only the other array has
    lacking[-1] = ~there[-1]
    values = np.full(row.size, np.nan)
    copied = np.broadcast_to(contents(own, operand), tuple(reach[-1]))
    values[there[-1]] = copied[row[there[-1]], column[there[-1]]]
    x = np.where(coming & ~from_above, part.left + 0.5, part.x)
    return {
        f"{part.name}_values": Table(values),
        f"{part.name}_y": Table(part.y),
        f"{part.name}_x": Table(np.where(real, part.x, np.nan)),
        f"{part.name}_ghost_x": Table(np.where((there & ~real) | coming, x, np.nan), (CLOCK,)),
        f"{part.name}_ghost_y": Table(np.where(coming & from_above, part.top - 0.5, part.y), (CLOCK,)),
        f"{part.name}_lacking_x": Table(np.where(lacking, part.x, np.nan), (CLOCK,)),
    }


def _result_tables(story: Steps, placed: Sequence[Array], values: tuple[Table, Table]) -> Tables:
    """The sums so far, nan where there is none yet, and the three cells of the latest sum.

    The result's cells come when all axes are compared, at the earliest one step after the start.
    """
    result = placed[2]
    cells = np.arange(result.rows * result.columns)
    summed = np.array([step.summed for step in story])
    sums = np.where(cells < summed[:, None], values[0].values + values[1].values, np.nan)
    here = np.maximum(summed - 1, 0)
    known = np.arange(len(story)) >= max(1, int(np.argmax(summed > 0)) - 1)
    xs, ys = (np.array([getattr(part, axis)[here] for part in placed]).T for axis in ("x", "y"))
    return result.places() | {
        "sums": Table(sums, (CLOCK,)),
        "sum_known_x": result.chosen(known[:, None], (CLOCK,)),
        "now_x": Table(np.where(summed[:, None] > 0, xs, np.nan), (CLOCK,)),
        "now_y": Table(ys, (CLOCK,)),
    }


def _operand_layers(part: Array) -> list[Layer]:
    """The ghosts, and over them the array's own cells, opaque: they hide ghosts that are not out yet."""
    name = part.name
    return [
        Boxes(x=f"{name}_ghost_x", y=f"{name}_ghost_y", values=f"{name}_values", spec="d", **GHOST),
        part.boxes(colour="ground", tint=1.0, width=0.0, wide=0.96, high=0.96),
        part.boxes(values=f"{name}_values", spec="d", **REAL),
        part.boxes(x=f"{name}_lacking_x", values=f"{name}_values", **LACKING),
    ]


# ---- the panel with the shapes


def _axes_panel(comparison: Comparison, story: Steps, text: Text) -> tuple[Panel, Tables]:
    """Both shapes and the result's, one below the other, aligned on the right."""
    count = max(1, len(comparison.axes))
    (grid,), _ = row_of(Array("axes", 3, count, " ", " "))
    tables = grid.places() | _axes_tables(comparison, story, grid, text["broadcast_clash_mark"])
    panel = Panel(
        name="axes",
        title=text["broadcast_axes"],
        tab=text["broadcast_tab_axes"],
        figure=_axes_figure(comparison, grid, text),
        layers=(
            Boxes(x="counts_x", y="axes_y", values="sizes", **GHOST),
            Boxes(x="given_x", y="axes_y", values="sizes", **REAL),
            Boxes(x="results_x", y="axes_y", values="results", colour="ink", width=1.5),
            Boxes(x="compared_x", y=-1.5, high=3.0, **NOW),
        ),
    )
    return panel, tables


def _axes_tables(comparison: Comparison, story: Steps, grid: Array, clash: str) -> Tables:
    """The given sizes, missing ones that count as 1, and the result's sizes as they become known."""
    axes = comparison.axes[::-1]
    row, column = (axis.ravel() for axis in np.indices((3, grid.columns)))
    compared = np.array([step.compared for step in story])
    known = len(axes) - column <= compared[:, None]
    sizes = [axis.size_1 for axis in axes] + [axis.size_2 for axis in axes]
    labels = tuple(
        instead if size is None else str(size)
        for instead, part in (("1", sizes), (clash, [axis.result for axis in axes]))
        for size in part
    )
    given = np.array([size is not None for size in sizes] + [False] * (row.size - len(sizes)))
    some = bool(axes)
    cells = np.arange(row.size, dtype=np.float64)
    comparing = np.array([some and step.compared > 0 and not step.summed for step in story])
    return {
        "axes_y": Table(grid.y),
        "sizes": Table(cells, (), labels),
        "results": Table(np.where(known, cells, np.nan), (CLOCK,), labels),
        "given_x": Table(np.where(given, grid.x, np.nan)),
        "counts_x": Table(np.where(some & (row < 2) & ~given & known, grid.x, np.nan), (CLOCK,)),
        "results_x": Table(np.where(some & (row == 2), grid.x, np.nan)),
        "compared_x": Table(np.where(comparing, len(axes) - compared + 0.5, np.nan), (CLOCK,)),
    }


def _axes_figure(comparison: Comparison, grid: Array, text: Text) -> go.Figure:
    """The rows' names on the left, the axes' names above."""
    figure = ground([grid], room={"left": 0.95})
    plain = {"showarrow": False, "font": {"color": INK, "size": 15}}
    for k, name in enumerate(("a", "b", "sum")):
        title = f"<b>{text[f'broadcast_{name}']}</b>"
        figure.add_annotation(x=-0.2, y=-0.5 - k, text=title, xanchor="right", **plain)
    for k, axis in enumerate(reversed(comparison.axes)):
        title = text["broadcast_axis"].format(place=place_text(axis))
        figure.add_annotation(x=k + 0.5, y=0.0, text=title, yanchor="bottom", **plain)
    if not comparison.axes:
        figure.add_annotation(x=0.5, y=-1.5, text=text["broadcast_no_axes"], **plain)
    return figure
