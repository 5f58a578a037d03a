"""What a reader answers: derivatives left blank, with hints for known mistakes, and the tasks' numbers."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from explainer.chapters.graph.chain_rule import COURSE_WALK, NEURON_WALK, NUDGE, in_names, slope_name, symbol
from explainer.maths.graph import Graph, Value
from explainer.words import words
from explainer.words.numbers import number

CLOSE: Final = 0.0051
"""A number that is off by no more than this is right: two decimals are enough."""
NEAR: Final = 0.05
"""A wrong number that is off by no more than this, relatively, is called a rounding mistake."""
SLOPE: Final = "slope"
"""The one blank that is no derivative of the output: the sigmoid's slope da/dz."""
BLANKS: Final = {"course": ("v", "u", "a", "b", "c"), "neuron": ("a", SLOPE, "z", "w1", "w2", "b")}
"""By graph, in the order in which they are asked for."""
TURNS: Final = ("1", "2", "3")
"""The sets of numbers to choose from, by name."""
GRAPHS: Final[Mapping[str, Graph]] = {"course": COURSE_WALK.graph, "neuron": NEURON_WALK.graph}
NUMBERS: Final[Mapping[str, Mapping[str, tuple[float, ...]]]] = {
    "course": {"1": (2, 4, -1), "2": (-3, 2, 5), "3": (1, -2, -4)},  # a, b, c
    "neuron": {  # x1, w1, x2, w2, b, y
        "1": (2, 1, 3, -1, 0.5, 1),
        "2": (-1, 0.5, 2, 1, -0.5, 0),
        "3": (3, -0.5, 1, 2, 1, 1),
    },
}
"""By graph and turn, in the order of the graph's inputs."""
SPECIFIC: Final = frozenset({"near", "sign", "local", "arrived", "sum", "value", "other", "output"})
"""The mistakes that have hints of their own."""


def turn_inputs(graph: str, turn: str) -> dict[str, float]:
    """The inputs' values in a turn."""
    return dict(zip(GRAPHS[graph].inputs, NUMBERS[graph][turn], strict=True))


def found_nodes(graph: str, count: int) -> frozenset[str]:
    """The nodes whose derivatives are shown when `count` blanks are right; the output's always is."""
    return frozenset({GRAPHS[graph].output, *BLANKS[graph][:count]} - {SLOPE})


@dataclass(frozen=True)
class Blank:
    """One blank of a graph, with the numbers of a turn."""

    graph: str
    turn: str
    name: str

    @property
    def values(self) -> dict[str, Any]:
        """Every node's value."""
        return GRAPHS[self.graph].forward(turn_inputs(self.graph, self.turn))

    @property
    def label(self) -> str:
        """``dJ/db``, or ``da/dz`` for the sigmoid's slope."""
        over, under = ("a", "z") if self.name == SLOPE else (GRAPHS[self.graph].output, self.name)
        return slope_name(over, under)

    @property
    def right(self) -> float:
        """The right number."""
        graph = GRAPHS[self.graph]
        if self.name == SLOPE:
            return float(graph.slope("a", "z", self.values))
        return float(graph.backward(self.values)[self.name])

    def mistake(self, typed: float) -> str | None:
        """Which mistake a number looks like, None if it is right."""
        if self.name == SLOPE:
            return slope_mistake(float(self.values["a"]), typed)
        return mistake(GRAPHS[self.graph], self.values, self.name, typed)


# ---- which mistake it is


def mistake(graph: Graph, values: Mapping[str, Value], name: str, typed: float) -> str | None:
    """Which mistake a number for d output / d `name` looks like; None if it is right.

    The product of factors that were rounded to two decimals is right, too. Else the first mistake that fits:
    "sign"; "local" (the local derivative alone); "arrived" (the child's derivative alone); "sum" (of these
    two, instead of their product); "value" (the node's); "other" (another parent's derivative); "output" (its
    value); "near"; "general". `name` is a node with one child.
    """
    derivatives = {node: float(value) for node, value in graph.backward(values).items()}
    right = derivatives[name]
    (child,) = graph.children(name)
    slope, arrived = float(graph.slope(child.name, name, values)), derivatives[child.name]
    if _same(typed, right) or any(
        _same(typed, one * other) for one in _two_decimals(slope) for other in _two_decimals(arrived)
    ):
        return None
    known = {
        "sign": [-right],
        "local": [slope],
        "arrived": [arrived],
        "sum": [slope + arrived],
        "value": [float(values[name])],
        "other": [derivatives[parent] for parent in child.slopes if parent != name],
        "output": [float(values[graph.output])],
    }
    return _first_that_fits(typed, right, known)


