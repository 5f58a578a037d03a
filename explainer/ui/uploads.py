"""Sets of pictures that a visitor brings, the course's files or a zip: they live in the session, only there.

What was brought is one frozen object that is replaced as a whole, for runs of a page overlap.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any, Final

import streamlit as st

from explainer.pictures import PictureError, PictureSet, ZipPictures, load_course_file, load_zip
from explainer.pictures import folder as options
from explainer.pictures.course import START, is_hdf5
from explainer.ui.own_picture import harmless
from explainer.words import words

SOON: Final = 0.5  # seconds that nobody minds waiting without a bar
WIDE: Final = 240
"""Pixels of the bar, beside the controls."""
BROUGHT: Final = "brought_sets"
SEEN: Final = "brought_sets_seen"
TROUBLE: Final = "brought_sets_trouble"


@dataclass(frozen=True, eq=False)
class Brought:
    """What there is of the course's files and of a zip, each with the name of its file."""

    training: PictureSet | None = None
    test: PictureSet | None = None
    zipped: ZipPictures | None = None
    training_file: str = ""
    test_file: str = ""
    zip_file: str = ""


def brought() -> Brought:
    """What this visitor can use: what was brought, and of the course's files also those in the folder."""
    mine: Brought = st.session_state.get(BROUGHT, Brought())
    folder, _ = in_folder()
    if mine.training is None and folder.training is not None:
        mine = replace(mine, training=folder.training, training_file=folder.training_file)
    if mine.test is None and folder.test is not None:
        mine = replace(mine, test=folder.test, test_file=folder.test_file)
    return mine


def in_folder() -> tuple[Brought, tuple[str, ...]]:
    """The course's files in the folder named when the app was started; a sentence for each that is none."""
    folder = options.picture_folder()
    return (Brought(), ()) if folder is None else _read_folder(folder)


@st.cache_resource(max_entries=1, show_spinner=False)
def _read_folder(folder: Path) -> tuple[Brought, tuple[str, ...]]:
    """Read once for all visitors."""
    found, problems = Brought(), []
    for path in options.course_files_in(folder):
        try:
            found = _with_course_file(found, load_course_file(path), harmless(path.name))
        except PictureError as problem:
            logging.getLogger(__name__).warning("%s cannot be used: %s", path, problem)
            text = words("cats").text["sets_folder_trouble"]
            problems.append(text.format(name=harmless(path.name), reason=problem))
    return found, tuple(problems)


def read_new(files: list[Any], place: Callable[[], Any]) -> str | None:
    """Reads the uploaded files that were not read yet; what came of the last good one: *course* or *zip*.

    A bad one leaves all as it was and a sentence. `place` makes an empty spot, for a bar, if it takes long.
    """
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
            problems.append(words("cats").text["sets_trouble"].format(name=name, reason=problem))
    st.session_state[TROUBLE] = tuple(problems)
    st.session_state[SEEN] = frozenset(file.file_id for file in files)
    return came


def _take(file: Any, name: str, place: Callable[[], Any]) -> str:
    """The file replaces its part. PictureError if it cannot. Its kind is told by its content."""
    start = file.read(START)
    file.seek(0)
    mine: Brought = st.session_state.get(BROUGHT, Brought())
    if start.startswith(b"PK"):
        with Bar(place, words("cats").text["sets_reading"].format(name=name)) as bar:
            zipped = load_zip(file, report=bar)
        st.session_state[BROUGHT] = replace(mine, zipped=zipped, zip_file=name)
        return "zip"
    if not is_hdf5(start):
        raise PictureError(words("cats").text["sets_neither"])
    st.session_state[BROUGHT] = _with_course_file(mine, load_course_file(file), name)
    return "course"


def _with_course_file(before: Brought, pictures: PictureSet, name: str) -> Brought:
    if set(pictures.families) == {"test"}:
        return replace(before, test=pictures, test_file=name)
    return replace(before, training=pictures, training_file=name)


class Bar:
    """A progress bar that appears once something has taken a while; called with what is done of how much."""

    def __init__(self, place: Callable[[], Any], text: str, clock: Callable[[], float] = monotonic) -> None:
        self._place, self._text, self._clock = place, text, clock
        self._begun, self._bar = clock(), None

    def __call__(self, done: int, count: int) -> None:
        if self._bar is None and self._clock() - self._begun > SOON:
            self._bar = self._place()
        if self._bar is not None:
            self._bar.progress(min(1.0, done / max(1, count)), self._text, width=WIDE)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *reason: object) -> None:
        if self._bar is not None:
            self._bar.empty()
