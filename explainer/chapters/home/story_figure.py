"""The strip on Home: how one picture becomes an answer, and how training makes the answer better."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from explainer.maths.checks import ByteArray, FloatArray, IntArray
from explainer.maths.logistic import sigmoid
from explainer.maths.training import span, train_in_span
from explainer.pictures import SIDE, to_columns
from explainer.pictures.chosen import drawings
from explainer.pictures.columns import n_x
from explainer.stage.layers import NUMBER, Bars, Cells, Image, Layer, Line, Marker, Text, Trail
from explainer.stage.palette import bare
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table

SHOWN: Final = "fluent-emoji/cat-face"
"""The drawing that is followed: its family and name."""
LEARNING_RATE: Final = 0.001
NUM_ITERATIONS: Final = 2000
ITERATIONS: Final[IntArray] = np.unique(np.round(np.geomspace(1, NUM_ITERATIONS + 1, 41)).astype(int) - 1)
"""Where the clock stops: close together at first, when the answer changes fast."""
HIGHEST_LOSS: Final = 1.0
FARTHEST: Final = 5.0
"""The z at the ends of the drawn sigmoid."""
SLOTS: Final = (0.0, 1.35, 2.7)
"""Where the three parts of a panel begin; each is 1 wide and 1 high."""
BOTTOM, TOP = -0.24, 1.16
EYE: Final = (37, 23)
"""Row and column of the pixel in its eye around which numbers are written out."""


@dataclass(frozen=True, eq=False)
class Story:
    """z and a (S,) of the drawing that is followed, and J of all drawings, at each of the S `ITERATIONS`."""

    picture: ByteArray
    z: FloatArray
    a: FloatArray
    costs: FloatArray

    @property
    def losses(self) -> FloatArray:
        """L = -log(a) at each of the iterations: the drawing is a cat."""
        return np.asarray(-np.log(self.a))


@cache
def story() -> Story:
    """The training of one neuron on the bundled drawings, seen by one of them."""
    training = drawings().split.training
    names = [f"{family}/{name}" for family, name in zip(training.families, training.names, strict=True)]
    place = names.index(SHOWN)
    (run,) = train_in_span(span(to_columns(training.pictures), training.Y), (LEARNING_RATE,), NUM_ITERATIONS)
    z = run.Z[ITERATIONS, place]
    return Story(training.pictures[place], z, sigmoid(z), run.costs[ITERATIONS])


def stage(text: Mapping[str, str]) -> Stage:
    """Two panels: from the picture to the answer, and from the loss to a better answer."""
    told = story()
    return Stage(
        tables=_tables(told),
        clock=Clock("step", seconds=10.0),
        panels=(
            _panel("forward", _forward(text), text),
            _panel("learning", _learning(text), text),
        ),
        layouts=(Layout(("forward learning",), columns="minmax(0,1fr) minmax(0,1fr)"),),
        readouts=(Readout(text["readout"], lead=True),),
        sentences=(Sentence(text["sentence"]),),
    )


def _panel(name: str, layers: tuple[Layer, ...], text: Mapping[str, str]) -> Panel:
    figure = bare(SLOTS[-1] + 1.02, BOTTOM, square=True, top=TOP)
    return Panel(name=name, title=text[name], tab=text[f"tab_{name}"], figure=figure, layers=layers)


def _tables(told: Story) -> dict[str, Table]:
    across = np.linspace(0, 1, 61)
    z = (2 * across - 1) * FARTHEST
    a = np.linspace(np.exp(-HIGHEST_LOSS), 1, 61)
    highest = float(told.costs.max())
    steps = np.linspace(0, 1, ITERATIONS.size)
    axes = ("step",)
    return {
        "picture": Table(told.picture),
        "iteration": Table(ITERATIONS.astype(np.uint16), axes),
        "z": Table(told.z, axes),
        "a": Table(told.a, axes),
        "loss": Table(told.losses, axes),
        "cost": Table(told.costs, axes),
        "sigmoid_x": Table(SLOTS[2] + across),
        "sigmoid_y": Table(sigmoid(z)),
        "z_place": Table(SLOTS[2] + (np.clip(told.z / FARTHEST, -1, 1) + 1) / 2, axes),
        "loss_x": Table(SLOTS[0] + a),
        "loss_y": Table(-np.log(a) / HIGHEST_LOSS),
        "a_place": Table(SLOTS[0] + told.a, axes),
        "loss_place": Table(told.losses / HIGHEST_LOSS, axes),
        "step_place": Table(SLOTS[1] + steps, axes),
        "cost_place": Table(told.costs / highest, axes),
        "bar_place": Table(np.array([SLOTS[2] + 0.5])),
        "half_x": Table(np.array([SLOTS[2] + 0.1, SLOTS[2] + 0.9])),
    }


def _caption(slot: int, words: str) -> Text:
    return Text(x=SLOTS[slot] + 0.5, y=-0.13, text=words, align="center", colour="ink", importance=NUMBER)


def _forward(text: Mapping[str, str]) -> tuple[Layer, ...]:
    """The picture, some of its numbers, and the sigmoid's answer."""
    row, column = EYE
    return (
        Image(table="picture", x0=SLOTS[0], x1=SLOTS[0] + 1, y0=1, y1=0),
        Cells(
            table="picture",
            channel=0,
            row=row,
            column=column,
            reach=2,
            x0=SLOTS[1],
            x1=SLOTS[1] + 1,
            y0=1,
            y1=0,
        ),
        Line(x="sigmoid_x", y="sigmoid_y", colour="faint", width=4),
        Marker(x="z_place", y="a", colour="path", size=9, text=text["answer"], importance=NUMBER),
        _caption(0, text["picture"]),
        _caption(1, text["numbers"]),
        _caption(2, text["sigmoid"]),
    )


def _learning(text: Mapping[str, str]) -> tuple[Layer, ...]:
    """What the answer costs, the cost of all drawings on its way down, and the answer as a bar."""
    return (
        Line(x="loss_x", y="loss_y", colour="faint", width=4),
        Marker(x="a_place", y="loss_place", colour="path", size=9, text=text["loss"], importance=NUMBER),
        Trail(x="step_place", y="cost_place", colour="path", width=4),
        Marker(x="step_place", y="cost_place", colour="path", size=9, text=text["cost"], importance=NUMBER),
        Bars(x="bar_place", y="a", span=0.5, colour="cat"),
        Line(x="half_x", y=0.5, colour="ink", width=2, dash=(6, 5)),
        _caption(0, text["one_loss"]),
        _caption(1, text["all_losses"]),
        _caption(2, text["verdict"]),
    )


def numbers() -> dict[str, int]:
    """What the texts of Home ask for."""
    return {"n_x": n_x(SIDE), "m": drawings().split.training.pictures.shape[0], "iterations": NUM_ITERATIONS}
