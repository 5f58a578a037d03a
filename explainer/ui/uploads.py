"""Sets of pictures that a visitor brings, the course's files or a zip: kept in the session only.

They are one frozen object that is replaced as a whole, because runs of a page may overlap.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any, Final

import streamlit as st

from explainer.pictures import (
    CourseFile,
    PictureError,
    PictureSet,
    ZipPictures,
    folder,
    load_zip,
    read_course_file,
)
from explainer.pictures.chosen import COURSE, ZIP
from explainer.pictures.course import BYTES, START, TEST, is_hdf5
from explainer.pictures.files import no_set
from explainer.ui import controls
from explainer.ui.own_picture import harmless
from explainer.ui.places import place, say
from explainer.ui.visit import Visit
from explainer.words import COMMON

BAR_AFTER: Final = 0.5  # seconds: for less a bar would only flicker
BAR_WIDTH: Final = 240  # pixels, beside the controls
BOX: Final = "bring"
BROUGHT: Final = "brought_sets"
SEEN: Final = "brought_sets_seen"
TROUBLE: Final = "brought_sets_trouble"
NAMED: Final = 10
"""How many of a zip's unused files are named; further ones are only counted."""


@dataclass(frozen=True, eq=False)
class Brought:
    """The course's training and test pictures and those of a zip, if brought, with their files' names.

    `training_said` and `test_said` are sentences on how the numbers of a course's file were converted; empty
    where they are bytes, as in the course.
    """

    training: PictureSet | None = None
    test: PictureSet | None = None
    zipped: ZipPictures | None = None
    training_file: str = ""
    test_file: str = ""
    zip_file: str = ""
    training_said: str = ""
    test_said: str = ""


def brought() -> Brought:
    """What this visitor can use: uploaded files, and for course files not uploaded those in the folder."""
    mine: Brought = st.session_state.get(BROUGHT, Brought())
    shared, _ = in_folder()
    if mine.training is None and shared.training is not None:
        mine = replace(
            mine,
            training=shared.training,
            training_file=shared.training_file,
            training_said=shared.training_said,
        )
    if mine.test is None and shared.test is not None:
        mine = replace(mine, test=shared.test, test_file=shared.test_file, test_said=shared.test_said)
    return mine


# ---- found in the folder given by --pictures


def in_folder() -> tuple[Brought, tuple[str, ...]]:
    """The course's files in that folder, and a sentence for each that cannot be used."""
    path = folder.picture_folder()
    return (Brought(), ()) if path is None else _read_folder(path)


@st.cache_resource(max_entries=1, show_spinner=False)
def _read_folder(path: Path) -> tuple[Brought, tuple[str, ...]]:
    """The same, read once for all visitors."""
    found, problems = Brought(), []
    for file in folder.course_files_in(path):
        try:
            found = _with_course_file(found, read_course_file(file), harmless(file.name))
        except PictureError as problem:
            logging.getLogger(__name__).warning("%s cannot be used: %s", file, problem)
            text = COMMON["sets"]["folder_trouble"]
            problems.append(text.format(name=harmless(file.name), reason=problem))
    return found, tuple(problems)


def _with_course_file(before: Brought, found: CourseFile, name: str) -> Brought:
    said = ""
    if found.stored != BYTES:
        said = COMMON["sets"][f"stored_{found.stored}"].format(file=name, type=found.type)
    if set(found.pictures.families) == {TEST}:
        return replace(before, test=found.pictures, test_file=name, test_said=said)
    return replace(before, training=found.pictures, training_file=name, training_said=said)


# ---- uploaded


def ask_for_files(visit: Visit) -> None:
    """The uploader, what files it expects, and what became of them. Slow to load: only for an open box."""
    text = COMMON["sets"]
    st.markdown(text["expected"])
    for sentence in in_folder()[1]:
        st.caption(sentence)
    _show_problems("sets-trouble-in-box", st.session_state.get(TROUBLE, ()))
    st.file_uploader(  # any type: what it refuses itself gets only a red mark, what we refuse a sentence
        text["upload"],
        accept_multiple_files=True,
        key=_upload_key(visit),
        on_change=visit.act,
    )
    mine = brought()
    say("sets-course", course_text(mine))
    say("sets-zip", zip_text(mine))
    say("sets-left-out", _left_out_text(mine))


