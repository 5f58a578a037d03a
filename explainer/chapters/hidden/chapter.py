"""The chapter *One hidden layer*: what can be set, and its live figures."""

from typing import Final

from explainer.chapters.hidden import drawings_compared, network_figure, points, valleys_figure, widths_figure
from explainer.chapters.hidden.answers import OTHER, answers
from explainer.chapters.hidden.network_figure import POINTS, VIEW, with_units
from explainer.chapters.hidden.trainings import KEPT, RATES, STARTS, learned
from explainer.chapters.hidden.valleys import other_than
from explainer.chapters.hidden.valleys import valleys as valleys_between
from explainer.chapters.hidden.widths import COUNTS
from explainer.maths import cost_plane, shallow
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.settings import AHEAD, Choice, Slider, Supplied
from explainer.stage.stage import Stage
from explainer.words import words

MOST_UNITS: Final = 20

DATA: Final = Choice("data", points.NAMES)
BEGIN: Final = Choice("begin", STARTS)
UNITS: Final = Slider("units", range(1, MOST_UNITS + 1), start=3)
SEED: Final = Slider("seed", range(1, 11))
"""Which random start, by its number."""
LEARNING_RATE: Final = Slider("learning_rate", RATES, start=1.0, log=True)
STEP: Final = Slider("step", KEPT).given(DATA)
OTHER_SEED: Final = Slider("other_seed", SEED.values, start=OTHER)
"""The random start of the training that another one is compared with."""
WIDTHS: Final = Choice("widths", ("hidden", *COUNTS))
LEARNED_FROM: Final = Supplied("learned_from", start=lambda: "all")
"""Which of them is shown, where one is."""
VALLEYS: Final = Choice("valleys", ("hidden", "shown"))
VIEWS: Final = "views"
DRAWINGS: Final = Choice("drawings", ("hidden", *map(str, drawings_compared.WIDTHS), VIEWS))
"""What takes a second or two to compute, and is shown when it is asked for."""


def network(data: str, begin: str, units: int, seed: int) -> Stage:
    """A hidden layer of that width trained with all learning rates from one start."""
    return network_figure.stage(learned(data, units, begin, seed), words("hidden").figure)


def widths(data: str, seed: int, learned_from: str) -> Stage:
    """Maps of several widths, learned from all points or from a few."""
    return widths_figure.stage(data, seed, learned_from, words("hidden").figure)


def valleys(data: str, units: int, seed: int, other: int) -> Stage:
    """A slice of the cost surface through the ends of the trainings from two starts."""
    text, other = words("hidden").figure, other_than(seed, other, SEED.values[-1])
    found = valleys_between(data, units, seed, other)
    return valleys_figure.stage(found, (seed, other), with_units(units, text), text)


CHAPTER: Final = Chapter(
    "hidden",
    own=(DATA, WIDTHS, VALLEYS, DRAWINGS),
    figures={
        "network": Figure(
            network,
            controls=(UNITS, LEARNING_RATE, SEED, STEP, BEGIN, POINTS, VIEW, AHEAD),
            of=(DATA, BEGIN, UNITS, SEED),
            watched=(BEGIN, UNITS, SEED),
            kept=48,
            ready_for=({}, {"units": 2}, {"units": 4}),
            beside=(UNITS,),
        ),
        "widths": Figure(widths, of=(DATA, SEED, LEARNED_FROM), kept=16, ready_for=()),
        "valleys": Figure(
            valleys,
            controls=(OTHER_SEED,),
            of=(DATA, UNITS, SEED, OTHER_SEED),
            watched=(OTHER_SEED,),
            kept=16,
            ready_for=(),
        ),
    },
    ready=answers,
    code=(
        shallow.initialize,
        shallow.forward,
        shallow.cost,
        shallow.gradients,
        shallow.descend,
        cost_plane.cost_plane,
    ),
)
