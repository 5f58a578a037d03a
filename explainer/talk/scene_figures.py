"""A chapter's live figure as a talk shows it: in a state, for everybody alike, packed once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from weakref import finalize

from explainer.live import Block, pack, publish
from explainer.stage.chapter import Chapter, Figure, concrete, starting_values
from explainer.stage.settings import Setting, SettingError, Slider, Supplied
from explainer.stage.stage import Stage


class SceneError(ValueError):
    """A scene that asks its figure for what it does not have: a kind, the way to it in the scene, details."""

    def __init__(self, kind: str, way: tuple[str | int, ...], **details: Any) -> None:
        super().__init__(kind)
        self.kind = kind
        self.way = way
        self.details = details


@dataclass(frozen=True, eq=False)
class SceneFigure:
    """The figure `name` of a chapter with all of its settings' `values`, those left out at their starts.

    `given` are the texts that were asked for; `left_out` those of settings by which only the chapter's page
    chooses something for its figures, such as a visitor's own pictures.
    """

    chapter: Chapter
    name: str
    values: Mapping[str, Any]
    given: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def declared(self) -> Figure:
        return self.chapter.figures[self.name]

    @property
    def controls(self) -> list[Setting]:
        """What the browser moves, as it is for these values."""
        return [concrete(control, dict(self.values)) for control in self.declared.controls]

    @property
    def texts(self) -> dict[str, str]:
        """All controls' texts, as an address has them."""
        return {control.name: control.write(self.values[control.name]) for control in self.controls}

    @property
    def own(self) -> dict[str, str]:
        """The texts of those settings which the browser does not move, and which the figure is made of."""
        settings = {part.name: part for part in self.declared.of if not isinstance(part, Supplied)}
        return {
            name: concrete(part, dict(self.values)).write(self.values[name])
            for name, part in settings.items()
            if name not in self.texts
        }

    @cached_property
    def stage(self) -> Stage:
        return self.declared.stage(*(self.values[part.name] for part in self.declared.of))

    @cached_property
    def block(self) -> Block:
        """Packed and published, for as long as this figure is kept; the same stage gives the same path."""
        packed = pack(self.stage, self.controls, self.chapter.words.figure)
        block = publish(packed, f"{self.chapter.name}-{self.name}")
        finalize(self, block.withdraw)
        return block

    def check_moves(self, texts: Mapping[str, str], way: tuple[str | int, ...]) -> None:
        """Whether the browser can move the figure to these texts; else a `SceneError`."""
        for name in texts:
            if name not in self.texts:
                known = ", ".join(self.texts)
                raise SceneError("unknown_setting", (*way, name), figure=self.name, name=name, known=known)
        _read_state(self.chapter, self.name, dict(self.given) | dict(texts), way)

    def checked_panels(self, names: Sequence[str]) -> Sequence[str]:
        known = [panel.name for panel in self.stage.panels]
        for name in names:
            if name not in known:
                raise self._unknown("unknown_panel", "panels", name, known)
        return names

    def checked_control(self, name: str | None) -> str:
        """The name of the slider that is the main one: by default the first, but for that of the clock.

        Not one for which Python would have to make the figure anew. "" where there is none.
        """
        clock, moved = self.stage.clock, self.stage.moved_by()
        sliders = [one.name for one in self.controls if isinstance(one, Slider) and one.name in moved]
        if name is None:
            free = [one for one in sliders if clock is None or one != clock.control]
            return (free or sliders or [""])[0]
        if name and name not in sliders:
            raise self._unknown("unknown_control", "control", name, sliders)
        return name

    def check_plays(self) -> None:
        if self.stage.clock is None or self.stage.clock.idle:
            raise SceneError("nothing_plays", ("plays",), figure=self.name)

    def _unknown(self, kind: str, key: str, name: str, known: Sequence[str]) -> SceneError:
        return SceneError(kind, (key,), figure=self.name, name=name, known=", ".join(known))


def scene_figure(chapter: Chapter, name: str | None, texts: Mapping[str, str]) -> SceneFigure:
    """A chapter's figure in the state of these texts, its first one if none is named; else a `SceneError`."""
    figures = tuple(chapter.figures)
    if not figures or (name is not None and name not in figures):
        known = ", ".join(figures)
        raise SceneError("unknown_figure", ("figure",), chapter=chapter.name, name=name, known=known)
    chosen = name or figures[0]
    of_page = {one.name for one in chapter.own} - set(chapter.settings_of(chosen))
    left_out = {name: text for name, text in texts.items() if name in of_page}
    given = {name: text for name, text in texts.items() if name not in of_page}
    return SceneFigure(chapter, chosen, _read_state(chapter, chosen, given, ("state",)), given, left_out)


def _read_state(
    chapter: Chapter, figure: str, texts: Mapping[str, str], way: tuple[str | int, ...]
) -> dict[str, Any]:
    """All values that a figure needs: read where there is a text, else the settings' starts."""
    settings = chapter.settings_of(figure)
    for name in texts:
        if name not in settings:
            known = ", ".join(settings)
            raise SceneError("unknown_setting", (*way, name), figure=figure, name=name, known=known)
    values: dict[str, Any] = {}
    for name, setting in settings.items():
        if name not in texts:
            continue
        try:
            values[name] = concrete(setting, values).read(texts[name])
        except SettingError as error:
            details = {"name": name, "text": texts[name], "reason": error}
            raise SceneError("value", (*way, name), **details) from error
    return starting_values(chapter, **values)
