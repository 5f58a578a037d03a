"""The cards of the chapter *NumPy basics*: functions, prepared and typed arguments, results, notes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

import numpy as np

from explainer.maths import numpy_basics as basics
from explainer.maths.checks import FloatArray, InputError
from explainer.maths.typed import decimal_commas_possible, read_array, read_number
from explainer.words import words

Kind = Literal["number", "numbers", "vector", "matrix", "rows", "image"]
"""Of a matrix and of rows each line is a row; a single line of rows is a matrix too: axis=1 needs one."""
COURSE_IMAGE: Final = np.array(
    [
        [[0.67826139, 0.29380381], [0.90714982, 0.52835647], [0.4215251, 0.45017551]],
        [[0.92814219, 0.96677647], [0.85304703, 0.52351845], [0.19981397, 0.27417313]],
        [[0.60659855, 0.00533165], [0.10820313, 0.49978937], [0.34144279, 0.94630077]],
    ]
)
"""The image (3, 3, 2) in the assignment."""
LARGEST: Final = 1e15
"""Largest absolute value that can be typed: a float32 holds its square. The smallest is 1 / LARGEST."""
MOST_OF_IMAGE: Final = 64 * 64 * 3  # numbers
NO_BREAK: Final = "\N{NO-BREAK SPACE}"
COURSE_1: Final = "9 2 5 0 0 7 5 0 0 0 9 2 5 0 0"
COURSE_2: Final = "9 2 2 9 0 9 2 5 0 0 9 2 5 0 0"


@dataclass(frozen=True)
class Card:
    """A function, its arguments, and its examples: a text for each argument.

    `code` are the functions whose code is shown, by default only `function`.
    """

    function: Callable[..., Any]
    arguments: Mapping[str, Kind]
    examples: Mapping[str, tuple[str, ...]]
    code: tuple[Callable[..., Any], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "code", self.code or (self.function,))


PAIR: Final[Mapping[str, Kind]] = {"x1": "vector", "x2": "vector"}
LOSS: Final[Mapping[str, Kind]] = {"yhat": "vector", "y": "vector"}
PAIRS: Final = {"small": ("1 2 3", "4 5 6"), "course": (COURSE_1, COURSE_2)}
LOSSES: Final = {"course": ("0.9 0.2 0.1 0.4 0.9", "1 0 0 1 1"), "perfect": ("1 0 0 1 1", "1 0 0 1 1")}
_CARDS: Final = (
    Card(basics.basic_sigmoid, {"x": "number"}, {"three": ("3",), "zero": ("0",), "far": ("-1000",)}),
    Card(
        basics.sigmoid,
        {"x": "numbers"},
        {"course": ("1 2 3",), "wide": ("-4 -2 0 2 4",), "far": ("-1000 0 1000",)},
    ),
    Card(
        basics.sigmoid_derivative,
        {"x": "numbers"},
        {"course": ("1 2 3",), "wide": ("-4 -2 0 2 4",)},
        (basics.sigmoid_derivative, basics.sigmoid),
    ),
    Card(
        basics.image2vector,
        {"image": "image"},
        {"small": ("2 2 3",), "course": ("3 3 2",), "picture": ("64 64 3",)},
    ),
    Card(basics.normalize_rows, {"x": "rows"}, {"course": ("0 3 4\n1 6 4",), "zeros": ("3 4\n0 0\n5 12",)}),
    Card(
        basics.softmax,
        {"x": "rows"},
        {"course": ("9 2 5 0 0\n7 5 0 0 0",), "thousand": ("1000 1000 1000 1000\n1000 999 998 0",)},
    ),
    Card(basics.dot, PAIR, PAIRS, (basics.dot_loop, basics.dot)),
    Card(
        basics.outer,
        PAIR,
        {
            "small": ("1 2 3", "1 10 100 1000"),
            "course": (COURSE_1, COURSE_2),
            "column": ("1 2 3", "1 2 3"),
        },
        (basics.outer_loop, basics.outer),
    ),
    Card(basics.elementwise, PAIR, PAIRS, (basics.elementwise_loop, basics.elementwise)),
    Card(
        basics.general_dot,
        {"W": "matrix", "x": "vector"},
        {"small": ("1 2 3\n4 5 6", "1 10 100"), "wide": ("1 0 0 0 0\n1 1 1 1 1", "9 2 5 0 7")},
        (basics.general_dot_loop, basics.general_dot),
    ),
    Card(basics.l1, LOSS, LOSSES),
    Card(basics.l2, LOSS, LOSSES),
)
CARDS: Final[Mapping[str, Card]] = {card.function.__name__: card for card in _CARDS}
"""By the function's name, in the order of the assignment."""


