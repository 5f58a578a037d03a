"""Asks a chapter's questions below its figures: first the answer, then the figure shows it, then why."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from explainer.ui.places import place, say
from explainer.ui.progress import Answer, answered, answers
from explainer.ui.question_kinds import ask_by_kind, reply_to, right_text, show_why
from explainer.ui.session import value_of
from explainer.ui.visit import Visit
from explainer.words import COMMON, Scene
from explainer.words.questions import Question


def ask_questions(visit: Visit, figure: str, numbers: Mapping[str, Any]) -> None:
    """The question of the scene that was chosen for a figure, or one of the figure's own, and the reply.

    `numbers` are what the texts' placeholders stand for; None where something does not exist on these data.
    """
    own = [question for question in visit.about.words.questions if question.figure == figure]
    scene = visit.stay.scene
    if scene is not None and scene.figure != figure:
        scene = None
    of_scene = scene.question if scene is not None else None
    if figure in visit.about.figures:
        _show_sentence(visit, figure, scene if of_scene is None else None)
    if not own and not any(one.question for one in visit.about.words.scenes_of(figure)):
        return
    with st.container(border=True, key=f"questions-{visit.chapter}-{figure}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            chosen = _choose(visit, figure, own, of_scene)
            offer_to_tell(visit, figure, chosen, numbers)
        ask_question(visit, figure, chosen, numbers)
        said = said_of(visit, chosen, numbers)
        with place(f"reply-{visit.chapter}-{figure}", chosen is of_scene, said):
            if chosen is not None and said:
                with st.container(key=_key_of_scene(visit, figure, "reply") if chosen is of_scene else None):
                    (st.success if answer_to(visit, chosen).right else st.info)(said)


# What is said of a scene is true while its settings are as they were shown. The figure's own controls move in
# the browser, which hides what stands in a container with such a key (live/js/scene.js).


def _key_of_scene(visit: Visit, figure: str, part: str) -> str:
    return f"scene-{visit.chapter}-{figure}-{part}"


def _show_sentence(visit: Visit, figure: str, scene: Scene | None) -> None:
    """The sentence of a scene that asks nothing."""
    text = "" if scene is None else f"**{scene.name.capitalize()}.** {scene.sentence}"
    say(_key_of_scene(visit, figure, "sentence"), text, st.info)


def _choose(visit: Visit, figure: str, own: Sequence[Question], of_scene: Question | None) -> Question | None:
    """The heading with the numbers of the figure's questions, and which one is asked."""
    text, key = COMMON["questions"], f"{visit.chapter}-{figure}-question"

    def changed() -> None:
        visit.act()
        visit.stay.scene = None
        visit.stay.asked[figure] = value_of(key) or 1

    heading = text["heading"] if of_scene is None else text["of_scene"].format(name=of_scene.name)
    with place(f"heading-{visit.chapter}-{figure}", heading, width="content"):
        st.markdown(f"**{heading}**", width="content")
    if not own:
        return of_scene
    asked = visit.stay.asked.get(figure, 1)
    st.session_state[key] = None if of_scene is not None else asked
    st.segmented_control(
        text["number"],
        range(1, len(own) + 1),
        key=key,
        on_change=changed,
        label_visibility="collapsed",
    )
    return own[asked - 1] if of_scene is None else of_scene


def offer_to_tell(visit: Visit, spot: str, question: Question | None, numbers: Mapping[str, Any]) -> None:
    """Nobody has to answer. `spot` names where on the page the question is asked."""
    with place(f"tell-{visit.chapter}-{spot}", question and question.name, width="content"):
        if question is None or not question.can_be_answered(numbers):
            return
        answer = answer_to(visit, question)
        if not answer.is_over:
            st.button(
                COMMON["questions"]["tell"],
                key=f"tell-{visit.chapter}-{question.name}",
                type="tertiary",
                on_click=_tell,
                args=(visit, question, numbers, answer),
            )


def answer_to(visit: Visit, question: Question) -> Answer:
    """What somebody has answered to a question of the chapter so far."""
    return answers().setdefault(f"{visit.chapter}/{question.name}", Answer())


def ask_question(visit: Visit, spot: str, question: Question | None, numbers: Mapping[str, Any]) -> None:
    """The question and how to answer it, at a spot of the page."""
    visit.stay.numbers[spot] = numbers
    with place(f"ask-{visit.chapter}-{spot}", question and question.name, sorted(numbers.items(), key=str)):
        _ask(visit, question, numbers)


def _ask(visit: Visit, question: Question | None, numbers: Mapping[str, Any]) -> None:
    """The question and how to answer it; where none is asked yet, how to get one."""
    if question is None:
        st.markdown(COMMON["questions"]["press"])
    elif not question.can_be_answered(numbers):
        known = {key: value for key, value in numbers.items() if value is not None}
        st.info(question.otherwise.format(**known))
    else:
        st.markdown(question.ask.format(**numbers))
        ask_by_kind(visit, question, numbers, answer_to(visit, question))


def said_of(visit: Visit, question: Question | None, numbers: Mapping[str, Any]) -> str:
    """The reply to what was answered so far; "" before an answer, and where none can be given."""
    if question is None or not question.can_be_answered(numbers):
        return ""
    return reply_text(question, numbers, answer_to(visit, question))


def _tell(visit: Visit, question: Question, numbers: Mapping[str, Any], answer: Answer) -> None:
    visit.act()
    answer.told = True
    answered(f"{visit.chapter}/{question.name}", answer)
    show_why(visit, question, numbers)


def reply_text(question: Question, numbers: Mapping[str, Any], answer: Answer) -> str:
    """You said, it did, because: what is said once somebody has answered; nothing before."""
    text, because = COMMON["questions"], question.because.format(**numbers)
    if answer.right:
        return f"**{text['right']}** {because}"
    said = [reply_to(question, numbers, answer.tries[-1])] if answer.tries else []
    if not answer.is_over:
        return " ".join([*said, text["again"]]) if said else ""
    return "\n\n".join([*said, f"{right_text(question, numbers)} {because}"])
