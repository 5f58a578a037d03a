"""A computation graph: values forward, derivatives backward, one node at a time.

Small on purpose, in the spirit of Andrej Karpathy's micrograd. A value is a float or an array; arrays go
through elementwise and broadcast, so that a whole grid of inputs is one call.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from explainer.maths.checks import FloatArray
from explainer.maths.logistic import sigmoid

Value = float | FloatArray


class Slope(NamedTuple):
    """A local derivative: its formula, and `of`, which computes it from the child's parents' values."""

    formula: str
    of: Callable[..., Value]


@dataclass(frozen=True)
class Node:
    """A value with a name: an input, or computed by `of` from the values of its parents.

    `slopes` are its local derivatives, one for each parent, in the order of the arguments of `of`. Formulas
    are texts with the nodes' names in braces: ``{b} × {c}``.
    """

    name: str
    formula: str = ""
    of: Callable[..., Value] | None = None
    slopes: Mapping[str, Slope] = field(default_factory=dict)


@dataclass(frozen=True)
class Graph:
    """Nodes, parents first, the output last. ValueError for another order and for two nodes of one name."""

    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        names = [node.name for node in self.nodes]
        for k, node in enumerate(self.nodes):
            if node.name in names[:k]:
                raise ValueError(f"nodes must have names of their own; got {node.name!r} twice")
            if strangers := set(node.slopes) - set(names[:k]):
                raise ValueError(f"{node.name}: {min(strangers)!r} must be a node before it")

    def __getitem__(self, name: str) -> Node:
        named = {node.name: node for node in self.nodes}
        if name not in named:
            raise ValueError(f"no node is called {name!r}; there are {', '.join(named)}")
        return named[name]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the nodes whose values are given."""
        return tuple(node.name for node in self.nodes if node.of is None)

    @property
    def output(self) -> str:
        """The name of the node that is differentiated."""
        return self.nodes[-1].name

    def children(self, name: str) -> tuple[Node, ...]:
        """The nodes that are computed from this one."""
        return tuple(node for node in self.nodes if self[name].name in node.slopes)

    def forward(self, inputs: Mapping[str, Value]) -> dict[str, Value]:
        """Every node's value, in order. ValueError for missing or unknown inputs."""
        if set(inputs) != set(self.inputs):
            raise ValueError(f"the inputs must be {', '.join(self.inputs)}; got {', '.join(inputs)}")
        values: dict[str, Value] = {}
        for node in self.nodes:
            parents = (values[parent] for parent in node.slopes)
            values[node.name] = node.of(*parents) if node.of else inputs[node.name]
        return values

    def backward(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """d output / d node for every node, from the output to the inputs, by the chain rule.

        It is the sum over the node's children of  d output / d child  x  d child / d node.
        """
        derivatives: dict[str, Value] = {self.output: 1.0}
        for node in reversed(self.nodes[:-1]):
            total: Value = 0.0
            for child in self.children(node.name):
                total = total + derivatives[child.name] * self.slope(child.name, node.name, values)
            derivatives[node.name] = total
        return derivatives

    def slope(self, child: str, parent: str, values: Mapping[str, Value]) -> Value:
        """The local derivative d child / d parent. ValueError if no arrow leads from parent to child."""
        slopes = self[child].slopes
        if parent not in slopes:
            raise ValueError(f"the parents of {child} are {', '.join(slopes) or 'none'}; got {parent!r}")
        return slopes[parent].of(*(values[name] for name in slopes))


class Step(NamedTuple):
    """What an operation computes from its parents' values: its value, and its slope for each parent."""

    value: Value
    slopes: tuple[Value, ...]


def computed(name: str, operation: Callable[..., Step], formula: str, /, **slopes: str) -> Node:
    """A node computed by an `operation`; `slopes` gives the formula of each slope, by parent, in order."""

    def slope(place: int) -> Callable[..., Value]:
        return lambda *parents: operation(*parents).slopes[place]

    return Node(
        name,
        formula,
        lambda *parents: operation(*parents).value,
        {parent: Slope(text, slope(place)) for place, (parent, text) in enumerate(slopes.items())},
    )


def product(p: Value, q: Value) -> Step:
    """p q"""
    return Step(p * q, (q, p))


def total(p: Value, q: Value) -> Step:
    """p + q"""
    return Step(p + q, (1.0, 1.0))


def triple(p: Value) -> Step:
    """3 p"""
    return Step(3 * p, (3.0,))


def weighted_sum(w1: Value, x1: Value, w2: Value, x2: Value, b: Value) -> Step:
    """w1 x1 + w2 x2 + b"""
    return Step(w1 * x1 + w2 * x2 + b, (x1, w1, x2, w2, 1.0))


def activation(z: Value) -> Step:
    """a = sigmoid(z), whose slope is a (1 - a).

    Both use the same rounded a as the slope of the loss: there a (1 - a) then cancels exactly for any z, and
    dL/dz is a - y.
    """
    a = sigmoid(z)[()]
    return Step(a, (a * (1 - a),))


def loss(a: Value, y: Value) -> Step:
    """-(y log a + (1 - y) log(1 - a)), the loss of one example."""
    right, wrong = np.log(a), np.log1p(-a)
    return Step(-(y * right + (1 - y) * wrong), ((a - y) / (a * (1 - a)), wrong - right))


def course() -> Graph:
    """J = 3 (a + b c), in the steps u = b c, v = a + u, J = 3 v (Andrew Ng, "Computation Graph")."""
    return Graph((
        Node("a"), Node("b"), Node("c"),
        computed("u", product, "{b} × {c}", b="{c}", c="{b}"),
        computed("v", total, "{a} + {u}", a="1", u="1"),
        computed("J", triple, "3 × {v}", v="3"),
    ))  # fmt: skip


def neuron() -> Graph:
    """z = w1 x1 + w2 x2 + b, a = sigmoid(z), L(a, y), for one example.

    Accurate until a rounds to 1, at z = 36.
    """
    return Graph((
        *map(Node, ("x1", "w1", "x2", "w2", "b", "y")),
        computed("z", weighted_sum, "{w1} × {x1} + {w2} × {x2} + {b}",
                 w1="{x1}", x1="{w1}", w2="{x2}", x2="{w2}", b="1"),
        computed("a", activation, "sigmoid({z})", z="{a} × (1 − {a})"),
        computed("L", loss, "−({y} × log({a}) + (1 − {y}) × log(1 − {a}))",
                 a="({a} − {y}) / ({a} × (1 − {a}))", y="log(1 − {a}) − log({a})"),
    ))  # fmt: skip
