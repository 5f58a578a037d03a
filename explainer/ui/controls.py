"""The controls of chapters: Streamlit's own, and those that the live figure brings."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from explainer.datasets import DATASETS, Dataset
from explainer.figures import descent as descent_figures
from explainer.live import live
from explainer.surface import hillside
from explainer.ui import cached
from explainer.ui.settings import Choice, Grid, Point, held_inside
from explainer.ui.visit import Visit
from explainer.words import COMMON, Scene, words

DATA: Final = Choice("data", tuple(DATASETS), "challenger")
MODEL: Final = Choice("model", ("sigmoid", "line"), "sigmoid")

LEARNING_RATE: Final = Grid(
    "learning_rate",
    descent_figures.LEARNING_RATES,
    descent_figures.LEARNING_RATE_TEXTS,
    descent_figures.LEARNING_RATES.index(1.0),
    log=True,
)
ITERATIONS: Final = Grid(
    "iterations",
    descent_figures.ITERATIONS,
    descent_figures.ITERATION_TEXTS,
    descent_figures.ITERATIONS.index(200),
)
STEP: Final = Grid(
    "step",
    (0, *descent_figures.ITERATIONS),
    tuple(str(step) for step in (0, *descent_figures.ITERATIONS)),
    0,
)
VIEW: Final = Choice("view", descent_figures.VIEWS, descent_figures.VIEWS[0])
COMPARE: Final = Choice("compare", descent_figures.COMPARISONS, descent_figures.COMPARISONS[0])

DESCENT: Final = frozenset(
    {"data", "model", "start", "learning_rate", "iterations", "step", "view", "compare"}
)
"""Names of the descent chapter's settings."""
IN_THE_FIGURE: Final = frozenset({"learning_rate", "iterations", "step", "view", "compare"})
"""Those among them that the live figure moves itself."""


def choose(visit: Visit, setting: Choice, label: str, texts: Mapping[str, str]) -> str:
    """A choice whose value the address carries, too.

    Buttons, not a select box: all options are in sight, and the select box's code takes half as
    long again to load as the rest of the page.
    """
    key = f"{visit.chapter}-{setting.name}"

    def changed() -> None:
        visit.act()
        visit.put(setting, st.session_state[key])
        visit.forget("start", "step")  # other data, another landscape: the walk begins anew

    st.session_state[key] = visit.value(setting)
    chosen = st.segmented_control(
        label,
        setting.options,
        key=key,
        required=True,
        format_func=lambda option: texts[option],
        on_change=changed,
        label_visibility="collapsed",
    )
    return chosen or setting.default


def dataset(visit: Visit) -> Dataset:
    """The data to learn from."""
    return DATASETS[_choice(visit, DATA)]


def model(visit: Visit) -> str:
    """The sigmoid with the log loss, or the straight line with the squared error."""
    return _choice(visit, MODEL)


def _choice(visit: Visit, setting: Choice) -> str:
    text = words(visit.chapter).text
    texts = {option: text[f"{setting.name}_{option}"] for option in setting.options}
    return choose(visit, setting, text[setting.name], texts)


def start(visit: Visit, data: str, model: str) -> tuple[float, float]:
    """Where the walk begins: clicked on the map, or from the address; held inside the map."""
    point: tuple[float, float] = visit.value(start_setting(data, model))
    return point


def start_setting(data: str, model: str) -> Point:
    """The start as a setting: what its map holds, and a hillside to begin with."""
    scenery = cached.descent_scenery(data, model)
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
    """The chapter's named scenes, a button each: the whole state at once, and it plays."""
    said = words(visit.chapter)
    st.markdown(said.text["scenes"], width="content")
    for scene in said.scenes:
        st.button(scene.name, on_click=_set_scene, args=(visit, scene), help=scene.sentence)


def _set_scene(visit: Visit, scene: Scene) -> None:
    visit.act()
    visit.settings["start"] = start_setting(scene.state["data"], scene.state["model"])
    visit.take_over(scene.state)
    visit.stay.notices.clear()
    visit.stay.scene = scene.name
    visit.tell(*scene.state)
    visit.stay.play = True


def show(packed: bytes, visit: Visit) -> None:
    """The chapter's live figure; what the browser reports is taken over before the next run."""

    def clicked() -> None:
        visit.act()
        event = st.session_state[visit.key].clicked
        visit.take_over(event["state"])
        point = visit.settings["start"]
        assert isinstance(point, Point)
        w, b = held_inside(point.window, event["x"], event["y"])
        visit.put(point, (round(w, 2), round(b, 2)))  # finer than a pixel tells
        visit.put(STEP, 0)

    def settled() -> None:
        visit.act()
        visit.take_over(st.session_state[visit.key].settled)

    live(packed, visit.visitor(IN_THE_FIGURE), key=visit.key, on_clicked=clicked, on_settled=settled)
