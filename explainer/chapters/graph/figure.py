"""The live figure of a computation graph: values appear left to right, then derivatives right to left.

At step 0 the inputs are known. Each later step computes one node's value; when all are known, each step
computes one node's derivative, the output's first. "?" stands for what is not computed yet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from explainer.chapters.graph.chain_rule import (
    NUDGE,
    Walk,
    backward_text,
    forward_text,
    key,
    nudge_text,
    slopes_text,
    slot,
    step_text,
)
from explainer.chapters.graph.nodes_figure import WIDE, Drawing, edges, ends, ground, numbers
from explainer.maths.checks import FloatArray
from explainer.maths.graph import Value
from explainer.stage.layers import Boxes, Layer, Line, Marker
from explainer.stage.settings import Choice, Slider
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table

SECONDS: Final = 1.7  # for a step while it plays: time to read a line
NEARLY: Final = 5e-5  # a value closer than this below 1 would round to 1 in four digits
COLOURS: Final = {"forward": "path", "backward": "gradient"}

Text = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Controls:
    """A walk's controls: the sliders of its inputs, by node; the step; which input is nudged."""

    sliders: Mapping[str, Slider]
    step: Slider
    nudge: Choice

    @property
    def all(self) -> tuple[Slider | Choice, ...]:
        """All of them, in the order in which they are shown."""
        return (*self.sliders.values(), self.step, self.nudge)


def stage(drawing: Drawing, controls: Controls, fixed: Mapping[str, float], text: Text) -> Stage:
    """The graph for all positions of its sliders; `fixed` has the values of the other inputs."""
    walk, step = drawing.walk, controls.step.name
    return Stage(
        tables=_numbers(walk, controls, fixed) | _lines(walk, step, text) | _places(drawing, step),
        clock=Clock(step, seconds=SECONDS * (len(walk.steps) - 1), slowest=0.1),
        panels=(
            Panel(
                name=walk.name,
                title="{phase}",
                tab=text[f"tab_{walk.name}"],
                figure=ground(drawing),
                layers=tuple(_layers(drawing)),
                pick=(step,),
            ),
        ),
        layouts=(Layout((walk.name,)),),
        readouts=tuple(_readouts(walk, controls, text)),
        sentences=(
            Sentence(text[f"nudge_{walk.name}"], when={controls.nudge.name: tuple(controls.sliders)}),
            Sentence("{said}"),
        ),
    )


def _readouts(walk: Walk, controls: Controls, text: Text) -> Iterator[Readout]:
    yield Readout("{forward_line}", lead=True)
    yield Readout("{backward_line}", lead=True, colour="gradient")
    yield Readout("{slope_line}", colour="gradient")
    for name in controls.sliders:
        only = {controls.nudge.name: (name,)}
        yield Readout(nudge_text(walk, name, text["nudge_measured"]), when=only)
        yield Readout(nudge_text(walk, name, text["nudge_predicted"]), colour="gradient", when=only)


def _layers(drawing: Drawing) -> Iterator[Layer]:
    # Invisible below the numbers: a press picks the step whose marker is nearest.
    yield Marker(x="here_x", y="here_y", colour="ground", size=1)
    for way, colour in COLOURS.items():
        yield Line(x=f"{way}_x", y=f"{way}_y", colour=colour, width=4, glides=False)
    yield from numbers(drawing, "say_{}", "said_{}")
    look: dict[str, Any] = {"wide": WIDE + 0.06, "high": drawing.high + 0.07, "width": 4}
    for way, colour in COLOURS.items():
        yield Boxes(x=f"{way}_box_x", y=f"{way}_box_y", colour=colour, glides=False, **look)


# ---- the numbers for all positions of the sliders, and from which step on they are shown


