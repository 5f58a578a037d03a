"""Lines of one's own: a card's exercise, a whole training on the drawings, the assignment to take home."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from explainer.chapters.numpy_basics.notebook import FILE_NAME, notebook
from explainer.maths.checks import InputError
from explainer.maths.written_lines import LineError
from explainer.maths.written_training import PARTS, WrittenTraining, train_as_written
from explainer.pictures import to_columns
from explainer.pictures.chosen import drawings
from explainer.ui.places import place, say
from explainer.ui.typed_text import problem_text
from explainer.ui.visit import Visit
from explainer.ui.written import ask_lines, written
from explainer.words import COMMON
from explainer.words.numbers import number

SAID: Final = COMMON["writing"]
EXERCISE_OF: Final = {"basic_sigmoid": "sigmoid", "l1": "L1", "l2": "L2"}
"""The exercises of cards whose function has another name, or whose line is that of another card."""
LEARNING_RATE: Final = 0.001
"""J falls with it. With a larger one it leaps at first, and rounding decides where it comes down."""
NUM_ITERATIONS: Final = 100
"""As many as take about a second; every step is computed by the reader's own lines."""


def exercise_of(function: str) -> str:
    """The exercise of a card's function."""
    return EXERCISE_OF.get(function, function)


def offer_training(visit: Visit) -> None:
    """A closed box for the four exercises that make a training, and the training by their lines."""
    box = st.expander(SAID["training"], on_change="rerun", key="numpy_basics-training")
    if not box.open:
        return
    learned_from = drawings().split.training
    with box:
        X = to_columns(learned_from.pictures)
        st.markdown(SAID["training_lead"].format(m=X.shape[1], n_x=f"{X.shape[0]:,}"))
        part = _choose_part(visit)
        with place("part", part):
            ask_lines(visit, part)
        done = [name for name in PARTS if name in written().done]
        say("parts-done", SAID["waiting"].format(done=len(done), all=len(PARTS)), st.caption)
        with place("train", len(done)):
            pressed = len(done) == len(PARTS) and st.button(
                SAID["train"], key="numpy_basics-train", type="primary", on_click=visit.act
            )
        lines = {name: written().lines_of(name) for name in PARTS}
        if pressed:
            st.session_state["written_training"] = lines, _train(lines)
        trained, said = st.session_state.get("written_training", (lines, ""))
        say("trained", said if trained == lines else "", st.info)


def _choose_part(visit: Visit) -> str:
    key = "numpy_basics-part"
    chosen = st.segmented_control(
        SAID["part"],
        PARTS,
        key=key,
        default=PARTS[0],
        format_func=lambda name: SAID["part_done"].format(name=name) if name in written().done else name,
        on_change=visit.act,
        label_visibility="collapsed",
    )
    return chosen or PARTS[0]


def _train(lines: Mapping[str, str]) -> str:
    """Trains with the reader's lines on the drawings, and says what came of it or what went wrong."""
    learned_from = drawings().split.training
    try:
        found = train_as_written(
            lines, to_columns(learned_from.pictures), learned_from.Y, LEARNING_RATE, NUM_ITERATIONS
        )
    except LineError as problem:
        return problem_text(problem, COMMON["lines"])
    except InputError as problem:
        return problem_text(problem, COMMON["assignment"])
    return trained_text(found, int((found.predictions == learned_from.Y).sum()))


def trained_text(found: WrittenTraining, right: int) -> str:
    """What a training by a reader's lines came to."""
    return str(SAID["trained"]).format(
        iterations=NUM_ITERATIONS,
        rate=f"{LEARNING_RATE:g}",
        before=number(float(found.costs[0]), 3),
        after=number(float(found.costs[-1]), 3),
        right=right,
        m=found.predictions.size,
    )


def offer_notebook() -> None:
    """The assignment as a notebook."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.download_button(
            SAID["home"],
            notebook,
            file_name=FILE_NAME,
            mime="application/x-ipynb+json",
            icon=":material/download:",
            on_click="ignore",
        )
        st.caption(SAID["home_lead"], width="stretch")
