"""What a run has learned at each step, against the course's own formulas with w itself."""

import numpy as np
import pytest

from explainer.chapters.cats.learning import hold_out, learn
from explainer.maths import logistic
from explainer.maths.descent import descend
from explainer.maths.training import Run, span, train, walk
from explainer.pictures import bundled, to_columns

FAMILY = bundled().of_families("fluent-emoji")
OTHERS = bundled().of_families("twemoji")
X, Y = to_columns(FAMILY.pictures), FAMILY.Y
X_HELD, Y_HELD = to_columns(OTHERS.pictures), OTHERS.Y
RATE, STEPS = 0.001, 40


def learned(held_out: bool = True):  # type: ignore[no-untyped-def]
    spanned = span(X, Y)
    runs = walk(spanned, [RATE], STEPS)
    (one,) = learn(runs, spanned, hold_out(spanned, X_HELD, Y_HELD)) if held_out else learn(runs, spanned)
    return one


def test_costs_and_right_answers_are_those_of_w_at_every_step() -> None:
    walked = descend(X, Y, RATE, STEPS)
    found = learned()
    for marks, pictures, labels in ((found.training, X, Y), (found.held_out, X_HELD, Y_HELD)):
        assert marks.m == labels.shape[1]
        for step in (0, 1, 7, STEPS):
            w, b = walked.w[step][:, None], float(walked.b[step])
            assert marks.costs[step] == pytest.approx(logistic.cost(w, b, pictures, labels), abs=1e-10)
            right = int((logistic.predict(w, b, pictures) == labels).sum())
            assert marks.right[step] == right
            assert marks.accuracies[step] == right / labels.shape[1]
    assert np.abs(found.training.costs - found.run.costs).max() <= 1e-12


def test_the_classifier_of_a_step_is_descends() -> None:
    walked, found = descend(X, Y, RATE, STEPS), learned()
    for step in (0, 3, STEPS):
        classifier = found.classifier_at(step)
        assert np.abs(classifier.w[:, 0] - walked.w[step]).max() <= 1e-10
        assert abs(classifier.b - walked.b[step]) <= 1e-10
    with pytest.raises(IndexError):
        found.classifier_at(STEPS + 1)


def test_with_nothing_held_out_there_is_nothing_to_say_about_it() -> None:
    found = learned(held_out=False)
    assert found.held_out is None
    assert (found.learning_rate, found.num_iterations) == (RATE, STEPS)


def test_pictures_without_their_labels_are_refused() -> None:
    spanned = span(X, Y)
    with pytest.raises(ValueError, match="Y must have shape"):
        hold_out(spanned, X_HELD, Y_HELD[:, 1:])
    with pytest.raises(ValueError, match="12288"):
        hold_out(spanned, X_HELD[1:], Y_HELD)


def test_stretches_one_after_the_other_are_the_run_to_the_last_bit() -> None:
    spanned, rates = span(X, Y), [0.0005, 0.002]
    whole = train(X, Y, rates, 30)
    first = walk(spanned, rates, 12)
    second = walk(spanned, rates, 18, first)
    for one, two, all_of_it in zip(first, second, whole, strict=True):
        joined = Run.joined([one, two])
        assert joined.num_iterations == 30
        assert np.array_equal(joined.costs, all_of_it.costs)
        assert np.array_equal(joined.coefficients, all_of_it.coefficients)
