"""The drawings with more views of each: one neuron and a hidden layer trained on all views, in their span.

A neuron that begins at zero learns the same of a picture and of its mirror image, so the means of both are
enough for it, as in *Cats*. Hidden units begin at random, so each image counts for itself: `mirrored` has the
way to train them all the same without a matrix of all products. There are 996 moved drawings: even and odd
take 16 MB while they are learned from, and afterwards only the counts are kept.
"""

from collections.abc import Generator
from functools import lru_cache
from typing import Final

import numpy as np

from explainer.chapters.hidden.drawings_compared import NUM_ITERATIONS, RATE, SEED, Result, judged
from explainer.maths import shallow
from explainer.maths.checks import FloatArray
from explainer.maths.logistic import sigmoid
from explainer.maths.mirrored import InMirroredPairs
from explainer.maths.shallow import Parameters
from explainer.maths.training import coefficients_after
from explainer.pictures import to_columns
from explainer.pictures.chosen import drawings
from explainer.pictures.results import InParts
from explainer.pictures.views import Copies, folded, folded_apart, mirrored, unfolded

UNITS: Final = 16
STRETCHES: Final = 10
"""Parts of a training, after each of which a progress bar moves."""


@lru_cache(maxsize=1)
def both() -> InParts[dict[int, Result]]:
    """What one neuron (0) and `UNITS` hidden units come to with more views; the same for all visitors."""
    copies = Copies(drawings().split.training.pictures)
    return InParts(lambda: _learn(copies), len(copies.blocks) + 1 + STRETCHES)


def result(units: int) -> Result:
    """The result of one neuron (0 units) or of the hidden layer; trained now, unless it is there."""
    return both().result[units]


def _learn(copies: Copies) -> Generator[None, None, dict[int, Result]]:
    """First the products of all copies, a block at a time, then the neuron, then the hidden layer."""
    start = shallow.initialize(to_columns(copies.pictures[:1]).size, UNITS, SEED)
    even, odd = (np.empty((copies.m, copies.m)) for _ in range(2))
    first = np.empty((UNITS, 2 * copies.m))
    for number in range(len(copies.blocks)):
        copies.multiply(number, folded, even)
        copies.multiply(number, folded_apart, odd)
        _put_first(start, copies, number, first)
        yield
    even += 1
    Y = np.tile(drawings().split.training.Y, len(copies.moves))
    neuron = _neuron(copies, coefficients_after(even, Y, RATE, NUM_ITERATIONS, np.zeros((1, copies.m))))
    yield
    hidden, W2, b2 = InMirroredPairs(first, even, odd), start.W2, start.b2
    for stretch in range(STRETCHES):
        went = shallow.go_on(hidden, W2, b2, np.tile(Y, 2), RATE, NUM_ITERATIONS // STRETCHES)
        W2, b2 = went.W2, went.b2
        if stretch < STRETCHES - 1:
            yield
    end = parameters(start, copies, hidden.coefficients, W2, b2)
    return {0: neuron, UNITS: judged(lambda X: shallow.forward(end, X).A2)}


def _put_first(start: Parameters, copies: Copies, number: int, first: FloatArray) -> None:
    """Z1 at the start of a block of copies and of their mirror images, into first (n_h, 2 m)."""
    block = copies.blocks[number]
    pictures, places = copies.of(block), block.places
    first[:, places] = start.W1 @ to_columns(pictures) + start.b1
    images = slice(places.start + copies.m, places.stop + copies.m)
    first[:, images] = start.W1 @ to_columns(mirrored(pictures)) + start.b1


def _neuron(copies: Copies, c: FloatArray) -> Result:
    """One neuron from the coefficients c (1, m) of the means of each copy and its mirror image."""
    parts = [to_columns(copies.of(one)) @ c.T[one.places] for one in copies.blocks]
    w = unfolded(np.sum(parts, axis=0))
    return judged(lambda X: sigmoid(w.T @ X + c.sum()))


def parameters(
    start: Parameters, copies: Copies, C: FloatArray, W2: FloatArray, b2: FloatArray
) -> Parameters:
    """W1 = W1_0 + C X^T and its bias, for the copies and their mirror images as X, a block at a time."""
    W1 = start.W1.copy()
    for block in copies.blocks:
        pictures, places = copies.of(block), block.places
        W1 += C[:, places] @ to_columns(pictures).T
        images = slice(places.start + copies.m, places.stop + copies.m)
        W1 += C[:, images] @ to_columns(mirrored(pictures)).T
    return Parameters(W1, start.b1 + C.sum(axis=1, keepdims=True), W2, b2)
