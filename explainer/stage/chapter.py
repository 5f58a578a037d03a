"""What a chapter declares: its settings and its live figures, without Streamlit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from explainer.stage.settings import Choice, Declared, Given, Setting, Slider, Supplied
from explainer.stage.stage import Stage
from explainer.words import Words, words

Control = Slider | Choice
"""A setting that the browser moves by itself."""


@dataclass(frozen=True, eq=False)
class Figure:
    """One of a chapter's live figures.

    `stage`, called with the values of what it is made `of`, gives its tables and panels; `controls` are
    what the browser moves, in the order in which they stand. Once one of those `watched` comes to rest
    elsewhere, the page runs again: more depends on it than the figure knows. `kept` is how many packed
    figures are kept for all visitors. Before the first one comes it is packed for each state in `ready_for`,
    which names the values that are not the settings' starts. While it is shown and nobody waits, it is
    packed for the values next to the present ones of the sliders in `beside`.
    """

    stage: Callable[..., Stage]
    controls: tuple[Control | Given, ...] = ()
    of: tuple[Declared | Supplied, ...] = ()
    watched: tuple[Control | Given, ...] = ()
    kept: int = 64
    ready_for: Sequence[Mapping[str, Any]] = ({},)
    beside: tuple[Slider, ...] = ()


@dataclass(frozen=True, eq=False)
class Chapter:
    """A chapter: its `own` settings, which Python reads, and its live figures, which bring their controls.

    `ready` computes what else the first visit asks for, before it comes.
    """

    name: str
    own: tuple[Declared, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    ready: Callable[[], object] | None = None

    @property
    def settings(self) -> dict[str, Declared]:
        """All settings by name, in an order in which each comes after those that it depends on."""
        controls = [control for figure in self.figures.values() for control in figure.controls]
        return {setting.name: setting for setting in (*self.own, *controls)}

    @property
    def live(self) -> frozenset[str]:
        """The names of all controls of its figures: the browser knows these better than the session."""
        return frozenset(control.name for figure in self.figures.values() for control in figure.controls)

    @property
    def watched(self) -> frozenset[str]:
        """The names of those controls that the page runs again for."""
        return frozenset(control.name for figure in self.figures.values() for control in figure.watched)

    @property
    def words(self) -> Words:
        """Its words."""
        return words(self.name)

    def settings_of(self, figure: str) -> dict[str, Declared]:
        """The settings that one of its figures depends on, in the order in which they are to be read.

        Not those by which a page alone chooses something for it, such as one of many pictures.
        """
        needed: dict[str, Declared] = {}

        def need(part: Declared | Supplied) -> None:
            if isinstance(part, Supplied):
                return
            for other in part.on if isinstance(part, Given) else ():
                need(other)
            needed.setdefault(part.name, part)

        for part in (*self.figures[figure].of, *self.figures[figure].controls):
            need(part)
        order = list(self.settings)
        return dict(sorted(needed.items(), key=lambda item: order.index(item[0])))

    def dependents(self, name: str) -> tuple[str, ...]:
        """The settings that begin anew when the one called `name` changes, also by way of others."""
        found: list[str] = []
        for setting in self.settings.values():
            on = {other.name for other in setting.on} if isinstance(setting, Given) else set()
            if on & {name, *found}:
                found.append(setting.name)
        return tuple(found)


def starting_values(chapter: Chapter, **values: Any) -> dict[str, Any]:
    """Every setting's start, and what pages supply to begin with, by name; `values` instead where given."""
    known = dict(values)
    for setting in chapter.settings.values():
        known.setdefault(setting.name, concrete(setting, known).start)
    for figure in chapter.figures.values():
        for part in figure.of:
            _look_up(part, known)
    return known


def concrete(setting: Declared, known: dict[str, Any]) -> Setting:
    """The setting as it is for the values of others that are `known`; those not known yet are added."""
    if not isinstance(setting, Given):
        return setting
    return setting.make(*(_look_up(other, known) for other in setting.on))


def _look_up(part: Declared | Supplied, known: dict[str, Any]) -> Any:
    if part.name not in known:
        known[part.name] = part.start() if isinstance(part, Supplied) else concrete(part, known).start
    return known[part.name]
