"""The live figure of the chapter *NumPy basics*: a function's arrays, filled cell by cell."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from explainer.chapters.numpy_basics.cells_figure import Part, Step, Worked, steps
from explainer.maths import numpy_basics as basics
from explainer.maths.checks import FloatArray
from explainer.stage.arrays import GAP, Array, Placed, ground
from explainer.stage.layers import Layer, Marker, Points
from explainer.stage.palette import INK, template
from explainer.stage.stage import Clock, Control, Layout, Panel, Readout, Sentence, Stage, Table

AXES: Final = ("step",)
TITLE: Final = 1.2
"""Room above an array for its name and shape, in cells."""
ARROW: Final = 1.7
"""Room between an array and its sums, for an arrow with a word, in cells."""
NARROWEST: Final = 7.0
"""Cells that find room side by side, at least: one alone is not as wide as the plot."""
FLATTEST: Final = 6.0
REACH: Final = 6.0
"""How far the curve goes to both sides."""
HEIGHTS: Final = {"s": (-0.06, 1.1), "ds": (-0.015, 0.29)}


def stage(function: str, worked: Worked, text: Mapping[str, str]) -> Stage:
    """The arrays of a function at work; the clock makes one cell after the other known."""
    done = list(steps(worked))
    counts = tuple(range(len(done) + 1))
    placed = _places(worked)
    card = Panel(
        name="card",
        title=_title(function, worked, text),
        tab=text["tab_card"],
        figure=_still(worked, placed, text),
        layers=tuple(layer for part, place in placed.values() for layer in _layers(part, place)),
    )
    is_cut = any(part.is_cut for part in worked.parts)
    curve = (_curve(worked, text),) if worked.curve else ()
    return Stage(
        tables=_tables(done, placed, text) | (_curve_tables(worked, done) if curve else {}),
        controls=(Control("step", text["step"], counts, tuple(map(str, counts)), start=1),),
        clock=Clock("step", seconds=6.0, slowest=1.5),
        panels=(card, *curve),
        layouts=(Layout(("card curve",), columns="3fr 2fr") if curve else Layout(("card",)),),
        readouts=(Readout(text["readout"], lead=True),),
        sentences=(Sentence(text["sentence_cut" if is_cut else "sentence"]),),
    )


def count(worked: Worked) -> int:
    """How many cells there are to compute, of those drawn."""
    return sum(1 for _ in steps(worked))


# ---- where the arrays stand


def _places(worked: Worked) -> dict[str, tuple[Part, Placed]]:
    """The lines from top to bottom; or, `beside`, the last one to the right of all others."""
    placed: dict[str, tuple[Part, Placed]] = {}
    top, widest = 0.0, 0.0
    for number, line in enumerate(worked.lines):
        left = 0.0
        if worked.beside and number == len(worked.lines) - 1:
            top, left = 0.0, widest + ARROW
        for part in line:
            rows, columns = part.drawn.shape
            if worked.sums and part.name == worked.sums[1]:
                left += ARROW - GAP
            array = Array(part.name, rows, columns, part.title, " ")
            placed[part.name] = part, Placed(array, left + part.indent, top)
            left += part.indent + columns + GAP
            widest = max(widest, left - GAP)
        top -= max(part.drawn.shape[0] for part in line) + TITLE
    return placed


def _still(worked: Worked, placed: Mapping[str, tuple[Part, Placed]], text: Mapping[str, str]) -> go.Figure:
    """Names, shapes, and the arrow along the axis that is summed."""
    named = [_named(part, place, text) for part, place in placed.values()]
    right = max(place.left + place.columns for place in named)
    lowest = -min(place.top - place.rows for place in named)
    aside, more = max(0.5, (NARROWEST - right) / 2), max(0.0, FLATTEST - lowest - 1)
    figure = ground(named, room={"left": aside, "right": aside, "above": 0.35, "below": more - 0.5})
    figure.update_yaxes(scaleanchor=None, scaleratio=None)  # wide cells hold long numbers
    if worked.sums:
        (_, source), (_, sums) = (placed[name] for name in worked.sums)
        for annotation in _arrow(source, sums, text["axis_0" if source.rows == 1 else "axis_1"]):
            figure.add_annotation(annotation)
    return figure


def _named(part: Part, place: Placed, text: Mapping[str, str]) -> Placed:
    """With its shape beside its name, and whether only its beginning is drawn."""
    title = f"{part.title} {_shape(part.shape)}"
    if part.is_cut:
        title = text["cut"].format(title=title)
    array = Array(part.name, place.rows, place.columns, title, " ")
    return Placed(array, place.left, place.top)


def _shape(shape: tuple[int, ...]) -> str:
    return str(shape)


def _arrow(source: Placed, sums: Placed, word: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """From an array to its sums, and the word above."""
    start, end = source.left + source.columns + 0.12, sums.left - 0.12
    height = source.top - source.rows / 2
    tail = {"ax": start, "ay": height, "axref": "x", "ayref": "y", "text": "", "showarrow": True}
    arrow = {"x": end, "y": height, "arrowhead": 2, "arrowwidth": 2, "arrowcolor": INK, **tail}
    middle = {"x": (start + end) / 2, "y": height, "yanchor": "bottom", "showarrow": False}
    return arrow, middle | {"text": word, "font": {"color": INK, "size": 14}}


def _title(function: str, worked: Worked, text: Mapping[str, str]) -> str:
    shapes = {part.name: _shape(part.shape) for part in worked.parts}
    return text[f"title_{function}"].format(**shapes)


# ---- what moves


def _layers(part: Part, place: Placed) -> tuple[Layer, ...]:
    """Cells that are used are shaded, the new one is framed, all have their numbers."""
    used = place.boxes(x=f"{part.name}_used", colour="path", tint=0.16, width=0)
    new = place.boxes(x=f"{part.name}_new", colour="path", tint=0.05, width=4)
    grid = place.boxes(values=f"{part.name}_values", spec=part.spec)
    return (used, grid) if part.uses is None else (used, grid, new)


def _tables(
    done: list[Step], placed: Mapping[str, tuple[Part, Placed]], text: Mapping[str, str]
) -> dict[str, Table]:
    calculations = (text["nothing"], *(step.part.say(step.row, step.column) for step in done))
    sayings = np.ones(len(done) + 1, dtype=np.uint8)
    sayings[0], sayings[-1] = 0, 2
    tables = {
        "calculation": Table(np.arange(len(done) + 1, dtype=np.uint16), AXES, calculations),
        "said": Table(
            sayings,
            AXES,
            (text["said_none"], text["said_some"], text["said_all" if len(done) > 1 else "said_one"]),
        ),
        "last": Table(np.array(len(done))),
    }
    for part, place in placed.values():
        tables |= place.places() | _part_tables(part, place, done)
    return tables


def _part_tables(part: Part, place: Placed, done: list[Step]) -> dict[str, Table]:
    used = np.zeros((len(done) + 1, part.drawn.size), dtype=bool)
    new, known = used.copy(), used.copy()
    for k, step in enumerate(done, start=1):
        uses = (step.part.uses or (lambda i, j: {}))(step.row, step.column)
        used[k] = part.mask(uses.get(part.name))
        if step.part is part:
            new[k, step.cell] = True
            known[k:, step.cell] = True
    if part.uses is None:
        return {
            f"{part.name}_values": Table(part.drawn.ravel()),
            f"{part.name}_used": place.chosen(used, AXES),
        }
    return {
        f"{part.name}_values": Table(np.where(known, part.drawn.ravel(), np.nan), AXES),
        f"{part.name}_used": place.chosen(used, AXES),
        f"{part.name}_new": place.chosen(new, AXES),
    }


# ---- the curve beside functions of single numbers


def _curve_tables(worked: Worked, done: list[Step]) -> dict[str, Table]:
    """Every drawn x and what is known of its function; and the point that has become known last."""
    x, over = worked.parts[0].drawn.ravel(), next(p for p in worked.parts if p.name == worked.curve)
    known = np.full((len(done) + 1, x.size), np.nan)
    last = np.full((2, len(done) + 1), np.nan)
    for k, step in enumerate(done, start=1):
        if step.part is over:
            known[k:, step.cell] = over.drawn.ravel()[step.cell]
            last[:, k] = x[step.cell], over.drawn.ravel()[step.cell]
    return {
        "x_on_curve": Table(x),
        "known_on_curve": Table(known, AXES),
        "last_x": Table(last[0], AXES),
        "last_y": Table(last[1], AXES),
    }


def _curve(worked: Worked, text: Mapping[str, str]) -> Panel:
    x: FloatArray = np.linspace(-REACH, REACH, 121)
    figure = go.Figure()
    y = basics.sigmoid(x) if worked.curve == "s" else basics.sigmoid_derivative(x)
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": INK, "width": 2.5})
    figure.update_layout(
        template=template(),
        xaxis={"range": [-REACH, REACH], "title": {"text": "x"}},
        yaxis={"range": list(HEIGHTS[worked.curve])},
    )
    return Panel(
        name="curve",
        title=text[f"curve_{worked.curve}"],
        tab=text["tab_curve"],
        figure=figure,
        layers=(
            Points(x="x_on_curve", y="known_on_curve", colour="path", size=6),
            Marker(
                x="last_x", y="last_y", colour="path", text=text["point"], beyond=text["point"], place="left"
            ),
        ),
    )
