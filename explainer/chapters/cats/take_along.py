"""The files that a visitor takes along of a run, and weights that are brought back.

A file of weights, an .npz, is a zip of arrays and may hold anything: the sizes that the zip and the header of
each array state are checked before anything of that size is read, and objects are never unpickled.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO, StringIO
from math import prod
from pathlib import Path
from tokenize import TokenError
from typing import Final

import numpy as np
from numpy.lib import format as npy

from explainer import ASSETS
from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.learning import Learning
from explainer.maths.checks import FloatArray
from explainer.pictures import SIDE, SOURCES, PictureError, PictureSet
from explainer.pictures.chosen import COURSE, DRAWINGS, ZIP, Split
from explainer.pictures.columns import n_x
from explainer.pictures.files import File, bounded_content
from explainer.words import words

FOLDER: Final = ASSETS / "handout"
"""Templates of the script and of the README beside it."""
NUM_WEIGHTS: Final = n_x(SIDE)
MAX_BYTES: Final = 5_000_000
MAX_ENTRIES: Final = 100
MAX_ARRAY: Final = 16 * NUM_WEIGHTS + 12_000
"""Bytes of one array with its header, in NumPy's widest numbers."""
MAX_WEIGHT: Final = 1e9
"""A trained weight is about 0.01; far above, z overflows."""
ENTRY: Final = b"PK\x01\x02"
READABLE: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# What zipfile and NumPy raise on damaged files.
DAMAGE: Final = (
    *(OSError, EOFError, ValueError, LookupError, TypeError, ArithmeticError, SyntaxError, MemoryError),
    *(RuntimeError, TokenError, zipfile.BadZipFile, zlib.error),
)


# ---- taken along


def weights_file(classifier: Classifier, learning_rate: float, num_iterations: int, trained_on: str) -> bytes:
    """An .npz of plain arrays: w (n_x, 1), b, learning_rate, num_iterations, and the text `trained_on`."""
    file = BytesIO()
    np.savez(
        file,
        w=classifier.w,
        b=np.float64(classifier.b),
        learning_rate=np.float64(learning_rate),
        num_iterations=np.int64(num_iterations),
        trained_on=np.str_(trained_on),
    )
    return file.getvalue()


def costs_csv(learned: Learning, num_iterations: int) -> str:
    """A run as CSV, a row for each step, with all digits; columns about what was not held out are empty.

    IndexError past the end of the run.
    """
    if not 0 <= num_iterations <= learned.num_iterations:
        raise IndexError(f"num_iterations must be 0 to {learned.num_iterations}; got {num_iterations}")
    file, end = StringIO(), num_iterations + 1
    columns: list[Iterable[object]] = [range(end)]
    for what in ("costs", "accuracies"):
        for marks in (learned.training, learned.held_out):
            columns.append(map(repr, getattr(marks, what)[:end].tolist()) if marks else [""] * end)
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("iteration", "cost_train", "cost_held_out", "accuracy_train", "accuracy_held_out"))
    writer.writerows(zip(*columns, strict=True))
    return file.getvalue()


def script(learning_rate: float, num_iterations: int) -> str:
    """A self-contained NumPy script that repeats a run on the pictures beside it and prints its costs."""
    text = (FOLDER / "train.py").read_text(encoding="utf-8")
    for name, value in (("LEARNING_RATE", learning_rate), ("NUM_ITERATIONS", num_iterations)):
        text, count = re.subn(rf"^{name} = .*$", f"{name} = {value!r}", text, flags=re.MULTILINE)
        if count != 1:
            raise ValueError(f"the script must set {name} once; it does so {count} times")
    return text


def run_files(split: Split, name: str, learned: Learning, num_iterations: int) -> bytes:
    """A zip with the script, the pictures of the set called `name`, the table of the run, and a README.

    The bundled drawings come with their licences. ValueError for an unknown name.
    """
    if name not in (DRAWINGS, COURSE, ZIP):
        raise ValueError(f"name must be one of {DRAWINGS}, {COURSE}, {ZIP}; got {name!r}")
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme(split, name, learned, num_iterations))
        archive.writestr("train.py", script(learned.learning_rate, num_iterations))
        archive.writestr("pictures.npz", _pictures_file(split), zipfile.ZIP_STORED)
        archive.writestr("costs.csv", costs_csv(learned, num_iterations))
        for path in (SOURCES, *_licence_files()) if name == DRAWINGS else ():
            archive.write(path, path.relative_to(SOURCES.parent).as_posix())
    return file.getvalue()


def attribution() -> tuple[str, ...]:
    """Who drew the bundled pictures, and under which licences: paragraphs of plain text."""
    text = SOURCES.read_text(encoding="utf-8").partition("## Attribution")[2].partition("\n## ")[0]
    text = re.sub(r"\[([^]]+)\]\((https:[^)]+)\)", r"\1 (\2)", text)
    text = re.sub(r"\[([^]]+)\]\([^)]+\)|\*\*", r"\1", text)
    return tuple(
        " ".join(part.split())
        for part in re.split(r"\n- |\n\n", text.replace("\n\n- ", "\n- "))
        if part.strip()
    )


