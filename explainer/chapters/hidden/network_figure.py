"""The chapter's main figure: the decision map as it forms, J, and the points as the hidden units see them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explainer.chapters.hidden.points import Axis, axes
from explainer.chapters.hidden.trainings import KEPT, Learned
from explainer.chapters.hidden.unit_space import UnitSpace, unit_space
from explainer.maths.checks import ByteArray, FloatArray
from explainer.maths.decision import GRID, Box, box_around, decision_maps, unit_lines
from explainer.stage.cost_figures import cost_figure
from explainer.stage.layers import NUMBER, Band, Heat, Layer, Line, Marker, Points, Text, Trail, When
from explainer.stage.palette import template
from explainer.stage.settings import Choice
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table
from explainer.words import fill
from explainer.words.numbers import minus

POINTS: Final = Choice("points", ("training", "held_out"))
VIEW: Final = Choice("view", ("plane", "space"), wide_only=True)
STEP: Final = ("step",)
AXES: Final = ("learning_rate", "step")
PARTS: Final = ("kept", "lowest", "highest")
"""The fields of `Costs`."""
MOST_NAMED: Final = 4
"""So many lines can be told apart by their names."""
NAMED_AT: Final = 0.92
"""Where along its line a unit's name stands, from end to end."""
OUTERMOST: Final = 0.9
"""How far out an axis of what the units say has marks, as a share of its half: in a corner two would meet."""
ROOM_FOR_LEAPS: Final = 1.7
"""How high the plot of J is at most, as a multiple of J at the start."""
BYTES: Final = 255.0
MARGIN_OF_MARKS: Final = 70
"""Pixels to the left of a plot whose marks have a sign and three digits, and a name beside them."""


def stage(learned: Learned, text: Mapping[str, str]) -> Stage:
    """All panels follow one clock, whose places are the `KEPT` steps."""
    counts = {"m": learned.data.Y.size, "m_held_out": learned.data.held_out_Y.size}
    said = {"with_units": with_units(learned.units, text)} | counts
    filled = {name: fill(value, **said) for name, value in text.items()}
    box = box_around(learned.data.X)
    spaces = [unit_space(run.kept, learned.data.X) for run in learned.runs]
    reach = max(space.reach for space in spaces)
    return Stage(
        tables=_run_tables(learned)
        | _plane_tables(learned, box)
        | point_tables("training", learned.data.X, learned.data.Y)
        | point_tables("held_out", learned.data.held_out_X, learned.data.held_out_Y)
        | _space_tables(learned, spaces, reach),
        clock=Clock("step", seconds=9.0),
        panels=tuple(_panels(learned, box, reach, filled)),
        layouts=(
            Layout(("plane space cost",), when={"view": ("space",)}),
            Layout(("plane cost",), columns="minmax(0,1.25fr) minmax(0,1fr)"),
        ),
        readouts=(
            *(Readout(filled[f"readout_{name}"], lead=True) for name in ("cost", "right")),
            Readout(filled["readout_alone"], colour="slow"),
        ),
        sentences=(Sentence(filled["sentence"]),),
    )


def with_units(units: int, text: Mapping[str, str]) -> str:
    """How many hidden units, in words."""
    return text["one_unit"] if units == 1 else text["many_units"].format(units=units)


# ---- tables


def _run_tables(learned: Learned) -> dict[str, Table]:
    shares = {
        name: np.array([getattr(run, name) for run in learned.runs]) for name in ("training", "held_out")
    }
    return {
        "iteration": Table(np.array(KEPT, dtype=np.uint16), STEP),
        **_cost_tables(
            "cost", [np.array([getattr(run.every, part) for run in learned.runs]) for part in PARTS]
        ),
        **_cost_tables("alone", [getattr(learned.alone, part) for part in PARTS]),
        **{f"right_{name}": Table(100 * share, AXES) for name, share in shares.items()},
    }


def _cost_tables(name: str, parts: list[FloatArray]) -> dict[str, Table]:
    """J, and the least and most since the step before, (rates, NUM_KEPT) each."""
    return {f"{name}{end}": Table(part, AXES) for end, part in zip(("", "_low", "_high"), parts, strict=True)}


