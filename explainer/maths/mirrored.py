"""A hidden layer trained on examples that come in pairs, x and its mirror image, in the span of them all.

Mirroring twice changes nothing, and leaves the product of two examples as it is if both are mirrored. So with
    x_i . x_j = P_ij,   x_i . mirrored x_j = Q_ij,   even = (P + Q) / 2 + 1,   odd = (P - Q) / 2   (m, m)
and C = [C_x, C_mirrored] (n_h, 2 m), the coefficients of all examples, as in `shallow`:
    Z1 = Z1_0 + [(C_x + C_mirrored) even + (C_x - C_mirrored) odd, the same with a minus]
A step costs 2 n_h m^2 products instead of 4, and even and odd together take half of the memory of one matrix
(2 m, 2 m). (P + Q) / 2 are the products of the means of each pair, (P - Q) / 2 those of half its differences.
"""

import numpy as np

from explainer.maths.checks import FloatArray


class InMirroredPairs:
    """The hidden layer by `coefficients` C (n_h, 2 m), which begin at 0: a `HiddenLayer` of `shallow`.

    `first` is Z1 (n_h, 2 m) at the start: of all examples, then of their mirror images in the same order.
    """

    def __init__(self, first: FloatArray, even: FloatArray, odd: FloatArray) -> None:
        m = len(even)
        if even.shape != (m, m) or odd.shape != (m, m) or first.ndim != 2 or first.shape[1] != 2 * m:
            message = "even and odd must have shape (m, m) and first (n_h, 2 m); got "
            raise ValueError(f"{message}{even.shape}, {odd.shape} and {first.shape}")
        self.first, self.even, self.odd = first, even, odd
        self.coefficients = np.zeros_like(first)
        self._z = np.empty_like(first)

    def Z1(self) -> FloatArray:
        m = len(self.even)
        images, mirrored = self.coefficients[:, :m], self.coefficients[:, m:]
        together, apart = (images + mirrored) @ self.even, (images - mirrored) @ self.odd
        np.add(together, apart, out=self._z[:, :m])
        np.subtract(together, apart, out=self._z[:, m:])
        self._z += self.first
        return self._z

    def step(self, pace: float, dZ1: FloatArray) -> None:
        self.coefficients -= pace * dZ1
