"""What a verdict says, held against the minimum: on all data, with all rates, from many starts."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.chapters.descent.chapter import FOUR_RATES, NUM_ITERATIONS, RATES
from explainer.maths.checks import FloatArray
from explainer.maths.datasets import DATASETS
from explainer.maths.descent import KINDS, TOLERANCE, Trajectory, descend, descend_many, verdict, verdicts
from explainer.maths.landscape import OBJECTIVES, landscape, map_window
from explainer.maths.logistic import LOG_LOSS

FAR = 0.2
"""Whoever has come a fifth of the way down does not crawl."""
LATE = 25
"""Near the minimum the distance shrinks hardly in so many steps of a rate at which a run takes hundreds."""
RATES_OF_ALL = sorted({*RATES, *(rate for four in FOUR_RATES.values() for rate in four)})
STARTS = 4
CASES = [(data, model) for data in DATASETS for model in ("sigmoid", "line")]


def starts(data: str, model: str) -> list[tuple[float, float]]:
    """Places all over the map, its corners, and places nearer and nearer to the minimum."""
    shown, best = map_window(data, model), landscape(data, model).minimum
    rng = np.random.default_rng(2)
    found = [(w, b) for w in (shown.w_min, shown.w_max) for b in (shown.b_min, shown.b_max)]
    found += [
        (rng.uniform(shown.w_min, shown.w_max), rng.uniform(shown.b_min, shown.b_max)) for _ in range(STARTS)
    ]
    for exponent in np.linspace(-4, 0, STARTS):
        angle = rng.uniform(0, 2 * np.pi)
        near = (best.w, best.b) if best else (0.0, 0.0)
        found.append((near[0] + 10**exponent * np.cos(angle), near[1] + 10**exponent * np.sin(angle)))
    return [(float(w), float(b)) for w, b in found]


def runs_from(data: str, model: str, start: tuple[float, float], rates: list[float]) -> Trajectory:
    shown = landscape(data, model)
    return descend_many(
        shown.standardised.X, shown.data.Y, rates, NUM_ITERATIONS, [start[0]], start[1], OBJECTIVES[model]
    )


def is_kind(runs: Trajectory, name: str) -> FloatArray:
    return np.asarray(verdicts(runs).kind == KINDS.index(name))


def distance(runs: Trajectory, data: str, model: str) -> FloatArray:
    """How far off the minimum the run is, in the unit of the tolerance; inf where there is none."""
    best = landscape(data, model).minimum
    if best is None:
        return np.full_like(runs.costs, np.inf)
    with np.errstate(all="ignore"):
        size = TOLERANCE * (1 + np.hypot(runs.w[..., 0], runs.b))
        return np.asarray(np.hypot(runs.w[..., 0] - best.w, runs.b - best.b) / size)


def assert_true(runs: Trajectory, data: str, model: str) -> None:
    """The verdict after every step of these runs says nothing that is not so."""
    best, judged = landscape(data, model).minimum, verdicts(runs)
    if model == "sigmoid":
        assert not is_kind(runs, "diverging").any() and not is_kind(runs, "overflow").any()
    converged, saturated = is_kind(runs, "converged"), is_kind(runs, "saturated")
    if best is None:
        assert not converged.any()
        assert (runs.costs[saturated] < 1e-6).all()
        return
    assert not saturated.any()
    assert (distance(runs, data, model)[converged] <= 1).all()
    assert (judged.step[converged] >= 0).all()
    with np.errstate(all="ignore"):
        gained = (runs.costs[:, :1] - runs.costs) / (runs.costs[:, :1] - best.cost)
    assert (gained[is_kind(runs, "crawling")] < FAR).all()


@pytest.mark.parametrize(("data", "model"), CASES)
def test_no_verdict_says_what_is_not_so(data: str, model: str) -> None:
    for start in starts(data, model):
        assert_true(runs_from(data, model, start, RATES_OF_ALL), data, model)


@given(
    case=st.sampled_from(CASES),
    w=st.floats(-12, 12),
    b=st.floats(-12, 12),
    rates=st.lists(st.floats(1e-4, 300), min_size=1, max_size=4),
)
def test_nor_from_any_other_start_with_any_other_rate(
    case: tuple[str, str], w: float, b: float, rates: list[float]
) -> None:
    assert_true(runs_from(*case, (w, b), rates), *case)


@pytest.mark.parametrize(("data", "model"), [case for case in CASES if landscape(*case).minimum])
def test_a_run_that_settles_has_converged_soon_after_it_is_near(data: str, model: str) -> None:
    found = 0
    for start in starts(data, model):
        runs = runs_from(data, model, start, RATES_OF_ALL)
        near, converged = distance(runs, data, model) <= 0.9, is_kind(runs, "converged")
        glides = ~is_kind(runs, "oscillating").any(axis=1) & (runs.costs <= runs.costs[:, :1]).all(axis=1)
        for run in np.flatnonzero(near[:, -1] & glides):
            settled = int(np.flatnonzero(~near[run])[-1]) + 1 if not near[run].all() else 0
            assert converged[run, settled + LATE :].all(), (start, RATES_OF_ALL[run], settled)
            found += settled + LATE < NUM_ITERATIONS
    assert found > 30


@pytest.mark.parametrize(("data", "model"), [case for case in CASES if landscape(*case).minimum])
def test_who_starts_at_the_minimum_needs_no_step(data: str, model: str) -> None:
    best = landscape(data, model).minimum
    assert best is not None
    runs = runs_from(data, model, (best.w, best.b), [rate for rate in RATES if rate <= 0.8])
    for run in range(len(runs.costs)):
        assert str(verdict(runs[run])) == "converged at step 0"


def test_leaping_up_five_times_is_no_divergence_of_the_log_loss() -> None:
    """J rises by more each time, for a while, and near its minimum: its slope is bounded, so that ends."""
    shown = landscape("challenger", "sigmoid")
    run = descend(shown.standardised.X, shown.data.Y, 15.0, 12)
    rises = np.diff(run.costs)
    assert (rises[-5:] > 0).all() and (np.diff(rises[-5:]) > 0).all()
    assert verdict(run).kind == "oscillating"


def test_where_float64_sees_no_slope_any_more_a_walk_is_saturated() -> None:
    shown = landscape("separable", "sigmoid")
    run = descend(shown.standardised.X, shown.data.Y, 100.0, 200, [-4.0], 3.0)
    assert str(verdict(run)) == "saturated at step 1"
    assert 0 < run.costs[-1] < 1e-12 and math.hypot(run.w[-1, 0], run.b[-1]) > 10


def test_whoever_is_nearly_there_does_not_crawl() -> None:
    shown = landscape("challenger", "sigmoid")
    run = descend(shown.standardised.X, shown.data.Y, 0.2, 200, [-1.0], -0.8)
    assert verdict(run).kind != "crawling"


def test_only_what_saturates_is_called_saturated() -> None:
    """Two examples lie on a line, so its squared error really gets to 0."""
    line = descend([[-1.0, 1.0]], [[0, 1]], 0.5, 60, objective=OBJECTIVES["line"])
    assert line.costs[-1] < 1e-12 and verdict(line).kind == "converged"
    assert LOG_LOSS.saturates and OBJECTIVES["squared"].saturates and not OBJECTIVES["line"].saturates
