"""Home, as far as it is like a chapter: the strip that tells the story, and the clock that plays it."""

from typing import Final

from explainer.chapters.home.story_figure import ITERATIONS, stage
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.settings import Slider
from explainer.stage.stage import Stage
from explainer.words import words

STEP: Final = Slider("step", range(ITERATIONS.size))


def story() -> Stage:
    """One drawing on its way through one neuron."""
    return stage(words("home").figure)


HOME: Final = Chapter("home", figures={"story": Figure(story, controls=(STEP,), ready_for=({},))})
