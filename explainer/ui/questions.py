"""Asks a chapter's questions below its figures: first the answer, then the figure shows it, then why."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from explainer.ui.places import place, say
from explainer.ui.session import value_of
from explainer.ui.visit import Visit
from explainer.words import COMMON, Scene
from explainer.words.questions import TRIES, Option, PlaceAsked, Question


@dataclass
class Answer:
    """What somebody has answered to one question in this visit.

    `tries` are the answers in their order: places of options, numbers, or places (x, y); `right` says
    whether the last one is. `told` says that the answer was asked for instead.
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
    found: dict[str, Answer] = st.session_state.setdefault("answers", {})
    return found


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
            with place(f"tell-{visit.chapter}-{figure}", chosen and chosen.name, width="content"):
                _offer_to_tell(visit, chosen, numbers)
        with place(f"ask-{visit.chapter}-{figure}", chosen and chosen.name, sorted(numbers.items(), key=str)):
            _ask(visit, chosen, numbers)
        said = _said(visit, chosen, numbers)
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


def _offer_to_tell(visit: Visit, question: Question | None, numbers: Mapping[str, Any]) -> None:
    """Nobody has to answer."""
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
    return answers().setdefault(_key(visit.chapter, question), Answer())


def is_over(chapter: str, question: Question) -> bool:
    """Whether a question of a chapter has been answered in this visit, or told; its page need not be open."""
    answer = answers().get(_key(chapter, question))
    return answer is not None and answer.is_over


def _key(chapter: str, question: Question) -> str:
    return f"{chapter}/{question.name}"


def _ask(visit: Visit, question: Question | None, numbers: Mapping[str, Any]) -> None:
    """The question and how to answer it; where none is asked yet, how to get one."""
    if question is None:
        st.markdown(COMMON["questions"]["press"])
    elif not question.can_be_answered(numbers):
        known = {key: value for key, value in numbers.items() if value is not None}
        st.info(question.otherwise.format(**known))
    else:
        st.markdown(question.ask.format(**numbers))
        _ask_by_kind(visit, question, numbers, answer_to(visit, question))


def _said(visit: Visit, question: Question | None, numbers: Mapping[str, Any]) -> str:
    """The reply to what was answered so far; "" before an answer, and where none can be given."""
    if question is None or not question.can_be_answered(numbers):
        return ""
    return reply_text(question, numbers, answer_to(visit, question))


def _ask_by_kind(visit: Visit, question: Question, numbers: Mapping[str, Any], answer: Answer) -> None:
    if question.number is not None:
        _ask_number(visit, question, numbers, answer)
    elif question.place is not None:
        _await_place(visit, question, numbers, answer)
    else:
        _ask_choice(visit, question, numbers, answer)


def _ask_choice(visit: Visit, question: Question, numbers: Mapping[str, Any], answer: Answer) -> None:
    key = f"{visit.chapter}-question-{question.name}"
    texts = [option.text.format(**numbers) for option in question.options]

    def answered() -> None:
        chosen = value_of(key)
        visit.act()
        if chosen is not None:
            answer.tries.append(chosen)
            answer.right = chosen == question.right_place(numbers)
            option = None if answer.right else question.options[chosen]
            _show(visit, question, numbers, option)

    st.pills(
        question.ask.format(**numbers),
        range(len(texts)),
        key=key,
        format_func=texts.__getitem__,
        on_change=answered,
        wrap=True,
        label_visibility="collapsed",
    )


def _ask_number(visit: Visit, question: Question, numbers: Mapping[str, Any], answer: Answer) -> None:
    assert question.number is not None
    key, right = f"{visit.chapter}-question-{question.name}", numbers[question.number.right]
    within = question.number.within * abs(float(right))

    def answered() -> None:
        given = value_of(key)
        visit.act()
        if given is not None:
            answer.tries.append(given)
            answer.right = abs(given - float(right)) <= within
            _show(visit, question, numbers)

    st.number_input(
        COMMON["questions"]["your_number"], value=None, key=key, on_change=answered, width=220, format="%.6g"
    )


def _await_place(visit: Visit, question: Question, numbers: Mapping[str, Any], answer: Answer) -> None:
    """Until the answer is known, a press on the figure answers; after that it does what it does otherwise."""
    asked = question.place
    assert asked is not None

    def pressed(place: tuple[float, float]) -> None:
        visit.act()
        answer.tries.append(place)
        answer.right = math.dist(place, numbers[asked.right]) <= numbers[asked.radius]
        _show(visit, question, numbers)

    if not answer.is_over:
        visit.stay.awaited[asked.point] = pressed


def _tell(visit: Visit, question: Question, numbers: Mapping[str, Any], answer: Answer) -> None:
    visit.act()
    answer.told = True
    _show(visit, question, numbers)


def _show(visit: Visit, question: Question, numbers: Mapping[str, Any], option: Option | None = None) -> None:
    """Has the figure go to the state that shows why an answer is right, or why that option is wrong."""
    state = question.state if option is None or not option.state else option.state
    filled = {name: text.format(**numbers) for name, text in state.items()}
    stop = question.stop.format(**numbers) if question.plays else None
    if filled or stop is not None:
        visit.show_state(question.figure, filled, stop)


def reply_text(question: Question, numbers: Mapping[str, Any], answer: Answer) -> str:
    """You said, it did, because: what is said once somebody has answered; nothing before."""
    text, because = COMMON["questions"], question.because.format(**numbers)
    if answer.right:
        return f"**{text['right']}** {because}"
    said = [_reply(question, numbers, answer.tries[-1])] if answer.tries else []
    if not answer.is_over:
        return " ".join([*said, text["again"]]) if said else ""
    return "\n\n".join([*said, f"{_right_text(question, numbers)} {because}"])


def _reply(question: Question, numbers: Mapping[str, Any], given: Any) -> str:
    """You said that; and why it is not so."""
    if question.number is not None:
        right = float(numbers[question.number.right])
        said, reply = f"{given:g}", question.number.low if given < right else question.number.high
    elif question.place is not None:
        said, reply = (
            ", ".join(f"{part:.2f}" for part in given),
            _reply_to_place(question.place, numbers, given),
        )
    else:
        said, reply = question.options[given].text, question.options[given].reply
    text = COMMON["questions"]["said"].format(said=said.format(**numbers))
    return f"{text} {reply.format(**numbers)}"


def _reply_to_place(asked: PlaceAsked, numbers: Mapping[str, Any], given: tuple[float, float]) -> str:
    """The reply to the known mistake that leads nearest to a place; `far` where none leads near it."""
    radius: float = numbers[asked.radius]
    near = {math.dist(given, numbers[mistake.place]): mistake.reply for mistake in asked.mistakes}
    nearest = min(near, default=math.inf)
    return near[nearest] if nearest <= radius else asked.far


def _right_text(question: Question, numbers: Mapping[str, Any]) -> str:
    if not question.options:
        return ""
    right = question.options[question.right_place(numbers)].text.format(**numbers)
    return str(COMMON["questions"]["is"].format(right=right))
