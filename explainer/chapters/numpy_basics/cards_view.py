"""The cards of the chapter *NumPy basics*: function, typed numbers, result, exercise and progress."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import streamlit as st

from explainer.chapters.numpy_basics import cards, exercises
from explainer.chapters.numpy_basics.cards import CARDS, Arguments, Kind
from explainer.chapters.numpy_basics.chapter import FUNCTION
from explainer.maths.checks import InputError
from explainer.maths.typed import TypedError
from explainer.ui import session
from explainer.ui.places import place, say
from explainer.ui.typed_text import problem_text
from explainer.ui.visit import Visit
from explainer.words import words

TEXT: Final = words("numpy_basics").text


@dataclass
class Kept:
    """What a visitor has done on the cards, kept as long as the session.

    `done` and `answers` by function; `typed` by function, example and argument; `usable`, the last arguments
    that could be used, by function and example.
    """

    done: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    typed: dict[tuple[str, str, str], str] = field(default_factory=dict)
    usable: dict[tuple[str, str], Arguments] = field(default_factory=dict)


def kept() -> Kept:
    """The session's `Kept`."""
    return session.kept("numpy_basics_kept", Kept)


def choose_function(visit: Visit) -> str:
    """Buttons for the functions; those whose exercise is done are marked."""
    key = "numpy_basics-function"
    st.session_state[key] = visit.value(FUNCTION)
    chosen = st.pills(
        TEXT["function"],
        FUNCTION.options,
        key=key,
        required=True,
        format_func=lambda name: TEXT["done"].format(name=name) if name in kept().done else name,
        on_change=lambda: _go_to(visit, session.value_of(key)),
        label_visibility="collapsed",
    )
    return chosen or FUNCTION.start


def _go_to(visit: Visit, name: str) -> None:
    visit.choose(FUNCTION, name)


# ---- typed numbers


def ask_arguments(visit: Visit, name: str, example: str) -> Arguments:
    """A box for each argument; returns the arguments, or the last usable ones while these are not usable."""
    if visit.chosen is not None:
        forget_typed(name, example)  # a scene shows the prepared example
    card = CARDS[name]
    with place("arguments", name, example):
        texts = tuple(
            _ask_argument(visit, (name, example, argument), kind, text)
            for (argument, kind), text in zip(card.arguments.items(), card.examples[example], strict=True)
        )
    problems = _use(name, example, texts)
    say("unusable", "\n\n".join([*problems, TEXT["stays"]]) if problems else "", st.warning)
    _offer_way_back(visit, name, example)
    return kept().usable.get((name, example)) or cards.prepared(name, example)


def _ask_argument(visit: Visit, where: tuple[str, str, str], kind: Kind, instead: str) -> str:
    """One argument's box with the text that was typed there, else with the example's."""
    key = "numpy_basics-" + "-".join(where)

    def changed() -> None:
        visit.act()
        kept().typed[where] = session.value_of(key)

    st.session_state[key] = kept().typed.get(where, instead)
    label = TEXT[f"argument_{kind}"].format(name=where[2])
    if kind in ("matrix", "rows"):
        return st.text_area(label, key=key, on_change=changed, height=92) or ""
    return st.text_input(label, key=key, on_change=changed) or ""


def _use(name: str, example: str, texts: tuple[str, ...]) -> list[str]:
    """Keeps the arguments if they can be used; else returns the problems, a sentence each."""
    card = CARDS[name]
    values, problems = [], []
    for (argument, kind), one in zip(card.arguments.items(), texts, strict=True):
        try:
            values.append(cards.read(kind, one, example))
        except TypedError as problem:
            problems.append(f"**{argument}:** {problem_text(problem)}")
        except InputError as problem:
            problems.append(f"**{argument}:** {problem_text(problem, TEXT)}")
    if problems:
        return problems
    try:
        card.function(*values)
    except InputError as problem:
        return [TEXT["unfit"].format(reason=problem_text(problem, TEXT, prefix="unfit_"))]
    kept().usable[name, example] = cards.typed(name, example, texts, tuple(values))
    return []


def _offer_way_back(visit: Visit, name: str, example: str) -> None:
    def back() -> None:
        visit.act()
        forget_typed(name, example)
        visit.forget("step")

    with place("way-back"):
        if any(where[:2] == (name, example) for where in kept().typed):
            st.button(TEXT["back"], on_click=back)


def forget_typed(name: str, example: str) -> None:
    """Puts the prepared example back into the boxes."""
    kept().usable.pop((name, example), None)
    for where in [where for where in kept().typed if where[:2] == (name, example)]:
        del kept().typed[where]


# ---- the result


def show_result(name: str, arguments: Arguments, told: bool) -> None:
    """The value, its shape, and notes; before they are `told`, the question for the shape."""
    card = CARDS[name]
    value = card.function(*arguments.values)
    shape = np.shape(value)
    kind = TEXT["kind_array"].format(shape=shape) if shape else TEXT["kind_number"]
    call = f"`{name}({', '.join(card.arguments)})`"
    texts = [TEXT["result_hidden"].format(call=call), *cards.typing_notes(name, arguments)]
    if told:
        result = TEXT["result"].format(call=call, kind=f"**{kind}**")
        texts = [result, cards.result_text(value), *cards.notes(name, arguments)]
    with place("result", *texts):
        for text in texts:
            st.markdown(text)


# ---- the exercise


def ask_exercise(visit: Visit, name: str) -> None:
    """The card's exercise, checked at once, and a button for the next card when it is done."""
    exercise = exercises.EXERCISES[name]
    key = f"numpy_basics-answer-{name}"

    def answered() -> None:
        visit.act()
        answer = session.value_of(key) or ""
        kept().answers[name] = answer
        if answer and exercise.check(answer) == exercises.RIGHT:
            kept().done.add(name)

    st.header(TEXT["exercise"], anchor=False)
    say("question", exercises.question_text(name))
    before = kept().answers.get(name, "")
    label = TEXT[f"answer_{exercise.kind}"]
    if exercise.kind == "line":
        lines = {option: f"`{exercises.line_of(get)}`" for option, get in exercise.others.items()}
        st.session_state[key] = before or None
        st.radio(label, list(lines), key=key, format_func=lines.__getitem__, on_change=answered,
                 label_visibility="collapsed")  # fmt: skip
    else:
        st.session_state[key] = before
        st.text_input(label, key=key, on_change=answered, width=320)
    say("verdict", exercises.verdict_text(name, before) if before.strip() else "", st.info)
    _offer_next(visit, name)


def _offer_next(visit: Visit, name: str) -> None:
    """A button for the next card, once this one is done."""
    following = exercises.next_open(name, kept().done) if name in kept().done else None
    with place("next", following):
        if following is not None:
            label = TEXT["next"].format(name=following)
            st.button(label, type="primary", on_click=_go_to, args=(visit, following))


def show_progress() -> None:
    """How many of the cards are done."""
    done, count = len(kept().done), len(exercises.EXERCISES)
    text = TEXT["all_done" if done == count else "progress"].format(done=done, all=count)
    with place("progress", text):
        st.progress(done / count, text=text)
