"""Which pictures are in use in this visit, in all chapters: the drawings, the course's files, or a zip."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

import numpy as np
import streamlit as st

from explainer.pictures import PictureSet, bundled
from explainer.pictures.splits import Split, last_fifth
from explainer.pictures.splits import drawings as split_drawings
from explainer.stage.settings import Choice
from explainer.ui import boxes, controls
from explainer.ui.own_picture import harmless
from explainer.ui.uploads import TROUBLE, Brought, brought, in_folder, read_new
from explainer.ui.visit import Visit
from explainer.words import COMMON, words

DRAWINGS: Final = "drawings"
COURSE: Final = "course"
ZIP: Final = "zip"
DATA: Final = Choice("data", (DRAWINGS, COURSE, ZIP), DRAWINGS)
HOLD: Final = Choice("hold_out", ("none", "fifth"), "none")
OWN: Final = frozenset({DATA.name, HOLD.name})
"""The settings that a chapter has by `choose`."""
IN_USE: Final = "picture_set"
BOX: Final = "bring"
NAMED: Final = 10
"""Files of a zip that were left out are named up to here, and counted from here."""


@dataclass(frozen=True, eq=False)
class Chosen:
    """A set in use: its name, what is learned from and what is held out, a digest that names it in caches."""

    name: str
    split: Split
    key: str
    made_of: tuple[object, ...] = ()
    """What was brought, as it was cut: the same again need not be made anew."""
    own: bool = False
    """Whether this visitor brought it, or a part of it; else everybody has it."""

    @cached_property
    def every(self) -> PictureSet:
        """All its pictures: the drawings in their own order, of others what is held out comes last."""
        if self.name == DRAWINGS:
            return bundled()
        if self.split.held_out is None:
            return self.split.training
        parts = (self.split.training, self.split.held_out)
        return PictureSet(
            np.concatenate([part.pictures for part in parts]),
            np.concatenate([part.labels for part in parts]),
            tuple(name for part in parts for name in part.names),
            tuple(family for part in parts for family in part.families),
        )


@st.cache_resource(max_entries=1, show_spinner=False)
def drawings() -> Chosen:
    """The set that is there for everybody."""
    return _made(DRAWINGS, split_drawings())


def in_use() -> Chosen:
    """The set that this visitor chose last."""
    chosen: Chosen | None = st.session_state.get(IN_USE)
    return chosen or drawings()


def said() -> None:
    """In other chapters: which pictures these are, if they are not the drawings, and where to change that."""
    chosen = in_use()
    if chosen.name != DRAWINGS:
        text = COMMON["sets"]
        label = text["other"].format(name=text[chosen.name], nav=words("cats").nav)
        st.page_link("../pages/cats.py", label=label)


def choose(visit: Visit) -> Chosen:
    """The controls for which pictures, and the set they choose, from now on in use in all chapters."""
    bar = st.empty()
    came = read_new(st.session_state.get(_upload_key(visit)) or [], lambda: bar)
    if came:
        visit.put(DATA, came)
    mine = brought()
    name = _name(visit, _there(mine))
    box = boxes.box(visit, BOX, words("cats").text["sets"])
    if box.open:
        with box:
            _bring(visit)
    hold = visit.value(HOLD)
    if name == COURSE and mine.test is None:
        hold = controls.choose(visit, HOLD)
    before, chosen = in_use(), _keep(name, hold, mine)
    if came is None and chosen is not before:  # what was wrong is old news
        st.session_state.pop(TROUBLE, None)
    return chosen


def _upload_key(visit: Visit) -> str:
    return f"{visit.chapter}-sets"


def _there(mine: Brought) -> tuple[str, ...]:
    is_there = {DRAWINGS: True, COURSE: mine.training is not None, ZIP: mine.zipped is not None}
    return tuple(name for name in DATA.options if is_there[name])


def _name(visit: Visit, there: Sequence[str]) -> str:
    """The set's name, by the control among those that are there; the drawings for one that is not."""
    asked = visit.value(DATA)
    if asked not in there:
        from_address = asked in visit.stay.seen.get(DATA.name, [])
        visit.put(DATA, DATA.default)
        if from_address:
            visit.note(DATA, words("cats").text["sets_missing"], DATA.default)
    name = controls.choose(visit, Choice(DATA.name, there, DATA.default))
    visit.settings[DATA.name] = DATA  # what is not there can still be asked for, by a scene
    return name


