"""The chapter *Pixels*: what can be set, and its live figures."""

from dataclasses import dataclass
from typing import Any, Final

from explainer.chapters.pixels import figure, pictures_in_use
from explainer.chapters.pixels.figure import COUNT, SIDES
from explainer.maths.checks import ByteArray
from explainer.pictures import SIDE, load_picture, reduced, to_columns
from explainer.pictures.chosen import COURSE, DRAWINGS, ZIP, ChosenSet, drawings
from explainer.pictures.columns import index_of, n_x
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.settings import Choice, End, Given, SettingError, Slider, Supplied
from explainer.stage.stage import Stage
from explainer.words import COMMON, words

TEXT: Final = words("pixels").text
OWN: Final = "own"
"""The key of the visitor's own picture."""


@dataclass(frozen=True, eq=False)
class Which(Choice):
    """Which picture.

    Addresses that ask for an own picture if there is none, or for one of an unused set, get special notices.
    """

    has_own: bool = False

    def holds(self, value: Any) -> bool:
        """Whether there is such a picture."""
        return super().holds(value) and (self.has_own or value != OWN)

    def read(self, text: str) -> str:
        """The key of the picture that a text asks for."""
        if text == OWN and not self.has_own:
            raise SettingError(TEXT["no_own"], self.start)
        if text not in self.options and text.partition("-")[0] in (COURSE, ZIP):
            raise SettingError(COMMON["sets"]["not_in_use"], self.start)
        return super().read(text)


def which(pictures: ChosenSet, own: ByteArray | None) -> Which:
    """The setting for the picture: a bundled one, one of the set in use, or the visitor's own."""
    others = () if pictures.name == DRAWINGS else pictures_in_use.keys(pictures)
    options = (*pictures_in_use.drawing_keys(), *others, OWN)
    return Which("picture", options, pictures_in_use.quick_keys(pictures)[0], has_own=own is not None)


def how_many(pictures: ChosenSet) -> Slider:
    """The setting for how many pictures are columns of X."""
    most = min(pictures_in_use.MOST, len(pictures.every.names))
    return Slider("m", range(most + 1), start=most)


def first_picture() -> ByteArray:
    """The picture that every visitor sees first."""
    return pictures_in_use.picture_called(pictures_in_use.quick_keys(drawings())[0], drawings())


PICTURES: Final = Supplied("pictures", drawings)
"""The set of pictures in use."""
OWN_PICTURE: Final = Supplied("own_picture", lambda: None)
"""The visitor's own picture, None if there is none."""
PICTURE: Final = Given("picture", (PICTURES, OWN_PICTURE), which)
SHOWN: Final = Supplied("picture_shown", first_picture)
"""The picture with the key PICTURE, (64, 64, 3)."""
RESOLUTION: Final = Slider("resolution", SIDES, start=SIDE, log=True)
INDEX: Final = Slider(
    "index",
    range(n_x(SIDE)),
    start=index_of(8, 8, 0, SIDE),
    until=End(RESOLUTION, last=lambda side: n_x(int(side)) - 1),
    beyond=TEXT["beyond"],
)
M: Final = Given("m", (PICTURES,), how_many)


def picture_stage(picture: ByteArray) -> Stage:
    """One picture as channels, as numbers and as x."""
    return figure.picture_stage(picture, words("pixels").figure)


def matrix_stage(pictures: ChosenSet) -> Stage:
    """Some pictures of the set in use, and their columns of X."""
    some = pictures_in_use.columns_of(pictures)
    return figure.matrix_stage(some.pictures, some.Y, words("pixels").figure)


CHAPTER: Final = Chapter(
    "pixels",
    own=(PICTURE,),
    figures={
        "picture": Figure(picture_stage, controls=(RESOLUTION, INDEX, COUNT), of=(SHOWN,), kept=48),
        "matrix": Figure(matrix_stage, controls=(M,), of=(PICTURES,), kept=8),
    },
    code=(to_columns, index_of, reduced, load_picture),
)