def _plane_tables(learned: Learned, box: Box) -> dict[str, Table]:
    """The decision map, and each unit's own line: one row of points with gaps for all of them."""
    lines = np.stack([unit_lines(run.kept, box).ends for run in learned.runs])  # (rates, T, n_h, 2, 2)
    gap = np.full((*lines.shape[:3], 1, 2), np.nan)
    joined = np.concatenate([lines, gap], axis=3).reshape(*lines.shape[:2], -1, 2)
    maps = np.stack([decision_maps(run.kept, box) for run in learned.runs])
    tables = {
        "map": Table(maps, AXES),
        "unit_x": Table(joined[..., 0], AXES),
        "unit_y": Table(joined[..., 1], AXES),
    }
    named = (1 - NAMED_AT) * lines[..., 0, :] + NAMED_AT * lines[..., 1, :]
    for k in range(_named(learned)):
        tables |= {
            f"name_{k}_x": Table(named[:, :, k, 0], AXES),
            f"name_{k}_y": Table(named[:, :, k, 1], AXES),
        }
    return tables


def point_tables(name: str, X: FloatArray, Y: FloatArray) -> dict[str, Table]:
    """Points X (2, m) of both classes, in tables called `name`."""
    return {
        f"{name}_{kind}_{axis}": Table(row)
        for kind, places in _by_kind(X, Y).items()
        for axis, row in zip("xy", places, strict=True)
    }


def _by_kind(X: NDArray[Any], Y: FloatArray) -> dict[str, NDArray[Any]]:
    """Those with y = 1, orange in all chapters, and with y = 0, blue; they lie along the last axis of X."""
    return {"cat": X[..., Y[0] > 0], "not_cat": X[..., Y[0] == 0]}


def _space_tables(learned: Learned, spaces: list[UnitSpace], reach: float) -> dict[str, Table]:
    """What the units say of the points, a byte for each number: 0 and 255 are the ends of the plot."""
    points = _as_bytes(np.stack([space.points for space in spaces]), reach)
    cut = _stretched(np.stack([space.cut for space in spaces]), reach)
    tables = {"cut_x": Table(cut[..., 0], AXES), "cut_y": Table(cut[..., 1], AXES)}
    for kind, places in _by_kind(points, learned.data.Y).items():
        tables |= {f"space_{kind}_{axis}": Table(places[:, :, k], AXES) for k, axis in enumerate("xy")}
    return tables


def _stretched(values: FloatArray, reach: float) -> FloatArray:
    stretched: FloatArray = BYTES * (values + reach) / (2 * reach)
    return stretched


def _as_bytes(values: FloatArray, reach: float) -> ByteArray:
    return np.rint(np.clip(_stretched(values, reach), 0, BYTES)).astype(np.uint8)


def _named(learned: Learned) -> int:
    return learned.units if learned.units <= MOST_NAMED else 0


# ---- panels


def _panels(learned: Learned, box: Box, reach: float, text: Mapping[str, str]) -> Iterator[Panel]:
    yield Panel(
        name="plane",
        title=text["plane"],
        tab=text["tab_plane"],
        figure=plane_figure(box, axes(learned.data.name)),
        layers=(heat(box), *_unit_layers(learned, text), *point_layers()),
    )
    yield Panel(
        name="space",
        title=text[f"space_{min(learned.units, 3)}"],
        tab=text["tab_space"],
        figure=_space_figure(learned.units, reach, text),
        layers=tuple(_space_layers()),
        when={"view": ("space",)},
    )
    yield Panel(
        name="cost",
        title=text["cost"],
        tab=text["tab_cost"],
        figure=_cost_figure(learned, text),
        layers=tuple(_cost_layers(text)),
    )


def heat(box: Box, table: str = "map") -> Heat:
    """A decision map over a box, whose edges its outermost points lie on."""
    (left, right), (low, high) = box.x1, box.x2
    beside, above = ((end - begin) / (GRID - 1) / 2 for begin, end in (box.x1, box.x2))
    return Heat(
        table=table,
        colour="cat",
        low="not-cat",
        x0=left - beside,
        x1=right + beside,
        y0=low - above,
        y1=high + above,
    )


