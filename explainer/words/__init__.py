"""All texts of the app: one TOML file for each chapter and one for what chapters share.

Texts may hold ``{placeholders}``, which pages and figures fill with what they compute. To translate the
app, translate these files.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from explainer.words.questions import Question, read_question

HERE: Final = Path(__file__).parent
CHAPTER_FOLDERS: Final = HERE.parent / "chapters"


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


COMMON: Final[dict[str, Any]] = _read(HERE / "common.toml")
"""Texts that chapters share."""
TALK: Final[dict[str, Any]] = _read(HERE / "talk.toml")
"""Texts of the talk's own pages, and the sentences about mistakes in a talk's file."""
COURSE: Final[dict[str, Any]] = _read(HERE / "course.toml")
"""Texts of the course without a server."""


def without_marks(text: str) -> str:
    """A visitor's text with its Markdown marks escaped, so that it is shown as it is."""
    return "".join(f"\\{mark}" if mark in r"\`*_{}[]()#+-.!|<>$~:" else mark for mark in text)


def plain_details(details: Mapping[str, Any]) -> dict[str, str]:
    """A problem's details as its sentence shows them: numbers with commas, a visitor's text without marks."""
    return {
        name: f"{value:,}" if isinstance(value, int) else without_marks(str(value))
        for name, value in details.items()
    }


@dataclass(frozen=True)
class Scene:
    """A named, complete state of a chapter's `figure`, and its sentence; it starts to play if it `plays`.

    With a `question` it waits for the answer: before it plays, or before it is shown at all. The sentence is
    what the question says then.
    """

    name: str
    figure: str
    sentence: str
    state: dict[str, str]
    plays: bool = True
    question: Question | None = None


@dataclass(frozen=True)
class Note:
    """What a chapter says to those who ask for more, below a title that says what it is about."""

    title: str
    text: str


@dataclass(frozen=True)
class Words:
    """All texts of one chapter.

    The `lead` stands above the figure, also while the app is still loading: so it is plain text with bold and
    italics, with the chapter's one formula in it. The `explanation` stands below the figure.
    """

    name: str
    nav: str
    question: str
    promise: str
    lead: str
    seen: str
    explanation: str = ""
    letters: dict[str, str] = field(default_factory=dict)
    scenes: tuple[Scene, ...] = ()
    questions: tuple[Question, ...] = ()
    deeper: tuple[Note, ...] = ()
    text: dict[str, str] = field(default_factory=dict)
    figure: dict[str, str] = field(default_factory=dict)
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)

    def scenes_of(self, figure: str) -> tuple[Scene, ...]:
        """The scenes of one of the chapter's figures."""
        return tuple(scene for scene in self.scenes if scene.figure == figure)

    def all_questions(self) -> tuple[Question, ...]:
        """The chapter's questions, those of its scenes first."""
        return (*(scene.question for scene in self.scenes if scene.question), *self.questions)


@cache
def words(chapter: str) -> Words:
    """The texts of a chapter, read from its file once."""
    raw = _read(CHAPTER_FOLDERS / chapter / "words.toml")
    scenes = tuple(_read_scene(scene) for scene in raw.pop("scenes", []))
    questions = tuple(read_question(question, _only(scenes)) for question in raw.pop("questions", []))
    deeper = tuple(Note(**note) for note in raw.pop("deeper", []))
    raw["figure"] = COMMON["figure"] | raw.get("figure", {})
    return Words(name=chapter, scenes=scenes, questions=questions, deeper=deeper, **raw)


def _only(scenes: tuple[Scene, ...]) -> str:
    """What questions are about that name no figure: the one that all scenes belong to, if it is one."""
    figures = {scene.figure for scene in scenes}
    return figures.pop() if len(figures) == 1 else ""


def _read_scene(raw: dict[str, Any]) -> Scene:
    """A scene; what its question says after the answer is the scene's sentence."""
    asked = raw.pop("question", None)
    if asked is None:
        return Scene(**raw)
    about = {"name": raw["name"], "figure": raw["figure"], "because": raw["sentence"]}
    # All of it again: somebody may have moved something before answering.
    state = raw["state"] | asked.get("state", {})
    return Scene(**raw, question=read_question(about | asked | {"state": state}))


def fill(template: str, **known: Any) -> str:
    """The template with what is `known` put in; all other placeholders stay, for the browser to fill."""

    def filled(found: re.Match[str]) -> str:
        return found[0].format(**known) if found[1] in known else found[0]

    return re.sub(r"\{(\w+)(?::[^{}]*)?\}", filled, template)


def placeholder(name: str, spec: str) -> str:
    """A placeholder for the browser to fill: the table `name`, written in the format `spec`."""
    return "{" + name + ":" + spec + "}"
