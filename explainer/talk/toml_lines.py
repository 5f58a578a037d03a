"""At which line of a TOML text something stands: tomllib tells only of mistakes in its syntax."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

_PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def syntax_problem(text: str, error: tomllib.TOMLDecodeError) -> tuple[int, str]:
    """The line of a mistake in the syntax, counted from 1, and what is wrong there."""
    said = str(error)
    found = _PLACE.search(said)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    return line, said[: found.start()] if found else said


def line_of(text: str, is_there: Callable[[Mapping[str, Any]], bool]) -> int:
    """The line, counted from 1, at which that statement begins with which `is_there` becomes true.

    `text` is valid TOML, and `is_there` holds for what all of it says.
    """
    lines = text.splitlines()

    def is_said_by(count: int) -> bool:
        return is_there(_longest_readable(lines, count)[1])

    last = bisect_left(range(len(lines)), True, lo=1, key=is_said_by)
    first, _ = _longest_readable(lines, last - 1)
    while first + 1 < last and _says_nothing(lines[first]):
        first += 1
    return first + 1


def _longest_readable(lines: Sequence[str], most: int) -> tuple[int, Mapping[str, Any]]:
    """How many of the first `most` lines are TOML by themselves, and what they say.

    A text or a list that goes over several lines is none before its last one.
    """
    for count in range(most, 0, -1):
        try:
            return count, tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
    return 0, {}


def _says_nothing(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")
