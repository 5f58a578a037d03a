"""A walk that somebody takes by hand: where two sliders came to rest, in their order."""

from typing import Any

import streamlit as st

from explainer.stage.settings import MOST_PLACES, Declared, written
from explainer.ui.places import place
from explainer.ui.visit import Visit

Places = tuple[tuple[float, float], ...]


def walk_by_hand(visit: Visit, w: Declared, b: Declared, about: Any) -> Places:
    """The places (w, b) where the sliders rested so far in this visit, for one value of `about`.

    A place that a scene, a link or Back has put is no step of a hand: there a walk begins.
    """
    walks: dict[tuple[str, Any], Places] = st.session_state.setdefault("walks by hand", {})
    now, before = (visit.value(w), visit.value(b)), walks.get((visit.chapter, about), ())
    moved = visit.acted and visit.chosen is None and visit.returned is None
    if not before or (now != before[-1] and not moved):
        before = (now,)
    elif now != before[-1]:
        before = (*before, now)
    walks[visit.chapter, about] = before
    return before


def thinned(walk: Places) -> Places:
    """The walk with no more than `MOST_PLACES` places, evenly left out; its first and last ones stay."""
    if len(walk) <= MOST_PLACES:
        return walk
    share = (len(walk) - 1) / (MOST_PLACES - 1)
    return tuple(walk[round(number * share)] for number in range(MOST_PLACES))


def link_to_descent(visit: Visit, walk: Places, data: Declared, label: str) -> None:
    """The way to *Descent*, from where the walk began and with the walk beside; once somebody has moved."""
    with place("by-hand", walk):
        if len(walk) > 1:
            query = {"data": visit.value(data), "start": written(walk[:1]), "hand": written(thinned(walk))}
            st.page_link("../pages/descent.py", label=label, query_params=query)