def read_new(visit: Visit, place: Callable[[], Any]) -> str | None:
    """Reads the newly uploaded files. Returns what the last good one belongs to, *course* or *zip*, or None.

    A bad file changes nothing and leaves a sentence. `place` gives an empty element for a progress bar.
    """
    files: list[Any] = st.session_state.get(_upload_key(visit)) or []
    seen: frozenset[str] = st.session_state.get(SEEN, frozenset())
    new = [file for file in files if file.file_id not in seen]
    if not new:
        return None
    came, problems = None, []
    for file in new:
        name = harmless(file.name)
        try:
            came = _take(file, name, place)
        except PictureError as problem:
            problems.append(COMMON["sets"]["trouble"].format(name=name, reason=problem))
    st.session_state[TROUBLE] = tuple(problems)
    st.session_state[SEEN] = frozenset(file.file_id for file in files)
    return came


def _upload_key(visit: Visit) -> str:
    return f"{visit.chapter}-sets"


def _take(file: Any, name: str, place: Callable[[], Any]) -> str:
    """Puts the file's pictures in place of those before. PictureError if they cannot be used."""
    start = file.read(START)
    file.seek(0)
    mine: Brought = st.session_state.get(BROUGHT, Brought())
    if start.startswith(b"PK"):
        with Bar(place, COMMON["sets"]["reading"].format(name=name)) as bar:
            zipped = load_zip(file, report=bar)
        st.session_state[BROUGHT] = replace(mine, zipped=zipped, zip_file=name)
        return ZIP
    if not is_hdf5(start):
        raise no_set(start)
    st.session_state[BROUGHT] = _with_course_file(mine, read_course_file(file), name)
    return COURSE


class Bar:
    """A progress bar that appears only if something takes long. Called with what is done, of how much."""

    def __init__(self, place: Callable[[], Any], text: str, clock: Callable[[], float] = monotonic) -> None:
        self._place, self._text, self._clock = place, text, clock
        self._begun, self._bar = clock(), None

    def __call__(self, done: int, count: int) -> None:
        if self._bar is None and self._clock() - self._begun > BAR_AFTER:
            self._bar = self._place()
        if self._bar is not None:
            self._bar.progress(min(1.0, done / max(1, count)), self._text, width=BAR_WIDTH)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *reason: object) -> None:
        if self._bar is not None:
            self._bar.empty()


# ---- messages


def show_problems(visit: Visit) -> None:
    """What was wrong with the last files, unless the box is open: then it is shown inside."""
    _show_problems("sets-trouble", () if controls.is_open(visit, BOX) else st.session_state.get(TROUBLE, ()))


def _show_problems(name: str, sentences: Sequence[str]) -> None:
    with place(name, *sentences):
        for sentence in sentences:
            st.warning(sentence)


def course_text(mine: Brought) -> str:
    """How many pictures the course's files hold and how they were read; what is missing beside the test."""
    about = ""
    if mine.training is not None:
        about = counted_text("taken", mine.training, mine.training_file)
    elif mine.test is not None:
        about = counted_text("test_only", mine.test, mine.test_file)
    return " ".join(filter(None, (about, mine.training_said, mine.test_said)))


def zip_text(mine: Brought) -> str:
    """How many pictures of the zip are used, from which folders, and how many of its files were left out."""
    if mine.zipped is None:
        return ""
    text, folders, count = COMMON["sets"], mine.zipped.folders, len(mine.zipped.left_out)
    said = [counted_text("taken", mine.zipped.pictures, mine.zip_file)]
    if folders.base or not folders.named:
        cats, others = (harmless(folders.path(one)) for one in (True, False))
        said.append(text["read_from"].format(cats=cats, others=others))
    return " ".join([*said, text["left_out"].format(count=count)] if count else said)


def counted_text(name: str, pictures: PictureSet, file: str = "") -> str:
    """The sentence called `name`, with how many pictures there are and how many of them are cats."""
    m, cats = len(pictures.names), int(pictures.labels.sum())
    return str(COMMON["sets"][name].format(file=file, m=m, cats=cats))


def _left_out_text(mine: Brought) -> str:
    """The first few files of the zip that were left out, and how many more there are."""
    text, left_out = COMMON["sets"], mine.zipped.left_out if mine.zipped else ()
    lines = [
        text["left_out_file"].format(name=harmless(one.name), reason=one.reason) for one in left_out[:NAMED]
    ]
    if len(left_out) > NAMED:
        lines.append(text["left_out_more"].format(count=len(left_out) - NAMED))
    return "\n".join(lines)
