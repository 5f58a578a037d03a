"""A chapter's live figures: packed once for all visitors, shown to one, made ready before the first."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any, Protocol, runtime_checkable

import streamlit as st

from explainer.live import Block, live, pack, publish
from explainer.stage.chapter import Chapter, concrete, starting_values
from explainer.stage.settings import Setting
from explainer.ui.beforehand import BEFOREHAND
from explainer.ui.session import value_of
from explainer.ui.visit import Visit


@runtime_checkable
class Keyed(Protocol):
    """What a figure may be made of beside plain values: caches know it by its `key`.

    What is a visitor's `own` is kept for that visit alone and goes with it.
    """

    @property
    def key(self) -> str: ...
    @property
    def own(self) -> bool: ...


def show_figure(visit: Visit, name: str, about: str = "") -> None:
    """One of the chapter's live figures; what the browser reports is taken over before the next run.

    A press on a panel is for the `Point` that the panel's `click` names. With `about`, what the figure is
    made of beside its settings, the browser keeps the last few blocks and shows one again before Python
    answers.
    """
    key = f"live-{visit.chapter}-{name}"

    def on_clicked() -> None:
        visit.act()
        event = value_of(key).clicked
        visit.take_over(event["state"], event["beside"])
        visit.press(event["name"], event["x"], event["y"])

    def on_settled() -> None:
        visit.act()
        visit.take_over(**value_of(key).settled)

    def on_returned() -> None:
        visit.return_to(**value_of(key).returned)

    live(
        figure_block(visit, name),
        visit.visitor(name, about),
        key=key,
        on_clicked=on_clicked,
        on_settled=on_settled,
        on_missing=visit.miss,
        on_returned=on_returned,
    )
    _ask_beforehand(visit, name)


def figure_block(visit: Visit, name: str) -> Block:
    """One of the chapter's live figures as this visit has it, packed and published."""
    figure = visit.about.figures[name]
    parts = [visit.value(part) for part in figure.of]
    return _block(visit.about, name, parts, [visit.setting(control) for control in figure.controls])


def make_ready(chapter: Chapter) -> None:
    """Computes what the first visit to a chapter asks for."""
    for name, figure in chapter.figures.items():
        for state in figure.ready_for:
            _block_for(chapter, name, state)
    if chapter.ready is not None:
        chapter.ready()


def _ask_beforehand(visit: Visit, name: str) -> None:
    """Has the figure packed for the values next to the present ones, while nobody waits for a page."""
    figure = visit.about.figures[name]
    for slider in figure.beside:
        known = {part.name: visit.value(part) for part in figure.of}
        for value in slider.beside(known[slider.name]):
            state = known | {slider.name: value}
            key = (visit.chapter, name, *sorted(state.items()))
            BEFOREHAND.ask(key, partial(_block_for, visit.about, name, state))


def _block_for(chapter: Chapter, name: str, state: Mapping[str, Any]) -> Block:
    """A figure for these values, and for the settings' starts where none is named."""
    figure, values = chapter.figures[name], starting_values(chapter, **state)
    parts = [values[part.name] for part in figure.of]
    return _block(chapter, name, parts, [concrete(control, values) for control in figure.controls])


def _block(chapter: Chapter, name: str, parts: Sequence[Any], controls: Sequence[Setting]) -> Block:
    """A figure made of these parts; kept for all visitors, or for the visit if a part is a visitor's own."""
    own = any(isinstance(part, Keyed) and part.own for part in parts)
    keys = tuple(part.key if isinstance(part, Keyed) else part for part in parts)
    packer = _packer(chapter.name, name, chapter.figures[name].kept, own)
    block: Block = packer(keys, chapter, parts, controls)
    return block


@cache
def _packer(chapter: str, name: str, kept: int, own: bool) -> Any:
    """The function that packs one of the app's figures and publishes the last few blocks, by their keys."""

    def pack_figure(
        keys: tuple[Any, ...], _chapter: Chapter, _parts: Sequence[Any], _controls: Sequence[Setting]
    ) -> Block:
        packed = pack(_chapter.figures[name].stage(*_parts), _controls, _chapter.words.figure)
        return publish(packed, f"{chapter}-{name}", own)

    pack_figure.__qualname__ = f"pack_figure_{chapter}_{name}"  # Streamlit tells its caches apart by this
    options: dict[str, Any] = {"scope": "session", "max_entries": max(1, kept // 4)} if own else {}
    usual: dict[str, Any] = {
        "max_entries": kept,
        "on_release": Block.withdraw,
        "validate": Block.is_published,
    }
    return st.cache_resource(**({"show_spinner": False} | usual | options))(pack_figure)
