"""Reads numbers that a visitor typed or pasted: they are checked, and never evaluated as code."""

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
MINUS: Final = str.maketrans(dict.fromkeys("−–—‐‑‒－﹣", "-"))
"""What stands for a minus sign where text is set in type, or where phones correct what is typed."""
NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
ZERO: Final = re.compile(r"[+-]?[0.]+([eE][+-]?\d+)?", re.ASCII)
THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
"""To some readers a thousand or more, to others a number with three decimals."""
# No pattern here backtracks far: reading takes time linear in the length of the text.
PARTS: Final = re.compile(r"[\[\];\n]|[^\s,;\[\]]+")
EMPTY_PLACE: Final = re.compile(r",\s*,")
TWO_DIGITS, DIGIT_BLANK = re.compile(r"\d,\d"), re.compile(r"\d[ \t]+[\d.+-]")
"""In a text with both, commas may be decimal points, because blanks separate its numbers too."""
ZERO_AFTER: Final = re.compile(r"\d,0\d")
"""No number begins with such a zero: 0,05 is one number, and so is 1,000."""
ONE_COMMA, ZERO_COMMA = re.compile(r"[+-]?\d*,\d+", re.ASCII), re.compile(r"[+-]?0?,\d+", re.ASCII)
"""What may be one number with decimals, and what most likely is one."""
TUPLES: Final = re.compile(r"[\d\s.,;eE+()\[\]-]+", re.ASCII)
CALL: Final = re.compile(
    r"(?:[A-Za-z_]\w*\s*=\s*)?(?:\w+\.)?(?:array|asarray|matrix|tensor)\((.*)\)[\s;]*", re.DOTALL
)
OPTIONS: Final = re.compile(r"\s*(?:,\s*\w+\s*=[^=,\[\]]++)*+[\s,]*")
"""What may follow the array in such a call: dtype=float32, and words like it."""
SCALAR: Final = re.compile(r"\b(?:np|numpy)\.(?:float|int|uint)\d+\(([^()]*)\)")
CLOSING: Final = {")": "(", "]": "["}
KINDS: Final = {"nan": "nan", "inf": "infinite", "infinity": "infinite"}
"""A word that stands for a number which is not finite -> the kind of problem."""


class TypedError(InputError):
    """A text that cannot be read as numbers.

    Kinds: ``empty``; ``long`` (found, most: characters); ``many`` (found, most: numbers); ``word``,
    ``nan``, ``infinite``, ``small`` (text; for an array row and place, counted from 1); ``ragged`` (row,
    found, wanted); ``wide`` (text, found, most: characters); ``gap``; ``comma``, ``thousand`` (text);
    ``brackets``; ``deep``.
    """


def read_number(text: str) -> float:
    """One finite number; a comma is its decimal point, a dash its minus sign. `TypedError` otherwise.

    Also for 1,000, which some readers take for a thousand and others for 1.
    """
    plain = SCALAR.sub(r"\1", text.translate(MINUS)).strip()
    if not plain:
        raise TypedError("empty")
    if THOUSANDS.fullmatch(plain):
        raise TypedError("thousand", text=plain)
    return _finite(plain.replace(",", ".", 1))


def read_array(text: str, most: int = MOST) -> FloatArray:
    """Numbers between spaces or commas; rows between line breaks, semicolons, brackets. One bare row is 1-D.

    ``1 2 3`` and ``[1, 2, 3]`` are (3,); ``[[1, 2, 3]]`` is (1, 3); two lines of three are (2, 3). An array
    may be pasted as Python or NumPy write it: with tuples, as ``array(...)``, with a dtype. `TypedError` for
    anything else, and for more than `most` numbers, none of which is then read.
    """
    if len(text) > WIDEST * most:
        raise TypedError("long", found=len(text), most=WIDEST * most)
    rows, nested = _rows(_bare(text))
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


def decimal_commas_possible(text: str) -> bool:
    """Whether a text that is read as rows of two numbers may be meant as a column of decimals: 1,5;2,5."""
    rows = [row.strip() for row in re.split("[;\n]", text) if row.strip()]
    return len(rows) > 1 and all(map(ONE_COMMA.fullmatch, rows))


def _bare(text: str) -> str:
    """The text with hyphens for dashes, and what Python writes around an array's brackets left out."""
    text = SCALAR.sub(r"\1", text.translate(MINUS)).strip()
    if call := CALL.fullmatch(text):
        end = max(map(call[1].rfind, CLOSING)) + 1 or len(call[1])
        if OPTIONS.fullmatch(call[1][end:]):
            text = call[1][:end]
    if "(" in text and TUPLES.fullmatch(text):
        opened: list[str] = []
        for one in text:
            if one in "([":
                opened.append(one)
            elif one in CLOSING and (not opened or opened.pop() != CLOSING[one]):
                raise TypedError("brackets")
        text = text.replace("(", "[").replace(")", "]")
    return text


def _unclear(text: str) -> bool:
    """Whether commas may be decimal points as well as separators."""
    if (TWO_DIGITS.search(text) and DIGIT_BLANK.search(text)) or ZERO_AFTER.search(text):
        return True
    if "[" in text:
        return False
    for row in re.split("[;\n]", text):
        pieces = re.split(r",\s+", row.strip().rstrip(","))
        if len(pieces) > 1 and all(map(ONE_COMMA.fullmatch, pieces)):
            return True
        if len(pieces) == 1 and ZERO_COMMA.fullmatch(pieces[0]):
            return True
    return False


def _rows(text: str) -> tuple[list[list[str]], bool]:
    """The words of each row, and whether nested or repeated brackets make it 2-D even with one row."""
    if EMPTY_PLACE.search(text):
        raise TypedError("gap")
    if _unclear(text):
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
        if part in "[];" or (part == "\n" and not depth):
            rows.append([])
        elif part != "\n":
            rows[-1].append(part)
            depths.add(depth)
    if depth or len(depths) > 1:
        raise TypedError("brackets")
    return [row for row in rows if row], 2 in depths or groups > 1


def _finite(word: str, **where: int) -> float:
    shown = shortened(word)
    if len(word) > WIDEST:
        raise TypedError("wide", text=shown, found=len(word), most=WIDEST, **where)
    if not NUMBER.fullmatch(word):
        raise TypedError(KINDS.get(word.lower().lstrip("+-"), "word"), text=shown, **where)
    number = float(word)
    if not math.isfinite(number):
        raise TypedError("infinite", text=shown, **where)
    if number == 0 and not ZERO.fullmatch(word):
        raise TypedError("small", text=shown, **where)
    return number


def shortened(text: str) -> str:
    """The first `SHOWN` characters of a text, for a message."""
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
