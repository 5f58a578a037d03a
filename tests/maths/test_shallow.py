"""One hidden layer: its gradients, an example worked by hand, and the two ways of training it."""

import math
from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths import shallow
from explainer.maths.checks import InputError
from explainer.maths.shallow import Parameters, cost, descend, forward, gradients, initialize, train
from explainer.pictures import bundled, to_columns

NAMES = ("W1", "b1", "W2", "b2")
EXACT = 1e-10
XOR_X = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]])
XOR_Y = np.array([[0.0, 1, 1, 0]])


def examples(n_x: int, m: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n_x, m)), (rng.random((1, m)) < 0.4).astype(float)


def everywhere_random(n_x: int, n_h: int, seed: int) -> Parameters:
    rng = np.random.default_rng(seed)
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}
    return Parameters(**{name: rng.normal(size=shape) for name, shape in shapes.items()})


def straightforward(
    start: Parameters, X: Any, Y: Any, rate: float, steps: int
) -> tuple[Parameters, list[float]]:
    here, costs = start, [cost(start, X, Y)]
    for _ in range(steps):
        d = gradients(here, X, Y)
        here = Parameters(
            here.W1 - rate * d.dW1, here.b1 - rate * d.db1, here.W2 - rate * d.dW2, here.b2 - rate * d.db2
        )
        costs.append(cost(here, X, Y))
    return here, costs


def agree(found: Parameters, wanted: Parameters) -> None:
    for name in NAMES:
        assert getattr(found, name).shape == getattr(wanted, name).shape
        assert np.abs(getattr(found, name) - getattr(wanted, name)).max() <= EXACT


# ---- one step


