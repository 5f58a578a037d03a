"""The third rung of *Why is NumPy fast?*: the three trainings of one visitor, and what is said of them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from explainer.chapters.vectorization import trainings_figure as drawn
from explainer.chapters.vectorization.measuring_view import ask_for, measuring, stopping
from explainer.chapters.vectorization.race_queue import Job
from explainer.chapters.vectorization.trainings import (
    NUM_ITERATIONS,
    NUM_PICTURES,
    WAYS,
    Rung,
    apart,
    rung_from,
    some_of,
)
from explainer.live import pack
from explainer.ui import controls, picture_sets
from explainer.ui.visit import Visit
from explainer.words import words
from explainer.words.numbers import duration

ALIKE: Final = 1e-9
"""Up to here the costs of two trainings are the same."""


def climb(visit: Visit) -> None:
    """The three trainings, measured one after the other; while they are, the way to stop them."""
    chosen, busy = picture_sets.in_use(), bool(measuring().jobs)

    def pressed() -> None:
        visit.act()
        given = b"" if chosen.name == picture_sets.DRAWINGS else some_of(chosen.split.training)
        ask_for(*_jobs(), given=given)

    st.button(words(visit.chapter).text["climb"], on_click=pressed, disabled=busy, type="primary")
    stopping("climb")


def _jobs() -> tuple[Job, ...]:
    """The trainings on the pictures in use, quickest first."""
    chosen = picture_sets.in_use()
    given = () if chosen.name == picture_sets.DRAWINGS else ("given", chosen.key)
    return tuple(("climb", way, *given) for way in reversed(WAYS))


def _found() -> list[Mapping[str, Any]]:
    """What the visitor measured of them."""
    results = measuring().results
    return [results[job] for job in _jobs() if job in results]


def show(visit: Visit) -> None:
    """Bars of the three trainings."""
    controls.show(_stage(_found()), visit, "rungs")


@st.cache_data(max_entries=16, show_spinner=False)
def _stage(found: Sequence[Mapping[str, Any]]) -> bytes:
    """The figure of the trainings that were measured."""
    return pack(drawn.stage(tuple(map(rung_from, found)), words("vectorization").figure))


# ---- in words


def lead() -> str:
    """What is trained, on how many pictures."""
    m = min(NUM_PICTURES, len(picture_sets.in_use().split.training.names))
    return words("vectorization").text["lead_rungs"].format(m=m, count=f"{NUM_ITERATIONS:,}")


def table() -> str:
    """The three trainings as a table: what was run, what is told from it, and how far the costs are apart."""
    text, found = words("vectorization").text, {rung.way: rung for rung in map(rung_from, _found())}
    rows = [text["rungs_head"], text["rungs_rule"]]
    for way in WAYS:
        cells = _cells(found[way]) if way in found else ["?"] * 3
        rows.append("| " + " | ".join([words("vectorization").figure[f"rung_{way}"], *cells]) + " |")
    gap, shared = apart(list(found.values()))
    if shared:
        said = text["rungs_apart" if gap <= ALIKE else "rungs_differ"]
        rows += ["", said.format(gap=f"{gap:.1e}".replace("-", "−"), count=f"{shared:,}")]
    return "\n".join(rows)


def _cells(rung: Rung) -> list[str]:
    text, total, each = words("vectorization").text, drawn.whole(rung), rung.per_iteration
    if each is None or total is None:
        return ["0", duration(rung.estimate or 0.0), text["rung_told"].format(time=duration(total or 0.0))]
    said = text["rung_measured" if rung.iterations == NUM_ITERATIONS else "rung_told"]
    return [f"{rung.iterations:,}", duration(each), said.format(time=duration(total))]


def warm() -> None:
    """What the first visit asks for."""
    _stage([])
