"""Reads numbers that a visitor typed: they are checked, and never evaluated as code."""

import math
import re
from typing import Final

import numpy as np

from explainer.maths.checks import FloatArray, InputError

MOST: Final = 400
"""The most numbers that a typed array may have."""
WIDEST: Final = 40
"""The most characters that one number may have."""
SHOWN: Final = 20
"""How many characters of a text are repeated in a message."""
NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
# No pattern here backtracks: reading takes time linear in the length of the text.
PARTS: Final = re.compile(r"[\[\];\n]|[^\s,;\[\]]+")
EMPTY_PLACE: Final = re.compile(r",\s*,")
TWO_DIGITS, DIGIT_BLANK = re.compile(r"\d,\d"), re.compile(r"\d[ \t]+[\d.+−-]")
"""In a text with both, commas may be decimal points, because blanks separate its numbers too."""
KINDS: Final = {"nan": "nan", "inf": "infinite", "infinity": "infinite"}
"""A word that stands for a number which is not finite -> the kind of problem."""


class TypedError(InputError):
    """A text that cannot be read as numbers.

    Kinds: ``empty``; ``long`` (found, most: characters); ``many`` (found, most: numbers); ``word``,
    ``nan``, ``infinite`` (text; for an array row and place, counted from 1); ``ragged`` (row, found,
    wanted); ``wide`` (text, found, most: characters); ``gap``; ``comma`` (text); ``brackets``; ``deep``.
    """


def read_number(text: str) -> float:
    """One finite number. A comma counts as the decimal point, "−" as minus. `TypedError` otherwise."""
    plain = text.strip()
    if not plain:
        raise TypedError("empty")
    return _finite(plain.replace(",", ".", 1))


def read_array(text: str, most: int = MOST) -> FloatArray:
    """Numbers between spaces or commas; rows between line breaks, semicolons, brackets. One bare row is 1-D.

    ``1 2 3`` and ``[1, 2, 3]`` are (3,); ``[[1, 2, 3]]`` is (1, 3); two lines of three are (2, 3).
    `TypedError` for anything else, and for more than `most` numbers, none of which is then read.
    """
    if len(text) > WIDEST * most:
        raise TypedError("long", found=len(text), most=WIDEST * most)
    rows, nested = _rows(text)
    if not rows:
        raise TypedError("empty")
    found = sum(map(len, rows))
    if found > most:
        raise TypedError("many", found=found, most=most)
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise TypedError("ragged", row=number, found=len(row), wanted=len(rows[0]))
    numbers = [
        [_finite(word, row=i, place=j) for j, word in enumerate(row, start=1)]
        for i, row in enumerate(rows, start=1)
    ]
    return np.array(numbers if nested or len(rows) > 1 else numbers[0])


def _rows(text: str) -> tuple[list[list[str]], bool]:
    """The words of each row, and whether nested or repeated brackets make it 2-D even with one row."""
    if EMPTY_PLACE.search(text):
        raise TypedError("gap")
    if TWO_DIGITS.search(text) and DIGIT_BLANK.search(text):
        raise TypedError("comma", text=shortened(text.strip()))
    rows: list[list[str]] = [[]]
    depth, depths, groups = 0, set[int](), 0
    for part in PARTS.findall(text):
        if part in "[]":
            groups += part == "["
            depth += 1 if part == "[" else -1
            if depth > 2:
                raise TypedError("deep")
            if depth < 0:
                raise TypedError("brackets")
        if part in "[];" or (part == "\n" and depth < 2):
            rows.append([])
        elif part != "\n":
            rows[-1].append(part)
            depths.add(depth)
    if depth or len(depths) > 1:
        raise TypedError("brackets")
    return [row for row in rows if row], 2 in depths or groups > 1


def _finite(word: str, **where: int) -> float:
    shown = shortened(word)
    plain = word.replace("−", "-")
    if len(word) > WIDEST:
        raise TypedError("wide", text=shown, found=len(word), most=WIDEST, **where)
    if not NUMBER.fullmatch(plain):
        raise TypedError(KINDS.get(plain.lower().lstrip("+-"), "word"), text=shown, **where)
    number = float(plain)
    if not math.isfinite(number):
        raise TypedError("infinite", text=shown, **where)
    return number


def shortened(text: str) -> str:
    """The first `SHOWN` characters of a text, for a message."""
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
