"""Your own picture, in the chapter *Cats*: what the classifier sees, what it says, and what would turn it."""

from typing import Final

import numpy as np
import streamlit as st

from explainer.chapters.cats import reasons_view as reasons
from explainer.chapters.cats import take_along_view as take_along
from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.reasons import smallest_change
from explainer.maths.checks import ByteArray
from explainer.pictures import PictureSet
from explainer.stage.settings import Choice
from explainer.ui import controls, own_picture
from explainer.ui.picture_sets import Chosen
from explainer.ui.visit import Visit
from explainer.words import words

OWN: Final = "own"
PICTURE: Final = Choice("picture", ("cat", "other", OWN), "cat")
"""A cat or another of the pictures held out, so that something is to be seen at once; or one's own."""


def settings(visit: Visit) -> None:
    """Which picture, from the address; one of the visitor's own is not in it."""
    if visit.value(PICTURE) == OWN and own_picture.brought() is None:
        visit.put(PICTURE, PICTURE.default)
        visit.note(PICTURE, words("cats").text["no_own"], PICTURE.default)


def choose(visit: Visit, judged: PictureSet) -> ByteArray:
    """The picture (64, 64, 3) to look at, and the controls to choose it."""
    text, mine = words("cats").text, own_picture.brought()
    is_there = dict(
        zip(PICTURE.options, (judged.labels.any(), not judged.labels.all(), mine is not None), strict=True)
    )
    there = tuple(option for option in PICTURE.options if is_there[option])
    if visit.value(PICTURE) not in there:  # a small set may hold out pictures of one kind only
        visit.put(PICTURE, there[0])
    chosen = controls.choose(visit, Choice(PICTURE.name, there, there[0]))
    visit.settings[PICTURE.name] = PICTURE
    box = own_picture.box(visit, text["bring"])
    if box.open:
        with box:
            own_picture.bring(visit, lambda: visit.put(PICTURE, OWN))
    if chosen == OWN and mine is not None:
        return mine
    found: ByteArray = judged.pictures[np.argmax(judged.labels == (chosen == "cat"))]
    return found


def show(visit: Visit, chosen: Chosen, classifier: Classifier, picture: ByteArray) -> None:
    """The verdict with its reasons, what it was trained on, and the smallest nudge that turns it."""
    text = words("cats").text
    own_picture.trouble(visit)
    found = reasons.show(picture, classifier)
    trained = "trained_elsewhere" if take_along.brought_weights() else f"trained_{chosen.name}"
    st.caption(text[trained].format(m=len(chosen.split.training.names)))
    st.markdown(f"**{text['mind']}**")
    change = smallest_change(classifier, picture)
    if change is None:
        st.markdown(text["no_change"])
        return
    with st.container(horizontal=True, gap="medium"):
        reasons.image(picture, text["before"].format(a=found.a))
        reasons.image(change.picture, text["nudged"].format(most=change.most, a=change.a))
        with st.container(width="stretch"):
            st.markdown(
                text["change"].format(
                    most=change.most, says=text["verdict_not_cat" if found.says_cat else "verdict_cat"]
                )
            )
