"""A computation graph step by step, forward and backward, with the text of each step.

The texts are made from the graph's formulas: filled with the nodes' names, and with slots, into which the
browser puts the numbers of the figure's tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from explainer.maths.graph import Graph, course, neuron

NUDGE: Final = 0.001
"""What is added to an input to measure how much the output changes."""
SUBSCRIPTS: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

Text = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Walk:
    """A graph's steps: its inputs, then the other nodes' values one by one, then the derivatives one by one.

    `data` are the inputs that belong to an example; their derivatives are not computed.
    """

    name: str
    graph: Graph
    data: tuple[str, ...] = ()

    @cached_property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """("inputs", ""), then ("forward", node) per value, then ("backward", node) per derivative."""
        nodes = [node.name for node in self.graph.nodes]
        ahead = [("forward", name) for name in nodes if name not in self.graph.inputs]
        back = [("backward", name) for name in reversed(nodes) if name not in self.data]
        return (("inputs", ""), *ahead, *back)

    def first_step(self, way: str, name: str) -> int:
        """The step that computes a node's value ("forward") or derivative ("backward"); 0 if none does."""
        return self.steps.index((way, name)) if (way, name) in self.steps else 0


COURSE_WALK: Final = Walk("course", course())
NEURON_WALK: Final = Walk("neuron", neuron(), data=("x1", "x2", "y"))


# ---- names and formulas


def key(name: str) -> str:
    """A node's name within the names of tables."""
    return name.lower()


def slot(table: str, form: str = "") -> str:
    """``{table:form}``, which the browser replaces by the table's number, or by the label of that number."""
    return "{" + f"{table}:{form}".rstrip(":") + "}"


def symbol(name: str) -> str:
    """A node's name as it is shown: ``w₁``."""
    return name.translate(SUBSCRIPTS)


def slope_name(over: str, under: str) -> str:
    """``du/db``"""
    return f"d{symbol(over)}/d{symbol(under)}"


def in_names(formula: str, graph: Graph) -> str:
    """A formula with the nodes' names, without the sign of products."""
    return formula.format(**{node.name: symbol(node.name) for node in graph.nodes}).replace(" × ", " ")


def in_numbers(formula: str, graph: Graph) -> str:
    """A formula with a slot for each node's value; a negative value stands in brackets."""
    return formula.format(**{node.name: slot(f"put_{key(node.name)}") for node in graph.nodes})


# ---- the texts of a step


def forward_text(walk: Walk, name: str) -> str:
    """``u = b c = 3 × 2 = 6``"""
    formula, value = walk.graph[name].formula, slot(f"show_{key(name)}")
    return f"{symbol(name)} = {in_names(formula, walk.graph)} = {in_numbers(formula, walk.graph)} = {value}"


def backward_text(walk: Walk, name: str) -> str:
    """``dJ/db = dJ/du · du/db = 3 × 2 = 6``, summed over the children; ``dJ/dv = 3`` next to the output."""
    output, children = walk.graph.output, _children(walk, name)
    start = f"{slope_name(output, name)} = "
    if not children:
        return f"{start}1"
    if children == [output]:
        return start + _slope_text(walk, output, name)
    chain = [f"{slope_name(output, child)} · {slope_name(child, name)}" for child in children]
    products = [
        f"{slot(f'd_{key(child)}', 'p.4g')} × {slot(f'slope_{key(child)}_{key(name)}', 'p.4g')}"
        for child in children
    ]
    return f"{start}{' + '.join(chain)} = {' + '.join(products)} = {slot(f'd_{key(name)}', '.4g')}"


def slopes_text(walk: Walk, name: str) -> str:
    """The local derivatives that the chain rule used: ``du/db = c = 2``."""
    children = [child for child in _children(walk, name) if child != walk.graph.output]
    return ",  ".join(f"{slope_name(child, name)} = {_slope_text(walk, child, name)}" for child in children)


def _slope_text(walk: Walk, child: str, parent: str) -> str:
    slopes = walk.graph[child].slopes
    formula, number = slopes[parent].formula, slot(f"slope_{key(child)}_{key(parent)}", ".4g")
    if "{" not in formula:
        return number
    names, numbers = in_names(formula, walk.graph), in_numbers(formula, walk.graph)
    is_name = formula.strip("{}") in slopes  # a name's number is the result already
    return f"{names} = {number}" if is_name else f"{names} = {numbers} = {number}"


def step_text(walk: Walk, way: str, name: str, text: Text) -> str:
    """What the step does, in plain words; for some nodes the words have a sentence of their own."""
    if way == "inputs":
        return text["said_inputs"]
    if own := text.get(f"said_{walk.name}_{way}_{key(name)}"):
        return own
    output, children = walk.graph.output, _children(walk, name)
    return text[f"said_{_kind(way, name, output, children)}"].format(
        name=symbol(name),
        output=symbol(output),
        parents=text["and"].join(map(symbol, walk.graph[name].slopes)),
        child=text["and"].join(map(symbol, children)),
        own=slope_name(output, name),
        arrived=text["and"].join(slope_name(output, child) for child in children),
        slope=text["and"].join(slope_name(child, name) for child in children),
    )


def _kind(way: str, name: str, output: str, children: list[str]) -> str:
    """Which of the general sentences fits a step."""
    if name == output:
        return f"{way}_output"
    return "backward_next" if way == "backward" and children == [output] else way


def _children(walk: Walk, name: str) -> list[str]:
    return [child.name for child in walk.graph.children(name)]


def nudge_text(walk: Walk, name: str, text: str) -> str:
    """The sentence `text` about a nudged input, with names and slots put in."""
    small, output = key(name), walk.graph.output
    return text.format(
        name=symbol(name),
        output=symbol(output),
        derivative=slope_name(output, name),
        slope=slot(f"said_{small}"),
        value=slot(f"value_{small}", ".4g"),
        nudged=slot(f"nudged_{small}", ".5g"),
        before=slot(f"say_before_{small}"),
        after=slot(f"say_after_{small}"),
        moved=slot(f"say_moved_{small}"),
        predicted=slot(f"say_predicted_{small}"),
    )
