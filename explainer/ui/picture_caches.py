"""Caches for what is made of a set of pictures: shared, if everybody has the set; else for that visit alone.

So what comes of a visitor's own pictures goes when the visitor does, and takes no room from the others.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import streamlit as st

from explainer.ui.picture_sets import Chosen

P = ParamSpec("P")
R = TypeVar("R")
BY_KEY: Final[dict[Any, Any]] = {Chosen: lambda chosen: chosen.key}


def of_set(
    shared: int, own: int, cache: Any = st.cache_resource
) -> Callable[[Callable[Concatenate[Chosen, P], R]], Callable[Concatenate[Chosen, P], R]]:
    """Keeps so many results of a function of a set (and more): for all visitors, and in each visit."""

    def cached(function: Callable[Concatenate[Chosen, P], R]) -> Callable[Concatenate[Chosen, P], R]:
        for_all = cache(max_entries=shared, show_spinner=False, hash_funcs=BY_KEY)(function)
        for_one = cache(max_entries=own, show_spinner=False, hash_funcs=BY_KEY, scope="session")(function)

        @wraps(function)
        def kept(chosen: Chosen, /, *args: P.args, **kwargs: P.kwargs) -> R:
            result: R = (for_one if chosen.own else for_all)(chosen, *args, **kwargs)
            return result

        return kept

    return cached
