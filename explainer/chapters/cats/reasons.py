"""Why a classifier says what it says of one picture, and how little would make it say the opposite."""

from dataclasses import dataclass

import numpy as np

from explainer.chapters.cats.classifier import Classifier
from explainer.maths import logistic
from explainer.maths.checks import ByteArray, FloatArray
from explainer.pictures import to_columns


@dataclass(frozen=True, eq=False)
class Reasons:
    """z of one picture as a sum: `parts` (s, s), each pixel's w_i x_i over its three values, and b.

    z = spoke_for + spoke_against + b: what the values with w_i x_i above 0 add up to, those below, the bias.
    a = sigmoid(z), `loss` is L(a, y), None where y is not known.
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
    """The reasons for the verdict on a picture (s, s, 3) with label y. ValueError if w has another size."""
    z = float(classifier.z(picture[None])[0, 0])
    products = classifier.w[:, 0] * to_columns(picture[None])[:, 0]
    side = picture.shape[0]
    return Reasons(
        parts=products.reshape(side, side, 3).sum(axis=2),
        spoke_for=float(products[products > 0].sum()),
        spoke_against=float(products[products < 0].sum()),
        b=classifier.b,
        z=z,
        a=float(logistic.sigmoid(z)),
        loss=None if y is None else float(logistic.loss_from_z(z, float(y))),
    )


@dataclass(frozen=True, eq=False)
class Change:
    """The smallest even nudge that turns a verdict: no value moves by more than `most` of 255."""

    picture: ByteArray
    most: int
    z: float
    a: float


def smallest_change(classifier: Classifier, picture: ByteArray) -> Change | None:
    """Moves every value of a picture (s, s, 3) towards the other verdict, each as far, until z crosses 0.

    The direction is sign(w), or against it, held inside 0 to 255: for a sum of w_i x_i no other nudge of the
    same largest value does more (Goodfellow et al., 2015, the fast gradient sign method). In whole values, so
    that the picture can be shown; None if even 255 of 255 do not turn it.
    """
    z = float(classifier.z(picture[None])[0, 0])
    towards = np.sign(classifier.w).reshape(picture.shape) * (-1 if z > 0 else 1)

    def nudged(most: int) -> ByteArray:
        moved: ByteArray = np.clip(picture.astype(np.int64) + most * towards.astype(np.int64), 0, 255).astype(
            np.uint8
        )
        return moved

    def turned(most: int) -> bool:
        return (float(classifier.z(nudged(most)[None])[0, 0]) > 0) != (z > 0)

    if not turned(255):
        return None
    low, high = 0, 255  # not turned, turned: z moves one way only
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if turned(middle) else (middle, high)
    changed = nudged(high)
    after = float(classifier.z(changed[None])[0, 0])
    return Change(changed, high, after, float(logistic.sigmoid(after)))
