"""What stands still behind the walks: the data, and the cost over (w, b), from the side and from above."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import plotly.graph_objects as go

from explainer.maths.checks import FloatArray
from explainer.maths.datasets import Dataset, Standardised
from explainer.maths.surface import highest_corner
from explainer.stage.palette import CAT, COST_SCALE, INK, MINIMUM, NOT_CAT, template
from explainer.stage.stage import ROOM_AT_ENDS

EYE: Final = {"x": 1.15, "y": 1.4, "z": 0.95}
"""How far off the camera stands first, in units of the scene's box."""


@dataclass(frozen=True, eq=False)
class Scenery:
    """What stands still: the data, the cost over the map, and its minimum (None where there is none).

    `w` (p,), `b` (q,) are the map's axes, `costs` (q, p) the cost over them, `minimum` is (w, b, J).
    """

    data: Dataset
    standardised: Standardised
    link: str
    w: FloatArray
    b: FloatArray
    costs: FloatArray
    minimum: tuple[float, float, float] | None


def surface_figure(scenery: Scenery, distance: float = 1.0) -> go.Figure:
    """J over (w, b), as a surface; the camera stands `distance` times as far off as in a large panel."""
    return relief(_ground(scenery), distance)


def map_figure(scenery: Scenery) -> go.Figure:
    """The same cost from above: lines of equal J, each the same factor above the one below it."""
    return contours(_ground(scenery))


@dataclass(frozen=True, eq=False)
class Ground:
    """J over a plane: `costs` (q, p) at `x` (p,), `y` (q,); the axes' `names`; views keep by `revision`.

    The scene is at least as high as `highest`, for what stands above the surface.
    """

    x: FloatArray
    y: FloatArray
    costs: FloatArray
    names: tuple[str, str]
    revision: str
    highest: float = 0.0


def _ground(scenery: Scenery) -> Ground:
    revision = scenery.data.name + scenery.link
    return Ground(scenery.w, scenery.b, scenery.costs, ("w", "b"), revision)


def relief(ground: Ground, distance: float = 1.0) -> go.Figure:
    """J as a surface; the camera stands `distance` times as far off as in a large panel."""
    x, y = ground.names
    return go.Figure(
        go.Surface(
            x=ground.x.astype(np.float32),
            y=ground.y.astype(np.float32),
            z=ground.costs.astype(np.float32),
            colorscale=COST_SCALE,
            showscale=False,
            contours={"z": {"show": True, "color": "rgba(255,255,255,0.35)", "width": 1}},
            lighting={"ambient": 0.8, "diffuse": 0.4, "specular": 0.05},
            hoverinfo="skip",
        ),
        layout={
            "template": template(),
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "uirevision": ground.revision,
            "scene": {
                "uirevision": "camera",
                "aspectmode": "manual",
                "aspectratio": {"x": 1.15, "y": 1.15, "z": 0.8},
                "camera": {"eye": _eye(ground.costs, distance), "center": {"x": 0, "y": 0, "z": -0.15}},
                "xaxis": {"title": {"text": x}, "range": _ends(ground.x), "showspikes": False},
                "yaxis": {"title": {"text": y}, "range": _ends(ground.y), "showspikes": False},
                "zaxis": {
                    "title": {"text": "J"},
                    "range": [0.0, max(float(ground.costs.max()), ground.highest)],
                    "showspikes": False,
                },
            },
        },
    )


def contours(ground: Ground) -> go.Figure:
    """J from above: lines of equal J, each the same factor above the one below it."""
    x, y = ground.names
    bare = {"showgrid": False, "zeroline": False}
    return go.Figure(
        go.Contour(
            x=ground.x.astype(np.float32),
            y=ground.y.astype(np.float32),
            z=np.log(ground.costs).astype(np.float32),
            colorscale=COST_SCALE,
            showscale=False,
            ncontours=22,
            line={"width": 0.7, "color": "rgba(255,255,255,0.55)"},
            hoverinfo="skip",
        ),
        layout={
            "template": template(),
            "uirevision": ground.revision,
            "xaxis": {"title": {"text": x}, "range": _ends(ground.x)} | bare,
            "yaxis": {"title": {"text": y}, "range": _ends(ground.y)} | bare,
        },
    )


def data_figure(data: Dataset, link: str, text: Mapping[str, str], right: float | None = None) -> go.Figure:
    """The examples in real units, the ones with y = 1 on top; equal ones stand beside one another.

    The plot ends a little beyond the last example, or at `right`.
    """
    x, y = data.X[0], data.Y[0]
    figure, heights = go.Figure(), data_heights(data)
    for label, colour, symbol in ((1, CAT, "circle"), (0, NOT_CAT, "square")):
        figure.add_scatter(
            x=x[y == label],
            y=heights[y == label],
            mode="markers",
            marker={"color": colour, "symbol": symbol, "size": 9, "opacity": 0.85},
        )
    room = 0.06 * float(np.ptp(x))
    high, low = (1.12, -0.12) if link == "sigmoid" else (1.45, -0.45)
    figure.update_layout(
        template=template(),
        uirevision=data.name + link,
        xaxis={
            "title": {"text": data.feature},
            "range": [float(x.min()) - room, float(x.max()) + room if right is None else right],
        },
        yaxis={"title": {"text": text["a"]}, "range": [low, high], "tickvals": [0, 0.5, 1]},
    )
    return figure


def data_heights(data: Dataset) -> FloatArray:
    """How high each example is drawn, (m,): at its label, equal ones side by side towards the middle."""
    x, y = data.X[0], data.Y[0]
    heights: FloatArray = y.copy()
    for label in (0, 1):
        heights[y == label] += (1 - 2 * label) * 0.05 * _repeats(x[y == label])
    return heights


def cost_figure(scenery: Scenery, start: float, num_iterations: int, text: Mapping[str, str]) -> go.Figure:
    """An empty plot of J by step, as high as the start, with the cost at the minimum as a line."""
    figure = go.Figure()
    figure.update_layout(
        template=template(),
        uirevision="cost",
        xaxis={
            "title": {"text": text["step"]},
            "range": [-ROOM_AT_ENDS * num_iterations, (1 + ROOM_AT_ENDS) * num_iterations],
        },
        yaxis={"title": {"text": "J"}, "range": [0.0, 1.2 * start + 0.05], "uirevision": f"{start:.3g}"},
    )
    if scenery.minimum is not None:
        figure.add_hline(
            y=scenery.minimum[2],
            line={"color": MINIMUM, "width": 1.5, "dash": "dot"},
            annotation={
                "text": text["least"].format(cost=scenery.minimum[2]),
                "font": {"color": INK, "size": 13},
            },
            annotation_position="bottom right" if scenery.minimum[2] > 0.15 * start else "top right",
        )
    return figure


def _eye(costs: FloatArray, distance: float) -> dict[str, float]:
    """Across from the highest corner, which would hide the valley from its own side."""
    row, column = highest_corner(costs)
    sides = {"x": -1 if column else 1, "y": -1 if row else 1, "z": 1}
    return {axis: distance * side * EYE[axis] for axis, side in sides.items()}


def _repeats(values: FloatArray) -> FloatArray:
    """How many equal values stand before each one."""
    return np.array([np.count_nonzero(values[:k] == value) for k, value in enumerate(values)], dtype=float)


def _ends(values: FloatArray) -> list[float]:
    return [float(values[0]), float(values[-1])]
