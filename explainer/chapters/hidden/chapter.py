"""The chapter *One hidden layer*: what can be set, and its live figures."""

from typing import Final

from explainer.chapters.hidden import network_figure
from explainer.chapters.hidden.answers import answers
from explainer.chapters.hidden.network_figure import POINTS, VIEW
from explainer.chapters.hidden.trainings import KEPT, RATES, STARTS, learned
from explainer.maths.datasets import CURVED
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.settings import AHEAD, Choice, Slider
from explainer.stage.stage import Stage
from explainer.words import words

MOST_UNITS: Final = 20

DATA: Final = Choice("data", tuple(CURVED))
BEGIN: Final = Choice("begin", STARTS)
UNITS: Final = Slider("units", range(1, MOST_UNITS + 1), start=3)
SEED: Final = Slider("seed", range(1, 11))
"""Which random start, by its number."""
LEARNING_RATE: Final = Slider("learning_rate", RATES, start=1.0, log=True)
STEP: Final = Slider("step", KEPT).given(DATA, BEGIN)


def network(data: str, begin: str, units: int, seed: int) -> Stage:
    """A hidden layer of that width trained with all learning rates from one start."""
    return network_figure.stage(learned(data, units, begin, seed), words("hidden").figure)


CHAPTER: Final = Chapter(
    "hidden",
    own=(DATA, BEGIN),
    figures={
        "network": Figure(
            network,
            controls=(UNITS, LEARNING_RATE, SEED, STEP, POINTS, VIEW, AHEAD),
            of=(DATA, BEGIN, UNITS, SEED),
            watched=(UNITS, SEED),
            kept=48,
            ready_for=({}, {"units": 2}, {"units": 4}, {"units": 1}),
        ),
    },
    ready=answers,
)
