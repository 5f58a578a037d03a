"""What stands still: axes, data and cost as they were computed."""

import numpy as np
import pytest

from explainer.maths import logistic
from explainer.maths.datasets import DATASETS
from explainer.maths.landscape import Landscape, landscape
from explainer.stage.cost_figures import cost_figure, data_figure, least_cost, map_figure, surface_figure
from explainer.stage.palette import CAT, NOT_CAT
from explainer.stage.stage import ROOM_AT_ENDS

TEXT = {"a": "a", "step": "step", "least": "least: {cost:.4f}"}


@pytest.fixture(params=[(data, model) for data in DATASETS for model in ("sigmoid", "line")], ids="-".join)
def shown(request: pytest.FixtureRequest) -> Landscape:
    return landscape(*request.param)


def test_the_surface_is_the_cost(shown: Landscape) -> None:
    trace = surface_figure(shown).data[0]
    assert np.allclose(trace.z, shown.costs, rtol=1e-6)
    w, b = shown.w[17], shown.b[40]
    X = shown.standardised.X
    if shown.link == "sigmoid":
        assert trace.z[40, 17] == pytest.approx(logistic.cost([w], b, X, shown.data.Y), rel=1e-6)


def test_the_map_shows_the_same_cost_by_its_logarithm(shown: Landscape) -> None:
    assert np.allclose(np.exp(map_figure(shown).data[0].z.astype(float)), shown.costs, rtol=1e-5)


def test_the_minimum_is_the_lowest_place_of_the_map(shown: Landscape) -> None:
    if shown.minimum is None:
        assert (shown.data.name, shown.link) == ("separable", "sigmoid")
        return
    w, b, cost = shown.minimum
    assert cost <= shown.costs.min()
    row, column = np.unravel_index(shown.costs.argmin(), shown.costs.shape)
    assert abs(shown.w[column] - w) <= 2 * np.ptp(shown.w) / 60
    assert abs(shown.b[row] - b) <= 2 * np.ptp(shown.b) / 60


def test_every_example_is_drawn_once_in_its_colour_and_shape(shown: Landscape) -> None:
    cats, others = data_figure(shown.data, shown.link, TEXT).data
    X, Y = shown.data.X[0], shown.data.Y[0]
    assert sorted(cats.x) == sorted(X[Y == 1])
    assert sorted(others.x) == sorted(X[Y == 0])
    assert (cats.marker.color, cats.marker.symbol) == (CAT, "circle")
    assert (others.marker.color, others.marker.symbol) == (NOT_CAT, "square")
    for points in (cats, others):
        places = list(zip(points.x, points.y, strict=True))
        assert len(set(places)) == len(places), "equal examples must not hide one another"


def test_the_cost_plot_holds_the_start() -> None:
    low, high = cost_figure(3.3, 500, TEXT).layout.yaxis.range
    assert low == 0 and high > 3.3


@pytest.mark.parametrize("steps", [10, 500])
def test_the_cost_plot_has_the_same_room_before_the_first_step_and_after_the_last(steps: int) -> None:
    left, right = cost_figure(3.3, steps, TEXT).layout.xaxis.range
    assert (-left / steps, right / steps - 1) == pytest.approx((ROOM_AT_ENDS, ROOM_AT_ENDS))
    assert ROOM_AT_ENDS > 0


def test_the_least_cost_is_a_line_with_its_number(shown: Landscape) -> None:
    levels = [(level.y, level.text) for level in least_cost(shown, TEXT)]
    best = shown.minimum
    assert levels == ([(best[2], TEXT["least"].format(cost=best[2]))] if best else [])
