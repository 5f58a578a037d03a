"""The second live figure of the chapter *Why not a straight line?*: z = w x + b, a = sigmoid(z)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explainer.maths.checks import FloatArray
from explainer.maths.logistic import sigmoid, sigmoid_derivative
from explainer.stage.layers import NAME, NUMBER, Curve, Layer, Marker, Text
from explainer.stage.palette import INK, SHADED, template
from explainer.stage.settings import Choice
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table

SLOPES: Final = Choice("slopes", ("hidden", "shown"))
"""Whether the slope is shown: readers are asked beforehand where it is large."""
SHOWN: Final[dict[str, tuple[str, ...]]] = {SLOPES.name: ("shown",)}
STEEPEST: Final = 0.25
"""The slope of the sigmoid at z = 0."""
SATURATED, STEEP = 0.1, 0.5
"""Shares of the steepest slope: below the one the sigmoid is called saturated, above the other steep."""
Z_END: Final = 8.0
"""Where the plots over z end; a z beyond is an arrow with its value."""
AXES: Final = ("w", "b", "x")
KINDS: Final = ("saturated_low", "saturated_high", "steep", "between")


def where_slope_is(share: float) -> float:
    """The z > 0 at which the slope a (1 - a) is `share` of the steepest: a = (1 + sqrt(1 - share)) / 2."""
    a = (1 + np.sqrt(1 - share)) / 2
    return float(np.log(a / (1 - a)))


def stage(w: Sequence[float], b: Sequence[float], x: Sequence[float], text: Mapping[str, str]) -> Stage:
    """a over x and over z, and the derivative over z, for all these w, b and x."""
    return Stage(
        tables=_tables(np.array(w), np.array(b), np.array(x), text),
        clock=Clock("x", seconds=6.0),
        panels=_panels((x[0], x[-1]), text),
        layouts=(Layout(("x z slope",), when=SHOWN), Layout(("x z",))),
        readouts=(
            *(Readout(text[f"readout_{name}"], lead=True) for name in ("z", "a")),
            Readout(text["readout_slope"], lead=True, colour="gradient", when=SHOWN),
        ),
        sentences=(
            Sentence(text["sentence_neuron"], when=SHOWN),
            Sentence(text["sentence_neuron_so_far"]),
        ),
    )


def _panels(ends: tuple[float, float], text: Mapping[str, str]) -> tuple[Panel, ...]:
    """The three plots; `ends` are those of x."""
    tangent = Curve(
        slope="slope", intercept="tangent", link="identity", colour="gradient", width=2.5, when=SHOWN
    )
    return (
        Panel(
            name="x",
            title=text["over_x"],
            tab=text["tab_x"],
            figure=_plot("x", ends, "a", (-0.08, 1.08), text),
            layers=(
                Curve(slope="weight", intercept="bias", link="sigmoid", colour="path", width=4),
                _point("input", "a", text["a_here"]),
            ),
        ),
        Panel(
            name="z",
            title=text["over_z"],
            tab=text["tab_z"],
            figure=_over_z(sigmoid, "a", (-0.08, 1.08), text),
            layers=(*_says_saturated(1.0, text), tangent, _point("z", "a", text["z_here"], text["z_here"])),
        ),
        Panel(
            name="slope",
            title=text["slope"],
            tab=text["tab_slope"],
            figure=_shaded(_over_z(sigmoid_derivative, text["slope_axis"], (-0.02, 0.29), text)),
            layers=(
                *_says_saturated(0.27, text),
                _point("z", "slope", text["slope_here"], text["slope_here"], "gradient"),
            ),
            when=SHOWN,
        ),
    )


def _tables(w: FloatArray, b: FloatArray, x: FloatArray, text: Mapping[str, str]) -> dict[str, Table]:
    z = w[:, None, None] * x + b[:, None]
    a, slope = sigmoid(z), sigmoid_derivative(z)
    return {
        "weight": Table(w, ("w",)),
        "bias": Table(b, ("b",)),
        "input": Table(x, ("x",)),
        "z": Table(z, AXES),
        "a": Table(a, AXES),
        "slope": Table(slope, AXES),
        "tangent": Table(a - slope * z, AXES),
        "kind": Table(kinds(z), AXES, tuple(text[kind] for kind in KINDS)),
    }


def kinds(z: FloatArray) -> NDArray[np.uint8]:
    """Which of `KINDS` the sigmoid is at each z, by its slope there; places as uint8, of the shape of z."""
    slope = sigmoid_derivative(z)
    saturated = slope < SATURATED * STEEPEST
    rules = [saturated & (z < 0), saturated & (z > 0), slope >= STEEP * STEEPEST]
    return np.select(rules, range(3), default=3).astype(np.uint8)


def _saturated_bands() -> tuple[tuple[float, float], ...]:
    """Where the sigmoid is saturated, from z to z."""
    edge = where_slope_is(SATURATED)
    return (-Z_END, -edge), (edge, Z_END)


def _says_saturated(y: float, text: Mapping[str, str]) -> Iterator[Layer]:
    """The word for those bands, in each, near the upper edge."""
    for left, right in _saturated_bands():
        x = (left + right) / 2
        yield Text(
            x=x, y=y, text=text["saturated"], colour="ink", align="center", importance=NAME, when=SHOWN
        )


def _point(x: str, y: str, here: str, beyond: str = "", colour: str = "path") -> Layer:
    """The point for the chosen x, with its text `here`, and `beyond` when it is off the plot."""
    # The text is on the left, where the curve is not: neither a rising nor a falling one.
    return Marker(x=x, y=y, colour=colour, size=8, text=here, place="left", beyond=beyond, importance=NUMBER)


def _plot(
    name: str, ends: tuple[float, float], title: str, heights: tuple[float, float], text: Mapping[str, str]
) -> go.Figure:
    figure = go.Figure()
    figure.update_layout(
        template=template(),
        uirevision=name,
        xaxis={"title": {"text": text[f"axis_{name}"]}, "range": list(ends)},
        yaxis={"title": {"text": title}, "range": list(heights)},
    )
    return figure


def _over_z(
    function: Callable[[FloatArray], FloatArray],
    title: str,
    heights: tuple[float, float],
    text: Mapping[str, str],
) -> go.Figure:
    """A function of z, which no slider changes."""
    figure = _plot("z", (-Z_END, Z_END), title, heights, text)
    z = np.linspace(-Z_END, Z_END, 129)
    figure.add_scatter(x=z, y=function(z), mode="lines", line={"color": INK, "width": 3})
    return figure


def _shaded(figure: go.Figure) -> go.Figure:
    """The plot over z, shaded where the sigmoid is saturated."""
    for left, right in _saturated_bands():
        figure.add_vrect(x0=left, x1=right, **SHADED)
    return figure
