"""The course's own HDF5 files, train_catvnoncat.h5 and test_catvnoncat.h5.

They hold the pictures train_set_x (m, 64, 64, 3) and labels train_set_y (m,), or test_set_x and test_set_y.
Copies of them often hold the same numbers in another type, or divided by 255.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from explainer.maths.checks import BoolArray, ByteArray
from explainer.pictures.columns import CHANNELS, SIDE
from explainer.pictures.files import File, PictureError, bounded_content
from explainer.pictures.hdf5 import SIGNATURE, SIGNATURE_AT, ArrayFile, Hdf5Error, StoredArray, opened
from explainer.pictures.sets import MAX_PICTURES, MIN_PICTURES, PictureSet
from explainer.words import COMMON

MAX_BYTES: Final = 30_000_000  # 500 pictures are 6 MB; the file may hold other arrays too
TRAIN, TEST = "train", "test"
FILES: Final = ("train_catvnoncat.h5", "test_catvnoncat.h5")
START: Final = SIGNATURE_AT[-1] + len(SIGNATURE)
"""How many bytes of a file `is_hdf5` needs."""


BYTES, WHOLE, FRACTIONS, SHARES = "bytes", "whole", "fractions", "shares"
"""How pictures are stored: as bytes, as whole numbers of another type, with fractions, or divided by 255."""
BLOCK: Final = 16  # pictures converted at a time, so that no second array of that size is needed


@dataclass(frozen=True, eq=False)
class CourseFile:
    """The pictures of one of the course's files, how they were `stored`, and as which type of numbers."""

    pictures: PictureSet
    stored: str
    type: str


def is_hdf5(start: bytes) -> bool:
    """Whether a file that begins with these bytes, `START` of them, may be HDF5."""
    return any(start.startswith(SIGNATURE, at) for at in SIGNATURE_AT)


def load_course_file(file: File) -> PictureSet:
    """The pictures of one of the course's files, in order: those of `read_course_file`."""
    return read_course_file(file).pictures


def read_course_file(file: File) -> CourseFile:
    """One of the course's files; the family of its pictures is "train" or "test".

    `file` is a path, the bytes themselves, or a file opened in binary. Pictures may be numbers of any real
    type from 0 to 255, or from 0 to 1 with fractions, which are multiplied by 255; they are rounded. Labels
    may have the shape (m,), (m, 1) or (1, m) and any numeric type; their values must be 0 or 1. PictureError,
    a sentence for the visitor, for all else: also for more than 500 pictures, fewer than 4, one class only,
    or a file above 30 MB.
    """
    content = bounded_content(file, MAX_BYTES, "course")
    if not is_hdf5(content):
        raise PictureError("no_hdf5", wanted="course")
    try:
        with opened(content) as arrays:
            family = _family(arrays)
            stored = _stored_pictures(arrays, f"{family}_set_x")
            labels = _labels(arrays, f"{family}_set_y", stored.shape[0])
            with _naming(f"{family}_set_x"):
                values = stored.read()
    except Hdf5Error as problem:
        raise PictureError("hdf5", problem=str(problem)) from None
    pictures, how = _as_bytes(f"{family}_set_x", values)
    names = tuple(f"{family} {place + 1}" for place in range(len(pictures)))
    made = PictureSet(pictures, labels, names, (family,) * len(pictures))
    return CourseFile(made, how, _type_text(values.dtype))


def _family(arrays: ArrayFile) -> str:
    """Whether the file is the training or the test file; training, if it holds both."""
    family = next((one for one in (TRAIN, TEST) if f"{one}_set_x" in arrays.names), None)
    if family is None:
        for one in (TRAIN, TEST):
            if f"{one}_set_y" in arrays.names:
                raise PictureError("no_pictures", name=f"{one}_set_x")
        raise PictureError("no_arrays", wanted="course")
    if f"{family}_set_y" not in arrays.names:
        raise PictureError("no_labels", name=f"{family}_set_y")
    return family


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Turns a problem with the array called `name` into a sentence that names it."""
    try:
        yield
    except Hdf5Error as problem:
        raise PictureError("array", name=name, problem=str(problem)) from None


def _stored_pictures(arrays: ArrayFile, name: str) -> StoredArray:
    """The array of pictures, not read yet: their number, size and data type are checked before that."""
    with _naming(name):
        stored = arrays[name]
    shape = stored.shape
    if len(shape) != 4 or shape[3] != CHANNELS:
        raise PictureError("shape", name=name, side=SIDE, shape=_shape_text(shape))
    m, height, width, _ = shape
    if (height, width) != (SIDE, SIDE):
        raise PictureError("sides", name=name, side=SIDE, width=width, height=height)
    if stored.dtype.kind not in "iuf":
        raise PictureError("numbers", name=name, numbers_found=_type_text(stored.dtype))
    if not MIN_PICTURES <= m <= MAX_PICTURES:
        kind = "few" if m < MIN_PICTURES else "many"
        raise PictureError(kind, name=name, m=m, least=MIN_PICTURES, most=MAX_PICTURES)
    return stored


def _as_bytes(name: str, values: NDArray[Any]) -> tuple[ByteArray, str]:
    """Pictures as bytes, and how they were stored."""
    if values.dtype == np.uint8:
        return values, BYTES
    low, high = values.min(), values.max()
    if not (low >= 0 and high <= 255):  # NaN fails this check as well
        raise PictureError("reach", name=name, low=low, high=high)
    is_share = values.dtype.kind == "f" and high <= 1
    pictures, is_whole = np.empty(values.shape, np.uint8), True
    for start in range(0, len(values), BLOCK):
        block = values[start : start + BLOCK]
        rounded = np.rint(block * 255.0 if is_share else block)
        is_whole &= bool(is_share or (rounded == block).all())
        pictures[start : start + BLOCK] = rounded
    return pictures, SHARES if is_share else WHOLE if is_whole else FRACTIONS


def _labels(arrays: ArrayFile, name: str, m: int) -> BoolArray:
    """One label for each of m pictures, (m,)."""
    with _naming(name):
        stored = arrays[name]
    if stored.shape not in {(m,), (m, 1), (1, m)}:
        raise PictureError("label_shape", name=name, m=m, shape=_shape_text(stored.shape))
    if stored.dtype.kind not in "biuf":
        raise PictureError("label_numbers", name=name, numbers_found=_type_text(stored.dtype))
    with _naming(name):
        values = stored.read().reshape(-1)
    wrong = values[(values != 0) & (values != 1)]  # NaN fails this check as well
    if wrong.size:
        raise PictureError("label_values", name=name, value=wrong[0])
    labels: BoolArray = values == 1
    if labels.all() or not labels.any():
        raise PictureError("label_one", name=name, label=int(labels[0]))
    return labels


def _shape_text(shape: tuple[int, ...]) -> str:
    if len(shape) <= 6:
        return str(shape)
    return str(COMMON["files"]["shape_of_many"].format(count=len(shape)))


def _type_text(dtype: np.dtype[Any]) -> str:
    return dtype.name if dtype.kind in "biufc" else str(COMMON["files"]["no_numbers"])
