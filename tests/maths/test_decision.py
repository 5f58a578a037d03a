"""Decision maps, the units' lines and what the units say of points, held against `forward`."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths.checks import InputError
from explainer.maths.datasets import CURVED
from explainer.maths.decision import Box, activations, box_around, decision_maps, grid, unit_lines
from explainer.maths.shallow import Parameters, descend, forward, initialize

BOX = Box((-2.0, 3.0), (-1.0, 1.5))
DATA = CURVED["xor"]
STEPS = descend(initialize(2, 5, 0), DATA.X, DATA.Y, 0.5, 300, steps=(0, 10, 100, 300)).kept


def one_unit(w1: float, w2: float, b: float) -> list[Parameters]:
    return [Parameters([[w1, w2]], [[b]], [[1.0]], [[0.0]])]


def test_a_map_is_forward_at_each_of_its_points() -> None:
    maps = decision_maps(STEPS, BOX)
    assert maps.shape == (4, 61, 61) and maps.dtype == np.uint8
    x1, x2 = np.linspace(*BOX.x1, 61), np.linspace(*BOX.x2, 61)
    for parameters, found in zip(STEPS, maps, strict=True):
        for row, column in ((0, 0), (0, 60), (60, 0), (17, 42), (60, 60)):
            said = forward(parameters, [[x1[column]], [x2[row]]]).A2.item()
            assert found[row, column] == round(255 * said)
        assert np.abs(found.ravel() / 255 - forward(parameters, grid(BOX)).A2).max() <= 0.5 / 255 + 1e-12


def test_sixty_maps_are_small() -> None:
    assert decision_maps(STEPS * 15, BOX).nbytes == 60 * 61 * 61 < 250_000


def test_activations_are_forward_at_every_step() -> None:
    said = activations(STEPS, DATA.held_out_X)
    assert said.A1.shape == (4, 5, 300) and said.A2.shape == (4, 1, 300)
    for t, parameters in enumerate(STEPS):
        alone = forward(parameters, DATA.held_out_X)
        assert np.array_equal(said.A1[t], alone.A1) and np.array_equal(said.A2[t], alone.A2)


def test_on_its_line_a_unit_says_0_and_beside_it_more_or_less() -> None:
    lines = unit_lines(STEPS, box_around(DATA.X))
    assert lines.ends.shape == (4, 5, 2, 2) and lines.towards.shape == (4, 5, 2)
    seen = 0
    for t, parameters in enumerate(STEPS):
        for unit in range(5):
            ends = lines.ends[t, unit]
            if np.isfinite(ends).all():
                seen += 1
                beside = ends + 0.1 * lines.towards[t, unit]
                assert np.abs(forward(parameters, ends.T).A1[unit]).max() < 1e-12
                assert forward(parameters, beside.T).A1[unit].min() > 0
    assert seen >= 15


COORDINATE = st.floats(-3, 3).map(lambda value: round(value, 2))


@given(COORDINATE, COORDINATE, COORDINATE)
@settings(max_examples=200)
def test_a_line_ends_at_the_edges_of_the_box_or_misses_it(w1: float, w2: float, b: float) -> None:
    ends = unit_lines(one_unit(w1, w2, b), BOX).ends[0, 0]
    corners = np.array([[x, y] for x in BOX.x1 for y in BOX.x2])
    sides = np.sign(np.round(corners @ [w1, w2] + b, 9))
    crosses = sides.min() < 0 < sides.max()
    assert np.isfinite(ends).all() == crosses or (w1, w2) == (0, 0) or 0 in sides
    if crosses:
        assert np.abs(ends @ [w1, w2] + b).max() < 1e-9
        for end in ends:
            assert min(np.abs(end - corners).min(axis=0)) < 1e-9
            assert (corners.min(axis=0) - 1e-9 <= end).all() and (end <= corners.max(axis=0) + 1e-9).all()


@pytest.mark.parametrize(
    ("unit", "ends"),
    [
        ((1, 0, -1), [[1, -1], [1, 1.5]]),
        ((0, 2, -2), [[-2, 1], [3, 1]]),
        ((1, 1, 0), [[-1.5, 1.5], [1, -1]]),
        ((1, 0, 5), None),
        ((0, 1, 9), None),
        ((0, 0, 1), None),
    ],
)
def test_known_lines(unit: tuple[float, float, float], ends: Any) -> None:
    found = unit_lines(one_unit(*unit), BOX).ends[0, 0]
    if ends is None:
        assert np.isnan(found).all()
    else:
        assert found[np.argsort(found @ [1, 0.1])] == pytest.approx(np.array(ends))


@pytest.mark.parametrize(
    ("kind", "act"),
    [
        ("parameters", lambda: decision_maps([], BOX)),
        ("parameters", lambda: decision_maps([initialize(3, 2, 0)], BOX)),
        ("parameters", lambda: activations([initialize(2, 2, 0), initialize(2, 3, 0)], DATA.X)),
        ("parameters", lambda: unit_lines([initialize(1, 2, 0)], BOX)),
        ("data", lambda: activations(STEPS, [1.0, 2.0])),
        ("grid", lambda: decision_maps(STEPS, BOX, 1)),
        ("grid", lambda: grid(BOX, 10**6)),
        ("box", lambda: Box((1.0, 1.0), (0.0, 1.0))),
        ("box", lambda: box_around([[1.0, 1.0], [2.0, 3.0]])),
    ],
)
def test_what_cannot_be_drawn(kind: str, act: Any) -> None:
    with pytest.raises(InputError) as problem:
        act()
    assert problem.value.kind == kind
