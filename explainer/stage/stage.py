"""What a live figure is, described without a screen: panels, and what moves on them.

numpy computes tables; the browser only picks their rows. A `Table`'s leading axes are named
controls, in order, so ``cost[learning_rate, step]`` needs no further explaining: the layer that
draws it follows both sliders. Layers name tables (or give a number) for their coordinates and
leave out the controls they do not depend on. `explainer.live` packs a `Stage` and plays it.

Texts (of read-outs, labels, titles) are templates. ``{cost:.4f}`` is the value of the table *cost*
at the present controls; ``{w+1:.3f}`` that of the clock's next step;
``{verdict@iterations}`` takes the last axis at the control *iterations*. ``{learning_rate}`` is a
control's own text. A format is one of Python's ``.3f``, ``.3g``, ``d``; a ``p`` before it puts brackets
around a negative number, a ``+`` sets the sign apart, as between two terms.
What is not there is shown as "?".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from explainer.stage.layers import Layer, When

ROOM_AT_ENDS: Final = 0.03
"""Of an axis of steps: what is left free on both sides, so that the first and the last point are whole."""


@dataclass(frozen=True, eq=False)
class Table:
    """Numbers for every position of the controls named by `axes`.

    `values` has one leading axis for each name in `axes`; what is left over is a row of points (for
    a `Line`, `Bars`) or a picture (for an `Image`). Floats travel as float32, uint8 and uint16 as
    they are. With `labels`, the values are places in that tuple, whose texts are templates too. Two
    tables over the same array (with other axes, or labels) travel as one.
    """

    values: np.ndarray[Any, Any]
    axes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clock:
    """Which control time moves (`control`, whose values are 0, 1, 2 ...), and how far.

    `end` names the control that holds the last position. One walk from 0 to the end takes `seconds`
    at speed 1, but never fewer than `slowest` positions a second. An `idle` clock has nothing to play yet:
    nothing changes along it, and no button, key or slider that would move it is there. The last position is
    told beside the present one where `told` holds.
    """

    control: str
    end: str | None = None
    seconds: float = 8.0
    slowest: float = 3.0
    idle: bool = False
    told: When = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A Plotly figure, which stands still, and the layers that move over it.

    `at` holds controls still, at a value each, for all of its layers. A click on a 2-D panel with `click`
    comes back to Python under that name, in the units of its axes. With `pick`, a press or a drag puts
    those controls, in the browser, to where the panel's first marker or frame comes nearest to it.
    `follow_x` names the control that is the end of the x axis. `tab` is the short title for phones.
    """

    name: str
    title: str
    tab: str
    figure: Any
    layers: tuple[Layer, ...] = ()
    at: Mapping[str, Any] = field(default_factory=dict)
    when: When = field(default_factory=dict)
    click: str | None = None
    pick: tuple[str, ...] = ()
    follow_x: str | None = None


@dataclass(frozen=True)
class Readout:
    """A line of text with live numbers; `lead` ones are large."""

    text: str
    lead: bool = False
    colour: str = "ink"
    when: When = field(default_factory=dict)


@dataclass(frozen=True)
class Sentence:
    """The present state in plain words; of several, the first whose `when` holds is shown."""

    text: str
    when: When = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """Places of the panels on a wide screen, as rows of names (CSS grid areas), under a condition."""

    rows: tuple[str, ...]
    columns: str = ""
    when: When = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A whole live figure, except for its controls, which the chapter declares beside it."""

    tables: Mapping[str, Table]
    clock: Clock | None
    panels: tuple[Panel, ...]
    layouts: tuple[Layout, ...]
    readouts: tuple[Readout, ...] = ()
    sentences: tuple[Sentence, ...] = ()

    def moved_by(self) -> set[str]:
        """The controls by which the browser alone can move something."""
        names = {axis for table in self.tables.values() for axis in table.axes}
        if self.clock is not None:
            names |= {self.clock.control, self.clock.end or self.clock.control}
        for panel in self.panels:
            names |= {panel.follow_x or "", *panel.pick} - {""}
        return names
