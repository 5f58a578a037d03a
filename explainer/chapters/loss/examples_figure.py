"""The first live figure of *Loss*: every example's loss at every (w, b), and their mean J."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

import numpy as np
import plotly.graph_objects as go

from explainer.maths.checks import FloatArray
from explainer.maths.datasets import Dataset
from explainer.maths.landscape import Landscape
from explainer.maths.logistic import loss
from explainer.maths.surface import GridLosses, losses_over_grid
from explainer.stage.cost_figures import data_figure, data_heights, map_figure
from explainer.stage.layers import NAME, NUMBER, Bars, Curve, Line, Marker, Points, Stems, Text
from explainer.stage.palette import CAT, NOT_CAT, template
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table

HIGHEST: Final = 4.0
"""The upper end of axes of losses: what a = 0.018 costs where y = 1. Beyond, an arrow points up."""
ABOVE: Final = 0.16
"""From the line at J up to its text, in units of loss."""
EDGE: Final = 0.5
"""From the ends of the sliders to the edges of the map, in units of w and b."""
SURE: Final = 0.2
"""A model that gave less than this to what happened was sure of the opposite."""
CLASSES: Final[tuple[tuple[str, str, Literal["circle", "square"]], ...]] = (
    ("not-cat", "not_cat", "square"),
    ("cat", "cat", "circle"),
)
"""A class's colour, its name in tables, its symbol; the label y is the place in this tuple."""

OF_ALL: Final = ("w", "b")
"""The axes of a table with a number or a row of m numbers for each (w, b)."""
OF_ONE: Final = ("w", "b", "example")
"""The axes of a table with the number of the chosen example."""
COLUMNS: Final = "minmax(0,1.1fr) minmax(0,1.2fr) minmax(0,1.1fr)"
READOUTS: Final = ("cost", "example", "loss", "square")


def stage(shown: Landscape, w: Sequence[float], b: Sequence[float], text: Mapping[str, str]) -> Stage:
    """Four views of the same losses. `shown` is the landscape of the log loss.

    `w`, `b` are the sliders' values, for standardised x; `text` are the chapter's words for the figure.
    """
    return Stage(
        tables=_tables(shown, np.array(w), np.array(b), text),
        clock=Clock("averaged", seconds=3.0),
        panels=(_data(shown, text), _bars(shown.data, text), _why(text), _map(shown, w, b, text)),
        layouts=(Layout(("data bars why", "data bars map"), columns=COLUMNS),),
        readouts=tuple(Readout(text[f"readout_{name}"], lead=name == "cost") for name in READOUTS),
        sentences=(Sentence(text["sentence"]),),
    )


def by_x(data: Dataset) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """The examples in the order of x, (m,): example 1 has the smallest."""
    return np.argsort(data.X[0], kind="stable")


