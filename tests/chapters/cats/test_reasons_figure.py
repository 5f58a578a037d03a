"""The overlay: orange where a pixel spoke for a cat, blue where against, pale where it said little."""

import numpy as np

from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.reasons import explain
from explainer.chapters.cats.reasons_figure import overlay

PICTURE = np.full((64, 64, 3), 255, dtype=np.uint8)


def weights() -> np.ndarray:
    w = np.zeros((64, 64, 3))
    w[:8], w[8:16] = 0.02, -0.02
    w[16:24] = 0.001
    return w.reshape(-1, 1)


def test_colours_say_for_and_against() -> None:
    shown = overlay(explain(Classifier(weights(), 0.0), PICTURE), PICTURE).astype(int)
    red, blue = shown[..., 0], shown[..., 2]
    assert (red[:8] > blue[:8] + 80).all() and (blue[8:16] > red[8:16] + 80).all()
    assert (np.ptp(shown[16:24], axis=-1) < 20).all()
    assert (shown[24:] == 255).all()


def test_dark_pixels_stay_to_be_seen_below() -> None:
    picture = PICTURE.copy()
    picture[40:] = 0
    shown = overlay(explain(Classifier(np.zeros((12288, 1)), 0.0), picture), picture)
    assert (shown[40:] < 200).all() and (shown[:40] == 255).all()
