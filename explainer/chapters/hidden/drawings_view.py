"""The section on the drawings: what is asked for is trained, and shown as a table with what it tells."""

import streamlit as st

from explainer.chapters.hidden import drawings_compared, more_views
from explainer.chapters.hidden.chapter import DRAWINGS, VIEWS
from explainer.chapters.hidden.drawings_compared import name_text, table, verdict_text, views_text
from explainer.ui.controls import choose
from explainer.ui.places import place
from explainer.ui.progress_bar import show_progress
from explainer.ui.visit import Visit
from explainer.words import words
from explainer.words.numbers import Share


def show_drawings(visit: Visit) -> None:
    """The choice of what is trained, and what comes of it."""
    asked, bar = choose(visit, DRAWINGS), st.empty()
    if asked == VIEWS:
        show_progress(bar, more_views.both().shares(), _progress_text)
    with place("hidden-drawings", asked):
        if asked == VIEWS:
            _show_views()
        elif asked != DRAWINGS.start:
            _show_units(int(asked))


def _progress_text(share: float) -> str:
    return words("hidden").text["views_training"].format(share=Share(share))


def _show_units(units: int) -> None:
    """One neuron and the hidden layer."""
    found = {count: drawings_compared.result(count) for count in (0, units)}
    st.table(table({name_text(count): one for count, one in found.items()}))
    st.markdown(verdict_text(found[0], found[units]))


def _show_views() -> None:
    """Both, without and with more views."""
    units = more_views.UNITS
    found = {
        (count, has_views): (more_views if has_views else drawings_compared).result(count)
        for has_views in (False, True)
        for count in (0, units)
    }
    st.table(table({name_text(*who): one for who, one in found.items()}))
    st.markdown(views_text(found, units))
