"""The walk through a computation graph, forward and back: its steps, and what is known and said at each.

All of it follows from the graph: its formulas are filled with the nodes' names, and with templates that
the browser fills with numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from explainer.maths.graph import Graph, Node, Value
from explainer.stage.stage import Table

NUDGE: Final = 0.001
SMALL: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
NEARLY: Final = 5e-5  # so close below 1, four digits would say 1

Text = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Walk:
    """A graph, step by step: first its inputs are known, then node by node values, then derivatives.

    `sliders` are the inputs that somebody turns: name -> (its control, the control's values, the place of
    the first); `data` are the other inputs, whose derivatives nobody asks for. `step` and `nudge` are
    controls' names.
    """

    name: str
    graph: Graph
    sliders: Mapping[str, tuple[str, tuple[float, ...], int]]
    data: tuple[str, ...] = ()
    step: str = "step"
    nudge: str = "nudge"

    @cached_property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """What each step does: ("inputs", ""), then ("forward", node) ..., then ("backward", node) ..."""
        nodes = [node.name for node in self.graph.nodes]
        ahead = [("forward", name) for name in nodes if name not in self.graph.inputs]
        back = [("backward", name) for name in reversed(nodes) if name not in self.data]
        return (("inputs", ""), *ahead, *back)

    def first(self, way: str, name: str) -> int:
        """The first step at which a node's value ("forward") or derivative ("backward") is known."""
        return self.steps.index((way, name)) if (way, name) in self.steps else 0

    def table(self, value: Value) -> Table:
        """A value for all places of the sliders; those that it does not depend on are left out."""
        spread = np.asarray(value, dtype=np.float64)
        spread = spread.reshape((1,) * (len(self.sliders) - spread.ndim) + spread.shape)
        controls = [control for control, _, _ in self.sliders.values()]
        axes = tuple(control for control, size in zip(controls, spread.shape, strict=True) if size > 1)
        return Table(spread.squeeze(), axes)

    def gated(self, way: str, name: str, shown: str) -> Table:
        """`shown` from the step on at which it is known; before, "?"."""
        known = np.arange(len(self.steps)) >= self.first(way, name)
        return Table(known.astype(np.uint8), (self.step,), ("?", shown))


# ---- names and formulas


def key(name: str) -> str:
    """A node's name as tables' names have it."""
    return name.lower()


def symbol(name: str) -> str:
    """A node's name as a reader sees it: w₁."""
    return name.translate(SMALL)


def slope_name(over: str, under: str) -> str:
    """``du/db``"""
    return f"d{symbol(over)}/d{symbol(under)}"


def in_names(formula: str, graph: Graph) -> str:
    """A formula in the nodes' names, products without a sign."""
    return formula.format(**{node.name: symbol(node.name) for node in graph.nodes}).replace(" × ", " ")


def _in_numbers(formula: str, graph: Graph) -> str:
    return formula.format(**{node.name: f"{{put_{key(node.name)}}}" for node in graph.nodes})


# ---- tables


def tables(walk: Walk, fixed: Mapping[str, float], text: Text) -> dict[str, Table]:
    """All numbers and texts of the walk, for every place of its sliders at once."""
    inputs = dict(fixed) | dict(
        zip(walk.sliders, np.ix_(*(np.array(values) for _, values, _ in walk.sliders.values())), strict=True)
    )
    values = walk.graph.forward(inputs)
    derivatives = walk.graph.backward(values)
    made: dict[str, Table] = {}
    for node in walk.graph.nodes:
        made |= _of_value(walk, node.name, values[node.name])
        made[f"d_{key(node.name)}"] = walk.table(derivatives[node.name])
        made[f"said_{key(node.name)}"] = walk.gated("backward", node.name, f"{{d_{key(node.name)}:.4g}}")
        for parent in node.slopes:
            slope = walk.graph.slope(node.name, parent, values)
            made[f"slope_{key(node.name)}_{key(parent)}"] = walk.table(slope)
    for name in walk.sliders:
        made |= _of_nudge(walk, name, inputs, derivatives[name])
    return made | _lines(walk, text)


def _of_value(walk: Walk, name: str, value: Value) -> dict[str, Table]:
    """A value; as it is shown alone, and within a formula; and whether it is shown yet."""
    small, table = key(name), walk.table(value)
    nearly = ((table.values < 1) & (table.values > 1 - NEARLY)).astype(np.uint8)
    rest = f"1 − {{rest_{small}:.2g}}"
    return {
        f"value_{small}": table,
        f"rest_{small}": Table(1 - table.values, table.axes),
        f"show_{small}": Table(nearly, table.axes, (f"{{value_{small}:.4g}}", rest)),
        f"put_{small}": Table(nearly, table.axes, (f"{{value_{small}:p.4g}}", f"({rest})")),
        f"say_{small}": walk.gated("forward", name, f"{{show_{small}}}"),
    }


