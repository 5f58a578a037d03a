"""A trained classifier: weights and bias, and what it says of pictures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explainer.maths import checks
from explainer.maths.checks import FloatArray
from explainer.maths.logistic import sigmoid
from explainer.pictures import to_columns


@dataclass(frozen=True, eq=False)
class Classifier:
    """w (n_x, 1), read-only, and b. ValueError for other shapes and where a number is not finite."""

    w: FloatArray
    b: float

    def __post_init__(self) -> None:
        w = checks.finite("w", self.w)
        if w.ndim != 2 or w.shape[1] != 1 or w.size == 0:
            raise ValueError(f"w must have shape (n_x, 1), not empty; got {w.shape}")
        view = w.view()
        view.setflags(write=False)
        object.__setattr__(self, "w", view)
        object.__setattr__(self, "b", checks.scalar("b", self.b))

    def z(self, pictures: NDArray[np.uint8]) -> FloatArray:
        """z = w^T X + b of pictures (m, s, s, 3) with n_x = 3 s^2: (1, m). ValueError for another size."""
        X = to_columns(pictures)
        if X.shape[0] != self.w.shape[0]:
            raise ValueError(
                f"pictures must have n_x = {self.w.shape[0]} numbers each, as w has; got {X.shape[0]}"
            )
        Z: FloatArray = self.w.T @ X + self.b
        return Z

    def probabilities(self, pictures: NDArray[np.uint8]) -> FloatArray:
        """a = sigmoid(z), what it takes for the probability of *cat*: (1, m)."""
        return sigmoid(self.z(pictures))
