"""The path of a descent: its trail, its point and its landmarks, flat on a map or raised on a surface."""

from collections.abc import Mapping, Sequence

from explainer.maths.landscape import Landscape
from explainer.stage.layers import NUMBER, Layer, Marker, Trail
from explainer.stage.settings import IN_SIGHT

Raisable = tuple[Layer, float | str]
"""A layer in the plane, and its height when it stands on the surface."""


def path(x: str, y: str, height: str, here: str, beyond: str) -> list[Raisable]:
    """The way as far as it is known faintly, the way so far, the coming step, and the point.

    `x`, `y`, `height` name tables; `here` is the word at the point, `beyond` the one when it is off the plot.
    """
    return [
        (Trail(x=x, y=y, colour="ahead", width=2, until="end"), height),
        (Trail(x=x, y=y, colour="path", width=3, dots=True), height),
        (Trail(x=x, y=y, colour="gradient", width=4, until="next"), height),
        (Marker(x=x, y=y, colour="path", size=8, text=here, beyond=beyond, importance=NUMBER), height),
    ]


def landmarks(shown: Landscape, start: tuple[float, float, float], text: Mapping[str, str]) -> list[Raisable]:
    """The start (w, b, J), and the minimum where there is one: that only once it is no longer ahead."""
    w, b, cost = start
    marks: list[Raisable] = [
        (Marker(x=w, y=b, colour="path", symbol="cross", size=7, text=text["start"], place="above"), cost)
    ]
    if shown.minimum is not None:
        w, b, cost = shown.minimum
        star = Marker(
            x=w,
            y=b,
            colour="minimum",
            symbol="star",
            size=10,
            text=text["minimum"],
            place="below",
            when=IN_SIGHT,
        )
        marks.append((star, cost))
    return marks


def flat(layers: Sequence[Raisable]) -> tuple[Layer, ...]:
    """The layers in the plane."""
    return tuple(layer for layer, _ in layers)


def raised(layers: Sequence[Raisable]) -> tuple[Layer, ...]:
    """The same layers on the surface: with their height as z."""
    return tuple(type(layer)(**(vars(layer) | {"z": height})) for layer, height in layers)
