"""The course's own HDF5 files, train_catvnoncat.h5 and test_catvnoncat.h5.

They hold the pictures train_set_x (m, 64, 64, 3) and labels train_set_y (m,), or test_set_x and test_set_y.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np

from explainer.maths.checks import BoolArray, ByteArray
from explainer.pictures.columns import CHANNELS, SIDE
from explainer.pictures.files import File, PictureError, bounded_content
from explainer.pictures.hdf5 import SIGNATURE, ArrayFile, Hdf5Error, opened
from explainer.pictures.sets import MAX_PICTURES, MIN_PICTURES, PictureSet
from explainer.words import COMMON

MAX_BYTES: Final = 30_000_000  # 500 pictures are 6 MB; the file may hold other arrays too
TRAIN, TEST = "train", "test"
FILES: Final = ("train_catvnoncat.h5", "test_catvnoncat.h5")
SIGNATURE_AT: Final = (0, 512, 1024, 2048)
"""Where the HDF5 signature may stand: other data may come before it."""
START: Final = SIGNATURE_AT[-1] + len(SIGNATURE)
"""How many bytes of a file `is_hdf5` needs."""


def is_hdf5(start: bytes) -> bool:
    """Whether a file that begins with these bytes, `START` of them, may be HDF5."""
    return any(start.startswith(SIGNATURE, at) for at in SIGNATURE_AT)


def load_course_file(file: File) -> PictureSet:
    """The pictures of one of the course's files, in order; their family is "train" or "test".

    `file` is a path, the bytes themselves, or a file opened in binary. Labels may have the shape (m,), (m, 1)
    or (1, m) and any numeric type; their values must be 0 or 1. PictureError, a sentence for the visitor, for
    all else: also for more than 500 pictures, fewer than 4, one class only, or a file above 30 MB.
    """
    content = bounded_content(file, MAX_BYTES, "course")
    if not is_hdf5(content):
        raise PictureError("no_hdf5", wanted="course")
    try:
        with opened(content) as arrays:
            family = _family(arrays)
            pictures = _pictures(arrays, f"{family}_set_x")
            labels = _labels(arrays, f"{family}_set_y", len(pictures))
    except Hdf5Error as problem:
        raise PictureError("hdf5", problem=str(problem), wanted="course") from None
    names = tuple(f"{family} {place + 1}" for place in range(len(pictures)))
    return PictureSet(pictures, labels, names, (family,) * len(pictures))


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


def _pictures(arrays: ArrayFile, name: str) -> ByteArray:
    """Their number, size and data type are checked before they are read."""
    with _naming(name):
        stored = arrays[name]
    shape = stored.shape
    if len(shape) != 4 or shape[3] != CHANNELS:
        raise PictureError("shape", name=name, side=SIDE, shape=_shape_text(shape))
    m, height, width, _ = shape
    if (height, width) != (SIDE, SIDE):
        raise PictureError("sides", name=name, side=SIDE, width=width, height=height)
    if stored.dtype != np.uint8:
        raise PictureError("numbers", name=name, numbers_found=_type_text(stored.dtype))
    if not MIN_PICTURES <= m <= MAX_PICTURES:
        kind = "few" if m < MIN_PICTURES else "many"
        raise PictureError(kind, name=name, m=m, least=MIN_PICTURES, most=MAX_PICTURES)
    with _naming(name):
        return stored.read()


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
