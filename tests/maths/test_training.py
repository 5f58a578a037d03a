"""Training in the span of the data: the same as walking with w itself, to the last digits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths import logistic
from explainer.maths.descent import descend
from explainer.maths.training import Run, centre, coefficients_after, span, train, train_in_span, walk
from explainer.pictures import bundled, to_columns

EXACT = 1e-10


def examples(n_x: int, m: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_x, m))
    return X, (rng.random((1, m)) < 0.4).astype(float)


def agree(run: Run, X: np.ndarray, Y: np.ndarray, steps: int) -> None:
    walked = descend(X, Y, run.learning_rate, steps)
    assert run.num_iterations == steps
    assert np.abs(run.costs - walked.costs).max() <= EXACT
    assert np.abs(run.w[:, 0] - walked.w[-1]).max() <= EXACT
    assert abs(run.b - walked.b[-1]) <= EXACT
    for step in {0, 1, steps // 2, steps}:
        assert run.w_at(step).shape == (X.shape[0], 1)
        assert np.abs(run.w_at(step)[:, 0] - walked.w[step]).max() <= EXACT
        assert abs(run.b_at(step) - walked.b[step]) <= EXACT


@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 60), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_it_equals_descend_on_random_data(n_x: int, m: int, steps: int, seed: int) -> None:
    X, Y = examples(n_x, m, seed)
    rates = [0.01, 0.1, 0.5 / n_x]
    for run in train(X, Y, rates, steps):
        agree(run, X, Y, steps)


def test_it_equals_descend_on_wide_data_over_many_steps() -> None:
    X, Y = examples(2000, 30, 7)
    for run in train(X, Y, [0.001, 0.004], 400):
        agree(run, X, Y, 400)


def test_it_equals_descend_on_drawings() -> None:
    family = bundled().of_families("fluent-emoji")
    X, Y = to_columns(family.pictures), family.Y
    (run,) = train(X, Y, [0.001], 25)
    agree(run, X, Y, 25)
    assert logistic.cost(run.w, run.b, X, Y) == pytest.approx(run.costs[-1], abs=EXACT)


def test_learning_rates_side_by_side_are_what_they_are_alone() -> None:
    X, Y = examples(50, 9, 3)
    rates = [0.3, 0.01, 0.1]
    together = train(X, Y, rates, 80)
    assert [run.learning_rate for run in together] == rates
    for rate, run in zip(rates, together, strict=True):
        (alone,) = train(X, Y, [rate], 80)
        assert np.abs(run.costs - alone.costs).max() <= EXACT
        assert np.abs(run.w - alone.w).max() <= EXACT


def test_no_step_is_the_start() -> None:
    X, Y = examples(4, 3, 1)
    (run,) = train(X, Y, [1.0], 0)
    assert run.costs == pytest.approx([np.log(2)])
    assert np.array_equal(run.w, np.zeros((4, 1))) and run.b == 0


def test_a_run_thrown_far_stays_silent_and_keeps_its_shape() -> None:
    X, Y = examples(3, 5, 2)
    (run,) = train(1e6 * X, Y, [1e300], 20)
    assert run.costs.shape == (21,) and run.w.shape == (3, 1)
    assert run.costs[0] == pytest.approx(np.log(2))


def test_a_run_is_read_only_and_leaves_its_data_alone() -> None:
    X, Y = examples(3, 5, 2)
    (run,) = train(X, Y, [0.1], 3)
    for array in (run.costs, run.coefficients, run.X):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    X[0, 0] = 1.0  # the caller's array can still be written


@pytest.mark.parametrize("step", [-1, 4])
def test_there_is_no_step_past_the_end(step: int) -> None:
    X, Y = examples(3, 5, 2)
    (run,) = train(X, Y, [0.1], 3)
    for ask in (run.w_at, run.b_at):
        with pytest.raises(IndexError, match="step must be 0 to 3"):
            ask(step)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"learning_rates": [0.0]}, "learning_rates must be above 0"),
        ({"learning_rates": []}, "learning_rates must be a 1-D array"),
        ({"learning_rates": [np.nan]}, "learning_rates"),
        ({"num_iterations": -1}, "num_iterations"),
        ({"num_iterations": 2.5}, "num_iterations"),
        ({"Y": [[0, 1]]}, "Y must have shape"),
        ({"Y": [[0, 1, 2]]}, "labels 0 and 1"),
        ({"X": [[1.0, np.inf, 2.0]]}, "X must be finite"),
        ({"X": [1.0, 2.0, 3.0]}, "X must have shape"),
    ],
)
def test_wrong_arguments_are_refused(change: dict[str, object], message: str) -> None:
    arguments = {"X": [[1.0, 2.0, 3.0]], "Y": [[0, 1, 1]], "learning_rates": [0.1], "num_iterations": 3}
    with pytest.raises(ValueError, match=message):
        train(**(arguments | change))


def test_a_run_in_stretches_is_the_run_at_once() -> None:
    X, Y = examples(9, 5, seed=3)
    spanned = span(X, Y)
    whole = train(X, Y, [0.1, 0.5], 30)
    first = train_in_span(spanned, [0.1, 0.5], 12)
    second = train_in_span(spanned, [0.1, 0.5], 18, before=first)
    for run, *parts in zip(whole, first, second, strict=True):
        joined = Run.joined(parts)
        for name in ("costs", "coefficients", "Z", "X"):
            assert np.array_equal(getattr(joined, name), getattr(run, name))


def test_the_name_before_still_works() -> None:
    assert walk is train_in_span


def test_centred_products_are_those_of_columns_without_their_mean() -> None:
    X, _ = examples(30, 8, 11)
    products = X.T @ X
    centre(products)
    without = X - X.mean(axis=1, keepdims=True)
    assert np.abs(products - without.T @ without).max() <= EXACT


def test_coefficients_alone_are_those_of_the_run_in_stretches_too() -> None:
    X, Y = examples(40, 9, 12)
    spanned = span(X, Y)
    (run,) = train_in_span(spanned, [0.05], 30)
    c = np.zeros((1, 9))
    for steps in (12, 0, 18):
        c = coefficients_after(spanned.K, Y, 0.05, steps, c)
    assert np.abs(c[0] - run.coefficients[-1]).max() <= EXACT
