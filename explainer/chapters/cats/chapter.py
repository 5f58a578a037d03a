"""The chapter *Cats*: what can be set, and its two live figures."""

from typing import Final

from explainer.chapters.cats import gallery_figure, training_figure
from explainer.chapters.cats.better import HELPS
from explainer.chapters.cats.curves_figure import GUESSING
from explainer.chapters.cats.gallery_figure import MOST, PAIRS, Judged, judge
from explainer.chapters.cats.learning import (
    FIRST_ITERATIONS,
    FIRST_RATE,
    NUM_ITERATIONS,
    Runs,
    finished_runs,
    learn,
)
from explainer.chapters.cats.weights_figure import FORMS
from explainer.maths.scores import wilson_interval
from explainer.maths.surface import principal_plane
from explainer.maths.training import span, train_in_span
from explainer.pictures.chosen import COURSE, DRAWINGS, ZIP, ChosenSet, drawings
from explainer.pictures.views import folded, moved
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.settings import AHEAD, Choice, End, Given, Slider, Supplied
from explainer.stage.stage import Stage
from explainer.words import COMMON, words

_DECADE: Final = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
RATES: Final = (
    *(float(f"{digit * 10.0**power:.2g}") for power in range(-4, -1) for digit in _DECADE),
    0.1,
)


def first_runs() -> Runs:
    """The runs that every visitor sees first."""
    return finished_runs(drawings(), LEARNING_RATE.start)


def first_judged() -> Judged:
    """The held-out drawings with the verdicts of the first run's classifier."""
    return judge(drawings(), first_runs().learned.classifier_at(ITERATIONS.start))


def gallery_places(chosen: ChosenSet) -> Slider:
    """The setting for which picture of the gallery is opened, counted from 1."""
    count = min(len(chosen.judged.names), MOST)
    beyond = words("cats").text["beyond_last"].format(count=count)
    return Slider("which", range(1, count + 1), beyond=beyond)


PICTURES: Final = Supplied("pictures", start=drawings)
"""The set of pictures in use."""
RUNS: Final = Supplied("runs", start=first_runs)
JUDGED: Final = Supplied("judged", start=first_judged)

DATA: Final = Choice("data", (DRAWINGS, COURSE, ZIP))
HOLD: Final = Choice("hold_out", ("none", "fifth"))
PICTURE: Final = Choice("picture", ("cat", "other", "own"))
"""A cat or another held-out picture, so that there is something to see at once; or the visitor's own."""
HELP: Final = Choice("help", HELPS).given(DATA, HOLD)
"""What is done to the training pictures, beside the figure's own run: see `better`."""
LEARNING_RATE: Final = Slider(
    "learning_rate", RATES, start=FIRST_RATE, log=True, when={"view": ("learning", "surface")}
)
ITERATIONS: Final = Slider("iterations", range(10, NUM_ITERATIONS + 1, 10), start=FIRST_ITERATIONS)
STEP: Final = Slider(
    "step", range(NUM_ITERATIONS + 1), until=End(ITERATIONS), beyond=COMMON["problems"]["step"]
)
VIEW: Final = Choice("view", training_figure.VIEWS)
WEIGHTS: Final = Choice("weights", FORMS, when={"view": ("learning",)})
THRESHOLD: Final = Slider(
    "threshold",
    gallery_figure.THRESHOLDS,
    start=0.5,
    texts=tuple(f"{threshold:.2f}" for threshold in gallery_figure.THRESHOLDS),
)
WHICH: Final = Given("which", (PICTURES,), gallery_places)


def training(runs: Runs) -> Stage:
    """A run as curves, weights, verdicts and a path over the cost; and the four learning rates compared."""
    return training_figure.stage(training_figure.shown(runs), words("cats").figure)


def mistakes(judged: Judged) -> Stage:
    """The gallery of a classifier's verdicts, mistakes first."""
    return gallery_figure.stage(judged, words("cats").figure)


CHAPTER: Final = Chapter(
    "cats",
    own=(DATA, HOLD, PICTURE, HELP),
    figures={
        "training": Figure(
            training,
            controls=(LEARNING_RATE, ITERATIONS, STEP, VIEW, WEIGHTS, AHEAD, GUESSING),
            of=(RUNS,),
            watched=(LEARNING_RATE, ITERATIONS),
            kept=24,
        ),
        "mistakes": Figure(
            mistakes, controls=(THRESHOLD, WHICH, PAIRS), of=(JUDGED,), watched=(WHICH,), kept=16
        ),
    },
    code=(span, train_in_span, learn, principal_plane, moved, folded, wilson_interval),
)
