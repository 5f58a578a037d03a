"""The numerals that the app's sentences say outright, and not by a placeholder, as data.

Set aside are 0 and 1 (labels, ends of probabilities, constants of formulas), shapes in brackets, code, LaTeX,
the names of things (``3-D``, ``float64``), the texts of wrong options, addresses, and what nobody reads, such
as the names of questions.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from explainer.words import CHAPTER_FOLDERS, HERE

SPELT: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "dozen": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "eighty": 80, "ninety": 90,
    "hundred": 100, "hundreds": 100, "thousand": 1000, "thousands": 1000, "million": 1e6, "millions": 1e6,
    "billion": 1e9, "half": 1 / 2, "halves": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4,
    "quarters": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6, "eighth": 1 / 8, "eighths": 1 / 8, "tenth": 1 / 10,
    "sixteenth": 1 / 16, "fiftieth": 1 / 50, "hundredth": 1 / 100, "thousandth": 1 / 1000, "twice": 2,
    "double": 2, "triple": 3,
}  # fmt: skip
NAMES: Final = re.compile(
    r"https?://[^)\s]*|\{[^{}]*\}|`[^`]*`|\((?:\d+|n|m|n_x)?,[\d,\s]*\)|\b\d-D\b|axis=\d|\b[A-Za-z]\w*\d\w*"
)
NUMERAL: Final = re.compile(r"\d+(?:,\d{3})+|\d+(?:\.\d+)?|\b(?:" + "|".join(SPELT) + r")\b", re.IGNORECASE)
NOT_READ: Final = re.compile(
    r"^questions\..*\.name$|\.(belief|figure|stop|formula|number\.right|chapter|scene|exercise)$"
    r"|\.(state|gives_away|repeats|see)\."
    r"|^figure\.(tick_|n_\d|training_tick)"
)


def sources() -> dict[str, Path]:
    """Every file of words, by its chapter's name."""
    files = {path.parent.name: path for path in sorted(CHAPTER_FOLDERS.glob("*/words.toml"))}
    return files | {path.stem: path for path in sorted(HERE.glob("*.toml"))}


def texts(source: str) -> Iterator[tuple[str, str]]:
    """All texts of a file with their places: ``scenes.rate 1.sentence``, ``questions.uphill.ask``."""
    raw = tomllib.loads(sources()[source].read_text(encoding="utf-8"))
    yield from ((key, text) for key, text in _inside("", raw) if not NOT_READ.search(key))


def _inside(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        value = value | (
            {"options": _without_wrong_texts(value)} if "ask" in value and "options" in value else {}
        )
        for name, part in value.items():
            yield from _inside(f"{key}.{name}".lstrip("."), part)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            name = part.get("name", place) if isinstance(part, dict) else place
            yield from _inside(f"{key}.{name}", part)


def _without_wrong_texts(question: dict[str, Any]) -> list[dict[str, Any]]:
    """The options of a question: their replies, but of their texts only the one that is right."""
    right = question.get("right", 0)
    return [
        {name: part for name, part in option.items() if name != "text" or place == right}
        for place, option in enumerate(question["options"])
    ]


def numerals(text: str) -> list[float]:
    """The numbers that a text says, but for 0 and 1, in their order."""
    said = NUMERAL.findall(NAMES.sub(" ", text))
    found = [SPELT.get(word.lower()) or float(word.replace(",", "")) for word in said]
    return [number for number in found if number not in (0, 1)]
