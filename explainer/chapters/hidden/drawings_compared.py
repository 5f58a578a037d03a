"""The drawings again: one neuron against a hidden layer, on whole families that neither has seen."""

from collections.abc import Callable, Mapping
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
from explainer.pictures.views import NUM_VIEWS, REACH
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
    training = drawings().split.training
    X = to_columns(training.pictures)
    if units:
        end = shallow.train(X, training.Y, units, RATE, NUM_ITERATIONS, SEED).parameters
        return judged(lambda some: shallow.forward(end, some).A2)
    (run,) = train(X, training.Y, [RATE], NUM_ITERATIONS)
    w, b = run.w, run.b
    return judged(lambda some: sigmoid(w.T @ some + b))


def judged(says: Callable[[FloatArray], FloatArray]) -> Result:
    """What comes of a classifier, which says A (1, m) of pictures X (n_x, m)."""
    split = drawings().split
    assert split.held_out is not None  # whole families of the drawings always are
    said = [says(to_columns(part.pictures)) for part in (split.training, split.held_out)]
    pairs = scores.rank_pairs(said[1], split.held_out.Y)
    assert pairs is not None
    return Result(_right(said[0], split.training), _right(said[1], split.held_out), pairs)


def _right(A: FloatArray, pictures: PictureSet) -> int:
    return int(np.count_nonzero((A > 0.5) == (pictures.Y > 0)))


def counts() -> dict[str, int]:
    """How many drawings there are to learn from, and how many are held out."""
    return {"m_drawings": len(drawings().split.training.names), "m_new_drawings": _held_out_labels().size}


def name_text(units: int, has_views: bool = False) -> str:
    """Who it is: one neuron (0 units) or so many hidden units, maybe with more views."""
    text = words("hidden").text
    name = text["row_units"].format(units=units) if units else text["row_neuron"]
    return str(text["row_views"]).format(who=name) if has_views else str(name)


def table(found: Mapping[str, Result]) -> dict[str, list[str]]:
    """A row for each result, by who it is, under the chapter's words for the columns."""
    text = words("hidden").text
    rows = [(name, *_texts(one)) for name, one in found.items()]
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


def difference(one: scores.Pairs, other: scores.Pairs) -> str:
    """Whether the other is ``better`` or ``worse``; ``no_difference`` if one lies in the other's interval."""
    if other.low <= one.share <= other.high or one.low <= other.share <= one.high:
        return "no_difference"
    return "better" if other.share > one.share else "worse"


def verdict_text(one: Result, many: Result) -> str:
    """Whether the hidden layer is better on what neither has seen, and why it is as it is."""
    text = words("hidden").text
    guessed = scores.majority(_held_out_labels())
    always = round(guessed.share * _held_out_labels().size)
    said = text[f"drawings_{difference(one.pairs, many.pairs)}"]
    return f"{said} {text['drawings_why'].format(always=always)}"


def views_text(found: Mapping[tuple[int, bool], Result], units: int) -> str:
    """What more views change, for one neuron and for the hidden layer, and which of the two they leave ahead.

    `found` are the results by units, 0 for one neuron, and by whether there were more views.
    """
    text = words("hidden").text
    pairs = {who: one.pairs for who, one in found.items()}
    hundred = {who: one.per_hundred["share"] for who, one in pairs.items()}
    said = [
        text[f"views_neuron_{difference(pairs[0, False], pairs[0, True])}"],
        text[f"views_units_{difference(pairs[units, False], pairs[units, True])}"],
        text[f"views_both_{difference(pairs[0, True], pairs[units, True])}"],
    ]
    m = counts()["m_drawings"]
    numbers = {
        "neuron_before": hundred[0, False],
        "neuron_after": hundred[0, True],
        "units_before": hundred[units, False],
        "units_after": hundred[units, True],
        "learned": found[units, True].training,
        "learned_before": found[units, False].training,
    }
    whole = " ".join([*said, text["views_why"]])
    return whole.format(m=m, times=NUM_VIEWS, reach=REACH, examples=f"{NUM_VIEWS * m:,}", **numbers)


def _held_out_labels() -> FloatArray:
    held_out = drawings().split.held_out
    assert held_out is not None
    return held_out.Y
