"""Derivatives that a reader fills in: right, or which mistake it looks like."""

import math
from collections.abc import Iterator, Mapping
from typing import Final

from explainer.maths.graph import Graph, Value

CLOSE: Final = 0.0051
"""Two decimals are enough."""
NEAR: Final = 0.05
"""So far off, relatively, it is a matter of rounding."""


def mistake(graph: Graph, values: Mapping[str, Value], name: str, typed: float) -> str | None:
    """Which mistake a number for d output / d `name` looks like; None if it is right, or the
    product of two numbers that were right to two decimals.

    "near", "sign", "local" (the local derivative alone), "arrived" (what came from the right alone), "sum"
    (added, not multiplied), "value" (the node's value), "other" (another parent's derivative), "output"
    (the output's value), or "general". The first that fits; `name` is a node with one child.
    """
    derivatives = {node: float(value) for node, value in graph.backward(values).items()}
    right = derivatives[name]
    (child,) = graph.children(name)
    slope, arrived = float(graph.slope(child.name, name, values)), derivatives[child.name]
    if _same(typed, right) or any(
        _same(typed, one * other) for one in _two_decimals(slope) for other in _two_decimals(arrived)
    ):
        return None
    others = [derivatives[parent] for parent in child.slopes if parent != name]
    looks: list[tuple[str, list[float]]] = [
        ("sign", [-right]),
        ("local", [slope]),
        ("arrived", [arrived]),
        ("sum", [slope + arrived]),
        ("value", [float(values[name])]),
        ("other", others),
        ("output", [float(values[graph.output])]),
    ]
    return _first(typed, right, iter(looks))


def slope_mistake(a: float, typed: float) -> str | None:
    """The same for the sigmoid's slope a (1 - a): "value" (a itself), "half" (1 - a), "sign" or others."""
    right = a * (1 - a)
    if _same(typed, right):
        return None
    return _first(typed, right, iter([("value", [a]), ("half", [1 - a]), ("sign", [-right])]))


def _first(typed: float, right: float, looks: Iterator[tuple[str, list[float]]]) -> str:
    for kind, candidates in looks:
        if any(_same(typed, candidate) and not _same(candidate, right) for candidate in candidates):
            return kind
    return "near" if right and math.isclose(typed, right, rel_tol=NEAR) else "general"


def _two_decimals(number: float) -> tuple[float, float]:
    """The number to two decimals, rounded down and up."""
    return math.floor(100 * number) / 100, math.ceil(100 * number) / 100


def _same(typed: float, number: float) -> bool:
    return abs(typed - number) <= CLOSE
