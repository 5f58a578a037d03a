"""Weights and bias, and what they say of pictures."""

import numpy as np
import pytest

from explainer.chapters.cats.classifier import Classifier
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
