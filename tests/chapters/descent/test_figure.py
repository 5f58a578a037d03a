"""The live figure's tables against walks of their own."""

import numpy as np
import pytest

from explainer.chapters.descent.chapter import (
    CHAPTER,
    FOUR_RATES,
    ITERATIONS,
    LEARNING_RATE,
    NUM_ITERATIONS,
    RATES,
)
from explainer.chapters.descent.figure import stage
from explainer.live import pack
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import KINDS, Trajectory, descend, descend_many, verdict
from explainer.maths.landscape import landscape
from explainer.stage.chapter import concrete, starting_values
from explainer.stage.layers import Marker, Trail
from explainer.stage.stage import Stage
from explainer.words import words

X, Y = standardise(DATASETS["challenger"].X).X, DATASETS["challenger"].Y
TEXT = words("descent").figure


@pytest.fixture(scope="module")
def runs() -> Trajectory:
    return descend_many(X, Y, RATES, NUM_ITERATIONS + 1, [3.0], 3.0)


@pytest.fixture(scope="module")
def walks() -> list[Trajectory]:
    """A walk of its own for each learning rate."""
    return [descend(X, Y, rate, NUM_ITERATIONS + 1, [3.0], 3.0) for rate in RATES]


def until(walk: Trajectory, step: int) -> Trajectory:
    """A walk cut off after a step."""
    tables = (getattr(walk, name)[: step + 1] for name in ("w", "b", "costs", "dw", "db"))
    return Trajectory(*tables, walk.learning_rate)


@pytest.fixture(scope="module")
def shown(runs: Trajectory) -> Stage:
    return stage(landscape("challenger", "sigmoid"), runs, FOUR_RATES["sigmoid"], TEXT)


def test_the_grid_of_learning_rates_is_readable_and_even() -> None:
    ratios = np.array(RATES[1:]) / RATES[:-1]
    assert ratios.min() > 1.15 and ratios.max() < 1.36
    assert (RATES[0], RATES[-1]) == (0.001, 100.0)
    for decade in (0.01, 0.1, 1, 10):
        assert {decade, 2 * decade, 5 * decade} <= set(RATES)
    assert [float(text) for text in LEARNING_RATE.texts] == list(RATES)
    assert all(len(text) <= 6 for text in LEARNING_RATE.texts)


@pytest.mark.parametrize("rate", [0.001, 0.5, 25.0])
def test_tables_hold_the_walk(shown: Stage, walks: list[Trajectory], rate: float) -> None:
    row = RATES.index(rate)
    run = walks[row]
    for name, values in (
        ("w", run.w[:, 0]),
        ("b", run.b),
        ("cost", run.costs),
        ("dw", run.dw[:, 0]),
        ("db", run.db),
    ):
        assert np.array_equal(shown.tables[name].values[row], values)


def test_the_table_has_the_step_after_the_last(shown: Stage) -> None:
    assert shown.tables["w"].values.shape == (len(RATES), NUM_ITERATIONS + 2)


@pytest.mark.parametrize("end", [1, 40, 200, NUM_ITERATIONS])
def test_the_verdict_of_every_walk_is_the_walks_own(shown: Stage, walks: list[Trajectory], end: int) -> None:
    kinds, steps = shown.tables["verdict"], shown.tables["verdict_step"].values
    assert end in ITERATIONS.values
    for row, walk in enumerate(walks):
        own = verdict(until(walk, end))
        assert KINDS[kinds.values[row, end]] == own.kind
        if own.step is not None:
            assert steps[row, end] == own.step


def test_real_units_give_the_same_answers(shown: Stage, runs: Trajectory) -> None:
    scenery = landscape("challenger", "sigmoid")
    row, step = RATES.index(1.0), 30
    slope, intercept = (shown.tables[name].values[row, step] for name in ("slope", "intercept"))
    assert np.allclose(slope * scenery.data.X + intercept, runs.w[row, step] * X + runs.b[row, step])


def test_the_way_lies_on_the_surface_and_on_the_map(shown: Stage) -> None:
    surface, from_above = (next(p for p in shown.panels if p.name == name) for name in ("surface", "map"))
    for kind in (Trail, Marker):
        flat = [layer for layer in from_above.layers if isinstance(layer, kind) and layer.x == "w"]
        raised = [layer for layer in surface.layers if isinstance(layer, kind) and layer.x == "w"]
        assert flat and all(layer.z is None for layer in flat)
        assert len(raised) == len(flat) and all(layer.z == "cost" for layer in raised)


def test_the_packed_figure_leaves_room_for_the_page(shown: Stage) -> None:
    controls = [concrete(control, starting_values(CHAPTER)) for control in CHAPTER.figures["walk"].controls]
    assert len(pack(shown, controls, TEXT)) < 920_000
