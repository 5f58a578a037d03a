"""The first live figure of the chapter *Why not a straight line?*: one more example tips the line."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explainer.chapters.sigmoid import crossings_figure as crossings
from explainer.chapters.sigmoid.crossings_figure import AXES, Place
from explainer.maths.checks import FloatArray
from explainer.maths.datasets import Dataset
from explainer.maths.outlier import Tipping
from explainer.stage.landscape import data_figure
from explainer.stage.layers import Curve, Layer, Marker, Points, Stems
from explainer.stage.palette import FAINT, shaded
from explainer.stage.stage import Clock, Control, Layout, Panel, Readout, Sentence, Stage, Table

REACH: Final = 2.0  # how far beyond the data the extra example goes, in ranges of the data
NUM_POSITIONS: Final = 60  # at most
LOW: Final = -0.7  # the plot's ends; an output beyond is an arrow with its value
HIGH: Final = 1.8
DASH: Final = (9.0, 6.0)  # pixels: the line is dashed, the sigmoid is not
SAYINGS: Final = ("none", "one_low", "one_high", "low", "high", "both")


def positions(X: FloatArray) -> FloatArray:
    """Where the extra example may stand: nan for nowhere, then round numbers to the right of X (1, m)."""
    last = X.max() + REACH * np.ptp(X)
    step = _round_step(REACH * float(np.ptp(X)) / NUM_POSITIONS)
    counts = np.arange(np.floor(X.max() / step) + 1, np.floor(last / step) + 1)
    return np.append(np.nan, np.round(step * counts, 6))


def _round_step(least: float) -> float:
    """The least of ..., 0.1, 0.2, 0.25, 0.5, 1, 2, ... that is not below `least`."""
    power = np.floor(np.log10(least))
    return next(float(f * 10**power) for f in (1, 2, 2.5, 5, 10) if f * 10**power >= least)


def stage(data: Dataset, tipping: Tipping, texts: tuple[str, ...], text: Mapping[str, str]) -> Stage:
    """Both models over the data, and where each says 0.5, for each of the tipping's positions.

    `texts` are the positions as the slider shows them, `text` the chapter's words for the figure.
    """
    examples = _examples_figure(data, tipping, text)
    sentence = text["sentence"] + text["unbounded"] if tipping.separable.any() else text["sentence"]
    return Stage(
        tables=_tables(data, tipping, examples, text),
        controls=(
            Control("outlier", text[f"outlier_{data.name}"], tuple(map(float, range(len(texts)))), texts),
        ),
        clock=Clock("outlier", seconds=7.0),
        panels=(
            Panel(
                name="examples",
                title=text["examples"].format(title=data.title),
                tab=text["tab_examples"],
                figure=examples,
                layers=_on_the_examples(data, tipping, text),
            ),
            Panel(
                name="cuts",
                title=text["cuts"],
                tab=text["tab_cuts"],
                figure=crossings.figure(data, tipping, text),
                layers=tuple(crossings.markers("position", None, ("below", "above"), text)),
            ),
        ),
        layouts=(Layout(("examples cuts",), columns="minmax(0,2.4fr) minmax(0,1fr)"),),
        readouts=(
            Readout(text["readout_line"]),
            Readout(text["readout_sigmoid"]),
        ),
        sentences=(Sentence(sentence),),
    )


def _tables(
    data: Dataset, tipping: Tipping, examples: go.Figure, text: Mapping[str, str]
) -> dict[str, Table]:
    outputs = tipping.line_outputs
    data_x = np.append(data.X[0], np.nan)  # the extra example has a marker of its own
    return {
        "position": Table(tipping.positions, AXES),
        "line_w": Table(tipping.line_w, AXES),
        "line_b": Table(tipping.line_b, AXES),
        "sigmoid_w": Table(tipping.sigmoid_w, AXES),
        "sigmoid_b": Table(tipping.sigmoid_b, AXES),
        **crossings.tables(tipping),
        "x": Table(tipping.X, AXES),
        "x_cat": Table(np.where(tipping.Y == 1, data_x, np.nan)),
        "x_not_cat": Table(np.where(tipping.Y == 0, data_x, np.nan)),
        "spots": Table(_spots(data, tipping, examples)),
        "outside_outputs": Table(np.where(tipping.below | tipping.above, outputs, np.nan), AXES),
        "edges": Table(np.clip(outputs, 0, 1), AXES),
        "line_wrong": Table(np.where(tipping.line_wrong, tipping.X, np.nan), AXES),
        "sigmoid_wrong": Table(np.where(tipping.sigmoid_wrong, tipping.X, np.nan), AXES),
        "line_mistakes": Table(tipping.line_mistakes, AXES),
        "sigmoid_mistakes": Table(tipping.sigmoid_mistakes, AXES),
        "outside": Table(tipping.outside, AXES),
        "count": Table(np.count_nonzero(~np.isnan(tipping.X), axis=1), AXES),
        "smallest": Table(tipping.smallest, AXES),
        "largest": Table(tipping.largest, AXES),
        **dict(zip(("lowest_x", "lowest"), _farthest(tipping, "smallest"), strict=True)),
        **dict(zip(("highest_x", "highest"), _farthest(tipping, "largest"), strict=True)),
        "outside_said": Table(_saying(tipping), AXES, tuple(text[f"outside_{saying}"] for saying in SAYINGS)),
    }


def _spots(data: Dataset, tipping: Tipping, examples: go.Figure) -> FloatArray:
    """The height at which each example is drawn (m+1,): equal ones stand beside one another."""
    spots = tipping.Y.copy()
    cats, others = (np.asarray(trace.y, dtype=np.float64) for trace in examples.data[:2])
    spots[:-1][data.Y[0] == 1], spots[:-1][data.Y[0] == 0] = cats, others
    return spots


def _farthest(tipping: Tipping, side: Literal["smallest", "largest"]) -> Iterator[Table]:
    """x and output of the example whose output lies farthest below 0, or above 1; nan where none does."""
    outputs = tipping.line_outputs
    low = side == "smallest"
    places = (np.nanargmin if low else np.nanargmax)(outputs, axis=1)
    some = (tipping.below if low else tipping.above).any(axis=1)
    for values in (tipping.X, outputs):
        yield Table(np.where(some, values[np.arange(len(outputs)), places], np.nan), AXES)


def _saying(tipping: Tipping) -> NDArray[np.uint8]:
    """Which of `SAYINGS` fits each position: how many outputs are outside, and on which side."""
    low, high = tipping.below.any(axis=1), tipping.above.any(axis=1)
    one = tipping.outside == 1
    kinds = [~low & ~high, one & low, one & high, low & ~high, high & ~low]
    return np.select(kinds, range(5), default=5).astype(np.uint8)


def _examples_figure(data: Dataset, tipping: Tipping, text: Mapping[str, str]) -> go.Figure:
    """The data, room for the extra example and for both crossings, and what is no probability shaded."""
    figure = data_figure(data, "line", text)
    places = np.concatenate([data.X[0], tipping.positions, tipping.line_cut, tipping.sigmoid_cut])
    left, right = float(np.nanmin(places)), float(np.nanmax(places))
    room = right - left  # more on the left, for a word
    figure.update_xaxes(range=[left - 0.17 * room, right + 0.03 * room])
    figure.update_yaxes(range=[LOW, HIGH])
    above, below = ("left", "right") if tipping.label == 1 else ("right", "left")  # where the line is not
    for foot, top, where in ((1, HIGH, f"top {above}"), (LOW, 0, f"bottom {below}")):
        figure.add_hrect(y0=foot, y1=top, annotation_position=where, **shaded(text["no_probability"]))
    figure.add_hline(y=0.5, line={"color": FAINT, "width": 1.5, "dash": "dot"})
    return figure


def _on_the_examples(data: Dataset, tipping: Tipping, text: Mapping[str, str]) -> tuple[Layer, ...]:
    is_cat = tipping.label == 1
    return (
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
            y=tipping.label,
            colour="cat" if is_cat else "not-cat",
            symbol="circle" if is_cat else "square",
            size=7,
            text=text[f"extra_{data.name}"],
            place="below" if is_cat else "above",
        ),
        # Beside its point, on the side where the line is not.
        _output("lowest", "right" if is_cat else "left", text),
        _output("highest", "left" if is_cat else "right", text),
        *crossings.markers(None, 0.5, ("left", "right"), text),
    )


def _output(name: str, place: Place, text: Mapping[str, str]) -> Marker:
    """One of the line's outputs that are no probabilities, with its value."""
    return Marker(
        x=f"{name}_x", y=name, colour="path", size=5, text=text[name], place=place, beyond=text[name]
    )
