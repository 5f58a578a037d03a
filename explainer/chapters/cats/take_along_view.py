"""The files of a run that a visitor can download, made only on demand; and weights that are uploaded."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import streamlit as st

from explainer.chapters.cats import take_along
from explainer.chapters.cats.chapter import CHAPTER
from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.learning import Learning, Runs
from explainer.live import handout
from explainer.pictures.chosen import DRAWINGS
from explainer.ui.live_figure import figure_block
from explainer.ui.own_picture import harmless
from explainer.ui.places import place, say
from explainer.ui.session import kept, value_of
from explainer.ui.visit import Visit
from explainer.words import words

FIGURE: Final = "training"
STEM: Final = "cat-or-not"


@dataclass(frozen=True)
class Offer:
    """A file to download: the button's label, the file's name and MIME type, and what makes it."""

    label: str
    name: str
    mime: str
    make: Callable[[], str | bytes]


@dataclass(frozen=True)
class Brought:
    """A visitor's weights, and the name of their file."""

    classifier: Classifier
    file: str


@dataclass
class Bringing:
    """What the visitor has `brought`, what was wrong with the last file, how often weights were removed.

    That number is part of the uploader's key: a new key empties the uploader.
    """

    brought: Brought | None = None
    trouble: str = ""
    removed: int = 0


def bringing() -> Bringing:
    """The session's `Bringing`."""
    return kept("brought_weights", Bringing)


def brought_weights() -> Classifier | None:
    """The weights that the visitor brought, None if the run's own are in use."""
    brought = bringing().brought
    return brought.classifier if brought else None


def offer_files(visit: Visit, runs: Runs, iterations: int) -> None:
    """Downloads of the run after so many iterations, and the uploader for weights, once the box is opened."""
    text = words("cats").text
    box = st.expander(text["take_along"], on_change="rerun", key=f"{visit.chapter}-take-along")
    if not box.open:
        return
    with box:
        say("take-along", text["take_says"].format(rate=_rate(runs.learned), iterations=f"{iterations:,}"))
        with st.container(horizontal=True):
            for one in offers(visit, runs, iterations):
                key = f"{visit.chapter}-{one.mime}"
                st.download_button(one.label, one.make, one.name, one.mime, key, on_click="ignore")
        key = f"{visit.chapter}-weights-{bringing().removed}"
        st.file_uploader(
            text["weights_bring"],
            key=key,
            on_change=_take,
            args=(visit, key),
            max_upload_size=take_along.MAX_BYTES // 10**6,
        )
        say("weights-trouble", bringing().trouble, st.warning)


def show_weights_in_use(visit: Visit) -> None:
    """Says so if the visitor's own weights are in use, with a button to remove them."""
    brought, text = bringing().brought, words("cats").text
    with place("weights-in-use", brought.file if brought else ""):
        if brought is not None:
            st.markdown(text["weights_in_use"].format(name=brought.file))
            key = f"{visit.chapter}-weights-remove"
            st.button(text["weights_remove"], key=key, on_click=_remove, args=(visit,))


def offers(visit: Visit, runs: Runs, iterations: int) -> tuple[Offer, ...]:
    """The files, none of them made yet. The figure starts with its controls as they are in the session."""
    text, chosen, learned = words("cats").text, runs.chosen, runs.learned
    end, block = f"{_rate(learned)}-{iterations}", figure_block(visit, FIGURE)
    numbers = {"m": len(chosen.split.training.names), "cats": int(chosen.split.training.labels.sum())}
    trained_on = text[f"trained_on_{chosen.name}"].format(**numbers)
    controls = {
        control.name: visit.setting(control).write(visit.value(control))
        for control in CHAPTER.figures[FIGURE].controls
    }

    def figure() -> str:
        title = text["handout_title"].format(rate=_rate(learned), iterations=f"{iterations:,}")
        notes = [text["handout_note"].format(trained_on=trained_on), text[f"handout_{chosen.name}"]]
        licences = {}
        if chosen.name == DRAWINGS:
            notes += take_along.attribution()
            licences = take_along.licences()
        return handout.page(block.packed, f"{visit.chapter}-{FIGURE}", title, controls, notes, licences)

    def weights() -> bytes:
        classifier = learned.classifier_at(iterations)
        return take_along.weights_file(classifier, learned.learning_rate, iterations, trained_on)

    run = partial(take_along.run_files, chosen.split, chosen.name, learned, iterations)
    costs = partial(take_along.costs_csv, learned, iterations)
    return (
        Offer(text["take_weights"], f"{STEM}-weights-{end}.npz", "application/octet-stream", weights),
        Offer(text["take_costs"], f"{STEM}-costs-{end}.csv", "text/csv", costs),
        Offer(text["take_run"], f"{STEM}-run-{end}.zip", "application/zip", run),
        Offer(text["take_figure"], f"{STEM}-figure-{end}.html", "text/html", figure),
    )


def _rate(learned: Learning) -> str:
    return np.format_float_positional(learned.learning_rate, trim="-")


def _take(visit: Visit, key: str) -> None:
    """Puts the file's weights into use; if it is bad, those before stay and a sentence says why."""
    visit.act()
    mine, file = bringing(), value_of(key)
    mine.trouble = ""
    if file is None:
        mine.brought = None
        return
    name = harmless(file.name)
    try:
        mine.brought = Brought(take_along.read_weights(file), name)
    except take_along.WeightsError as problem:
        text = words("cats").text["weights_trouble"]
        mine.trouble = text.format(name=name, reason=problem)


def _remove(visit: Visit) -> None:
    visit.act()
    mine = bringing()
    mine.brought, mine.trouble, mine.removed = None, "", mine.removed + 1
