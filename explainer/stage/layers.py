"""What moves over a still figure: lines, points, bars, boxes, texts, pictures, maps, curves and more.

A layer's coordinates are numbers that stay or names of a stage's tables (see
`explainer.stage.stage`), whose rows the controls pick. How a kind of layer is drawn says the
module of its name in `explainer/live/js/layers/`; no other place lists the kinds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, Final, Literal


class Asks(Enum):
    """What a layer's texts may ask a stage for: marks of types, by which packing finds such fields."""

    BY_NAME = "the name of a table"
    IN_A_TEMPLATE = "names of tables and controls in braces"


TableName = Annotated[str, Asks.BY_NAME]
"""A table's name."""
Coordinate = Annotated[str | float, Asks.BY_NAME]
"""A table's name, or a number that stays."""
Template = Annotated[str, Asks.IN_A_TEMPLATE]
"""A text with live numbers, see `explainer.stage.stage`."""

When = Mapping[str, Sequence[str]]
"""Toggle -> the values under which something is shown."""


NAME: Final = 1.0
"""The importance of a text that says the same wherever the visitor is."""
NUMBER: Final = 3.0
"""The importance of a text that the page is about."""


@dataclass(frozen=True, kw_only=True)
class Layer:
    """What all layers share: a colour (a role of the palette), controls held still at a value, when shown.

    While the clock plays, a layer glides from one step's numbers to the next one's; what marks one of several
    places does not, for between two of them it would mark none.

    Texts are placed by the browser: inside the plot, apart from all others. Those of greater `importance`
    are placed first, and one that finds no place is left out.
    """

    colour: str
    at: Mapping[str, Any] = field(default_factory=dict)
    when: When = field(default_factory=dict)
    width: float = 3.0
    glides: bool = True
    importance: float = 2.0


@dataclass(frozen=True, kw_only=True)
class Line(Layer):
    """A row of points, joined; a table's last axis runs along the line."""

    x: Coordinate
    y: Coordinate
    z: Coordinate | None = None
    dash: tuple[float, ...] = ()
    ends: Literal["round", "butt"] = "round"


@dataclass(frozen=True, kw_only=True)
class Trail(Layer):
    """The way along the clock: from 0 to *now*, to the *end* of the clock, or only to the *next* step.

    The end is where the clock ends, or how far it was played, where a figure hides what lies ahead.
    """

    x: Coordinate
    y: Coordinate
    z: Coordinate | None = None
    until: Literal["now", "end", "next"] = "now"
    dots: bool = False


@dataclass(frozen=True, kw_only=True)
class Marker(Layer):
    """One point with a word beside it. Beyond the plot's edge an arrow stands there, with `beyond`."""

    x: Coordinate
    y: Coordinate
    z: Coordinate | None = None
    symbol: Literal["circle", "square", "star", "cross"] = "circle"
    size: float = 8.0
    text: Template = ""
    place: Literal["right", "left", "above", "below"] = "right"
    beyond: Template = ""


@dataclass(frozen=True, kw_only=True)
class Points(Layer):
    """A row of points; where a coordinate is nan there is none."""

    x: Coordinate
    y: Coordinate
    symbol: Literal["circle", "square", "cross", "ring"] = "circle"
    size: float = 5.0


@dataclass(frozen=True, kw_only=True)
class Stems(Layer):
    """A row of upright strokes at the places `x`, each from `foot` to `y`."""

    x: Coordinate
    y: Coordinate
    foot: Coordinate


@dataclass(frozen=True, kw_only=True)
class Bars(Layer):
    """Upright bars from 0 to `y` at the places `x`, `span` wide in the units of x.

    With `level`, all of them even out to that height while the clock goes from 0 to its end.
    """

    x: Coordinate
    y: Coordinate
    span: float = 0.8
    level: Coordinate | None = None


@dataclass(frozen=True, kw_only=True)
class Band(Layer):
    """What lies between `low` and `high` along the clock, from 0 to now, as a faint surface."""

    x: Coordinate
    low: Coordinate
    high: Coordinate
    tint: float = 0.18


