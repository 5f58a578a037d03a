"""Exercises about a function, and answers checked against the function itself.

No answer is written down: what is right is what the function gives, what is a known mistake is what the
mistake gives. Three kinds: predict a value, predict a shape, choose the line of code.
"""

import inspect
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from explainer.maths.typed import TypedError, read_number

Function = Callable[..., Any]
Kind = Literal["value", "shape", "line"]
RIGHT: Final = "right"
OTHER: Final = "other"
"""The verdict on a wrong answer that is no mistake known."""
UNREADABLE: Final = "unreadable"
TOLERANCE: Final = 0.004
ROUNDED: Final = 0.015
"""How far a right value may be off, and one that is taken for a known mistake, as shares of it."""
SHAPE: Final = re.compile(r"[\[(]?\s*((?:\d{1,9}(?:\s*[,x×*]\s*|\s+|(?=\s*[\])]?$)))*)[\])]?", re.ASCII)


@dataclass(frozen=True, eq=False)
class Exercise:
    """What `function` gives for `arguments`: its first `value`, its `shape`, or the `line` that does it.

    `others` holds, by name, what somebody gets who makes a known mistake; of lines, all that are offered.
    A mistake's values may be several, its shape is one.
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
        """`RIGHT`, the name of the mistake, `OTHER` or `UNREADABLE`, for a text, or for a line's name."""
        if self.kind == "line":
            return RIGHT if self.does_it(answer) else answer
        if self.kind == "shape":
            shape = read_shape(answer)
            if shape is None:
                return UNREADABLE
            return RIGHT if shape == self.answer else self._mistake(lambda known: shape == known)
        try:
            value = _read_value(answer)
        except TypedError:
            return UNREADABLE
        if _is_among(value, self.answer, TOLERANCE):
            return RIGHT
        return self._mistake(lambda known: _is_among(value, known, ROUNDED))

    def _mistake(self, matches: Callable[[Any], bool]) -> str:
        return next((name for name, get in self.others.items() if matches(get(*self.arguments))), OTHER)

    def does_it(self, name: str) -> bool:
        """Whether that line gives what the function gives, in values and in shape."""
        wanted = self.function(*self.arguments)
        try:
            got = self.others[name](*self.arguments)
        except (TypeError, ValueError):
            return False
        return np.shape(got) == np.shape(wanted) and bool(np.allclose(got, wanted))


def line_of(function: Function) -> str:
    """The line of code that a function of one line returns."""
    return inspect.getsource(function).strip().splitlines()[-1].strip().removeprefix("return ")


def read_shape(text: str) -> tuple[int, ...] | None:
    """``(18, 1)``, ``18,1``, ``18 x 1``, ``(3,)``, ``3``, ``()`` as a shape; None for what is none."""
    found = SHAPE.fullmatch(text.strip())
    if found is None or not text.strip():
        return None
    return tuple(int(size) for size in re.findall(r"\d+", found.group(1)))


def _read_value(text: str) -> float:
    """A number, also as a fraction, 1/4; nan, which is what some mistakes give."""
    if text.strip().lower() == "nan":
        return math.nan
    over, slash, under = text.partition("/")
    number = read_number(over)
    if not slash:
        return number
    divisor = read_number(under)
    if divisor == 0:
        raise TypedError("word", text=text)
    return number / divisor


def _is_among(value: float, known: Any, tolerance: float) -> bool:
    return bool(np.isclose(value, known, rtol=tolerance, atol=1e-9, equal_nan=True).any())
