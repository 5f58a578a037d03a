"""Arrays as Markdown: tables of coloured cells, rows and columns numbered, cut where they are large.

A screen reader says rows and columns as those of any table. Colour is never all: a number below 0 has its
sign, and one that is not as it should be has a mark.
"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from explainer.maths.checks import BoolArray
from explainer.maths.line_values import is_number
from explainer.words import COMMON
from explainer.words.numbers import minus, number

MOST: Final = 6
"""Rows, and columns, of an array that are drawn."""
MOST_LAYERS: Final = 3
"""Of an array with three axes, places along the last one that are drawn."""
MOST_SIGNS: Final = 200
"""Of a value that is no array, characters that are shown."""
DIGITS: Final = 3
CUT: Final = "…"
WRONG: Final = "\N{NO-BREAK SPACE}≠"


def value_text(name: str, value: Any, wrong: BoolArray | None = None) -> str:
    """A name's value: of an array its shape and cells, of a number the number. `wrong` ones are marked."""
    said = COMMON["writing"]
    if is_number(value):
        cell = cell_text(value, wrong is not None and bool(wrong.any()))
        return str(said["number"].format(name=name, value=cell))
    if not isinstance(value, np.ndarray):
        return f"`{name}`\n```\n{str(value)[:MOST_SIGNS]}\n```"
    marks = np.zeros(value.shape, dtype=bool) if wrong is None else wrong
    return "\n\n".join([said["shape"].format(name=name, shape=value.shape), *_tables(name, value, marks)])


def cell_text(value: Any, is_wrong: bool = False) -> str:
    """A number in its colour: orange above 0, blue below, grey for 0, False and what is no number."""
    text, is_above = _number_text(value), bool(value > 0)
    if is_wrong:
        return f":red-background[{text}{WRONG}]"
    colour = "orange" if is_above else "blue" if bool(value < 0) else "gray"
    return f":{colour}-background[{text}]"


def _number_text(value: Any) -> str:
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    if isinstance(value, int | np.integer):
        return minus(str(value))
    return number(float(value), DIGITS)


def _tables(name: str, value: Any, wrong: BoolArray) -> Iterator[str]:
    """One table for each place along a third axis; none for what has more axes or no numbers."""
    if value.size == 0 or value.ndim > 3:
        return
    if value.ndim == 0:
        yield cell_text(value[()], bool(wrong))
    elif value.ndim < 3:
        yield _table(np.atleast_2d(value), np.atleast_2d(wrong), value.ndim == 2)
    else:
        for place in range(min(value.shape[2], MOST_LAYERS)):
            yield f"`{name}[:, :, {place}]`"
            yield _table(value[:, :, place], wrong[:, :, place], True)
        if value.shape[2] > MOST_LAYERS:
            yield CUT


def _table(value: Any, wrong: BoolArray, has_rows: bool) -> str:
    """Rows and columns with their numbers; a row of an array with one axis has none."""
    rows, columns = (range(min(size, MOST)) for size in value.shape)
    goes_on = value.shape[1] > MOST
    lines = [["", *map(str, columns)], ["---:", *("---:" for _ in columns)]]
    for i in rows:
        cells = [cell_text(value[i, j], bool(wrong[i, j])) for j in columns]
        lines.append([f"**{i}**" if has_rows else "", *cells])
    if value.shape[0] > MOST:
        lines.append([CUT] * (len(columns) + 1))
    ends = [CUT, "---", *([CUT] * len(lines))] if goes_on else []
    rows_text = [[*line, *ends[k : k + 1]] for k, line in enumerate(lines)]
    return "\n".join(f"| {' | '.join(line)} |" for line in rows_text)
