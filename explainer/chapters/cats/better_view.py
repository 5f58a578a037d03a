"""The section on what helps one neuron without new pictures: the choice of help, and what comes of it."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explainer.chapters.cats.better import AS_THEY_ARE, HELPS, Outcome, as_they_are, outcome, train_by_parts
from explainer.chapters.cats.better_text import compared_text, help_text, name_text, progress_text, table_text
from explainer.chapters.cats.chapter import HELP
from explainer.chapters.cats.verdicts_view import show_picture
from explainer.chapters.cats.weights_figure import pictures_of
from explainer.pictures.chosen import ChosenSet
from explainer.ui.controls import choose
from explainer.ui.places import place, say
from explainer.ui.progress_bar import show_progress
from explainer.ui.questions import answer_to
from explainer.ui.visit import Visit

SECTION: Final = "better"
"""What the section's question names as its figure."""
WIDTH: Final = 168  # pixels of a picture of w: two have room on a phone
TRIED: Final = "cats_tried"
"""Which helps this visit has tried last, and on which set."""


def show_helps(visit: Visit, chosen: ChosenSet) -> None:
    """The choice, and what the chosen help comes to beside the pictures as they are and what was tried."""
    how, bar = _choose_help(visit, chosen), st.empty()
    found = _outcomes(chosen, how, bar) if how != AS_THEY_ARE else {}
    say("help-is", help_text(how, chosen) if found else "")
    say("help-table", table_text(found) if found else "")
    said = compared_text(found, how, chosen) if found else ""
    with place("help-compared", how, said):
        if found:
            _show_weights(found, how, said)


def _choose_help(visit: Visit, chosen: ChosenSet) -> str:
    """The choice, shown once the section's question was answered, or if a link asks for a help.

    Its options are the answer. Where nothing is held out there is none: the question says why.
    """
    (question,) = (one for one in visit.about.words.questions if one.figure == SECTION)
    is_asked_for = visit.value(HELP) != AS_THEY_ARE or answer_to(visit, question).is_over
    is_shown = is_asked_for and chosen.split.held_out is not None
    with place("help", is_shown):
        if is_shown:
            return choose(visit, HELP)
    visit.set_aside(HELP)
    return AS_THEY_ARE


def _outcomes(chosen: ChosenSet, how: str, bar: DeltaGenerator) -> dict[str, Outcome]:
    """The pictures as they are, and each help tried on this set in this visit; a bar while one is trained."""
    before, tried = st.session_state.get(TRIED, ("", frozenset()))
    tried = (tried if before == chosen.key else frozenset()) | {how}
    st.session_state[TRIED] = chosen.key, tried
    found = {AS_THEY_ARE: as_they_are(chosen)}
    for one in HELPS:
        if one in tried:
            show_progress(bar, train_by_parts(chosen, one), partial(progress_text, one))
            found[one] = outcome(chosen, one)
    return found


def _show_weights(found: Mapping[str, Outcome], how: str, said: str) -> None:
    """w as a picture, before and after, side by side on a phone as well; and what is said of both."""
    with st.container(horizontal=True, gap="small"):
        for one in (AS_THEY_ARE, how):
            (picture,), (scale,) = pictures_of(found[one].classifier.w.T)
            show_picture(picture, name_text(one, float(scale)), WIDTH)
        with st.container(width="stretch"):
            st.markdown(said)
