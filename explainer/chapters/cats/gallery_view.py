"""What it got wrong, in the chapter *Cats*: the gallery with its threshold, and the picture opened."""

from typing import Final

import streamlit as st

from explainer.chapters.cats import gallery_figure as figure
from explainer.chapters.cats import reasons_view as reasons
from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.gallery_figure import Judged, in_order
from explainer.chapters.cats.take_along_view import brought_weights
from explainer.live import pack
from explainer.maths.checks import IntArray
from explainer.pictures import PictureSet
from explainer.stage.settings import Grid
from explainer.ui import controls
from explainer.ui.own_picture import harmless
from explainer.ui.picture_caches import of_set
from explainer.ui.picture_sets import Chosen
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
        # Where other pictures were chosen since, nobody has asked for it.
        if visit.acted or not visit.stay.seen.get(WHICH.name):
            return
        visit.note(WHICH, words("cats").text["beyond_last"].format(count=last + 1), last)


def show(visit: Visit, chosen: Chosen, judged: PictureSet, classifier: Classifier) -> None:
    """The gallery, once somebody opens it or a link asks for it, and below it the picture that is picked."""
    text = words("cats").text
    asked_for = any(visit.stay.seen.get(name) for name in FIGURE)
    box = st.expander(text["gallery_open"], expanded=asked_for, on_change="rerun", key="cats-gallery")
    if not box.open:
        return
    with box:
        if brought_weights():
            st.markdown(text["gallery_elsewhere"])
        elif chosen.split.held_out is None:
            st.markdown(text["gallery_seen"])
        m = len(judged.names)
        if m > figure.MOST:
            st.markdown(text["gallery_most"].format(shown=figure.MOST, m=m))
        packed, order = _stage(chosen, classifier.w.tobytes(), classifier.b, judged, classifier)
        controls.show(packed, visit, "mistakes")
        place = int(order[visit.value(WHICH)])
        label = bool(judged.labels[place])
        what = text["is_cat" if label else "is_other"]
        st.markdown(text["opened"].format(name=harmless(judged.names[place]), what=what))
        reasons.show(judged.pictures[place], classifier, label)


@of_set(shared=8, own=4, cache=st.cache_data)
def _stage(
    chosen: Chosen, w: bytes, b: float, _judged: PictureSet, _classifier: Classifier
) -> tuple[bytes, IntArray]:
    """The figure, packed, and the order of its pictures, judged by w and b."""
    A = _classifier.probabilities(_judged.pictures)
    packed = pack(figure.stage(Judged(_judged, A, _judged.Y), words("cats").figure))
    return packed, in_order(_judged, A)
