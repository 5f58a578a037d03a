"""The chapters, each a folder: its words, what it declares (`chapter.py`), its figures, its views.

A new chapter is a new name in this list.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from explainer.words import words

ORDER: Final = (
    "pixels",
    "sigmoid",
    "loss",
    "descent",
    "graph",
    "vectorization",
    "numpy_basics",
    "cats",
    "hidden",
    "recap",
)
"""The chapters in the order of the evening."""

if TYPE_CHECKING:
    from explainer.stage.chapter import Chapter

    CHAPTERS: tuple[Chapter, ...]
    """What each of them declares, in the same order."""


def __getattr__(name: str) -> Any:
    # Read when it is asked for: whoever imports one module of a chapter does not need all chapters.
    if name == "CHAPTERS":
        return _declared()
    raise AttributeError(f"{__name__} has no {name!r}")


@cache
def question_names() -> Mapping[str, tuple[str, ...]]:
    """The chapters in their order, each with the names of all its questions."""
    return {name: tuple(one.name for one in words(name).all_questions()) for name in ORDER}


@cache
def _declared() -> "tuple[Chapter, ...]":
    return tuple(import_module(f"{__name__}.{name}.chapter").CHAPTER for name in ORDER)
