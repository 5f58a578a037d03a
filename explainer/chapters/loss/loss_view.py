"""The chapter *Loss*: its settings, its two figures for one visitor, its sentences."""

from typing import Any, Final

import numpy as np
import streamlit as st

from explainer.chapters.loss import examples_figure as examples
from explainer.chapters.loss import surfaces_figure as surfaces
from explainer.chapters.loss.examples_figure import Sliders
from explainer.chapters.loss.surfaces_figure import Side
from explainer.live import pack
from explainer.maths import logistic, plateau
from explainer.maths.curvature import Convexity, convexity
from explainer.maths.datasets import DATASETS, Dataset, standardise
from explainer.maths.surface import highest_corner, hillside
from explainer.stage.settings import Choice, Grid, Point
from explainer.ui import controls
from explainer.ui import landscapes as cached
from explainer.ui.controls import Event
from explainer.ui.landscapes import OBJECTIVES
from explainer.ui.visit import Chapter, Visit
from explainer.words import Scene, words
from explainer.words.numbers import number

DATA: Final = Choice("data", tuple(DATASETS), "challenger")
AVERAGED: Final = Grid("averaged", examples.AVERAGED, tuple(map(str, examples.AVERAGED)), 0)
LEARNING_RATE: Final = Grid(
    "learning_rate",
    surfaces.LEARNING_RATES,
    surfaces.LEARNING_RATE_TEXTS,
    surfaces.LEARNING_RATES.index(1.0),
    log=True,
)
STEP: Final = Grid("step", surfaces.STEPS, tuple(map(str, surfaces.STEPS)), 0)
VIEW: Final = Choice("view", surfaces.VIEWS, surfaces.VIEWS[0])
OF_DATA: Final = ("w", "b", "example", "averaged", "start", "step")
"""The settings that begin anew with other data."""
CHAPTER: Final = Chapter(
    "loss",
    own=frozenset({"data", "start"}),
    figures={
        "examples": frozenset({"w", "b", "example", "averaged"}),
        "surfaces": frozenset({"learning_rate", "step", "view"}),
    },
)
SIDES: Final = {"log": "sigmoid", "squared": "squared"}
"""The two costs of the second figure, and under what name `cached.OBJECTIVES` has them."""

ROOM: Final = 1.5  # from the sliders' ends to the map's edges
# Up to so many examples the sliders' steps are fine; with more, the tables would grow too large.
FEW: Final = 30
FINE, COARSE = 0.25, 0.5
HALF_WAY: Final = 0.5  # from (0, 0) to the middle of the map, which lies near the least J

Start = tuple[float, float]


def dataset(visit: Visit) -> Dataset:
    """The data; with others the sliders reach elsewhere, so that everything begins anew."""
    return DATASETS[controls.choose(visit, DATA, resets=OF_DATA)]


@st.cache_resource(max_entries=8, show_spinner=False)
def sliders(data: str) -> Sliders:
    """What w and b can be: the map without its rim, in steps as fine as the number of examples allows."""
    window, step = cached.map_window(data, "sigmoid"), FINE if DATASETS[data].X.size <= FEW else COARSE
    return Sliders(
        *(
            np.arange(low + ROOM, high - ROOM + step / 2, step)
            for low, high in ((window.w_min, window.w_max), (window.b_min, window.b_max))
        )
    )


def settings(data: str) -> tuple[Grid, Grid, Grid]:
    """w, b and the example; first half way to the map's middle, and the example that costs most there."""
    reach, dataset = sliders(data), DATASETS[data]
    X = standardise(dataset.X).X
    w, b = (int(np.argmin(np.abs(values - HALF_WAY * values.mean()))) for values in (reach.w, reach.b))
    order = examples.by_x(dataset)
    losses = logistic.loss_from_z(reach.w[w] * X + reach.b[b], dataset.Y)[0, order]
    numbers = tuple(range(1, dataset.X.size + 1))
    return (
        Grid("w", tuple(reach.w), examples.texts(reach.w), w),
        Grid("b", tuple(reach.b), examples.texts(reach.b), b),
        Grid("example", numbers, tuple(map(str, numbers)), int(np.argmax(losses))),
    )


def start_setting(data: str) -> Point:
    """The start of both descents: what the maps hold, and a hillside to begin with."""
    scenery = cached.landscape(data, "sigmoid")
    return Point("start", cached.map_window(data, "sigmoid"), hillside(scenery.w, scenery.b, scenery.costs))


def look_up(visit: Visit, data: str) -> Start:
    """The figures' own controls, and the start of the descents, from the address or as they stand."""
    for setting in (*settings(data), AVERAGED, LEARNING_RATE, STEP):
        if visit.value(setting) >= len(setting.values):  # left from other data
            visit.put(setting, setting.default)
    visit.value(VIEW)
    start: Start = visit.value(start_setting(data))
    return start


def scenes(visit: Visit, figure: str) -> None:
    """A figure's named scenes. A scene on other data lets what hangs on the data begin anew."""

    def settle(scene: Scene) -> None:
        data = scene.state["data"]
        if data != visit.stay.values["data"]:
            visit.forget(*OF_DATA)
        for setting in (*settings(data), start_setting(data)):
            visit.settings[setting.name] = setting

    controls.scenes(visit, figure, settle)


def show_examples(visit: Visit, data: str) -> None:
    """The first figure: every example's loss."""
    controls.show(examples_stage(data), visit, "examples")


