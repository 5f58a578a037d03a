"""The live figure of the chapter *Pixels*: one picture, its channels, its numbers, its vector x."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from explainer.chapters.pixels.shades import shades_of
from explainer.maths.checks import ByteArray
from explainer.pictures import SIDE, reduced, to_columns
from explainer.pictures.columns import CHANNELS, n_x, places
from explainer.stage.bare import bare
from explainer.stage.layers import Cells, Frame, Image, Marker, Text
from explainer.stage.stage import Clock, Control, Layout, Panel, Readout, Sentence, Stage, Table

SIDES: Final = (8, 16, 32, 64)
LAST: Final = n_x(SIDE) - 1
LEVELS: Final = tuple(f"{value / 255:.4f}" for value in range(256))
"""Each value of a pixel as it stands in x."""
WIDTH: Final = 2 * SIDE
"""A picture's width on the axes. Their unit is half a pixel: every pixel's middle is a whole number."""
GAP: Final = 8
REACH: Final = 2
NEIGHBOURS: Final = 4
"""Entries of x written out before and after the one that is pointed at."""


def stage(picture: ByteArray, text: Mapping[str, str]) -> Stage:
    """One picture (64, 64, 3) uint8, at every resolution of `SIDES`: its channels, its numbers, its x."""
    return Stage(
        tables=_tables(picture, text),
        controls=(
            Control(
                "resolution",
                text["resolution"],
                tuple(float(n_x(side) - 1) for side in SIDES),
                tuple(map(str, SIDES)),
                start=len(SIDES) - 1,
            ),
            Control("index", text["index"], tuple(range(LAST + 1)), tuple(map(str, range(LAST + 1)))),
        ),
        clock=Clock("index", end="resolution", seconds=90.0, slowest=10.0),
        panels=(_picture(text), _channels(text), _column(text)),
        layouts=(
            Layout(("picture channels column",), columns="minmax(0,1fr) minmax(0,1.4fr) minmax(0,0.85fr)"),
        ),
        readouts=(
            Readout(text["readout_value"], lead=True),
            Readout(text["readout_index"]),
            Readout(text["readout_n_x"]),
        ),
        sentences=(Sentence(text["sentence"]),),
    )


def _tables(picture: ByteArray, text: Mapping[str, str]) -> dict[str, Table]:
    seen = [_padded(places(side).row) for side in SIDES], [_padded(places(side).column) for side in SIDES]
    rows, columns = (np.stack(part) for part in seen)
    spans = np.array([SIDE // side for side in SIDES], dtype=np.uint8)
    small = [reduced(picture, side) for side in SIDES]
    values = np.stack([_padded(_numbers(one)) for one in small])
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


def _numbers(picture: ByteArray) -> ByteArray:
    """x before it is divided by 255, in the order of `to_columns`."""
    return np.rint(255 * to_columns(picture[None])[:, 0]).astype(np.uint8)


def _padded(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """As long as the longest x; the clock never comes to what is added."""
    return np.pad(values, (0, LAST + 1 - len(values)))


def _enlarged(picture: ByteArray) -> ByteArray:
    """64 x 64 again, each pixel a block."""
    times = SIDE // len(picture)
    return picture.repeat(times, axis=0).repeat(times, axis=1)


def _share(side: int) -> np.ndarray[Any, np.dtype[np.uint16]]:
    """Where in the strip an index stands: 0 at its upper end, 65,535 at its foot."""
    index = np.arange(LAST + 1)
    share: np.ndarray[Any, np.dtype[np.uint16]] = np.rint(
        65535 * np.minimum((index + 0.5) / n_x(side), 1.0)
    ).astype(np.uint16)
    return share


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
    """The three channels above, and under each the numbers about the pixel."""
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
    """The strip that is all of x, and the entries about the one that is pointed at."""
    lines = [
        Text(
            x=3.2,
            y=32768 + 6600 * shift,
            text=text["entry"],
            colour="ink" if shift else "gradient",
            shift=shift,
        )
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
            *lines,
            Text(x=3.2, y=32768, text=text["entry"], colour="gradient"),
        ),
        pick=("index",),
    )
