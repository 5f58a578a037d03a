"""The live figures of the chapter *Pixels*: one picture as a column x, and many pictures as the matrix X."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from explainer.maths.checks import ByteArray, FloatArray
from explainer.pictures import SIDE, reduced, to_columns
from explainer.pictures.columns import CHANNELS, n_x, places
from explainer.stage.layers import Cells, Frame, Image, Marker, Points, Text
from explainer.stage.palette import bare, template
from explainer.stage.settings import Choice
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table

COUNT: Final = Choice("count", ("hidden", "shown"))
"""Whether it is said how many numbers x holds: readers are asked beforehand."""
COUNTED: Final[dict[str, tuple[str, ...]]] = {COUNT.name: ("shown",)}
SIDES: Final = (8, 16, 32, 64)
LAST: Final = n_x(SIDE) - 1
LEVELS: Final = tuple(f"{value / 255:.4f}" for value in range(256))
"""Each possible value of a pixel, as written in x."""
WIDTH: Final = 2 * SIDE
"""A picture's width on the axes. Their unit is half a pixel: every pixel's middle is a whole number."""
GAP: Final = 8
REACH: Final = 2
"""How many pixels are written out as numbers on each side of the one pointed at."""
NEIGHBOURS: Final = 4
"""How many entries of x are written out before and after the one pointed at."""
SHADES: Final = 192
"""How many shades of grey a drawn column has: more could not be told apart."""
THUMB: Final = 32
"""Pixels a side of the pictures above the columns of X."""
PICTURES_AT: Final = (5.1, 4.1)
COLUMNS_AT: Final = (3.9, 0.75)
LABELS_AT: Final = 0.35
TOP: Final = 5.2
"""Heights in the drawing of X, 1 for a picture: edges of pictures and columns, labels, upper end."""


# ---- one picture


def picture_stage(picture: ByteArray, text: Mapping[str, str]) -> Stage:
    """One picture (64, 64, 3) uint8 at each resolution of `SIDES`: its channels, its numbers, its x."""
    return Stage(
        tables=_tables(picture, text),
        clock=Clock("index", end="resolution", seconds=90.0, slowest=10.0, told=COUNTED),
        panels=(_picture(text), _channels(text), _column(text)),
        layouts=(
            Layout(("picture channels column",), columns="minmax(0,1fr) minmax(0,1.4fr) minmax(0,0.85fr)"),
        ),
        readouts=(
            Readout(text["readout_value"], lead=True),
            Readout(text["readout_index"]),
            Readout(text["readout_n_x"], when=COUNTED),
        ),
        sentences=(Sentence(text["sentence"], when=COUNTED), Sentence(text["sentence_so_far"])),
    )


def _tables(picture: ByteArray, text: Mapping[str, str]) -> dict[str, Table]:
    rows = np.stack([_padded(places(side).row) for side in SIDES])
    columns = np.stack([_padded(places(side).column) for side in SIDES])
    spans = np.array([SIDE // side for side in SIDES], dtype=np.uint8)
    small = [reduced(picture, side) for side in SIDES]
    values = np.stack([_padded(one.reshape(-1)) for one in small])  # in the order of `to_columns`
    channel = places(SIDE).channel
    middle = WIDTH // 2 + (WIDTH + GAP) * channel.astype(np.uint16)
    x_place = (2 * columns + 1) * spans[:, None]
    by_index, both = ("index",), ("resolution", "index")
    return {
        "picture": Table(np.stack([_enlarged(one) for one in small]), ("resolution",)),
        "strip": Table(np.stack([shades_of(to_columns(one[None])) for one in small]), ("resolution",)),
        "span": Table(spans, ("resolution",)),
        "frame": Table(2 * spans, ("resolution",)),
        "n_x": Table(np.array([n_x(side) for side in SIDES], dtype=np.uint16), ("resolution",)),
        "row": Table(rows, both),
        "column": Table(columns, both),
        "value": Table(values, both),
        "scaled": Table(values, both, LEVELS),
        "channel": Table(channel, by_index),
        "colour": Table(channel, by_index, tuple(text[f"channel_{k}"] for k in range(CHANNELS))),
        "x_place": Table(x_place, both),
        "y_place": Table((2 * rows + 1) * spans[:, None], both),
        "channel_x": Table(x_place + (WIDTH + GAP) * channel.astype(np.uint16), both),
        "cell_x": Table(middle, by_index),
        "strip_place": Table(np.stack([_share(side) for side in SIDES]), both),
    }


def _padded(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Padded to the length of the longest x; the clock never reaches the added part."""
    return np.pad(values, (0, LAST + 1 - len(values)))


def _enlarged(picture: ByteArray) -> ByteArray:
    """The picture enlarged to 64 x 64, each pixel a block."""
    times = SIDE // len(picture)
    return picture.repeat(times, axis=0).repeat(times, axis=1)


def _share(side: int) -> np.ndarray[Any, Any]:
    """The height of each index in the strip, from 0 at the top to 65,535 at the bottom."""
    share: FloatArray = np.minimum((np.arange(LAST + 1) + 0.5) / n_x(side), 1.0)
    return np.rint(65535 * share).astype(np.uint16)


def shades_of(X: FloatArray) -> ByteArray:
    """X (n_x, m), numbers from 0 to 1, as a picture (SHADES, m, 3): each shade is the mean of some rows.

    n_x must be a multiple of SHADES, as it is for every side in `SIDES`.
    """
    means = X.reshape(SHADES, -1, X.shape[1]).mean(axis=1)
    return np.repeat(np.rint(255 * means).astype(np.uint8)[:, :, None], 3, axis=2)


