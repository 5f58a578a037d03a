"""The live figure of broadcasting: two arrays are compared from the right, stretched, and added.

An array with one axis is drawn as a row, one without axes as a single cell. Ghost cells slide out from
under the cell whose number they repeat.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from explainer.chapters.vectorization.broadcasting_steps import (
    Moment,
    as_rows,
    contents,
    drawable,
    moments,
    place_said,
)
from explainer.maths.broadcasting import Operand, Shape, Verdict, explain
from explainer.stage.arrays import Array, Placed, Sign, ground, row_of
from explainer.stage.layers import Boxes, Layer
from explainer.stage.palette import INK
from explainer.stage.stage import Clock, Control, Layout, Panel, Sentence, Stage, Table

CLOCK: Final = "stretch"
REAL: Final[dict[str, Any]] = {"colour": "ink", "tint": 0.1, "width": 1.5}
GHOST: Final[dict[str, Any]] = {"colour": "ahead", "dash": (4.0, 3.0), "width": 1.5}
LACKING: Final[dict[str, Any]] = {"colour": "path", "dash": (2.0, 4.0), "width": 3.0}
NOW: Final[dict[str, Any]] = {"colour": "path", "width": 3.5, "wide": 1.0}

Tables = dict[str, Table]
Story = Sequence[Moment]


def stage(shape_1: Shape, shape_2: Shape, text: Mapping[str, str]) -> Stage:
    """Two shapes compared axis by axis; if they are small, their cells, too."""
    verdict = explain(shape_1, shape_2)
    story = moments(verdict, text)
    shapes, tables = _axes_panel(verdict, story, text)
    panels = [shapes]
    if drawable(verdict):
        cells, more = _cells_panel(verdict, story, text)
        panels, tables = [cells, shapes], tables | more
    said = tuple(moment.said for moment in story)
    places = tuple(range(len(story)))
    return Stage(
        tables=tables | {"said": Table(np.array(places, dtype=np.uint8), (CLOCK,), said)},
        controls=(Control(CLOCK, text["broadcast_stretch"], places, tuple(map(str, places))),),
        clock=Clock(CLOCK, seconds=10.0, slowest=2.0),
        panels=tuple(panels),
        layouts=(Layout((" ".join(panel.name for panel in panels),), "3fr 1fr" if len(panels) > 1 else ""),),
        sentences=(Sentence("{said}"),),
    )


# ---- the panel with the cells


def _cells_panel(verdict: Verdict, story: Story, text: Mapping[str, str]) -> tuple[Panel, Tables]:
    placed, signs = _places(verdict, story, text)
    tables = _operand_tables(verdict, story, placed[0], 1) | _operand_tables(verdict, story, placed[1], 2)
    layers = [*_operand_layers(placed[0]), *_operand_layers(placed[1])]
    if verdict.result is not None:
        tables |= _result_tables(story, placed, (tables["a_values"], tables["b_values"]))
        layers += [
            placed[2].boxes(values="sums", spec="d", colour="ink", width=1.5),
            Boxes(x="now_x", y="now_y", high=1.0, **NOW),
        ]
    panel = Panel(
        name="cells",
        title=text["broadcast_cells" if verdict.result is not None else "broadcast_cells_clash"],
        tab=text["broadcast_tab_cells"],
        figure=_square(ground(placed, signs, room={"above": 0.15, "below": 0.15})),
        layers=tuple(layers),
    )
    return panel, tables


def _square(figure: go.Figure) -> go.Figure:
    """As high as wide: three arrays side by side are wide, and on a phone numbers need the height."""
    figure.update_yaxes(scaleratio=1)
    return figure


def _places(
    verdict: Verdict, story: Story, text: Mapping[str, str]
) -> tuple[tuple[Placed, ...], tuple[Sign, ...]]:
    """Room for both arrays as far as they get, and for the cells that they lack; and for the result."""
    room = [list(reach) for reach in story[-1].reach]
    if (clash := verdict.clash) is not None:
        for own in room:
            own[clash.place] = max(clash.size_1 or 1, clash.size_2 or 1)
    rooms = zip(
        ("a", "b", "sum"), (*room, room[0]), (verdict.shape_1, verdict.shape_2, verdict.result), strict=True
    )
    first, second, result = (
        Array(name, rows, columns, text[f"broadcast_{name}"], str(shape))
        for name, (rows, columns), shape in rooms
    )
    return row_of(first, "+", second) if verdict.result is None else row_of(first, "+", second, "=", result)


def _operand_tables(verdict: Verdict, story: Story, part: Placed, operand: Operand) -> Tables:
    """Its own cells, which stay; its ghosts, each under its source until its turn; the cells it lacks.

    Last axis: the cells, row by row.
    """
    own = as_rows((verdict.shape_1, verdict.shape_2)[operand - 1])
    row, column = (axis.ravel() for axis in np.indices((part.rows, part.columns)))
    real = (row < own[0]) & (column < own[1])
    reach = np.array([moment.reach[operand - 1] for moment in story])
    there = (row < reach[:, :1]) & (column < reach[:, 1:])
    coming = np.vstack([there[1:], there[-1:]]) & ~there
    from_above = (own[0] == 1) & (row > 0)  # else from the left
    lacking = np.zeros_like(there)  # what the other has and this has not, where they clash
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


def _result_tables(story: Story, placed: Sequence[Placed], values: tuple[Table, Table]) -> Tables:
    """The sums so far, "?" where there is none yet; and the three cells that are looked at now."""
    result = placed[2]
    cells = np.arange(result.rows * result.columns)
    summed = np.array([moment.summed for moment in story])
    sums = np.where(cells < summed[:, None], values[0].values + values[1].values, np.nan)
    here = np.maximum(summed - 1, 0)
    xs, ys = (np.array([getattr(part, axis)[here] for part in placed]).T for axis in ("x", "y"))
    return result.places() | {
        "sums": Table(sums, (CLOCK,)),
        "now_x": Table(np.where(summed[:, None] > 0, xs, np.nan), (CLOCK,)),
        "now_y": Table(ys, (CLOCK,)),
    }


def _operand_layers(part: Placed) -> list[Layer]:
    """Ghosts below, then the cells themselves on a ground that hides what has not come out yet."""
    name = part.name
    return [
        Boxes(x=f"{name}_ghost_x", y=f"{name}_ghost_y", values=f"{name}_values", spec="d", **GHOST),
        part.boxes(colour="ground", tint=1.0, width=0.0, wide=0.96, high=0.96),
        part.boxes(values=f"{name}_values", spec="d", **REAL),
        part.boxes(x=f"{name}_lacking_x", values=f"{name}_values", **LACKING),
    ]


# ---- the panel with the shapes


def _axes_panel(verdict: Verdict, story: Story, text: Mapping[str, str]) -> tuple[Panel, Tables]:
    """Both shapes and the result's, one below the other, their right ends in line."""
    count = max(1, len(verdict.axes))
    (grid,), _ = row_of(Array("axes", 3, count, " ", " "))
    tables = grid.places() | _axes_tables(verdict, story, grid, text["broadcast_clash_mark"])
    layers = (
        Boxes(x="counts_x", y="axes_y", values="sizes", **GHOST),
        Boxes(x="given_x", y="axes_y", values="sizes", **REAL),
        Boxes(x="results_x", y="axes_y", values="results", colour="ink", width=1.5),
        Boxes(x="compared_x", y=-1.5, high=3.0, **NOW),
    )
    panel = Panel(
        name="axes",
        title=text["broadcast_axes"],
        tab=text["broadcast_tab_axes"],
        figure=_axes_figure(verdict, grid, text),
        layers=layers,
    )
    return panel, tables


