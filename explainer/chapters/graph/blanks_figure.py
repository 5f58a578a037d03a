"""The graph of *Your turn*: its values are there, its derivatives only once the reader has found them."""

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np

from explainer.chapters.graph.nodes_figure import Drawing, ground, numbers
from explainer.stage.stage import Layout, Panel, Sentence, Stage, Table

NAME: Final = "blanks"


def stage(
    drawing: Drawing, inputs: Mapping[str, float], found: Collection[str], text: Mapping[str, str]
) -> Stage:
    """A drawing that stands still. `found` are the nodes whose derivatives are shown; the others are "?"."""
    values = drawing.graph.forward(inputs)
    derivatives = drawing.graph.backward(values)
    places = drawing.places
    tables = {f"value_{name.lower()}": Table(np.array(values[name], dtype=np.float64)) for name in places}
    tables |= {
        f"slope_{name.lower()}": Table(np.array(derivatives[name] if name in found else np.nan))
        for name in places
    }
    layers = numbers(
        drawing,
        {name: f"value_{name.lower()}" for name in places},
        {name: f"slope_{name.lower()}" for name in places},
    )
    walk = drawing.walk.name
    return Stage(
        tables=tables,
        controls=(),
        clock=None,
        panels=(
            Panel(
                name=NAME,
                title=text[f"title_turn_{walk}"],
                tab=text["tab_turn"],
                figure=ground(drawing),
                layers=tuple(layers),
            ),
        ),
        layouts=(Layout((NAME,)),),
        sentences=(Sentence(text["said_turn"]),),
    )
