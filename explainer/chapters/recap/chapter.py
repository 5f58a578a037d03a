"""The chapter *Recap*: which question is asked, and the figure that some of them are about."""

from typing import Final

from explainer.chapters.recap import curves, walk_figure
from explainer.chapters.recap.answers import answers
from explainer.chapters.recap.landing import BEGIN
from explainer.maths.landscape import map_window
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.settings import Choice, Given, Point, Slider
from explainer.stage.stage import Stage
from explainer.words import words

NEXT: Final = "next"
"""Instead of a question's name: the one whose turn it is."""
QUESTION: Final = Choice("question", (NEXT, *(one.name for one in words("recap").questions)))
START: Final = Given("start", (), lambda: Point("start", map_window(curves.DATA, curves.MODEL), BEGIN))
STEP: Final = Slider("step", range(curves.STEPS + 1)).given(START)


def walk(start: tuple[float, float]) -> Stage:
    """A walk down the map from `start`, and the three curves."""
    return walk_figure.stage(start, words("recap").figure)


CHAPTER: Final = Chapter(
    "recap",
    own=(QUESTION, START),
    figures={"walk": Figure(walk, controls=(STEP,), of=(START,))},
    ready=answers,
)