def slope_mistake(a: float, typed: float) -> str | None:
    """The same for the sigmoid's slope a (1 - a): "value" (a), "half" (1 - a), "sign", "near", "general"."""
    right = a * (1 - a)
    if _same(typed, right):
        return None
    return _first_that_fits(typed, right, {"value": [a], "half": [1 - a], "sign": [-right]})


def _first_that_fits(typed: float, right: float, mistakes: Mapping[str, Sequence[float]]) -> str:
    for kind, numbers in mistakes.items():
        if any(_same(typed, wrong) and not _same(wrong, right) for wrong in numbers):
            return kind
    return "near" if right and math.isclose(typed, right, rel_tol=NEAR) else "general"


def _two_decimals(value: float) -> tuple[float, float]:
    """The number to two decimals, rounded down and up."""
    return math.floor(100 * value) / 100, math.ceil(100 * value) / 100


def _same(typed: float, value: float) -> bool:
    return abs(typed - value) <= CLOSE


# ---- hints


def hint_text(blank: Blank, wrong: str) -> str:
    """What to look at after a `wrong` number: one of the mistakes of `Blank.mistake`."""
    text, values, graph = words("graph").text, blank.values, GRAPHS[blank.graph]
    if blank.name == SLOPE:
        kind = {"value": "da_dz_value", "half": "da_dz_half", "near": "near"}.get(wrong, "da_dz")
        return text[f"hint_{kind}"].format(a=number(values["a"]))
    (child,) = graph.children(blank.name)
    slope = child.slopes[blank.name].formula
    return text[f"hint_{_hint(blank, wrong, child.name == graph.output)}"].format(
        name=symbol(blank.name),
        output=graph.output,
        child=symbol(child.name),
        formula=in_names(child.formula, graph),
        slope=f"{slope_name(child.name, blank.name)} = {in_names(slope, graph)}",
        arrived=slope_name(graph.output, child.name),
        arrived_value=number(float(graph.backward(values)[child.name])),
        y=number(values.get("y", 0)),
    )


def _hint(blank: Blank, wrong: str, last: bool) -> str:
    """The hint for a mistake. Before the `last` node there is no product whose factors could be confused."""
    if wrong in SPECIFIC and not (last and wrong in ("local", "arrived", "sum", "other")):
        return wrong
    if (blank.graph, blank.name) == ("neuron", "a"):
        return "da"
    return "general_output" if last else "general"


# ---- the short form of dz

FORMS: Final[Mapping[str, Callable[[float, float], float]]] = {
    "y_a": lambda a, y: y - a,
    "a_y": lambda a, y: a - y,
    "slope": lambda a, y: a * (1 - a),
    "both": lambda a, y: (a - y) * a * (1 - a),
    "sum": lambda a, y: a + y,
}
"""Formulas on offer for dz, by name."""
RIGHT_FORM: Final = "a_y"


# ---- the tasks

FIRST_INPUTS: Final = {"a": 5.0, "b": 3.0, "c": 2.0}
"""The lecture's inputs, with which the first graph begins."""
FIRST_WEIGHTS: Final = {"w1": 1.0, "w2": -1.0, "b": 0.5}
"""The weights with which the neuron begins."""
SURE_AND_WRONG: Final = {"x1": 2.0, "x2": -1.0, "y": 0.0, "w1": 1.5, "w2": -1.0, "b": 1.0}
"""Inputs for which the neuron is almost sure of the wrong label."""


def answers() -> dict[str, str]:
    """The numbers in the questions and answers."""
    graph, first_graph = GRAPHS["neuron"], GRAPHS["course"]
    lecture = first_graph.backward(first_graph.forward(FIRST_INPUTS))
    wrong = graph.forward(SURE_AND_WRONG)
    back = graph.backward(wrong)
    right = graph.forward(SURE_AND_WRONG | {"y": 1.0})
    found = {f"course_{name}": lecture[name] for name in "abcu"} | {
        "course_J": first_graph.forward(FIRST_INPUTS)["J"],
        "nudge": NUDGE,
        "course_moved": NUDGE * lecture["b"],
        "right_dz": graph.backward(right)["z"],
        "wrong_a": wrong["a"],
        "wrong_slope": graph.slope("a", "z", wrong),
        "wrong_da": back["a"],
        "wrong_dz": back["z"],
        "zero_dw": 0.0,
    }
    return {name: number(float(value)) for name, value in found.items()}
