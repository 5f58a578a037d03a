"""What a reader types, read as numbers: checked, and never evaluated."""

import math
import re
from typing import Any, Final

import numpy as np

from explainer.checks import FloatArray

MOST: Final = 400
"""So many numbers an array may have that somebody types."""
WIDEST: Final = 40
"""Characters of one number that are looked at."""
SHOWN: Final = 20
"""Characters of a text that are repeated in a message."""
NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class TypedError(ValueError):
    """What cannot be used: a `kind` of problem, and the `details` that say what and where.

    Kinds: ``empty``; ``long`` (found, most: characters); ``many`` (found, most: numbers); ``word``,
    ``nan``, ``infinite`` (text; for an array row and place, counted from 1); ``ragged`` (row, found,
    wanted); ``deep``.
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
    if not any(rows):
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
    plain = re.sub(r"\s*\n\s*", "\n", text.strip())
    nested = bool(re.match(r"\[\s*\[", plain))
    if re.match(r"\[\s*\[\s*\[", plain):
        raise TypedError("deep")
    if nested:
        plain = re.sub(r"\]\s*,?\s*\[", ";", plain)
    plain = plain.replace("[", " ").replace("]", " ").strip()
    between = r";" if nested else r"\s*;\s*|\n"
    rows = [re.split(r"[,\s]+", row) for row in re.split(between, plain.strip("; \n"))]
    return [[word for word in row if word] for row in rows], nested


def _finite(word: str, **where: int) -> float:
    shown = word if len(word) <= SHOWN else word[:SHOWN] + "…"
    plain = word.replace("−", "-")
    if len(word) > WIDEST or not NUMBER.fullmatch(plain):
        kind = {"nan": "nan", "inf": "infinite", "infinity": "infinite"}.get(
            plain.lower().lstrip("+-"), "word"
        )
        raise TypedError(kind, text=shown, **where)
    number = float(plain)
    if not math.isfinite(number):
        raise TypedError("infinite", text=shown, **where)
    return number
