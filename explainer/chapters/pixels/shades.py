"""Columns of thousands of numbers as few enough shades of grey to be told apart."""

from typing import Final

import numpy as np

from explainer.maths.checks import ByteArray, FloatArray

SHADES: Final = 192


def shades_of(X: FloatArray) -> ByteArray:
    """X (n_x, m) of numbers from 0 to 1 as a picture (SHADES, m, 3): each shade the mean of its rows.

    n_x has to be a multiple of SHADES, as that of every picture here is.
    """
    means = X.reshape(SHADES, -1, X.shape[1]).mean(axis=1)
    return np.repeat(np.rint(255 * means).astype(np.uint8)[:, :, None], 3, axis=2)
