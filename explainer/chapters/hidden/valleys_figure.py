"""A slice of the cost surface through the ends of two trainings: two valleys, and what lies between them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from explainer.chapters.hidden.valleys import SAME, Valleys
from explainer.stage.cost_figures import CostPlane, contours, relief
from explainer.stage.layers import Marker
from explainer.stage.path import Raisable, flat, raised
from explainer.stage.stage import Layout, Panel, Readout, Sentence, Stage
from explainer.words import fill
from explainer.words.numbers import number

HIGHEST: Final = 2.0
"""Where the surface is cut off, as a multiple of J at the start: what is higher hides the valleys."""
ROOM_ABOVE: Final = 1.1
"""How high the scene is, as a multiple of the surface's highest place."""


def stage(found: Valleys, seeds: tuple[int, int], units: str, text: Mapping[str, str]) -> Stage:
    """The slice in 3-D and from above, with both ends and the start; `units` says how many there are."""
    numbers = {name: number(getattr(found, name), 2) for name in ("first", "second", "ridge")}
    known = {"seed": seeds[0], "other_seed": seeds[1], "with_units": units} | numbers
    said = {name: fill(value, **known) for name, value in text.items()}
    return Stage(
        tables={},
        clock=None,
        panels=tuple(_panels(found, said)),
        layouts=(Layout(("valleys_surface valleys_map",), columns="minmax(0,1.25fr) minmax(0,1fr)"),),
        readouts=(Readout(said["readout_valleys"], lead=True), Readout(said["readout_ridge"], lead=True)),
        sentences=(Sentence(said["sentence_same" if found.apart <= SAME else "sentence_valleys"]),),
    )


def _panels(found: Valleys, text: Mapping[str, str]) -> Iterator[Panel]:
    plane, highest = found.plane, HIGHEST * found.start
    names = (text["axis_along"], text["axis_across"])
    shown = CostPlane(plane.along, plane.across, plane.costs, names, "valleys")
    cut = replace(shown, costs=np.minimum(plane.costs, highest), highest=ROOM_ABOVE * highest)
    layers = list(_marks(found, text))
    yield Panel(
        name="valleys_surface",
        title=text["valleys_surface"].format(highest=number(highest, 2)),
        tab=text["tab_surface"],
        figure=relief(cut, 1.2),
        layers=raised(layers),
    )
    above = contours(shown).update_layout(margin={"l": 56, "b": 48})
    yield Panel(
        name="valleys_map",
        title=text["valleys_map"],
        tab=text["tab_map"],
        figure=above,
        layers=flat(layers),
    )


def _marks(found: Valleys, text: Mapping[str, str]) -> Iterator[Raisable]:
    """Both ends, and where the first training began."""
    costs = (found.first, found.second, found.start)
    for name, (x, y), J in zip(("first", "second", "start"), found.plane.places.tolist(), costs, strict=True):
        symbol = "cross" if name == "start" else "circle"
        yield (
            Marker(x=x, y=y, colour="path", symbol="cross" if symbol == "cross" else "circle", size=7,
                   text=text[f"mark_{name}"], place="above"),
            J,
        )  # fmt: skip
