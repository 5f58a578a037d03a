"""One number for a picture: by hand, on the drawings, and as data of the chapter."""

import numpy as np

from explainer.chapters.sigmoid.examples import drawings_as_data, ear_contrast
from explainer.maths import logistic
from explainer.pictures import PictureSet, bundled


def test_ear_contrast_by_hand() -> None:
    """Two dark ears and one dark head that is round at the top; one ear alone is no pair."""
    some = np.full((3, 64, 64, 3), 255, np.uint8)
    some[0, :16, :21] = some[0, :16, -21:] = 55
    some[1, :16, 21:-21] = 55
    some[2, :16, :21] = 55
    drawings = PictureSet(some, np.array([True, False, False]), ("cat", "seal", "snail"), ("a", "a", "a"))
    np.testing.assert_allclose(ear_contrast(drawings), [[200, -200, 0]])


def test_cats_have_more_of_it() -> None:
    """The slope for each standard deviation."""
    every = bundled()
    x = ear_contrast(every)
    fitted = logistic.fit(x, every.Y)
    assert fitted.converged
    assert fitted.w.item() * x.std() > 1.3


def test_pictures_are_reduced_to_one_number_each() -> None:
    drawings = drawings_as_data()
    assert 40 <= drawings.Y.size <= 70
    assert 5 < drawings.Y.sum() < drawings.Y.size / 2
    assert np.array_equal(drawings.X, np.round(drawings.X, 1)) and np.abs(drawings.X).max() <= 255
