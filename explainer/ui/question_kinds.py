"""The kinds of answers: how each is given, judged and replied to.

A choice between options, a number, a place pressed on the figure, an order of steps, a shape, lines of NumPy.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from explainer.maths.assignment import EXERCISES, RIGHT, check
from explainer.maths.broadcasting import ShapeError, read_shape
from explainer.maths.written_lines import LineError
from explainer.ui import reply_text
from explainer.ui.places import place, say
from explainer.ui.progress import Answer, answered
from explainer.ui.session import kept, value_of
from explainer.ui.typed_text import problem_text
from explainer.ui.visit import Visit
from explainer.ui.written import AROUND, LINE
from explainer.words import COMMON
from explainer.words.questions import Option, PlaceAsked, Question, ShapeAsked

TEXT = COMMON["questions"]
Numbers = Mapping[str, Any]


def ask_by_kind(visit: Visit, question: Question, numbers: Numbers, answer: Answer) -> None:
    """What somebody answers with."""
    if question.number is not None:
        _ask_number(visit, question, numbers, answer)
    elif question.place is not None:
        _await_place(visit, question, numbers, answer)
    elif question.order is not None:
        _ask_order(visit, question, numbers, answer)
    elif question.shape is not None:
        _ask_shape(visit, question, numbers, answer)
    elif question.lines is not None:
        _ask_lines(visit, question, numbers, answer)
    else:
        _ask_choice(visit, question, numbers, answer)


def reply_to(question: Question, numbers: Numbers, given: Any) -> str:
    """You said that; and why it is not so."""
    said, where = TEXT["said"], 0
    if question.number is not None:
        right = float(numbers[question.number.right])
        shown, reply = f"{given:g}", question.number.low if given < right else question.number.high
    elif question.place is not None:
        shown = ", ".join(f"{part:.2f}" for part in given)
        reply = _reply_to_place(question.place, numbers, given)
    elif question.order is not None:
        first = next(number for number, step in enumerate(given) if step != number)
        shown, reply = question.order.steps[given[first]].text, question.order.steps[given[first]].reply
        said, where = TEXT["said_step"], first + 1
    elif question.shape is not None:
        shown, reply = str(given), _reply_to_shape(question.shape, numbers, given)
    elif question.lines is not None:
        return _reply_to_lines(question.lines.exercise, given)
    else:
        shown, reply = question.options[given].text, question.options[given].reply
    return f"{said.format(said=shown.format(**numbers), place=where)} {reply.format(**numbers)}"


def right_text(question: Question, numbers: Numbers) -> str:
    """The right answer, where it is not a part of the explanation anyway."""
    if question.order is not None:
        right = TEXT["arrow"].join(step.text.format(**numbers) for step in question.order.steps)
    elif question.shape is not None:
        right = str(numbers[question.shape.right])
    elif question.options:
        right = question.options[question.right_place(numbers)].text.format(**numbers)
    elif question.lines is not None:
        return (
            "\n\n".join(f"`{line}`" for line in EXERCISES[question.lines.exercise].lines.splitlines())
            + "\n\n"
        )
    else:
        return ""
    return str(TEXT["is"].format(right=right))


def show_why(visit: Visit, question: Question, numbers: Numbers, option: Option | None = None) -> None:
    """Has the figure go to the state that shows why an answer is right, or why that option is wrong."""
    state = question.state if option is None or not option.state else option.state
    filled = {name: text.format(**numbers) for name, text in state.items()}
    stop = question.stop.format(**numbers) if question.plays else None
    if filled or stop is not None:
        visit.show_state(question.figure, filled, stop)


def _key(visit: Visit, question: Question) -> str:
    return f"{visit.chapter}-question-{question.name}"


def _take(
    visit: Visit, question: Question, numbers: Numbers, answer: Answer, given: Any, right: bool
) -> None:
    """Takes an answer. One that comes when the right one is known already is no news for the progress."""
    is_news = not answer.is_over
    answer.tries.append(given)
    answer.right = right
    if is_news:
        answered(f"{visit.chapter}/{question.name}", answer)
    show_why(visit, question, numbers, None if right or not question.options else question.options[given])


# ---- a choice, a number, a place


def _ask_choice(visit: Visit, question: Question, numbers: Numbers, answer: Answer) -> None:
    key = _key(visit, question)
    texts = [option.text.format(**numbers) for option in question.options]

    def chosen() -> None:
        given = value_of(key)
        visit.act()
        if given is not None:
            _take(visit, question, numbers, answer, given, given == question.right_place(numbers))

    st.pills(
        question.ask.format(**numbers),
        range(len(texts)),
        key=key,
        format_func=texts.__getitem__,
        on_change=chosen,
        wrap=True,
        label_visibility="collapsed",
    )


def _ask_number(visit: Visit, question: Question, numbers: Numbers, answer: Answer) -> None:
    assert question.number is not None
    key, right = _key(visit, question), numbers[question.number.right]
    within = question.number.within * abs(float(right))

    def typed() -> None:
        given = value_of(key)
        visit.act()
        if given is not None:
            _take(visit, question, numbers, answer, given, abs(given - float(right)) <= within)

    st.number_input(TEXT["your_number"], value=None, key=key, on_change=typed, width=220, format="%.6g")


def _await_place(visit: Visit, question: Question, numbers: Numbers, answer: Answer) -> None:
    """Until the answer is known, a press on the figure answers; after that it does what it does otherwise."""
    asked = question.place
    assert asked is not None

    def pressed(given: tuple[float, float]) -> None:
        visit.act()
        near = math.dist(given, numbers[asked.right]) <= numbers[asked.radius]
        _take(visit, question, numbers, answer, given, near)

    if not answer.is_over:
        visit.stay.awaited[asked.point] = pressed


def _reply_to_place(asked: PlaceAsked, numbers: Numbers, given: tuple[float, float]) -> str:
    """The reply to the known mistake that leads nearest to a place; `far` where none leads near it."""
    radius: float = numbers[asked.radius]
    near = {math.dist(given, numbers[mistake.place]): mistake.reply for mistake in asked.mistakes}
    nearest = min(near, default=math.inf)
    return near[nearest] if nearest <= radius else asked.far


# ---- an order of steps


def _ask_order(visit: Visit, question: Question, numbers: Numbers, answer: Answer) -> None:
    """A button for each step that was not pressed yet; the last one makes it an answer."""
    asked, key = question.order, _key(visit, question)
    assert asked is not None
    picked = kept(f"{key}-picked", list[int])
    texts = [step.text.format(**numbers) for step in asked.steps]

    def press(number: int) -> None:
        visit.act()
        picked.append(number)
        if len(picked) == len(texts):
            given = tuple(picked)
            _take(visit, question, numbers, answer, given, given == tuple(sorted(given)))
            picked.clear()

    def begin_again() -> None:
        visit.act()
        picked.clear()

    chosen = TEXT["arrow"].join(texts[number] for number in picked)
    last = TEXT["so_far"].format(steps=chosen) if picked else TEXT["next_step"]
    say(f"{key}-so-far", last)
    with place(f"{key}-steps", picked, width="content"), st.container(horizontal=True, gap="small"):
        for number in asked.offered:
            if number not in picked:
                st.button(texts[number], key=f"{key}-{number}", on_click=press, args=(number,))
        if picked:
            st.button(TEXT["from_the_start"], key=f"{key}-again", type="tertiary", on_click=begin_again)


# ---- a shape, lines: texts that may be none


def _ask_shape(visit: Visit, question: Question, numbers: Numbers, answer: Answer) -> None:
    key, asked = _key(visit, question), question.shape
    assert asked is not None

    def typed() -> None:
        visit.act()
        try:
            given = read_shape(value_of(key))
        except ShapeError:
            return  # what is wrong with it is said below, and it is no answer
        _take(visit, question, numbers, answer, given, given == tuple(numbers[asked.right]))

    text = st.text_input(TEXT["your_shape"], key=key, on_change=typed, width=220)
    said = ""
    try:
        read_shape(text or "()")
    except ShapeError as problem:
        said = problem_text(problem, COMMON["shapes"])
    say(f"{key}-problem", said, st.warning)


def _reply_to_shape(asked: ShapeAsked, numbers: Numbers, given: tuple[int, ...]) -> str:
    replies = {tuple(numbers[mistake.shape]): mistake.reply for mistake in asked.mistakes}
    return replies.get(given, asked.other)


def _ask_lines(visit: Visit, question: Question, numbers: Numbers, answer: Answer) -> None:
    asked, key, said = question.lines, _key(visit, question), COMMON["writing"]
    assert asked is not None
    exercise = EXERCISES[asked.exercise]

    def written() -> None:
        visit.act()
        text = value_of(key)
        try:
            right = check(exercise, text).kind == RIGHT
        except LineError:
            return  # as above
        _take(visit, question, numbers, answer, text, right)

    st.markdown(said["names"].format(given=_listed(exercise.given), wanted=_listed(exercise.wanted)))
    with st.container(key=f"lines-{key}", gap="small"):
        height = AROUND + LINE * (exercise.lines.count("\n") + 2)
        text = st.text_area(said["own_lines"], key=key, on_change=written, height=height)
        st.button(said["check"], key=f"{key}-check", on_click=visit.act)
    trouble = ""
    try:
        if text.strip():
            check(exercise, text)
    except LineError as problem:
        trouble = problem_text(problem, COMMON["lines"])
    say(f"{key}-problem", trouble, st.warning)


def _reply_to_lines(exercise: str, text: str) -> str:
    return reply_text.reply_text(exercise, check(EXERCISES[exercise], text))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
