"""A picture as a single number that has a name: how much of it is orange or brown, how pale its middle is."""

from typing import Final

import numpy as np

from explainer.maths.checks import ByteArray, FloatArray
from explainer.pictures.columns import checked

HUES: Final = (10.0, 45.0)
"""Orange and brown, as angles on the colour circle, on which red is 0 and yellow 60."""
LEAST_COLOUR: Final = 50
"""How far apart the channels of a pixel are at least that counts as coloured, of 255."""


def orange_share(pictures: ByteArray) -> FloatArray:
    """The share of each picture's pixels that are orange or brown: (1, m), for pictures (m, s, s, 3)."""
    red, green, blue = np.moveaxis(checked(pictures).astype(np.int16), -1, 0)
    colour = red - blue
    low, high = (angle / 60 * colour for angle in HUES)
    is_orange = (colour >= LEAST_COLOUR) & (green - blue >= low) & (green - blue <= high) & (green <= red)
    share: FloatArray = is_orange.mean(axis=(1, 2))[None]
    return share


def ear_contrast(pictures: ByteArray) -> FloatArray:
    """How much paler each picture (64, 64, 3) is between the ears than at the paler ear: (1, m), -255 to 255.

    It is the mean value of the middle third of the top quarter, minus that of the left or the right third,
    whichever is paler. A round head is darkest in the middle.
    """
    side = checked(pictures).shape[1]
    top, third = pictures[:, : side // 4], side // 3
    left, middle, right = (
        part.mean(axis=(1, 2, 3)) for part in (top[:, :, :third], top[:, :, third:-third], top[:, :, -third:])
    )
    return np.asarray((middle - np.maximum(left, right))[None])
