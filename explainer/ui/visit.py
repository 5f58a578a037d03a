"""One visitor's stay in a chapter: its settings, from the address or from the last stay.

The address counts when it says something new (a link, Back, Forward). In a run that a widget or the
figure caused it does not: what was done counts, and the address may not have caught up. Back and
Forward are told by the browser itself, for the query of a run may be an older one. An address
that names any setting is a link, and what it leaves out takes its start; one that names none is a
return, and everything is as it was left. A scene is read like a link, within the same stay.

The live figure's own controls move without a rerun, so the browser knows them better than the
session. It takes over only what it is told to: what came from an address, a scene, a click.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

import streamlit as st

from explainer.live import Visitor
from explainer.stage.chapter import Chapter
from explainer.stage.settings import (
    Choice,
    Declared,
    Given,
    Point,
    Setting,
    SettingError,
    Slider,
    Supplied,
)
from explainer.words import COMMON, Scene, without_marks

PROGRESS: Final = "progress"
"""The name in an address under which a link brings what a visitor has done."""
RESERVED: Final = frozenset({"embed", "embed_options", "present", PROGRESS})
"""Names in the address that belong to Streamlit or to the whole app, not to a chapter."""


@dataclass
class Stay:
    """What the session keeps of a chapter.

    `values` by setting; `seen`, what the address said last of each; `written`, what this page has written
    into the address; `notices`, sentences about what could not be used, each with the value that is used
    instead; `told`, what the browser is to take over, each with the revision since which it is so.
    """

    values: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, list[str]] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    notices: dict[str, tuple[Any, str]] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)
    revision: int = 0
    missed: int = 0
    entries: int = 0
    """How often something was chosen that Back undoes."""
    acted: bool = False
    play: str | None = None
    stop: int | None = None
    """The step at which what plays stops by itself, where that comes before its end."""
    sight: str | None = None
    """The figure that is to be brought into sight, because something else on the page is to be seen there."""
    asked: dict[str, int] = field(default_factory=dict)
    """The number of the question that is asked below each figure."""
    awaited: dict[str, Callable[[tuple[float, float]], None]] = field(default_factory=dict)
    """What a press on a panel means instead of its point, by that point: the answer to a question."""
    numbers: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """What stands for the placeholders of the questions, by the spot of the page where they are asked."""
    scene: Scene | None = None
    shown: Mapping[str, str] = field(default_factory=dict)
    """The settings of that scene, as they were shown last: what is said of it is about these."""
    chosen: Mapping[str, str] | None = None
    """Texts by setting, as of a scene, chosen since the last run: the coming run reads them like a link."""
    returned: dict[str, list[str]] | None = None
    """The query that the visitor went back or forward to since the last run."""
    returns: int = 0
    """The number of that step back or forward in the browser."""


@dataclass
class Visit:
    """This run of a chapter's script.

    `restored` says that the visitor came back to what was left, `acted` that something done on the page
    caused the run, `chosen` the texts by setting that were chosen for it, `returned` the query that somebody
    went back to.
    """

    about: Chapter
    stay: Stay
    restored: bool
    acted: bool
    chosen: Mapping[str, str] | None
    returned: dict[str, list[str]] | None = None
    supplied: dict[str, Any] = field(default_factory=dict)
    _concrete: dict[str, tuple[tuple[Any, ...], Setting]] = field(default_factory=dict)
    _read: set[str] = field(default_factory=set)
    _set_aside: set[str] = field(default_factory=set)
    _figures: list[str] = field(default_factory=list)

    @property
    def chapter(self) -> str:
        """The chapter's name."""
        return self.about.name

    # ---- values

    def value(self, setting: Declared | Supplied) -> Any:
        """The value of a setting as it stands, or what the page has supplied under that name."""
        if isinstance(setting, Supplied):
            return self.supplied[setting.name]
        known = self.setting(setting)
        self._read_once(known)
        value = self.stay.values.setdefault(known.name, known.start)
        value = self._within(known, value)
        self._forget_mended(known.name, value)
        return value

    def supply(self, part: Supplied, value: Any) -> None:
        """What some settings depend on is known from here on; those are read now."""
        self.supplied[part.name] = value
        self._read_all()

    def setting(self, setting: Declared) -> Setting:
        """The setting as it is for the present values of those that it depends on."""
        if not isinstance(setting, Given):
            return setting
        on = tuple(self.value(other) for other in setting.on)
        known = self._concrete.get(setting.name)
        if known is None or any(now is not before for now, before in zip(on, known[0], strict=True)):
            known = self._concrete[setting.name] = on, setting.make(*on)
        return known[1]

    def put(self, setting: Declared, value: Any) -> None:
        """Sets a value from the page itself (a widget, a click); what depends on it begins anew."""
        changed = self.stay.values.get(setting.name) != value
        self.stay.values[setting.name] = value
        self.stay.scene = None
        self.tell(setting.name)
        self._forget_mended(setting.name, value)
        if changed:
            self.forget(*self.about.dependents(setting.name))

    def choose(self, setting: Declared, value: Any) -> None:
        """Sets a value that the visitor has chosen on the page, which Back undoes. For callbacks."""
        self.act()
        self.stay.entries += self.stay.values.get(setting.name) != value
        self.put(setting, value)

    def press(self, name: str, x: float, y: float) -> None:
        """A press on a panel whose point has that name: its new value, or the answer that is awaited."""
        point = self.setting(self.about.settings[name])
        assert isinstance(point, Point)
        place = point.pressed(x, y)
        if name in self.stay.awaited:
            self.stay.awaited[name](place)
        else:
            self.put(point, place)

    def keep_to(self, setting: Choice, options: Sequence[str], reason: str) -> None:
        """Uses the start instead of an option that is not there now; an address is told the `reason`."""
        asked = self.value(setting)
        if asked not in options:
            self.put(setting, setting.start)
            if asked in self.stay.seen.get(setting.name, []):
                self.note(setting, reason, setting.start)

    def set_aside(self, setting: Declared) -> None:
        """Says that a setting has no effect now: it keeps its value, and the address does not name it."""
        self._set_aside.add(setting.name)

    def forget(self, *names: str) -> None:
        """Lets settings go back to their starts."""
        for name in names:
            self.stay.values.pop(name, None)
            self.stay.notices.pop(name, None)
        self.tell(*names)

    def tell(self, *names: str) -> None:
        """Has the browser take over these settings as they are now."""
        self.stay.revision += 1
        self.stay.told |= dict.fromkeys(names, self.stay.revision)

    def miss(self) -> None:
        """A block was gone when the browser fetched it: the coming run publishes it anew. For callbacks."""
        self.act()
        self.stay.missed += 1

    def act(self) -> None:
        """Says that the coming run is caused by something done on the page. For callbacks."""
        self.stay.acted = True

    def choose_scene(self, scene: Scene, waits: bool = False) -> None:
        """Has the coming run read a scene. One that `waits` for an answer plays later. For callbacks."""
        self.act()
        self.stay.notices.clear()
        self.stay.scene, self.stay.sight = scene, scene.figure
        self.stay.shown, self.stay.stop = scene.state, None
        self.stay.entries += 1
        # What does not play would be seen at once: so the question comes first.
        self.stay.chosen = scene.state if scene.plays or not waits else None
        self.stay.play = scene.figure if scene.plays and not waits else None

    def show_state(self, figure: str, state: Mapping[str, str], stop: str | None) -> None:
        """Has the coming run take over some settings, others as they are, and play a figure. For callbacks.

        It plays until the step `stop`, or to its end where that is "end"; not at all where it is None.
        """
        self.act()
        self.stay.entries += 1
        self.stay.chosen = dict(state)
        scene = self.stay.scene
        if scene is not None and scene.question is not None and scene.figure == figure:
            self.stay.shown = scene.state | dict(state)
        self.stay.play, self.stay.sight = None if stop is None else figure, figure
        self.stay.stop = int(stop) if stop is not None and stop != "end" else None
        self.tell()

    def return_to(self, query: str, number: int) -> None:
        """Has the coming run read the query that the visitor went back or forward to. For callbacks.

        The figures wait for its answer, also where the query changes nothing.
        """
        self.tell()
        self.stay.returns = number
        self.stay.returned = parse_qs(query.removeprefix("?"), keep_blank_values=True)
        self.stay.scene = None

    def take_over(self, state: Mapping[str, str], beside: Mapping[str, str | None]) -> None:
        """The browser's controls as they stand, by their texts, `beside` what it knew of Python's settings.

        What stood beside other data than those chosen meanwhile is left aside, and what fits other data only.
        """
        gone = self._dependents_of_changed(beside)
        for name, setting in self.about.settings.items():
            if name in state and name not in gone and self._is_known(setting):
                with suppress(SettingError):
                    self.stay.values[name] = self.setting(setting).read(state[name])

    def _dependents_of_changed(self, texts: Mapping[str, str | None]) -> set[str]:
        """The settings that depend on one which is no longer what the texts say."""
        known = {name: one for name, one in self.about.settings.items() if self._is_known(one)}
        changed = [
            name
            for name, text in texts.items()
            if text is not None and name in known and self._write(known[name]) != text
        ]
        return {dependent for name in changed for dependent in self.about.dependents(name)}

    def _write(self, setting: Declared) -> str:
        return self.setting(setting).write(self.value(setting))

    # ---- reading

    def _read_all(self) -> None:
        """Reads all settings whose dependencies are known."""
        for setting in self.about.settings.values():
            if self._is_known(setting):
                self.value(setting)

    def _is_known(self, part: Declared | Supplied) -> bool:
        """Whether all is known that a setting depends on; what a page supplies is known only later."""
        if isinstance(part, Supplied):
            return part.name in self.supplied
        return not isinstance(part, Given) or all(self._is_known(other) for other in part.on)

    def _read_once(self, setting: Setting) -> None:
        """Takes over what was chosen, or what the address newly says, once in a run."""
        if setting.name in self._read:
            return
        self._read.add(setting.name)
        if self.chosen is not None:
            self._read_chosen(setting, self.chosen)
        elif self.returned is not None:
            self._read_texts(setting, self.returned.get(setting.name, []))
        elif not self.acted:
            self._read_address(setting)

    def _read_chosen(self, setting: Setting, state: Mapping[str, str]) -> None:
        text = state.get(setting.name)
        if text is not None:
            with suppress(SettingError):
                self._take(setting, setting.read(text))

    def _read_address(self, setting: Setting) -> None:
        """Takes over what the address newly says, and keeps a sentence about what it could not take.

        Old news is what it said before (Streamlit may send a query that has been rewritten since)
        and what this page had written into it.
        """
        texts = st.query_params.get_all(setting.name)
        if texts not in (self.stay.seen.get(setting.name, []), [self.stay.written.get(setting.name)]):
            self._read_texts(setting, texts)

    def _read_texts(self, setting: Setting, texts: list[str]) -> None:
        self.stay.seen[setting.name] = texts
        if not texts:
            return
        try:
            if len(texts) > 1:
                raise SettingError(COMMON["problems"]["repeated"].format(count=len(texts)), setting.start)
            value = setting.read(texts[0])
        except SettingError as problem:
            value = problem.instead
            self.note(setting, str(problem), value)
        self._take(setting, value)

    def _take(self, setting: Setting, value: Any) -> None:
        """A value that was read; what depends on it begins anew, if it is another, and is read after it."""
        name = setting.name
        if name in self.stay.values and self.stay.values[name] != value:
            self.forget(*self.about.dependents(name))
            for dependent in self.about.dependents(name):
                self.stay.seen.pop(dependent, None)
                self.stay.written.pop(dependent, None)
        self.stay.values[name] = value
        self.tell(name)

    def _within(self, setting: Setting, value: Any) -> Any:
        """The value itself, or what is used instead of one that is past the setting's end as it is now."""
        if not setting.holds(value):
            value = setting.instead_of(value) if isinstance(setting, Slider) else setting.start
            self.put(setting, value)
        if isinstance(setting, Slider) and setting.until is not None:
            other = self.value(setting.until.setting)
            end = setting.until.last(other)
            if value > end:
                value = end
                self.put(setting, value)
                if not self.acted and self.stay.seen.get(setting.name):
                    self.note(setting, setting.beyond.format(end=f"{end:.0f}", value=other), value)
        return value

    # ---- what cannot be used

    def note(self, setting: Setting, reason: str, instead: Any) -> None:
        """Keeps a sentence about a value that could not be used, until the setting leaves `instead`."""
        text = ", ".join(self.stay.seen.get(setting.name, []))
        sentence = COMMON["problems"]["sentence"].format(
            name=setting.name, value=_shown(text), reason=reason, instead=setting.write(instead)
        )
        self.stay.notices[setting.name] = instead, sentence

    def notices(self) -> list[str]:
        """What was wrong with the address, a sentence each."""
        strangers = sorted(set(st.query_params) - set(self.about.settings) - RESERVED)
        sentences = [sentence for _, sentence in self.stay.notices.values()]
        return sentences + [COMMON["problems"]["stranger"].format(name=_shown(name)) for name in strangers]

    def _forget_mended(self, name: str, value: Any) -> None:
        if name in self.stay.notices and self.stay.notices[name][0] != value:
            del self.stay.notices[name]

    # ---- for a link

    @property
    def figures(self) -> Sequence[str]:
        """The names of the figures that this run has shown so far, in their order."""
        return self._figures

    def texts(self) -> dict[str, str]:
        """The settings that have an effect now, by their texts in an address."""
        return {name: text for name, text in self._all_texts().items() if name not in self._set_aside}

    def differing(self) -> dict[str, str]:
        """Those of them that are not at their starts: a link that names just these says them all."""
        settings = {name: self.setting(self.about.settings[name]) for name in self.texts()}
        return {
            name: text
            for name, text in self.texts().items()
            if text != settings[name].write(settings[name].start)
        }

    def _all_texts(self) -> dict[str, str]:
        return {
            name: self._write(setting)
            for name, setting in self.about.settings.items()
            if self._is_known(setting)
        }

    # ---- for the browser

    def visitor(self, figure: str, about: str = "") -> Visitor:
        """What the browser has to know of this visitor for a figure of the chapter, made of `about`."""
        controls = {control.name for control in self.about.figures[figure].controls}
        texts = self._all_texts()
        self.stay.written = texts
        self._figures.append(figure)
        play, stop = self.stay.play == figure, self.stay.stop
        self.stay.play = None if play else self.stay.play
        in_sight = self.stay.sight == figure
        self.stay.sight = None if in_sight else self.stay.sight
        watched = (self.about.watched | set(self.stay.notices)) & controls
        scene = self.stay.scene
        is_here = scene is not None and scene.figure == figure
        return Visitor(
            figure=f"{self.chapter}/{figure}",
            about=about,
            texts={name: text for name, text in texts.items() if name in controls},
            address={
                name: None if name in self._set_aside else text
                for name, text in texts.items()
                if name not in self.about.live
            }
            | {PROGRESS: None},  # it is taken over by now; whoever gets the address has their own
            told={name: revision for name, revision in self.stay.told.items() if name in controls},
            revision=self.stay.revision,
            restored=self.restored,
            play=play,
            stop=stop if play else None,
            in_sight=in_sight,
            entries=self.stay.entries,
            returns=self.stay.returns,
            scene=self.stay.shown if is_here else {},
            attempt=self.stay.missed,
            watched=tuple((name, text) for name, text in texts.items() if name in watched),
        )


def begin(about: Chapter) -> Visit:
    """Opens a visit: by a link, if the address names one of the chapter's settings, else by a return."""
    chapter = about.name
    stays: dict[str, Stay] = st.session_state.setdefault("stays", {})
    entered = st.session_state.get("chapter") != chapter
    st.session_state["chapter"] = chapter
    linked = bool(set(about.settings) & set(st.query_params))
    restored = entered and not linked
    if entered and linked:
        revision = stays[chapter].revision if chapter in stays else 0
        stays[chapter] = Stay(revision=revision + 1)
    stay = stays.setdefault(chapter, Stay())
    stay.awaited = {}
    if restored:
        stay.seen, stay.written, stay.notices = {}, {}, {}
        stay.revision += 1
    acted, stay.acted = stay.acted and not entered, False
    chosen, stay.chosen = None if entered else stay.chosen, None
    returned, stay.returned = None if entered else stay.returned, None
    visit = Visit(about, stay, restored, acted, chosen, returned)
    visit._read_all()
    return visit


def _shown(text: str, limit: int = 60) -> str:
    """A stranger's text, short and without the marks that would format it."""
    if not text.strip():
        return str(COMMON["problems"]["nothing"])
    return without_marks(text if len(text) <= limit else text[:limit] + "…")
