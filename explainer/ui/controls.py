"""The controls that chapters share: Streamlit's own, scenes, and boxes in which something is brought."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from explainer.stage.settings import Choice, Declared, Number
from explainer.ui.questions import answer_to
from explainer.ui.session import value_of
from explainer.ui.visit import Visit


def choose(visit: Visit, declared: Declared, options: Sequence[str] = ()) -> str:
    """A choice whose value the address carries; of its options only some, where `options` names them.

    Buttons, not a select box: all options are in sight, and the select box's code takes half as
    long again to load as the rest of the page. Their texts are the chapter's ``<setting>_<option>``.
    """
    setting = visit.setting(declared)
    assert isinstance(setting, Choice)
    text = visit.about.words.text
    key = f"{visit.chapter}-{setting.name}"

    def changed() -> None:
        visit.choose(setting, value_of(key))

    st.session_state[key] = visit.value(setting)
    chosen: str | None = st.segmented_control(
        text[setting.name],
        options or setting.options,
        key=key,
        required=True,
        format_func=lambda option: text[f"{setting.name}_{option}"],
        on_change=changed,
        label_visibility="collapsed",
    )
    return chosen or setting.start


def ask_number(visit: Visit, declared: Declared, step: float = 0.5) -> float:
    """A number that is typed, whose value the address carries, under the chapter's word for its name."""
    setting = visit.setting(declared)
    assert isinstance(setting, Number)
    key = f"{visit.chapter}-{setting.name}"

    def changed() -> None:
        visit.act()
        visit.put(setting, round(value_of(key), 2))

    st.session_state[key] = value = float(visit.value(setting))
    st.number_input(
        visit.about.words.text[setting.name],
        min_value=setting.low,
        max_value=setting.high,
        step=step,
        format="%.4g",
        key=key,
        on_change=changed,
        width=150,
    )
    return value


def choose_scene(visit: Visit, figure: str) -> None:
    """A figure's named scenes, a button each: the whole state at once.

    Their sentences are shown once they are chosen. A tooltip would cover the chapter's title until the
    mouse leaves.
    """
    said = visit.about.words
    st.markdown(said.text["scenes"], width="content")
    for scene in said.scenes:
        if scene.figure == figure:
            waits = scene.question is not None and not answer_to(visit, scene.question).is_over
            key = f"try-{visit.chapter}-{figure}-{scene.name}"
            st.button(scene.name, key=key, on_click=visit.choose_scene, args=(scene, waits))


# What is in a box is heavy, so it is there only while the box is open.


def show_box(visit: Visit, name: str, label: str) -> Any:
    """The box `name` of a chapter, a popover that knows whether it is `open`; opening it is an act."""
    return st.popover(label, key=_box_key(visit, name), on_change=visit.act)


def is_open(visit: Visit, name: str) -> bool:
    """Whether a box is open, known before it is drawn: an open box itself shows what went wrong."""
    return bool(st.session_state.get(_box_key(visit, name)))


def _box_key(visit: Visit, name: str) -> str:
    return f"{visit.chapter}-{name}"