@dataclass(frozen=True, eq=False)
class _Tables:
    """Makes the tables of a walk."""

    walk: Walk
    controls: Controls

    def of(self, value: Value) -> Table:
        """A value for all positions of the sliders that it depends on."""
        sliders, spread = self.controls.sliders.values(), np.asarray(value, dtype=np.float64)
        spread = spread.reshape((1,) * (len(sliders) - spread.ndim) + spread.shape)
        axes = tuple(slider.name for slider, size in zip(sliders, spread.shape, strict=True) if size > 1)
        return Table(spread.squeeze(), axes)

    def known(self, way: str, name: str, shown: str) -> Table:
        """ "?", and from the step on that computes it, `shown`."""
        known = np.arange(len(self.walk.steps)) >= self.walk.first_step(way, name)
        return Table(known.astype(np.uint8), (self.controls.step.name,), ("?", shown))

    def of_node(self, name: str, value: Value, derivative: Value) -> dict[str, Table]:
        """A node's value and derivative, and their texts, alone and within a formula."""
        small, table = key(name), self.of(value)
        nearly = ((table.values < 1) & (table.values > 1 - NEARLY)).astype(np.uint8)
        rest = f"1 − {slot(f'rest_{small}', '.2g')}"
        return {
            f"value_{small}": table,
            f"rest_{small}": Table(1 - table.values, table.axes),
            f"show_{small}": Table(nearly, table.axes, (slot(f"value_{small}", ".4g"), rest)),
            f"put_{small}": Table(nearly, table.axes, (slot(f"value_{small}", "p.4g"), f"({rest})")),
            f"say_{small}": self.known("forward", name, slot(f"show_{small}")),
            f"d_{small}": self.of(derivative),
            f"said_{small}": self.known("backward", name, slot(f"d_{small}", ".4g")),
        }

    def of_nudge(self, name: str, inputs: Mapping[str, Value], derivative: Value) -> dict[str, Table]:
        """How much the output changes: measured by a second forward pass, and predicted by the derivative."""
        graph, output, small = self.walk.graph, self.walk.graph.output, key(name)
        before = graph.forward(inputs)[output]
        after = graph.forward(dict(inputs) | {name: inputs[name] + NUDGE})[output]
        return {
            f"nudged_{small}": self.of(inputs[name] + NUDGE),
            f"after_{small}": self.of(after),
            f"moved_{small}": self.of(after - before),
            f"predicted_{small}": self.of(derivative * NUDGE),
            f"say_after_{small}": self.known("forward", output, slot(f"after_{small}", ".7g")),
            f"say_moved_{small}": self.known("forward", output, slot(f"moved_{small}", ".4g")),
            f"say_before_{small}": self.known("forward", output, slot(f"value_{key(output)}", ".7g")),
            f"say_predicted_{small}": self.known("backward", name, slot(f"predicted_{small}", ".4g")),
        }


def _numbers(walk: Walk, controls: Controls, fixed: Mapping[str, float]) -> dict[str, Table]:
    """All numbers of the walk, for all positions of its sliders."""
    made, graph, tables = _Tables(walk, controls), walk.graph, dict[str, Table]()
    grid = np.ix_(*(np.array(slider.values) for slider in controls.sliders.values()))
    inputs = dict(fixed) | dict(zip(controls.sliders, grid, strict=True))
    values = graph.forward(inputs)
    derivatives = graph.backward(values)
    for node in graph.nodes:
        tables |= made.of_node(node.name, values[node.name], derivatives[node.name])
        for parent in node.slopes:
            slope = graph.slope(node.name, parent, values)
            tables[f"slope_{key(node.name)}_{key(parent)}"] = made.of(slope)
    for name in controls.sliders:
        tables |= made.of_nudge(name, inputs, derivatives[name])
    return tables


# ---- texts and places of each step


def _lines(walk: Walk, step: str, text: Text) -> dict[str, Table]:
    """The read-outs, the sentence and the title of each step."""
    title = text[f"title_{walk.name}"]
    place = np.arange(len(walk.steps), dtype=np.uint8)
    lines = {
        "forward_line": [forward_text(walk, name) if way == "forward" else "" for way, name in walk.steps],
        "backward_line": [backward_text(walk, name) if way == "backward" else "" for way, name in walk.steps],
        "slope_line": [slopes_text(walk, name) if way == "backward" else "" for way, name in walk.steps],
        "said": [step_text(walk, way, name, text) for way, name in walk.steps],
        "phase": [text[f"phase_{way}"].format(title=title) for way, _ in walk.steps],
    }
    return {name: Table(place, (step,), tuple(texts)) for name, texts in lines.items()}


def _places(drawing: Drawing, step: str) -> dict[str, Table]:
    """The boxes that each step fills, and the arrows whose numbers it uses."""
    steps, inputs = drawing.walk.steps, drawing.graph.inputs
    most = max(len(inputs), *(len(node.slopes) for node in drawing.graph.nodes))
    here = np.array([_boxes(drawing, *at_work)[0] for at_work in steps])
    tables = {f"here_{axis}": Table(here[:, c], (step,)) for c, axis in enumerate("xy")}
    for way in COLOURS:
        boxes, lines = np.full((len(steps), most, 2), np.nan), np.full((len(steps), 3 * most, 2), np.nan)
        for k, (kind, name) in enumerate(steps):
            if (kind == "backward") != (way == "backward"):
                continue
            filled = _boxes(drawing, kind, name)
            boxes[k, : len(filled)] = filled
            end = 0 if kind == "backward" else 1  # the arrows out of the node backward, into it forward
            used = [edge for edge in edges(drawing.graph) if edge[end] == name]
            for i, (parent, child) in enumerate(used):
                lines[k, 3 * i : 3 * i + 2] = ends(drawing, parent, child)
        for c, axis in enumerate("xy"):
            tables[f"{way}_box_{axis}"] = Table(boxes[..., c], (step,))
            tables[f"{way}_{axis}"] = Table(lines[..., c], (step,))
    return tables


def _boxes(drawing: Drawing, kind: str, name: str) -> FloatArray:
    """The middles of the boxes that a step fills, (k, 2)."""
    if kind == "backward":
        return np.array([drawing.derivative_place(name)], dtype=np.float64)
    names = drawing.graph.inputs if kind == "inputs" else (name,)
    return np.array([drawing.places[name] for name in names], dtype=np.float64)
