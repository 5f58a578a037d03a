"""All the app's words, one TOML file for a chapter and one for what chapters share.

Texts may hold ``{placeholders}``, which the page fills from its own computation. To translate the
app, translate these files.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
CHAPTER_FOLDERS: Final = HERE.parent / "chapters"


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


COMMON: Final[dict[str, Any]] = _read(HERE / "common.toml")
"""Words that chapters share."""

CHAPTERS: Final[tuple[str, ...]] = tuple(COMMON["chapters"])
"""The chapters that exist, in the order of the evening."""


@dataclass(frozen=True)
class Scene:
    """A named state of a chapter's `figure`, whole, and the sentence to say with it; it `plays` or stands."""

    name: str
    figure: str
    sentence: str
    state: dict[str, str]
    plays: bool = True


@dataclass(frozen=True)
class Task:
    """A question before its answer: what to `ask`, the `options`, the place of the `right` one.

    Where that depends on the numbers it is the name of the one that tells the place.
    `otherwise` stands in for the answer where one of its numbers does not exist.
    """

    ask: str
    options: tuple[str, ...]
    right: int | str
    answer: str
    otherwise: str = ""


@dataclass(frozen=True)
class Words:
    """One chapter's words."""

    name: str
    nav: str
    question: str
    promise: str
    lead: str
    seen: str
    letters: dict[str, str] = field(default_factory=dict)
    scenes: tuple[Scene, ...] = ()
    tasks: tuple[Task, ...] = ()
    text: dict[str, str] = field(default_factory=dict)
    figure: dict[str, str] = field(default_factory=dict)
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)


@cache
def words(chapter: str) -> Words:
    """The words of a chapter, from its file."""
    raw = _read(CHAPTER_FOLDERS / chapter / "words.toml")
    scenes = tuple(Scene(**scene) for scene in raw.pop("scenes", []))
    tasks = tuple(Task(**(task | {"options": tuple(task["options"])})) for task in raw.pop("tasks", []))
    return Words(name=chapter, scenes=scenes, tasks=tasks, **raw)
