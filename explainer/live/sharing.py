"""The button that tells Python what the figures of a page show at this moment."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from explainer.live.scripts import HERE
from explainer.words import COMMON

MOST_TEXTS: Final = 100
"""Settings that one page has at most, and more."""
_ADDRESS: Final = re.compile(
    r"https?://[\w.\-]+(:\d+)?(/[\w.\-~%/]*)?|https?://\[[\da-fA-F:.]+\](:\d+)?(/[\w.\-~%/]*)?"
)

_component = st.components.v2.component(
    "cat_or_not_sharing",
    html='<div class="sharing"><button type="button"></button><span role="status"></span></div>',
    css=(HERE / "sharing.css").read_text(encoding="utf-8"),
    js=(HERE / "sharing.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Taken:
    """What the browser has told: the page's `address` without a query, the texts of the figures' controls.

    `beside` are the texts of Python's own settings that they stood beside; `number` counts how often it told.
    """

    address: str
    state: Mapping[str, str]
    beside: Mapping[str, str]
    number: int = 0


def show_taking(beside: Mapping[str, str], answered: int, *, key: str, on_taken: Callable[[], None]) -> None:
    """The button. It tells once by itself, when it appears, and `on_taken` is called each time.

    `beside` are the texts of Python's own settings, `answered` the number of what the page shows by now.
    """
    words = {name: COMMON["share"][name] for name in ("take", "fresh", "moved")}
    data = {"beside": dict(beside), "answered": answered, "words": words}
    _component(key=key, data=data, on_taken_change=on_taken)


def read_taken(event: Any) -> Taken | None:
    """What a browser has sent, None for anything else."""
    if not isinstance(event, Mapping):
        return None
    address, state, beside, number = (event.get(name) for name in ("address", "state", "beside", "number"))
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        return None
    return Taken(address, _texts(state), _texts(beside), number if isinstance(number, int) else 0)


def _texts(raw: Any) -> dict[str, str]:
    """The pairs of texts in it, whatever else somebody has put there."""
    if not isinstance(raw, Mapping):
        return {}
    pairs = list(raw.items())[:MOST_TEXTS]
    return {name: text for name, text in pairs if isinstance(name, str) and isinstance(text, str)}
