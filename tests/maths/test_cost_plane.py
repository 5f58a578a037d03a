"""The slice of a cost surface is the cost, at each of its places."""

from typing import Any

import numpy as np
import pytest

from explainer.maths.checks import InputError
from explainer.maths.cost_plane import MOST_POINTS, cost_plane
from explainer.maths.datasets import CURVED
from explainer.maths.shallow import Parameters, cost, initialize, train

X, Y = CURVED["moons"].X, CURVED["moons"].Y
ENDS = [train(X, Y, 4, 1.0, 400, seed).parameters for seed in (0, 1)]
START = initialize(2, 4, 0)
PLANE = cost_plane(*ENDS, START, X, Y, 31)


def mixed(one: Parameters, other: Parameters, share: float) -> Parameters:
    return Parameters(
        **{
            name: (1 - share) * getattr(one, name) + share * getattr(other, name)
            for name in ("W1", "b1", "W2", "b2")
        }
    )


def interpolated(along: float, across: float) -> float:
    """Between the four places of the plane around this one."""
    rows = [float(np.interp(along, PLANE.along, row)) for row in PLANE.costs]
    return float(np.interp(across, PLANE.across, rows))


def test_the_plane_goes_through_all_three() -> None:
    assert PLANE.costs.shape == (31, 31) and np.isfinite(PLANE.costs).all()
    for place, parameters in zip(PLANE.places, (*ENDS, START), strict=True):
        assert PLANE.along[0] < place[0] < PLANE.along[-1] and PLANE.across[0] < place[1] < PLANE.across[-1]
        assert interpolated(*place) == pytest.approx(cost(parameters, X, Y), abs=0.03)


def test_every_place_is_the_cost_there() -> None:
    """A place is first + a (second - first) + c (third - first), whose costs are computed one by one."""
    (_, _), (length, _), (foot, height) = PLANE.places
    for i, j in ((0, 0), (0, 30), (15, 15), (30, 0), (7, 22)):
        c = PLANE.across[i] / height
        a = (PLANE.along[j] - c * foot) / length
        here = {
            name: getattr(ENDS[0], name)
            + a * (getattr(ENDS[1], name) - getattr(ENDS[0], name))
            + c * (getattr(START, name) - getattr(ENDS[0], name))
            for name in ("W1", "b1", "W2", "b2")
        }
        assert PLANE.costs[i, j] == pytest.approx(cost(Parameters(**here), X, Y))


def test_two_ends_are_valleys_with_a_ridge_between_them() -> None:
    ends = [cost(end, X, Y) for end in ENDS]
    between = cost(mixed(*ENDS, 0.5), X, Y)
    assert max(ends) < 0.3 and abs(ends[0] - ends[1]) < 0.1 < between - max(ends)


@pytest.mark.parametrize(
    ("kind", "act"),
    [
        ("plane", lambda: cost_plane(ENDS[0], ENDS[1], ENDS[1], X, Y)),
        ("plane", lambda: cost_plane(ENDS[0], ENDS[0], START, X, Y)),
        ("plane", lambda: cost_plane(ENDS[0], ENDS[1], mixed(*ENDS, 0.3), X, Y)),
        ("plane", lambda: cost_plane(ENDS[0], ENDS[1], initialize(2, 5, 0), X, Y)),
        ("plane", lambda: cost_plane(*ENDS, START, X[:1], Y)),
        ("grid", lambda: cost_plane(*ENDS, START, X, Y, 1)),
        ("grid", lambda: cost_plane(*ENDS, START, X, Y, MOST_POINTS + 1)),
    ],
)
def test_what_spans_no_plane(kind: str, act: Any) -> None:
    with pytest.raises(InputError) as problem:
        act()
    assert problem.value.kind == kind
