"""Every layer once: some follow a slider, some the clock, and in one panel a press moves the clock."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from explainer.live import Visitor, live, pack, publish
from explainer.stage.layers import Bars, Boxes, Cells, Frame, Heat, Image, Line, Points, Stems, Text
from explainer.stage.settings import Slider
from explainer.stage.stage import Clock, Layout, Panel, Stage, Table

st.set_page_config(layout="wide")
HEIGHTS = np.array([[1.0, 2.0, 3.0], [3.0, 1.0, 2.0]])
picture = np.zeros((2, 2, 2, 3), dtype=np.uint8)
picture[0, 0, 0] = (255, 0, 0)  # the upper left pixel, red at first
picture[1, 0, 0] = (0, 0, 255)  # and blue then
coloured = np.full((2, 4, 3), (200, 90, 10), dtype=np.uint8)
numbered = np.arange(4 * 4 * 3, dtype=np.uint8).reshape(4, 4, 3)
heat = np.array([[[255, 127], [0, 0]], [[0, 128], [255, 255]]], dtype=np.uint8)
STEPS = np.arange(5.0)
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
        "coloured": Table(coloured),
        "numbered": Table(numbered),
        "gap": Table(np.array([1.0, np.nan, 3.0])),
        "place": Table(1.0 + STEPS, axes=("step",)),
        "grid": Table(np.array([2.0, 3.0, np.nan, 5.0])),
        "in_boxes": Table(np.array([8.0, 8.0, 8.0, np.nan])),
        "share": Table(STEPS / 4, axes=("step",)),
        "heat": Table(heat, axes=("which",)),
    },
    clock=Clock("step"),
    panels=(
        Panel(
            name="plot",
            title="{which}",
            tab="plot",
            figure=go.Figure(layout=axes),
            layers=(
                Bars(x="places", y="heights", colour="cat", level=5.0),
                Line(x="places", y="level", colour="not-cat", width=6),
                Boxes(x="grid", y=9.0, values="in_boxes", colour="cat", ink="not-cat", tint=1.0, width=0),
                Text(x=6.0, y="level", text="level {level:.1f}", colour="gradient"),
                Image(table="picture", x0=5, x1=7, y0=4, y1=2),
                Heat(table="heat", colour="cat", low="not-cat", tint=1.0, x0=8, x1=10, y0=2, y1=4),
            ),
        ),
        Panel(
            name="more",
            title="more",
            tab="more",
            figure=go.Figure(layout=axes),
            pick=("step",),
            layers=(
                Frame(x="place", y=9.0, span=0.8, colour="gradient"),
                Points(x="gap", y=7.0, symbol="square", size=6, colour="cat"),
                Stems(x="gap", y=6.0, foot=4.0, colour="not-cat", width=6),
                Image(table="coloured", x0=5, x1=9, y0=7, y1=5, channel=1, share="share"),
                Cells(table="numbered", channel=2, row=1, column=1, reach=1, x0=5, x1=8, y0=4, y1=1),
                Text(x=0.5, y=2.0, text="▮▮▮▮ {step}", colour="gradient", shift=-2),
            ),
        ),
    ),
    layouts=(Layout(rows=("plot more",)),),
)
controls = (Slider("which", (0.0, 1.0), texts=("first", "second")), Slider("step", range(5)))
packed = pack(stage, controls, {"which": "which", "step": "step"})
live(publish(packed, "layers"), Visitor(figure="layers", texts={"which": "first"}), key="layers")
