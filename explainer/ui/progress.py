"""What a visitor has done: kept for the visit, brought along and handed out as a file or a link."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import streamlit as st

from explainer.ui import session
from explainer.ui.places import place, say
from explainer.ui.visit import PROGRESS
from explainer.words import COMMON, plain_details
from explainer.words.progress import (
    FIRST_DAY,
    MOST_BYTES,
    Known,
    Progress,
    Read,
    Result,
    packed,
    read,
    unpacked,
    written,
)
from explainer.words.questions import TRIES

FILE_NAME: Final = "cat-or-not-progress.json"


@dataclass
class Answer:
    """What somebody has answered to one question in this visit.

    `tries` are the answers in their order: places of options, numbers, places (x, y), orders, shapes, lines;
    `right` says whether the last one is. `told` says that the answer was asked for instead, or that it is
    known from an earlier visit, though it was not found.
    """

    tries: list[Any] = field(default_factory=list)
    right: bool = False
    told: bool = False

    @property
    def is_over(self) -> bool:
        """Whether the right answer is known by now."""
        return self.right or self.told or len(self.tries) >= TRIES


def answers() -> dict[str, Answer]:
    """All answers of this visit, by chapter and question: ``descent/a tiny rate``."""
    return session.kept("answers", dict[str, Answer])


def is_over(chapter: str, question: str) -> bool:
    """Whether a question of a chapter has been answered, or told; its page need not be open."""
    answer = answers().get(f"{chapter}/{question}")
    return answer is not None and answer.is_over


@dataclass
class Kept:
    """What the session keeps: the progress, the chapters and questions that are `known`, what was brought.

    `link` is the text of the last link that was read; `of_link` and `of_file` are sentences about what in the
    last link and the last file could not be used.
    """

    progress: Progress = field(default_factory=Progress)
    known: Known = field(default_factory=dict)
    link: str = ""
    of_link: tuple[str, ...] = ()
    of_file: tuple[str, ...] = ()


def kept() -> Kept:
    """The session's `Kept`."""
    return session.kept("progress", Kept)


def today() -> date:
    """The day it is where the visitor is, or where the server is if the browser does not tell."""
    try:
        now = datetime.now(ZoneInfo(st.context.timezone or ""))
    except (KeyError, ValueError, OSError):  # no zone, or none that is known here
        now = datetime.now()
    return max(now.date(), FIRST_DAY)


# ---- what happens on a page


def begin(known: Known) -> None:
    """Reads the progress that a link brings, once. For the app, before its page runs."""
    mine = kept()
    mine.known = known
    link = "&".join(st.query_params.get_all(PROGRESS))  # more than one are none
    if link and link != mine.link:
        mine.link = link
        mine.of_link = _take(unpacked(link, known, today()), COMMON["progress"]["link"])


def visited(chapter: str) -> None:
    """Notes that somebody is in a chapter."""
    mine = kept()
    mine.progress = mine.progress.visit(chapter, today())


def answered(question: str, answer: Answer) -> None:
    """Notes what was answered to a question, by its chapter and name, or that the answer was asked for."""
    result: Result = "right" if answer.right else "told" if answer.told else "wrong"
    mine = kept()
    mine.progress = mine.progress.answer(question, result, len(answer.tries), today())


def _take(found: Read, name: str) -> tuple[str, ...]:
    """Takes over what was read; a sentence for each part that could not be used."""
    mine = kept()
    mine.progress = mine.progress.merged(found.progress)
    for question, one in found.progress.answers.items():
        answer = answers().setdefault(question, Answer())
        if not answer.is_over and not answer.tries:
            answer.right = one.result == "right"
            answer.told = one.result == "told" or (one.result == "wrong" and one.tries >= TRIES)
    text = COMMON["progress"]
    return tuple(
        text["trouble"].format(
            name=name, reason=text["problems"][problem.kind].format(**plain_details(problem.details))
        )
        for problem in found.problems
    )


# ---- what is shown


def show_progress(due: int) -> None:
    """Where one is, with how many questions are `due`, and a closed box to keep it or to bring what was kept.

    Who was nowhere yet is told nothing.
    """
    text, mine = COMMON["progress"], kept()
    over = sum(is_over(chapter, name) for chapter, names in mine.known.items() for name in names)
    count = sum(len(names) for names in mine.known.values())
    been = text["been"].format(
        visited=len(mine.progress.visited), chapters=len(mine.known), answered=over, count=count
    )
    waiting = text["due_one" if due == 1 else "due"].format(due=due) if due else ""
    say("progress", f"{been} {waiting}".strip() if mine.progress.visited else "", st.caption)
    box = st.expander(text["box"], on_change="rerun", key="progress-box")
    with box, place("progress-content", box.open):
        if box.open:
            _offer(mine.progress)
    say("progress-trouble", "\n\n".join(mine.of_file), st.warning)


def _offer(progress: Progress) -> None:
    """To keep, and to bring."""
    text = COMMON["progress"]
    st.markdown(text["about"])
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="progress-keep"):
        st.download_button(
            text["keep"],
            written(progress),
            file_name=FILE_NAME,
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
        st.markdown(f"[{text['as_link']}]({_address(progress)})", width="content")
    st.file_uploader(text["bring"], key="progress-file", on_change=_bring, max_upload_size=1)


def _address(progress: Progress) -> str:
    """The address of this page, with the progress in it."""
    here = urlsplit(st.context.url or "")
    return urlunsplit((here.scheme, here.netloc, here.path or "/", f"{PROGRESS}={packed(progress)}", ""))


def _bring() -> None:
    file = session.value_of("progress-file")
    kept().of_file = ()
    if file is not None:
        content = file.read(MOST_BYTES + 1)
        kept().of_file = _take(read(content, kept().known, today()), COMMON["progress"]["file"])


def notices() -> Sequence[str]:
    """What of a link's progress could not be used, a sentence each."""
    return kept().of_link
