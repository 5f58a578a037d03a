"""Both figures of the chapter *Loss* against the maths."""

import re

import numpy as np
import pytest

from explainer.chapters.loss.answers import convexity_on_map
from explainer.chapters.loss.chapter import (
    CHAPTER,
    NUM_ITERATIONS,
    RATES,
    bias_slider,
    examples,
    surfaces,
    weight_slider,
)
from explainer.chapters.loss.examples_figure import judgement
from explainer.maths.curvature import convexity
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import descend, verdict
from explainer.maths.landscape import OBJECTIVES, landscape, lowest, map_window, minimum, stalled
from explainer.maths.logistic import LOG_LOSS, SIGMOID_SQUARED_ERROR, loss_from_z, sigmoid
from explainer.maths.surface import window
from explainer.stage.layers import Bars, Marker, Stems
from explainer.stage.stage import Stage
from explainer.words import COMMON, fill, words
from tests.chapters.packing import packed

TEXT = words("loss").figure
ROOM = 900_000
OF_SIDE = {"log": LOG_LOSS, "squared": SIGMOID_SQUARED_ERROR}
MODELS = {"log": "sigmoid", "squared": "squared"}


@pytest.fixture(scope="module", params=DATASETS)
def shown(request: pytest.FixtureRequest) -> tuple[str, Stage]:
    return request.param, examples(request.param)


@pytest.fixture(scope="module")
def plateau() -> Stage:
    return surfaces("challenger", (3.5, -6.5))


# ---- every example's loss


def test_tables_hold_the_losses_in_the_order_of_x(shown: tuple[str, Stage]) -> None:
    data, stage = shown
    order = np.argsort(DATASETS[data].X[0], kind="stable")
    X, Y = standardise(DATASETS[data].X).X[0, order], DATASETS[data].Y[0, order]
    assert np.array_equal(stage.tables["x_here"].values, np.sort(DATASETS[data].X[0]))
    assert np.array_equal(stage.tables["y_here"].values, Y)
    w, b = weight_slider(data).values, bias_slider(data).values
    for i, j in ((0, 0), (3, -1), (-1, 5), (7, 9)):
        z = w[i] * X + b[j]
        assert np.allclose(stage.tables["a"].values[i, j], sigmoid(z))
        assert np.allclose(stage.tables["loss"].values[i, j], loss_from_z(z, Y))
        assert np.allclose(stage.tables["squared_here"].values[i, j], (sigmoid(z) - Y) ** 2)
        assert np.isclose(stage.tables["cost"].values[i, j], loss_from_z(z, Y).mean())


def test_the_numbers_in_the_line_of_J_are_those_of_the_bars(shown: tuple[str, Stage]) -> None:
    _, stage = shown
    losses = stage.tables["loss"].values
    for place, name in ((0, "first"), (1, "second"), (2, "third"), (-1, "last")):
        assert np.array_equal(stage.tables[name].values, losses[..., place])
        assert f"{{{name}:" in TEXT["readout_cost"]
    assert stage.tables["m"].values == losses.shape[-1]
    assert np.allclose(stage.tables["cost"].values, losses.mean(axis=-1))


def test_each_example_is_a_bar_and_a_stem_of_its_own_class(shown: tuple[str, Stage]) -> None:
    data, stage = shown
    m = DATASETS[data].X.size
    for panel, kind, colours in (("bars", Bars, {"cat", "not-cat"}), ("data", Stems, {"cat", "not-cat"})):
        layers = next(p for p in stage.panels if p.name == panel).layers
        rows = {
            layer.colour: layer for layer in layers if isinstance(layer, kind) and layer.colour in colours
        }
        assert set(rows) == colours
        there = {colour: np.isfinite(stage.tables[str(row.x)].values) for colour, row in rows.items()}
        assert np.array_equal(there["cat"], stage.tables["y_here"].values == 1)
        assert np.array_equal(there["cat"], ~there["not-cat"]) and there["cat"].size == m
    bars = next(p for p in stage.panels if p.name == "bars").layers
    assert all(layer.level == "cost" for layer in bars if isinstance(layer, Bars))


def test_rows_and_single_numbers_travel_once(shown: tuple[str, Stage]) -> None:
    _, stage = shown
    for name in ("a", "loss", "height"):
        assert stage.tables[name].values is stage.tables[f"{name}_here"].values


def test_judgement_says_who_is_sure_and_wrong() -> None:
    A, Y = np.array([0.95, 0.6, 0.4, 0.05, 0.95, 0.05, 0.5, 0.5]), np.array([1, 1, 1, 1, 0, 0, 0, 1])
    assert judgement(A, Y).tolist() == [0, 0, 1, 2, 2, 0, 3, 3]


def test_a_press_picks_what_the_first_marker_of_the_panel_shows(shown: tuple[str, Stage]) -> None:
    _, stage = shown
    picks = {panel.name: panel for panel in stage.panels if panel.pick}
    assert {name: panel.pick for name, panel in picks.items()} == {
        "data": ("example",),
        "bars": ("example",),
        "map": ("w", "b"),
    }
    for panel in picks.values():
        first = next(layer for layer in panel.layers if isinstance(layer, Marker))
        axes = {
            axis for name in (first.x, first.y) if isinstance(name, str) for axis in stage.tables[name].axes
        }
        assert axes == set(panel.pick)


