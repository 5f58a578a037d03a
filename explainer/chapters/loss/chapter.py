"""The chapter *Loss*: what can be set, and its two live figures."""

from typing import Final

import numpy as np

from explainer.chapters.loss import examples_figure, surfaces_figure
from explainer.chapters.loss.answers import SIDES, answers, bowls_text
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import descend_many
from explainer.maths.landscape import OBJECTIVES, landscape, map_window
from explainer.maths.logistic import LOG_LOSS, SIGMOID_SQUARED_ERROR, cost, loss_from_z
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.cost_figures import start_on_map
from explainer.stage.settings import AHEAD, Choice, Given, Point, Slider
from explainer.stage.stage import Stage
from explainer.words import words

ROOM: Final = 1.5
"""From the ends of the sliders of w and b to the edges of the map."""
FEW: Final = 30
"""Up to so many examples the steps are `FINE`; with more, the tables would be too large."""
FINE, COARSE = 0.25, 0.5
HALF_WAY: Final = 0.5
"""From (0, 0) to the middle of the map, which is near the minimum."""
RATES: Final = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
NUM_ITERATIONS: Final = 500


def weight_slider(data: str) -> Slider:
    """w over the map without its edge; it starts half way to the middle of the map."""
    return _slider("w", data)


def bias_slider(data: str) -> Slider:
    """The same for b."""
    return _slider("b", data)


def _slider(name: str, data: str) -> Slider:
    window = vars(map_window(data, "sigmoid"))
    low, high = window[f"{name}_min"] + ROOM, window[f"{name}_max"] - ROOM
    step = FINE if DATASETS[data].X.size <= FEW else COARSE
    values = np.arange(low, high + step / 2, step)
    nearest = np.argmin(np.abs(values - HALF_WAY * values.mean()))
    return Slider(name, values.tolist(), start=values[nearest].item())


def example_slider(data: str) -> Slider:
    """The examples in the order of x, from 1; first the one with the largest loss at the first w and b."""
    shown = DATASETS[data]
    z = weight_slider(data).start * standardise(shown.X).X + bias_slider(data).start
    losses = loss_from_z(z, shown.Y)[0, examples_figure.by_x(shown)]
    return Slider("example", range(1, shown.X.size + 1), start=1 + int(np.argmax(losses)))


def start_of_both(data: str) -> Point:
    """Where both descents start; both costs have the same map."""
    return start_on_map(data, "sigmoid")


DATA: Final = Choice("data", tuple(DATASETS), "challenger")
WEIGHT: Final = Given("w", (DATA,), weight_slider)
BIAS: Final = Given("b", (DATA,), bias_slider)
LOWEST: Final = Choice("lowest", ("hidden", "shown"))
"""Whether the map of the first figure shows where J is smallest: that is what the reader looks for."""
EXAMPLE: Final = Given("example", (DATA,), example_slider)
AVERAGED: Final = Slider("averaged", range(0, 101, 5)).given(DATA)
"""How far the bars have moved from the losses to J, in percent."""
START: Final = Given("start", (DATA,), start_of_both)
LEARNING_RATE: Final = Slider("learning_rate", RATES, start=1.0, log=True)
STEP: Final = Slider("step", range(NUM_ITERATIONS + 1)).given(DATA, START)
VIEW: Final = Choice("view", ("3-D", "map"), flat="map")


def examples(data: str) -> Stage:
    """Every example's loss at every w and b."""
    w, b = weight_slider(data).values, bias_slider(data).values
    return examples_figure.stage(landscape(data, "sigmoid"), w, b, words("loss").figure)


def surfaces(data: str, start: tuple[float, float]) -> Stage:
    """Log loss and squared error, and the descents of every learning rate from `start` on both."""
    X, Y, (w, b) = standardise(DATASETS[data].X).X, DATASETS[data].Y, start
    log, squared = (
        surfaces_figure.Side(
            name,
            landscape(data, model),
            descend_many(X, Y, RATES, NUM_ITERATIONS, [w], b, OBJECTIVES[model]),
        )
        for name, model in SIDES.items()
    )
    return surfaces_figure.stage((log, squared), words("loss").figure)


def make_sentences_ready() -> None:
    """Computes the sentences of the first visit, which take longer than its figures."""
    bowls_text(DATA.start)
    answers(DATA.start)


CHAPTER: Final = Chapter(
    "loss",
    own=(DATA, START),
    figures={
        "examples": Figure(
            examples,
            controls=(WEIGHT, BIAS, EXAMPLE, AVERAGED, LOWEST),
            of=(DATA,),
            watched=(WEIGHT, BIAS),
            kept=8,
        ),
        "surfaces": Figure(surfaces, controls=(LEARNING_RATE, STEP, VIEW, AHEAD), of=(DATA, START)),
    },
    ready=make_sentences_ready,
    code=(loss_from_z, cost, LOG_LOSS.pointwise, SIGMOID_SQUARED_ERROR.pointwise, descend_many),
)
