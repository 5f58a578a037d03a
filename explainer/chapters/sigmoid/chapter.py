"""The chapter *Why not a straight line?*: what can be set, and its two live figures."""

from typing import Final

import numpy as np

from explainer.chapters.sigmoid import neuron_figure, outlier_figure
from explainer.chapters.sigmoid.examples import NAMES, both_fits, examples, positions
from explainer.chapters.sigmoid.neuron_figure import SLOPES
from explainer.maths import linear, logistic
from explainer.maths.outlier import fit_with_outlier, stop_at_cost
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.settings import AHEAD, Choice, Given, Slider
from explainer.stage.stage import Stage
from explainer.words import words


def outlier_slider(data: str) -> Slider:
    """Where one more example stands; at first there is none."""
    text = words("sigmoid").figure
    places = positions(examples(data).X).tolist()
    return Slider("outlier", places, none=text["none"], label=text[f"outlier_{data}"])


DATA: Final = Choice("data", NAMES)
OUTLIER: Final = Given("outlier", (DATA,), outlier_slider)
WEIGHT: Final = Slider("w", np.linspace(-3, 3, 25).tolist(), start=2.0)
BIAS: Final = Slider("b", np.linspace(-5, 5, 21).tolist(), start=0.0)
INPUT: Final = Slider("x", np.linspace(-4, 4, 33).tolist(), start=0.5)


def outlier(data: str) -> Stage:
    """Line and sigmoid over the data, for each place of the extra example."""
    return outlier_figure.stage(examples(data), both_fits(data), words("sigmoid").figure)


def neuron() -> Stage:
    """The sigmoid itself, for every w, b and x."""
    return neuron_figure.stage(WEIGHT.values, BIAS.values, INPUT.values, words("sigmoid").figure)


CHAPTER: Final = Chapter(
    "sigmoid",
    own=(DATA,),
    figures={
        "outlier": Figure(outlier, controls=(OUTLIER, AHEAD), of=(DATA,), kept=8),
        "neuron": Figure(neuron, controls=(WEIGHT, BIAS, INPUT, SLOPES), kept=1),
    },
    code=(
        linear.fit,
        logistic.fit,
        logistic.sigmoid,
        logistic.sigmoid_derivative,
        fit_with_outlier,
        stop_at_cost,
    ),
)