@given(st.integers(1, 5), st.integers(1, 4), st.integers(1, 8), st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_gradients_are_the_slopes_of_the_cost(n_x: int, n_h: int, m: int, seed: int) -> None:
    X, Y = examples(n_x, m, seed)
    here, h = everywhere_random(n_x, n_h, seed), 1e-5
    found = gradients(here, X, Y)
    for name in NAMES:
        derivative = getattr(found, f"d{name}")
        assert derivative.shape == getattr(here, name).shape
        for place in np.ndindex(derivative.shape):
            nudge = np.zeros(derivative.shape)
            nudge[place] = h
            up, down = (replace(here, **{name: getattr(here, name) + sign * nudge}) for sign in (1, -1))
            slope = (cost(up, X, Y) - cost(down, X, Y)) / (2 * h)
            assert derivative[place] == pytest.approx(slope, abs=1e-8)


def test_a_network_of_two_two_and_one_worked_by_hand() -> None:
    """x = (1, 2); the hidden units see z = ln 3 and ln 2, whose tanh are (9-1)/(9+1) and (4-1)/(4+1)."""
    W1 = np.array([[math.log(3) - 2, 1.0], [0.0, math.log(2) / 2]])
    here = Parameters(W1, np.zeros((2, 1)), np.array([[1.0, -2.0]]), np.array([[0.4 + math.log(4)]]))
    X, Y = np.array([[1.0], [2.0]]), np.array([[1.0]])
    said = forward(here, X)
    assert said.A1[:, 0] == pytest.approx([0.8, 0.6])  # z2 = 0.8 - 1.2 + 0.4 + ln 4 = ln 4
    assert said.A2.item() == pytest.approx(0.8)  # 1 / (1 + 1/4)
    assert cost(here, X, Y) == pytest.approx(-math.log(0.8))
    found = gradients(here, X, Y)  # dz2 = 0.8 - 1 = -0.2
    assert found.dW2 == pytest.approx(np.array([[-0.16, -0.12]]))  # -0.2 times 0.8 and 0.6
    assert found.db2.item() == pytest.approx(-0.2)
    # dz1 = (1 times -0.2 times 1 - 0.64, -2 times -0.2 times 1 - 0.36) = (-0.072, 0.256)
    assert found.db1[:, 0] == pytest.approx([-0.072, 0.256])
    assert found.dW1 == pytest.approx(np.array([[-0.072, -0.144], [0.256, 0.512]]))


def test_the_cost_stays_finite_where_probabilities_round_to_0_and_1() -> None:
    here = Parameters([[1.0]], [[0.0]], [[1e4]], [[0.0]])
    X, Y = np.array([[50.0, -50.0]]), np.array([[0.0, 1.0]])
    assert forward(here, X).A2.tolist() == [[1.0, 0.0]]
    assert cost(here, X, Y) == pytest.approx(1e4)
    assert np.isfinite(descend(here, X, Y, 1.0, 5).costs).all()


# ---- training


@given(
    st.integers(1, 12), st.integers(1, 6), st.integers(1, 12), st.integers(0, 80), st.integers(0, 2**32 - 1)
)
@settings(max_examples=40)
def test_training_equals_a_plain_loop_on_narrow_and_on_wide_data(
    n_x: int, n_h: int, m: int, steps: int, seed: int
) -> None:
    X, Y = examples(n_x, m, seed)
    start = everywhere_random(n_x, n_h, seed)
    trained = descend(start, X, Y, 0.1, steps)
    end, costs = straightforward(start, X, Y, 0.1, steps)
    assert trained.costs.shape == (steps + 1,)
    assert np.abs(trained.costs - costs).max() <= EXACT
    agree(trained.parameters, end)


def test_training_in_the_span_equals_the_plain_loop_on_drawings() -> None:
    few = bundled().of_families("fluent-emoji")
    X, Y = to_columns(few.pictures), few.Y
    assert X.shape[0] > X.shape[1]
    trained = train(X, Y, 4, 0.002, 15, seed=3)
    end, costs = straightforward(initialize(X.shape[0], 4, 3), X, Y, 0.002, 15)
    assert np.abs(trained.costs - costs).max() <= EXACT
    agree(trained.parameters, end)


@pytest.mark.parametrize(("n_x", "m"), [(2, 30), (30, 8)])
def test_parameters_are_kept_at_the_steps_that_are_asked_for(n_x: int, m: int) -> None:
    X, Y = examples(n_x, m, 1)
    start = initialize(n_x, 3, 0)
    trained = descend(start, X, Y, 0.3, 200, steps=(0, 7, 64, 200, 7))
    for step, kept in zip((0, 7, 64, 200, 7), trained.kept, strict=True):
        agree(kept, descend(start, X, Y, 0.3, step).parameters)
        assert cost(kept, X, Y) == pytest.approx(trained.costs[step], abs=EXACT)
    agree(trained.kept[0], start)


def test_a_few_units_learn_what_one_neuron_cannot() -> None:
    trained = train(XOR_X, XOR_Y, 4, 1.0, 3000, seed=0)
    assert trained.costs[-1] < 0.01 < 0.6 < trained.costs[0]
    assert ((forward(trained.parameters, XOR_X).A2 > 0.5) == XOR_Y).all()
    alone = train(XOR_X, XOR_Y, 1, 1.0, 3000, seed=0)  # one unit is a bend in one direction
    assert not ((forward(alone.parameters, XOR_X).A2 > 0.5) == XOR_Y).all()


@pytest.mark.parametrize("value", [0.0, 0.3])
def test_units_that_start_alike_stay_alike(value: float) -> None:
    X, Y = examples(2, 40, 5)
    shapes = {"W1": (5, 2), "b1": (5, 1), "W2": (1, 5), "b2": (1, 1)}
    start = Parameters(**{name: np.full(shape, value) for name, shape in shapes.items()})
    end = descend(start, X, Y, 0.5, 300).parameters
    assert max(np.ptp(end.W1, axis=0).max(), np.ptp(end.b1), np.ptp(end.W2)) <= EXACT
    assert end.b2.item() != value
    if value == 0:  # a unit that says 0 to everything, with a weight of 0, gets no slope at all
        assert not end.W1.any() and not end.W2.any()


def test_the_seed_decides() -> None:
    X, Y = examples(2, 20, 5)
    first, again, other = (train(X, Y, 4, 0.5, 50, seed) for seed in (1, 1, 2))
    assert np.array_equal(first.costs, again.costs) and not np.array_equal(first.costs, other.costs)
    start = initialize(500, 400, 0)
    assert start.W1.std() == pytest.approx(500**-0.5, rel=0.02)
    assert start.W2.std() == pytest.approx(400**-0.5, rel=0.1)
    assert not start.b1.any() and not start.b2.any()


def test_what_comes_back_cannot_be_changed() -> None:
    X, Y = examples(2, 20, 5)
    trained = train(X, Y, 2, 0.5, 3, 0)
    said, slopes = forward(trained.parameters, X), gradients(trained.parameters, X, Y)
    for array in (trained.costs, trained.parameters.W1, said.A1, said.A2, slopes.dW1, slopes.db2):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(FrozenInstanceError):
        trained.parameters.W1 = X  # type: ignore[misc]


# ---- what cannot be used

GOOD: dict[str, Any] = {
    "X": XOR_X, "Y": XOR_Y, "n_h": 2, "learning_rate": 0.1, "num_iterations": 3, "seed": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("data", {"X": [1.0, 2.0]}),
        ("data", {"X": np.zeros((0, 4))}),
        ("data", {"X": [[0.0, 1, 2, np.nan], [0, 0, 0, 0]]}),
        ("data", {"X": "cat"}),
        ("data", {"Y": [[0.0, 1, 1]]}),
        ("data", {"Y": [0.0, 1, 1, 0]}),
        ("data", {"Y": [[0.0, 1, 2, 0]]}),
        ("units", {"n_h": 0}),
        ("units", {"n_h": shallow.MOST_UNITS + 1}),
        ("units", {"n_h": 2.5}),
        ("rate", {"learning_rate": 0}),
        ("rate", {"learning_rate": math.inf}),
        ("rate", {"learning_rate": 1e308, "X": 100 * XOR_X, "n_h": 20, "num_iterations": 9}),
        ("iterations", {"num_iterations": -1}),
        ("seed", {"seed": -1}),
    ],
)
def test_wrong_arguments_are_one_kind_of_error(kind: str, wrong: dict[str, Any]) -> None:
    train(**GOOD)
    with pytest.raises(InputError) as problem:
        train(**(GOOD | wrong))
    assert problem.value.kind == kind


