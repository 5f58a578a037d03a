"""The chapter *Loss*, first figure: every example's loss at every (w, b), and their mean J."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import plotly.graph_objects as go

from explainer.chapters.loss.price_figure import HIGHEST, price_figure
from explainer.maths.checks import FloatArray
from explainer.maths.datasets import Dataset
from explainer.maths.losses import GridLosses, losses_over_grid
from explainer.stage.landscape import Scenery, data_figure, data_heights, map_figure
from explainer.stage.layers import Bars, Curve, Line, Marker, Points, Stems, Text
from explainer.stage.palette import template
from explainer.stage.stage import Clock, Control, Layout, Panel, Readout, Sentence, Stage, Table

AVERAGED: Final = tuple(range(0, 101, 5))
"""How far the bars have evened out to J, in percent."""
ABOVE: Final = 0.16
"""From the line at J to the word on it, in units of loss."""
EDGE: Final = 0.5
"""From what the sliders reach to the edge of their map, in units of w and b."""
SURE: Final = 0.2
"""Less than this for what happened, and the model was sure of the opposite."""
CLASSES: Final[tuple[tuple[str, str, Literal["circle", "square"]], ...]] = (
    ("not-cat", "not_cat", "square"),
    ("cat", "cat", "circle"),
)
"""A class's colour, its name in tables, its symbol; the label y is the place in this tuple."""

IN_PLACE: Final = ("w", "b")
OF_EXAMPLE: Final = ("w", "b", "example")


@dataclass(frozen=True, eq=False)
class Sliders:
    """The values that w (p,) and b (q,) can take, in units of the standardised x."""

    w: FloatArray
    b: FloatArray


def stage(scenery: Scenery, sliders: Sliders, text: Mapping[str, str]) -> Stage:
    """Four views of the same losses. `scenery` is the log loss's, `text` the chapter's words."""
    return Stage(
        tables=_tables(scenery, sliders, text),
        controls=_controls(scenery.data, sliders, text),
        clock=Clock("averaged", seconds=3.0),
        panels=(
            _data(scenery, text),
            _bars(scenery.data, text),
            _why(text),
            _map(scenery, sliders, text),
        ),
        layouts=(
            Layout(
                ("data bars why", "data bars map"),
                columns="minmax(0,1.1fr) minmax(0,1.2fr) minmax(0,1.1fr)",
            ),
        ),
        readouts=(
            Readout(text["readout_cost"], lead=True),
            Readout(text["readout_example"]),
            Readout(text["readout_loss"]),
            Readout(text["readout_square"]),
        ),
        sentences=(Sentence(text["sentence"]),),
    )


def by_x(data: Dataset) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """The examples in the order of x, (m,): example 1 has the smallest."""
    return np.argsort(data.X[0], kind="stable")


