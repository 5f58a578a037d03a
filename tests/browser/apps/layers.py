"""A line, bars, a text and a picture, all of which follow one slider."""

import numpy as np
import plotly.graph_objects as go

from explainer.live import (
    Bars,
    Control,
    Image,
    Layout,
    Line,
    Panel,
    Stage,
    Table,
    Text,
    Visitor,
    live,
    pack,
)

HEIGHTS = np.array([[1.0, 2.0, 3.0], [3.0, 1.0, 2.0]])
picture = np.zeros((2, 2, 2, 3), dtype=np.uint8)
picture[0, 0, 0] = (255, 0, 0)  # the upper left pixel, red at first
picture[1, 0, 0] = (0, 0, 255)  # and blue then
axes = {
    "xaxis": {"range": [0, 10]},
    "yaxis": {"range": [0, 10]},
    "margin": {"l": 30, "r": 5, "t": 5, "b": 30},
}
stage = Stage(
    tables={
        "places": Table(np.array([1.0, 2.0, 3.0])),
        "heights": Table(HEIGHTS, axes=("which",)),
        "picture": Table(picture, axes=("which",)),
        "level": Table(np.array([6.0, 8.0]), axes=("which",)),
    },
    controls=(Control("which", "which", (0.0, 1.0), ("first", "second")),),
    clock=None,
    panels=(
        Panel(
            name="plot",
            title="{which}",
            tab="plot",
            figure=go.Figure(layout=axes),
            layers=(
                Bars(x="places", y="heights", colour="cat"),
                Line(x="places", y="level", colour="not-cat", width=6),
                Text(x=6.0, y="level", text="level {level:.1f}", colour="gradient"),
                Image(table="picture", x0=5, x1=7, y0=4, y1=2),
            ),
        ),
    ),
    layouts=(Layout(rows=("plot",)),),
)
live(pack(stage), Visitor(chapter="layers", places={"which": 0}), key="layers")
