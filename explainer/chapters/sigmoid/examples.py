"""The chapter's data sets, the places for one more example, and both models' fits for each place."""

from functools import lru_cache
from typing import Final

import numpy as np

from explainer.maths.checks import FloatArray
from explainer.maths.datasets import DATASETS, Dataset
from explainer.maths.outlier import BothFits, fit_with_outlier, stop_at_cost
from explainer.pictures import bundled
from explainer.pictures.measures import ear_contrast
from explainer.words import words

NAMES: Final = ("challenger", "hours", "pictures", "separable")
REACH: Final = 2.0
"""How far beyond the data the extra example goes, in ranges of the data."""
MOST_POSITIONS: Final = 60
FAMILY: Final = "fluent-emoji"
"""The drawings of one designer: all ears are drawn alike."""


@lru_cache(maxsize=8)
def examples(data: str) -> Dataset:
    """One of the app's data sets, or the drawings, each reduced to one number."""
    return drawings_as_data() if data == "pictures" else DATASETS[data]


@lru_cache(maxsize=8)
def both_fits(data: str) -> BothFits:
    """Line and sigmoid, first without the extra example, then with it at each of its `positions`."""
    X, Y = examples(data).X, examples(data).Y
    return stop_at_cost(fit_with_outlier(X, Y, np.append(np.nan, positions(X))))


def positions(X: FloatArray) -> FloatArray:
    """Where the extra example may stand: round numbers, evenly spaced, to the right of X (1, m)."""
    last = X.max() + REACH * np.ptp(X)
    step = _round_step(REACH * float(np.ptp(X)) / MOST_POSITIONS)
    counts = np.arange(np.floor(X.max() / step) + 1, np.floor(last / step) + 1)
    return np.asarray(np.round(step * counts, 6))


def _round_step(least: float) -> float:
    """The least of ..., 0.1, 0.2, 0.25, 0.5, 1, 2, ... that is not below `least`."""
    power = np.floor(np.log10(least))
    return next(float(f * 10**power) for f in (1, 2, 2.5, 5, 10) if f * 10**power >= least)


def drawings_as_data() -> Dataset:
    """The drawings of one `FAMILY`; x is their ear contrast, to one decimal."""
    text, drawings = words("sigmoid").text, bundled().of_families(FAMILY)
    X, Y = np.round(ear_contrast(drawings.pictures), 1), drawings.Y
    title = text["pictures_title"].format(m=Y.size, cats=int(Y.sum()))
    source = text["pictures_source"].format(family=FAMILY)
    return Dataset("pictures", title, text["pictures_feature"], text["pictures_outcome"], X, Y, source)
