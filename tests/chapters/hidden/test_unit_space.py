"""The points as the hidden units see them, and the straight cut there."""

import numpy as np
import pytest

from explainer.chapters.hidden.trainings import RANDOM, ZEROS, run
from explainer.chapters.hidden.unit_space import unit_space
from explainer.maths import shallow
from explainer.maths.datasets import CURVED

X = CURVED["rings"].X


@pytest.mark.parametrize("units", [1, 2, 3, 7])
def test_the_cut_parts_what_is_answered_yes_from_what_is_answered_no(units: int) -> None:
    steps = run("rings", units, RANDOM, 1, 1.0).kept
    space = unit_space(steps, X)
    assert space.points.shape == (len(steps), 2, X.shape[1])
    for t in (0, 10, len(steps) - 1):
        (x0, y0), (x1, y1) = space.cut[t]
        side = (x1 - x0) * (space.points[t, 1] - y0) - (y1 - y0) * (space.points[t, 0] - x0)
        said = shallow.forward(steps[t], X).A2[0] - 0.5
        clear = np.abs(said) > 1e-6
        assert len(set(np.sign(side[clear] * said[clear]))) == 1
        assert np.abs(space.points[t]).max() <= space.reach


def test_two_units_are_the_two_axes() -> None:
    steps = run("xor", 2, RANDOM, 3, 1.0).kept
    points = unit_space(steps, CURVED["xor"].X).points
    np.testing.assert_array_equal(points[-1], shallow.forward(steps[-1], CURVED["xor"].X).A1)


def test_a_turned_space_keeps_distances_from_the_cut_and_does_not_flip() -> None:
    steps = run("rings", 4, RANDOM, 1, 1.0).kept
    space = unit_space(steps, X)
    for t in (5, 40):
        said = shallow.forward(steps[t], X)
        z = steps[t].W2 @ said.A1 + steps[t].b2
        np.testing.assert_allclose(space.points[t, 0], z[0] / np.linalg.norm(steps[t].W2), atol=1e-9)
    correlations = [
        np.corrcoef(a[1], b[1])[0, 1] for a, b in zip(space.points[20:], space.points[21:], strict=False)
    ]
    assert min(correlations) > 0.9


@pytest.mark.parametrize("units", [1, 2, 4])
def test_without_weights_there_is_no_cut(units: int) -> None:
    space = unit_space(run("rings", units, ZEROS, 1, 1.0).kept, X)
    assert np.isnan(space.cut[-1]).any() and np.isfinite(space.points).all()
    assert not space.points.any() and space.reach > 0
