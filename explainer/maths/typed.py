"""What a reader types, read as numbers: checked, and never evaluated."""

import math
import re
from typing import Any, Final

import numpy as np

from explainer.maths.checks import FloatArray

MOST: Final = 400
"""So many numbers an array may have that somebody types."""
WIDEST: Final = 40
"""Characters of one number that are looked at."""
SHOWN: Final = 20
"""Characters of a text that are repeated in a message."""
NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
# Of these, none goes back over what it has read: a long text takes as long as it is.
PARTS: Final = re.compile(r"[\[\];\n]|[^\s,;\[\]]+")
EMPTY_PLACE: Final = re.compile(r",\s*,")
TWO_DIGITS, DIGIT_BLANK = re.compile(r"\d,\d"), re.compile(r"\d[ \t]+[\d.+−-]")
"""Of a comma as a decimal point: between two digits, in a text whose numbers have blanks between."""


class TypedError(ValueError):
    """What cannot be used: a `kind` of problem, and the `details` that say what and where.

    Kinds: ``empty``; ``long`` (found, most: characters); ``many`` (found, most: numbers); ``word``,
    ``nan``, ``infinite`` (text; for an array row and place, counted from 1); ``ragged`` (row, found,
    wanted); ``wide`` (text, found, most: characters); ``gap``; ``comma`` (text); ``brackets``; ``deep``.
    """

    def __init__(self, kind: str, **details: Any) -> None:
        super().__init__(f"{kind}: {details}" if details else kind)
        self.kind = kind
        self.details = details


def read_number(text: str) -> float:
    """One finite number. A comma counts as the decimal point, "−" as minus. `TypedError` for all else."""
    plain = text.strip()
    if not plain:
        raise TypedError("empty")
    return _finite(plain.replace(",", ".", 1))


def read_array(text: str, most: int = MOST) -> FloatArray:
    """Numbers with spaces or commas between; rows by lines, semicolons or brackets. 1-D if one bare row.

    ``1 2 3`` and ``[1, 2, 3]`` are (3,); ``[[1, 2, 3]]`` is (1, 3); two lines of three are (2, 3).
    `TypedError` for what is no such array, and for more than `most` numbers, before they are read.
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
    """The words of each row, and whether brackets say that there are rows."""
    if EMPTY_PLACE.search(text):
        raise TypedError("gap")
    if TWO_DIGITS.search(text) and DIGIT_BLANK.search(text):
        raise TypedError("comma", text=_shown(text.strip()))
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
    shown = _shown(word)
    plain = word.replace("−", "-")
    if len(word) > WIDEST:
        raise TypedError("wide", text=shown, found=len(word), most=WIDEST, **where)
    if not NUMBER.fullmatch(plain):
        kind = {"nan": "nan", "inf": "infinite", "infinity": "infinite"}.get(
            plain.lower().lstrip("+-"), "word"
        )
        raise TypedError(kind, text=shown, **where)
    number = float(plain)
    if not math.isfinite(number):
        raise TypedError("infinite", text=shown, **where)
    return number


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
