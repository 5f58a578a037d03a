"""Waiting for the training in the chapter *Cats*, with a progress bar if it takes long."""

from time import perf_counter
from typing import Final

import streamlit as st

from explainer.chapters.cats.chapter import LEARNING_RATE
from explainer.chapters.cats.learning import NUM_ITERATIONS, Runs, finished_runs, train_by_stretches
from explainer.pictures.chosen import ChosenSet
from explainer.ui.visit import Visit
from explainer.words import words

BAR_FROM: Final = 0.5  # seconds that the training will take: for less a bar would only flicker
TRAINED: Final = "cats_trained"
"""The set and the learning rate that this visit trained last: for these no bar is shown again."""


def wait_for_runs(visit: Visit, chosen: ChosenSet) -> Runs:
    """The runs for the visitor's learning rate; a bar shows the progress if they take long."""
    rate, bar = visit.value(LEARNING_RATE), st.empty()
    if st.session_state.get(TRAINED) != (chosen, rate):
        text, begun = words("cats").text["training"], perf_counter()
        for done in train_by_stretches(chosen, rate):
            share = done / NUM_ITERATIONS
            if share < 1 and (perf_counter() - begun) / share > BAR_FROM:
                bar.progress(share, text.format(done=done))
            if share == 1:
                bar.empty()
                begun = perf_counter()
        st.session_state[TRAINED] = chosen, rate
    return finished_runs(chosen, rate)
