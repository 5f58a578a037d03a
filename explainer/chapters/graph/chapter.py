"""The chapter *Where do the gradients come from?*: its settings and its live figures."""

from functools import partial
from typing import Final

import numpy as np

from explainer.chapters.graph import columns_figure, figure
from explainer.chapters.graph.blanks import (
    BLANKS,
    FIRST_INPUTS,
    FIRST_WEIGHTS,
    TURNS,
    found_nodes,
    turn_inputs,
)
from explainer.chapters.graph.chain_rule import symbol
from explainer.chapters.graph.columns_figure import STEPS
from explainer.chapters.graph.figure import Controls
from explainer.chapters.graph.nodes_figure import COURSE, NEURON, Drawing, blanks_stage
from explainer.maths.graph import (
    Graph,
    activation,
    course,
    loss,
    neuron,
    product,
    total,
    triple,
    weighted_sum,
)
from explainer.maths.logistic import gradients
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.settings import Choice, Number, Slider, Supplied
from explainer.stage.stage import Stage
from explainer.words import words

TEXT: Final = words("graph").figure
WHOLE: Final = tuple(float(k) for k in range(-5, 11))
HALVES: Final = tuple(float(w) for w in np.arange(-3, 3.5, 0.5))

# J = 3 (a + b c).
A: Final = Slider("a", WHOLE, start=FIRST_INPUTS["a"], label="a")
B: Final = Slider("b", WHOLE, start=FIRST_INPUTS["b"], label="b")
C: Final = Slider("c", WHOLE, start=FIRST_INPUTS["c"], label="c")
STEP: Final = Slider("step", range(len(COURSE.walk.steps)))
NUDGE: Final = Choice("nudge", ("none", "a", "b", "c"), labels={name: name for name in "abc"})

# One example through the neuron.
X1: Final = Number("x1", 1.0, low=-3.0, high=3.0)
X2: Final = Number("x2", 2.0, low=-3.0, high=3.0)
Y: Final = Choice("y", ("0", "1"), "1")
W1: Final = Slider("w1", HALVES, start=FIRST_WEIGHTS["w1"], label=symbol("w1"))
W2: Final = Slider("w2", HALVES, start=FIRST_WEIGHTS["w2"], label=symbol("w2"))
BIAS: Final = Slider("neuron_b", HALVES, start=FIRST_WEIGHTS["b"], label="b")
NEURON_STEP: Final = Slider("neuron_step", range(len(NEURON.walk.steps)))
NEURON_NUDGE: Final = Choice(
    "neuron_nudge", ("none", "w1", "w2", "b"), labels={name: symbol(name) for name in ("w1", "w2", "b")}
)

# Your turn, and m examples.
TURN: Final = Choice("turn", TURNS)
FOUND: Final = {graph: Supplied(f"found_{graph}", lambda: 0) for graph in BLANKS}
"""How many of a graph's blanks are right so far."""
COLUMN_STEP: Final = Slider("column_step", range(len(STEPS)))


COURSE_CONTROLS: Final = Controls({"a": A, "b": B, "c": C}, STEP, NUDGE)
NEURON_CONTROLS: Final = Controls({"w1": W1, "w2": W2, "b": BIAS}, NEURON_STEP, NEURON_NUDGE)


def neuron_stage(x1: float, x2: float, y: str) -> Stage:
    """Logistic regression on one example, for every w1, w2 and b."""
    return figure.stage(NEURON, NEURON_CONTROLS, {"x1": x1, "x2": x2, "y": float(y)}, TEXT)


def turn_stage(drawing: Drawing, turn: str, found: int) -> Stage:
    """A graph with its values, and the derivatives of its first `found` blanks."""
    graph = drawing.walk.name
    return blanks_stage(drawing, turn_inputs(graph, turn), found_nodes(graph, found), TEXT)


CHAPTER: Final = Chapter(
    "graph",
    own=(X1, X2, Y, TURN),
    figures={
        "course": Figure(
            partial(figure.stage, COURSE, COURSE_CONTROLS, {}, TEXT), controls=COURSE_CONTROLS.all, kept=1
        ),
        "neuron": Figure(neuron_stage, controls=NEURON_CONTROLS.all, of=(X1, X2, Y), kept=32),
        "turn_course": Figure(partial(turn_stage, COURSE), of=(TURN, FOUND["course"]), kept=32),
        "turn_neuron": Figure(partial(turn_stage, NEURON), of=(TURN, FOUND["neuron"]), kept=32),
        "columns": Figure(partial(columns_figure.stage, TEXT), controls=(COLUMN_STEP,), kept=1),
    },
    code=(
        Graph.forward,
        Graph.backward,
        Graph.slope,
        course,
        neuron,
        product,
        total,
        triple,
        weighted_sum,
        activation,
        loss,
        gradients,
    ),
)
