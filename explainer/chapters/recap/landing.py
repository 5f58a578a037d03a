"""Where a walk comes to rest, and where two mistaken ideas of it would lead: places to press on the map."""

from typing import Any, Final

import numpy as np

from explainer.chapters.recap.curves import DATA, MODEL
from explainer.maths import logistic
from explainer.maths.checks import FloatArray
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.landscape import landscape, map_window
from explainer.words.numbers import number

BEGIN: Final = -7.0, 3.0
"""Where that walk begins."""
NEAR: Final = 0.75
"""A press means a place up to that distance away; the known places are further apart."""
ALONG: Final = 401
"""Places that are looked at along the first step's direction."""


def landing() -> dict[str, Any]:
    """The place of least J on the launches, (0, 0), and the lowest place straight ahead of the first step."""
    data = DATASETS[DATA]
    X, least = standardise(data.X).X, landscape(DATA, MODEL).minimum
    assert least is not None
    ahead = _lowest_ahead(X, data.Y)
    return {
        "rest_from": ",".join(f"{part:g}" for part in BEGIN),
        "rest_w": number(BEGIN[0]),
        "rest_b": number(BEGIN[1]),
        "rest": (least.w, least.b),
        "rest_to_w": number(least.w, 2),
        "rest_to_b": number(least.b, 2),
        "rest_zero": (0.0, 0.0),
        "rest_ahead": ahead,
        "rest_near": NEAR,
    }


def _lowest_ahead(X: FloatArray, Y: FloatArray) -> tuple[float, float]:
    """The lowest place on the map in the direction of the first step."""
    (w, b), shown = BEGIN, map_window(DATA, MODEL)
    dw, db = logistic.gradients([[w]], b, X, Y)
    reach = np.linspace(0, shown.w_max - shown.w_min, ALONG) / np.hypot(dw.item(), db)
    places = [(float(w - t * dw.item()), float(b - t * db)) for t in reach]
    inside = [
        (w, b) for w, b in places if shown.w_min <= w <= shown.w_max and shown.b_min <= b <= shown.b_max
    ]
    return min(inside, key=lambda place: logistic.cost([[place[0]]], place[1], X, Y))
