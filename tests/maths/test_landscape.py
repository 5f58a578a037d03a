"""The lowest place of a landscape, its valleys, and what counts as a plateau."""

import numpy as np
import pytest

from explainer.maths import logistic, surface
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import Trajectory, descend, descend_many, verdict
from explainer.maths.landscape import OBJECTIVES, landscape, lowest, minimum, stalled, valley
from explainer.maths.logistic import LOG_LOSS, SIGMOID_SQUARED_ERROR

MODELS = ("sigmoid", "squared")
DATA = {name: (standardise(data.X).X, data.Y) for name, data in DATASETS.items()}
X, Y = DATA["hours"]
RATES = [0.5, 1.0, 2.0, 5.0]


def made_up(slopes, last_cost=0.5):
    """A run of so many slopes, all along b, that ends at last_cost."""
    costs = np.linspace(last_cost + 0.01, last_cost, len(slopes))
    nothing = np.zeros((len(slopes), 1))
    return Trajectory(nothing, nothing[:, 0], costs, nothing, np.array(slopes, dtype=float), 1.0)


def mistakes(run, X, Y):
    return np.count_nonzero(logistic.predict(run.w[-1], run.b[-1], X) != Y)


@pytest.mark.parametrize(
    ("name", "start", "rate", "steps", "wrong"),
    [
        ("challenger", (3.0, -7.0), 1.0, 300, (3, 7)),
        ("challenger", (3.0, -7.0), 5.0, 500, (3, 7)),
        ("hours", (-3.0, 6.0), 1.0, 300, (4, 10)),
        ("hours", (-3.0, 6.0), 2.0, 500, (4, 10)),
    ],
)
def test_the_squared_error_stalls_where_the_log_loss_arrives(name, start, rate, steps, wrong):
    X, Y = DATA[name]
    view = surface.window(X, Y)
    assert view.clamp(*start) == start
    log_loss, squared = (
        descend(X, Y, rate, steps, [start[0]], start[1], OBJECTIVES[model]) for model in MODELS
    )
    assert verdict(log_loss).kind == "converged"
    assert verdict(log_loss).step <= 100
    least = lowest(name, "sigmoid").cost
    assert log_loss.costs[-1] == pytest.approx(least, rel=1e-3)
    assert not stalled(log_loss, least)

    least = lowest(name, "squared").cost
    assert stalled(squared, least)
    assert verdict(squared).kind == "crawling"
    assert squared.costs[-1] > 0.97 * squared.costs[0]
    assert squared.costs[-1] > 2.2 * least
    assert (mistakes(log_loss, X, Y), mistakes(squared, X, Y)) == wrong


@pytest.mark.parametrize("name", ["challenger", "hours"])
def test_on_the_whole_map_only_the_squared_error_ever_stalls(name):
    X, Y = DATA[name]
    view = surface.window(X, Y)
    counts = dict.fromkeys(MODELS, 0)
    for w in np.arange(view.w_min, view.w_max + 1, 2):
        for b in (view.b_min, view.b_min + 1, 0.0, view.b_max):
            for model in MODELS:
                run = descend(X, Y, 1.0, 300, [w], b, OBJECTIVES[model])
                counts[model] += stalled(run, lowest(name, model).cost)
    assert counts["sigmoid"] == 0
    assert counts["squared"] >= 2


def test_one_plateau_is_left_in_the_end():
    # It slopes: from the same start ten times the steps arrive.
    least = lowest("hours", "squared").cost
    run = descend(X, Y, 5.0, 3000, [-3.0], 6.0, SIGMOID_SQUARED_ERROR)
    assert not stalled(run, least)
    assert run.costs[-1] == pytest.approx(least, rel=1e-6)


@pytest.mark.parametrize("name", ["challenger", "hours", "overlap"])
def test_the_lowest_of_the_log_loss_is_the_maximum_likelihood_fit(name):
    X, Y = DATA[name]
    best, found = logistic.fit(X, Y), lowest(name, "sigmoid")
    assert found.cost == pytest.approx(logistic.cost(best.w, best.b, X, Y), rel=1e-12)
    assert (found.w, found.b) == pytest.approx((best.w.item(), best.b), abs=1e-6)


@pytest.mark.parametrize("name", DATA)
def test_nothing_on_the_map_is_below_the_lowest(name):
    X, Y = DATA[name]
    for model in MODELS:
        objective = OBJECTIVES[model]
        view = surface.window(X, Y, objective)
        w, b = np.linspace(view.w_min, view.w_max, 121), np.linspace(view.b_min, view.b_max, 121)
        found = lowest(name, model)
        assert found.cost <= surface.cost_grid(X, Y, w, b, objective).min()
        assert found.cost == pytest.approx(objective.cost([found.w], found.b, X, Y), rel=1e-12)


