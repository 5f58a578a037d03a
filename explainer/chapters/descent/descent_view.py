"""The chapter *Gradient descent*: its settings, its figure for one visitor, its sentences."""

from typing import Any, Final

import streamlit as st

from explainer.chapters.descent import figure
from explainer.chapters.descent.answers import Bound, Leap, TenfoldRate, bounded, first_leap, tenfold_rate
from explainer.live import pack
from explainer.maths.datasets import DATASETS, Dataset, standardise
from explainer.maths.descent import descend_many
from explainer.maths.surface import hillside
from explainer.stage.landscape import Scenery
from explainer.stage.settings import Choice, Grid, Point
from explainer.ui import controls
from explainer.ui import landscapes as cached
from explainer.ui.controls import Event
from explainer.ui.landscapes import OBJECTIVES
from explainer.ui.visit import Chapter, Visit
from explainer.words import COMMON, Scene, words
from explainer.words.numbers import line, number

DATA: Final = Choice("data", tuple(DATASETS), "challenger")
MODEL: Final = Choice("model", ("sigmoid", "line"), "sigmoid")
LEARNING_RATE: Final = Grid(
    "learning_rate",
    figure.LEARNING_RATES,
    figure.LEARNING_RATE_TEXTS,
    figure.LEARNING_RATES.index(1.0),
    log=True,
)
ITERATIONS: Final = Grid(
    "iterations", figure.ITERATIONS, figure.ITERATION_TEXTS, figure.ITERATIONS.index(200)
)
STEPS: Final = (0, *figure.ITERATIONS)
STEP: Final = Grid("step", STEPS, tuple(str(step) for step in STEPS), 0)
VIEW: Final = Choice("view", figure.VIEWS, figure.VIEWS[0])
COMPARE: Final = Choice("compare", figure.COMPARISONS, figure.COMPARISONS[0])
CHAPTER: Final = Chapter(
    "descent",
    own=frozenset({"data", "model", "start"}),
    figures={"walk": frozenset({"learning_rate", "iterations", "step", "view", "compare"})},
)

FOUR_RATES: Final = {"sigmoid": (0.001, 0.1, 2.0, 25.0), "line": (0.001, 0.05, 0.8, 1.2)}
FAST_RATE: Final = 1.0
LINE_RATE: Final = 1.2

Start = tuple[float, float]


def dataset(visit: Visit) -> Dataset:
    """The data to learn from; other data are another landscape, where the walk begins anew."""
    return DATASETS[controls.choose(visit, DATA, resets=("start", "step"))]


def model(visit: Visit) -> str:
    """The sigmoid with the log loss, or the straight line with the squared error."""
    return controls.choose(visit, MODEL, resets=("start", "step"))


def start(visit: Visit, data: str, model: str) -> Start:
    """Where the walk begins: clicked on the map, or from the address; held inside the map."""
    point: Start = visit.value(start_setting(data, model))
    return point


def start_setting(data: str, model: str) -> Point:
    """The start as a setting: what its map holds, and a hillside to begin with."""
    scenery = cached.landscape(data, model)
    return Point("start", cached.map_window(data, model), hillside(scenery.w, scenery.b, scenery.costs))


def walk(visit: Visit) -> None:
    """The live figure's own controls; a step past the end of the walk is brought back to it."""
    for setting in (LEARNING_RATE, VIEW, COMPARE):
        visit.value(setting)
    end = ITERATIONS.values[visit.value(ITERATIONS)]
    step = visit.value(STEP)
    if step > end:
        visit.put(STEP, int(end))
        visit.note(STEP, COMMON["problems"]["step"].format(end=int(end)), int(end))


def scenes(visit: Visit) -> None:
    """The chapter's named scenes."""

    def settle(scene: Scene) -> None:
        visit.settings["start"] = start_setting(scene.state["data"], scene.state["model"])

    controls.scenes(visit, "walk", settle)


def show(visit: Visit, data: str, model: str, start: Start) -> None:
    """The live figure; a click on the map is the new start."""

    def clicked(event: Event) -> None:
        controls.start_anew(visit, start_setting(data, model), STEP, event)

    controls.show(stage(data, model, start), visit, "walk", clicked)


@st.cache_data(max_entries=64, show_spinner=False)
def stage(data: str, model: str, start: Start) -> bytes:
    """The chapter's live figure, packed: every learning rate's walk from `start`."""
    scenery = cached.landscape(data, model)
    w, b = start
    # One step more than the clock shows: the last step's "becomes" needs it.
    runs = descend_many(
        scenery.standardised.X,
        scenery.data.Y,
        figure.LEARNING_RATES,
        figure.NUM_ITERATIONS + 1,
        [w],
        b,
        OBJECTIVES[model],
    )
    return pack(figure.stage(scenery, runs, FOUR_RATES[model], words("descent").figure))


@st.cache_data(max_entries=64, show_spinner=False)
def answers(data: str, start: Start) -> tuple[TenfoldRate, Leap, Bound]:
    """The numbers for the chapter's tasks."""
    dataset = DATASETS[data]
    X = standardise(dataset.X).X
    return (
        tenfold_rate(X, dataset.Y, start, FAST_RATE),
        first_leap(X, dataset.Y, start, figure.LEARNING_RATES[-1]),
        bounded(X, dataset.Y, start, figure.LEARNING_RATES[-1], LINE_RATE),
    )


def warm() -> None:
    """What the first visit asks for."""
    data, model = DATA.default, MODEL.default
    start = start_setting(data, model).default
    stage(data, model, start)
    answers(data, start)


def lead() -> str:
    """What the chapter is about."""
    said = words("descent")
    return f"{said.lead} {said.text['starting_point']}"


def units(scenery: Scenery) -> str:
    """What standardising means here, and the coefficients in real units beside the published ones."""
    text = words("descent").text
    source = scenery.data.source.rstrip(".")
    if scenery.minimum is None:
        return text["no_minimum"].format(source=source)
    w, b, _ = scenery.minimum
    slope, intercept = scenery.standardised.to_real_units(w, b)
    published = scenery.data.published if scenery.link == "sigmoid" else None
    return text["units"].format(
        mean=scenery.standardised.mean.item(),
        scale=scenery.standardised.scale.item(),
        what=text[f"units_{scenery.link}"],
        line=line(float(slope), float(intercept)),
        published=text["units_published"].format(line=line(*published)) if published else "",
        source=source,
    )


def answers_in_words(tenfold: TenfoldRate, leap: Leap, bound: Bound) -> dict[str, Any]:
    """The numbers in the tasks' questions and answers; None where a walk has none to give."""
    steps_fast, steps_slow = tenfold.steps_fast, tenfold.steps_slow
    return {
        "fast_rate": number(tenfold.fast_rate),
        "slow_rate": number(tenfold.slow_rate),
        "steps_fast": steps_fast,
        "steps_slow": steps_slow,
        "ratio": f"{steps_slow / steps_fast:.1f}" if steps_fast and steps_slow else None,
        "leap_rate": number(leap.learning_rate),
        "leap_step": leap.step,
        "leap_before": number(leap.before),
        "leap_after": number(leap.after),
        "largest_rate": number(bound.learning_rate),
        "count": bound.num_iterations,
        "largest_cost": number(bound.largest_cost),
        "bound": number(bound.slope_bound),
        "line_rate": number(bound.line_rate),
        "line_cost": number(bound.line_cost),
    }