def _picture(text: Mapping[str, str]) -> Panel:
    return Panel(
        name="picture",
        title=text["picture"],
        tab=text["tab_picture"],
        figure=bare(WIDTH, WIDTH, square=True),
        layers=(
            Image(table="picture", x0=0, x1=WIDTH, y0=0, y1=WIDTH),
            Frame(x="x_place", y="y_place", span="frame", colour="gradient"),
        ),
        pick=("index",),
    )


def _channels(text: Mapping[str, str]) -> Panel:
    """The three channels, and below each the numbers around the pixel."""
    lefts = [k * (WIDTH + GAP) for k in range(CHANNELS)]
    top = WIDTH + 22
    layers = [
        layer
        for k, left in enumerate(lefts)
        for layer in (
            Image(table="picture", x0=left, x1=left + WIDTH, y0=0, y1=WIDTH, channel=k),
            Cells(
                table="picture",
                channel=k,
                row="row",
                column="column",
                span="span",
                reach=REACH,
                x0=left,
                x1=left + WIDTH,
                y0=top,
                y1=top + WIDTH,
            ),
            Text(x=left + WIDTH / 2, y=WIDTH + 11, text=text[f"channel_{k}"], colour="ink", align="center"),
        )
    ]
    cell = WIDTH / (2 * REACH + 1)
    return Panel(
        name="channels",
        title=text["channels"],
        tab=text["tab_channels"],
        figure=bare(lefts[-1] + WIDTH, top + WIDTH, square=True),
        layers=(
            *layers,
            Frame(x="channel_x", y="y_place", span="frame", colour="gradient"),
            Frame(x="cell_x", y=top + WIDTH / 2, span=cell, colour="gradient"),
        ),
        pick=("index",),
    )


def _column(text: Mapping[str, str]) -> Panel:
    """All of x as a strip, and the entries around the one pointed at."""
    entries = [
        Text(x=3.2, y=32768 + 6600 * shift, text=text["entry"], colour="ink", shift=shift)
        for shift in range(-NEIGHBOURS, NEIGHBOURS + 1)
        if shift
    ]
    return Panel(
        name="column",
        title=text["column"],
        tab=text["tab_column"],
        figure=bare(10, 65535, square=False),
        layers=(
            Image(table="strip", x0=0.2, x1=1.5, y0=0, y1=65535),
            Marker(x=1.9, y="strip_place", colour="gradient", size=6),
            *entries,
            Text(x=3.2, y=32768, text=text["entry"], colour="gradient"),
        ),
        pick=("index",),
    )


# ---- many pictures


def matrix_stage(pictures: ByteArray, Y: FloatArray, text: Mapping[str, str]) -> Stage:
    """Pictures (m, 64, 64, 3) side by side, and below each its column of X and its label in Y (1, m)."""
    m = len(pictures)
    counts = np.arange(m + 1)
    X = to_columns(pictures)
    shades = shades_of(X)
    thumbs = np.concatenate([reduced(picture, THUMB) for picture in pictures], axis=1)
    is_there = np.arange(m) < counts[:, None]  # (m + 1, m): which pictures are columns so far
    return Stage(
        tables={
            "thumbs": Table(thumbs),
            "shades": Table(shades),
            "rows": Table(np.array(X.shape[0] // len(shades))),
            "share": Table(counts / m, ("m",)),
            "middle": Table(np.arange(m) + 0.5),
            "cats": Table(np.where(is_there & (Y == 1), LABELS_AT, np.nan), ("m",)),
            "others": Table(np.where(is_there & (Y == 0), LABELS_AT, np.nan), ("m",)),
            "num_cats": Table(np.cumsum(np.append(0, Y)).astype(np.uint16), ("m",)),
        },
        clock=Clock("m", seconds=10.0),
        panels=(
            Panel(
                name="matrix",
                title=text["matrix"],
                tab=text["tab_matrix"],
                figure=_matrix_axes(m, text),
                layers=(
                    Image(table="thumbs", x0=0, x1=m, y0=PICTURES_AT[0], y1=PICTURES_AT[1], share="share"),
                    Image(table="shades", x0=0, x1=m, y0=COLUMNS_AT[0], y1=COLUMNS_AT[1], share="share"),
                    Points(x="middle", y="cats", symbol="circle", size=7, colour="cat"),
                    Points(x="middle", y="others", symbol="square", size=6, colour="not-cat"),
                ),
            ),
        ),
        layouts=(Layout(("matrix",)),),
        readouts=(Readout(text["readout_X"], lead=True), Readout(text["readout_Y"])),
        sentences=(Sentence(text["sentence_X"]),),
    )


def _matrix_axes(m: int, text: Mapping[str, str]) -> go.Figure:
    plain = {"showgrid": False, "zeroline": False, "constrain": "domain"}
    upwards = {
        "range": [0, TOP],
        "scaleanchor": "x",
        "tickvals": [sum(PICTURES_AT) / 2, *COLUMNS_AT, LABELS_AT],
        "ticktext": [text["axis_pictures"], "0", text["axis_last"], "Y"],
    }
    return go.Figure(
        layout={
            "template": template(),
            "margin": {"l": 62, "r": 10, "t": 6, "b": 10},
            "xaxis": plain | {"range": [0, m], "showticklabels": False},
            "yaxis": plain | upwards,
        }
    )
