"""Blanks of *Your turn*: every right number is accepted, every known mistake is recognised."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.chapters.graph.blanks import CLOSE, mistake, slope_mistake
from explainer.maths.graph import course, neuron

COURSE = {"a": 2.0, "b": 4.0, "c": -1.0}  # u = -4, v = -2, J = -6; dJ/db = -3, dJ/dc = 12
NUMBERS = st.floats(-5, 5)


@pytest.mark.parametrize(
    ("name", "typed", "kind"),
    [
        ("b", -3, None),
        ("b", -3.005, None),
        ("b", 3, "sign"),
        ("b", -1, "local"),
        ("c", 3, "arrived"),
        ("c", 7, "sum"),
        ("b", 4, "value"),
        ("b", 12, "other"),
        ("b", -6, "output"),
        ("b", -3.1, "near"),
        ("b", 100, "general"),
        ("v", 3, None),
        ("v", -2, "value"),
        ("a", 1, "local"),
    ],
)
def test_mistakes_are_recognised(name: str, typed: float, kind: str | None) -> None:
    graph = course()
    assert mistake(graph, graph.forward(COURSE), name, typed) == kind


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from("abcuv"))
@settings(max_examples=60, deadline=None)
def test_what_numpy_finds_is_right_and_nothing_far_from_it(a: float, b: float, c: float, name: str) -> None:
    graph = course()
    values = graph.forward({"a": a, "b": b, "c": c})
    right = float(graph.backward(values)[name])
    for typed in (right, round(right, 2), right + 0.9 * CLOSE):
        assert mistake(graph, values, name, typed) is None
    (child,) = graph.children(name)
    slope, arrived = graph.slope(child.name, name, values), graph.backward(values)[child.name]
    rounding = CLOSE + 0.01 * (abs(slope) + abs(arrived) + 0.01)  # of the product of two rounded numbers
    for typed in (right + 1.1 * rounding, right - 1.1 * rounding, 2 * right + 100):
        assert mistake(graph, values, name, typed) is not None


def test_what_follows_from_ones_own_rounded_numbers_is_right() -> None:
    """dL/da = -2.65 and da/dz = 0.23 were accepted, so -0.61 is; and 3 x -0.62 after dz = -0.62."""
    graph = neuron()
    values = graph.forward({"x1": 2.0, "w1": 1.0, "x2": 3.0, "w2": -1.0, "b": 0.5, "y": 1.0})
    assert graph.backward(values)["z"] == pytest.approx(-0.6225, abs=1e-4)
    assert mistake(graph, values, "z", -0.61) is None and mistake(graph, values, "w2", -1.86) is None
    assert mistake(graph, values, "z", -0.6) == "near" and mistake(graph, values, "w2", -1.8) == "near"


def test_the_neurons_blanks_end_at_a_minus_y() -> None:
    graph = neuron()
    values = graph.forward({"x1": 2.0, "w1": 1.0, "x2": 3.0, "w2": -1.0, "b": 0.5, "y": 1.0})
    a = float(values["a"])
    assert a == pytest.approx(1 / (1 + np.exp(0.5)))
    assert mistake(graph, values, "z", a - 1) is None
    assert mistake(graph, values, "z", 1 - a) == "sign"
    assert mistake(graph, values, "w2", 3 * (a - 1)) is None
    assert mistake(graph, values, "w2", 2 * (a - 1)) == "other"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (0.1875, None),
        (0.19, None),
        (0.25, "value"),
        (0.75, "half"),
        (-0.19, "sign"),
        (0.195, "near"),
        (2, "general"),
    ],
)
def test_the_sigmoids_slope(typed: float, kind: str | None) -> None:
    assert slope_mistake(0.25, typed) == kind
