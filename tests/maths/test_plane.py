"""The plane through the real parameter space, against w itself: no inner products, no K."""

from functools import cache

import numpy as np
import pytest

from explainer.maths import logistic
from explainer.maths.descent import descend
from explainer.maths.surface import principal_plane
from explainer.maths.training import span, train, train_in_span
from explainer.pictures import bundled, to_columns

FAMILY = bundled().of_families("fluent-emoji")
X, Y = to_columns(FAMILY.pictures), FAMILY.Y
RATE, STEPS = 0.001, 60
SPANNED = span(X, Y)
(RUN,) = train_in_span(SPANNED, [RATE], STEPS)
PLANE = principal_plane(RUN, SPANNED, points=9)


@cache
def parameters() -> np.ndarray:
    """(w, b) of every step as a row, (T+1, n_x + 1), from the walk with w itself."""
    walked = descend(X, Y, RATE, STEPS)
    return np.hstack([walked.w, walked.b[:, None]])


@cache
def directions() -> tuple[np.ndarray, np.ndarray]:
    """The centre, and the two principal components from numpy's SVD, turned as the plane turns them."""
    theta = parameters()
    centre = theta.mean(axis=0)
    _, _, components = np.linalg.svd(theta - centre, full_matrices=False)
    both = components[:2]
    turned = np.sign((PLANE.trail * ((theta - centre) @ both.T)).sum(axis=0))
    return centre, both * turned[:, None]


def cost(theta: np.ndarray) -> float:
    return logistic.cost(theta[:-1, None], float(theta[-1]), X, Y)


def test_the_trail_and_the_variance_are_those_of_the_principal_components() -> None:
    theta, (centre, both) = parameters(), directions()
    assert np.abs(PLANE.trail - (theta - centre) @ both.T).max() <= 1e-9
    singular = np.linalg.svd(theta - centre, compute_uv=False)
    assert np.allclose(PLANE.explained, (singular**2 / (singular**2).sum())[:2], atol=1e-9)
    assert PLANE.left_out == pytest.approx(1 - PLANE.explained.sum(), abs=1e-12)


def test_J_over_the_plane_is_the_cost_of_the_weights_there() -> None:
    centre, both = directions()
    for row, column in ((0, 0), (4, 4), (8, 2), (3, 8)):
        theta = centre + PLANE.first[column] * both[0] + PLANE.second[row] * both[1]
        assert PLANE.costs[row, column] == pytest.approx(cost(theta), abs=1e-9)


def test_with_its_out_of_plane_part_a_trail_point_has_the_runs_own_cost() -> None:
    theta, (centre, both) = parameters(), directions()
    for step in (0, 1, 20, STEPS):
        inside = centre + PLANE.trail[step] @ both
        outside = theta[step] - inside
        assert np.abs(both @ outside).max() <= 1e-9
        assert PLANE.shadow[step] == pytest.approx(cost(inside), abs=1e-9)
        assert cost(inside + outside) == pytest.approx(RUN.costs[step], abs=1e-9)


def test_the_map_holds_the_trail_with_room() -> None:
    for k, axis in enumerate((PLANE.first, PLANE.second)):
        assert axis.size == 9 and (np.diff(axis) > 0).all()
        assert axis[0] < PLANE.trail[:, k].min() and PLANE.trail[:, k].max() < axis[-1]
    assert PLANE.costs.shape == (9, 9) and PLANE.shadow.shape == (STEPS + 1,)


def test_a_walk_along_one_line_has_a_plane_too() -> None:
    line = np.array([[1.0, 1.0]])
    spanned = span(line, [[0, 1]])
    plane = principal_plane(train_in_span(spanned, [0.1], 5)[0], spanned, points=5)
    assert np.isfinite(plane.costs).all() and np.isfinite(plane.explained).all()


@pytest.mark.parametrize("value", [0.0, 0.3, 1.0], ids=["black", "grey", "white"])
@pytest.mark.parametrize("rate", [0.0001, 0.1])
def test_examples_that_are_all_alike_leave_a_line(value: float, rate: float) -> None:
    """w and b move along (x, 1), or not at all if both labels pull equally."""
    alike = np.full((12288, 5), value)
    spanned = span(alike, [[1, 0, 1, 0, 0]])
    (run,) = train_in_span(spanned, [rate], 3000)
    plane = principal_plane(run, spanned, points=5)
    assert plane.directions == 1 and plane.explained == pytest.approx(np.array([1, 0]), abs=1e-12)
    assert not plane.trail[:, 1].any() and np.ptp(plane.trail[:, 0]) > 0
    assert np.abs(plane.shadow - run.costs).max() < 1e-9
    spanned = span(alike[:, :4], [[1, 0, 1, 0]])
    still = principal_plane(*train_in_span(spanned, [rate], 3000), spanned, points=5)
    assert still.directions == 0 and not still.explained.any() and not still.trail.any()
    assert PLANE.directions == 2


def test_a_run_of_no_steps_has_no_direction() -> None:
    (run,) = train(X[:30], Y, [0.1], 0)
    with pytest.raises(ValueError, match="a step"):
        principal_plane(run, span(X[:30], Y))


def test_of_a_long_run_a_part_of_the_steps_gives_the_directions_of_all() -> None:
    (run,) = train_in_span(SPANNED, [RATE], 900)
    plane = principal_plane(run, SPANNED, points=5)
    K = SPANNED.K
    sizes, V = np.linalg.eigh(K)
    places = run.coefficients @ (V * np.sqrt(np.maximum(sizes, 0)))
    away = places - places.mean(axis=0)
    singular = np.linalg.svd(away, compute_uv=False)
    exact = (singular**2 / (singular**2).sum())[:2]
    assert np.abs(plane.explained - exact).max() < 2e-3
    assert plane.explained.sum() <= exact.sum() + 1e-12  # no plane holds more than the principal one


def test_a_run_that_cannot_move_explains_no_more_than_all() -> None:
    white = np.ones((12288, 4))  # half of them cats: no weight can tell them apart
    spanned = span(white, np.array([[1.0, 0.0, 1.0, 0.0]]))
    (run,) = train_in_span(spanned, [0.0001], 3000)
    plane = principal_plane(run, spanned)
    assert np.all(plane.explained >= 0) and plane.explained.sum() <= 1 + 1e-9
    assert plane.costs.max() - plane.costs.min() < 1e-6
