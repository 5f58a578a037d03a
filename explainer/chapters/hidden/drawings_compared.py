"""The drawings again: one neuron against a hidden layer, on whole families that neither has seen."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from explainer.maths import scores, shallow
from explainer.maths.checks import FloatArray
from explainer.maths.logistic import sigmoid
from explainer.maths.training import train
from explainer.pictures import PictureSet, to_columns
from explainer.pictures.chosen import drawings
from explainer.words import words
from explainer.words.numbers import percent

WIDTHS: Final = (4, 16)
NUM_ITERATIONS: Final = 500
RATE: Final = 0.002
SEED: Final = 1
COLUMNS: Final = ("who", "training", "held_out", "pairs")


@dataclass(frozen=True)
class Result:
    """A classifier's right answers, in training and held out, and how many pairs it gets right."""

    training: int
    held_out: int
    pairs: scores.Pairs


@lru_cache(maxsize=4)
def result(units: int) -> Result:
    """Trains so many hidden units on the drawings, W1 in their span; one neuron where there are none."""
    split = drawings().split
    assert split.held_out is not None  # whole families of the drawings always are
    X, held_out = to_columns(split.training.pictures), to_columns(split.held_out.pictures)
    if units:
        end = shallow.train(X, split.training.Y, units, RATE, NUM_ITERATIONS, SEED).parameters
        said = [shallow.forward(end, some).A2 for some in (X, held_out)]
    else:
        (run,) = train(X, split.training.Y, [RATE], NUM_ITERATIONS)
        said = [sigmoid(run.w.T @ some + run.b) for some in (X, held_out)]
    pairs = scores.rank_pairs(said[1], split.held_out.Y)
    assert pairs is not None
    return Result(_right(said[0], split.training), _right(said[1], split.held_out), pairs)


def _right(A: FloatArray, pictures: PictureSet) -> int:
    return int(np.count_nonzero((A > 0.5) == (pictures.Y > 0)))


def counts() -> dict[str, int]:
    """How many drawings there are to learn from, and how many are held out."""
    return {"m_drawings": len(drawings().split.training.names), "m_new_drawings": _held_out_labels().size}


def table(units: int) -> dict[str, list[str]]:
    """One neuron and the hidden layer, a row each, under the chapter's words for the columns."""
    text = words("hidden").text
    who = [text["row_neuron"], text["row_units"].format(units=units)]
    rows = [(name, *_texts(result(count))) for name, count in zip(who, (0, units), strict=True)]
    return {
        text[f"column_{column}"]: list(cells)
        for column, cells in zip(COLUMNS, zip(*rows, strict=True), strict=True)
    }


def _texts(found: Result) -> tuple[str, str, str]:
    text = words("hidden").text
    m, m_held_out = counts().values()
    low, high = (percent(float(end)) for end in scores.wilson_interval(found.held_out, m_held_out))
    return (
        text["cell_training"].format(right=found.training, m=m),
        text["cell_held_out"].format(right=found.held_out, m=m_held_out, low=low, high=high),
        text["cell_pairs"].format(**found.pairs.per_hundred),
    )


def verdict_text(units: int) -> str:
    """Whether the hidden layer is better on what neither has seen, and why it is as it is."""
    text, (one, many) = words("hidden").text, (result(0).pairs, result(units).pairs)
    if many.low <= one.share <= many.high or one.low <= many.share <= one.high:
        kind = "no_difference"
    else:
        kind = "better" if many.share > one.share else "worse"
    guessed = scores.majority(_held_out_labels())
    always = round(guessed.share * _held_out_labels().size)
    return f"{text[f'drawings_{kind}']} {text['drawings_why'].format(always=always)}"


def _held_out_labels() -> FloatArray:
    held_out = drawings().split.held_out
    assert held_out is not None
    return held_out.Y
