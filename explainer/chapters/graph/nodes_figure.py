"""A computation graph drawn: boxes for values and derivatives, arrows, names and formulas."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from explainer.chapters.graph.chain_rule import (
    COURSE_WALK,
    NEURON_WALK,
    Walk,
    in_names,
    key,
    slope_name,
    symbol,
)
from explainer.maths.graph import Graph
from explainer.stage.layers import Boxes, Layer
from explainer.stage.palette import INK, template
from explainer.stage.stage import Layout, Panel, Sentence, Stage, Table

GRADIENT: Final = "var(--gradient)"
WIDE: Final = 0.5  # of a box, in columns

Place = tuple[float, float]
"""The middle of a box: x in columns from the left, y in rows from below."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """Where a graph's nodes stand.

    `places` has the middles of the value boxes, `high` a box's height in rows. The derivative's box lies
    below the value's; the walk's data have none. `titles` replaces formulas above some nodes.
    """

    walk: Walk
    places: Mapping[str, Place]
    high: float
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def graph(self) -> Graph:
        """The graph that is drawn."""
        return self.walk.graph

    def derivative_place(self, name: str) -> Place:
        """The middle of the box of a node's derivative."""
        x, y = self.places[name]
        return x, y - self.high


COURSE: Final = Drawing(
    COURSE_WALK,
    places={"a": (0, 2), "b": (0, 1), "c": (0, 0), "u": (1, 0.55), "v": (2, 1.25), "J": (3, 1.25)},
    high=0.3,
)
NEURON: Final = Drawing(
    NEURON_WALK,
    places={"x1": (0, 4), "w1": (0, 3), "x2": (0, 2), "w2": (0, 1), "b": (0, 0),
            "z": (1.05, 2), "a": (2, 2), "L": (3, 2), "y": (2, 0)},
    high=0.37,
    titles={"z": "z = w₁ x₁<br>+ w₂ x₂ + b", "a": "a =<br>sigmoid(z)", "L": "L(a, y)"},
)  # fmt: skip


# ---- what stands still


def ground(drawing: Drawing) -> go.Figure:
    """Names, formulas, arrows."""
    columns, rows = zip(*drawing.places.values(), strict=True)
    width = [min(columns) - WIDE / 2 - 0.52, max(columns) + WIDE / 2 + 0.12]
    height = [min(rows) - 1.5 * drawing.high - 0.12, max(rows) + 0.5 * drawing.high + 0.12]
    return go.Figure(
        layout={
            "template": template(),
            "uirevision": drawing.walk.name,
            "margin": {"l": 12, "r": 2, "t": 2, "b": 2},
            "xaxis": {"visible": False, "fixedrange": True, "range": width},
            "yaxis": {"visible": False, "fixedrange": True, "range": height},
            "annotations": [*_arrows(drawing), *_names(drawing)],
        }
    )


def ends(drawing: Drawing, parent: str, child: str) -> tuple[Place, Place]:
    """An arrow from the right edge of the parent's value to the left edge of the child's."""
    (x0, y0), (x1, y1) = drawing.places[parent], drawing.places[child]
    return (x0 + WIDE / 2, y0), (x1 - WIDE / 2, y1)


def edges(graph: Graph) -> Iterator[tuple[str, str]]:
    """All arrows: (parent, child)."""
    return ((parent, node.name) for node in graph.nodes for parent in node.slopes)


def _arrows(drawing: Drawing) -> Iterator[dict[str, Any]]:
    for parent, child in edges(drawing.graph):
        (x0, y0), (x1, y1) = ends(drawing, parent, child)
        yield {
            "x": x1, "y": y1, "ax": x0, "ay": y0, "xref": "x", "yref": "y", "axref": "x", "ayref": "y",
            "text": "", "showarrow": True, "arrowhead": 2, "arrowsize": 1.1, "arrowwidth": 1.6,
            "arrowcolor": INK, "opacity": 0.55,
        }  # fmt: skip


def _names(drawing: Drawing) -> Iterator[dict[str, Any]]:
    """An input's name stands left of its box, a node's formula above; the derivative's beside and below."""
    output, plain = drawing.graph.output, {"showarrow": False}
    for name, (x, y) in drawing.places.items():
        is_input = name in drawing.graph.inputs
        formula = in_names(drawing.graph[name].formula, drawing.graph)
        title = drawing.titles.get(name) or " = ".join(filter(None, (symbol(name), formula)))
        font = {"color": INK, "size": 15 if is_input else 14}
        place = {"x": x - WIDE / 2, "y": y, "xanchor": "right", "xshift": -13}
        above = {"x": x, "y": y + drawing.high / 2, "yanchor": "bottom", "yshift": 1}
        yield plain | (place if is_input else above) | {"text": f"<b>{title}</b>", "font": font}
        if name in drawing.walk.data:
            continue
        y -= drawing.high
        place = place | {"y": y}
        below = {"x": x, "y": y - drawing.high / 2, "yanchor": "top", "yshift": -1}
        slope = {"text": slope_name(output, name), "font": {"color": GRADIENT, "size": 13}}
        yield plain | (place if is_input else below) | slope


# ---- the numbers in the boxes


def numbers(drawing: Drawing, values: str, derivatives: str) -> Iterator[Layer]:
    """Each node's box with its value, and below it one with its derivative.

    `values` and `derivatives` are the names of their tables, with "{}" where a node's name is put in.
    """
    for name, (x, y) in drawing.places.items():
        look: dict[str, Any] = {"wide": WIDE, "high": drawing.high, "spec": ".4g"}
        yield Boxes(x=x, y=y, values=values.format(key(name)), colour="ink", width=2, tint=0.06, **look)
        if name in drawing.walk.data:
            continue
        look |= {"colour": "gradient", "ink": "gradient", "width": 1.2, "tint": 0.12}
        x, y = drawing.derivative_place(name)
        yield Boxes(x=x, y=y, values=derivatives.format(key(name)), **look)


def blanks_stage(
    drawing: Drawing, inputs: Mapping[str, float], found: frozenset[str], text: Mapping[str, str]
) -> Stage:
    """The graph of *Your turn*, without a clock: all values, and the derivatives that are `found`."""
    values = drawing.graph.forward(inputs)
    derivatives = drawing.graph.backward(values)
    tables: dict[str, Table] = {}
    for name in drawing.places:
        tables[f"value_{key(name)}"] = Table(np.array(values[name], dtype=np.float64))
        tables[f"slope_{key(name)}"] = Table(np.array(derivatives[name] if name in found else np.nan))
    panel = Panel(
        name="blanks",
        title=text[f"title_turn_{drawing.walk.name}"],
        tab=text["tab_turn"],
        figure=ground(drawing),
        layers=tuple(numbers(drawing, "value_{}", "slope_{}")),
    )
    return Stage(
        tables=tables,
        clock=None,
        panels=(panel,),
        layouts=(Layout(("blanks",)),),
        sentences=(Sentence(text["said_turn"]),),
    )
