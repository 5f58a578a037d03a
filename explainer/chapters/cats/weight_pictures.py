"""The weights of a classifier of pictures, as a picture: one for each pixel's red, green and blue."""

from dataclasses import dataclass
from math import isqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from explainer.maths.checks import ByteArray, FloatArray, IntArray
from explainer.maths.training import Run

ZERO: Final = 128
"""The value that stands for a weight of 0: grey."""
REACH: Final = 127
FULL: Final = 0.995
"""The share of the weights that are not beyond full colour: a few large ones would leave all others grey."""


@dataclass(frozen=True, eq=False)
class WeightPictures:
    """w at some steps (k,): pictures (k, s, s, 3) uint8, and the |w| that is full colour, (k,).

    A value v stands for the weight (v - 128) / 127 x scale; what is beyond is shown as the scale.
    """

    steps: IntArray
    pictures: ByteArray
    scales: FloatArray


def kept_steps(num_iterations: int, count: int = 20) -> IntArray:
    """At most so many steps from 0 to the end, dense at first, where most happens: evenly spaced by root."""
    return np.unique(np.rint(num_iterations * np.linspace(0, 1, count) ** 2).astype(np.int64))


def weight_pictures(run: Run, steps: IntArray) -> WeightPictures:
    """The run's w after these steps as pictures. ValueError if n_x is not 3 s^2."""
    n_x = run.X.shape[0]
    s = isqrt(n_x // 3)
    if n_x != 3 * s**2:
        raise ValueError(f"X must have n_x = 3 s^2 rows, three for each pixel of a square; got n_x = {n_x}")
    W = (run.X @ run.coefficients[steps].T).T
    scales = np.quantile(np.abs(W), FULL, axis=1)
    share = np.divide(W, scales[:, None], out=np.zeros_like(W), where=scales[:, None] > 0)
    values: NDArray[np.uint8] = (ZERO + np.rint(REACH * np.clip(share, -1, 1))).astype(np.uint8)
    return WeightPictures(steps, values.reshape(-1, s, s, 3), scales)
