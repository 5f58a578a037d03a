"""The hidden layer as a new space: where it puts the points, and the last neuron's straight cut there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from explainer.maths.checks import FloatArray, freeze_fields
from explainer.maths.decision import activations
from explainer.maths.shallow import Parameters

EDGE: Final = 1.15
"""How far the plot of two units reaches; each of them says -1 to 1."""


@dataclass(frozen=True, eq=False)
class UnitSpace:
    """Points (T, 2, m) and the ends of the cut (T, 2 ends, 2) at each step, as (x, y); read-only.

    With one unit x is what it says, and y is 0. With two they are what both say. With more, the space is
    turned so that its cut is seen from its edge: x is the distance from the cut, above 0 where the answer is
    1, and y the direction along it in which the points differ most. The cut is nan where there is none.
    `reach` is how far x and y go to both sides.
    """

    points: FloatArray
    cut: FloatArray
    reach: float

    def __post_init__(self) -> None:
        freeze_fields(self, "points", "cut")


def unit_space(steps: Sequence[Parameters], X: FloatArray) -> UnitSpace:
    """What the hidden units of all steps say of X (2, m). They must have the same number of units."""
    A1 = activations(steps, X).A1
    W2 = np.stack([one.W2[0] for one in steps])
    b2 = np.array([one.b2.item() for one in steps])
    n_h = A1.shape[1]
    if n_h == 1:
        return UnitSpace(np.concatenate([A1, 0 * A1], axis=1), _cuts(np.pad(W2, ((0, 0), (0, 1))), b2), EDGE)
    if n_h == 2:
        return UnitSpace(A1, _cuts(W2, b2), EDGE)
    return _turned(A1, W2, b2)


def _cuts(W2: FloatArray, b2: FloatArray) -> FloatArray:
    """Two ends of the line W2 a + b2 = 0, for W2 (T, 2): farther apart than the plot is wide."""
    length = np.hypot(W2[:, 0], W2[:, 1])
    with np.errstate(all="ignore"):  # without weights there is no line: nan
        normal, away = W2 / length[:, None], b2 / length
    along = np.stack([-normal[:, 1], normal[:, 0]], axis=1)
    foot = -away[:, None] * normal
    return np.stack([foot - 4 * EDGE * along, foot + 4 * EDGE * along], axis=1)


def _turned(A1: FloatArray, W2: FloatArray, b2: FloatArray) -> UnitSpace:
    length = np.linalg.norm(W2, axis=1)
    has_cut = length > 0
    normal = np.where(has_cut[:, None], W2, 1.0) / np.where(has_cut, length, np.sqrt(W2.shape[1]))[:, None]
    away = np.where(has_cut, b2 / np.where(has_cut, length, 1.0), 0.0)
    across = np.einsum("th,thm->tm", normal, A1)
    rest = A1 - normal[:, :, None] * across[:, None, :]
    spread = rest - rest.mean(axis=2, keepdims=True)
    # Of each step, the direction in which the rest varies most; its sign is that of the step before.
    most = np.linalg.eigh(spread @ spread.transpose(0, 2, 1))[1][:, :, -1]
    turns = np.sign(np.einsum("th,th->t", most[1:], most[:-1]))
    most[1:] *= np.cumprod(np.where(turns == 0, 1.0, turns))[:, None]
    points = np.stack([across + away[:, None], np.einsum("th,thm->tm", most, rest)], axis=1)
    reach = 1.05 * float(np.abs(points).max()) or EDGE
    cut = np.where(has_cut, 0.0, np.nan)
    ends = np.stack(
        [np.stack([cut, cut - 4 * reach], axis=1), np.stack([cut, cut + 4 * reach], axis=1)], axis=1
    )
    return UnitSpace(points, ends, reach)
