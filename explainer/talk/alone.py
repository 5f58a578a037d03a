"""One chapter on the projector, without a talk: each of its figures, in the state that an address names."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from explainer.chapters import CHAPTERS
from explainer.stage.chapter import Chapter
from explainer.talk.scene_figures import SceneError, SceneFigure, scene_figure
from explainer.talk.talks import Talk, TalkScene
from explainer.words import TALK

KEPT: Final = 32
"""Chapters alone, in different states, whose figures are kept."""
MINUTES: Final = 5.0
"""For a figure that nobody has planned."""


def chapter_alone(name: str, query: Mapping[str, list[str]]) -> tuple[Talk, list[str]]:
    """A talk of the chapter's figures, and a sentence for each part of the address that cannot be used.

    Those figures come first which the address names a setting of. The last few are kept, and their tables
    served as long: whoever opens addresses by the thousand fills no memory.
    """
    talk, notices = _kept(name, tuple(sorted((key, *values) for key, values in query.items())))
    return talk, list(notices)


@lru_cache(maxsize=KEPT)
def _kept(name: str, query: tuple[tuple[str, ...], ...]) -> tuple[Talk, list[str]]:
    (chapter,) = (chapter for chapter in CHAPTERS if chapter.name == name)
    figures: list[SceneFigure] = []
    notices: list[str] = []
    for figure in chapter.figures:
        texts = {key: values[0] for key, *values in query if len(values) == 1}
        made, problems = _readable(chapter, figure, texts)
        figures.append(made)
        notices += [problem for problem in problems if problem not in notices]
    figures.sort(key=lambda made: not made.given)
    return Talk(name, chapter.words.question, tuple(map(_scene, figures)), ""), notices


def _readable(chapter: Chapter, name: str, texts: Mapping[str, str]) -> tuple[SceneFigure, list[str]]:
    """A figure with as much of the texts as it can use, and sentences for those that have a mistake."""
    problems: list[str] = []
    left = dict(texts)
    while True:
        try:
            return scene_figure(chapter, name, left), problems
        except SceneError as error:
            left.pop(str(error.way[-1]))
            if error.kind == "value":
                problems.append(_sentence(error))


def _sentence(error: SceneError) -> str:
    problem = TALK["problems"]["value"].format(**error.details)
    return str(TALK["screen"]["left_out"].format(problem=problem))


def _scene(figure: SceneFigure) -> TalkScene:
    clock = figure.stage.clock
    return TalkScene(
        name=figure.name.replace("_", " "),
        chapter=figure.chapter.name,
        figure=figure,
        sentence=figure.chapter.words.question,
        notes="",
        minutes=MINUTES,
        control=figure.checked_control(None),
        plays=clock is not None and not clock.idle,
    )