# ---- arguments


@dataclass(frozen=True, eq=False)
class Arguments:
    """What a function is called with, and a `key` that identifies it in caches.

    `own`: a visitor typed it, as these `texts`.
    """

    values: tuple[Any, ...]
    key: str
    own: bool = False
    texts: tuple[str, ...] = ()


@cache
def prepared(name: str, example: str) -> Arguments:
    """The arguments of a prepared example."""
    card = CARDS[name]
    texts = card.examples[example]
    values = (read(kind, text, example) for kind, text in zip(card.arguments.values(), texts, strict=True))
    return Arguments(tuple(values), f"{name} {example}")


def first_example(name: str) -> str:
    """The example that a card begins with."""
    return next(iter(CARDS[name].examples))


def typed(name: str, example: str, texts: tuple[str, ...], values: tuple[Any, ...]) -> Arguments:
    """The arguments whose `texts` and `values` these are; the prepared ones if the texts are unchanged."""
    if texts == CARDS[name].examples[example]:
        return prepared(name, example)
    return Arguments(values, repr((name, example, texts)), own=True, texts=texts)


class UnfitError(InputError):
    """Numbers that can be read but not used.

    Kinds: ``reach`` (value: too large or too small); ``no_image``; ``large_image`` (most: numbers).
    """


def read(kind: Kind, text: str, example: str = "") -> Any:
    """One argument, from a text. `TypedError` if it cannot be read, `UnfitError` if it cannot be used."""
    if kind == "image":
        return _image(read_array(text), example)
    values = read_number(text) if kind == "number" else read_array(text)
    if kind == "rows":
        values = np.atleast_2d(values)
    sizes = np.abs(np.ravel(values))
    wrong = sizes[(sizes > LARGEST) | ((sizes < 1 / LARGEST) & (sizes > 0))]
    if wrong.size:
        raise UnfitError("reach", value=f"{wrong[0]:g}")
    return values


def _image(shape: FloatArray, example: str) -> FloatArray:
    """An image of that shape with the values 0, 1, 2 ...; the assignment's image for the example "course"."""
    if shape.shape != (3,) or (shape < 1).any() or (shape != np.round(shape)).any():
        raise UnfitError("no_image")
    if (shape > MOST_OF_IMAGE).any() or shape.prod() > MOST_OF_IMAGE:
        raise UnfitError("large_image", most=MOST_OF_IMAGE)
    size = tuple(int(length) for length in shape)
    if example == "course" and size == COURSE_IMAGE.shape:
        return COURSE_IMAGE
    return np.arange(shape.prod()).reshape(size)


# ---- results


def result_text(value: Any) -> str:
    """A result as NumPy prints it, the middle of a long one left out; in Markdown, each line as inline code.

    A block of code would load Streamlit's highlighter, 1.5 MB.
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


def typing_notes(name: str, arguments: Arguments) -> list[str]:
    """How what was typed is understood, where that may surprise, a sentence each."""
    text, shape = words("numpy_basics").text, np.shape(arguments.values[0])
    found = []
    typed = zip(CARDS[name].arguments.values(), arguments.texts, arguments.values, strict=False)
    if any(kind == "rows" and len(value) == 1 for kind, _, value in typed):
        found.append(text["note_one_row"].format(shape=shape))
    if any(map(decimal_commas_possible, arguments.texts)):
        found.append(text["note_commas"])
    return found


def notes(name: str, arguments: Arguments) -> list[str]:
    """What is remarkable about these arguments and their result, a sentence each."""
    text, first = words("numpy_basics").text, np.asarray(arguments.values[0], dtype=np.float64)
    limit = float(np.log(np.finfo(np.float64).max))
    found = typing_notes(name, arguments)
    if name == "normalize_rows" and (~np.atleast_2d(first).any(axis=1)).any():
        found.append(text["note_zero_row"])
    if name == "softmax" and first.max() > limit:
        found.append(text["note_overflow"].format(limit=f"{limit:.4g}", largest=f"{first.max():g}"))
    if name == "softmax" and not basics.softmax(first).all():
        found.append(text["note_tiny"])
    if name in {"basic_sigmoid", "sigmoid"} and np.isin(basics.sigmoid(first), (0, 1)).any():
        found.append(text["note_rounded"])
    if name == "image2vector" and first is not COURSE_IMAGE:
        found.append(text["note_filled"])
    return found