def _unit_layers(learned: Learned, text: Mapping[str, str]) -> Iterator[Layer]:
    """Where each unit says 0; many lines are thin."""
    yield Line(x="unit_x", y="unit_y", colour="path", width=2.0 if _named(learned) else 1.0)
    for k in range(_named(learned)):
        name = text["unit"].format(number=k + 1)
        yield Text(x=f"name_{k}_x", y=f"name_{k}_y", text=name, colour="path", align="center")


def point_layers() -> Iterator[Layer]:
    """The points that `POINTS` chooses, orange circles and blue squares."""
    for name in POINTS.options:
        yield from both_classes(name, {POINTS.name: (name,)})


def both_classes(name: str, when: When, size: float = 3.5) -> Iterator[Points]:
    """Both classes of the points that tables called `name` hold."""
    x, y = f"{name}_cat_x", f"{name}_cat_y"
    yield Points(x=x, y=y, symbol="circle", size=size, colour="cat", when=when)
    x, y = f"{name}_not_cat_x", f"{name}_not_cat_y"
    yield Points(x=x, y=y, symbol="square", size=0.85 * size, colour="not-cat", when=when)


def plane_figure(box: Box, features: tuple[Axis, ...]) -> go.Figure:
    """An empty plot of the two features, with their names and marks."""
    first, second = map(_plotted, features)
    wide = {"l": MARGIN_OF_MARKS} if features[1].places else {}
    return go.Figure(
        layout={
            "template": template(),
            "uirevision": "plane",
            "margin": {"b": 44} | wide,  # below for a name with an index
            "xaxis": first | {"range": list(box.x1)},
            "yaxis": second | {"range": list(box.x2)},
        }
    )


def _plotted(axis: Axis) -> dict[str, Any]:
    """An axis as Plotly takes it."""
    marks = {"tickvals": list(axis.places), "ticktext": list(axis.texts)} if axis.places else {}
    return {"title": {"text": axis.name}, "showgrid": False, "zeroline": False} | marks


def _space_figure(units: int, reach: float, text: Mapping[str, str]) -> go.Figure:
    """An empty plot of what the units say; its axes count bytes, and their marks say what those stand for."""
    kind = min(units, 3)
    step = 1 if reach < 2.5 else 2
    marks = np.arange(-10.0 * step, 10 * step + 1, step)
    marks = marks[np.abs(marks) <= OUTERMOST * reach]
    shared = {
        "range": [0, BYTES],
        "tickvals": _stretched(marks, reach).tolist(),
        "ticktext": [minus(f"{mark:.0f}") for mark in marks],
        "showgrid": False,
        "zeroline": False,
    }
    return go.Figure(
        layout={
            "template": template(),
            "uirevision": f"space{kind}",
            "xaxis": {"title": {"text": text[f"axis_space_{kind}_x"]}} | shared,
            "yaxis": {"title": {"text": text[f"axis_space_{kind}_y"]}} | shared,
        }
    )


def _space_layers() -> Iterator[Layer]:
    yield from both_classes("space", {})
    yield Line(x="cut_x", y="cut_y", colour="path", width=3)


def _cost_figure(learned: Learned, text: Mapping[str, str]) -> go.Figure:
    """An empty plot of J by step, with some room for leaps. What leaps higher is an arrow with its value."""
    start = max(float(run.costs[0]) for run in learned.runs)
    most = max(float(one.highest.max()) for one in (learned.alone, *(run.every for run in learned.runs)))
    return cost_figure(min(most, ROOM_FOR_LEAPS * start), KEPT[-1], text)


def _cost_layers(text: Mapping[str, str]) -> Iterator[Layer]:
    """J of the network and of one neuron: as far as it was played, between what it leaps, and now."""
    for table, colour in (("alone", "slow"), ("cost", "path")):
        here, beyond = text[f"here_{table}"], text[f"beyond_{table}"]
        yield Trail(x="iteration", y=table, colour="ahead", width=1.5, until="end")
        yield Band(x="iteration", low=f"{table}_low", high=f"{table}_high", colour=colour)
        yield Trail(x="iteration", y=table, colour=colour)
        yield Marker(
            x="iteration", y=table, colour=colour, text=here, place="above", beyond=beyond, importance=NUMBER
        )
