"""Places of a page for what comes, goes and changes.

The browser knows most of a page's elements by their number, and changes a text where it stands. On a page
that the browser has translated it stands there no longer: the page breaks off with an error, or goes on
saying what was so before. So what may be missing has a place that is always there, and what may change is
made anew in the browser once it does.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import sha256
from typing import Any, Literal

import streamlit as st


def place(
    name: str, *made_of: object, width: Literal["stretch", "content"] = "stretch"
) -> AbstractContextManager[Any]:
    """A place, maybe empty, whose elements the browser makes anew once it is `made_of` something else.

    `name` is the place's own on the page. Among elements side by side its `width` is that of its content.
    """
    digest = sha256("\0".join(map(str, made_of)).encode()).hexdigest()[:12]
    return st.container(key=f"{name}-{digest}", width=width)


def say(name: str, text: str, show: Callable[[str], object] = st.markdown) -> None:
    """A text that may change or be missing, in a place of its own; `show` is Streamlit's element for it."""
    with place(name, text):
        if text:
            show(text)
