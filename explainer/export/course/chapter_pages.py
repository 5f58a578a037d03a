"""One page of the course: what stands on it, and what its script has to know, from runs of the app's page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

from explainer.chapters import CHAPTERS
from explainer.chapters.home.chapter import HOME
from explainer.export.course.elements import PageWriter
from explainer.export.course.files import Files
from explainer.export.course.markup import html_of, page_address
from explainer.export.course.page_runs import FigureShown, PageRun
from explainer.export.course.tasks import Show, task
from explainer.live.embedding import without_python
from explainer.live.pack import outline, split, with_header
from explainer.serving.published import find
from explainer.stage.chapter import Chapter
from explainer.words import COURSE, Scene, Words, words
from explainer.words.questions import Question

RECAP = "recap"


@dataclass
class CoursePage:
    """The page of a chapter, or of home, being written into `files`."""

    name: str
    files: Files
    shown: dict[tuple[tuple[str, str], ...], PageRun] = field(default_factory=dict)
    """The page's runs by what was asked of its own settings."""

    @cached_property
    def run(self) -> PageRun:
        """The page as it begins."""
        return PageRun(self.name)

    @property
    def chapter(self) -> Chapter:
        return next(one for one in (HOME, *CHAPTERS) if one.name == self.name)

    @property
    def words(self) -> Words:
        return words(self.name)

    # ---- HTML

    def content(self) -> str:
        """What stands on the page, in HTML."""
        content = re.sub(r'href="(live/[^"]+)"', self._kept, self._writer(self.run).block(self.run.page))
        if self.name != RECAP:
            return content
        return f'{content}\n<p class="message">{escape(COURSE["recap_here"])}</p>'

    def _kept(self, found: re.Match[str]) -> str:
        """A link to something that the app serves under its content's name: a file of the folder's own."""
        publication = find(found[1])
        assert publication is not None, f"{self.name}: nothing is served at {found[1]}"
        return f'href="{self.files.add(found[1].rpartition("/")[2], publication.content)}"'

    def _writer(self, run: PageRun) -> PageWriter:
        scenes = {
            f"try-{self.name}-{scene.figure}-{scene.name}": k for k, scene in enumerate(self.words.scenes)
        }
        pictures = {
            address: self.files.add(address.rpartition("/")[2], content)
            for address, content in run.pictures.items()
        }
        return PageWriter(self.name, pictures, scenes, self._asked)

    def _asked(self, spot: str) -> str:
        """What is asked at a spot, for whoever has no scripts."""
        numbers = self.run.numbers[spot]
        asked = [one for one in self._questions(spot) if one.can_be_answered(numbers)]
        items = "".join(f"<li>{html_of(one.ask.format(**numbers))}</li>" for one in asked)
        return f"<p><strong>{escape(COURSE['asked'])}</strong></p><ol>{items}</ol>" if items else ""

    def _questions(self, spot: str) -> list[Question]:
        """The questions of a spot but for those of scenes; in the recap all of them."""
        own = self.words.questions
        return list(own) if self.name == RECAP else [one for one in own if one.figure == spot]

    # ---- what the script needs

    @property
    def first_has_scene(self) -> bool:
        """Whether the page's first figure stands in 3-D at the beginning or after one press."""
        header, _ = split(next(iter(self.run.figures.values())).packed)
        return any(panel["scene"] for panel in header["panels"])

    def data(self) -> dict[str, Any]:
        """The page's figures, scenes and questions."""
        return {
            "name": self.name,
            "figures": {name: self._figure(figure) for name, figure in self.run.figures.items()},
            "own": self._own_texts(self.run),
            "scenes": [self._scene(scene) for scene in self.words.scenes],
            "tasks": {spot: self._tasks(spot) for spot in self.run.numbers},
        }

    def _figure(self, figure: FigureShown) -> dict[str, Any]:
        header, _ = split(figure.packed)
        return {
            "block": self.files.block(figure),
            "outline": outline(with_header(without_python(header, takes_presses=True), b"")),
            "texts": dict(figure.texts),
        }

    def _own_texts(self, run: PageRun) -> dict[str, str]:
        """The texts of the settings that Python owns and an address may name."""
        texts = run.texts
        return {name: text for name, text in texts.items() if name not in self.chapter.live}

    def _tasks(self, spot: str) -> list[dict[str, Any]]:
        numbers = self.run.numbers[spot]
        return [self._task(question, numbers, self._show(question, {})) for question in self._questions(spot)]

    def _task(self, question: Question, numbers: Mapping[str, Any], show: Show) -> dict[str, Any]:
        written = task(question, numbers, show)
        if self.name == RECAP:
            written["see"] = _place_in_chapter(question)
        return written

    def _scene(self, scene: Scene) -> dict[str, Any]:
        """A scene: what its figure shows, what the page says then, and its question."""
        run = PageRun(self.name)
        run.choose_scene(scene.figure, scene.name)
        figure, question = run.figures[scene.figure], scene.question
        numbers = run.numbers.get(scene.figure, {})
        return {
            "name": scene.name,
            "figure": scene.figure,
            "block": self.files.block(figure),
            "texts": dict(figure.texts),
            "own": self._own_texts(run),
            "plays": scene.plays,
            "places": self._other_places(run),
            "sentence": html_of(f"**{scene.name.capitalize()}.** {scene.sentence}")
            if question is None
            else "",
            "task": question and self._task(question, numbers, self._show(question, scene.state)),
        }

    def _other_places(self, run: PageRun) -> dict[str, str]:
        """What stands in the page's places otherwise than at the beginning."""
        begins, now = self._writer(self.run), self._writer(run)
        begins.block(self.run.page)
        now.block(run.page)
        return {name: html for name, html in now.places.items() if begins.places.get(name) != html}

    def _show(self, question: Question, before: Mapping[str, str]) -> Show:
        """What a question's figure shows, from settings that stood so `before`."""
        figure = question.figure

        def show(state: Mapping[str, str], stop: str | None) -> dict[str, Any] | None:
            asked = {
                name: text for name, text in {**before, **state}.items() if name not in self.chapter.live
            }
            run = self._run_for(asked)
            if figure not in run.figures:
                return None
            found = run.figures[figure]
            texts = {name: text for name, text in state.items() if name in found.texts}
            return {"block": self.files.block(found), "texts": texts, "stop": stop}

        return show

    def _run_for(self, own: Mapping[str, str]) -> PageRun:
        """The page with some of its own settings at these texts."""
        begin = self._own_texts(self.run)
        key = tuple(sorted((name, text) for name, text in own.items() if begin.get(name) != text))
        if not key:
            return self.run
        if key not in self.shown:
            self.shown[key] = PageRun(self.name, dict(key))
        return self.shown[key]


def _place_in_chapter(question: Question) -> dict[str, str]:
    """Where a question of the recap can be looked at."""
    nav = words(question.chapter).nav
    return {"address": page_address(question.chapter), "nav": nav}
