"""What it got wrong, in the chapter *Cats*: the gallery with its threshold, and the picture opened."""

from typing import Final

import numpy as np
import streamlit as st

from explainer.classifier import Classifier
from explainer.figures import mistakes as figure
from explainer.figures.mistakes import Judged, in_order
from explainer.live import pack
from explainer.pictures import PictureSet
from explainer.ui import controls, reasons
from explainer.ui.own_picture import harmless
from explainer.ui.picture_sets import Chosen
from explainer.ui.settings import Grid
from explainer.ui.visit import Visit
from explainer.words import words

PLACES: Final = tuple(range(figure.MOST))
THRESHOLD: Final = Grid("threshold", figure.THRESHOLDS, figure.THRESHOLD_TEXTS, figure.EVEN)
WHICH: Final = Grid(
    "which", tuple(place + 1 for place in PLACES), tuple(str(place + 1) for place in PLACES), 0
)
FIGURE: Final = frozenset({THRESHOLD.name, WHICH.name})
WATCHED: Final = frozenset({WHICH.name})


def settings(visit: Visit, judged: PictureSet) -> None:
    """The figure's own controls; a picture past the last one is brought back to it."""
    visit.value(THRESHOLD)
    last = min(len(judged.names), figure.MOST) - 1
    if visit.value(WHICH) > last:
        visit.put(WHICH, last)
        visit.note(WHICH, words("cats").text["beyond_last"].format(count=last + 1), last)


def show(visit: Visit, chosen: Chosen, judged: PictureSet, classifier: Classifier) -> None:
    """The gallery, once somebody opens it or a link asks for it, and below it the picture that is picked."""
    text = words("cats").text
    asked_for = any(visit.stay.seen.get(name) for name in FIGURE)
    box = st.expander(text["gallery_open"], expanded=asked_for, on_change="rerun", key="cats-gallery")
    if not box.open:
        return
    with box:
        if chosen.split.held_out is None:
            st.markdown(text["gallery_seen"])
        packed, order = _stage(chosen, judged, classifier)
        controls.show(packed, visit, "mistakes")
        place = int(order[visit.value(WHICH)])
        label = bool(judged.labels[place])
        what = text["is_cat" if label else "is_other"]
        st.markdown(text["opened"].format(name=harmless(judged.names[place]), what=what))
        reasons.show(judged.pictures[place], classifier, label)


def _stage(chosen: Chosen, judged: PictureSet, classifier: Classifier) -> tuple[bytes, np.ndarray]:
    """The figure, packed, and the order of its pictures."""
    A = classifier.probabilities(judged.pictures)
    return _packed(chosen.key, A.tobytes(), judged, A), in_order(judged, A)


@st.cache_data(max_entries=8, show_spinner=False)
def _packed(key: str, probabilities: bytes, _judged: PictureSet, _A: np.ndarray) -> bytes:
    return pack(figure.stage(Judged(_judged, _A, _judged.Y), words("cats").figure))
