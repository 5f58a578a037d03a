"""What a visitor takes along of a run, made only when it is asked for; and weights that are brought back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import streamlit as st

from explainer.chapters.cats import take_along
from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.learning import Learning
from explainer.chapters.cats.weight_files import MAX_BYTES, WeightsError, read_weights
from explainer.live import handout
from explainer.ui.own_picture import harmless
from explainer.ui.picture_sets import Chosen
from explainer.ui.visit import Visit
from explainer.words import words

FIGURE: Final = "training"
STEM: Final = "cat-or-not"
WEIGHTS: Final = "brought_weights"
TROUBLE: Final = "brought_weights_trouble"
TIMES: Final = "brought_weights_times"
"""How often weights were let go: the uploader's key counts it, so that it is empty again."""


@dataclass(frozen=True)
class Offer:
    """A file to take along: the button's label, the file's name and kind, and what makes it."""

    label: str
    name: str
    mime: str
    make: Callable[[], str | bytes]


@dataclass(frozen=True)
class Brought:
    """Weights of a visitor's file."""

    classifier: Classifier
    file: str


def brought_weights() -> Classifier | None:
    """The weights that the visitor brought back, None where it is the run's own that count."""
    brought: Brought | None = st.session_state.get(WEIGHTS)
    return brought.classifier if brought else None


def offer(visit: Visit, chosen: Chosen, learned: Learning, iterations: int, packed: bytes) -> None:
    """Where files are taken along and weights brought back, once somebody opens it.

    `iterations`: the step that the run is taken along at; `packed`: its figure.
    """
    text = words("cats").text
    box = st.expander(text["take_along"], on_change="rerun", key=f"{visit.chapter}-take-along")
    if not box.open:
        return
    with box:
        st.markdown(text["take_says"].format(rate=_rate(learned), iterations=f"{iterations:,}"))
        with st.container(horizontal=True):
            for one in offers(visit, chosen, learned, iterations, packed):
                key = f"{visit.chapter}-{one.mime}"
                st.download_button(one.label, one.make, one.name, one.mime, key, on_click="ignore")
        key = _upload_key(visit)
        st.file_uploader(
            text["weights_bring"],
            "npz",
            key=key,
            on_change=_take,
            args=(visit, key),
            max_upload_size=MAX_BYTES // 10**6,
        )
        if TROUBLE in st.session_state:
            st.warning(st.session_state[TROUBLE])


def said(visit: Visit) -> None:
    """Which weights are in use, if they are not the run's own, and the way back."""
    brought: Brought | None = st.session_state.get(WEIGHTS)
    if brought is None:
        return
    text = words("cats").text
    st.markdown(text["weights_in_use"].format(name=brought.file))
    st.button(text["weights_remove"], key=f"{visit.chapter}-weights-remove", on_click=_let_go, args=(visit,))


def offers(
    visit: Visit, chosen: Chosen, learned: Learning, iterations: int, packed: bytes
) -> tuple[Offer, ...]:
    """The files; nothing of them is made yet. The figure starts at the places that the session knows."""
    text, end = words("cats").text, f"{_rate(learned)}-{iterations}"
    places = {
        name: visit.stay.values.get(name, setting.default)
        for name, setting in visit.settings.items()
        if name in visit.about.figures[FIGURE]
    }

    def weights() -> bytes:
        classifier, seen = learned.classifier_at(iterations), _trained_on(chosen)
        return take_along.weights_file(classifier, learned.learning_rate, iterations, seen)

    def costs() -> str:
        return take_along.costs_csv(take_along.record(learned, iterations))

    def run() -> bytes:
        return take_along.run_files(chosen.split, chosen.name, take_along.record(learned, iterations))

    def figure() -> str:
        title = text["handout_title"].format(rate=_rate(learned), iterations=f"{iterations:,}")
        drawings = chosen.name == take_along.DRAWINGS
        notes = [text["handout_note"].format(trained_on=_trained_on(chosen)), text[f"handout_{chosen.name}"]]
        if drawings:
            notes.extend(take_along.attribution())
        licences = take_along.licences() if drawings else {}
        return handout.page(packed, f"{visit.chapter}-{FIGURE}", title, places, notes, licences)

    return (
        Offer(text["take_weights"], f"{STEM}-weights-{end}.npz", "application/octet-stream", weights),
        Offer(text["take_costs"], f"{STEM}-costs-{end}.csv", "text/csv", costs),
        Offer(text["take_run"], f"{STEM}-run-{end}.zip", "application/zip", run),
        Offer(text["take_figure"], f"{STEM}-figure-{end}.html", "text/html", figure),
    )


def _rate(learned: Learning) -> str:
    return np.format_float_positional(learned.learning_rate, trim="-")


def _trained_on(chosen: Chosen) -> str:
    training = chosen.split.training
    text = words("cats").text[f"trained_on_{chosen.name}"]
    return text.format(m=len(training.names), cats=int(training.labels.sum()))


def _upload_key(visit: Visit) -> str:
    return f"{visit.chapter}-weights-{st.session_state.get(TIMES, 0)}"


def _take(visit: Visit, key: str) -> None:
    """The file's weights are in use from now on; if they cannot be, what was in use stays, and a sentence."""
    visit.act()
    st.session_state.pop(TROUBLE, None)
    file = st.session_state.get(key)
    if file is None:
        st.session_state.pop(WEIGHTS, None)
        return
    name = harmless(file.name)
    try:
        st.session_state[WEIGHTS] = Brought(read_weights(file), name)
    except WeightsError as problem:
        text = words("cats").text["weights_trouble"]
        st.session_state[TROUBLE] = text.format(name=name, reason=problem)


def _let_go(visit: Visit) -> None:
    visit.act()
    for name in (WEIGHTS, TROUBLE):
        st.session_state.pop(name, None)
    st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1
