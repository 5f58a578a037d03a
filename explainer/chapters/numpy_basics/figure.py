"""The live figure of the chapter *NumPy basics*: a function's arrays, filled cell by cell."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from explainer.chapters.numpy_basics.cells import Part, Step, Worked, steps
from explainer.maths import numpy_basics as basics
from explainer.maths.checks import FloatArray
from explainer.stage.arrays import GAP, Array, ground
from explainer.stage.layers import Layer, Marker, Points
from explainer.stage.palette import INK, template
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table

AXES: Final = ("step",)
TITLE: Final = 1.2  # room above an array for its name and shape, in cells
ARROW: Final = 1.7  # room between an array and its sums, for an arrow with a word, in cells
NARROWEST: Final = 7.0  # least width of the plot in cells, so that a single cell does not fill it
FLATTEST: Final = 6.0  # least height of the plot in cells
REACH: Final = 6.0  # the curves are drawn for x from -REACH to REACH
HEIGHTS: Final = {"s": (-0.06, 1.1), "ds": (-0.015, 0.29)}
"""The range of each curve's y axis."""

Arrays = Mapping[str, tuple[Part, Array]]
"""Name -> a part and the array that is drawn for it."""


def stage(function: str, worked: Worked, text: Mapping[str, str], told: bool = True) -> Stage:
    """A function's arrays; at each step of the clock one more cell is computed.

    Where the shapes are not `told`, those of computed arrays are left out, and so are their empty cells.
    """
    done, placed = list(steps(worked)), _places(worked, text, told)
    title = text[f"title_{function}" if told else "title_hidden"]
    card = Panel(
        name="card",
        title=title.format(function=function, **{part.name: part.shape for part in worked.parts}),
        tab=text["tab_card"],
        figure=_still(worked, placed, text),
        layers=tuple(layer for part, place in placed.values() for layer in _layers(part, place, told)),
    )
    is_cut = any(part.is_cut for part in worked.parts)
    curve = (_curve(worked, text),) if worked.curve else ()
    return Stage(
        tables=_tables(done, placed, text) | (_curve_tables(worked, done) if curve else {}),
        clock=Clock("step", seconds=6.0, slowest=1.5),
        panels=(card, *curve),
        layouts=(Layout(("card curve",), columns="3fr 2fr") if curve else Layout(("card",)),),
        readouts=(Readout(text["readout"], lead=True),),
        sentences=(Sentence(text["sentence_cut" if is_cut else "sentence"]),),
    )


def count(worked: Worked) -> int:
    """How many of the drawn cells are computed."""
    return sum(1 for _ in steps(worked))


# ---- where the arrays stand


def _places(worked: Worked, text: Mapping[str, str], told: bool) -> Arrays:
    """Each part in its place: line below line, except a last line `beside` the others.

    Its title is name and shape, marked where only the first rows and columns are drawn.
    """
    placed: dict[str, tuple[Part, Array]] = {}
    top, widest = 0.0, 0.0
    for number, line in enumerate(worked.lines):
        left = 0.0
        if worked.beside and number == len(worked.lines) - 1:
            top, left = 0.0, widest + ARROW
        for part in line:
            rows, columns = part.drawn.shape
            if worked.sums and part.name == worked.sums[1]:
                left += ARROW - GAP
            if part.indent:
                left += part.indent + GAP
            title = _title(part, text, told)
            placed[part.name] = part, Array(part.name, rows, columns, title, " ", left, top)
            left += columns + GAP
            widest = max(widest, left - GAP)
        top -= max(part.drawn.shape[0] for part in line) + TITLE
    return placed


def _title(part: Part, text: Mapping[str, str], told: bool) -> str:
    """An array's name and shape, marked where it is cut; a shape that is not told is "?"."""
    if not told and part.uses is not None:
        return text["shape_hidden"].format(title=part.title)
    title = f"{part.title} {part.shape}"
    return text["cut"].format(title=title) if part.is_cut else title


def _still(worked: Worked, placed: Arrays, text: Mapping[str, str]) -> go.Figure:
    """What does not move: names, shapes, and the arrow along the axis that is summed."""
    arrays = [array for _, array in placed.values()]
    right = max(array.left + array.columns for array in arrays)
    lowest = -min(array.top - array.rows for array in arrays)
    aside, more = max(0.5, (NARROWEST - right) / 2), max(0.0, FLATTEST - lowest - 1)
    figure = ground(arrays, room={"left": aside, "right": aside, "above": 0.35, "below": more - 0.5})
    figure.update_yaxes(scaleanchor=None, scaleratio=None)  # wide cells hold long numbers
    if worked.sums:
        (_, source), (_, sums) = (placed[name] for name in worked.sums)
        for annotation in _arrow(source, sums, text["axis_0" if source.rows == 1 else "axis_1"]):
            figure.add_annotation(annotation)
    return figure


