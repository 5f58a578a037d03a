"""The data sets: the published fits are the proof that the numbers are the right ones."""

import numpy as np
import pytest

from explainer.maths import logistic
from explainer.maths.datasets import CURVED, DATASETS, Curved, Dataset, standardise
from explainer.maths.descent import descend
from explainer.maths.shallow import forward, train

PUBLISHED = ["challenger", "hours"]


def test_the_registry_is_keyed_by_name_and_cannot_be_changed():
    assert list(DATASETS) == ["challenger", "hours", "overlap", "separable"]
    assert all(dataset.name == key for key, dataset in DATASETS.items())
    with pytest.raises(TypeError):
        DATASETS["mine"] = DATASETS["hours"]  # type: ignore[index]


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_every_set_is_complete_and_read_only(dataset: Dataset):
    assert dataset.X.shape == dataset.Y.shape == (1, dataset.X.size)
    assert set(np.unique(dataset.Y)) == {0, 1}
    assert all([dataset.title, dataset.feature, dataset.outcome, dataset.source])
    for array in (dataset.X, dataset.Y):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1


@pytest.mark.parametrize(
    ("name", "m", "cats"),
    [("challenger", 23, 7), ("hours", 20, 10), ("overlap", 60, 30), ("separable", 16, 8)],
)
def test_the_sizes(name, m, cats):
    assert DATASETS[name].X.size == m
    assert DATASETS[name].Y.sum() == cats


@pytest.mark.parametrize("name", PUBLISHED)
def test_newton_reproduces_the_published_fit(name):
    data = DATASETS[name]
    best = logistic.fit(data.X, data.Y)
    assert best.converged
    assert (best.w.item(), best.b) == pytest.approx(data.published, rel=5e-4)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_long_descent_reproduces_the_published_fit(name):
    data = DATASETS[name]
    standard = standardise(data.X)
    run = descend(standard.X, data.Y, learning_rate=3.0, num_iterations=2000)
    slope, intercept = standard.to_real_units(run.w[-1], run.b[-1])
    assert (slope.item(), intercept.item()) == pytest.approx(data.published, rel=5e-4)


def test_the_made_up_sets_are_what_they_are_called():
    overlap, separable = DATASETS["overlap"], DATASETS["separable"]
    assert logistic.fit(overlap.X, overlap.Y).converged
    assert not logistic.fit(separable.X, separable.Y).converged
    assert separable.X[separable.Y == 0].max() < separable.X[separable.Y == 1].min()


def test_standardise_by_hand():
    standard = standardise([[1, 3], [10, 30]])
    np.testing.assert_allclose(standard.X, [[-1, 1], [-1, 1]])
    np.testing.assert_allclose(standard.mean, [[2], [20]])
    np.testing.assert_allclose(standard.scale, [[1], [10]])


def test_real_units_give_the_same_z_for_every_shape():
    rng = np.random.default_rng(0)
    X = rng.normal(50, 9, (3, 7))
    standard = standardise(X)
    w, b = rng.normal(size=(4, 5, 3)), rng.normal(size=(4, 5))
    slope, intercept = standard.to_real_units(w, b)
    assert slope.shape == w.shape
    assert intercept.shape == b.shape
    np.testing.assert_allclose(slope @ X + intercept[..., None], w @ standard.X + b[..., None], atol=1e-12)
    column_slope, column_intercept = standard.to_real_units(w[1, 2][:, None], b[1, 2])
    np.testing.assert_allclose(column_slope[:, 0], slope[1, 2])
    assert column_intercept == pytest.approx(intercept[1, 2])


def test_real_units_of_one_feature_take_numbers_and_arrays():
    standard = standardise([[1.0, 5.0, 9.0]])
    slope, intercept = standard.to_real_units(2.0, 1.0)
    assert slope == pytest.approx(2 / standard.scale.item())
    assert intercept == pytest.approx(1 - slope * 5)
    slopes, intercepts = standard.to_real_units([2.0, 2.0], [1.0, np.inf])
    np.testing.assert_allclose(slopes, slope)
    np.testing.assert_allclose(intercepts, [intercept, np.inf])
    grid_slope, grid_intercept = standard.to_real_units(np.ones((1, 4)), np.ones((3, 1)))
    assert np.broadcast(grid_slope, grid_intercept).shape == (3, 4)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: standardise([[1.0, 2.0], [0.1, 0.1]]),
            r"X must vary in every row; row 1 is constant at 0\.1",
        ),
        (lambda: standardise([1.0, 2.0]), "X must have shape"),
        (lambda: standardise([[1.0, np.nan]]), "X must be finite"),
        (lambda: standardise([[]]), "X must .*not empty"),
        (lambda: standardise([[1.0, 2.0]]).to_real_units([1.0, 2.0], [1.0, 2.0, 3.0]), "w must be .*got"),
        (lambda: standardise([[1.0, 2.0], [1.0, 3.0]]).to_real_units(1.0, 2.0), "w must be .*n_x = 2"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# ---- two features


def share_right(A: np.ndarray, Y: np.ndarray) -> float:
    return float(np.mean((A > 0.5) == (Y == 1)))


def test_the_curved_sets_are_kept_by_name() -> None:
    assert list(CURVED) == ["rings", "moons", "xor"]
    assert all(data.name == key and data.title for key, data in CURVED.items())


@pytest.mark.parametrize("data", CURVED.values(), ids=lambda data: data.name)
def test_a_curved_set_has_points_to_learn_from_and_others(data: Curved) -> None:
    for X, Y in ((data.X, data.Y), (data.held_out_X, data.held_out_Y)):
        assert X.shape == (2, 300) and Y.shape == (1, 300)
        assert Y.sum() == 150 and set(np.unique(Y)) == {0, 1}
        assert np.abs(X).max() < 3.5 and np.abs(X.mean(axis=1)).max() < 0.2
        with pytest.raises(ValueError, match="read-only"):
            X[0, 0] = 1
    assert not set(map(tuple, data.X.T)) >= set(map(tuple, data.held_out_X.T))


@pytest.mark.parametrize("data", CURVED.values(), ids=lambda data: data.name)
def test_one_neuron_cannot_separate_it_and_a_hidden_layer_can(data: Curved) -> None:
    alone = logistic.fit(data.X, data.Y)
    assert alone.converged  # no line separates the classes, or there would be no minimum
    of_line = share_right(logistic.sigmoid(alone.w.T @ data.held_out_X + alone.b), data.held_out_Y)
    trained = train(data.X, data.Y, 8, 1.0, 1000, seed=0).parameters
    of_layer = share_right(forward(trained, data.held_out_X).A2, data.held_out_Y)
    assert of_line < 0.9 < 0.93 < of_layer


def test_the_shapes_of_the_curved_sets() -> None:
    rings, moons, xor = CURVED["rings"], CURVED["moons"], CURVED["xor"]
    radius = np.hypot(*rings.X)
    assert np.median(radius[rings.Y[0] == 1]) == pytest.approx(1, abs=0.07)
    assert np.median(radius[rings.Y[0] == 0]) == pytest.approx(2, abs=0.07)
    upper = moons.X[:, moons.Y[0] == 0]
    assert np.hypot(upper[0] + 0.5, upper[1] + 0.25).mean() == pytest.approx(1, abs=0.07)
    assert np.mean((xor.X[0] * xor.X[1] < 0) == (xor.Y[0] == 1)) > 0.97
