"""A computation graph on paper: boxes for values and derivatives, arrows, names and formulas."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import plotly.graph_objects as go

from explainer.chapters.graph import chain_rule as chain
from explainer.chapters.graph.chain_rule import Walk
from explainer.maths.graph import Graph
from explainer.stage.layers import Boxes, Layer
from explainer.stage.palette import INK, template

GRADIENT: Final = "var(--gradient)"
WIDE: Final = 0.5  # of a box, in columns


@dataclass(frozen=True, eq=False)
class Drawing:
    """A walk through a graph, on paper.

    `places` are the middles of the value boxes, in columns and rows, and `high` is a box's height; below
    each lies the derivative's, but for the walk's data. `titles` is what is written above a node, if not
    its formula.
    """

    walk: Walk
    places: Mapping[str, tuple[float, float]]
    high: float
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def graph(self) -> Graph:
        """What is drawn."""
        return self.walk.graph

    def derivative_place(self, name: str) -> tuple[float, float]:
        """The middle of the box of a node's derivative."""
        x, y = self.places[name]
        return x, y - self.high


def ground(drawing: Drawing) -> go.Figure:
    """What stands still: names, formulas, arrows."""
    columns, rows = zip(*drawing.places.values(), strict=True)
    bare = {"visible": False, "fixedrange": True}
    figure = go.Figure()
    figure.update_layout(
        template=template(),
        uirevision=drawing.walk.name,
        margin={"l": 12, "r": 2, "t": 2, "b": 2},
        xaxis=bare | {"range": [min(columns) - WIDE / 2 - 0.52, max(columns) + WIDE / 2 + 0.12]},
        yaxis=bare
        | {"range": [min(rows) - 1.5 * drawing.high - 0.12, max(rows) + 0.5 * drawing.high + 0.12]},
        annotations=[*_arrows(drawing), *_names(drawing)],
    )
    return figure


def ends(drawing: Drawing, parent: str, child: str) -> tuple[float, float, float, float]:
    """An arrow from the right edge of the parent's value to the left edge of the child's."""
    (x0, y0), (x1, y1) = drawing.places[parent], drawing.places[child]
    return x0 + WIDE / 2, y0, x1 - WIDE / 2, y1


def edges(graph: Graph) -> Iterator[tuple[str, str]]:
    """All arrows: (parent, child)."""
    for node in graph.nodes:
        for parent in node.slopes:
            yield parent, node.name


def _arrows(drawing: Drawing) -> Iterator[dict[str, Any]]:
    for parent, child in edges(drawing.graph):
        x0, y0, x1, y1 = ends(drawing, parent, child)
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
        title = drawing.titles.get(name) or _title(drawing.graph, name)
        font = {"color": INK, "size": 15 if is_input else 14}
        place = {"x": x - WIDE / 2, "y": y, "xanchor": "right", "xshift": -13}
        above = {"x": x, "y": y + drawing.high / 2, "yanchor": "bottom", "yshift": 1}
        yield plain | (place if is_input else above) | {"text": f"<b>{title}</b>", "font": font}
        if name in drawing.walk.data:
            continue
        y -= drawing.high
        place = place | {"y": y}
        below = {"x": x, "y": y - drawing.high / 2, "yanchor": "top", "yshift": -1}
        slope = chain.slope_name(output, name)
        yield (
            plain | (place if is_input else below) | {"text": slope, "font": {"color": GRADIENT, "size": 13}}
        )


def _title(graph: Graph, name: str) -> str:
    formula, symbol = graph[name].formula, chain.symbol(name)
    return f"{symbol} = {chain.in_names(formula, graph)}" if formula else symbol


def numbers(drawing: Drawing, values: Mapping[str, str], derivatives: Mapping[str, str]) -> Iterator[Layer]:
    """A box with the value of each node and one below with its derivative; given are the names of tables."""
    for name, (x, y) in drawing.places.items():
        look: dict[str, Any] = {"wide": WIDE, "high": drawing.high, "spec": ".4g"}
        yield Boxes(x=x, y=y, values=values[name], colour="ink", width=2, tint=0.06, **look)
        if name in drawing.walk.data:
            continue
        x, y = drawing.derivative_place(name)
        yield Boxes(
            x=x,
            y=y,
            values=derivatives[name],
            colour="gradient",
            ink="gradient",
            width=1.2,
            tint=0.12,
            **look,
        )
