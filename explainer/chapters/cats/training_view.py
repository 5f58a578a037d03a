"""Waiting for the training in the chapter *Cats*, with a progress bar if it takes long."""

from typing import Final

import streamlit as st

from explainer.chapters.cats.chapter import LEARNING_RATE
from explainer.chapters.cats.learning import NUM_ITERATIONS, Runs, finished_runs, train_by_stretches
from explainer.pictures.chosen import ChosenSet
from explainer.ui.progress_bar import show_progress
from explainer.ui.visit import Visit
from explainer.words import words

TRAINED: Final = "cats_trained"
"""The set and the learning rate that this visit trained last: for these no bar is shown again."""


def wait_for_runs(visit: Visit, chosen: ChosenSet) -> Runs:
    """The runs for the visitor's learning rate; a bar shows the progress if they take long."""
    rate, bar = visit.value(LEARNING_RATE), st.empty()
    if st.session_state.get(TRAINED) != (chosen, rate):
        shares = (done / NUM_ITERATIONS for done in train_by_stretches(chosen, rate))
        show_progress(bar, shares, _iterations_text)
        st.session_state[TRAINED] = chosen, rate
    return finished_runs(chosen, rate)


def _iterations_text(share: float) -> str:
    return words("cats").text["training"].format(done=round(share * NUM_ITERATIONS))
