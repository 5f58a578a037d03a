"""Choosing the picture in the chapter *Pixels*: one of the set in use, or the visitor's own."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from explainer.chapters.pixels.chapter import OWN, OWN_PICTURE, PICTURE, PICTURES
from explainer.chapters.pixels.pictures_in_use import FAMILY, drawing_keys, keys, picture_called, quick_keys
from explainer.maths.checks import ByteArray
from explainer.pictures.chosen import DRAWINGS, ChosenSet
from explainer.ui import own_picture
from explainer.ui.session import value_of
from explainer.ui.visit import Visit
from explainer.words import words

SHORT: Final = 16
"""Letters of a file's name on a button."""
SET_SEEN: Final = "pixels_set"
"""The key of the set that this chapter used last in this visit."""


def choose_picture(visit: Visit, pictures: ChosenSet) -> ByteArray:
    """The controls for which picture, and the picture (64, 64, 3)."""
    text, own = words("pixels").text, own_picture.brought()
    visit.supply(PICTURES, pictures)
    visit.supply(OWN_PICTURE, own)
    _begin_anew(visit, pictures)
    key, labels = visit.value(PICTURE), _labels(pictures)
    quick = [*quick_keys(pictures), *([OWN] if own is not None else [])]
    st.segmented_control(
        text["picture"],
        quick,
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        **_bound(visit, "pixels-quick", quick),
    )
    box = own_picture.show_box(visit, text["another"])
    if box.open:
        with box:
            every, is_drawings = keys(pictures), pictures.name == DRAWINGS
            st.selectbox(
                text["bundled" if is_drawings else "of_set"].format(count=len(every)),
                every,
                format_func=lambda key: key.replace("-", " ") if is_drawings else labels[key],
                **_bound(visit, "pixels-drawn", every),
            )
            own_picture.ask_for_picture(visit, lambda: visit.put(PICTURE, OWN))
    return own if key == OWN and own is not None else picture_called(key, pictures)


def _begin_anew(visit: Visit, pictures: ChosenSet) -> None:
    """Shows a picture of the new set to a visitor who returns after choosing one, unless by a link."""
    seen = st.session_state.get(SET_SEEN, pictures.key)
    st.session_state[SET_SEEN] = pictures.key
    if visit.restored and seen != pictures.key:
        visit.put(PICTURE, visit.setting(PICTURE).start)


def _bound(visit: Visit, widget: str, options: Sequence[str]) -> dict[str, Any]:
    """Arguments that make a widget show the value of PICTURE, if it is one of its options, and set it."""

    def changed() -> None:
        visit.act()
        chosen = value_of(widget)
        if chosen is not None:
            visit.choose(PICTURE, chosen)

    key = visit.value(PICTURE)
    st.session_state[widget] = key if key in options else None
    return {"key": widget, "on_change": changed}


def _labels(pictures: ChosenSet) -> dict[str, str]:
    """What visitors read for each key: a drawing's name, or another picture's name and label."""
    text = words("pixels").text
    labels = {key: key.removeprefix(f"{FAMILY}-").replace("-", " ") for key in drawing_keys()}
    labels[OWN] = text["own"]
    if pictures.name != DRAWINGS:
        every = pictures.every
        for key, name, is_cat in zip(keys(pictures), every.names, every.labels, strict=True):
            short = own_picture.harmless(name, SHORT)
            labels[key] = text["a_cat" if is_cat else "no_cat"].format(name=short)
    return labels
