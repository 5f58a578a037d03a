"""Boxes in which something is brought: what is in them is heavy, so it is there only while they are open."""

from typing import Any

import streamlit as st

from explainer.ui.visit import Visit


def box(visit: Visit, name: str, label: str) -> Any:
    """The box `name` of a chapter, a popover that knows whether it is `open`; opening it is an act."""
    return st.popover(label, key=_key(visit, name), on_change=visit.act)


def is_open(visit: Visit, name: str) -> bool:
    """Whether it is open, known before it is drawn: what went wrong is said in it then, else on the page."""
    return bool(st.session_state.get(_key(visit, name)))


def _key(visit: Visit, name: str) -> str:
    return f"{visit.chapter}-{name}"
