"""Weights that a visitor brings back, as an .npz: read so that no file, whatever it holds, takes much memory.

An .npz is a zip of arrays. What the zip announces, and what the header of each array does, is judged before
anything of that size is read; objects are never unpickled.
"""

import zipfile
import zlib
from io import BytesIO
from math import prod
from tokenize import TokenError
from typing import Final

import numpy as np
from numpy.lib import format as npy

from explainer.chapters.cats.classifier import Classifier
from explainer.maths.checks import FloatArray
from explainer.pictures.files import SIDE, File, PictureError, bounded_content

NUM_WEIGHTS: Final = 3 * SIDE**2
MAX_BYTES: Final = 5_000_000
MAX_ENTRIES: Final = 100
MAX_ARRAY: Final = 16 * NUM_WEIGHTS + 12_000
"""Bytes of one array, its header included: NumPy's widest numbers."""
MAX_WEIGHT: Final = 1e9
"""A trained weight is about 0.01; far above, z overflows."""
ENTRY: Final = b"PK\x01\x02"
PLAIN: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
WANTED: Final = "an .npz with w of shape (12288, 1) and b, such as this page hands out"
# What zipfile and NumPy raise on damaged files.
DAMAGE: Final = (
    *(OSError, EOFError, ValueError, LookupError, TypeError, ArithmeticError, SyntaxError, MemoryError),
    *(RuntimeError, TokenError, zipfile.BadZipFile, zlib.error),
)


class WeightsError(ValueError):
    """A file that is not taken as weights; the message is one sentence for the visitor."""


def read_weights(file: File) -> Classifier:
    """The classifier in an .npz with w (12288, 1) and b, one number; what else is in it does not matter.

    `file` is a path, the bytes themselves, or a file opened in binary. WeightsError, with what was wrong and
    what is expected, for all else: also for more than 5 MB, and for numbers that are not finite.
    """
    try:
        content = bounded_content(file, MAX_BYTES, WANTED)
    except PictureError as problem:
        raise WeightsError(str(problem)) from None
    if content.count(ENTRY) > MAX_ENTRIES:  # before zipfile lists them all
        raise _wrong("It holds too many files")
    if not content.startswith(b"PK"):
        raise _wrong("It is not an .npz file")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            w, b = _array(archive, "w"), _array(archive, "b")
    except WeightsError:
        raise
    except DAMAGE:
        raise _wrong("It is damaged or not complete") from None
    return _classifier(w, b)


def _wrong(what: str) -> WeightsError:
    return WeightsError(f"{what}; what is expected is {WANTED}.")


def _array(archive: zipfile.ZipFile, name: str) -> FloatArray:
    """An array of real numbers by its name, once what is announced of it is not too much."""
    if f"{name}.npy" not in archive.namelist():
        raise _wrong(f"There is no array {name} in it")
    entry = archive.getinfo(f"{name}.npy")
    if entry.file_size > MAX_ARRAY:
        raise _wrong(f"The array {name} is far too large")
    if entry.compress_type not in PLAIN:
        raise _wrong("It is packed in a way that is not read here")
    with archive.open(entry) as packed:
        content = BytesIO(packed.read(entry.file_size))  # unasked, zipfile would unpack whatever comes
    version = npy.read_magic(content)
    read_header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}.get(version)
    if read_header is None:
        raise _wrong(f"The array {name} is in a format that is not read here")
    shape, _, dtype = read_header(content)
    if dtype.kind not in "fiu" or dtype.hasobject:
        raise _wrong(f"The array {name} does not hold real numbers")
    if content.tell() + prod(shape) * dtype.itemsize != entry.file_size:
        raise _wrong(f"The array {name} is not complete")
    content.seek(0)
    with np.errstate(over="ignore"):  # what float64 cannot hold is not finite, and said so
        array: FloatArray = npy.read_array(content, allow_pickle=False).astype(np.float64)
    return array


def _classifier(w: FloatArray, b: FloatArray) -> Classifier:
    if w.shape != (NUM_WEIGHTS, 1):
        raise _wrong(f"The array w has the shape {w.shape}")
    if b.size != 1:
        raise _wrong(f"The array b has the shape {b.shape}, it is to be one number")
    for name, values in (("w", w), ("b", b)):
        if not np.isfinite(values).all():
            raise _wrong(f"The array {name} holds numbers that are not finite")
        if np.abs(values).max() > MAX_WEIGHT:
            raise _wrong(f"The array {name} holds numbers far too large for weights")
    return Classifier(w, b.item())
