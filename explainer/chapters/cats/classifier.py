"""A trained classifier: what it says of pictures, why, and the smallest change that turns its verdict."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np

from explainer.maths import checks
from explainer.maths.checks import ByteArray, FloatArray, frozen
from explainer.maths.logistic import loss_from_z, sigmoid
from explainer.pictures import to_columns


@dataclass(frozen=True, eq=False)
class Classifier:
    """w (n_x, 1), read-only, and b. ValueError for other shapes or numbers that are not finite.

    Two with the same numbers are equal, so that results can be kept by classifier.
    """

    w: FloatArray
    b: float

    def __post_init__(self) -> None:
        w = checks.finite("w", self.w)
        if w.ndim != 2 or w.shape[1] != 1 or w.size == 0:
            raise ValueError(f"w must have shape (n_x, 1), not empty; got {w.shape}")
        object.__setattr__(self, "w", frozen(w.view()))
        object.__setattr__(self, "b", checks.scalar("b", self.b))

    @cached_property
    def key(self) -> str:
        """A digest of w and b."""
        return sha256(self.w.tobytes() + np.float64(self.b).tobytes()).hexdigest()[:32]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Classifier) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def z(self, pictures: ByteArray) -> FloatArray:
        """z = w^T X + b of pictures (m, s, s, 3) with n_x = 3 s^2: (1, m). ValueError for another size."""
        X = to_columns(pictures)
        if X.shape[0] != self.w.shape[0]:
            raise ValueError(
                f"pictures must have n_x = {self.w.shape[0]} numbers each, as w has; got {X.shape[0]}"
            )
        Z: FloatArray = self.w.T @ X + self.b
        return Z

    def probabilities(self, pictures: ByteArray) -> FloatArray:
        """a = sigmoid(z), its estimate of the probability of *cat*: (1, m)."""
        return sigmoid(self.z(pictures))


@dataclass(frozen=True, eq=False)
class Reasons:
    """z of one picture as a sum: `parts` (s, s), the sum of w_i x_i over each pixel's three values, and b.

    z = spoke_for + spoke_against + b: the sums of all w_i x_i above 0 and of all below 0, and the bias.
    a = sigmoid(z); `loss` is L(a, y), None if y is not known.
    """

    parts: FloatArray
    spoke_for: float
    spoke_against: float
    b: float
    z: float
    a: float
    loss: float | None

    @property
    def says_cat(self) -> bool:
        """The verdict: *cat* if a > 0.5, that is z > 0."""
        return self.z > 0


def explain(classifier: Classifier, picture: ByteArray, y: bool | None = None) -> Reasons:
    """The reasons for the verdict on a picture (s, s, 3) with label y. ValueError if w does not fit it."""
    z = float(classifier.z(picture[None])[0, 0])
    products = classifier.w[:, 0] * to_columns(picture[None])[:, 0]
    side = picture.shape[0]
    return Reasons(
        parts=products.reshape(side, side, 3).sum(axis=2),
        spoke_for=float(products[products > 0].sum()),
        spoke_against=float(products[products < 0].sum()),
        b=classifier.b,
        z=z,
        a=float(sigmoid(z)),
        loss=None if y is None else float(loss_from_z(z, float(y))),
    )


@dataclass(frozen=True, eq=False)
class Change:
    """A picture after the smallest change that turns the verdict: no value moved by more than `most`."""

    picture: ByteArray
    most: int
    z: float
    a: float


def smallest_change(classifier: Classifier, picture: ByteArray) -> Change | None:
    """Moves all values of a picture (s, s, 3) equally far towards the other verdict, until z crosses 0.

    Each value moves by a whole number along sign(w), or against it, within 0 to 255: no other change with the
    same largest move changes a sum of w_i x_i more (Goodfellow et al., 2015, the fast gradient sign method).
    None if even 255 of 255 do not turn the verdict.
    """
    z = float(classifier.z(picture[None])[0, 0])
    towards = np.sign(classifier.w).reshape(picture.shape) * (-1 if z > 0 else 1)

    def nudged(most: int) -> ByteArray:
        moved: ByteArray = np.clip(picture + most * towards, 0, 255).astype(np.uint8)
        return moved

    def turned(most: int) -> bool:
        return (float(classifier.z(nudged(most)[None])[0, 0]) > 0) != (z > 0)

    if not turned(255):
        return None
    low, high = 0, 255  # not turned, turned; in between z only moves towards the other verdict
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if turned(middle) else (middle, high)
    changed = nudged(high)
    after = float(classifier.z(changed[None])[0, 0])
    return Change(changed, high, after, float(sigmoid(after)))
