"""The first live figure of *Why not a straight line?*: one more example tips the line, not the sigmoid.

On the left the data under both models, on the right the x where each is 0.5, for each place of that example.
"""

from collections.abc import Iterator, Mapping
from typing import Final, Literal

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explainer.maths.checks import BoolArray, FloatArray
from explainer.maths.datasets import Dataset
from explainer.maths.outlier import BothFits, Fits
from explainer.stage.cost_figures import data_figure, data_heights
from explainer.stage.layers import NAME, NUMBER, Curve, Layer, Marker, Points, Stems, Text, Trail
from explainer.stage.palette import FAINT, SHADED, template
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table

LOW, HIGH = -0.7, 1.8
"""The ends of the plot's y; an output beyond is an arrow with its value."""
DASH: Final = (9.0, 6.0)
"""Pixels: the line is dashed, the sigmoid is not."""
OUTSIDE: Final = ("none", "one_low", "one_high", "low", "high", "both")
"""The sentences about outputs that are no probabilities: how many, on which side."""
AXES: Final = ("outlier",)

Place = Literal["left", "right", "above", "below"]


def stage(data: Dataset, both: BothFits, text: Mapping[str, str]) -> Stage:
    """Both models over the data, and where each is 0.5. `text` are the chapter's words for the figure."""
    sentence = text["sentence"] + text["unbounded"] if both.separable.any() else text["sentence"]
    return Stage(
        tables=_tables(data, both, text),
        clock=Clock("outlier", seconds=7.0),
        panels=(
            Panel(
                name="examples",
                title=text["examples"].format(title=data.title),
                tab=text["tab_examples"],
                figure=_examples_figure(data, both, text),
                layers=_on_the_examples(data, both, text),
            ),
            Panel(
                name="cuts",
                title=text["cuts"],
                tab=text["tab_cuts"],
                figure=_cuts_figure(data, both, text),
                layers=tuple(_on_the_cuts(text)),
            ),
        ),
        layouts=(Layout(("examples cuts",), columns="minmax(0,2.4fr) minmax(0,1fr)"),),
        readouts=(Readout(text["readout_line"]), Readout(text["readout_sigmoid"])),
        sentences=(Sentence(sentence),),
    )


# ---- tables


def _tables(data: Dataset, both: BothFits, text: Mapping[str, str]) -> dict[str, Table]:
    line = both.line
    data_x = np.append(data.X[0], np.nan)  # the extra example has a marker of its own
    return {
        "position": Table(both.positions, AXES),
        **_fit_tables("line", both, line, both.sigmoid.cut),
        **_fit_tables("sigmoid", both, both.sigmoid, line.cut),
        "x": Table(both.X, AXES),
        "x_cat": Table(np.where(both.Y == 1, data_x, np.nan)),
        "x_not_cat": Table(np.where(both.Y == 0, data_x, np.nan)),
        "spots": Table(np.append(data_heights(data), both.label)),
        "outside_outputs": Table(np.where(line.below | line.above, line.outputs, np.nan), AXES),
        "edges": Table(np.clip(line.outputs, 0, 1), AXES),
        "outside": Table(line.outside, AXES),
        "count": Table(np.count_nonzero(~np.isnan(both.X), axis=1), AXES),
        "smallest": Table(line.smallest, AXES),
        "largest": Table(line.largest, AXES),
        **_extreme_tables("lowest", both, line.below, line.smallest),
        **_extreme_tables("highest", both, line.above, line.largest),
        "outside_said": Table(_outside_kind(line), AXES, tuple(text[f"outside_{kind}"] for kind in OUTSIDE)),
    }


def _fit_tables(model: str, both: BothFits, fits: Fits, other: FloatArray) -> dict[str, Table]:
    """A model's fits; its cut also where it is less than the cut of the `other`, and where it is not."""
    less = fits.cut < other
    return {
        f"{model}_w": Table(fits.w, AXES),
        f"{model}_b": Table(fits.b, AXES),
        f"{model}_wrong": Table(np.where(fits.wrong, both.X, np.nan), AXES),
        f"{model}_mistakes": Table(fits.mistakes, AXES),
        f"{model}_cut": Table(fits.cut, AXES),
        f"{model}_less": Table(np.where(less, fits.cut, np.nan), AXES),
        f"{model}_more": Table(np.where(less, np.nan, fits.cut), AXES),
    }


def _extreme_tables(name: str, both: BothFits, outside: BoolArray, extreme: FloatArray) -> dict[str, Table]:
    """x and output of the example with the line's `extreme` output; nan where none is `outside`."""
    some, rows = outside.any(axis=1), np.arange(len(extreme))
    places = np.argmax(both.line.outputs == extreme[:, None], axis=1)
    return {
        f"{name}_x": Table(np.where(some, both.X[rows, places], np.nan), AXES),
        name: Table(np.where(some, extreme, np.nan), AXES),
    }


def _outside_kind(line: Fits) -> NDArray[np.uint8]:
    """The place in `OUTSIDE` for each position of the extra example."""
    low, high = line.below.any(axis=1), line.above.any(axis=1)
    one = line.outside == 1
    kinds = [~low & ~high, one & low, one & high, low & ~high, high & ~low]
    return np.select(kinds, range(5), default=5).astype(np.uint8)


# ---- the examples under both models


