"""The computation graph: central differences, published numbers, sums over paths, what it refuses."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths import logistic
from explainer.maths.graph import Graph, Node, Slope, course, neuron

numbers = st.floats(-3, 3)
small = st.floats(-2, 2)  # where a does not come so near to 0 or 1 that a difference of losses is rounding
FEW = settings(max_examples=60, deadline=None)


def measured(graph: Graph, inputs: dict[str, float], name: str, h: float = 1e-5) -> float:
    """d output / d input by a central difference."""
    ends = [graph.forward(inputs | {name: inputs[name] + side * h})[graph.output] for side in (1, -1)]
    return float(ends[0] - ends[1]) / (2 * h)


def diamond() -> Graph:
    """p = x y, q = x + y, out = p q: two ways from each input, as a polynomial x^2 y + x y^2."""
    return Graph(
        (
            Node("x"),
            Node("y"),
            Node(
                "p",
                "{x} × {y}",
                lambda x, y: x * y,
                {"x": Slope("{y}", lambda x, y: y), "y": Slope("{x}", lambda x, y: x)},
            ),
            Node(
                "q",
                "{x} + {y}",
                lambda x, y: x + y,
                {"x": Slope("1", lambda x, y: 1.0), "y": Slope("1", lambda x, y: 1.0)},
            ),
            Node(
                "out",
                "{p} × {q}",
                lambda p, q: p * q,
                {"p": Slope("{q}", lambda p, q: q), "q": Slope("{p}", lambda p, q: p)},
            ),
        )
    )


def test_the_courses_published_numbers() -> None:
    graph = course()
    values = graph.forward({"a": 5, "b": 3, "c": 2})
    assert values == {"a": 5, "b": 3, "c": 2, "u": 6, "v": 11, "J": 33}
    derivatives = graph.backward(values)
    assert derivatives == {"J": 1, "v": 3, "a": 3, "u": 3, "b": 6, "c": 9}
    assert list(derivatives) == ["J", "v", "u", "c", "b", "a"]


@FEW
@given(a=numbers, b=numbers, c=numbers)
def test_the_courses_graph_against_its_closed_form(a: float, b: float, c: float) -> None:
    values = course().forward({"a": a, "b": b, "c": c})
    assert values["J"] == pytest.approx(3 * (a + b * c))
    derivatives = course().backward(values)
    assert [derivatives[name] for name in "abc"] == pytest.approx([3, 3 * c, 3 * b])
    for name in "abc":
        assert derivatives[name] == pytest.approx(
            measured(course(), {"a": a, "b": b, "c": c}, name), abs=1e-6
        )


@FEW
@given(
    inputs=st.fixed_dictionaries(dict.fromkeys(("x1", "x2", "w1", "w2", "b"), small)),
    y=st.sampled_from([0, 1]),
)
def test_the_neuron_against_central_differences_and_its_short_form(inputs: dict[str, float], y: int) -> None:
    graph, given_ = neuron(), inputs | {"y": y}
    values = graph.forward(given_)
    derivatives = graph.backward(values)
    dz = values["a"] - y
    assert derivatives["z"] == pytest.approx(dz, rel=1e-9, abs=1e-15)
    assert derivatives["w1"] == pytest.approx(inputs["x1"] * dz, rel=1e-9, abs=1e-14)
    assert derivatives["b"] == derivatives["z"]
    for name in inputs:
        wanted = measured(graph, given_, name)
        assert derivatives[name] == pytest.approx(wanted, rel=1e-4, abs=1e-5)
    assert values["L"] == pytest.approx(logistic.loss_from_z(values["z"], y).item(), rel=1e-6, abs=1e-12)


@given(y=st.floats(0.1, 0.9), z=numbers)
@FEW
def test_the_loss_has_a_derivative_in_y_too(y: float, z: float) -> None:
    inputs = {"x1": 0.0, "x2": 0.0, "w1": 0.0, "w2": 0.0, "b": z, "y": y}
    assert neuron().backward(neuron().forward(inputs))["y"] == pytest.approx(
        measured(neuron(), inputs, "y"), abs=1e-6
    )


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("z", [-30.0, -20.0, 0.0, 20.0, 30.0])
def test_far_out_it_is_sound(z: float, y: int) -> None:
    """Warnings are errors here."""
    values = neuron().forward({"x1": 1, "x2": 0, "w1": z, "w2": 0, "b": 0, "y": y})
    derivatives = neuron().backward(values)
    assert all(math.isfinite(value) for value in (*values.values(), *derivatives.values()))
    assert values["L"] == pytest.approx(logistic.loss_from_z(z, y).item(), rel=1e-3)
    assert derivatives["z"] == pytest.approx(values["a"] - y, rel=1e-9)


@FEW
@given(x=numbers, y=numbers)
def test_two_ways_are_added(x: float, y: float) -> None:
    graph = diamond()
    derivatives = graph.backward(graph.forward({"x": x, "y": y}))
    assert derivatives["x"] == pytest.approx(2 * x * y + y**2, abs=1e-12)
    assert derivatives["y"] == pytest.approx(x**2 + 2 * x * y, abs=1e-12)
    assert derivatives["x"] == pytest.approx(measured(graph, {"x": x, "y": y}, "x"), abs=1e-6)


@FEW
@given(seed=st.integers(0, 10_000))
def test_a_random_graph_of_sums_and_products(seed: int) -> None:
    """Each node adds or multiplies two earlier ones, which may be reached on many ways."""
    rng = np.random.default_rng(seed)
    nodes = [Node("n0"), Node("n1")]
    for k in range(2, 6):
        one, other = (f"n{i}" for i in rng.choice(k, 2, replace=False))
        if rng.random() < 0.5:
            slopes = {one: Slope("1", lambda p, q: 1.0), other: Slope("1", lambda p, q: 1.0)}
            nodes.append(Node(f"n{k}", "sum", lambda p, q: p + q, slopes))
        else:
            slopes = {one: Slope("q", lambda p, q: q), other: Slope("p", lambda p, q: p)}
            nodes.append(Node(f"n{k}", "product", lambda p, q: p * q, slopes))
    graph = Graph(tuple(nodes))
    inputs = {"n0": rng.uniform(-1, 1), "n1": rng.uniform(-1, 1)}
    derivatives = graph.backward(graph.forward(inputs))
    for name in inputs:
        assert derivatives[name] == pytest.approx(measured(graph, inputs, name), abs=1e-7)


def test_a_whole_grid_of_inputs_is_one_call() -> None:
    rows = np.arange(-2.0, 3.0)
    grid = {"a": rows[:, None, None], "b": rows[None, :, None], "c": rows[None, None, :]}
    values = course().forward(grid)
    derivatives = course().backward(values)
    assert np.shape(values["J"]) == (5, 5, 5)
    for i, j, k in ((0, 0, 0), (4, 1, 3), (2, 2, 2)):
        alone = course().forward({"a": rows[i], "b": rows[j], "c": rows[k]})
        assert np.asarray(values["J"])[i, j, k] == alone["J"]
        for name, value in course().backward(alone).items():
            assert np.broadcast_to(derivatives[name], (5, 5, 5))[i, j, k] == value


def test_children_inputs_and_slopes() -> None:
    graph = course()
    assert graph.inputs == ("a", "b", "c") and graph.output == "J"
    assert [node.name for node in graph.children("u")] == ["v"]
    assert [node.name for node in diamond().children("x")] == ["p", "q"]
    values = graph.forward({"a": 5, "b": 3, "c": 2})
    assert graph.slope("u", "b", values) == 2
    formulas = [slope.formula for node in neuron().nodes for slope in node.slopes.values()]
    names = dict.fromkeys((node.name for node in neuron().nodes), "0")
    assert all("{" not in text.format(**names) for text in formulas)


@pytest.mark.parametrize(
    "inputs", [{}, {"a": 1, "b": 2}, {"a": 1, "b": 2, "c": 3, "d": 4}, {"a": 1, "b": 2, "u": 3}]
)
def test_wrong_inputs_are_named(inputs: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="the inputs must be a, b, c"):
        course().forward(inputs)


def test_unknown_names_are_refused() -> None:
    values = course().forward({"a": 1, "b": 2, "c": 3})
    for ask in (
        lambda: course()["w"],
        lambda: course().children("w"),
        lambda: course().slope("w", "a", values),
    ):
        with pytest.raises(ValueError, match="no node is called 'w'; there are a, b, c, u, v, J"):
            ask()
    with pytest.raises(ValueError, match="the parents of u are b, c; got 'a'"):
        course().slope("u", "a", values)


def test_nodes_in_a_wrong_order_are_refused() -> None:
    twice = {"a": Slope("2", lambda a: 2.0)}
    with pytest.raises(ValueError, match="'a' must be a node before it"):
        Graph((Node("b", "2 {a}", lambda a: 2 * a, twice), Node("a")))
    with pytest.raises(ValueError, match="got 'a' twice"):
        Graph((Node("a"), Node("a")))
