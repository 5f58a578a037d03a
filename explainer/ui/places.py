"""Places of a page for what comes, goes and changes.

The browser knows most of a page's elements by their number, and changes a text where it stands. On a page
that the browser has translated it stands there no longer: the page breaks off with an error, or goes on
saying what was so before. So what may be missing has a place that is always there, and what may change is
made anew in the browser once it does.

A container with another key is not enough for that. It takes over the elements of the container that stood
at its number, and where they are drawn before the new ones have come, the new ones change them where they
stand. So a place has several numbers for its content, one in use: what is new goes to the next, where
nothing stands.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import sha256
from typing import Any, Final, Literal

import streamlit as st

NUMBERS: Final = 3
"""How many a place has. With two, if one content never reaches the browser because its run was stopped, the
next one would get the number at which the last one stands."""


def place(
    name: str, *made_of: object, width: Literal["stretch", "content"] = "stretch"
) -> AbstractContextManager[Any]:
    """A place, maybe empty, whose elements the browser makes anew once it is `made_of` something else.

    `name` is the place's own on the page. Among elements side by side its `width` is that of its content.
    It takes several elements, and `st.empty()` holds one: in there a place needs a container.
    """
    digest = sha256("\0".join(map(str, made_of)).encode()).hexdigest()[:12]
    used = _number_for(name, digest)
    for _ in range(used):
        st.empty()
    content = st.container(key=f"{name}-{digest}", width=width)
    for _ in range(used + 1, NUMBERS):
        st.empty()
    return content


def _number_for(name: str, digest: str) -> int:
    """Where the content stands: where it stood before, if it is the same."""
    contents: dict[str, tuple[str, int]] = st.session_state.setdefault("places", {})
    before, number = contents.get(name, (digest, 0))
    contents[name] = digest, (number if before == digest else (number + 1) % NUMBERS)
    return contents[name][1]


def say(name: str, text: str, show: Callable[[str], object] = st.markdown) -> None:
    """A text that may change or be missing, in a place of its own; `show` is Streamlit's element for it."""
    with place(name, text):
        if text:
            show(text)
