"""What chapters share and is the same for everybody, computed once: bounded caches around the maths.

Results are shared by all visitors, so they are frozen or bytes, and nobody writes into them.
"""

from typing import Final

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from explainer.maths import linear, logistic
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.logistic import Objective
from explainer.maths.plateau import valley
from explainer.maths.surface import Window, cost_grid, window
from explainer.stage.landscape import Scenery, map_figure, surface_figure

GRID: Final = 61  # points along each side of the map
OBJECTIVES: Final[dict[str, Objective]] = {
    "sigmoid": logistic.LOG_LOSS,
    "line": linear.SQUARED_ERROR,
    "squared": logistic.SIGMOID_SQUARED_ERROR,
}


@st.cache_resource(max_entries=32, show_spinner=False)
def map_window(data: str, model: str) -> Window:
    """The part of the (w, b) plane that is shown."""
    dataset = DATASETS[data]
    return window(standardise(dataset.X).X, dataset.Y, OBJECTIVES[model])


@st.cache_resource(max_entries=32, show_spinner=False)
def landscape(data: str, model: str) -> Scenery:
    """The cost over the map, and where it is least."""
    dataset, objective = DATASETS[data], OBJECTIVES[model]
    standardised = standardise(dataset.X)
    frame = map_window(data, model)
    w, b = np.linspace(frame.w_min, frame.w_max, GRID), np.linspace(frame.b_min, frame.b_max, GRID)
    costs = cost_grid(standardised.X, dataset.Y, w, b, objective)
    return Scenery(dataset, standardised, model, w, b, costs, minimum(data, model))


@st.cache_resource(max_entries=32, show_spinner=False)
def surface(data: str, model: str) -> go.Figure:
    """The landscape from the side, for a panel beside another; the same for every walk on it."""
    return surface_figure(landscape(data, model), distance=1.15)


@st.cache_resource(max_entries=32, show_spinner=False)
def from_above(data: str, model: str) -> go.Figure:
    """The landscape from above; the same for every walk on it."""
    return map_figure(landscape(data, model))


@st.cache_resource(max_entries=32, show_spinner=False)
def minimum(data: str, model: str) -> tuple[float, float, float] | None:
    """(w, b, J) at the minimum, in standardised units; None where the data can be separated.

    That of the sigmoid's squared error has no formula: it is where a descent from the log loss's arrives.
    """
    dataset, objective = DATASETS[data], OBJECTIVES[model]
    X = standardise(dataset.X).X
    best = linear.fit(X, dataset.Y) if model == "line" else logistic.fit(X, dataset.Y)
    if isinstance(best, logistic.Fit) and not best.converged:
        return None
    if model == "squared":
        found = valley(X, dataset.Y, (best.w.item(), best.b), objective)
        return (found.w, found.b, found.cost) if found else None
    return best.w.item(), best.b, objective.cost(best.w, best.b, X, dataset.Y)