def _bring(visit: Visit) -> None:
    """Where files are brought, what they should be like, and what came of it."""
    text = words("cats").text
    st.markdown(text["sets_expected"])
    for sentence in in_folder()[1]:
        st.caption(sentence)
    _troubles()
    st.file_uploader(
        text["sets_upload"],
        ["h5", "hdf5", "zip"],
        accept_multiple_files=True,
        key=_upload_key(visit),
        on_change=visit.act,
    )
    mine = brought()
    for sentence in filter(None, (_about_course(mine), _about_zip(mine), _left_out(mine))):
        st.markdown(sentence)


def _keep(name: str, hold: str, mine: Brought) -> Chosen:
    """The set in use from now on, made anew only if another is asked for."""
    made_of = (name, *((mine.training, mine.test, hold) if name == COURSE else (mine.zipped,)))
    made = drawings() if name == DRAWINGS else in_use()
    if name != DRAWINGS and made.made_of != made_of:
        made = _made(name, _split(name, hold, mine), made_of, _is_own(name, mine))
    st.session_state[IN_USE] = made
    return made


def _split(name: str, hold: str, mine: Brought) -> Split:
    """What is there of a set, as it is learned from and held out."""
    if name == COURSE and mine.training is not None:
        if mine.test is None and hold == "fifth":
            return last_fifth(mine.training)
        return Split(mine.training, mine.test)
    if mine.zipped is None:
        raise ValueError(f"there is no set called {name}")
    split = last_fifth(mine.zipped.pictures)
    return split if split.held_out and split.held_out.names else Split(split.training, None)


def _is_own(name: str, mine: Brought) -> bool:
    folder, _ = in_folder()
    everybodys = (mine.training is folder.training, mine.test is folder.test)
    return name == ZIP or not all(everybodys)


def _made(name: str, split: Split, made_of: tuple[object, ...] = (), own: bool = False) -> Chosen:
    """With its digest: of names too, for a figure that shows them is not the same with others."""
    found = sha256(name.encode())
    for part in (split.training, split.held_out):
        found.update(b"none" if part is None else repr((part.names, part.families)).encode())
        if part is not None:
            found.update(np.ascontiguousarray(part.pictures).data)
            found.update(np.ascontiguousarray(part.labels).data)
    return Chosen(name, split, found.hexdigest()[:32], made_of, own)


# ---- in words


def trouble(visit: Visit) -> None:
    """What was wrong with the files that were chosen last, unless it stands where they are chosen."""
    if not boxes.is_open(visit, BOX):
        _troubles()


def _troubles() -> None:
    for sentence in st.session_state.get(TROUBLE, ()):
        st.warning(sentence)


def taken() -> None:
    """What the set in use is and where from, and what could not be used of it."""
    chosen, mine = in_use(), brought()
    about = [_about_zip(mine) if chosen.name == ZIP else _about_course(mine)]
    if chosen.name == DRAWINGS and mine.training is not None:
        about = []
    elif chosen.name != DRAWINGS and chosen.split.held_out is not None:
        about.append(_counted("sets_held_out", chosen.split.held_out))
    if any(about):
        st.markdown(" ".join(about))


def _about_course(mine: Brought) -> str:
    """What was taken of the course's files; of the one to test with alone, what is missing."""
    if mine.training is not None:
        return _counted("sets_taken", mine.training, mine.training_file)
    return _counted("sets_test_only", mine.test, mine.test_file) if mine.test is not None else ""


def _about_zip(mine: Brought) -> str:
    """What was taken of the zip, and how many of its files were not."""
    if mine.zipped is None:
        return ""
    count, about = len(mine.zipped.left_out), _counted("sets_taken", mine.zipped.pictures, mine.zip_file)
    return " ".join([about, words("cats").text["sets_left_out"].format(count=count)]) if count else about


def _counted(text: str, pictures: PictureSet, file: str = "") -> str:
    m, cats = len(pictures.names), int(pictures.labels.sum())
    return words("cats").text[text].format(file=file, m=m, cats=cats)


def _left_out(mine: Brought) -> str:
    """The files of the zip that were left out, by name, the first of many."""
    text, left_out = words("cats").text, mine.zipped.left_out if mine.zipped else ()
    lines = [
        text["sets_left_out_file"].format(name=harmless(one.name), reason=one.reason)
        for one in left_out[:NAMED]
    ]
    if len(left_out) > NAMED:
        lines.append(text["sets_left_out_more"].format(count=len(left_out) - NAMED))
    return "\n".join(lines)
