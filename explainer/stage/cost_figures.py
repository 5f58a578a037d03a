"""The still figures behind a descent: the data, and the cost over (w, b) from the side and from above."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import plotly.graph_objects as go

from explainer.maths.checks import FloatArray
from explainer.maths.datasets import Dataset
from explainer.maths.descent import KINDS
from explainer.maths.landscape import Landscape, landscape, map_window
from explainer.maths.surface import default_start, highest_corner
from explainer.stage.layers import Level
from explainer.stage.palette import CAT, COST_SCALE, NOT_CAT, template
from explainer.stage.settings import IN_SIGHT, Point
from explainer.stage.stage import ROOM_AT_ENDS
from explainer.words import COMMON, fill

EYE: Final = {"x": 1.15, "y": 1.4, "z": 0.95}
"""How far off the camera stands first, in units of the scene's box."""


def verdict_texts(step: str) -> tuple[str, ...]:
    """The sentence for each kind of verdict on a descent; `step` is put in for the step's number."""
    return tuple(fill(COMMON["verdicts"][kind], step=step) for kind in KINDS)


def start_on_map(data: str, model: str) -> Point:
    """Where a descent begins, as a setting: anywhere on the map, first on a hillside."""
    shown = landscape(data, model)
    return Point("start", map_window(data, model), default_start(shown.w, shown.b, shown.costs))


@lru_cache(maxsize=32)
def surface_beside(data: str, model: str) -> go.Figure:
    """The landscape from the side, for a panel beside another; the same for every walk on it."""
    return surface_figure(landscape(data, model), distance=1.15)


@lru_cache(maxsize=32)
def map_of(data: str, model: str) -> go.Figure:
    """The landscape from above; the same for every walk on it."""
    return map_figure(landscape(data, model))


def surface_figure(shown: Landscape, distance: float = 1.0) -> go.Figure:
    """J over (w, b), as a surface; the camera stands `distance` times as far off as in a large panel."""
    return relief(_plane(shown), distance)


def map_figure(shown: Landscape) -> go.Figure:
    """The same cost from above: lines of equal J, each the same factor above the one below it."""
    return contours(_plane(shown))


@dataclass(frozen=True, eq=False)
class CostPlane:
    """J over a plane: `costs` (q, p) at `x` (p,), `y` (q,); the axes' `names`; views keep by `revision`.

    The scene is at least as high as `highest`, for what stands above the surface.
    """

    x: FloatArray
    y: FloatArray
    costs: FloatArray
    names: tuple[str, str]
    revision: str
    highest: float = 0.0


def _plane(shown: Landscape) -> CostPlane:
    revision = shown.data.name + shown.link
    return CostPlane(shown.w, shown.b, shown.costs, ("w", "b"), revision)


def relief(plane: CostPlane, distance: float = 1.0) -> go.Figure:
    """J as a surface; the camera stands `distance` times as far off as in a large panel."""
    x, y = plane.names
    return go.Figure(
        go.Surface(
            x=plane.x.astype(np.float32),
            y=plane.y.astype(np.float32),
            z=plane.costs.astype(np.float32),
            colorscale=COST_SCALE,
            showscale=False,
            contours={"z": {"show": True, "color": "rgba(255,255,255,0.35)", "width": 1}},
            lighting={"ambient": 0.8, "diffuse": 0.4, "specular": 0.05},
            hoverinfo="skip",
        ),
        layout={
            "template": template(),
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "uirevision": plane.revision,
            "scene": {
                "uirevision": "camera",
                "aspectmode": "manual",
                "aspectratio": {"x": 1.15, "y": 1.15, "z": 0.8},
                "camera": {"eye": _eye(plane.costs, distance), "center": {"x": 0, "y": 0, "z": -0.15}},
                "xaxis": {"title": {"text": x}, "range": _ends(plane.x), "showspikes": False},
                "yaxis": {"title": {"text": y}, "range": _ends(plane.y), "showspikes": False},
                "zaxis": {
                    "title": {"text": "J"},
                    "range": [0.0, max(float(plane.costs.max()), plane.highest)],
                    "showspikes": False,
                },
            },
        },
    )


def contours(plane: CostPlane) -> go.Figure:
    """J from above: lines of equal J, each the same factor above the one below it."""
    x, y = plane.names
    bare = {"showgrid": False, "zeroline": False}
    return go.Figure(
        go.Contour(
            x=plane.x.astype(np.float32),
            y=plane.y.astype(np.float32),
            z=np.log(plane.costs).astype(np.float32),
            colorscale=COST_SCALE,
            showscale=False,
            ncontours=22,
            line={"width": 0.7, "color": "rgba(255,255,255,0.55)"},
            hoverinfo="skip",
        ),
        layout={
            "template": template(),
            "margin": {"l": 46, "r": 10, "t": 6, "b": 46},  # its axes have marks, which take some room below
            "uirevision": plane.revision,
            "xaxis": {"title": {"text": x}, "range": _ends(plane.x)} | bare,
            "yaxis": {"title": {"text": y}, "range": _ends(plane.y)} | bare,
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


def cost_figure(start: float, num_iterations: int, text: Mapping[str, str]) -> go.Figure:
    """An empty plot of J by step, as high as the start."""
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
    return figure


def least_cost(shown: Landscape, text: Mapping[str, str]) -> tuple[Level, ...]:
    """The cost at the minimum as a line for such a plot, if there is one, once it is no longer ahead."""
    if shown.minimum is None:
        return ()
    cost = shown.minimum[2]
    return (Level(y=cost, text=text["least"].format(cost=cost), colour="minimum", when=IN_SIGHT),)


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