def _arrow(source: Array, sums: Array, word: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """From an array to its sums, and the word above."""
    start, end = source.left + source.columns + 0.12, sums.left - 0.12
    height = source.top - source.rows / 2
    tail = {"ax": start, "ay": height, "axref": "x", "ayref": "y", "text": "", "showarrow": True}
    arrow = {"x": end, "y": height, "arrowhead": 2, "arrowwidth": 2, "arrowcolor": INK, **tail}
    middle = {"x": (start + end) / 2, "y": height, "yanchor": "bottom", "showarrow": False}
    return arrow, middle | {"text": word, "font": {"color": INK, "size": 14}}


# ---- what moves


def _layers(part: Part, place: Array, told: bool) -> tuple[Layer, ...]:
    """The cells with their numbers; those in use are shaded, the new one is framed.

    Where the shape is not told, a cell comes only when it is computed.
    """
    used = place.boxes(x=f"{part.name}_used", colour="path", tint=0.16, width=0)
    new = place.boxes(x=f"{part.name}_new", colour="path", tint=0.05, width=4)
    cells = "" if told or part.uses is None else f"{part.name}_known"
    grid = place.boxes(x=cells, values=f"{part.name}_values", spec=part.spec)
    return (used, grid) if part.uses is None else (used, grid, new)


def _tables(done: list[Step], placed: Arrays, text: Mapping[str, str]) -> dict[str, Table]:
    calculations = (text["nothing"], *(step.part.calculation(step.row, step.column) for step in done))
    sentence = np.ones(len(done) + 1, dtype=np.uint8)
    sentence[0], sentence[-1] = 0, 2
    sentences = text["said_none"], text["said_some"], text["said_all" if len(done) > 1 else "said_one"]
    tables = {
        "calculation": Table(np.arange(len(done) + 1, dtype=np.uint16), AXES, calculations),
        "said": Table(sentence, AXES, sentences),
        "last": Table(np.array(len(done))),
    }
    for part, place in placed.values():
        tables |= place.places() | _part_tables(part, place, done)
    return tables


def _part_tables(part: Part, place: Array, done: list[Step]) -> dict[str, Table]:
    used = np.zeros((len(done) + 1, part.drawn.size), dtype=bool)
    new = used.copy()
    for k, step in enumerate(done, start=1):
        uses = (step.part.uses or (lambda i, j: {}))(step.row, step.column)
        used[k] = part.mask(uses.get(part.name))
        if step.part is part:
            new[k, step.cell] = True
    values, tables = part.drawn.ravel(), {f"{part.name}_used": place.chosen(used, AXES)}
    if part.uses is None:
        return tables | {f"{part.name}_values": Table(values)}
    known = np.logical_or.accumulate(new)
    return tables | {
        f"{part.name}_values": Table(np.where(known, values, np.nan), AXES),
        f"{part.name}_known": place.chosen(known, AXES),
        f"{part.name}_new": place.chosen(new, AXES),
    }


# ---- the curve beside functions of single numbers


def _curve_tables(worked: Worked, done: list[Step]) -> dict[str, Table]:
    """The points on the curve that are computed, and the latest of them."""
    x = worked.parts[0].drawn.ravel()
    known = np.full((len(done) + 1, x.size), np.nan)
    last = np.full((2, len(done) + 1), np.nan)
    for k, step in enumerate(done, start=1):
        if step.part.name == worked.curve:
            y = step.part.drawn[step.row, step.column]
            known[k:, step.cell] = y
            last[:, k] = x[step.cell], y
    return {
        "x_on_curve": Table(x),
        "known_on_curve": Table(known, AXES),
        "last_x": Table(last[0], AXES),
        "last_y": Table(last[1], AXES),
    }


def _curve(worked: Worked, text: Mapping[str, str]) -> Panel:
    x: FloatArray = np.linspace(-REACH, REACH, 121)
    y = basics.sigmoid(x) if worked.curve == "s" else basics.sigmoid_derivative(x)
    figure = go.Figure()
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": INK, "width": 2.5})
    figure.update_layout(
        template=template(),
        xaxis={"range": [-REACH, REACH], "title": {"text": "x"}},
        yaxis={"range": list(HEIGHTS[worked.curve])},
    )
    point = text["point"]
    last = Marker(x="last_x", y="last_y", colour="path", text=point, beyond=point, place="left")
    return Panel(
        name="curve",
        title=text[f"curve_{worked.curve}"],
        tab=text["tab_curve"],
        figure=figure,
        layers=(Points(x="x_on_curve", y="known_on_curve", colour="path", size=6), last),
    )