def _of_nudge(walk: Walk, name: str, inputs: Mapping[str, Value], derivative: Value) -> dict[str, Table]:
    """What really happens to the output, from two forward passes, and what the derivative foretells."""
    output, small = walk.graph.output, key(name)
    before = walk.graph.forward(inputs)[output]
    after = walk.graph.forward(dict(inputs) | {name: inputs[name] + NUDGE})[output]
    return {
        f"nudged_{small}": walk.table(inputs[name] + NUDGE),
        f"after_{small}": walk.table(after),
        f"moved_{small}": walk.table(after - before),
        f"foretold_{small}": walk.table(derivative * NUDGE),
        f"say_after_{small}": walk.gated("forward", output, f"{{after_{small}:.7g}}"),
        f"say_moved_{small}": walk.gated("forward", output, f"{{moved_{small}:.4g}}"),
        f"say_before_{small}": walk.gated("forward", output, f"{{value_{key(output)}:.7g}}"),
        f"say_foretold_{small}": walk.gated("backward", name, f"{{foretold_{small}:.4g}}"),
    }


def nudge_text(walk: Walk, name: str, text: str) -> str:
    """One of the sentences on a nudged input as a template: names and tables are put in."""
    small, output = key(name), walk.graph.output
    return text.format(
        name=symbol(name),
        output=symbol(output),
        derivative=slope_name(output, name),
        slope=f"{{said_{small}}}",
        value=f"{{value_{small}:.4g}}",
        nudged=f"{{nudged_{small}:.5g}}",
        before=f"{{say_before_{small}}}",
        after=f"{{say_after_{small}}}",
        moved=f"{{say_moved_{small}}}",
        foretold=f"{{say_foretold_{small}}}",
    )


# ---- what is said at each step


def _lines(walk: Walk, text: Text) -> dict[str, Table]:
    """The read-outs, the sentence and the title of each step."""
    said: dict[str, list[str]] = {
        "forward_line": [],
        "backward_line": [],
        "slope_line": [],
        "said": [],
        "phase": [],
    }
    for way, name in walk.steps:
        said["forward_line"].append(_forward_line(walk, walk.graph[name]) if way == "forward" else "")
        said["backward_line"].append(_backward_line(walk, name) if way == "backward" else "")
        said["slope_line"].append(_slope_line(walk, name) if way == "backward" else "")
        said["said"].append(_sentence(walk, way, name, text))
        said["phase"].append(text[f"phase_{way}"].format(title=text[f"title_{walk.name}"]))
    place = np.arange(len(walk.steps), dtype=np.uint8)
    return {name: Table(place, (walk.step,), tuple(lines)) for name, lines in said.items()}


def _forward_line(walk: Walk, node: Node) -> str:
    """``u = b c = 3 × 2 = 6``"""
    names, numbers = in_names(node.formula, walk.graph), _in_numbers(node.formula, walk.graph)
    return f"{symbol(node.name)} = {names} = {numbers} = {{show_{key(node.name)}}}"


def _backward_line(walk: Walk, name: str) -> str:
    """``dJ/db = dJ/du · du/db = 3 × 2 = 6``, a sum over the children; next to the output the slope itself."""
    output, children = walk.graph.output, [child.name for child in walk.graph.children(name)]
    start = f"{slope_name(output, name)} = "
    if not children:
        return f"{start}1"
    if children == [output]:
        return start + _slope(walk, output, name)
    ways = [f"{slope_name(output, child)} · {slope_name(child, name)}" for child in children]
    products = [f"{{d_{key(child)}:p.4g}} × {{slope_{key(child)}_{key(name)}:p.4g}}" for child in children]
    return f"{start}{' + '.join(ways)} = {' + '.join(products)} = {{d_{key(name)}:.4g}}"


def _slope_line(walk: Walk, name: str) -> str:
    """The local derivatives that the chain rule used: ``du/db = c = 2``."""
    children = [child.name for child in walk.graph.children(name) if child.name != walk.graph.output]
    return ",  ".join(f"{slope_name(child, name)} = {_slope(walk, child, name)}" for child in children)


def _slope(walk: Walk, child: str, parent: str) -> str:
    formula = walk.graph[child].slopes[parent].formula
    number = f"{{slope_{key(child)}_{key(parent)}:.4g}}"
    if "{" not in formula:
        return number
    names, numbers = in_names(formula, walk.graph), _in_numbers(formula, walk.graph)
    is_name = formula.strip("{}") in walk.graph[child].slopes  # a name's number is the result already
    return f"{names} = {number}" if is_name else f"{names} = {numbers} = {number}"


def _sentence(walk: Walk, way: str, name: str, text: Text) -> str:
    """What the step does, in plain words; a chapter may have its own for a node of a graph."""
    graph = walk.graph
    if way == "inputs":
        return text["said_inputs"]
    if own := text.get(f"said_{walk.name}_{way}_{name.lower()}"):
        return own
    children = [symbol(child.name) for child in graph.children(name)]
    kind = way
    if way == "forward":
        kind += "_output" if name == graph.output else ""
    else:
        kind += "_many" if len(children) > 1 else "_output" if not children else ""
        kind += "_next" if children == [symbol(graph.output)] else ""
    return text[f"said_{kind}"].format(
        name=symbol(name),
        output=symbol(graph.output),
        parents=text["and"].join(map(symbol, graph[name].slopes)),
        child=text["and"].join(children),
        own=slope_name(graph.output, name),
        arrived=text["and"].join(slope_name(graph.output, child) for child in children),
        slope=text["and"].join(slope_name(child, symbol(name)) for child in children),
    )
