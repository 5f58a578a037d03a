"""The second figure of the chapter *Pixels* for one visitor: pictures of the set in use as columns of X."""

from itertools import chain, zip_longest
from typing import Final

import numpy as np
import streamlit as st

from explainer.chapters.pixels import matrix_figure as matrix
from explainer.live import pack
from explainer.maths.checks import IntArray
from explainer.pictures import PictureSet, bundled
from explainer.stage.settings import Grid
from explainer.ui import picture_sets
from explainer.ui.picture_caches import of_set
from explainer.ui.picture_sets import Chosen
from explainer.ui.visit import Visit
from explainer.words import words

FAMILY: Final = "noto"
"""Of the drawings those of one hand."""
MOST: Final = 10
"""Pictures that become columns of X, where there are so many."""


def counting(visit: Visit, chosen: Chosen) -> None:
    """The figure's own control, how many pictures; of a set with fewer, all."""
    counts = tuple(range(min(MOST, len(chosen.every.names)) + 1))
    m = Grid("m", counts, tuple(map(str, counts)), counts[-1])
    if visit.value(m) > counts[-1]:
        visit.put(m, counts[-1])


@of_set(shared=8, own=1, cache=st.cache_data)
def stage(chosen: Chosen) -> bytes:
    """The figure, packed: cats and others in turn."""
    pictures = bundled().of_families(FAMILY) if chosen.name == picture_sets.DRAWINGS else chosen.every
    some = in_turn(pictures, MOST)
    return pack(matrix.stage(pictures.pictures[some], pictures.Y[:, some], dict(words("pixels").figure)))


def in_turn(pictures: PictureSet, count: int) -> IntArray:
    """The places of so many pictures, or all: a cat, another, a cat; of either kind evenly spaced."""
    cats, others = np.flatnonzero(pictures.labels), np.flatnonzero(~pictures.labels)
    count = min(count, len(pictures.names))
    num_cats = min(max(count // 2, count - len(others)), len(cats))
    pairs = zip_longest(_spread(cats, num_cats), _spread(others, count - num_cats))
    return np.array([place for place in chain.from_iterable(pairs) if place is not None])


def _spread(places: IntArray, count: int) -> IntArray:
    chosen: IntArray = places[np.linspace(0, len(places) - 1, count).round().astype(int)]
    return chosen
