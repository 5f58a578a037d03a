"""The frame around a chapter: its question, what was wrong with the address, tasks, code, where next."""

import inspect
import logging
import re
import textwrap
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, Final

import streamlit as st

from explainer.pictures import SOURCES
from explainer.serving.published import publish
from explainer.stage.chapter import Chapter
from explainer.ui import progress, share
from explainer.ui.beforehand import BEFOREHAND
from explainer.ui.places import place, say
from explainer.ui.visit import Visit, begin
from explainer.words import COMMON, words

IN_A_ROW: Final = 5
"""Cards beside one another on a wide screen."""
READING: Final = "read-"
"""How the keys of boxes with something to read begin."""


def open_chapter(about: Chapter) -> Visit:
    """The chapter's question, its letters within reach, and in two sentences what it is about."""
    BEFOREHAND.page_runs()
    visit = begin(about)
    progress.visited(about.name)
    said = words(about.name)
    with row():
        st.title(said.question, anchor=False, width="content")
        with st.popover(COMMON["frame"]["letters"]):
            st.markdown("\n".join(f"- **{letter}**: {meaning}" for letter, meaning in said.letters.items()))
    st.markdown(said.lead)
    return visit


def show_menu(pages: Sequence[st.Page]) -> None:
    """The chapters behind one button, for a narrow screen; page.css shows it there alone.

    Streamlit's own menu there covers the page and stays after a choice.
    """
    titles = {page.title: page for page in pages}
    chosen = st.menu_button(COMMON["frame"]["menu"], list(titles), key="menu")
    if chosen is not None:
        st.switch_page(titles[chosen])


def row() -> AbstractContextManager[Any]:
    """Elements side by side, wrapping where there is no room."""
    return st.container(horizontal=True, vertical_alignment="center", gap="small")


def show_notices(visit: Visit) -> None:
    """What in the address could not be used, or of the progress in it, a sentence for each."""
    say("notices", "\n\n".join([*progress.notices(), *visit.notices()]), st.warning)


def show_code(functions: Sequence[Callable[..., Any] | None]) -> None:
    """The functions that ran for this page, from their source, once somebody opens them.

    Not before: the highlighter's 1.5 MB would keep the page's controls waiting.
    """
    box = reading_box(COMMON["frame"]["code"], "code")
    if not box.open:
        return
    sources = [textwrap.dedent(inspect.getsource(function)) for function in functions if function is not None]
    with box, place("code", *sources):
        for source in sources:
            st.code(source, language="python")


def show_sources(title: str) -> None:
    """Where the drawings come from and under which licences, once somebody opens it."""
    show_box(title, _sources_text())


def reading_box(title: str, name: str, expanded: bool = False) -> Any:
    """A closed box with something to read, whose content is sent once somebody opens it.

    Its key says so, for whoever writes down all that a page has to say.
    """
    key = f"{READING}{st.session_state['chapter']}-{name}"
    return st.expander(title, expanded=expanded, on_change="rerun", key=key)


@cache
def _sources_text() -> str:
    """The sources, with links to the licences beside them where a browser finds these."""

    def published(found: re.Match[str]) -> str:
        path = SOURCES.parent / found[1]
        return f"]({publish(path.read_bytes(), path.stem, 'txt')})"

    return re.sub(r"\]\((licences/[^)]+)\)", published, SOURCES.read_text(encoding="utf-8"))


def show_box(title: str, text: str) -> None:
    """A text in a closed box; code in it would bring the highlighter, so it waits for somebody to open it."""
    box = reading_box(title, title)
    if box.open:
        box.markdown(text)


def close_chapter(visit: Visit, chapters: Sequence[Chapter]) -> None:
    """More for whoever asks for it, what was to be seen, a box to share it, the way on through `chapters`."""
    for note in words(visit.chapter).deeper:
        show_box(note.title, note.text)
    with st.expander(COMMON["frame"]["seen"]):  # closed: it tells what the questions ask
        st.markdown(words(visit.chapter).seen)
    share.show_share(visit)
    number = chapters.index(visit.about)
    with row():
        if number > 0:
            _link(chapters[number - 1], COMMON["frame"]["previous"])
        st.page_link("../pages/home.py", label=COMMON["frame"]["home"], icon=":material/apps:")
        if number + 1 < len(chapters):
            _link(chapters[number + 1], COMMON["frame"]["next"])
    BEFOREHAND.page_runs()


def _link(chapter: Chapter, direction: str) -> None:
    st.page_link(f"../pages/{chapter.name}.py", label=f"{direction}: {chapter.words.nav}")


def log_and_apologise(error: Exception) -> bool:
    """A mistake of ours: all of it in the log, one sentence on the page, never a traceback."""
    logging.getLogger(__name__).error("a page failed", exc_info=error)
    st.error(COMMON["failure"])
    return True


# ---- Home


def show_start(first: Chapter, text: str, talk: str) -> None:
    """The way into the first chapter, and beside it the way to the talk, in a tab of its own."""
    with st.container(key="start", horizontal=True, vertical_alignment="center"):
        st.page_link(
            f"../pages/{first.name}.py",
            label=f"**{text.format(nav=first.words.nav)}**",
            icon=":material/play_arrow:",
        )
        st.link_button(talk, "?present=1", icon=":material/co_present:")


def show_cards(chapters: Sequence[Chapter]) -> None:
    """A card for each chapter, all of which is a link, with where the reader has been."""
    with st.container(key="cards", gap="small"):
        for first in range(0, len(chapters), IN_A_ROW):
            columns = st.columns(IN_A_ROW, gap="small")
            for number, column in enumerate(columns[: len(chapters) - first], start=first):
                with column:
                    _show_card(number + 1, chapters[number])


def _show_card(number: int, chapter: Chapter) -> None:
    with st.container(border=True, height="stretch", gap="small", key=f"card-{chapter.name}"):
        label = f"**{number}. {chapter.words.question}**"
        st.page_link(f"../pages/{chapter.name}.py", label=label)
        st.markdown(chapter.words.promise)
        say(f"been-{chapter.name}", _been_text(chapter), st.caption)


def _been_text(chapter: Chapter) -> str:
    """Whether somebody has been in the chapter, and how many of its questions they have answered."""
    text, questions = words("home").text, chapter.words.all_questions()
    if chapter.name not in progress.kept().progress.visited:
        return ""
    over = sum(progress.is_over(chapter.name, one.name) for one in questions)
    counted = text["answered"].format(answered=over, count=len(questions)) if questions else ""
    return f"{text['been']} {counted}".strip()
