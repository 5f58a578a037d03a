"""The live figure of a gradient step for m examples at once, one example a column."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from explainer.maths.checks import BoolArray, FloatArray
from explainer.maths.logistic import gradients, sigmoid
from explainer.stage.arrays import Array, ground
from explainer.stage.layers import Layer
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table
from explainer.words.numbers import number

X: Final = np.array([[1.0, 2.0, -1.0, 0.5, -2.0], [2.0, -1.0, 0.5, 0.0, 1.0]])
Y: Final = np.array([[1.0, 0.0, 1.0, 0.0, 0.0]])
"""Five made-up examples. The first one is also what the chapter's neuron starts with."""
NUM_EXAMPLES: Final = Y.size
W: Final = np.array([[1.0], [-1.0]])
B: Final = 0.5
STEPS: Final = ("start", "Z", "A", "dZ", "dw1", "dw2", "db")
USED: Final = {"Z": "w X b", "A": "Z", "dZ": "A Y", "dw1": "dZ", "dw2": "dZ", "db": "dZ"}
"""Step -> the arrays that it reads; the steps for dw read a row of X, too."""
AXES: Final = ("column_step",)
SECONDS: Final = 2.0  # for a step while it plays: time to read a line
TALL: Final = 1.9  # from one array to the next below it, in cells: a row, and room for a name
MIDDLE, RIGHT = 1.6, 7.4  # x where the arrays of examples begin, and those of derivatives, in cells


def arrays() -> dict[str, FloatArray]:
    """All arrays of the step by name, computed with `explainer.maths.logistic`."""
    Z = W.T @ X + B
    dw, db = gradients(W, B, X, Y)
    return {
        "w": W, "X": X, "b": np.array([[B]]), "Z": Z, "A": sigmoid(Z), "Y": Y, "dZ": sigmoid(Z) - Y,
        "dw": dw, "db": np.array([[db]]),
    }  # fmt: skip


def stage(text: Mapping[str, str]) -> Stage:
    """X, Z, A, Y, dZ below one another, one example a column; w, b on the left, dw, db on the right."""
    found, placed = arrays(), _placed(text)
    step_number = np.arange(len(STEPS), dtype=np.uint8)
    said = tuple(text[f"columns_{step.lower()}"].format(m=NUM_EXAMPLES) for step in STEPS)
    tables = {
        "calculation": Table(step_number, AXES, tuple(_calculations(found))),
        "said": Table(step_number, AXES, said),
    }
    for name, place in placed.items():
        tables |= place.places() | _of_array(name, place, found[name])
    return Stage(
        tables=tables,
        clock=Clock("column_step", seconds=SECONDS * len(STEPS), slowest=0.1),
        panels=(
            Panel(
                name="columns",
                title=text["columns_title"].format(m=NUM_EXAMPLES),
                tab=text["tab_columns"],
                figure=ground(tuple(placed.values())),
                layers=tuple(layer for name, place in placed.items() for layer in _layers(name, place)),
            ),
        ),
        layouts=(Layout(("columns",)),),
        readouts=(Readout("{calculation}", lead=True),),
        sentences=(Sentence("{said}"),),
    )


def _placed(text: Mapping[str, str]) -> dict[str, Array]:
    """The arrays by name, each in its place."""
    corners = {
        "X": (MIDDLE, 0.0), "Z": (MIDDLE, -1 - TALL), "A": (MIDDLE, -1 - 2 * TALL),
        "Y": (MIDDLE, -1 - 3 * TALL), "dZ": (MIDDLE, -1 - 4 * TALL),
        "w": (0.0, 0.0), "b": (0.0, -1 - TALL), "dw": (RIGHT, 0.0), "db": (RIGHT, -1 - 4 * TALL),
    }  # fmt: skip
    placed = {}
    for name, array in arrays().items():
        title, (rows, columns) = text[f"columns_{name.lower()}_name"], array.shape
        placed[name] = Array(name.lower(), rows, columns, title, " ", *corners[name])
    return placed


def _of_array(name: str, place: Array, values: FloatArray) -> dict[str, Table]:
    """An array's numbers at each step, nan before they are computed; the cells a step uses and computes."""
    made = np.array([_made(name, step, values.size) for step in STEPS])
    known = np.logical_or.accumulate(made) if made.any() else np.full_like(made, True)
    used = np.array([_used(name, step, values) for step in STEPS])
    return {
        f"{place.name}_values": Table(np.where(known, values.ravel(), np.nan), AXES),
        f"{place.name}_used": place.chosen(used, AXES),
        f"{place.name}_made": place.chosen(made, AXES),
    }


def _used(name: str, step: str, values: FloatArray) -> BoolArray:
    """Which of an array's cells a step reads, (size,)."""
    mask = np.full(values.shape, name in USED.get(step, "").split())
    if name == "X" and step in ("dw1", "dw2"):
        mask[int(step[-1]) - 1] = True
    return mask.ravel()


def _made(name: str, step: str, size: int) -> BoolArray:
    """Which of an array's cells a step computes, (size,)."""
    if name == "dw":
        return np.array([step == "dw1", step == "dw2"])
    return np.full(size, name == step)


def _layers(name: str, place: Array) -> Iterator[Layer]:
    colour = "gradient" if name.startswith("d") else "path"
    yield place.boxes(x=f"{place.name}_used", colour="path", tint=0.14, width=0)
    yield place.boxes(f"{place.name}_values", ink="gradient" if colour == "gradient" else "ink")
    yield place.boxes(x=f"{place.name}_made", colour=colour, width=4)


def _calculations(found: Mapping[str, FloatArray]) -> Iterator[str]:
    """What each step computes, with the numbers of the first column, or of the row that is summed."""
    x, z, a, y, dz = (found[name][:, 0] for name in ("X", "Z", "A", "Y", "dZ"))
    yield "Z = ?"
    yield f"z⁽¹⁾ = {_put(W[0, 0])} × {_put(x[0])} + {_put(W[1, 0])} × {_put(x[1])} + {_put(B)} = {_say(z[0])}"
    yield f"a⁽¹⁾ = sigmoid({_say(z[0])}) = {_say(a[0])}"
    yield f"dz⁽¹⁾ = a⁽¹⁾ − y⁽¹⁾ = {_say(a[0])} − {_say(y[0])} = {_say(dz[0])}"
    for row, sub in enumerate("₁₂"):
        products = " + ".join(f"{_put(p)} × {_put(q)}" for p, q in zip(X[row], found["dZ"][0], strict=True))
        yield f"dw{sub} = ({products}) / {NUM_EXAMPLES} = {_say(found['dw'][row, 0])}"
    yield f"db = ({' + '.join(_put(q) for q in found['dZ'][0])}) / {NUM_EXAMPLES} = {_say(found['db'][0, 0])}"


def _say(value: float) -> str:
    return number(value, digits=3)


def _put(value: float) -> str:
    """A number within a formula: a negative one in brackets."""
    return f"({_say(value)})" if value < 0 else _say(value)
