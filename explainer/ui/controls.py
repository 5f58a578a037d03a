"""The controls that chapters share: Streamlit's own, scenes, and the live figures that bring theirs."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st

from explainer.live import live
from explainer.stage.settings import Choice, Grid, Point, held_inside
from explainer.ui.visit import Visit
from explainer.words import Scene, words

Event = Mapping[str, Any]
"""A click on a panel: its ``name``, ``x`` and ``y`` in the units of its axes, and the figure's ``state``."""

NOTHING: Final[tuple[str, ...]] = ()


def choose(visit: Visit, setting: Choice, resets: tuple[str, ...] = NOTHING) -> str:
    """A choice whose value the address carries, too; a new one sends the settings `resets` to their defaults.

    Buttons, not a select box: all options are in sight, and the select box's code takes half as
    long again to load as the rest of the page. Their texts are the chapter's ``<setting>_<option>``.
    """
    text = words(visit.chapter).text
    key = f"{visit.chapter}-{setting.name}"

    def changed() -> None:
        visit.act()
        visit.put(setting, st.session_state[key])
        visit.forget(*resets)

    st.session_state[key] = visit.value(setting)
    chosen = st.segmented_control(
        text[setting.name],
        setting.options,
        key=key,
        required=True,
        format_func=lambda option: text[f"{setting.name}_{option}"],
        on_change=changed,
        label_visibility="collapsed",
    )
    return chosen or setting.default


def scenes(visit: Visit, figure: str, settle: Callable[[Scene], None] = lambda scene: None) -> None:
    """A figure's named scenes, a button each: the whole state at once.

    `settle` comes first, for a chapter whose settings depend on one another.
    """
    said = words(visit.chapter)
    st.markdown(said.text["scenes"], width="content")
    for scene in said.scenes:
        if scene.figure == figure:
            st.button(scene.name, on_click=_set_scene, args=(visit, scene, settle), help=scene.sentence)


def _set_scene(visit: Visit, scene: Scene, settle: Callable[[Scene], None]) -> None:
    visit.act()
    settle(scene)
    visit.take_over(scene.state)
    visit.stay.notices.clear()
    visit.stay.scene = scene.name
    visit.tell(*scene.state)
    visit.stay.play = scene.figure if scene.plays else None


def start_anew(visit: Visit, point: Point, step: Grid, event: Event) -> None:
    """A click on a map is the new start: held inside, no finer than a pixel tells, at step 0."""
    w, b = held_inside(point.window, event["x"], event["y"])
    visit.put(point, (round(w, 2), round(b, 2)))
    visit.put(step, 0)


def show(
    packed: bytes,
    visit: Visit,
    figure: str,
    clicked: Callable[[Event], None] = lambda event: None,
    about: str = "",
) -> None:
    """One of the chapter's live figures; what the browser reports is taken over before the next run.

    With `about`, what it was made of beside its settings, the browser keeps what it showed lately.
    """
    key = visit.key(figure)

    def on_clicked() -> None:
        visit.act()
        event = st.session_state[key].clicked
        visit.take_over(event["state"])
        clicked(event)

    def on_settled() -> None:
        visit.act()
        visit.take_over(st.session_state[key].settled)

    live(packed, visit.visitor(figure, about), key=key, on_clicked=on_clicked, on_settled=on_settled)
