"""Arrays that are filled cell by cell: what each cell is computed from, and its calculation as text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from explainer.maths.checks import BoolArray, FloatArray
from explainer.words.numbers import number

Text = Mapping[str, str]
Index = tuple[int | slice, int | slice]
ALL: Final = slice(None)
MOST: Final = 8  # rows, and columns, of an array that are drawn
MOST_OF_COLUMN: Final = (12, 1)  # rows and columns of a single long column, for which there is more room
MOST_OF_CHANNEL: Final = (3, 5)  # rows and columns of an image's channel; channels stand below one another
MOST_CHANNELS: Final = 3
MOST_TERMS: Final = 4  # of a sum that are written out


@dataclass(frozen=True, eq=False)
class Part:
    """One array: its `values` as rows and columns, and the `shape` that NumPy gives it.

    For a cell (row, column) of a computed one, `uses` returns the cells that it is computed from
    (part -> index), and `details` what its `sentence` asks for beside {cell} and {value}; `exceptions` has
    other sentences for some rows. `indent` columns stay free to its left. Only the first `most` rows and
    columns are drawn.
    """

    name: str
    values: FloatArray
    shape: tuple[int, ...]
    title: str = ""
    uses: Callable[[int, int], Mapping[str, Index]] | None = None
    sentence: str = ""
    details: Callable[[int, int], Mapping[str, Any]] = lambda i, j: {}
    spec: str = ".3g"
    exceptions: Mapping[int, str] = field(default_factory=dict)
    indent: int = 0
    most: tuple[int, int] = (MOST, MOST)

    @property
    def drawn(self) -> FloatArray:
        """The cells that are drawn: the first rows and columns."""
        rows, columns = self.most
        return self.values[:rows, :columns]

    @property
    def is_cut(self) -> bool:
        """Whether some cells are not drawn."""
        return self.drawn.shape != self.values.shape

    def calculation(self, i: int, j: int) -> str:
        """How a cell is computed, with numbers."""
        cell, value = cell_name(self.name, self.shape, i, j), written(self.values[i, j])
        return self.exceptions.get(i, self.sentence).format(cell=cell, value=value, **self.details(i, j))

    def mask(self, where: Index | None) -> BoolArray:
        """Which of the drawn cells lie in `where`, row by row."""
        chosen = np.zeros(self.values.shape, dtype=bool)
        if where is not None:
            chosen[where] = True
        rows, columns = self.most
        return chosen[:rows, :columns].ravel()


@dataclass(frozen=True, eq=False)
class Worked:
    """A function's arrays, in `lines` from top to bottom.

    `sums` names a part and the part that holds its sums. `curve` names a part that is also drawn as a curve
    over x. If `beside`, the last line stands to the right of all others.
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
    """One cell of a part is computed."""

    part: Part
    row: int
    column: int

    @property
    def cell(self) -> int:
        """Its place among the drawn cells."""
        return self.row * int(self.part.drawn.shape[1]) + self.column


def steps(worked: Worked) -> Iterator[Step]:
    """All computed cells that are drawn, array by array, row by row."""
    computed = (part for part in worked.parts if part.uses is not None)
    return (Step(part, i, j) for part in computed for i, j in np.ndindex(part.drawn.shape))


# ---- how numbers and sums are written


def written(value: float) -> str:
    """A number with three significant digits; a whole one below a million with all digits."""
    return number(value, 7 if float(value).is_integer() and abs(value) < 1e6 else 3)


def signed(value: float) -> str:
    """A number as it stands after an operator: a negative one in brackets."""
    return f"({written(value)})" if value < 0 else written(value)


def joined(terms: Iterable[str], count: int) -> str:
    """The first `MOST_TERMS` of `count` terms, joined by plus signs."""
    shown = [term for _, term in zip(range(MOST_TERMS), terms, strict=False)]
    return " + ".join(shown if count <= MOST_TERMS else [*shown, "…"])


def sum_of(row: FloatArray, power: str = "") -> str:
    """``3 + (−4)``, or with the `power` "²" ``3² + (−4)²``: the first terms."""
    return joined((f"{signed(value)}{power}" for value in row), row.size)


def cell_name(name: str, shape: tuple[int, ...], i: int, j: int) -> str:
    """``s[1, 2]``, ``s[2]`` or ``s``, for an array with two axes, one or none."""
    return f"{name}[{i}, {j}]" if len(shape) == 2 else f"{name}[{max(i, j)}]" if shape else name


def as_rows(x: Any) -> FloatArray:
    """A number, a vector or a matrix as rows and columns."""
    return np.atleast_2d(np.asarray(x, dtype=np.float64))
