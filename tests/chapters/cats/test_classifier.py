"""Weights and bias, and what they say of pictures; why: sums that come out; and changes that just turn it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.chapters.cats.classifier import Classifier, explain, smallest_change
from explainer.maths import logistic
from explainer.pictures import bundled, to_columns

PICTURES = bundled().pictures[:5]


def weights(seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(12288, 1)) / 100


def test_what_it_says_is_what_predict_says() -> None:
    w, b = weights(), -0.3
    classifier = Classifier(w, b)
    X = to_columns(PICTURES)
    assert np.allclose(classifier.z(PICTURES), w.T @ X + b, rtol=0, atol=1e-12)
    A = classifier.probabilities(PICTURES)
    assert A.shape == (1, 5)
    assert np.array_equal(A > 0.5, logistic.predict(w, b, X).astype(bool))


def test_its_weights_cannot_be_written_to_and_its_bias_is_a_number() -> None:
    classifier = Classifier(weights(), np.float64(2))
    assert isinstance(classifier.b, float)
    with pytest.raises(ValueError, match="read-only"):
        classifier.w[0] = 1


@pytest.mark.parametrize(
    ("w", "b", "what"),
    [
        (np.full((4, 1), np.nan), 0.0, "finite"),
        (np.ones((4, 1)), np.inf, "finite"),
        (np.ones(4), 0.0, "shape"),
        (np.empty((0, 1)), 0.0, "empty"),
        (np.ones((4, 1)), np.ones(2), "one finite number"),
    ],
)
def test_what_is_no_classifier_is_refused(w: np.ndarray, b: float, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        Classifier(w, b)


def test_pictures_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="12288"):
        Classifier(weights(), 0.0).z(PICTURES[:, :32, :32])


# ---- why

CAT = bundled().pictures[0]
SIDE = 8


def random_case(seed: int, low: int = 0, high: int = 256) -> tuple[Classifier, np.ndarray]:
    rng = np.random.default_rng(seed)
    picture = rng.integers(low, high, (SIDE, SIDE, 3), dtype=np.uint8)
    return Classifier(rng.normal(size=(3 * SIDE**2, 1)) / 10, float(rng.normal())), picture


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_the_parts_add_up_to_z(seed: int) -> None:
    classifier, picture = random_case(seed)
    found = explain(classifier, picture, y=True)
    x = to_columns(picture[None])
    z = (classifier.w.T @ x).item() + classifier.b
    assert found.z == pytest.approx(z, abs=1e-12)
    assert found.spoke_for + found.spoke_against + found.b == pytest.approx(z, abs=1e-12)
    assert found.spoke_for >= 0 >= found.spoke_against
    assert found.parts.sum() + found.b == pytest.approx(z, abs=1e-12)
    assert found.a == pytest.approx(1 / (1 + np.exp(-z)))
    assert found.loss == pytest.approx(-np.log(found.a))
    assert found.says_cat == (found.a > 0.5)


def test_a_part_is_its_pixels_three_products() -> None:
    classifier, picture = random_case(3)
    row, column = 2, 5
    at = 3 * (row * SIDE + column)
    by_hand = sum(float(classifier.w[at + k, 0]) * picture[row, column, k] / 255 for k in range(3))
    assert explain(classifier, picture).parts[row, column] == pytest.approx(by_hand)
    assert explain(classifier, picture).loss is None


def test_taking_a_value_away_takes_its_part_away() -> None:
    classifier, picture = random_case(4)
    darker = picture.copy()
    darker[1, 1] = 0
    gone = explain(classifier, picture).z - explain(classifier, darker).z
    assert gone == pytest.approx(explain(classifier, picture).parts[1, 1])


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_the_smallest_nudge_turns_the_verdict_and_one_less_does_not(seed: int) -> None:
    classifier, picture = random_case(seed)
    before, change = explain(classifier, picture), smallest_change(classifier, picture)
    towards = np.sign(classifier.w).reshape(picture.shape) * (-1 if before.says_cat else 1)
    if change is None:
        farthest = np.clip(picture + 255 * towards, 0, 255).astype(np.uint8)
        assert explain(classifier, farthest).says_cat == before.says_cat
        return
    after = explain(classifier, change.picture)
    assert after.says_cat != before.says_cat
    assert (change.z, change.a) == pytest.approx((after.z, after.a))
    moved = change.picture.astype(int) - picture
    assert np.abs(moved).max() <= change.most
    less = np.clip(picture + (change.most - 1) * towards, 0, 255).astype(np.uint8)
    assert explain(classifier, less).says_cat == before.says_cat


def test_where_nothing_is_cut_off_it_is_the_distance_over_the_sum_of_weights() -> None:
    for seed in range(20):
        classifier, picture = random_case(seed, low=100, high=156)
        z = explain(classifier, picture).z
        exact = 255 * abs(z) / float(np.abs(classifier.w).sum())
        change = smallest_change(classifier, picture)
        if exact < 90:
            assert change is not None
            assert change.most in {int(np.ceil(exact)), int(np.ceil(exact)) + 1}


def test_a_verdict_that_cannot_be_turned_is_not() -> None:
    sure = Classifier(np.full((3 * SIDE**2, 1), 1e-3), 50.0)
    assert smallest_change(sure, random_case(1)[1]) is None


def test_a_picture_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="n_x"):
        explain(random_case(1)[0], CAT)


def test_a_of_the_course_formula() -> None:
    rng = np.random.default_rng(2)
    classifier = Classifier(rng.normal(size=(12288, 1)) / 100, 0.5)
    x = to_columns(CAT[None])
    assert explain(classifier, CAT, y=False).loss == pytest.approx(
        logistic.cost(classifier.w, classifier.b, x, np.array([[0]]))
    )
