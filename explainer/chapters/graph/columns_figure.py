"""The third live figure of the chapter *Graph*: the same step for m examples at once, one a column."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from explainer.maths.checks import BoolArray, FloatArray
from explainer.maths.logistic import gradients, sigmoid
from explainer.stage.arrays import Array, Placed, ground
from explainer.stage.layers import Layer
from explainer.stage.stage import Clock, Control, Layout, Panel, Readout, Sentence, Stage, Table

X: Final = np.array([[1.0, 2.0, -1.0, 0.5, -2.0], [2.0, -1.0, 0.5, 0.0, 1.0]])
Y: Final = np.array([[1.0, 0.0, 1.0, 0.0, 0.0]])
"""Five made-up examples; the first is the one that goes through the neuron first."""
W: Final = np.array([[1.0], [-1.0]])
B: Final = 0.5
STEPS: Final = ("start", "Z", "A", "dZ", "dw1", "dw2", "db")
AXES: Final = ("column_step",)
SECONDS: Final = 2.0  # for a step while it plays: time to read a line
TALL: Final = 1.9  # from one array to the next below it: a row, and room for a name
MIDDLE, RIGHT = 1.6, 7.4  # where the examples' columns begin, and the derivatives', in cells


def arrays() -> dict[str, FloatArray]:
    """All arrays of the step by their names, from `logistic`."""
    Z = W.T @ X + B
    dw, db = gradients(W, B, X, Y)
    return {
        "w": W, "X": X, "b": np.array([[B]]), "Z": Z, "A": sigmoid(Z), "Y": Y, "dZ": sigmoid(Z) - Y,
        "dw": dw, "db": np.array([[db]]),
    }  # fmt: skip


def stage(text: Mapping[str, str]) -> Stage:
    """X, Z, A, Y and dZ below one another: an example is a column. w, b left of them, dw, db right."""
    found, placed = arrays(), _placed(text)
    places = tuple(range(len(STEPS)))
    lines = _calculations(found)
    tables = {
        "calculation": Table(np.array(places, dtype=np.uint8), AXES, tuple(lines)),
        "said": Table(
            np.array(places, dtype=np.uint8),
            AXES,
            tuple(text[f"columns_{step.lower()}"].format(m=Y.size) for step in STEPS),
        ),
    }
    for name, place in placed.items():
        tables |= place.places() | _of_array(name, place, found[name])
    return Stage(
        tables=tables,
        controls=(Control("column_step", text["step"], places, tuple(map(str, places))),),
        clock=Clock("column_step", seconds=SECONDS * len(STEPS), slowest=0.1),
        panels=(
            Panel(
                name="columns",
                title=text["columns_title"].format(m=Y.size),
                tab=text["tab_columns"],
                figure=ground(tuple(placed.values())),
                layers=tuple(layer for name, place in placed.items() for layer in _layers(name, place)),
            ),
        ),
        layouts=(Layout(("columns",)),),
        readouts=(Readout("{calculation}", lead=True),),
        sentences=(Sentence("{said}"),),
    )


def _placed(text: Mapping[str, str]) -> dict[str, Placed]:
    """Where each array stands: name -> its place."""
    corners = {
        "X": (MIDDLE, 0.0), "Z": (MIDDLE, -1 - TALL), "A": (MIDDLE, -1 - 2 * TALL),
        "Y": (MIDDLE, -1 - 3 * TALL), "dZ": (MIDDLE, -1 - 4 * TALL),
        "w": (0.0, 0.0), "b": (0.0, -1 - TALL), "dw": (RIGHT, 0.0), "db": (RIGHT, -1 - 4 * TALL),
    }  # fmt: skip
    placed = {}
    for name, array in arrays().items():
        title, (rows, width) = text[f"columns_{name.lower()}_name"], array.shape
        placed[name] = Placed(Array(name.lower(), rows, width, title, " "), *corners[name])
    return placed


def _of_array(name: str, place: Placed, values: FloatArray) -> dict[str, Table]:
    """An array's numbers at each step, nan before they are there; the cells a step uses and makes."""
    flat = values.ravel()
    shown = np.array([np.where(_known(name, step, flat.size), flat, np.nan) for step in range(len(STEPS))])
    used = np.array([_used(name, step, values) for step in STEPS])
    made = np.array([_made(name, step, flat.size) for step in STEPS])
    return {
        f"{place.name}_values": Table(shown, AXES),
        f"{place.name}_used": place.chosen(used, AXES),
        f"{place.name}_made": place.chosen(made, AXES),
    }


def _known(name: str, step: int, size: int) -> BoolArray:
    """Which of an array's cells are known after so many steps, (size,) of booleans."""
    if name == "dw":
        rows: BoolArray = np.arange(size) <= step - STEPS.index("dw1")
        return rows
    return np.full(size, name not in STEPS or step >= STEPS.index(name))


def _used(name: str, step: str, values: FloatArray) -> BoolArray:
    """Which cells a step works on."""
    used = {
        "Z": ("w", "X", "b"),
        "A": ("Z",),
        "dZ": ("A", "Y"),
        "dw1": ("dZ",),
        "dw2": ("dZ",),
        "db": ("dZ",),
    }
    mask = np.full(values.shape, name in used.get(step, ()))
    if name == "X" and step in ("dw1", "dw2"):
        mask[int(step[-1]) - 1] = True
    return mask.ravel()


def _made(name: str, step: str, size: int) -> BoolArray:
    """Which cells a step computes."""
    if name == "dw":
        return np.array([step == "dw1", step == "dw2"])
    return np.full(size, name == step)


def _layers(name: str, place: Placed) -> Iterator[Layer]:
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
    m = Y.size
    for row, sub in enumerate("₁₂"):
        products = " + ".join(f"{_put(p)} × {_put(q)}" for p, q in zip(X[row], found["dZ"][0], strict=True))
        yield f"dw{sub} = ({products}) / {m} = {_say(found['dw'][row, 0])}"
    yield f"db = ({' + '.join(_put(q) for q in found['dZ'][0])}) / {m} = {_say(found['db'][0, 0])}"


def _say(number: float) -> str:
    return f"{number:.3g}".replace("-", "−")


def _put(number: float) -> str:
    """A number within a formula: a negative one in brackets."""
    return f"({_say(number)})" if number < 0 else _say(number)
