"""What is the same for everybody is computed once: bounded caches around maths and figures.

Results are shared by all visitors, so they are frozen or bytes, and nobody writes into them.
"""

from typing import Final

import numpy as np
import streamlit as st

from explainer import linear, logistic
from explainer.answers import Bound, Leap, TenfoldRate, bounded, first_leap, tenfold_rate
from explainer.datasets import DATASETS, standardise
from explainer.descent import descend_many
from explainer.figures.descent import LEARNING_RATES, NUM_ITERATIONS, stage
from explainer.figures.scenery import Scenery
from explainer.live import pack
from explainer.logistic import Objective
from explainer.surface import Window, cost_grid, window
from explainer.words import words

GRID: Final = 61  # points along each side of the map
OBJECTIVES: Final[dict[str, Objective]] = {"sigmoid": logistic.LOG_LOSS, "line": linear.SQUARED_ERROR}
FOUR_RATES: Final = {"sigmoid": (0.001, 0.1, 2.0, 25.0), "line": (0.001, 0.05, 0.8, 1.2)}
FAST_RATE: Final = 1.0
LINE_RATE: Final = 1.2

Start = tuple[float, float]


@st.cache_resource(max_entries=32, show_spinner=False)
def map_window(data: str, model: str) -> Window:
    """The part of the (w, b) plane that is shown."""
    dataset = DATASETS[data]
    return window(standardise(dataset.X).X, dataset.Y, OBJECTIVES[model])


@st.cache_resource(max_entries=32, show_spinner=False)
def descent_scenery(data: str, model: str) -> Scenery:
    """The cost over the map, and where it is least."""
    dataset, objective = DATASETS[data], OBJECTIVES[model]
    standardised = standardise(dataset.X)
    frame = map_window(data, model)
    w, b = np.linspace(frame.w_min, frame.w_max, GRID), np.linspace(frame.b_min, frame.b_max, GRID)
    costs = cost_grid(standardised.X, dataset.Y, w, b, objective)
    return Scenery(dataset, standardised, model, w, b, costs, minimum(data, model))


@st.cache_resource(max_entries=32, show_spinner=False)
def minimum(data: str, model: str) -> tuple[float, float, float] | None:
    """(w, b, J) at the minimum, in standardised units; None where the data can be separated."""
    dataset, objective = DATASETS[data], OBJECTIVES[model]
    X = standardise(dataset.X).X
    best = linear.fit(X, dataset.Y) if model == "line" else logistic.fit(X, dataset.Y)
    if isinstance(best, logistic.Fit) and not best.converged:
        return None
    return best.w.item(), best.b, objective.cost(best.w, best.b, X, dataset.Y)


@st.cache_data(max_entries=64, show_spinner=False)
def descent_stage(data: str, model: str, start: Start) -> bytes:
    """The chapter's live figure, packed: every learning rate's walk from `start`."""
    scenery = descent_scenery(data, model)
    w, b = start
    # One step more than the clock shows: the last step's "becomes" needs it.
    runs = descend_many(
        scenery.standardised.X, scenery.data.Y, LEARNING_RATES, NUM_ITERATIONS + 1, [w], b, OBJECTIVES[model]
    )
    return pack(stage(scenery, runs, FOUR_RATES[model], words("descent").figure))


@st.cache_data(max_entries=64, show_spinner=False)
def descent_answers(data: str, start: Start) -> tuple[TenfoldRate, Leap, Bound]:
    """The numbers for the chapter's tasks."""
    dataset = DATASETS[data]
    X = standardise(dataset.X).X
    return (
        tenfold_rate(X, dataset.Y, start, FAST_RATE),
        first_leap(X, dataset.Y, start, LEARNING_RATES[-1]),
        bounded(X, dataset.Y, start, LEARNING_RATES[-1], LINE_RATE),
    )
