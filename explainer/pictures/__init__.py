"""Pictures as numbers: a set of small ones that comes with the app, and pictures as columns of X and back.

A picture is (64, 64, 3): row from the top, column from the left, channel red, green, blue, each 0 to 255.
"""

import csv
from functools import cache
from io import BytesIO
from math import isqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from explainer import ASSETS
from explainer.maths import checks
from explainer.maths.checks import FloatArray
from explainer.pictures.course import load_course_file
from explainer.pictures.files import SIDE, PictureError, load_picture
from explainer.pictures.sets import MAX_PICTURES, PictureSet
from explainer.pictures.zip_folders import LeftOut
from explainer.pictures.zips import ZipPictures, load_zip

__all__ = [
    "HELD_OUT_FAMILIES",
    "MAX_PICTURES",
    "SIDE",
    "SOURCES",
    "LeftOut",
    "PictureError",
    "PictureSet",
    "ZipPictures",
    "bundled",
    "ears",
    "load_course_file",
    "load_picture",
    "load_zip",
    "reduced",
    "to_columns",
    "to_pictures",
    "to_png",
]

FOLDER: Final = ASSETS / "pictures"
SOURCES: Final = FOLDER / "SOURCES.md"
"""Who drew the bundled pictures, and under which licences."""
BLOCK: Final = 4  # pictures turned back at a time: their numbers stay in the processor's cache
HELD_OUT_FAMILIES: Final = ("streamline-emojis", "twemoji")
"""The families kept for testing: the two that are drawn least like all others, pixel by pixel.

Never single pictures at random: the same drawing recurs, with another expression within a family and a little
changed across families, so that a classifier would meet its test pictures in training.
"""


@cache
def bundled() -> PictureSet:
    """The pictures that come with the app, in the order of assets/pictures/pictures.csv."""
    with (FOLDER / "pictures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    families = tuple(row["family"] for row in rows)
    sheets = {family: _tiles(family) for family in set(families)}
    return PictureSet(
        np.array([sheets[row["family"]][int(row["row"]), int(row["column"])] for row in rows]),
        np.array([row["cat"] == "1" for row in rows]),
        tuple(row["name"] for row in rows),
        families,
    )


def _tiles(family: str) -> NDArray[np.uint8]:
    """A sheet as (rows, columns, 64, 64, 3)."""
    with Image.open(FOLDER / f"{family}.png") as image:
        sheet = np.asarray(image)
    rows, columns = sheet.shape[0] // SIDE, sheet.shape[1] // SIDE
    return sheet.reshape(rows, SIDE, columns, SIDE, 3).swapaxes(1, 2)


def to_columns(pictures: ArrayLike) -> FloatArray:
    """Pictures (m, s, s, 3) as X (n_x, m): each picture a column of n_x = 3 s^2 numbers from 0 to 1.

    Row by row, pixel by pixel, red before green before blue: X[(row * s + column) * 3 + channel, i].
    """
    pictures = _pictures(pictures)
    X: FloatArray = pictures.reshape(len(pictures), -1).T / 255
    return X


def to_pictures(X: ArrayLike) -> NDArray[np.uint8]:
    """The way back: X (n_x, m) of numbers from 0 to 1 as pictures (m, s, s, 3), rounded to whole values.

    ValueError if n_x is not 3 s^2 for a whole s, or for numbers outside [0, 1].
    """
    X = checks.numbers("X", X)
    if X.ndim != 2 or X.size == 0:
        raise ValueError(f"X must have shape (n_x, m), one picture a column, not empty; got {X.shape}")
    n_x, m = X.shape
    s = isqrt(n_x // 3)
    if n_x != 3 * s**2:
        raise ValueError(f"X must have n_x = 3 s^2 rows, three for each pixel of a square; got n_x = {n_x}")
    flat, buffer = np.empty((m, n_x), np.uint8), np.empty((BLOCK, n_x))
    for start in range(0, m, BLOCK):
        block = X[:, start : start + BLOCK].T
        if not (block.min() >= 0 and block.max() <= 1):  # so put, nan is outside too
            raise ValueError(f"X must hold numbers in [0, 1]; got values from {X.min()} to {X.max()}")
        scaled = np.multiply(block, 255, out=buffer[: len(block)])
        scaled += 0.5  # what is cut off after this is rounded
        flat[start : start + BLOCK] = scaled
    return flat.reshape(m, s, s, 3)


def reduced(picture: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """A picture (64, 64, 3) as (side, side, 3): each pixel the mean of the block it stands for.

    ValueError for a side that does not divide 64.
    """
    picture = _pictures(np.asarray(picture)[None], SIDE)[0]
    if side not in {8, 16, 32, 64}:
        raise ValueError(f"side must be 8, 16, 32 or 64; got {side}")
    blocks = picture.reshape(side, SIDE // side, side, SIDE // side, 3)
    means: FloatArray = np.rint(blocks.mean(axis=(1, 3)))
    return means.astype(np.uint8)


def to_png(picture: NDArray[np.uint8], times: int = 4) -> bytes:
    """A picture (s, s, 3) as a PNG file, each pixel a block of times x times, so that it stays a square."""
    file = BytesIO()
    blocks = _pictures(picture[None])[0].repeat(times, axis=0).repeat(times, axis=1)
    Image.fromarray(blocks).save(file, "PNG", compress_level=1)
    return file.getvalue()


def ears(pictures: ArrayLike) -> FloatArray:
    """How much paler it is between the ears than at the paler ear, (1, m), from -255 to 255.

    A picture (64, 64, 3) reduced to one number: the mean value of the middle third of its top quarter, less
    that of the left or the right third, whichever is paler. A round head is darkest in the middle.
    """
    top = _pictures(pictures, SIDE)[:, : SIDE // 4]
    third = SIDE // 3
    left, middle, right = (
        part.mean(axis=(1, 2, 3)) for part in (top[:, :, :third], top[:, :, third:-third], top[:, :, -third:])
    )
    between: FloatArray = (middle - np.maximum(left, right))[None]
    return between


def _pictures(pictures: ArrayLike, side: int | None = None) -> NDArray[np.uint8]:
    array = np.asarray(pictures)
    s = side or (array.shape[1] if array.ndim == 4 else 0)
    if array.dtype != np.uint8 or array.shape[1:] != (s, s, 3) or array.size == 0:
        wanted = f"(m, {side}, {side}, 3)" if side else "(m, s, s, 3)"
        raise ValueError(
            f"pictures must be uint8 of shape {wanted}, not empty; got {array.dtype} of shape {array.shape}"
        )
    return array
