"""Arrays that are filled cell by cell: which cells another one comes from, and how that is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from explainer.maths.checks import BoolArray, FloatArray
from explainer.words.numbers import number

Text = Mapping[str, str]
Index = tuple[int | slice, int | slice]
ALL: Final = slice(None)
MOST: Final = 8
"""Rows and columns that are drawn; all are computed."""
MOST_OF_COLUMN: Final = (12, 1)
"""Of one long column there is room for more."""
MOST_OF_CHANNEL: Final = (3, 5)
MOST_CHANNELS: Final = 3
"""Of an image, so that all channels find room above one another."""
MOST_TERMS: Final = 4
"""Terms of a sum that are written out."""


@dataclass(frozen=True, eq=False)
class Part:
    """One array, `values` (rows, columns) as it is drawn, with its true `shape`.

    A computed one knows what a cell `uses` (part -> index) and how its calculation is written, `say`.
    """

    name: str
    values: FloatArray
    shape: tuple[int, ...]
    title: str = ""
    uses: Callable[[int, int], Mapping[str, Index]] | None = None
    say: Callable[[int, int], str] = lambda i, j: ""
    spec: str = ".3g"
    indent: float = 0.0
    most: tuple[int, int] = (MOST, MOST)

    @property
    def drawn(self) -> FloatArray:
        """The cells that are drawn: the first rows and columns."""
        rows, columns = self.most
        return self.values[:rows, :columns]

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are drawn."""
        return self.drawn.shape != self.values.shape

    def mask(self, where: Index | None) -> BoolArray:
        """Which of the drawn cells `where` means, row by row."""
        chosen = np.zeros(self.values.shape, dtype=bool)
        if where is not None:
            chosen[where] = True
        rows, columns = self.most
        return chosen[:rows, :columns].ravel()


@dataclass(frozen=True, eq=False)
class Worked:
    """A function at work: its parts in `lines` from top to bottom, and along which part it sums into which.

    `curve` holds x and the part whose values stand over it, for a function of single numbers.
    """

    lines: tuple[tuple[Part, ...], ...]
    sums: tuple[str, str] | None = None
    curve: str = ""
    beside: bool = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, in the order in which they are computed."""
        return tuple(part for line in self.lines for part in line)


@dataclass(frozen=True)
class Step:
    """One cell becomes known: the `cell` of the `part`, row by row, and the calculation."""

    part: Part
    row: int
    column: int

    @property
    def cell(self) -> int:
        """Its place among the drawn cells."""
        return self.row * int(self.part.drawn.shape[1]) + self.column


def steps(worked: Worked) -> Iterator[Step]:
    """Array by array, row by row, the cells that are drawn."""
    for part in worked.parts:
        if part.uses is not None:
            for i, j in np.ndindex(part.drawn.shape):
                yield Step(part, i, j)


# ---- how numbers and sums are written


def written(value: float) -> str:
    """A number in three significant digits, a whole one with all of its own."""
    return number(value, 7 if float(value).is_integer() and abs(value) < 1e6 else 3)


def signed(value: float) -> str:
    """A number as it stands after an operator."""
    return f"({written(value)})" if value < 0 else written(value)


def joined(terms: Iterable[str], count: int) -> str:
    """The first of `count` terms, with plus signs between."""
    shown = [term for _, term in zip(range(MOST_TERMS), terms, strict=False)]
    return " + ".join(shown if count <= MOST_TERMS else [*shown, "…"])


def sum_of_squares(row: FloatArray) -> str:
    """``3² + 4²``, the first terms."""
    return joined((f"{signed(value)}²" for value in row), row.size)


def sum_of(row: FloatArray) -> str:
    """``3 + (−4)``, the first terms."""
    return joined((signed(value) for value in row), row.size)


def cell_name(name: str, shape: tuple[int, ...], i: int, j: int) -> str:
    """``s[1, 2]``, ``s[2]`` or ``s``, by how many axes it has."""
    return f"{name}[{i}, {j}]" if len(shape) == 2 else f"{name}[{max(i, j)}]" if shape else name


def as_rows(x: Any) -> FloatArray:
    """A number, a vector or a matrix as rows and columns."""
    return np.atleast_2d(np.asarray(x, dtype=np.float64))
