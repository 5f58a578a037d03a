"""One number for a picture as data of the chapter."""

import numpy as np

from explainer.chapters.sigmoid.examples import drawings_as_data


def test_pictures_are_reduced_to_one_number_each() -> None:
    drawings = drawings_as_data()
    assert 40 <= drawings.Y.size <= 70
    assert 5 < drawings.Y.sum() < drawings.Y.size / 2
    assert np.array_equal(drawings.X, np.round(drawings.X, 1)) and np.abs(drawings.X).max() <= 255
