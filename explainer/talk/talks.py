"""A talk: scenes in their order, read from a TOML file, each mistake in it named with its line.

    title = "Is this picture a cat?"

    [[scenes]]
    name = "the learning rate"      # of its own, in addresses and in the overview
    chapter = "descent"
    sentence = "One number decides whether the point arrives."     # for the audience
    notes = "Wait for hands before you play."                      # for the speaker alone
    minutes = 4
    plays = true                    # one press plays the figure
    [scenes.state]                  # what differs from the settings' starts, as in an address
    learning_rate = "0.1"

Optional are the `figure` (the chapter's first one if it is left out), the `panels` of it that are shown, the
slider that is its main `control`, and a `question` with two to four options, as in a chapter's words.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from explainer.stage.chapter import Chapter
from explainer.talk.scene_figures import SceneError, SceneFigure, scene_figure
from explainer.talk.toml_lines import line_of, syntax_problem
from explainer.words import TALK
from explainer.words.questions import Question, QuestionError, read_question

MOST_SCENES: Final = 200
MOST_MINUTES: Final = 180
TALK_KEYS: Final = ("title", "scenes")
NEEDED: Final = ("name", "chapter", "sentence", "minutes")
SCENE_KEYS: Final = (*NEEDED, "figure", "notes", "state", "panels", "control", "plays", "question")
_NAME: Final = re.compile(r"\w[\w -]{0,39}", re.ASCII)


class TalkError(ValueError):
    """A talk that cannot be given as its file stands: says the file, the line and what is wrong."""


@dataclass(frozen=True, eq=False)
class TalkScene:
    """One scene: what is seen and in which state, what the audience reads, what the speaker does.

    `state` holds the text of every setting of the figure; `steps` are what one press after the other does.
    """

    name: str
    chapter: str
    figure: SceneFigure
    sentence: str
    notes: str
    minutes: float
    panels: tuple[str, ...] = ()
    control: str = ""
    plays: bool = False
    question: Question | None = None

    @property
    def steps(self) -> tuple[str, ...]:
        """ "ask", "answer", "show", "play": what one sees after so many presses."""
        first = ("ask", "answer") if self.question else ("show",)
        answer_plays = self.question is not None and self.question.plays
        return (*first, "play") if self.plays and not answer_plays else first


@dataclass(frozen=True, eq=False)
class Talk:
    """Scenes in their order. `source` is the text of its file, which a rehearsal writes its minutes into."""

    name: str
    title: str
    scenes: tuple[TalkScene, ...]
    source: str = field(repr=False)

    @property
    def minutes(self) -> float:
        """How long it takes as planned."""
        return sum(scene.minutes for scene in self.scenes)


def left_out_text(scene: TalkScene) -> str:
    """What a scene cannot show of the state that it asks for, in a sentence; "" if it shows all of it."""
    left_out = scene.figure.left_out
    if not left_out:
        return ""
    settings = ", ".join(f"{name} = {text}" for name, text in left_out.items())
    return str(TALK["scene_left_out"].format(settings=settings))


def read_talk(path: Path, chapters: Sequence[Chapter]) -> Talk:
    """The talk in a file; a `TalkError` names the first mistake."""
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise TalkError(_text("unreadable", file=path.name, said=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise TalkError(_text("not_text", file=path.name)) from error
    return parse_talk(source, path.name, chapters)


def parse_talk(source: str, file: str, chapters: Sequence[Chapter]) -> Talk:
    """The talk that the text of a file says; a `TalkError` names the first mistake, its line and `file`."""
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line, said = syntax_problem(source, error)
        raise TalkError(_at(file, line, _text("syntax", said=said))) from error
    try:
        _check_talk(raw)
        scenes = _read_scenes(raw["scenes"], {chapter.name: chapter for chapter in chapters})
    except _MistakeError as mistake:
        raise TalkError(_at(file, line_of(source, mistake.is_there), mistake.text)) from None
    return Talk(Path(file).stem, raw["title"], scenes, source)


class _MistakeError(Exception):
    """What is wrong, and how a part of the file is recognised that holds it."""

    def __init__(self, text: str, is_there: Callable[[Mapping[str, Any]], bool]) -> None:
        super().__init__(text)
        self.text = text
        self.is_there = is_there


def _has(*way: str | int) -> Callable[[Mapping[str, Any]], bool]:
    """Whether there is something at the end of that way of names and places."""

    def is_there(raw: Any) -> bool:
        for part in way:
            try:
                raw = raw[part]
            except (KeyError, IndexError, TypeError):
                return False
        return True

    return is_there


def _check_talk(raw: Mapping[str, Any]) -> None:
    for name in raw:
        if name not in TALK_KEYS:
            raise _MistakeError(_text("unknown_key", name=name, known=", ".join(TALK_KEYS)), _has(name))
    if "title" not in raw:
        raise _MistakeError(_text("missing", name="title"), bool if raw else lambda raw: True)
    _check_text(raw, "title", ())
    scenes = raw.get("scenes", [])
    is_list = isinstance(scenes, list) and all(isinstance(scene, dict) for scene in scenes)
    if not scenes or not is_list:
        raise _MistakeError(_text("empty"), _has("scenes") if scenes else _has("title"))
    if len(scenes) > MOST_SCENES:
        raise _MistakeError(
            _text("too_many", count=len(scenes), most=MOST_SCENES), _has("scenes", MOST_SCENES)
        )


def _read_scenes(raw: Sequence[Mapping[str, Any]], chapters: Mapping[str, Chapter]) -> tuple[TalkScene, ...]:
    scenes: list[TalkScene] = []
    for place, one in enumerate(raw):
        scene = _read_scene(one, place, chapters)
        if any(other.name == scene.name for other in scenes):
            raise _MistakeError(_text("twice", name=scene.name), _has("scenes", place, "name"))
        scenes.append(scene)
    return tuple(scenes)


def _read_scene(raw: Mapping[str, Any], place: int, chapters: Mapping[str, Chapter]) -> TalkScene:
    way = ("scenes", place)
    _check_scene(raw, way)
    if raw["chapter"] not in chapters:
        problem = _text("unknown_chapter", name=raw["chapter"], known=", ".join(chapters))
        raise _MistakeError(problem, _has(*way, "chapter"))
    try:
        figure = scene_figure(chapters[raw["chapter"]], raw.get("figure"), raw.get("state", {}))
        question = _read_question(raw, figure)
        panels = tuple(figure.checked_panels(raw.get("panels", ())))
        control = figure.checked_control(raw.get("control"))
        if raw.get("plays"):
            figure.check_plays()
    except SceneError as error:
        kind = TALK["problems"][error.kind].format(**error.details)
        raise _MistakeError(kind, _has(*way, *error.way)) from error
    return TalkScene(
        name=raw["name"],
        chapter=raw["chapter"],
        figure=figure,
        sentence=raw["sentence"].strip(),
        notes=raw.get("notes", "").strip(),
        minutes=float(raw["minutes"]),
        panels=panels,
        control=control,
        plays=raw.get("plays", False),
        question=question,
    )


def _check_scene(raw: Mapping[str, Any], way: tuple[str | int, ...]) -> None:
    for name in raw:
        if name not in SCENE_KEYS:
            raise _MistakeError(
                _text("unknown_scene_key", name=name, known=", ".join(SCENE_KEYS)), _has(*way, name)
            )
    for name in NEEDED:
        if name not in raw:
            raise _MistakeError(_text("missing", name=name), _has(*way))
    for name in ("name", "chapter", "sentence", "figure", "notes", "control"):
        _check_text(raw, name, way)
    _check_kind("yes_or_no", isinstance(raw.get("plays", False), bool), "plays", way)
    _check_kind("table", _is_table(raw.get("state", {})), "state", way)
    _check_kind("table", isinstance(raw.get("question", {}), dict), "question", way)
    panels = raw.get("panels", [])
    _check_kind(
        "texts", isinstance(panels, list) and all(isinstance(one, str) for one in panels), "panels", way
    )
    if not _NAME.fullmatch(raw["name"]):
        raise _MistakeError(_text("scene_name", name=raw["name"]), _has(*way, "name"))
    minutes = raw["minutes"]
    if type(minutes) not in (int, float) or not 0 < minutes <= MOST_MINUTES:
        raise _MistakeError(_text("minutes", most=MOST_MINUTES), _has(*way, "minutes"))


def _is_table(state: Any) -> bool:
    return isinstance(state, dict) and all(isinstance(value, str) for value in state.values())


def _check_text(raw: Mapping[str, Any], name: str, way: tuple[str | int, ...]) -> None:
    _check_kind("text", isinstance(raw.get(name, ""), str), name, way)


def _check_kind(problem: str, is_right: bool, name: str, way: tuple[str | int, ...]) -> None:
    if not is_right:
        raise _MistakeError(_text(problem, name=name), _has(*way, name))


def _read_question(raw: Mapping[str, Any], figure: SceneFigure) -> Question | None:
    """A scene's question; what is said after the answer is the scene's sentence."""
    if "question" not in raw:
        return None
    asked = {"name": raw["name"], "because": raw["sentence"]} | raw["question"]
    try:
        question = read_question(asked, figure.name)
    except QuestionError as error:
        raise SceneError("question", ("question",), said=str(error)) from error
    if not question.options or isinstance(question.right, str):
        raise SceneError("question_kind", ("question",))
    figure.check_moves(question.state, ("question", "state"))
    return question


def _at(file: str, line: int, problem: str) -> str:
    return _text("at", file=file, line=line, problem=problem)


def _text(kind: str, **details: Any) -> str:
    return str(TALK["problems"][kind].format(**details))
