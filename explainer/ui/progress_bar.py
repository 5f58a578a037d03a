"""A progress bar for what is computed in parts, if it takes long."""

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Final

from streamlit.delta_generator import DeltaGenerator

BAR_FROM: Final = 0.5
"""Seconds that all of it will take: for less a bar would only flicker."""


def show_progress(bar: DeltaGenerator, shares: Iterable[float], said: Callable[[float], str]) -> None:
    """Goes through a computation, which tells the share of it that is done; a bar shows it if it takes long.

    At 1 it is done, or another one begins.
    """
    begun = perf_counter()
    for share in shares:
        if share < 1 and (perf_counter() - begun) / share > BAR_FROM:
            bar.progress(share, said(share))
        if share == 1:
            bar.empty()
            begun = perf_counter()
