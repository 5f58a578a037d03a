"""The exercises of the chapter *NumPy basics*, one for each function, and the numbers in its tasks.

No answer is stored: the right one is what the function returns, and a known mistake is recognised by what
the mistaken code returns. There are three kinds: predict a value, predict a shape, choose a line of code.
"""

import inspect
import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from explainer.maths import numpy_basics as basics
from explainer.maths.broadcasting import read_shape
from explainer.maths.typed import TypedError, read_number
from explainer.words import COMMON, words
from explainer.words.numbers import number

Function = Callable[..., Any]
Kind = Literal["value", "shape", "line"]
RIGHT, OTHER, UNREADABLE = "right", "other", "unreadable"
"""Verdicts: right; wrong, but no known mistake; no number or shape."""
TOLERANCE: Final = 0.004
"""Relative error up to which an answer is right."""
ROUNDED: Final = 0.015
"""Relative error up to which an answer counts as a known mistake."""
FAR, NEAR = 0.4, 0.2
"""Two errors that the last task compares."""


@dataclass(frozen=True, eq=False)
class Exercise:
    """A question about what `function` returns for `arguments`: its first value, its shape, or its code.

    `others` are the known mistakes by name, as functions of the same arguments; one may return several values
    that are wrong for the same reason. For the kind ``line`` they are all lines on offer, also the right one.
    """

    kind: Kind
    function: Function
    arguments: tuple[Any, ...]
    others: Mapping[str, Function]

    @property
    def answer(self) -> Any:
        """The function's own result: its first number, or its shape."""
        result = self.function(*self.arguments)
        return np.shape(result) if self.kind == "shape" else float(np.ravel(result)[0])

    def check(self, answer: str) -> str:
        """The verdict on a typed text or on a line's name: one of the three above, or a mistake's name."""
        if self.kind == "line":
            return RIGHT if self.is_right_line(answer) else answer
        try:
            given = read_shape(answer) if self.kind == "shape" else _read_value(answer)
        except TypedError:
            return UNREADABLE
        if self._matches(given, self.answer, TOLERANCE):
            return RIGHT
        mistakes = ((name, get(*self.arguments)) for name, get in self.others.items())
        return next((name for name, known in mistakes if self._matches(given, known, ROUNDED)), OTHER)

    def _matches(self, given: Any, known: Any, tolerance: float) -> bool:
        if self.kind == "shape":
            return bool(given == known)
        return bool(np.isclose(given, known, rtol=tolerance, atol=1e-9, equal_nan=True).any())

    def is_right_line(self, name: str) -> bool:
        """Whether that line returns the function's result, in the same shape."""
        wanted = self.function(*self.arguments)
        try:
            got = self.others[name](*self.arguments)
        except (TypeError, ValueError):
            return False
        return np.shape(got) == np.shape(wanted) and bool(np.allclose(got, wanted))


def line_of(function: Function) -> str:
    """The code that a lambda returns. It must stand on a line of its own."""
    return inspect.getsource(function).partition("lambda ")[2].partition(": ")[2].strip().removesuffix(",")


def _read_value(text: str) -> float:
    """A number, a fraction such as 1/4, or nan, which some mistakes return."""
    if text.strip().lower() == "nan":
        return math.nan
    over, slash, under = text.partition("/")
    if not slash:
        return read_number(over)
    divisor = read_number(under)
    if divisor == 0:
        raise TypedError("word", text=text)
    return read_number(over) / divisor


# ---- the exercises


def _overflown(x: Any) -> Any:
    with np.errstate(all="ignore"):  # the mistake is that it overflows
        return np.exp(x[0, 0]) / np.exp(x).sum()