def show_surfaces(visit: Visit, data: str, start: Start) -> None:
    """The second figure; a click on one of its maps is the new start of both descents."""

    def clicked(event: Event) -> None:
        controls.start_anew(visit, start_setting(data), STEP, event)

    controls.show(surfaces_stage(data, start), visit, "surfaces", clicked)


@st.cache_data(max_entries=8, show_spinner=False)
def examples_stage(data: str) -> bytes:
    """The first figure, packed."""
    return pack(examples.stage(cached.landscape(data, "sigmoid"), sliders(data), words("loss").figure))


@st.cache_data(max_entries=64, show_spinner=False)
def surfaces_stage(data: str, start: Start) -> bytes:
    """The second figure, packed: both costs, and the descents of every learning rate from `start`."""
    X, Y = standardise(DATASETS[data].X).X, DATASETS[data].Y
    runs = plateau.compare_descents(X, Y, start, surfaces.LEARNING_RATES, surfaces.NUM_ITERATIONS)
    log, squared = (
        Side(
            name,
            cached.landscape(data, model),
            cached.surface(data, model),
            cached.from_above(data, model),
            walks,
            least(data, model),
        )
        for (name, model), walks in zip(SIDES.items(), (runs.log_loss, runs.squared_error), strict=True)
    )
    return pack(surfaces.stage((log, squared), words("loss").figure))


@st.cache_data(max_entries=16, show_spinner=False)
def least(data: str, model: str) -> float:
    """The least J that is known anywhere, against which a plateau is told."""
    X = standardise(DATASETS[data].X).X
    return plateau.lowest(X, DATASETS[data].Y, OBJECTIVES[model]).cost


@st.cache_data(max_entries=16, show_spinner=False)
def bent(data: str, model: str) -> Convexity:
    """Whether the cost is a bowl, at every place of the map."""
    scenery = cached.landscape(data, model)
    return convexity(scenery.standardised.X, scenery.data.Y, scenery.w, scenery.b, OBJECTIVES[model])


def about(data: Dataset) -> str:
    """What x and y are, and where the data come from."""
    return (
        words("loss")
        .text["about"]
        .format(feature=data.feature, outcome=data.outcome, source=data.source.rstrip("."))
    )


def bowls(data: str) -> str:
    """Which of the two costs is a bowl, with the numbers, and whether a lower place hides behind a rise."""
    text, said = words("loss").text, [words("loss").text["bowls"].format(grid=cached.GRID)]
    for name, model in SIDES.items():
        found = bent(data, model)
        said.append(
            text["bowl" if found.convex else "no_bowl"].format(
                what=text[f"cost_{name}"],
                smallest=number(found.smallest, 2),
                w=number(found.w, 2),
                b=number(found.b, 2),
                share=f"{found.share:.0%}",
            )
        )
    scenery = cached.landscape(data, SIDES["squared"])
    row, column = np.unravel_index(np.argmin(scenery.costs), scenery.costs.shape)
    if scenery.minimum is not None and scenery.costs[row, column] < scenery.minimum[2]:
        said.append(
            text["lower_elsewhere"].format(
                cost=number(scenery.minimum[2], 3),
                w=number(scenery.w[column], 2),
                b=number(scenery.b[row], 2),
                lower=number(scenery.costs[row, column], 3),
            )
        )
    return "\n".join(line.strip() for line in said)


@st.cache_data(max_entries=8, show_spinner=False)
def answers(data: str) -> dict[str, Any]:
    """The numbers in the tasks' questions and answers; None where these data have none to give."""
    scenery = cached.landscape(data, "sigmoid")
    dataset, X, Y = scenery.data, scenery.standardised.X, scenery.data.Y
    row, column = highest_corner(scenery.costs)
    far = np.array([[scenery.w[column]]]), float(scenery.b[row])
    slope = {}
    for name, model in SIDES.items():
        dw, db = OBJECTIVES[model].gradients(*far, X, Y)
        slope[name] = float(np.hypot(dw.item(), db))
    known: dict[str, Any] = {
        "m": Y.size,
        "half": number(float(logistic.loss(0.5, 1)), 3),
        "zero_cost": number(logistic.cost([[0.0]], 0.0, X, Y), 3),
        "far_w": number(far[0].item()),
        "far_b": number(far[1]),
        "far_wrong": f"{np.mean((far[0] * X + far[1] > 0) != (Y == 1)):.0%}",
        "slope_log": number(slope["log"], 2),
        "slope_squared": number(slope["squared"], 2),
        "steeper": number(slope["log"] / slope["squared"], 2),
    }
    best = dict.fromkeys(("count", "share", "worst_x", "worst_y", "worst", "times"))
    if scenery.minimum is None:
        return known | best
    w, b, cost = scenery.minimum
    losses = logistic.loss_from_z(w * X + b, Y)[0]
    worst, count = int(np.argmax(losses)), max(1, Y.size // 4)
    return known | {
        "count": count,
        "share": f"{np.sort(losses)[-count:].sum() / losses.sum():.0%}",
        "worst_x": number(dataset.X[0, worst]),
        "worst_y": int(Y[0, worst]),
        "worst": number(losses[worst], 3),
        "times": number(losses[worst] / cost, 2),
    }


def warm() -> None:
    """What the first visit asks for."""
    data = DATA.default
    settings(data)
    examples_stage(data)
    surfaces_stage(data, start_setting(data).default)
    bowls(data)
    answers(data)
