"""The chapter *NumPy basics*: which function, which prepared numbers, its figure, the tasks' numbers."""

from typing import Any, Final

import numpy as np
import streamlit as st

from explainer.chapters.numpy_basics import cards_view as cards
from explainer.chapters.numpy_basics import figure
from explainer.chapters.numpy_basics.cards import CARDS
from explainer.chapters.numpy_basics.cards_view import Arguments, kept
from explainer.chapters.numpy_basics.worked_examples import work
from explainer.live import pack
from explainer.maths import numpy_basics as basics
from explainer.stage.settings import Choice, Grid
from explainer.ui import controls
from explainer.ui.visit import Chapter, Visit
from explainer.words import Scene, words
from explainer.words.numbers import number

CHAPTER: Final = Chapter(
    "numpy_basics", own=frozenset({"function", "example"}), figures={"card": frozenset({"step"})}
)
FUNCTION: Final = Choice("function", tuple(CARDS), next(iter(CARDS)))
FAR: Final = 0.4
NEAR: Final = 0.2
"""Two errors that the last task compares."""


def example_of(name: str) -> Choice:
    """Which prepared numbers: each function has its own."""
    examples = tuple(CARDS[name].examples)
    return Choice("example", examples, examples[0])


def step_of(name: str, arguments: Arguments) -> Grid:
    """How many cells are computed: their number depends on the arrays."""
    last = figure.count(work(name, arguments, words("numpy_basics").figure))
    return Grid("step", tuple(range(last + 1)), tuple(map(str, range(last + 1))), min(1, last))


def choose(visit: Visit) -> str:
    """The function, those that are done marked."""
    text = words("numpy_basics").text
    key = "numpy_basics-function"

    def changed() -> None:
        visit.act()
        go_to(visit, st.session_state[key])

    st.session_state[key] = visit.value(FUNCTION)
    chosen = st.pills(
        text["function"],
        FUNCTION.options,
        key=key,
        required=True,
        format_func=lambda name: text["done"].format(name=name) if name in kept().done else name,
        on_change=changed,
        label_visibility="collapsed",
    )
    return chosen or FUNCTION.default


def go_to(visit: Visit, name: str) -> None:
    """Another function begins with its first example and its first cell."""
    visit.act()
    visit.put(FUNCTION, name)
    visit.forget("example", "step")


def example(visit: Visit, name: str) -> str:
    """The prepared numbers to begin with."""
    return controls.choose(visit, example_of(name), resets=("step",))


def scenes(visit: Visit) -> None:
    """The named scenes, with the prepared numbers, whatever was typed over them."""

    def settle(scene: Scene) -> None:
        name, chosen = scene.state["function"], scene.state["example"]
        cards.forget(name, chosen)
        visit.settings["example"] = example_of(name)
        visit.settings["step"] = step_of(name, cards.prepared(name, chosen))

    controls.scenes(visit, "card", settle)


def stepping(visit: Visit, name: str, arguments: Arguments) -> None:
    """The figure's own control; typed arrays may have fewer cells than the ones before."""
    step = step_of(name, arguments)
    if visit.value(step) >= len(step.values):
        visit.put(step, len(step.values) - 1)


def show(visit: Visit, name: str, arguments: Arguments) -> None:
    """The function's arrays, filled cell by cell."""
    controls.show(stage(name, arguments), visit, "card")


@st.cache_data(max_entries=64, show_spinner=False)
def stage(name: str, arguments: Arguments) -> bytes:
    """The figure, packed."""
    text = words("numpy_basics").figure
    return pack(figure.stage(name, work(name, arguments, text), text))


def warm() -> None:
    """What the first visit to each card asks for."""
    for name in CARDS:
        stage(name, cards.prepared(name, example_of(name).default))


def answers() -> dict[str, Any]:
    """The numbers for the chapter's tasks."""
    flat = np.array([1, 2, 3])
    column = flat.reshape(-1, 1)
    x = np.arange(12).reshape(4, 3)
    far, near = (basics.l2([1 - error], [1]) for error in (FAR, NEAR))
    return {
        "flat": flat.shape,
        "column": column.shape,
        "both": (flat + column).shape,
        "added": (flat + column).tolist(),
        "alike": (column + column).shape,
        "matrix": x.shape,
        "by_rows": x.sum(axis=1).shape,
        "by_columns": x.sum(axis=0).shape,
        "kept": x.sum(axis=1, keepdims=True).shape,
        "far": FAR,
        "near": NEAR,
        "far_squared": number(far),
        "near_squared": number(near),
        "times_l1": number(basics.l1([1 - FAR], [1]) / basics.l1([1 - NEAR], [1]), 3),
        "times_l2": number(far / near, 3),
    }