_EXERCISES: Final = (
    Exercise(
        "value",
        basics.basic_sigmoid,
        (0.0,),
        {"zero": lambda x: 0.0, "one": lambda x: 1.0, "doubled": lambda x: 1 + math.exp(-x)},
    ),
    Exercise(
        "line",
        basics.sigmoid,
        (np.array([1.0, 2.0, 3.0]),),
        {
            "by_math": lambda x: 1 / (1 + math.exp(-x)),
            "numpy": lambda x: 1 / (1 + np.exp(-x)),
            "without_brackets": lambda x: 1 / 1 + np.exp(-x),
            "without_minus": lambda x: 1 / (1 + np.exp(x)),
        },
    ),
    Exercise(
        "value",
        basics.sigmoid_derivative,
        (0.0,),
        {"sigmoid": lambda x: basics.sigmoid(x), "zero": lambda x: 0.0, "one": lambda x: 1.0},
    ),
    Exercise(
        "shape",
        basics.image2vector,
        (np.zeros((64, 64, 3)),),
        {
            "flat": lambda image: (image.size,),
            "row": lambda image: (1, image.size),
            "same": np.shape,
            "pixels": lambda image: (image.shape[0] * image.shape[1], image.shape[2]),
            "one_channel": lambda image: (image.shape[0] * image.shape[1], 1),
        },
    ),
    Exercise(
        "line",
        basics.normalize_rows,
        (np.array([[0.0, 3.0, 4.0], [1.0, 6.0, 4.0]]),),
        {
            "by_columns": lambda x: x / np.linalg.norm(x, axis=0, keepdims=True),
            "without_keepdims": lambda x: x / np.linalg.norm(x, axis=1),
            "by_all": lambda x: x / np.linalg.norm(x),
            "by_rows": lambda x: x / np.linalg.norm(x, axis=1, keepdims=True),
        },
    ),
    Exercise(
        "value",
        basics.softmax,
        (np.full((1, 4), 1000.0),),
        {
            "overflown": _overflown,
            "divided": lambda x: x[0, 0] / x.size,
            "alone": lambda x: x[0, 0] / x.max(),
            "zero": lambda x: 0.0,
        },
    ),
    Exercise(
        "value",
        basics.dot,
        (np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])),
        {
            "sums_first": lambda x1, x2: x1.sum() * x2.sum(),
            "added": lambda x1, x2: (x1 + x2).sum(),
            "one_product": lambda x1, x2: x1 * x2,
        },
    ),
    Exercise(
        "shape",
        basics.outer,
        (np.zeros(3), np.zeros(5)),
        {
            "swapped": lambda x1, x2: (x2.size, x1.size),
            "flat": lambda x1, x2: (x1.size * x2.size,),
            "alike": lambda x1, x2: x1.shape,
            "joined": lambda x1, x2: (x1.size + x2.size,),
            "number": lambda x1, x2: (),
        },
    ),
    Exercise(
        "line",
        basics.elementwise,
        (np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])),
        {
            "summed": lambda x1, x2: np.dot(x1, x2),
            "table": lambda x1, x2: np.outer(x1, x2),
            "star": lambda x1, x2: x1 * x2,
            "sum_of_products": lambda x1, x2: np.sum(x1 * x2),
        },
    ),
    Exercise(
        "shape",
        basics.general_dot,
        (np.zeros((4, 3)), np.zeros(3)),
        {
            "columns": lambda W, x: x.shape,
            "column": lambda W, x: (W.shape[0], 1),
            "unsummed": lambda W, x: W.shape,
            "number": lambda W, x: (),
        },
    ),
    Exercise(
        "value",
        basics.l1,
        (np.array([0.9, 0.2, 0.5]), np.array([1.0, 0.0, 1.0])),
        {
            "signed": lambda yhat, y: np.array([1, -1]) * (y - yhat).sum(),
            "mean": lambda yhat, y: np.abs(y - yhat).mean(),
            "squared": lambda yhat, y: ((y - yhat) ** 2).sum(),
        },
    ),
    Exercise(
        "line",
        basics.l2,
        (np.array([0.9, 0.2, 0.5]), np.array([1.0, 0.0, 1.0])),
        {
            "rooted": lambda yhat, y: np.sqrt(np.sum((y - yhat) ** 2)),
            "absolute": lambda yhat, y: np.sum(np.abs(y - yhat)),
            "squares_summed": lambda yhat, y: np.dot(y - yhat, y - yhat),
            "squared_late": lambda yhat, y: np.sum(y - yhat) ** 2,
        },
    ),
)
EXERCISES: Final[Mapping[str, Exercise]] = {exercise.function.__name__: exercise for exercise in _EXERCISES}
"""By the function's name, in the order of the cards."""


# ---- texts


def question_text(name: str) -> str:
    """The question, with the arguments and their shapes put in."""
    arguments = EXERCISES[name].arguments
    shapes = {f"shape{k}": str(np.shape(argument)) for k, argument in enumerate(arguments)}
    asked: str = words("numpy_basics").cards[name]["ask"]
    return asked.format(*map(_as_in_python, arguments), **shapes)


def verdict_text(name: str, answer: str) -> str:
    """Whether an answer is right, and why."""
    text, exercise = words("numpy_basics").text, EXERCISES[name]
    card, verdict = words("numpy_basics").cards[name], exercise.check(answer)
    if verdict == RIGHT:
        shown = exercise.answer if exercise.kind == "shape" else f"{exercise.answer:.6g}"
        return f"**{COMMON['frame']['right']}** {card['right'].format(answer=shown)}"
    if verdict == UNREADABLE:
        return text[f"unreadable_{exercise.kind}"]
    why = card["other"] if verdict == OTHER else card["wrong"][verdict]
    return f"**{COMMON['frame']['wrong']}** {why}"


def next_open(name: str, done: Collection[str]) -> str | None:
    """The next card that is not done, starting over after the last one; None when all are done."""
    names = list(EXERCISES)
    place = names.index(name)
    return next((later for later in (*names[place:], *names[:place]) if later not in done), None)


def _as_in_python(argument: Any) -> str:
    """An argument as Python writes it."""
    return (
        np.array2string(np.asarray(argument), separator=", ", floatmode="unique", threshold=20)
        .replace(".,", ",")
        .replace(".]", "]")
    )


def answers() -> dict[str, Any]:
    """The numbers for the chapter's questions."""
    flat = np.array([1, 2, 3])
    column = flat.reshape(-1, 1)
    x = np.arange(12).reshape(4, 3)
    far, near = (basics.l2([1 - error], [1]) for error in (FAR, NEAR))
    return {
        "flat": flat.shape,
        "column": column.shape,
        "both": (flat * column).shape,
        "multiplied": (flat * column).tolist(),
        "alike": (column * column).shape,
        "quarter": number(basics.softmax(np.full((1, 4), 1000.0))[0, 0]),
        "pixels": basics.image2vector(np.zeros((64, 64, 3))).shape,
        "table": basics.outer(np.arange(3), np.arange(4)).shape,
        "swapped": basics.outer(np.arange(4), np.arange(3)).shape,
        "matrix": x.shape,
        "by_rows": x.sum(axis=1).shape,
        "by_columns": x.sum(axis=0).shape,
        "kept": x.sum(axis=1, keepdims=True).shape,
        "far": FAR,
        "near": NEAR,
        "far_squared": number(far),
        "near_squared": number(near),
        "times_l1": number(basics.l1([1 - FAR], [1]) / basics.l1([1 - NEAR], [1]), 3),
        "times_l2": number(far / near, 3),
    }
