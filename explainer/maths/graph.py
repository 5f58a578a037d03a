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
    """A local derivative: as a formula, and computed `of` the values of the child's parents."""

    formula: str
    of: Callable[..., Value]


@dataclass(frozen=True)
class Node:
    """A value with a name; an input has no more. Another is computed `of` its parents' values.

    `slopes` are its local derivatives, one for each parent, in the order in which `of` takes them.
    Formulas are texts with the nodes' names in braces: ``{b} × {c}``.
    """

    name: str
    formula: str = ""
    of: Callable[..., Value] | None = None
    slopes: Mapping[str, Slope] = field(default_factory=dict)


@dataclass(frozen=True)
class Graph:
    """Nodes, parents first; the last one is the output. ValueError for another order, or one name twice."""

    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        names = [node.name for node in self.nodes]
        for k, node in enumerate(self.nodes):
            if node.name in names[:k]:
                raise ValueError(f"nodes must have names of their own; got {node.name!r} twice")
            if strangers := set(node.slopes) - set(names[:k]):
                raise ValueError(f"{node.name}: {min(strangers)!r} must be a node before it")

    def __getitem__(self, name: str) -> Node:
        for node in self.nodes:
            if node.name == name:
                return node
        raise ValueError(f"no node is called {name!r}; there are {', '.join(n.name for n in self.nodes)}")

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the nodes whose values are given."""
        return tuple(node.name for node in self.nodes if node.of is None)

    @property
    def output(self) -> str:
        """The name of the node whose derivatives are asked for."""
        return self.nodes[-1].name

    def children(self, name: str) -> tuple[Node, ...]:
        """The nodes that are computed from this one."""
        return tuple(node for node in self.nodes if self[name].name in node.slopes)

    def forward(self, inputs: Mapping[str, Value]) -> dict[str, Value]:
        """Every node's value, in order. ValueError for inputs that are missing or not this graph's."""
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


def course() -> Graph:
    """J = 3 (a + b c), in the steps u = b c, v = a + u, J = 3 v (Andrew Ng, "Computation Graph")."""
    one = Slope("1", lambda a, u: 1.0)
    u = {"b": Slope("{c}", lambda b, c: c), "c": Slope("{b}", lambda b, c: b)}
    return Graph((
        Node("a"), Node("b"), Node("c"),
        Node("u", "{b} × {c}", lambda b, c: b * c, u),
        Node("v", "{a} + {u}", lambda a, u: a + u, {"a": one, "u": one}),
        Node("J", "3 × {v}", lambda v: 3 * v, {"v": Slope("3", lambda v: 3.0)}),
    ))  # fmt: skip


def neuron() -> Graph:
    """z = w1 x1 + w2 x2 + b, a = sigmoid(z), L(a, y), for one example; sound until a rounds to 1, z = 36."""
    z = {
        "w1": Slope("{x1}", lambda w1, x1, *_: x1), "x1": Slope("{w1}", lambda w1, x1, *_: w1),
        "w2": Slope("{x2}", lambda w1, x1, w2, x2, b: x2), "x2": Slope("{w2}", lambda w1, x1, w2, x2, b: w2),
        "b": Slope("1", lambda *_: 1.0),
    }  # fmt: skip
    # From the same rounded a as in dL/da: far out a (1 - a) then cancels, and dL/dz is a - y.
    a = {"z": Slope("{a} × (1 − {a})", lambda z: (s := sigmoid(z)[()]) * (1 - s))}
    loss = {
        "a": Slope("({a} − {y}) / ({a} × (1 − {a}))", lambda a, y: (a - y) / (a * (1 - a))),
        "y": Slope("log(1 − {a}) − log({a})", lambda a, y: np.log1p(-a) - np.log(a)),
    }
    return Graph((
        *map(Node, ("x1", "w1", "x2", "w2", "b", "y")),
        Node("z", "{w1} × {x1} + {w2} × {x2} + {b}", lambda w1, x1, w2, x2, b: w1 * x1 + w2 * x2 + b, z),
        Node("a", "sigmoid({z})", lambda z: sigmoid(z)[()], a),
        Node("L", "−({y} × log({a}) + (1 − {y}) × log(1 − {a}))",
             lambda a, y: -(y * np.log(a) + (1 - y) * np.log1p(-a)), loss),
    ))  # fmt: skip
