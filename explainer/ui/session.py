"""What a widget's callback may ask of the session, where the next press already waits for its run.

`st.session_state[...]` is a place where Streamlit ends a run for the next one that was asked for, on a busy
computer in the middle of a callback: what was done is lost then, for nobody calls it again. To ask for all
of the state at once is no such place.
"""

from collections.abc import Callable, Hashable
from threading import Thread, current_thread, main_thread
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

import streamlit as st

T = TypeVar("T")

_KEPT: Final[WeakKeyDictionary[Thread, dict[str, Any]]] = WeakKeyDictionary()
"""What each thread that runs scripts has asked for, by its name: such a thread serves one session alone, and
to ask for all of the state takes a millisecond each time."""


def value_of(key: str) -> Any:
    """The value of a widget, for its callback."""
    return st.session_state.to_dict().get(key)


def kept(name: str, make: Callable[[], T]) -> T:
    """What the session keeps under a name, for callbacks to change; made when it is asked for first."""
    thread = current_thread()
    known = {} if thread is main_thread() else _KEPT.setdefault(thread, {})
    if name not in known:
        known[name] = _found_or_made(name, make)
    found: T = known[name]
    return found


def kept_last(name: str, key: Hashable, make: Callable[[], T], most: int = 16) -> T:
    """What was made for a key in this visit, for the last few keys: where making it takes a while."""
    known: dict[Hashable, T] = kept(name, dict)
    found = known.pop(key) if key in known else make()
    known[key] = found
    while len(known) > most:
        del known[next(iter(known))]
    return found


def _found_or_made(name: str, make: Callable[[], T]) -> T:
    found: T | None = st.session_state.to_dict().get(name)
    if found is None:
        found = st.session_state[name] = make()
    return found