def test_challenger_has_two_valleys_of_squared_error_and_the_lower_one_has_no_end():
    X, Y = DATA["challenger"]
    inside = descend(X, Y, 5.0, 500, objective=SIGMOID_SQUARED_ERROR)
    assert verdict(inside).kind == "converged"
    assert inside.costs[-1] == pytest.approx(0.13629, abs=1e-5)
    out = lowest("challenger", "squared")
    assert 3 / 23 < out.cost < inside.costs[-1]
    assert out.w < surface.window(X, Y, SIGMOID_SQUARED_ERROR).w_min
    farther = [SIGMOID_SQUARED_ERROR.cost([k * out.w], k * out.b, X, Y) for k in (1, 2, 4, 64)]
    assert np.all(np.diff(farther) < 0)
    assert farther[-1] == pytest.approx(3 / 23, rel=1e-3)


def test_stalled_is_flat_in_the_last_half_and_far_above_the_least():
    steep_then_flat = [1.0] * 50 + [1e-3] * 51
    assert stalled(made_up(steep_then_flat), least=0.1)
    assert stalled(made_up(np.negative(steep_then_flat)), least=0.1)
    assert not stalled(made_up([1.0] * 51 + [1e-3] * 50), least=0.1)
    assert not stalled(made_up([1e-3] * 100 + [1.0]), least=0.1)
    assert not stalled(made_up(steep_then_flat), least=0.45)
    assert stalled(made_up(steep_then_flat), least=0.39)
    assert not stalled(made_up(steep_then_flat), least=0.41)
    assert stalled(made_up([1.9e-3] * 101), least=0.1)
    assert not stalled(made_up([2.1e-3] * 101), least=0.1)
    assert not stalled(made_up([1e-3] * 50), least=0.1)  # 49 steps
    assert stalled(made_up([1e-3] * 51), least=0.1)


def test_what_overflowed_has_not_stalled():
    assert not stalled(made_up([1e-3] * 100 + [np.nan]), least=0.1)
    assert not stalled(made_up([1e-3] * 101, last_cost=np.nan), least=0.1)


def test_arrivals_on_separable_data_are_no_plateau():
    X, Y = DATA["separable"]
    for model in MODELS:
        run = descend(X, Y, 5.0, 500, [1.0], 0.0, OBJECTIVES[model])
        assert not stalled(run, lowest("separable", model).cost)


def test_many_runs_are_refused():
    with pytest.raises(ValueError, match=r"run must be one run, as trajectory\[i\] is; got 4 runs"):
        stalled(descend_many(X, Y, RATES, 60), 0.0)


@pytest.mark.parametrize("name", ["challenger", "hours", "overlap"])
def test_a_valley_is_a_minimum_that_no_step_about_it_undercuts(name: str) -> None:
    X, Y = standardise(DATASETS[name].X).X, DATASETS[name].Y
    best = logistic.fit(X, Y)
    found = valley(X, Y, (best.w.item(), best.b), SIGMOID_SQUARED_ERROR)
    assert found is not None
    for dw, db in ((0.1, 0), (-0.1, 0), (0, 0.1), (0, -0.1), (0.1, 0.1), (-0.1, -0.1)):
        nearby = SIGMOID_SQUARED_ERROR.cost(np.array([[found.w + dw]]), found.b + db, X, Y)
        assert nearby > found.cost


def test_where_the_ground_never_ends_there_is_no_valley() -> None:
    X, Y = standardise(DATASETS["separable"].X).X, DATASETS["separable"].Y
    assert valley(X, Y, (3.0, 0.0), LOG_LOSS) is None


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("model", OBJECTIVES)
def test_a_landscape_is_the_cost_over_its_window_with_its_minimum(name: str, model: str) -> None:
    shown, (X, Y) = landscape(name, model), DATA[name]
    view = surface.window(X, Y, OBJECTIVES[model])
    assert (shown.w[0], shown.w[-1], shown.b[0], shown.b[-1]) == tuple(vars(view).values())
    for row, column in ((0, 0), (7, 50), (60, 30)):
        place = np.array([[shown.w[column]]]), float(shown.b[row])
        assert shown.costs[row, column] == pytest.approx(OBJECTIVES[model].cost(*place, X, Y))
    assert shown.minimum is minimum(name, model)
    assert (shown.minimum is None) == (name == "separable" and model != "line")
