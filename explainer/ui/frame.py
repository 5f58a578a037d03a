"""The frame around a chapter: its question, what was wrong with the address, tasks, code, where next."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

from explainer.ui.visit import Visit, begin, leave
from explainer.words import CHAPTERS, COMMON, Task, words


def open_chapter(chapter: str, settings: frozenset[str]) -> Visit:
    """The chapter's question, its lead, and its letters within reach."""
    visit = begin(chapter, settings)
    said = words(chapter)
    with row():
        st.subheader(said.question, anchor=False, width="content")
        with st.popover(COMMON["frame"]["letters"]):
            st.markdown("\n".join(f"- **{letter}**: {meaning}" for letter, meaning in said.letters.items()))
    return visit


def row() -> AbstractContextManager[Any]:
    """Elements side by side, wrapping where there is no room."""
    return st.container(horizontal=True, vertical_alignment="center", gap="small")


def notices(visit: Visit) -> None:
    """A sentence for each thing in the address that could not be used."""
    for sentence in visit.notices():
        st.warning(sentence)


def tasks(visit: Visit, numbers: Mapping[str, Any]) -> None:
    """The chapter's tasks: first the question, the answer once somebody has chosen."""
    st.subheader(COMMON["frame"]["tasks"], anchor=False)
    for number, task in enumerate(words(visit.chapter).tasks, start=1):
        _ask(f"{visit.chapter}-task-{number}", number, task, numbers)


def _ask(key: str, number: int, task: Task, numbers: Mapping[str, Any]) -> None:
    chosen = st.radio(f"**{number}.** {task.ask.format(**numbers)}", task.options, index=None, key=key)
    if chosen is None:
        return
    right = task.options.index(chosen) == task.right
    verdict = COMMON["frame"]["right" if right else "wrong"]
    st.info(f"**{verdict}** {task.answer.format(**numbers)}")


def code(functions: Sequence[Callable[..., Any]]) -> None:
    """The functions that ran for this page, from their source."""
    st.subheader(COMMON["frame"]["code"], anchor=False)
    for function in functions:
        st.code(inspect.getsource(function), language="python")


def close_chapter(visit: Visit) -> None:
    """What was to be seen, and the way on."""
    st.subheader(COMMON["frame"]["seen"], anchor=False)
    st.markdown(words(visit.chapter).seen)
    place = CHAPTERS.index(visit.chapter)
    with row():
        if place > 0:
            _link(CHAPTERS[place - 1], COMMON["frame"]["previous"])
        st.page_link("../pages/home.py", label=COMMON["frame"]["home"], icon=":material/apps:")
        if place + 1 < len(CHAPTERS):
            _link(CHAPTERS[place + 1], COMMON["frame"]["next"])


def _link(chapter: str, direction: str) -> None:
    st.page_link(f"../pages/{chapter}.py", label=f"{direction}: {words(chapter).nav}")


def leave_chapter() -> None:
    """For pages that are no chapter."""
    leave()
