"""The weights w as a picture, by pixel, in red, green and blue; and a strip of pictures with their a."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from explainer.maths.checks import ByteArray, FloatArray, IntArray
from explainer.maths.training import Run
from explainer.pictures import SIDE
from explainer.pictures.columns import CHANNELS, side_of
from explainer.stage.layers import Bars, Boxes, Image, Layer, Line, Text
from explainer.stage.palette import bare
from explainer.stage.stage import Panel

ZERO: Final = 128
"""The pixel value for a weight of 0: grey."""
REACH: Final = 127
FULL: Final = 0.995
"""The quantile of |w| that gets full colour: scaled by the few largest, all others would look grey."""
FORMS: Final = ("whole", "parts")
"""How w is shown: as one picture, or by colour and sign."""
TILE: Final = 255
"""The width of a picture in the strip, and the height of a bar for a = 1: probabilities come as 0 to 255."""
GAP: Final = 6
LEFT: Final = 44
"""Room for words beside the parts, in units of a weight's width."""


@dataclass(frozen=True, eq=False)
class WeightPictures:
    """w at `steps` (k,): `pictures` (k, s, s, 3) uint8, and `scales` (k,), the |w| that has full colour.

    A value v stands for the weight (v - 128) / 127 x scale; larger weights are shown as the scale.
    """

    steps: IntArray
    pictures: ByteArray
    scales: FloatArray


def kept_steps(num_iterations: int, count: int = 20) -> IntArray:
    """At most `count` steps from 0 to the end, evenly spaced in sqrt(step): most happens at first."""
    return np.unique(np.rint(num_iterations * np.linspace(0, 1, count) ** 2).astype(np.int64))


def weight_pictures(run: Run, steps: IntArray) -> WeightPictures:
    """The run's w after each of these steps. ValueError if n_x is not 3 s^2."""
    return WeightPictures(steps, *pictures_of((run.X @ run.coefficients[steps].T).T))


def pictures_of(W: FloatArray) -> tuple[ByteArray, FloatArray]:
    """Rows of W (k, n_x) as pictures (k, s, s, 3), and their scales (k,). ValueError if n_x is not 3 s^2."""
    s = side_of(W.shape[1])
    scales = np.quantile(np.abs(W), FULL, axis=1)
    share = np.divide(W, scales[:, None], out=np.zeros_like(W), where=scales[:, None] > 0)
    values: ByteArray = (ZERO + np.rint(REACH * np.clip(share, -1, 1))).astype(np.uint8)
    return values.reshape(-1, s, s, CHANNELS), scales


# ---- panels


def whole(text: Mapping[str, str]) -> Panel:
    """w as one picture."""
    side = float(2 * SIDE)
    return Panel(
        name="whole",
        title=text["weights_title"],
        tab=text["tab_weights"],
        figure=bare(side, side + 16, square=True),
        layers=(
            Image(table="w", which="kept", x0=0, x1=side, y0=0, y1=side),
            Text(x=side / 2, y=side + 10, text=text["weights_scale"], colour="ink", align="center"),
        ),
        when={"weights": ("whole",)},
    )


def parts(text: Mapping[str, str]) -> Panel:
    """Red, green and blue of w apart: what speaks for a cat above, what speaks against it below."""
    height, width = 2 * SIDE + GAP, LEFT + CHANNELS * (SIDE + GAP)
    return Panel(
        name="parts",
        title=text["weights_title"],
        tab=text["tab_weights"],
        figure=bare(width, height + 18, square=True),
        layers=(
            *(layer for k in range(CHANNELS) for layer in _channel(k, text)),
            Text(x=0, y=SIDE / 2, text=text["weights_for"], colour="cat"),
            Text(x=0, y=1.5 * SIDE + GAP, text=text["weights_against"], colour="not-cat"),
        ),
        when={"weights": ("parts",)},
    )


def _channel(k: int, text: Mapping[str, str]) -> list[Layer]:
    x0, middle = float(LEFT + k * (SIDE + GAP)), LEFT + k * (SIDE + GAP) + SIDE / 2
    x1, below = x0 + SIDE, SIDE + GAP
    return [
        Image(table="w", which="kept", channel=k, sign=1, x0=x0, x1=x1, y0=0, y1=SIDE),
        Image(table="w", which="kept", channel=k, sign=-1, x0=x0, x1=x1, y0=below, y1=below + SIDE),
        Text(x=middle, y=below + SIDE + 10, text=text[f"channel_{k}"], colour="ink", align="center"),
    ]


def strip(count: int, text: Mapping[str, str]) -> Panel:
    """A row of `count` pictures, and above each its a as a bar, with a line at the threshold 0.5."""
    figure = bare(TILE * count, -TILE - 4, square=True, top=TILE + 100)
    pictures = [
        Image(table="strip", which=float(k), x0=TILE * k + 8, x1=TILE * (k + 1) - 8, y0=-8, y1=8 - TILE)
        for k in range(count)
    ]
    half = TILE / 2
    return Panel(
        name="strip",
        title=text["strip"],
        tab=text["tab_strip"],
        figure=figure,
        layers=(
            *pictures,
            Bars(x="slots_cats", y="a_cats", span=120, colour="cat"),
            Bars(x="slots_others", y="a_others", span=120, colour="not-cat"),
            Line(x="edges", y=half, colour="ink", width=1.5, dash=(5, 5)),
            Line(x="edges", y=0, colour="ink", width=1, ends="butt"),
            Boxes(x="slots", y=TILE + 48, wide=TILE, high=110, values="a", colour="ink", width=0),
        ),
    )
