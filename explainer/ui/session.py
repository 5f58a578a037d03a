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

_STATES: Final[WeakKeyDictionary[Thread, dict[str, Any]]] = WeakKeyDictionary()
"""All of the state as each thread that runs scripts has found it first, with what it has made since. Such a
thread serves one session alone, and to ask for all of the state takes a millisecond each time."""


def value_of(key: str) -> Any:
    """The value of a widget, for its callback."""
    return st.session_state.to_dict().get(key)


def kept(name: str, make: Callable[[], T]) -> T:
    """What the session keeps under a name, for callbacks to change; made when it is asked for first.

    Nothing else may write under that name.
    """
    known = _state()
    if known.get(name) is None:
        known[name] = st.session_state[name] = make()
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


def _state() -> dict[str, Any]:
    thread = current_thread()
    if thread is main_thread():  # of a test, or of a script without a server: there it serves many sessions
        return st.session_state.to_dict()
    known = _STATES.get(thread)
    if known is None:
        known = _STATES[thread] = st.session_state.to_dict()
    return known
