"""A zip of two folders of pictures, cat/ and non-cat/, whatever it holds.

Nothing of it is ever written to a disk. What it says of itself is judged before anything is unpacked, and
unpacking ends where what it says ends.
"""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

import numpy as np
from numpy.typing import NDArray

from explainer.pictures.files import File, PictureError, bounded_content, load_picture
from explainer.pictures.sets import MAX_PICTURES, MIN_PICTURES, PictureSet
from explainer.pictures.zip_folders import (
    WANTED,
    ZIP_IN_ZIP,
    Candidate,
    LeftOut,
    candidates,
    in_folder,
    named,
)

MAX_BYTES: Final = 50_000_000
MAX_ENTRIES: Final = 2_000
MAX_DIRECTORY: Final = 1_000_000  # bytes in which a zip says what is in it
MAX_UNPACKED: Final = 200_000_000  # bytes of all pictures, unpacked
FAMILY: Final = "zip"
FOLDERS: Final = {"cat": True, "non-cat": False}
CENTRAL, LOCAL = b"PK\1\2", b"PK\3\4"
BEGINNINGS: Final = (LOCAL, b"PK\5\6")  # the second: there is nothing in it
# What zipfile raises on damaged zips; NotImplementedError for newer ones, a RuntimeError.
DAMAGE: Final = (
    *(BadZipFile, OSError, ValueError, LookupError, ArithmeticError, RuntimeError),
    *(EOFError, MemoryError, struct.error, zlib.error),
)


@dataclass(frozen=True, eq=False)
class ZipPictures:
    """What of a zip could be used, and what could not."""

    pictures: PictureSet
    left_out: tuple[LeftOut, ...]


def load_zip(file: File, report: Callable[[int, int], None] | None = None) -> ZipPictures:
    """The pictures in the folders cat/ and non-cat/ of a zip, in the order of these and of their names.

    `file` is a path, the bytes themselves, or a file opened in binary. The folders may be written in upper
    case, the second also as non_cat, noncat, not-cat or "not cat", and both may lie in another one. Files
    that are not used are listed, the rest is used; `report` is told how many are done, of how many.
    PictureError, a sentence for the visitor, for what is no zip, for more than 50 MB, 2,000 files, 200 MB
    unpacked or 500 pictures, for fewer than 4 that can be used, and for those of one class only.
    """
    content = bounded_content(file, MAX_BYTES, WANTED)
    if not content.startswith(BEGINNINGS):
        raise PictureError(f"This is not a zip; please choose {WANTED}.")
    if content.count(CENTRAL) > MAX_ENTRIES:  # at least as many as zipfile would find, before it looks
        raise PictureError(
            f"This zip holds more than {MAX_ENTRIES:,} files; please choose one of up to {MAX_PICTURES}."
        )
    with _opened(content) as archive:
        found, left_out = candidates(archive.infolist())
        _check_sizes(found)
        taken: list[tuple[Candidate, NDArray[np.uint8]]] = []
        for done, candidate in enumerate(found):
            if report:
                report(done, len(found))
            try:
                taken.append((candidate, load_picture(_unpacked(archive, candidate.info))))
            except PictureError as problem:
                left_out.append(LeftOut(candidate.path, str(problem)))
    if report:
        report(len(found), len(found))
    return ZipPictures(_set(taken, left_out), tuple(left_out))


class _Bounded(BytesIO):
    """Of which no more is read at once than a zip's directory may take, as long as that is being read."""

    bound = MAX_DIRECTORY

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > self.bound:
            raise OSError("the directory of this zip is too long")
        return super().read(size)


def _opened(content: bytes) -> ZipFile:
    file = _Bounded(content)
    try:
        archive = ZipFile(file)
    except DAMAGE:
        raise PictureError(f"This zip is damaged or not complete; please choose {WANTED}.") from None
    file.bound = MAX_BYTES
    return archive


def _check_sizes(found: list[Candidate]) -> None:
    if len(found) > MAX_PICTURES:
        raise PictureError(
            f"There must be at most {MAX_PICTURES} pictures in this zip; there are {len(found):,}."
        )
    unpacked = sum(candidate.info.file_size for candidate in found)
    if unpacked > MAX_UNPACKED:
        raise PictureError(
            f"The pictures in this zip are {unpacked // 10**6} MB unpacked, more than the "
            f"{MAX_UNPACKED // 10**6} MB that are taken; please choose smaller or fewer ones."
        )


# ---- its pictures


def _unpacked(archive: ZipFile, info: ZipInfo) -> bytes:
    """The content of a file, which is as long as it says. PictureError if it is not."""
    try:
        with archive.open(info) as packed:
            content = packed.read(info.file_size + 1)  # zipfile ends where it says, and compares the checksum
    except DAMAGE:
        content = b""
    if len(content) != info.file_size:
        raise PictureError("It is damaged in the zip, or not what the zip says of it.")
    if content.startswith(LOCAL):
        raise PictureError(ZIP_IN_ZIP)
    return content


def _set(taken: list[tuple[Candidate, NDArray[np.uint8]]], left_out: list[LeftOut]) -> PictureSet:
    """What was read, if it can be learned from."""
    labels = np.array([candidate.cat for candidate, _ in taken], bool)
    for folder, cat in FOLDERS.items():
        if not (labels == cat).any():
            reason = next((one.reason for one in left_out if in_folder(one.name) == folder), None)
            if reason:
                raise PictureError(
                    f"No picture in the folder {folder}/ of this zip can be used: "
                    f"{reason[0].lower()}{reason[1:]}"
                )
            raise PictureError(
                f"There is no folder {folder}/ in this zip, or no picture in it that can be read; "
                f"please choose {WANTED}."
            )
    if len(taken) < MIN_PICTURES:
        raise PictureError(
            f"There must be at least {MIN_PICTURES} pictures that can be read in this zip; "
            f"there are {len(taken)}."
        )
    names = tuple(named(candidate.path) for candidate, _ in taken)
    return PictureSet(np.array([picture for _, picture in taken]), labels, names, (FAMILY,) * len(taken))