def _examples_figure(data: Dataset, both: BothFits, text: Mapping[str, str]) -> go.Figure:
    """The data, with room for the extra example and for both cuts; what is no probability is shaded."""
    figure = data_figure(data, "line", text)
    figure.update_xaxes(range=_ends(data, both))
    figure.update_yaxes(range=[LOW, HIGH])
    for foot, top in ((1, HIGH), (LOW, 0)):
        figure.add_hrect(y0=foot, y1=top, **SHADED)
    figure.add_hline(y=0.5, line={"color": FAINT, "width": 1.5, "dash": "dot"})
    return figure


def _ends(data: Dataset, both: BothFits) -> tuple[float, float]:
    """The ends of x in the plot of the examples; more is left free on the left, for a text."""
    places = np.concatenate([data.X[0], both.positions, both.line.cut, both.sigmoid.cut])
    left, right = float(np.nanmin(places)), float(np.nanmax(places))
    room = right - left
    return left - 0.17 * room, right + 0.03 * room


def _says_no_probability(data: Dataset, both: BothFits, text: Mapping[str, str]) -> Iterator[Text]:
    """The words in the shaded bands, at the ends where the line is not."""
    ends = _ends(data, both)
    for y, is_left in ((HIGH, both.label == 1), (LOW, both.label != 1)):
        align: Literal["left", "right"] = "left" if is_left else "right"
        x = ends[0 if is_left else 1]
        yield Text(x=x, y=y, text=text["no_probability"], colour="ink", align=align, importance=NAME)


def _on_the_examples(data: Dataset, both: BothFits, text: Mapping[str, str]) -> tuple[Layer, ...]:
    is_cat = both.label == 1
    return (
        *_says_no_probability(data, both, text),
        Curve(slope="sigmoid_w", intercept="sigmoid_b", link="sigmoid", colour="path", width=4),
        Curve(slope="line_w", intercept="line_b", link="identity", colour="path", width=2.5, dash=DASH),
        Stems(x="x", y="outside_outputs", foot="edges", colour="path", width=2),
        Points(x="x", y="outside_outputs", colour="path", size=3.5),
        Points(x="x_cat", y="spots", symbol="circle", colour="cat", size=4.5),
        Points(x="x_not_cat", y="spots", symbol="square", colour="not-cat", size=4),
        Points(x="line_wrong", y="spots", symbol="ring", colour="path", size=9, width=2),
        Points(x="sigmoid_wrong", y="spots", symbol="cross", colour="path", size=5, width=2),
        Marker(
            x="position",
            y=both.label,
            colour="cat" if is_cat else "not-cat",
            symbol="circle" if is_cat else "square",
            size=7,
            text=text[f"extra_{data.name}"],
            place="below" if is_cat else "above",
        ),
        # The text is on the side of the point where the line is not.
        _output("lowest", "right" if is_cat else "left", text),
        _output("highest", "left" if is_cat else "right", text),
        *_cut_markers(None, 0.5, ("left", "right"), text),
    )


def _output(name: str, place: Place, text: Mapping[str, str]) -> Marker:
    """One of the line's outputs that are no probabilities, with its value."""
    value = text[name]
    return Marker(
        x=f"{name}_x",
        y=name,
        colour="path",
        size=5,
        text=value,
        place=place,
        beyond=value,
        importance=NUMBER,
    )


# ---- the cuts: where each model is 0.5


def _cut_markers(
    x: str | None, y: float | None, places: tuple[Place, Place], text: Mapping[str, str]
) -> Iterator[Marker]:
    """Both cuts, along the axis whose value is None; the text of the smaller one is at places[0]."""
    for model in ("line", "sigmoid"):
        for side, place in zip(("less", "more"), places, strict=True):
            cut, word = f"{model}_{side}", text[f"{model}_cut" if x is None else f"cuts_{model}"]
            at_x, at_y = cut if x is None else x, cut if y is None else y
            yield Marker(x=at_x, y=at_y, colour="path", size=6, text=word, place=place)


def _on_the_cuts(text: Mapping[str, str]) -> Iterator[Layer]:
    """The way of each cut as far as it was played, the line's with dots, and where it is now."""
    for model, dots, width in (("line", True, 1.5), ("sigmoid", False, 2.0)):
        yield Trail(x="position", y=f"{model}_cut", colour="path", width=width, until="end", dots=dots)
    yield from _cut_markers("position", None, ("below", "above"), text)


def _cuts_figure(data: Dataset, both: BothFits, text: Mapping[str, str]) -> go.Figure:
    """An empty plot for both cuts by the position of the extra example."""
    figure, positions = go.Figure(), both.positions[1:]
    beside = float(np.ptp(positions)) / 8  # for a text
    # As high as the data reach, which tells nothing of how far a cut will move.
    heights = np.concatenate([data.X[0], both.line.cut, both.sigmoid.cut])
    room = 0.06 * float(np.ptp(heights))
    ends = [float(positions.min()) - beside, float(positions.max()) + beside]
    figure.update_layout(
        template=template(),
        uirevision=data.name,
        xaxis={"title": {"text": text["cuts_x"]}, "range": ends, "nticks": 5},
        yaxis={"title": {"text": text["cuts_y"]}, "range": [heights.min() - room, heights.max() + room]},
    )
    return figure
