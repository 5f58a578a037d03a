"""Which pictures all chapters use in this visit: the drawings, the course's files, or a zip."""

from typing import Final

import streamlit as st

from explainer.pictures.chosen import (
    COURSE,
    DRAWINGS,
    ZIP,
    ChosenSet,
    Split,
    chosen_set,
    drawings,
    last_fifth,
)
from explainer.stage.settings import Choice
from explainer.ui import controls, uploads
from explainer.ui.places import place, say
from explainer.ui.uploads import Brought, brought
from explainer.ui.visit import Visit
from explainer.words import COMMON, words

CHAPTER: Final = "cats"
"""The chapter in which visitors choose them."""
IN_USE: Final = "picture_set"


def in_use() -> ChosenSet:
    """The set that this visitor chose last, at first the drawings."""
    chosen: ChosenSet | None = st.session_state.get(IN_USE)
    return chosen or drawings()


def show_set_link() -> None:
    """For other chapters: a link that names the set and leads to where it is chosen, except for drawings."""
    chosen, text = in_use(), COMMON["sets"]
    with place("set-link", chosen.name):
        if chosen.name != DRAWINGS:
            label = text["other"].format(name=text[chosen.name], nav=words(CHAPTER).nav)
            st.page_link(f"../pages/{CHAPTER}.py", label=label)


def choose_pictures(visit: Visit, data: Choice, hold: Choice) -> ChosenSet:
    """The controls for the set of pictures, and the chosen set, from now on in use in all chapters.

    `data` is the choice of the set, among those that this visitor has; `hold` says whether a fifth of the
    course's pictures is held out.
    """
    bar = st.empty()
    came = uploads.read_new(visit, lambda: bar)
    if came:
        visit.put(data, came)
    mine = brought()
    available = _available(mine)
    visit.keep_to(data, available, COMMON["sets"]["missing"])
    name = controls.choose(visit, data, available)
    box = controls.show_box(visit, uploads.BOX, COMMON["sets"]["box"])
    if box.open:
        with box:
            uploads.ask_for_files(visit)
    held = visit.value(hold)
    with place("hold", width="content"):
        if name == COURSE and mine.test is None:
            held = controls.choose(visit, hold)
    if name != COURSE or mine.test is not None:
        visit.set_aside(hold)
    before, chosen = in_use(), _keep(name, held, mine)
    if came is None and chosen is not before:
        st.session_state.pop(uploads.TROUBLE, None)  # about files for the set before
    return chosen


def show_taken() -> None:
    """Which files the set in use comes from, how many pictures they hold, and how many were left out."""
    chosen, mine = in_use(), brought()
    about = [uploads.zip_text(mine) if chosen.name == ZIP else uploads.course_text(mine)]
    if chosen.name == DRAWINGS and mine.training is not None:
        about = []
    elif chosen.name != DRAWINGS and chosen.split.held_out is not None:
        about.append(uploads.counted_text("held_out", chosen.split.held_out))
    say("taken", " ".join(filter(None, about)))


def _available(mine: Brought) -> tuple[str, ...]:
    is_available = {DRAWINGS: True, COURSE: mine.training is not None, ZIP: mine.zipped is not None}
    return tuple(name for name, available in is_available.items() if available)


def _keep(name: str, held: str, mine: Brought) -> ChosenSet:
    """Puts the set into use; made anew only if it differs from the one before."""
    made_of = (name, *((mine.training, mine.test, held) if name == COURSE else (mine.zipped,)))
    made = drawings() if name == DRAWINGS else in_use()
    if name != DRAWINGS and made.made_of != made_of:
        made = chosen_set(name, _split(name, held, mine), made_of, _is_own(name, mine))
    st.session_state[IN_USE] = made
    return made


def _split(name: str, held: str, mine: Brought) -> Split:
    """The pictures of a set, divided into training and held out."""
    if name == COURSE and mine.training is not None:
        if mine.test is None and held == "fifth":
            return last_fifth(mine.training)
        return Split(mine.training, mine.test)
    if mine.zipped is None:
        raise ValueError(f"there is no set called {name}")
    return last_fifth(mine.zipped.pictures)


def _is_own(name: str, mine: Brought) -> bool:
    """Whether a part of the set was uploaded, and does not come from the shared folder."""
    shared, _ = uploads.in_folder()
    return name == ZIP or mine.training is not shared.training or mine.test is not shared.test