@pytest.mark.parametrize("data", DATASETS)
def test_the_sliders_stay_on_the_map_and_reach_the_minimum(data: str) -> None:
    w, b, view = weight_slider(data).values, bias_slider(data).values, map_window(data, "sigmoid")
    for values, low, high in ((w, view.w_min, view.w_max), (b, view.b_min, view.b_max)):
        assert low < values[0] and values[-1] < high
        assert 0.0 in values
    best = minimum(data, "sigmoid")
    if best is not None:
        assert w[0] < best[0] < w[-1] and b[0] < best[1] < b[-1]


# ---- two surfaces


@pytest.mark.parametrize("name", OF_SIDE)
@pytest.mark.parametrize("rate", [0.1, 1.0, 10.0])
def test_tables_hold_both_walks(plateau: Stage, name: str, rate: float) -> None:
    X, Y = standardise(DATASETS["challenger"].X).X, DATASETS["challenger"].Y
    row, objective = RATES.index(rate), OF_SIDE[name]
    run = descend(X, Y, rate, NUM_ITERATIONS, [3.5], -6.5, objective)
    for table, values in ((f"w_{name}", run.w[:, 0]), (f"b_{name}", run.b), (f"cost_{name}", run.costs)):
        assert np.array_equal(plateau.tables[table].values[row], values)
    kind = int(plateau.tables[f"verdict_{name}"].values[row])
    said = plateau.tables[f"verdict_{name}"].labels[kind]
    if stalled(run, lowest("challenger", MODELS[name]).cost):
        assert said == TEXT["stalled"]
    else:
        own = verdict(run)
        least = minimum("challenger", MODELS[name])
        assert least is not None
        if own.kind == "still on its way" and run.costs[-1] <= 1.01 * least[2]:
            assert said == TEXT["near"]
        else:
            assert said == fill(COMMON["verdicts"][own.kind], step=f"{{since_{name}:d}}")
        if own.step is not None:
            assert plateau.tables[f"since_{name}"].values[row] == own.step


def test_both_walks_begin_at_the_same_place(plateau: Stage) -> None:
    for w, b in (("w_log", "b_log"), ("w_squared", "b_squared")):
        assert set(plateau.tables[w].values[:, 0]) == {3.5} and set(plateau.tables[b].values[:, 0]) == {-6.5}


def test_a_click_on_either_map_is_a_start(plateau: Stage) -> None:
    assert {panel.name for panel in plateau.panels if panel.click == "start"} == {"map_log", "map_squared"}


@pytest.mark.parametrize("data", DATASETS)
def test_both_costs_have_the_same_map(data: str) -> None:
    X, Y = standardise(DATASETS[data].X).X, DATASETS[data].Y
    assert window(X, Y, LOG_LOSS) == window(X, Y, SIGMOID_SQUARED_ERROR)
    assert map_window(data, "sigmoid") == map_window(data, "squared")


@pytest.mark.parametrize("data", [name for name in DATASETS if name != "separable"])
def test_the_squared_error_has_a_minimum_of_its_own(data: str) -> None:
    X, Y = standardise(DATASETS[data].X).X, DATASETS[data].Y
    own, other = minimum(data, "squared"), minimum(data, "sigmoid")
    assert own is not None and other is not None
    w, b, cost = own
    assert SIGMOID_SQUARED_ERROR.cost(np.array([[w]]), b, X, Y) == pytest.approx(cost)
    dw, db = SIGMOID_SQUARED_ERROR.gradients(np.array([[w]]), b, X, Y)
    assert np.hypot(dw.item(), db) < 1e-6
    assert np.hypot(w - other[0], b - other[1]) > 0.1
    for angle in np.linspace(0, 2 * np.pi, 16, endpoint=False):
        w_near, b_near = w + 0.05 * np.cos(angle), b + 0.05 * np.sin(angle)
        assert SIGMOID_SQUARED_ERROR.cost(np.array([[w_near]]), b_near, X, Y) > cost


def test_separable_data_have_no_minimum() -> None:
    assert minimum("separable", "squared") is None


@pytest.mark.parametrize("data", DATASETS)
def test_on_the_pages_own_map_the_log_loss_is_a_bowl_and_the_squared_error_is_not(data: str) -> None:
    for model, bowl in (("sigmoid", True), ("squared", False)):
        on = landscape(data, model)
        found = convexity(on.standardised.X, on.data.Y, on.w, on.b, OBJECTIVES[model])
        assert found.convex is bowl
        assert found == convexity_on_map(data, model)


# ---- what travels


@pytest.mark.parametrize("data", DATASETS)
def test_the_packed_figures_leave_room_for_the_page(data: str) -> None:
    assert sum(len(packed(CHAPTER, name, data=data)) for name in CHAPTER.figures) < ROOM


def test_the_texts_are_templates_the_browser_knows() -> None:
    for text in TEXT.values():
        for name in re.findall(r"\{([^{}]*)\}", text):
            assert re.fullmatch(r"[a-z_0-9]+(:p?\+?(\.\d+)?[fgd]?)?", name), text
