"""The descent chapter's picture the usual way: a figure with frames and a slider in `st.plotly_chart`.

The same surface, map, data and cost, the same walks at the same step; a frame for each learning
rate, which changes the moving traces and the numbers only.
"""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from plotly.subplots import make_subplots

from explainer.chapters.descent.chapter import LEARNING_RATE
from explainer.maths.checks import FloatArray
from explainer.maths.datasets import Standardised
from explainer.maths.descent import Trajectory, descend_many, verdict
from explainer.maths.landscape import landscape
from explainer.maths.logistic import sigmoid
from explainer.stage.cost_figures import cost_figure, data_figure, map_figure, surface_figure
from explainer.words import words

DATA: Final = "challenger"
START: Final = (3.0, 3.0)
STEPS: Final = 200
AT: Final = 100  # the step that is shown, in the middle of the walk
PARTS: Final = (
    (slice(None), {"mode": "lines"}),
    (slice(AT + 1), {"mode": "lines+markers"}),
    (slice(AT, AT + 2), {"mode": "lines"}),
    (slice(AT, AT + 1), {"mode": "markers+text", "text": [f"step {AT}"]}),
)
HEIGHT: Final = 560  # pixels: what the chapter's panels take on a screen of 1366 x 768, and the slider
MARGIN: Final = {"l": 10, "r": 10, "t": 90, "b": 10}
LAYOUT: Final = [[{"type": "scene", "rowspan": 2}, {"rowspan": 2}, {}], [None, None, {}]]
SURFACE, MAP, CURVE, COST = PLACES = ((1, 1), (1, 2), (1, 3), (2, 3))
AT_ONCE: Final = {
    "mode": "immediate",
    "frame": {"duration": 0, "redraw": True},  # without redraw the scene would not change
    "transition": {"duration": 0},
}


@st.cache_resource
def figure() -> go.Figure:
    """The whole picture."""
    still = landscape(DATA, "sigmoid")
    runs = descend_many(still.standardised.X, still.data.Y, LEARNING_RATE.values, STEPS, [START[0]], START[1])
    x = np.linspace(still.data.X.min(), still.data.X.max(), 200)
    text = words("descent").figure
    surface, *flat = (
        surface_figure(still),
        map_figure(still),
        data_figure(still.data, still.link, text),
        cost_figure(float(runs.costs[0, 0]), STEPS, text),
    )
    whole = make_subplots(rows=2, cols=3, specs=LAYOUT, horizontal_spacing=0.05)
    for part, (row, col) in zip((surface, *flat), PLACES, strict=True):
        whole.add_traces(part.data, rows=row, cols=col)
    whole.update_scenes(surface.layout.scene)
    for number, part in enumerate(flat, start=1):
        whole.update_layout(
            {f"xaxis{number}": _ranges(part.layout.xaxis), f"yaxis{number}": _ranges(part.layout.yaxis)}
        )
    first = len(whole.data)
    for (row, col), trace in moving(runs[0], still.standardised, x):
        whole.add_trace(trace, row=row, col=col)
    traces = list(range(first, len(whole.data)))
    whole.frames = [
        go.Frame(
            name=name,
            data=[trace for _, trace in moving(run, still.standardised, x)],
            traces=traces,
            layout={"title": {"text": numbers(name, run)}},
        )
        for name, run in zip(LEARNING_RATE.texts, runs, strict=True)
    ]
    steps = [{"method": "animate", "label": name, "args": [[name], AT_ONCE]} for name in LEARNING_RATE.texts]
    return whole.update_layout(sliders=[{"steps": steps}], showlegend=False, height=HEIGHT, margin=MARGIN)


def _ranges(axis: Any) -> dict[str, Any]:
    return {"range": axis.range, "title": axis.title}


def moving(run: Trajectory, units: Standardised, x: FloatArray) -> list[tuple[tuple[int, int], Any]]:
    """Where and what follows the learning rate: on the surface, the map and the cost plot the whole way, the
    way so far, the coming step and the point with its word; and the curve over the data."""
    w, b, costs, steps = run.w[:, 0], run.b, run.costs, np.arange(len(run.costs))
    slope, intercept = units.to_real_units(run.w[AT : AT + 1].T, float(b[AT]))
    curve = go.Scatter(x=x, y=sigmoid(slope.item() * x + intercept), mode="lines")
    return [
        *((SURFACE, go.Scatter3d(x=w[part], y=b[part], z=costs[part], **look)) for part, look in PARTS),
        *((MAP, go.Scatter(x=w[part], y=b[part], **look)) for part, look in PARTS),
        *((COST, go.Scatter(x=steps[part], y=costs[part], **look)) for part, look in PARTS),
        (CURVE, curve),
    ]


def numbers(name: str, run: Trajectory) -> str:
    """What the chapter's read-outs say, as the figure's title."""
    w, b = run.w[:, 0], run.b
    return "<br>".join(
        (
            f"J = {run.costs[AT]:.4f}, {verdict(run)}",
            f"w := {w[AT]:.3f} - {name} x {run.dw[AT, 0]:.3f} = {w[AT + 1]:.3f}",
            f"b := {b[AT]:.3f} - {name} x {run.db[AT]:.3f} = {b[AT + 1]:.3f}",
        )
    )


st.set_page_config(layout="wide")
st.plotly_chart(figure(), key="picture")
