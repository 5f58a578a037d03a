"""The exercises of the cards: asked, checked at once, every answer explained, and counted."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from explainer.chapters.numpy_basics.cards_view import kept
from explainer.chapters.numpy_basics.checking import OTHER, RIGHT, UNREADABLE, line_of
from explainer.chapters.numpy_basics.exercises import EXERCISES
from explainer.ui.visit import Visit
from explainer.words import COMMON, words


def ask(visit: Visit, name: str, go_on: Callable[[Visit, str], None]) -> None:
    """The card's exercise; once it is right, the way to the next card, by `go_on(visit, name)`."""
    text, exercise = words("numpy_basics").text, EXERCISES[name]
    said = words("numpy_basics").cards[name]
    key = f"numpy_basics-answer-{name}"

    def answered() -> None:
        visit.act()
        answer = st.session_state[key] or ""
        kept().answers[name] = answer
        if answer and exercise.check(answer) == RIGHT:
            kept().done.add(name)

    st.subheader(text["exercise"], anchor=False)
    st.markdown(said["ask"].format(*map(_written, exercise.arguments), **_shapes(exercise.arguments)))
    before = kept().answers.get(name, "")
    label = text[f"answer_{exercise.kind}"]
    if exercise.kind == "line":
        lines = {option: f"`{line_of(get)}`" for option, get in exercise.others.items()}
        st.session_state[key] = before or None
        st.radio(label, list(lines), key=key, format_func=lines.__getitem__, on_change=answered,
                 label_visibility="collapsed")  # fmt: skip
    else:
        st.session_state[key] = before
        st.text_input(label, key=key, on_change=answered, width=320)
    if before.strip():
        st.info(explained(name, before))
    if name in kept().done:
        _way_on(visit, name, go_on)


def explained(name: str, answer: str) -> str:
    """The verdict on an answer, and why."""
    text, exercise = words("numpy_basics").text, EXERCISES[name]
    said, verdict = words("numpy_basics").cards[name], exercise.check(answer)
    if verdict == RIGHT:
        shown = exercise.answer if exercise.kind == "shape" else f"{exercise.answer:.6g}"
        return f"**{COMMON['frame']['right']}** {said['right'].format(answer=shown)}"
    if verdict == UNREADABLE:
        return text[f"unreadable_{exercise.kind}"]
    why = said["other"] if verdict == OTHER else said["wrong"][verdict]
    return f"**{COMMON['frame']['wrong']}** {why}"


def following(name: str) -> str | None:
    """The next card that is not done, from the first again after the last; None when all are."""
    names = list(EXERCISES)
    place = names.index(name)
    return next((later for later in (*names[place:], *names[:place]) if later not in kept().done), None)


def progress() -> None:
    """How many of the cards are done."""
    done, count = len(kept().done), len(EXERCISES)
    text = words("numpy_basics").text["all_done" if done == count else "progress"]
    st.progress(done / count, text=text.format(done=done, all=count))


def _way_on(visit: Visit, name: str, go_on: Callable[[Visit, str], None]) -> None:
    after = following(name)
    if after is not None:
        label = words("numpy_basics").text["next"].format(name=after)
        st.button(label, type="primary", on_click=go_on, args=(visit, after))


def _written(argument: Any) -> str:
    """An argument as Python writes it; one too long for a sentence is not asked for."""
    return (
        np.array2string(np.asarray(argument), separator=", ", floatmode="unique", threshold=20)
        .replace(".,", ",")
        .replace(".]", "]")
    )


def _shapes(arguments: tuple[Any, ...]) -> dict[str, str]:
    return {f"shape{k}": str(np.shape(argument)) for k, argument in enumerate(arguments)}
