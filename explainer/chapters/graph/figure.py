"""A computation graph, drawn: values appear from left to right, derivatives from right to left.

One clock for both ways. At step 0 the inputs are known, then each step computes one node's value, then
each step one node's derivative, the output's first. What is not computed yet is "?".
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from explainer.chapters.graph import chain_rule as chain
from explainer.chapters.graph.chain_rule import Walk
from explainer.chapters.graph.nodes_figure import WIDE, Drawing, edges, ends, ground, numbers
from explainer.maths import graph as graphs
from explainer.maths.checks import FloatArray
from explainer.stage.layers import Boxes, Layer, Line, Marker
from explainer.stage.stage import Clock, Control, Layout, Panel, Readout, Sentence, Stage, Table, Toggle

SECONDS: Final = 1.7  # for a step while it plays: time to read a line


WHOLE: Final = tuple(float(k) for k in range(-5, 11))
COURSE: Final = Drawing(
    Walk(
        "course",
        graphs.course(),
        {name: (name, WHOLE, WHOLE.index(start)) for name, start in zip("abc", (5, 3, 2), strict=True)},
    ),
    places={"a": (0, 2), "b": (0, 1), "c": (0, 0), "u": (1, 0.55), "v": (2, 1.25), "J": (3, 1.25)},
    high=0.3,
)
WEIGHTS: Final = tuple(float(w) for w in np.arange(-3, 3.5, 0.5))
NEURON: Final = Drawing(
    Walk(
        "neuron",
        graphs.neuron(),
        {name: (control, WEIGHTS, WEIGHTS.index(start))
         for name, control, start in (("w1", "w1", 1.0), ("w2", "w2", -1.0), ("b", "neuron_b", 0.5))},
        data=("x1", "x2", "y"),
        step="neuron_step",
        nudge="neuron_nudge",
    ),
    places={"x1": (0, 4), "w1": (0, 3), "x2": (0, 2), "w2": (0, 1), "b": (0, 0),
            "z": (1.05, 2), "a": (2, 2), "L": (3, 2), "y": (2, 0)},
    high=0.37,
    titles={"z": "z = w₁ x₁<br>+ w₂ x₂ + b", "a": "a =<br>sigmoid(z)", "L": "L(a, y)"},
)  # fmt: skip


# ---- what moves


def stage(drawing: Drawing, fixed: Mapping[str, float], text: Mapping[str, str]) -> Stage:
    """The graph for all places of its sliders; `fixed` has the values of the other inputs."""
    walk = drawing.walk
    return Stage(
        tables=chain.tables(walk, fixed, text) | _places(drawing),
        controls=tuple(_controls(walk, text)),
        clock=Clock(walk.step, seconds=SECONDS * (len(walk.steps) - 1), slowest=0.1),
        toggles=(Toggle(walk.nudge, text["nudge"], tuple(_options(walk, text)), "none"),),
        panels=(
            Panel(
                name=walk.name,
                title="{phase}",
                tab=text[f"tab_{walk.name}"],
                figure=ground(drawing),
                layers=tuple(_layers(drawing)),
                pick=(walk.step,),
            ),
        ),
        layouts=(Layout((walk.name,)),),
        readouts=tuple(_readouts(walk, text)),
        sentences=(
            Sentence(text[f"nudge_{walk.name}"], when={walk.nudge: tuple(walk.sliders)}),
            Sentence("{said}"),
        ),
    )


def _controls(walk: Walk, text: Mapping[str, str]) -> Iterator[Control]:
    for name, (control, values, start) in walk.sliders.items():
        yield Control(control, chain.symbol(name), values, tuple(f"{value:g}" for value in values), start)
    count = range(len(walk.steps))
    yield Control(walk.step, text["step"], tuple(count), tuple(map(str, count)))


def _options(walk: Walk, text: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "none", text["none"]
    for name in walk.sliders:
        yield name, chain.symbol(name)


def _readouts(walk: Walk, text: Mapping[str, str]) -> Iterator[Readout]:
    yield Readout("{forward_line}", lead=True)
    yield Readout("{backward_line}", lead=True, colour="gradient")
    yield Readout("{slope_line}", colour="gradient")
    for name in walk.sliders:
        only = {walk.nudge: (name,)}
        yield Readout(chain.nudge_text(walk, name, text["nudge_measured"]), when=only)
        yield Readout(chain.nudge_text(walk, name, text["nudge_foretold"]), colour="gradient", when=only)


def _layers(drawing: Drawing) -> Iterator[Layer]:
    # Unseen, below the numbers: where a press goes to the step that computed what lies there.
    yield Marker(x="here_x", y="here_y", colour="ground", size=1)
    for way, colour in (("forward", "path"), ("backward", "gradient")):
        yield Line(x=f"{way}_x", y=f"{way}_y", colour=colour, width=4)
    values = {name: f"say_{chain.key(name)}" for name in drawing.places}
    slopes = {name: f"said_{chain.key(name)}" for name in drawing.places}
    yield from numbers(drawing, values, slopes)
    look: dict[str, Any] = {"wide": WIDE + 0.06, "high": drawing.high + 0.07, "width": 4}
    for way, colour in (("forward", "path"), ("backward", "gradient")):
        yield Boxes(x=f"{way}_box_x", y=f"{way}_box_y", colour=colour, **look)


def _places(drawing: Drawing) -> dict[str, Table]:
    """Where each step is at work: its boxes, and the arrows whose numbers it uses."""
    inputs, axis = drawing.graph.inputs, (drawing.walk.step,)
    most = max(len(inputs), *(len(node.slopes) for node in drawing.graph.nodes))
    tables: dict[str, Table] = {}
    here = np.array([_spots(drawing, *step)[0] for step in drawing.walk.steps])
    for way in ("forward", "backward"):
        boxes = np.full((len(drawing.walk.steps), most, 2), np.nan)
        lines = np.full((len(drawing.walk.steps), 3 * most, 2), np.nan)
        for k, (kind, name) in enumerate(drawing.walk.steps):
            if (kind == "backward") != (way == "backward"):
                continue
            spots = _spots(drawing, kind, name)
            boxes[k, : len(spots)] = spots
            for i, (parent, child) in enumerate(_used(drawing, kind, name)):
                lines[k, 3 * i : 3 * i + 2] = np.reshape(ends(drawing, parent, child), (2, 2))
        for c, axis_name in enumerate("xy"):
            tables[f"here_{axis_name}"] = Table(here[:, c], axis)
            tables[f"{way}_box_{axis_name}"] = Table(boxes[..., c], axis)
            tables[f"{way}_{axis_name}"] = Table(lines[..., c], axis)
    return tables


def _spots(drawing: Drawing, kind: str, name: str) -> FloatArray:
    """The middles of the boxes that a step fills, (k, 2)."""
    if kind == "inputs":
        return np.array([drawing.places[name] for name in drawing.graph.inputs], dtype=np.float64)
    place = drawing.places[name] if kind == "forward" else drawing.derivative_place(name)
    return np.array([place], dtype=np.float64)


def _used(drawing: Drawing, kind: str, name: str) -> list[tuple[str, str]]:
    """The arrows whose numbers a step uses: into the node forward, out of it backward."""
    end = {"forward": 1, "backward": 0}.get(kind)
    return [edge for edge in edges(drawing.graph) if end is not None and edge[end] == name]
