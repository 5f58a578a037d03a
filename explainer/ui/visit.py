"""One visitor's stay in a chapter: its settings, from the address or from the last stay.

The address counts when it says something new (a link, Back, Forward). In a run that a widget or the
figure caused it does not: what was done counts, and the address may not have caught up. An address
that names any setting is a link, and what it leaves out takes its default; one that names none is a
return, and everything is as it was left.

The live figure's own controls move without a rerun, so the browser knows them better than the
session. It takes over only what it is told to: what came from an address, a scene, a click.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import streamlit as st

from explainer.live import Visitor
from explainer.stage.settings import Setting, SettingError
from explainer.ui.typed_text import without_marks
from explainer.words import COMMON

RESERVED: Final = frozenset({"embed", "embed_options", "present"})
"""Names in the address that belong to Streamlit or to the whole app, not to a chapter."""


@dataclass(frozen=True)
class Chapter:
    """A chapter's settings by name: those that Python owns, and those that each live figure moves itself.

    Of the latter, those `watched` bring Python back in once they come to rest: more hangs on them than
    the figure knows.
    """

    name: str
    own: frozenset[str]
    figures: Mapping[str, frozenset[str]]
    watched: frozenset[str] = frozenset()

    @property
    def live(self) -> frozenset[str]:
        """The settings of all its figures: of these the browser knows better."""
        return frozenset[str]().union(*self.figures.values())


@dataclass
class Stay:
    """What the session keeps of a chapter."""

    values: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, list[str]] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    notices: dict[str, tuple[Any, str]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    revision: int = 0
    acted: bool = False
    play: str | None = None
    scene: str | None = None


@dataclass
class Visit:
    """This run of a chapter's script."""

    about: Chapter
    stay: Stay
    entered: bool
    restored: bool
    acted: bool
    settings: dict[str, Setting] = field(default_factory=dict)

    @property
    def chapter(self) -> str:
        """The chapter's name."""
        return self.about.name

    def key(self, figure: str) -> str:
        """The key of one of the chapter's live figures."""
        return f"live-{self.chapter}-{figure}"

    def value(self, setting: Setting) -> Any:
        """The setting's value, from the address if that says something new, else as it stands."""
        self.settings[setting.name] = setting
        self.look_at_address(setting)
        value = self.stay.values.setdefault(setting.name, setting.default)
        self._forget_mended(setting.name, value)
        return value

    def look_at_address(self, setting: Setting) -> None:
        """Takes over what the address newly says, and keeps a sentence about what it could not take.

        Old news is what it said before (Streamlit may send a query that has been rewritten since)
        and what this page had written into it.
        """
        if self.acted:
            return
        texts = st.query_params.get_all(setting.name)
        if texts in (self.stay.seen.get(setting.name, []), [self.stay.written.get(setting.name)]):
            return
        self.stay.seen[setting.name] = texts
        if not texts:
            return
        try:
            value = _only(texts, setting)
        except SettingError as problem:
            value = problem.instead
            self.note(setting, str(problem), value)
        self.stay.values[setting.name] = value
        self.tell(setting.name)

    def tell(self, *names: str) -> None:
        """Has the browser take over these settings as they are now."""
        self.stay.told.update(names)
        self.stay.revision += 1

    def act(self) -> None:
        """Says that the coming run is caused by something done on the page. For callbacks."""
        self.stay.acted = True

    def note(self, setting: Setting, reason: str, instead: Any) -> None:
        """Keeps a sentence about a value that could not be used, until the setting leaves `instead`."""
        text = ", ".join(self.stay.seen.get(setting.name, []))
        self.stay.notices[setting.name] = (
            instead,
            COMMON["problems"]["sentence"].format(
                name=setting.name, value=_shown(text), reason=reason, instead=setting.write(instead)
            ),
        )

    def put(self, setting: Setting, value: Any) -> None:
        """Sets a value from the page itself: a widget, a click."""
        self.settings[setting.name] = setting
        self.stay.values[setting.name] = value
        self.stay.scene = None
        self.tell(setting.name)
        self._forget_mended(setting.name, value)

    def forget(self, *names: str) -> None:
        """Lets settings go back to their defaults."""
        for name in names:
            self.stay.values.pop(name, None)
            self.stay.notices.pop(name, None)
        self.tell(*names)

    def notices(self) -> list[str]:
        """What was wrong with the address, a sentence each."""
        strangers = sorted(set(st.query_params) - set(self.settings) - RESERVED)
        sentences = [sentence for _, sentence in self.stay.notices.values()]
        return sentences + [COMMON["problems"]["stranger"].format(name=_shown(name)) for name in strangers]

    def visitor(self, figure: str, about: str = "") -> Visitor:
        """What the browser has to know of this visitor for a figure of the chapter, made of `about`."""
        controls = self.about.figures[figure]
        # A run of the page that is interrupted here may find that the next one has let a setting go.
        values = {
            name: self.stay.values.get(name, setting.default) for name, setting in self.settings.items()
        }
        texts = {name: setting.write(values[name]) for name, setting in self.settings.items()}
        self.stay.written = texts
        told = self.stay.told & controls
        self.stay.told -= told
        play = self.stay.play == figure
        if play:
            self.stay.play = None
        return Visitor(
            figure=f"{self.chapter}/{figure}",
            about=about,
            places={name: values[name] for name in texts if name in controls},
            address={name: text for name, text in texts.items() if name not in self.about.live},
            told=tuple(sorted(told)),
            revision=self.stay.revision,
            restored=self.restored,
            play=play,
            watched=tuple(
                (name, texts[name])
                for name in texts
                if name in controls and (name in self.stay.notices or name in self.about.watched)
            ),
        )

    def take_over(self, state: Mapping[str, str]) -> None:
        """The browser's controls as they stand, by their texts; what fits other data only is left aside."""
        for name, text in state.items():
            with suppress(SettingError):
                if name in self.settings:
                    self.stay.values[name] = self.settings[name].read(text)

    def _forget_mended(self, name: str, value: Any) -> None:
        if name in self.stay.notices and self.stay.notices[name][0] != value:
            del self.stay.notices[name]


def begin(about: Chapter) -> Visit:
    """Opens a visit: by a link, if the address names one of the chapter's settings, else by a return."""
    chapter = about.name
    stays: dict[str, Stay] = st.session_state.setdefault("stays", {})
    entered = st.session_state.get("chapter") != chapter
    st.session_state["chapter"] = chapter
    linked = bool((about.own | about.live) & set(st.query_params))
    restored = entered and not linked
    if entered and linked:
        revision = stays[chapter].revision if chapter in stays else 0
        stays[chapter] = Stay(revision=revision + 1)
    stay = stays.setdefault(chapter, Stay())
    if restored:
        stay.seen, stay.written, stay.notices = {}, {}, {}
        stay.revision += 1
    acted, stay.acted = stay.acted and not entered, False
    return Visit(about, stay, entered, restored, acted)


def leave() -> None:
    """Says that no chapter is open, so that coming back counts as entering."""
    st.session_state["chapter"] = None


def _only(texts: list[str], setting: Setting) -> Any:
    if len(texts) > 1:
        raise SettingError(COMMON["problems"]["repeated"].format(count=len(texts)), setting.default)
    return setting.read(texts[0])


def _shown(text: str, limit: int = 60) -> str:
    """A stranger's text, short and without the marks that would format it."""
    if not text.strip():
        return str(COMMON["problems"]["nothing"])
    short = text if len(text) <= limit else text[:limit] + "…"
    return without_marks(short)
