"""The cards of the chapter *NumPy basics*: prepared numbers, numbers that a reader types, the result."""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import streamlit as st

from explainer.chapters.numpy_basics.cards import CARDS, COURSE_IMAGE, Kind
from explainer.maths import numpy_basics as basics
from explainer.maths.checks import FloatArray
from explainer.maths.typed import TypedError, read_array, read_number
from explainer.ui import typed_text as typing
from explainer.ui.visit import Visit
from explainer.words import words

Arguments = tuple[Any, ...]
LARGEST: Final = 1e15  # a float32 holds its square; and one that is as much too small
MOST_OF_IMAGE: Final = 64 * 64 * 3
NO_BREAK: Final = "\N{NO-BREAK SPACE}"


@dataclass
class Kept:
    """What a visitor has done on the cards, for as long as the visit lasts.

    `typed` by function, example and argument; `worked`, what could be used last, by function and example.
    """

    done: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    typed: dict[tuple[str, str, str], str] = field(default_factory=dict)
    worked: dict[tuple[str, str], Arguments] = field(default_factory=dict)


def kept() -> Kept:
    """This visitor's, from the session."""
    found: Kept = st.session_state.setdefault("numpy_basics_kept", Kept())
    return found


class UnfitError(ValueError):
    """Numbers that can be read and cannot be used: the sentence for the reader."""


def prepared(name: str, example: str) -> Arguments:
    """The arguments of a prepared example."""
    card = CARDS[name]
    texts = card.examples[example]
    return tuple(read(kind, text, example) for kind, text in zip(card.arguments.values(), texts, strict=True))


def read(kind: Kind, text: str, example: str = "") -> Any:
    """What was typed for an argument. `TypedError`, or `UnfitError` with its sentence."""
    if kind == "image":
        return _image(read_array(text), example)
    values = read_number(text) if kind == "number" else read_array(text)
    sizes = np.abs(np.ravel(values))
    wrong = sizes[(sizes > LARGEST) | ((sizes < 1 / LARGEST) & (sizes > 0))]
    if wrong.size:
        raise UnfitError(words("numpy_basics").text["reach"].format(value=f"{wrong[0]:g}"))
    return values


def _image(shape: FloatArray, example: str) -> FloatArray:
    """An image of that shape, filled with 0, 1, 2 ...; the assignment's has its own numbers."""
    text = words("numpy_basics").text
    if shape.shape != (3,) or (shape < 1).any() or (shape != np.round(shape)).any():
        raise UnfitError(text["no_image"])
    if (shape > MOST_OF_IMAGE).any() or shape.prod() > MOST_OF_IMAGE:
        raise UnfitError(text["large_image"].format(most=f"{MOST_OF_IMAGE:,}"))
    size = tuple(int(length) for length in shape)
    if example == "course" and size == COURSE_IMAGE.shape:
        return COURSE_IMAGE
    return np.arange(shape.prod()).reshape(size)


def inputs(visit: Visit, name: str, example: str) -> Arguments:
    """The boxes to type in; what they say, or, while they cannot be used, what worked last."""
    text, card = words("numpy_basics").text, CARDS[name]
    problems: list[str] = []
    values = []
    for place, (argument, kind) in enumerate(card.arguments.items()):
        typed = _box(visit, (name, example, argument), kind, card.examples[example][place])
        try:
            values.append(read(kind, typed, example))
        except (TypedError, UnfitError) as problem:
            problems.append(_sentence(argument, problem))
    if not problems:
        try:
            card.function(*values)
            kept().worked[name, example] = tuple(values)
        except ValueError as problem:
            problems.append(text["unfit"].format(reason=typing.without_marks(str(problem))))
    if problems:
        st.warning("\n\n".join([*problems, text["stays"]]))
    _way_back(visit, name, example)
    return kept().worked.get((name, example)) or prepared(name, example)


def _box(visit: Visit, where: tuple[str, str, str], kind: Kind, instead: str) -> str:
    """One argument's box, filled with what was typed there before, else with the example."""
    key = "numpy_basics-" + "-".join(where)

    def changed() -> None:
        visit.act()
        kept().typed[where] = st.session_state[key]

    st.session_state[key] = kept().typed.get(where, instead)
    label = words("numpy_basics").text[f"argument_{kind}"].format(name=where[2])
    if kind == "matrix":
        return st.text_area(label, key=key, on_change=changed, height=92) or ""
    return st.text_input(label, key=key, on_change=changed) or ""


def _sentence(argument: str, problem: TypedError | UnfitError) -> str:
    said = typing.sentence(problem) if isinstance(problem, TypedError) else str(problem)
    return f"**{argument}:** {said}"


def _way_back(visit: Visit, name: str, example: str) -> None:
    def back() -> None:
        visit.act()
        forget(name, example)
        visit.forget("step")

    is_own = any(where[:2] == (name, example) for where in kept().typed)
    if is_own:
        st.button(words("numpy_basics").text["back"], on_click=back)


def forget(name: str, example: str) -> None:
    """Puts the prepared numbers back into the boxes."""
    kept().worked.pop((name, example), None)
    for where in [where for where in kept().typed if where[:2] == (name, example)]:
        del kept().typed[where]


def result(name: str, arguments: Arguments) -> None:
    """The value, its shape, and what is remarkable about it."""
    text, card = words("numpy_basics").text, CARDS[name]
    value = card.function(*arguments)
    shape = np.shape(value)
    kind = text["kind_array"].format(shape=shape) if shape else text["kind_number"]
    st.markdown(text["result"].format(call=f"`{name}({', '.join(card.arguments)})`", kind=f"**{kind}**"))
    st.markdown(written(value))
    for note in notes(name, arguments):
        st.markdown(note)


def written(value: Any) -> str:
    """A result as NumPy prints it, a long one by its ends; as code, a line each.

    Not as a block of code, whose highlighter's 1.5 MB would keep the page waiting.
    """
    numbers = np.asarray(value, dtype=np.float64)
    digits = 4 if numbers.ndim == 2 and numbers.shape[1] > 3 else 8
    width = max(len(f"{number:.{digits}g}") for number in numbers.ravel()[:60])
    printed = np.array2string(
        numbers,
        formatter={"float_kind": lambda number: f"{number:{width}.{digits}g}"},
        threshold=10,
        edgeitems=3,
        max_line_width=42,
    )
    return "  \n".join(f"`{line.replace(' ', NO_BREAK)}`" for line in printed.splitlines() if line)


def notes(name: str, arguments: Arguments) -> list[str]:
    """What about these numbers has to be explained."""
    text, first = words("numpy_basics").text, np.asarray(arguments[0], dtype=np.float64)
    limit = float(np.log(np.finfo(np.float64).max))
    said = []
    if name == "normalize_rows" and (~np.atleast_2d(first).any(axis=1)).any():
        said.append(text["note_zero_row"])
    if name == "softmax" and first.max() > limit:
        said.append(text["note_overflow"].format(limit=f"{limit:.4g}", largest=f"{first.max():g}"))
    if name == "softmax" and not basics.softmax(first).all():
        said.append(text["note_tiny"])
    if name in {"basic_sigmoid", "sigmoid"} and np.isin(basics.sigmoid(first), (0, 1)).any():
        said.append(text["note_rounded"])
    if name == "image2vector" and first is not COURSE_IMAGE:
        said.append(text["note_filled"])
    return said
