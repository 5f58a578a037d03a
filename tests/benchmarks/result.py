"""A measured figure beside its target, and the table of all of them."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from textwrap import wrap
from typing import Final

HEADS: Final = ("figure", "measured", "target", "the machine's ceiling, or a reference", "ok?")
WIDTHS: Final = (46, 24, 18, 44, 6)


@dataclass(frozen=True)
class Result:
    """One line of the table; `reference` comes from the same run on the same machine."""

    figure: str
    measured: str
    target: str
    reference: str
    met: bool


def table(results: Iterable[Result]) -> str:
    """All results, a row each, long cells on several lines."""
    rows = [HEADS, *((*astuple(result)[:-1], "ok" if result.met else "missed") for result in results)]
    rule = "-+-".join("-" * width for width in WIDTHS)
    return f"\n{rule}\n".join(_row(cells) for cells in rows)


def _row(cells: tuple[str, ...]) -> str:
    columns = [wrap(cell, width) or [""] for cell, width in zip(cells, WIDTHS, strict=True)]
    lines = [
        [column[k] if k < len(column) else "" for column in columns] for k in range(max(map(len, columns)))
    ]
    return "\n".join(
        " | ".join(part.ljust(width) for part, width in zip(line, WIDTHS, strict=True)).rstrip()
        for line in lines
    )