@dataclass(frozen=True, kw_only=True)
class Frame(Layer):
    """A square outline about a place, `span` wide in the units of x."""

    x: Coordinate
    y: Coordinate
    span: Coordinate


@dataclass(frozen=True, kw_only=True)
class Boxes(Layer):
    """A row of boxes about the places `x`, `y`, a number in each; `wide` and `high` in units of the axes.

    Where a coordinate is nan there is no box. A table of `values` with labels shows their texts. `tint`
    is how strongly a box is filled with its colour, 0 to 1; without `width` it has no outline. Numbers
    shrink to fit and have the colour `ink`.
    """

    x: Coordinate
    y: Coordinate
    wide: float = 0.92
    high: float = 0.92
    values: TableName = ""
    spec: str = ".3g"
    ink: str = "ink"
    tint: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Text(Layer):
    """A template at a place, or near it where that is taken.

    With `shift`, what it says (not where it stands) is so many positions further along the clock,
    or back; where there are none it is left out.
    """

    x: Coordinate
    y: Coordinate
    z: Coordinate | None = None
    text: Template
    align: Literal["left", "center", "right"] = "left"
    shift: int = 0


@dataclass(frozen=True, kw_only=True)
class Level(Layer):
    """A level line across the whole plot, with its name on it where there is room."""

    y: Coordinate
    text: Template
    importance: float = NAME
    width: float = 1.5
    dash: tuple[float, ...] = (2, 3)


@dataclass(frozen=True, kw_only=True)
class Image(Layer):
    """A picture from a uint8 table (..., height, width, 3), drawn into x0..x1, y0..y1, y0 its upper edge.

    With `channel`, only its red (0), green (1) or blue (2) part. `share` is the part of its width,
    from the left, that is drawn: 0 nothing, 1 all of it. With `which` the table holds a row of pictures,
    of which that one is drawn; between two places, the two blended. With `sign` the values are signed,
    128 being 0, and only what is above (1) or below (-1) is drawn, from black.
    """

    colour: str = "ink"
    table: TableName
    x0: float
    x1: float
    y0: float
    y1: float
    channel: int | None = None
    share: Coordinate = 1.0
    which: Coordinate | None = None
    sign: Literal[1, -1] | None = None


@dataclass(frozen=True, kw_only=True)
class Heat(Layer):
    """A number at each place of the box x0..x1, y0..y1, from a uint8 table (..., height, width).

    Above 127.5 it has the layer's colour, below the colour `low`, the stronger the farther; `tint` is how
    strong at 0 and 255. The table's first row lies along y0. Between two steps both are blended.
    """

    table: TableName
    low: str
    tint: float = 0.55
    x0: float
    x1: float
    y0: float
    y1: float


@dataclass(frozen=True, kw_only=True)
class Cells(Layer):
    """The numbers of one `channel` of a picture around one of its pixels, as a matrix of cells.

    `reach` cells to each side of the pixel in `row` and `column`, drawn into the box x0..x1, y0..y1;
    each has its value's shade. A pixel of the picture is `span` pixels of the table wide, as in a
    picture of less resolution; beyond the picture's edge there are no cells.
    """

    colour: str = "ink"
    table: TableName
    channel: int
    row: Coordinate
    column: Coordinate
    span: Coordinate = 1.0
    reach: int = 2
    x0: float
    x1: float
    y0: float
    y1: float


@dataclass(frozen=True, kw_only=True)
class Curve(Layer):
    """y = link(slope (x - shift) / scale + intercept) over the whole x axis: the one sum done in the browser.

    As a table of points it would be a hundred times the size. A browser test holds it to
    `explainer.maths.logistic.sigmoid`.
    """

    slope: Coordinate
    intercept: Coordinate
    link: Literal["identity", "sigmoid"]
    shift: float = 0.0
    scale: float = 1.0
    dash: tuple[float, ...] = ()
