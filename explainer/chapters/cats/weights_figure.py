"""The weights w as a picture, and a strip of pictures with what is said of them."""

from collections.abc import Mapping
from typing import Final

from explainer.pictures import SIDE
from explainer.pictures.columns import CHANNELS
from explainer.stage.bare import bare
from explainer.stage.layers import Bars, Boxes, Image, Layer, Line, Text
from explainer.stage.stage import Panel

FORMS: Final = ("whole", "parts")
TILE: Final = 255
"""A picture of the strip on its axes, and the height of a bar for a = 1: probabilities come as 0 to 255."""
GAP: Final = 6
LEFT: Final = 44
"""Room for words beside the parts, in weights."""


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
    )


def parts(text: Mapping[str, str]) -> Panel:
    """The red, green and blue of w: what speaks for a cat above, what speaks against it below."""
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
    """So many pictures, and over each the probability that it is a cat, as a bar beside its threshold."""
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