def judgement(A: FloatArray, Y: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """0 right, 1 wrong, 2 wrong and sure, 3 neither, for each output in A; `SURE` says what is sure."""
    given = np.where(Y == 1, A, 1 - A)
    wrong = ((given < 0.5).astype(np.uint8) + (given < SURE)).astype(np.uint8)
    return np.where(given == 0.5, 3, wrong).astype(np.uint8)


def _tables(shown: Landscape, w: FloatArray, b: FloatArray, text: Mapping[str, str]) -> dict[str, Table]:
    order = by_x(shown.data)
    x, y = shown.data.X[0, order], shown.data.Y[0, order]
    standardised = shown.standardised.X[:, order]
    grid = losses_over_grid(standardised, y[None], w, b)
    place, heights = np.arange(1.0, x.size + 1), data_heights(shown.data)[order]
    tables = {
        "m": Table(np.array(x.size, dtype=np.uint16)),
        "w_here": Table(w, ("w",)),
        "b_here": Table(b, ("b",)),
        "x_here": Table(x, ("example",)),
        "standardised_here": Table(standardised[0], ("example",)),
        "y_here": Table(y.astype(np.uint8), ("example",)),
        "place_here": Table(place, ("example",)),
        "height": Table(heights),
        "height_here": Table(heights, ("example",)),
        "formula": Table(y.astype(np.uint8), ("example",), (text["formula_0"], text["formula_1"])),
        "judgement": Table(
            judgement(grid.A, y),
            OF_ONE,
            (text["right"], text["wrong"], text["sure_and_wrong"], text["undecided"]),
        ),
        "whole_width": Table(np.array([0.5, x.size + 0.5])),
    }
    for label, (_, key, _) in enumerate(CLASSES):  # nan leaves an example to the other class
        tables[f"x_{key}"] = Table(np.where(y == label, x, np.nan))
        tables[f"place_{key}"] = Table(np.where(y == label, place, np.nan))
    return tables | _losses(grid)


def _losses(grid: GridLosses) -> dict[str, Table]:
    """The losses as rows over the examples, and the same numbers for the chosen example alone."""
    some = {"first": 0, "second": 1, "third": 2, "last": -1}
    return {
        "a": Table(grid.A, OF_ALL),
        "a_here": Table(grid.A, OF_ONE),
        "loss": Table(grid.losses, OF_ALL),
        "loss_here": Table(grid.losses, OF_ONE),
        "squared_here": Table(grid.squared, OF_ONE),
        **{name: Table(grid.losses[..., place], OF_ALL) for name, place in some.items()},
        "cost": Table(grid.costs, OF_ALL),
        "above_cost": Table(grid.costs + ABOVE, OF_ALL),
    }


def _data(shown: Landscape, text: Mapping[str, str]) -> Panel:
    """The examples, the curve, and from each point on the curve a stem to the label."""
    chosen = Stems(x="x_here", y="a_here", foot="y_here", colour="path", width=8)
    stems = (
        Stems(x="x_cat", y="a", foot=1.0, colour="cat"),
        Stems(x="x_not_cat", y="a", foot=0.0, colour="not-cat"),
    )
    curve = Curve(
        slope="w_here",
        intercept="b_here",
        link="sigmoid",
        shift=shown.standardised.mean.item(),
        scale=shown.standardised.scale.item(),
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
        title=text["data"].format(title=shown.data.title),
        tab=text["tab_data"],
        figure=data_figure(shown.data, shown.link, text),
        layers=(chosen, *stems, curve, ring, *points),
        pick=("example",),
    )


def _bars(data: Dataset, text: Mapping[str, str]) -> Panel:
    """A bar for each loss; the bars move to J, and a dot stays at the height of each loss."""
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
    # The foot is the first marker, which a press picks: so a press anywhere above it means this bar.
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
    """What the chosen example's answer costs by both losses."""
    return Panel(
        name="why",
        title=text["why"],
        tab=text["tab_why"],
        figure=_price_figure(text),
        layers=(
            *_names_of_prices(text),
            Stems(x="a_here", y="loss_here", foot="squared_here", colour="path", width=1.5),
            Marker(x="a_here", y="squared_here", colour="path", size=5, text=text["squared_here"]),
            _own_loss("a_here", text),
        ),
    )


def _price_figure(text: Mapping[str, str]) -> go.Figure:
    """-log(a) and -log(1 - a), and dashed under them (a - 1)^2 and a^2."""
    a = np.concatenate([np.geomspace(1e-3, 0.1, 40), np.linspace(0.1, 0.9, 40)[1:-1]])
    a = np.concatenate([a, 1 - a[a <= 0.1][::-1]])
    figure = go.Figure()
    for label, colour in ((1, CAT), (0, NOT_CAT)):
        Y = np.full_like(a, label)
        line = {"color": colour, "width": 3}
        figure.add_scatter(x=a, y=loss(a, Y), mode="lines", line=line)
        figure.add_scatter(x=a, y=(a - Y) ** 2, mode="lines", line=line | {"dash": "dash", "width": 2})
    figure.update_layout(
        template=template(),
        uirevision="why",
        xaxis={"title": {"text": text["a"]}, "range": [-0.03, 1.03], "tickvals": [0, 0.5, 1]},
        yaxis={"title": {"text": text["loss"]}, "range": [-0.15, HIGHEST]},
    )
    return figure


def _names_of_prices(text: Mapping[str, str]) -> Iterator[Text]:
    """What the curves of `_price_figure` are called, beside each."""
    for label, (colour, _, _) in enumerate(CLASSES):
        align: Literal["left", "right"] = "left" if label else "right"
        for name, x, y in (("curve", 0.76, 3.2), ("square", 1.0, 1.6)):
            place = 1 - x if label else x
            said = text[f"{name}_{label}"]
            yield Text(x=place, y=y, text=said, colour=colour, align=align, importance=NAME)


def _own_loss(x: str, text: Mapping[str, str]) -> Marker:
    """The chosen example's loss, above `x`."""
    value = text["loss_here"]
    return Marker(
        x=x, y="loss_here", colour="path", text=value, beyond=value, place="above", importance=NUMBER
    )


def _map(shown: Landscape, w: Sequence[float], b: Sequence[float], text: Mapping[str, str]) -> Panel:
    """J over the values of the sliders, and where they are."""
    figure = map_figure(shown)
    figure.update_xaxes(range=[w[0] - EDGE, w[-1] + EDGE])
    figure.update_yaxes(range=[b[0] - EDGE, b[-1] + EDGE])
    marks = [Marker(x="w_here", y="b_here", colour="path", size=8, text=text["mean"], place="above")]
    if shown.minimum is not None:
        w_best, b_best, _ = shown.minimum
        star = Marker(
            x=w_best,
            y=b_best,
            colour="minimum",
            symbol="star",
            text=text["minimum"],
            place="below",
            when={"lowest": ("shown",)},
        )
        marks.append(star)
    return Panel(
        name="map",
        title=text["map"],
        tab=text["tab_map"],
        figure=figure,
        layers=tuple(marks),
        pick=("w", "b"),
    )