def licences() -> dict[str, str]:
    """The licences that have to be passed on in full, by file name without ending."""
    return {path.stem: path.read_text(encoding="utf-8") for path in _licence_files()}


def _licence_files() -> list[Path]:
    return sorted((SOURCES.parent / "licences").iterdir())


def _readme(split: Split, name: str, learned: Learning, num_iterations: int) -> str:
    """How to use the files. If J rises on the way, it warns that rounding may change the printed digits."""
    text, held_out = words("cats").text, split.held_out
    rises = int(np.count_nonzero(np.diff(learned.training.costs[: num_iterations + 1]) > 0))
    return (
        (FOLDER / "README.txt")
        .read_text(encoding="utf-8")
        .format(
            learning_rate=learned.learning_rate,
            num_iterations=num_iterations,
            m=len(split.training.names),
            cats=int(split.training.labels.sum()),
            m_held_out=len(held_out.names) if held_out else 0,
            cats_held_out=int(held_out.labels.sum()) if held_out else 0,
            same=text["readme_leaping"].format(rises=rises) if rises else text["readme_settled"],
            origin=text[f"readme_{name}"],
        )
    )


def _pictures_file(split: Split) -> bytes:
    nothing = PictureSet(np.empty((0, SIDE, SIDE, 3), np.uint8), np.empty(0, np.bool_), (), ())
    held_out = split.held_out or nothing
    file = BytesIO()
    np.savez_compressed(
        file,
        pictures=split.training.pictures,
        labels=split.training.labels.astype(np.uint8),
        held_out_pictures=held_out.pictures,
        held_out_labels=held_out.labels.astype(np.uint8),
    )
    return file.getvalue()


# ---- brought back


class WeightsError(PictureError):
    """A file that cannot be used as weights; its text is one sentence for the visitor."""


def read_weights(file: File) -> Classifier:
    """The classifier in an .npz with w (12288, 1) and b, one number; other arrays in it are ignored.

    `file` is a path, the bytes themselves, or a file opened in binary mode. WeightsError, which says what was
    wrong and what is expected, for all else: also above 5 MB, and for numbers that are not finite.
    """
    try:
        content = bounded_content(file, MAX_BYTES, "weights")
    except PictureError as problem:
        raise WeightsError(problem.kind, **problem.details) from None
    if content.count(ENTRY) > MAX_ENTRIES:  # checked before zipfile lists them all
        raise _wrong("entries")
    if not content.startswith(b"PK"):
        raise _wrong("no_npz")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            w, b = _array(archive, "w"), _array(archive, "b")
    except WeightsError:
        raise
    except DAMAGE:
        raise _wrong("damaged") from None
    return _classifier(w, b)


def _wrong(kind: str, **details: object) -> WeightsError:
    return WeightsError(f"weights_{kind}", wanted="weights", **details)


def _array(archive: zipfile.ZipFile, name: str) -> FloatArray:
    """The array of real numbers called `name`, read only if its stated size is acceptable."""
    if f"{name}.npy" not in archive.namelist():
        raise _wrong("missing", name=name)
    entry = archive.getinfo(f"{name}.npy")
    if entry.file_size > MAX_ARRAY:
        raise _wrong("large", name=name)
    if entry.compress_type not in READABLE:
        raise _wrong("packed")
    with archive.open(entry) as packed:
        content = BytesIO(
            packed.read(entry.file_size)
        )  # without the size, zipfile would unpack more than stated
    version = npy.read_magic(content)
    read_header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}.get(version)
    if read_header is None:
        raise _wrong("format", name=name)
    shape, _, dtype = read_header(content)
    if dtype.kind not in "fiu" or dtype.hasobject:
        raise _wrong("numbers", name=name)
    if content.tell() + prod(shape) * dtype.itemsize != entry.file_size:
        raise _wrong("short", name=name)
    content.seek(0)
    with np.errstate(over="ignore"):  # what exceeds float64 becomes inf, which is refused later
        array: FloatArray = npy.read_array(content, allow_pickle=False).astype(np.float64)
    return array


def _classifier(w: FloatArray, b: FloatArray) -> Classifier:
    if w.shape != (NUM_WEIGHTS, 1):
        raise _wrong("w", shape=w.shape)
    if b.size != 1:
        raise _wrong("b", shape=b.shape)
    for name, values in (("w", w), ("b", b)):
        if not np.isfinite(values).all():
            raise _wrong("finite", name=name)
        if np.abs(values).max() > MAX_WEIGHT:
            raise _wrong("far", name=name)
    return Classifier(w, b.item())
