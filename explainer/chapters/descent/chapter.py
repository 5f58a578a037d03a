"""The chapter *Gradient descent*: what can be set, and its live figure."""

from typing import Final

from explainer.chapters.descent import figure
from explainer.maths.datasets import DATASETS
from explainer.maths.descent import descend_many, step
from explainer.maths.landscape import OBJECTIVES, landscape, map_window
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.cost_figures import start_on_map
from explainer.stage.settings import AHEAD, Choice, End, Given, Slider, Walk
from explainer.stage.stage import Stage
from explainer.words import COMMON, words

_DECADE: Final = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
RATES: Final = (*(float(f"{digit * 10.0**power:.2g}") for power in range(-3, 2) for digit in _DECADE), 100.0)
"""Learning rates from 0.001 to 100, each about a quarter more than the one before."""
NUM_ITERATIONS: Final = 500
FOUR_RATES: Final = {"sigmoid": (0.001, 0.1, 2.0, 25.0), "line": (0.001, 0.05, 0.8, 1.2)}
"""The learning rates that are compared side by side, by model."""

DATA: Final = Choice("data", tuple(DATASETS), "challenger")
MODEL: Final = Choice("model", ("sigmoid", "line"))
START: Final = Given("start", (DATA, MODEL), start_on_map)
HAND: Final = Given(
    "hand", (DATA, MODEL, START), lambda data, model, start: Walk("hand", map_window(data, model), start)
)
"""A walk from the same start that somebody took by hand, in *Loss*."""
LEARNING_RATE: Final = Slider("learning_rate", RATES, start=1.0, log=True, when=figure.ONE)
ITERATIONS: Final = Slider("iterations", range(1, NUM_ITERATIONS + 1), start=200)
STEP: Final = Slider(
    "step", range(NUM_ITERATIONS + 1), until=End(ITERATIONS), beyond=COMMON["problems"]["step"]
).given(DATA, MODEL, START)
VIEW: Final = Choice("view", ("both", "3-D", "map"), wide_only=True, flat="map")
COMPARE: Final = Choice("compare", ("one", "four"))


def walk(
    data: str, model: str, start: tuple[float, float], hand: tuple[tuple[float, float], ...] = ()
) -> Stage:
    """The runs of all learning rates from `start`, on one landscape, and a walk by hand beside them."""
    shown, (w, b) = landscape(data, model), start
    # One step more than the clock shows: the last step's "becomes" needs it.
    runs = descend_many(
        shown.standardised.X, shown.data.Y, RATES, NUM_ITERATIONS + 1, [w], b, OBJECTIVES[model]
    )
    return figure.stage(shown, runs, FOUR_RATES[model], words("descent").figure, hand)


CHAPTER: Final = Chapter(
    "descent",
    own=(DATA, MODEL, START, HAND),
    figures={
        "walk": Figure(
            walk,
            controls=(LEARNING_RATE, ITERATIONS, STEP, VIEW, COMPARE, AHEAD),
            of=(DATA, MODEL, START, HAND),
        )
    },
    code=(step, OBJECTIVES["sigmoid"].pointwise, OBJECTIVES["sigmoid"].evaluate, descend_many),
)
