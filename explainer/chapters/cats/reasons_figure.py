"""What in a picture spoke for a cat and what against, laid over it."""

from typing import Final

import numpy as np

from explainer.chapters.cats.reasons import Reasons
from explainer.maths.checks import ByteArray, FloatArray
from explainer.stage.palette import TONES

STRONG: Final = 0.98
"""The quantile of |part| that is full colour: a few large ones would leave all others pale."""
PALE: Final = 0.35
"""How much of the picture's own light and dark is left below."""
COVER: Final = 0.85


def overlay(reasons: Reasons, picture: ByteArray) -> ByteArray:
    """The picture (s, s, 3) in pale grey; over it vermillion where it spoke for *cat*, blue where against."""
    strength = np.abs(reasons.parts)
    full = float(np.quantile(strength, STRONG)) or 1.0
    cover = (COVER * np.minimum(strength / full, 1.0))[..., None]
    grey = 255 - PALE * (255 - picture.mean(axis=2, keepdims=True))
    colour = np.where(reasons.parts[..., None] > 0, _rgb("cat"), _rgb("not-cat"))
    shown: ByteArray = np.rint((1 - cover) * grey + cover * colour).astype(np.uint8)
    return shown


def _rgb(role: str) -> FloatArray:
    tone = TONES[role]["light"]
    return np.array([int(tone[k : k + 2], 16) for k in (1, 3, 5)], dtype=np.float64)
