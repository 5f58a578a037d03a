"""The strip on Home: its numbers are those of a plain training, at the very steps that it shows."""

import numpy as np
import pytest

from explainer.chapters.home.chapter import STEP
from explainer.chapters.home.story_figure import (
    ITERATIONS,
    LEARNING_RATE,
    NUM_ITERATIONS,
    SHOWN,
    numbers,
    stage,
    story,
)
from explainer.maths.logistic import LOG_LOSS
from explainer.pictures import to_columns
from explainer.pictures.chosen import drawings
from explainer.words import words

FEW = 12
"""Iterations that are walked one by one here: each takes as long as all of the strip's together."""


def test_it_follows_a_cat_that_is_learned_from() -> None:
    training = drawings().split.training
    names = [f"{family}/{name}" for family, name in zip(training.families, training.names, strict=True)]
    place = names.index(SHOWN)
    assert training.labels[place]
    assert np.array_equal(story().picture, training.pictures[place])


def test_the_first_steps_are_those_of_plain_descent() -> None:
    training = drawings().split.training
    X, Y = to_columns(training.pictures), training.Y
    x = to_columns(story().picture[None])
    w, b = np.zeros((X.shape[0], 1)), 0.0
    told = dict(zip(ITERATIONS.tolist(), zip(story().z, story().costs, strict=True), strict=True))
    seen = 0
    for iteration in range(FEW + 1):
        if iteration in told:
            z, cost = told[iteration]
            assert (w.T @ x + b).item() == pytest.approx(z, abs=1e-9)
            assert LOG_LOSS.cost(w, b, X, Y) == pytest.approx(cost, abs=1e-9)
            seen += 1
        A = 1 / (1 + np.exp(-(w.T @ X + b)))
        w = w - LEARNING_RATE * X @ (A - Y).T / Y.size
        b = b - LEARNING_RATE * (A - Y).mean()
    assert seen > 5


def test_the_answer_gets_better_and_its_loss_is_that_of_a_cat() -> None:
    told = story()
    assert ITERATIONS[0] == 0 and ITERATIONS[-1] == NUM_ITERATIONS
    assert np.all(np.diff(ITERATIONS) > 0)
    assert told.a[0] == 0.5 and told.a[-1] > 0.9
    assert np.allclose(told.losses, np.logaddexp(0, -told.z))
    assert told.costs[-1] < told.costs[0] / 2


def test_what_is_drawn_stays_in_its_place() -> None:
    tables = stage(words("home").figure).tables
    assert STEP.values[-1] == ITERATIONS.size - 1
    for name in ("a", "cost_place"):
        assert tables[name].values.min() >= 0 and tables[name].values.max() <= 1
    for name, slot in (("z_place", 2.7), ("a_place", 0.0), ("step_place", 1.35)):
        values = tables[name].values - slot
        assert values.min() >= -1e-9 and values.max() <= 1 + 1e-9


def test_the_texts_of_home_have_their_numbers() -> None:
    found = numbers()
    assert found == {
        "n_x": 64 * 64 * 3,
        "m": len(drawings().split.training.names),
        "iterations": NUM_ITERATIONS,
    }