def judgement(A: FloatArray, Y: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Of the shape of A: 0 right, 1 wrong, 2 wrong and sure (`SURE` says how), 3 neither."""
    given = np.where(Y == 1, A, 1 - A)
    wrong = ((given < 0.5).astype(np.uint8) + (given < SURE)).astype(np.uint8)
    return np.where(given == 0.5, 3, wrong).astype(np.uint8)


def _tables(scenery: Scenery, sliders: Sliders, text: Mapping[str, str]) -> dict[str, Table]:
    order = by_x(scenery.data)
    x, y = scenery.data.X[0, order], scenery.data.Y[0, order]
    standardised = scenery.standardised.X[:, order]
    grid = losses_over_grid(standardised, y[None], sliders.w, sliders.b)
    place, heights = np.arange(1.0, x.size + 1), data_heights(scenery.data)[order]
    tables = {
        "m": Table(np.array(x.size, dtype=np.uint16)),
        "w_here": Table(sliders.w, ("w",)),
        "b_here": Table(sliders.b, ("b",)),
        "x_here": Table(x, ("example",)),
        "standardised_here": Table(standardised[0], ("example",)),
        "y_here": Table(y.astype(np.uint8), ("example",)),
        "place_here": Table(place, ("example",)),
        "height": Table(heights),
        "height_here": Table(heights, ("example",)),
        "formula": Table(y.astype(np.uint8), ("example",), (text["formula_0"], text["formula_1"])),
        "judgement": Table(
            judgement(grid.A, y),
            OF_EXAMPLE,
            (text["right"], text["wrong"], text["sure_and_wrong"], text["undecided"]),
        ),
        "whole_width": Table(np.array([0.5, x.size + 0.5])),
    }
    for label, (_, key, _) in enumerate(CLASSES):  # nan leaves an example to the other class
        tables[f"x_{key}"] = Table(np.where(y == label, x, np.nan))
        tables[f"place_{key}"] = Table(np.where(y == label, place, np.nan))
    return tables | _losses(grid)


def _losses(grid: GridLosses) -> dict[str, Table]:
    """The losses as rows over the examples, and the same numbers of the chosen example alone."""
    return {
        "a": Table(grid.A, IN_PLACE),
        "a_here": Table(grid.A, OF_EXAMPLE),
        "loss": Table(grid.losses, IN_PLACE),
        "loss_here": Table(grid.losses, OF_EXAMPLE),
        "squared_here": Table(grid.squared, OF_EXAMPLE),
        "first": Table(grid.losses[..., 0], IN_PLACE),
        "second": Table(grid.losses[..., 1], IN_PLACE),
        "third": Table(grid.losses[..., 2], IN_PLACE),
        "last": Table(grid.losses[..., -1], IN_PLACE),
        "cost": Table(grid.costs, IN_PLACE),
        "above_cost": Table(grid.costs + ABOVE, IN_PLACE),
    }


def _controls(data: Dataset, sliders: Sliders, text: Mapping[str, str]) -> tuple[Control, ...]:
    examples = tuple(range(1, data.X.size + 1))
    return (
        Control("w", text["w"], tuple(sliders.w), texts(sliders.w)),
        Control("b", text["b"], tuple(sliders.b), texts(sliders.b)),
        Control("example", text["example"], examples, tuple(map(str, examples))),
        Control("averaged", text["averaged"], AVERAGED, tuple(map(str, AVERAGED))),
    )


def texts(values: FloatArray) -> tuple[str, ...]:
    """The values as the sliders and the address write them."""
    return tuple(f"{value:g}" for value in values)


def _data(scenery: Scenery, text: Mapping[str, str]) -> Panel:
    """The examples, the curve, and from each point on the curve a stem to what happened."""
    chosen = Stems(x="x_here", y="a_here", foot="y_here", colour="path", width=8)
    stems = (
        Stems(x="x_cat", y="a", foot=1.0, colour="cat"),
        Stems(x="x_not_cat", y="a", foot=0.0, colour="not-cat"),
    )
    curve = Curve(
        slope="w_here",
        intercept="b_here",
        link="sigmoid",
        shift=scenery.standardised.mean.item(),
        scale=scenery.standardised.scale.item(),
        colour="path",
        width=3.5,
    )
    ring = Marker(x="x_here", y="height_here", colour="path", size=10, text=text["chosen"])
    # Over the stems, and the chosen one over its ring.
    points = tuple(
        Points(x=f"x_{key}", y="height", symbol=symbol, size=5, colour=name) for name, key, symbol in CLASSES
    )
    return Panel(
        name="data",
        title=text["data"].format(title=scenery.data.title),
        tab=text["tab_data"],
        figure=data_figure(scenery.data, scenery.link, text),
        layers=(chosen, *stems, curve, ring, *points),
        pick=("example",),
    )


def _bars(data: Dataset, text: Mapping[str, str]) -> Panel:
    """A bar for each loss; they even out to J, and a dot stays at each one's own height."""
    figure = go.Figure()
    figure.update_layout(
        template=template(),
        uirevision=data.name,
        xaxis={
            "title": {"text": text["examples"].format(feature=data.feature.split(",")[0])},
            "range": [0.3, data.X.size + 0.7],
            "showgrid": False,
            "nticks": 8,
        },
        yaxis={"title": {"text": text["loss"]}, "range": [-0.15, HIGHEST]},
    )
    # The foot comes first, for the pick: a press anywhere above it means this bar.
    chosen = (Marker(x="place_here", y=0.0, colour="path", size=6), _own_loss("place_here", text))
    bars = tuple(
        Bars(x=f"place_{key}", y="loss", level="cost", span=0.7, colour=name) for name, key, _ in CLASSES
    )
    own = tuple(
        Points(x=f"place_{key}", y="loss", symbol=symbol, size=4, colour=name)
        for name, key, symbol in CLASSES
    )
    mean = (
        Line(x="whole_width", y="cost", colour="path", width=3, dash=(7, 5)),
        Text(x=0.5, y="above_cost", text=text["mean"], colour="path"),
    )
    return Panel(
        name="bars",
        title=text["bars"],
        tab=text["tab_bars"],
        figure=figure,
        layers=(*bars, *own, *mean, *chosen),
        pick=("example",),
    )


def _why(text: Mapping[str, str]) -> Panel:
    """What the chosen example's answer costs by either rule."""
    return Panel(
        name="why",
        title=text["why"],
        tab=text["tab_why"],
        figure=price_figure(text),
        layers=(
            Stems(x="a_here", y="loss_here", foot="squared_here", colour="path", width=1.5),
            Marker(x="a_here", y="squared_here", colour="path", size=5, text=text["squared_here"]),
            _own_loss("a_here", text),
        ),
    )


def _own_loss(x: str, text: Mapping[str, str]) -> Marker:
    """The chosen example's loss, above `x`."""
    said = text["loss_here"]
    return Marker(x=x, y="loss_here", colour="path", text=said, beyond=said, place="above")


def _map(scenery: Scenery, sliders: Sliders, text: Mapping[str, str]) -> Panel:
    """J over what the sliders reach, and where they stand."""
    figure = map_figure(scenery)
    figure.update_xaxes(range=[sliders.w[0] - EDGE, sliders.w[-1] + EDGE])
    figure.update_yaxes(range=[sliders.b[0] - EDGE, sliders.b[-1] + EDGE])
    layers = [Marker(x="w_here", y="b_here", colour="path", size=8, text=text["mean"], place="above")]
    if scenery.minimum is not None:
        w, b, _ = scenery.minimum
        star = Marker(x=w, y=b, colour="minimum", symbol="star", text=text["minimum"], place="below")
        layers.append(star)
    return Panel(
        name="map",
        title=text["map"],
        tab=text["tab_map"],
        figure=figure,
        layers=tuple(layers),
        pick=("w", "b"),
    )
