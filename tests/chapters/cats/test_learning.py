"""What a run has learned at each step, against the course's own formulas with w itself."""

from functools import cache

import numpy as np
import pytest

from explainer.chapters.cats.learning import Learning, hold_out, learn
from explainer.maths import logistic
from explainer.maths.descent import Trajectory, descend
from explainer.maths.training import Run, span, train, walk
from explainer.pictures import bundled, to_columns

FAMILY = bundled().of_families("fluent-emoji")
OTHERS = bundled().of_families("twemoji")
X, Y = to_columns(FAMILY.pictures), FAMILY.Y
X_HELD, Y_HELD = to_columns(OTHERS.pictures), OTHERS.Y
RATE, STEPS = 0.001, 40


SPANNED = span(X, Y)


@cache
def learned(held_out: bool = True) -> Learning:
    aside = hold_out(SPANNED, X_HELD, Y_HELD) if held_out else None
    (one,) = learn(walk(SPANNED, [RATE], STEPS), SPANNED, aside)
    return one


@cache
def walked() -> Trajectory:
    """The same steps with w itself."""
    return descend(X, Y, RATE, STEPS)


def test_costs_and_right_answers_are_those_of_w_at_every_step() -> None:
    by_hand, found = walked(), learned()
    assert found.held_out is not None
    for marks, pictures, labels in ((found.training, X, Y), (found.held_out, X_HELD, Y_HELD)):
        assert marks.m == labels.shape[1]
        for step in (0, 1, 7, STEPS):
            w, b = by_hand.w[step][:, None], float(by_hand.b[step])
            assert marks.costs[step] == pytest.approx(logistic.cost(w, b, pictures, labels), abs=1e-10)
            right = int((logistic.predict(w, b, pictures) == labels).sum())
            assert marks.right[step] == right
            assert marks.accuracies[step] == right / labels.shape[1]
    assert np.abs(found.training.costs - found.run.costs).max() <= 1e-12


def test_the_classifier_of_a_step_is_descends() -> None:
    by_hand, found = walked(), learned()
    for step in (0, 3, STEPS):
        classifier = found.classifier_at(step)
        assert np.abs(classifier.w[:, 0] - by_hand.w[step]).max() <= 1e-10
        assert abs(classifier.b - by_hand.b[step]) <= 1e-10
    with pytest.raises(IndexError):
        found.classifier_at(STEPS + 1)


def test_with_nothing_held_out_there_is_nothing_to_say_about_it() -> None:
    found = learned(held_out=False)
    assert found.held_out is None
    assert (found.learning_rate, found.num_iterations) == (RATE, STEPS)


def test_pictures_without_their_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="Y must have shape"):
        hold_out(SPANNED, X_HELD, Y_HELD[:, 1:])
    with pytest.raises(ValueError, match="12288"):
        hold_out(SPANNED, X_HELD[1:], Y_HELD)


def test_stretches_one_after_the_other_are_the_run_to_the_last_bit() -> None:
    rates = [0.0005, 0.002]
    whole = train(X, Y, rates, 30)
    first = walk(SPANNED, rates, 12)
    second = walk(SPANNED, rates, 18, first)
    for one, two, all_of_it in zip(first, second, whole, strict=True):
        joined = Run.joined([one, two])
        assert joined.num_iterations == 30
        assert np.array_equal(joined.costs, all_of_it.costs)
        assert np.array_equal(joined.coefficients, all_of_it.coefficients)
