"""Pictures as single numbers: by hand, and on the drawings."""

import numpy as np
import pytest

from explainer.maths import logistic
from explainer.pictures import bundled
from explainer.pictures.measures import ear_contrast, orange_share


def plain(*colour: int) -> np.ndarray:
    """A picture of 4 x 4 in one colour."""
    return np.full((1, 4, 4, 3), colour, np.uint8)


@pytest.mark.parametrize(
    ("colour", "counts"),
    [
        ((255, 165, 0), True),  # orange
        ((139, 90, 43), True),  # brown
        ((200, 40, 40), False),  # red: its green is no more than its blue
        ((255, 240, 60), False),  # yellow
        ((60, 90, 200), False),
        ((255, 255, 255), False),
        ((120, 110, 100), False),  # nearly grey
    ],
)
def test_orange_and_brown_are_told_from_other_colours(colour: tuple[int, ...], counts: bool) -> None:
    assert orange_share(plain(*colour)).tolist() == [[float(counts)]]


def test_a_share_is_of_all_pixels() -> None:
    half = plain(255, 255, 255)
    half[0, :2] = (255, 165, 0)
    assert orange_share(half).tolist() == [[0.5]]


def test_every_drawing_has_a_share_and_they_vary() -> None:
    x = orange_share(bundled().pictures)
    assert x.shape == (1, len(bundled().names))
    assert (x >= 0).all() and (x <= 1).all() and x.std() > 0.02


@pytest.mark.parametrize("measure", [orange_share, ear_contrast])
def test_what_is_no_picture_is_refused(measure) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="uint8"):
        measure(plain(1, 2, 3) / 255)


def test_ear_contrast_by_hand() -> None:
    """Two dark ears and one dark head that is round at the top; one ear alone is no pair."""
    some = np.full((3, 64, 64, 3), 255, np.uint8)
    some[0, :16, :21] = some[0, :16, -21:] = 55
    some[1, :16, 21:-21] = 55
    some[2, :16, :21] = 55
    np.testing.assert_allclose(ear_contrast(some), [[200, -200, 0]])


def test_cats_are_paler_between_the_ears() -> None:
    """The slope for each standard deviation."""
    every = bundled()
    x = ear_contrast(every.pictures)
    fitted = logistic.fit(x, every.Y)
    assert fitted.converged
    assert fitted.w.item() * x.std() > 1.3