def _axes_tables(verdict: Verdict, story: Story, grid: Placed, clash: str) -> Tables:
    """Sizes that are given, those that only count as 1, and the result's, as they become known."""
    axes = verdict.axes[::-1]
    row, column = (axis.ravel() for axis in np.indices((3, grid.columns)))
    compared = np.array([moment.compared for moment in story])
    known = len(axes) - column <= compared[:, None]
    labels = (
        *(_or(axis.size_1, "1") for axis in axes),
        *(_or(axis.size_2, "1") for axis in axes),
        *(_or(axis.result, clash) for axis in axes),
    )
    sizes = [axis.size_1 for axis in axes] + [axis.size_2 for axis in axes]
    given = np.array([size is not None for size in sizes] + [False] * (row.size - len(sizes)))
    some = bool(axes)
    cells = np.arange(row.size, dtype=np.float64)
    looking = np.array([some and moment.compared > 0 and not moment.summed for moment in story])
    return {
        "axes_y": Table(grid.y),
        "sizes": Table(cells, (), labels),
        "results": Table(np.where(known, cells, np.nan), (CLOCK,), labels),
        "given_x": Table(np.where(given, grid.x, np.nan)),
        "counts_x": Table(np.where(some & (row < 2) & ~given & known, grid.x, np.nan), (CLOCK,)),
        "results_x": Table(np.where(some & (row == 2), grid.x, np.nan)),
        "compared_x": Table(np.where(looking, len(axes) - compared + 0.5, np.nan), (CLOCK,)),
    }


def _or(size: int | None, instead: str) -> str:
    return instead if size is None else str(size)


def _axes_figure(verdict: Verdict, grid: Placed, text: Mapping[str, str]) -> go.Figure:
    """Whose row is whose on the left, which axis is which above."""
    figure = ground([grid], room={"left": 0.95})
    plain = {"showarrow": False, "font": {"color": INK, "size": 15}}
    for k, name in enumerate(("a", "b", "sum")):
        figure.add_annotation(
            x=-0.2, y=-0.5 - k, text=f"<b>{text[f'broadcast_{name}']}</b>", xanchor="right", **plain
        )
    for k, axis in enumerate(reversed(verdict.axes)):
        said = text["broadcast_axis"].format(place=place_said(axis))
        figure.add_annotation(x=k + 0.5, y=0.0, text=said, yanchor="bottom", **plain)
    if not verdict.axes:
        figure.add_annotation(x=0.5, y=-1.5, text=text["broadcast_no_axes"], **plain)
    return figure
