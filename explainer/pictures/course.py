"""The course's own files, train_catvnoncat.h5 and test_catvnoncat.h5, which study groups have at hand.

They are HDF5: the pictures train_set_x (m, 64, 64, 3), their labels train_set_y (m,), and test_ likewise.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from explainer.pictures.files import SIDE, File, PictureError, bounded_content
from explainer.pictures.hdf5 import SIGNATURE, ArrayFile, Hdf5Error, StoredArray, opened
from explainer.pictures.sets import MAX_PICTURES, MIN_PICTURES, PictureSet

MAX_BYTES: Final = 30_000_000  # 500 pictures are 6 MB; there may be other things in the file
TRAIN, TEST = "train", "test"
FILES: Final = ("train_catvnoncat.h5", "test_catvnoncat.h5")
WANTED: Final = " or ".join(FILES)
SIGNATURE_AT: Final = (0, 512, 1024, 2048)
"""Where an HDF5 file may begin, after a block of its author's."""
START: Final = SIGNATURE_AT[-1] + len(SIGNATURE)
"""Bytes of a file that tell whether it is one."""


def is_hdf5(start: bytes) -> bool:
    """Whether a file that begins with these bytes, `START` of them, may be HDF5."""
    return any(start.startswith(SIGNATURE, at) for at in SIGNATURE_AT)


def load_course_file(file: File) -> PictureSet:
    """The pictures of one of the course's files, in their order: of the family "train", or else "test".

    `file` is a path, the bytes themselves, or a file opened in binary. Labels may have the shape (m,), (m, 1)
    or (1, m) and be of any kind of numbers, 0 or 1. PictureError for all else, a sentence for the visitor:
    also for more than 500 pictures, fewer than 4, or of one class only, and for a file above 30 MB.
    """
    content = bounded_content(file, MAX_BYTES, WANTED)
    if not is_hdf5(content):
        raise PictureError(f"This is not an HDF5 file; please choose {WANTED}.")
    try:
        with opened(content) as arrays:
            family = _family(arrays)
            pictures = _pictures(arrays, f"{family}_set_x")
            labels = _labels(arrays, f"{family}_set_y", len(pictures))
    except Hdf5Error as problem:
        raise PictureError(f"This HDF5 file cannot be used: {problem}; please choose {WANTED}.") from None
    names = tuple(f"{family} {place + 1}" for place in range(len(pictures)))
    return PictureSet(pictures, labels, names, (family,) * len(pictures))


def _family(arrays: ArrayFile) -> str:
    """Whether it is to train or to test; to train, if there is both."""
    family = next((one for one in (TRAIN, TEST) if f"{one}_set_x" in arrays.names), None)
    if family is None:
        for one in (TRAIN, TEST):
            if f"{one}_set_y" in arrays.names:
                raise PictureError(
                    f"There are no pictures in this HDF5 file: it lacks the array {one}_set_x."
                )
        raise PictureError(
            "This HDF5 file has neither an array train_set_x nor test_set_x, as the course's files have; "
            f"please choose {WANTED}."
        )
    if f"{family}_set_y" not in arrays.names:
        raise PictureError(f"There are no labels in this HDF5 file: it lacks the array {family}_set_y.")
    return family


def _stored(arrays: ArrayFile, name: str) -> StoredArray:
    try:
        return arrays[name]
    except Hdf5Error as problem:
        raise _unreadable(name, problem) from None


def _read(stored: StoredArray, name: str) -> NDArray[Any]:
    try:
        return stored.read()
    except Hdf5Error as problem:
        raise _unreadable(name, problem) from None


def _unreadable(name: str, problem: Hdf5Error) -> PictureError:
    return PictureError(f"The array {name} of this HDF5 file cannot be read: {problem}.")


def _pictures(arrays: ArrayFile, name: str) -> NDArray[np.uint8]:
    """Their number, size and kind are judged before they are read."""
    stored = _stored(arrays, name)
    shape = stored.shape
    if len(shape) != 4 or shape[3] != 3:
        raise PictureError(
            f"The array {name} must have the shape (m, {SIDE}, {SIDE}, 3), m pictures in colour; "
            f"in this file it has the shape {_short(shape)}."
        )
    m, height, width, _ = shape
    if (height, width) != (SIDE, SIDE):
        raise PictureError(
            f"The pictures in {name} must have {SIDE} x {SIDE} pixels; in this file they have "
            f"{width} x {height}."
        )
    if stored.dtype != np.uint8:
        raise PictureError(
            f"The numbers in {name} must be uint8, whole and from 0 to 255; in this file they are "
            f"{_kind(stored.dtype)}."
        )
    if not MIN_PICTURES <= m <= MAX_PICTURES:
        bound = f"at least {MIN_PICTURES}" if m < MIN_PICTURES else f"at most {MAX_PICTURES}"
        raise PictureError(f"There must be {bound} pictures in {name}; in this file there are {m}.")
    return _read(stored, name)


def _labels(arrays: ArrayFile, name: str, m: int) -> NDArray[np.bool_]:
    """One for each of m pictures, (m,)."""
    stored = _stored(arrays, name)
    if stored.shape not in {(m,), (m, 1), (1, m)}:
        raise PictureError(
            f"The array {name} must have one label for each of the {m} pictures, so the shape ({m},), "
            f"({m}, 1) or (1, {m}); in this file it has the shape {_short(stored.shape)}."
        )
    if stored.dtype.kind not in "biuf":
        raise PictureError(
            f"The labels in {name} must be numbers, 0 or 1; in this file they are {_kind(stored.dtype)}."
        )
    values = _read(stored, name).reshape(-1)
    wrong = values[(values != 0) & (values != 1)]  # so put, nan is wrong too
    if wrong.size:
        raise PictureError(f"The labels in {name} must be 0 or 1; in this file there is {wrong[0]:g}.")
    labels: NDArray[np.bool_] = values == 1
    if labels.all() or not labels.any():
        raise PictureError(
            f"All labels in {name} are {int(labels[0])}; there must be both, 1 for cats and 0 for others."
        )
    return labels


def _short(shape: tuple[int, ...]) -> str:
    return str(shape) if len(shape) <= 6 else f"of {len(shape)} numbers"


def _kind(dtype: np.dtype[Any]) -> str:
    return dtype.name if dtype.kind in "biufc" else "no numbers"
