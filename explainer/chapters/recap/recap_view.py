"""One question at a time: the one whose turn it is, what is said of the answer, and on to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import streamlit as st

from explainer.chapters.recap.chapter import CHAPTER, NEXT, QUESTION
from explainer.chapters.recap.order import days_until_due, key, order
from explainer.stage.chapter import Chapter
from explainer.ui import session
from explainer.ui.places import place, say
from explainer.ui.progress import Answer, answers, kept, today
from explainer.ui.questions import answer_to, ask_question, offer_to_tell, said_of
from explainer.ui.visit import Visit
from explainer.words import words
from explainer.words.questions import Question

TEXT: Final = CHAPTER.words.text
SPOT: Final = "recap"
"""Where on the page the question is asked."""


@dataclass
class Sitting:
    """The `current` question's name, those `passed` by, and whether those that are not due were asked for."""

    current: str = ""
    passed: list[str] = field(default_factory=list)
    also_later: bool = False


def sitting() -> Sitting:
    """The session's `Sitting`."""
    return session.kept("recap", Sitting)


def waiting() -> tuple[Question, ...]:
    """The questions that are still to be asked, in their order."""
    mine = sitting()
    return order(CHAPTER.words.questions, kept().progress, today(), mine.passed, mine.also_later)


def ask_next(visit: Visit, numbers: Mapping[str, Any], chapters: Sequence[Chapter]) -> None:
    """The question that the address names, or the one whose turn it is; what to do if there is none."""
    question = _current(visit)
    with st.container(border=True, key=f"questions-{visit.chapter}-{SPOT}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            say("recap-heading", _heading_text(question))
            offer_to_tell(visit, SPOT, question, numbers)
            _offer_to_skip(visit, question)
        with place("recap-question", question and question.name, len(sitting().passed)):
            if question is None:
                _show_nothing_due(visit)
            else:
                ask_question(visit, SPOT, question, numbers)
        said = said_of(visit, question, numbers)
        answer = Answer() if question is None else answer_to(visit, question)
        say("recap-reply", said, st.success if answer.right else st.info)
        with place("recap-on", question and question.name, answer.is_over, len(sitting().passed)):
            if question is not None and answer.is_over:
                _lead_on(visit, question, chapters)


def _current(visit: Visit) -> Question | None:
    """The question to ask now, without the answer that it got another time."""
    asked, mine = visit.value(QUESTION), sitting()
    if asked != NEXT:
        return _named(asked)
    if not mine.current:
        line = waiting()
        if not line:
            return None
        mine.current = line[0].name
        if answers().get(key(line[0]), Answer()).is_over:
            _forget(visit, line[0])
    return _named(mine.current)


def _named(name: str) -> Question:
    return next(question for question in CHAPTER.words.questions if question.name == name)


def _forget(visit: Visit, question: Question) -> None:
    """Makes a question one that nobody has answered, so that it can be asked again."""
    answers()[key(question)] = Answer()
    widget = f"{visit.chapter}-question-{question.name}"
    st.session_state[widget] = "" if question.shape or question.lines else None


def _heading_text(question: Question | None) -> str:
    if question is None:
        return ""
    left = sum(one != question for one in waiting())
    counted = TEXT["left"].format(left=left) if left else TEXT["left_none"]
    return f"**{TEXT['of_chapter'].format(nav=words(question.chapter).nav)}.** {counted}"


def _offer_to_skip(visit: Visit, question: Question | None) -> None:
    """Nobody has to answer now."""
    is_open = question is not None and not answer_to(visit, question).is_over
    with place("recap-skip", question and question.name, is_open, width="content"):
        if question is not None and is_open:
            st.button(
                TEXT["skip"], key="recap-skip", type="tertiary", on_click=_go_on, args=(visit, question)
            )


def _lead_on(visit: Visit, question: Question, chapters: Sequence[Chapter]) -> None:
    """The way to the next question, and to where the answer can be seen."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(TEXT["next"], key="recap-next", type="primary", on_click=_go_on, args=(visit, question))
        st.page_link(
            f"../pages/{question.chapter}.py",
            label=TEXT["see"].format(nav=words(question.chapter).nav),
            query_params=shown_in(question, chapters),
        )


def _go_on(visit: Visit, question: Question) -> None:
    sitting().passed.append(question.name)
    sitting().current = ""
    visit.choose(QUESTION, NEXT)


def shown_in(question: Question, chapters: Sequence[Chapter]) -> dict[str, str]:
    """The settings of the chapter that show what a question is about."""
    (chapter,) = [one for one in chapters if one.name == question.chapter]
    scenes = [scene.state for scene in chapter.words.scenes if scene.name == question.scene]
    return {**(scenes[0] if scenes else {}), **question.see}


def _show_nothing_due(visit: Visit) -> None:
    """That all is done, when the next question is due, and a way to go on all the same."""
    days = days_until_due(CHAPTER.words.questions, kept().progress, today())
    when = TEXT["done_tomorrow"] if days == 1 else TEXT["done_days"].format(days=days)
    st.markdown(f"{TEXT['done']} {when} {TEXT['done_keep']}")

    def go_on() -> None:
        visit.act()
        sitting().also_later = True

    st.button(TEXT["anyway"], key="recap-anyway", on_click=go_on)
