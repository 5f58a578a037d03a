"""The figure that some of the questions are about: a walk down a map, and J by step of three trainings."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from explainer.chapters.recap.curves import CURVE_STEPS, CURVES, DATA, MODEL, curves, walk
from explainer.stage.cost_figures import cost_figure, map_of
from explainer.stage.layers import NUMBER, Line, Marker, Text, Trail
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table

COLOURS: Final = {"A": "training", "B": "gradient", "C": "held-out"}
"""Colours that mean nothing here, far apart."""


def stage(start: tuple[float, float], text: Mapping[str, str]) -> Stage:
    """The map with the walk from `start`, as far as the clock has come, beside the three curves."""
    run, axes = walk(start), ("step",)
    tables = {
        "w": Table(run.w[:, 0], axes),
        "b": Table(run.b, axes),
        "cost": Table(run.costs, axes),
        "curve_step": Table(np.arange(CURVE_STEPS + 1)),
    }
    tables |= {f"curve_{letter}": Table(costs) for letter, costs in curves().items()}
    highest = max(float(costs.max()) for costs in curves().values())
    return Stage(
        tables=tables,
        clock=Clock("step"),
        panels=(
            Panel(
                name="map",
                title=text["map"],
                tab=text["tab_map"],
                figure=map_of(DATA, MODEL),
                layers=_walk(start, text),
                click="start",
            ),
            Panel(
                name="curves",
                title=text["curves"],
                tab=text["tab_curves"],
                figure=cost_figure(highest, CURVE_STEPS, text),
                layers=tuple(layer for letter in CURVES for layer in _curve(letter)),
            ),
        ),
        layouts=(Layout(("map curves",), columns="minmax(0,1fr) minmax(0,1fr)"),),
        readouts=(Readout(text["readout"], lead=True),),
        sentences=(Sentence(text["sentence"]),),
    )


def _walk(start: tuple[float, float], text: Mapping[str, str]) -> tuple[Marker | Trail, ...]:
    """The start, the way so far, and the point."""
    w, b = start
    return (
        Marker(x=w, y=b, colour="path", symbol="cross", size=7, text=text["start"], place="above"),
        Trail(x="w", y="b", colour="path", width=3, dots=True),
        Marker(x="w", y="b", colour="path", size=8, text=text["here"], importance=NUMBER),
    )


def _curve(letter: str) -> tuple[Line, Text]:
    """A curve and its letter, near its end."""
    costs = curves()[letter]
    at = CURVE_STEPS - 4
    return (
        Line(x="curve_step", y=f"curve_{letter}", colour=COLOURS[letter]),
        Text(
            x=float(at),
            y=float(costs[at]),
            text=letter,
            align="center",
            colour=COLOURS[letter],
            importance=NUMBER,
        ),
    )
