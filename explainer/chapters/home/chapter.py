"""Home, as far as it is like a chapter: the strip that tells the story, and the clock that plays it."""

from typing import Final

from explainer.chapters.home.story_figure import stage, step_slider
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.settings import Given
from explainer.words import words

STEP: Final = Given("step", (), step_slider)
HOME: Final = Chapter(
    "home", figures={"story": Figure(lambda: stage(words("home").figure), controls=(STEP,))}
)
