"""The second live figure of the chapter *Pixels*: many pictures side by side become the matrix X."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import plotly.graph_objects as go

from explainer.chapters.pixels.shades import shades_of
from explainer.maths.checks import ByteArray, FloatArray
from explainer.pictures import reduced, to_columns
from explainer.stage.layers import Image, Layer, Points
from explainer.stage.palette import template
from explainer.stage.stage import Clock, Control, Layout, Panel, Readout, Sentence, Stage, Table

THUMB: Final = 32
"""Pixels a side of the pictures that stand above their columns."""
PICTURES_AT: Final = (5.1, 4.1)
COLUMNS_AT: Final = (3.9, 0.75)
LABELS_AT: Final = 0.35
TOP: Final = 5.2
"""Edges of the pictures, of their columns, and their labels' place, upwards, in widths of a picture."""


def stage(pictures: ByteArray, Y: FloatArray, text: Mapping[str, str]) -> Stage:
    """Pictures (m, 64, 64, 3) side by side, one after the other, and below each its column of X; Y (1, m)."""
    m = len(pictures)
    counts = tuple(range(m + 1))
    X = to_columns(pictures)
    shades = shades_of(X)
    thumbs = np.concatenate([reduced(picture, THUMB) for picture in pictures], axis=1)
    there = np.arange(m) < np.array(counts)[:, None]  # (m + 1, m): the pictures put so far
    return Stage(
        tables={
            "thumbs": Table(thumbs),
            "shades": Table(shades),
            "n_x": Table(np.array(X.shape[0])),
            "rows": Table(np.array(X.shape[0] // len(shades))),
            "share": Table(np.array(counts) / m, ("m",)),
            "middle": Table(np.arange(m) + 0.5),
            "cats": Table(np.where(there & (Y == 1), LABELS_AT, np.nan), ("m",)),
            "others": Table(np.where(there & (Y == 0), LABELS_AT, np.nan), ("m",)),
            "num_cats": Table(np.cumsum(np.append(0, Y)).astype(np.uint16), ("m",)),
        },
        controls=(Control("m", text["m"], counts, tuple(map(str, counts)), start=m),),
        clock=Clock("m", seconds=10.0),
        panels=(
            Panel(
                name="matrix",
                title=text["matrix"],
                tab=text["tab_matrix"],
                figure=_axes(m, X.shape[0], text),
                layers=_layers(m),
            ),
        ),
        layouts=(Layout(("matrix",)),),
        readouts=(Readout(text["readout_X"], lead=True), Readout(text["readout_Y"])),
        sentences=(Sentence(text["sentence_X"]),),
    )


def _layers(m: int) -> tuple[Layer, ...]:
    return (
        Image(table="thumbs", x0=0, x1=m, y0=PICTURES_AT[0], y1=PICTURES_AT[1], share="share"),
        Image(table="shades", x0=0, x1=m, y0=COLUMNS_AT[0], y1=COLUMNS_AT[1], share="share"),
        Points(x="middle", y="cats", symbol="circle", size=7, colour="cat"),
        Points(x="middle", y="others", symbol="square", size=6, colour="not-cat"),
    )


def _axes(m: int, rows: int, text: Mapping[str, str]) -> go.Figure:
    figure = go.Figure()
    bare = {"showgrid": False, "zeroline": False, "constrain": "domain"}
    figure.update_layout(
        template=template(),
        margin={"l": 62, "r": 10, "t": 6, "b": 10},
        xaxis=bare | {"range": [0, m], "showticklabels": False},
        yaxis=bare
        | {
            "range": [0, TOP],
            "scaleanchor": "x",
            "tickvals": [sum(PICTURES_AT) / 2, *COLUMNS_AT, LABELS_AT],
            "ticktext": [text["axis_pictures"], "0", str(rows - 1), "Y"],
        },
    )
    return figure
