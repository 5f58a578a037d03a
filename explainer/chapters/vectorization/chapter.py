"""The chapter *Why is NumPy fast?*: its settings and its three live figures."""

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

from explainer.chapters.vectorization import broadcasting_figure, race_figure
from explainer.chapters.vectorization.broadcasting_steps import problem_text, steps
from explainer.chapters.vectorization.stopwatch import Race
from explainer.chapters.vectorization.trainings import loop, vectorised
from explainer.chapters.vectorization.twins import TWINS
from explainer.maths.broadcasting import (
    LARGEST,
    MOST_AXES,
    Shape,
    ShapeError,
    compare,
    read_shape,
    write_shape,
)
from explainer.maths.training import train
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.settings import Choice, Given, SettingError, Slider, Supplied
from explainer.stage.stage import Stage
from explainer.words import words

TEXT: Final = words("vectorization").figure


@dataclass(frozen=True, eq=False)
class ShapeSetting:
    """The shape of an array, written ``3x4``, or ``()`` for a number."""

    name: str
    start: Shape

    def holds(self, value: Any) -> bool:
        """Whether a shape has no more axes, and no larger ones, than can be read."""
        return len(value) <= MOST_AXES and all(0 <= size <= LARGEST for size in value)

    def read(self, text: str) -> Shape:
        """The shape that a text says; `SettingError` if it says none."""
        try:
            return read_shape(text)
        except ShapeError as problem:
            reason = problem_text(problem).removesuffix(".")
            raise SettingError(reason, self.start) from None

    def write(self, value: Shape) -> str:
        """The shape as the address has it."""
        return write_shape(value)


@lru_cache(maxsize=64)
def stretch(shape_1: Shape, shape_2: Shape) -> Slider:
    """The step of broadcasting, from 0 to as many as these two shapes need."""
    return Slider("stretch", range(len(steps(compare(shape_1, shape_2), TEXT))))


TWIN: Final = Choice("twin", tuple(TWINS), "dot")
N: Final = Slider("n", tuple(10**k for k in range(1, 7)), start=10**5, log=True)
TIME: Final = Slider("time", range(race_figure.PLACES), start=race_figure.PLACES - 1)
SHAPE_1: Final = ShapeSetting("shape_1", (3, 4))
SHAPE_2: Final = ShapeSetting("shape_2", (1, 4))
STRETCH: Final = Given("stretch", (SHAPE_1, SHAPE_2), stretch)

RACES: Final = Supplied("races", tuple)
"""The races of this twin that the visitor has run, at most one for each n."""
TRAINING_TIMES: Final = Supplied("training_times", dict)
"""Way -> seconds of a whole training, for those that the visitor has run."""


def race_stage(twin: str, n: int, races: tuple[Race, ...]) -> Stage:
    """The race for n numbers, and the times of all `races` against n; none whose results differ."""
    ways = tuple(way.name for way in TWINS[twin].ways)
    agreeing = [race for race in races if race.agree]
    present = next((race for race in agreeing if race.n == n), None)
    return race_figure.race_stage(ways, present, agreeing, TEXT)


CHAPTER: Final = Chapter(
    "vectorization",
    own=(TWIN, N, SHAPE_1, SHAPE_2),
    figures={
        "race": Figure(race_stage, controls=(TIME,), of=(TWIN, N, RACES)),
        "trainings": Figure(partial(race_figure.trainings_stage, text=TEXT), of=(TRAINING_TIMES,), kept=16),
        "broadcasting": Figure(
            partial(broadcasting_figure.stage, text=TEXT), controls=(STRETCH,), of=(SHAPE_1, SHAPE_2)
        ),
    },
    code=(*(way.function for way in TWINS["dot"].ways), loop, vectorised, train),
)