@pytest.mark.parametrize(
    "wrong",
    [
        {"W1": np.zeros(3)}, {"W1": np.zeros((0, 2))}, {"W1": [[np.inf, 0]] * 3}, {"b1": np.zeros(3)},
        {"W2": np.zeros((3, 1))}, {"b2": np.zeros((1, 3))}, {"b2": "b"},
    ],
)  # fmt: skip
def test_parameters_must_go_together(wrong: dict[str, Any]) -> None:
    good: dict[str, Any] = {
        "W1": np.zeros((3, 2)), "b1": np.zeros((3, 1)), "W2": np.zeros((1, 3)), "b2": np.zeros((1, 1)),
    }  # fmt: skip
    assert Parameters(**good | {"b2": 0.5}).b2.tolist() == [[0.5]]
    with pytest.raises(InputError) as problem:
        Parameters(**(good | wrong))
    assert problem.value.kind == "parameters"


def test_parameters_must_go_with_the_data() -> None:
    here = initialize(3, 2, 0)
    for act in (
        lambda: forward(here, XOR_X),
        lambda: cost(here, XOR_X, XOR_Y),
        lambda: gradients(here, XOR_X, XOR_Y),
        lambda: descend(here, XOR_X, XOR_Y, 0.1, 1),
    ):
        with pytest.raises(InputError) as problem:
            act()
        assert (problem.value.kind, problem.value.details) == ("parameters", {"wanted": 2, "shape": (2, 3)})
    with pytest.raises(InputError) as problem:
        descend(initialize(2, 2, 0), XOR_X, XOR_Y, 0.1, 3, steps=(4,))
    assert problem.value.kind == "steps"
