"""Reads a visitor's zip with two folders of pictures, cat/ and non-cat/.

The zip may hold anything: nothing is written to disk, the sizes that it states are checked before anything is
unpacked, and no file is unpacked beyond its stated size.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from posixpath import splitext
from typing import Final
from unicodedata import category, normalize
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import numpy as np

from explainer.maths.checks import ByteArray
from explainer.pictures.files import File, PictureError, bounded_content, load_picture
from explainer.pictures.sets import MAX_PICTURES, MIN_PICTURES, PictureSet

MAX_BYTES: Final = 50_000_000
MAX_ENTRIES: Final = 2_000
MAX_DIRECTORY: Final = 1_000_000  # bytes of a zip's list of files
MAX_UNPACKED: Final = 200_000_000  # bytes of all pictures, unpacked
MAX_ENTRY: Final = 20_000_000  # bytes of a file, unpacked
MAX_RATIO: Final = 200
RATIO_FROM: Final = 1_000_000  # bytes; small files of one colour compress well
MAX_NAME: Final = 60
MAX_PATH: Final = 120
FAMILY: Final = "zip"
FOLDERS: Final = {"cat": True, "non-cat": False}
SPELLINGS: Final = {"cat": "cat"} | dict.fromkeys(("non-cat", "noncat", "not-cat"), "non-cat")
JUNK: Final = {".ds_store", "thumbs.db", "desktop.ini"}
"""Files that operating systems add to folders."""
PACKED: Final = {".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"}
CENTRAL, LOCAL = b"PK\1\2", b"PK\3\4"
BEGINNINGS: Final = (LOCAL, b"PK\5\6")  # the second is that of an empty zip
# What zipfile raises on damaged zips. RuntimeError includes NotImplementedError, for newer kinds of zip.
DAMAGE: Final = (
    *(BadZipFile, OSError, ValueError, LookupError, ArithmeticError, RuntimeError),
    *(EOFError, MemoryError, struct.error, zlib.error),
)


@dataclass(frozen=True)
class LeftOut:
    """A file of a zip that is not used: its name in the zip, and a sentence why."""

    name: str
    reason: str


@dataclass(frozen=True, eq=False)
class ZipPictures:
    """The pictures of a zip, and the files that could not be used."""

    pictures: PictureSet
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Candidate:
    """A file in one of the two folders, and its path as it is shown."""

    info: ZipInfo
    path: str
    cat: bool


def load_zip(file: File, report: Callable[[int, int], None] | None = None) -> ZipPictures:
    """The pictures in the folders cat/ and non-cat/ of a zip: cats first, then in the order of their names.

    `file` is a path, the bytes themselves, or a file opened in binary mode. The folders may be in upper case,
    the second also be called non_cat, noncat, not-cat or "not cat", and both may lie inside another folder.
    Files that cannot be used are listed. `report` is called with how many files are done, and of how many.
    PictureError, a sentence for the visitor, for what is no zip, for more than 50 MB, 2,000 files, 200 MB
    unpacked or 500 pictures, and for fewer than 4 usable pictures or one class only.
    """
    content = bounded_content(file, MAX_BYTES, "zip")
    if not content.startswith(BEGINNINGS):
        raise PictureError("no_zip", wanted="zip")
    if content.count(CENTRAL) > MAX_ENTRIES:  # never fewer than zipfile would list
        raise PictureError("zip_files", most_files=MAX_ENTRIES, most=MAX_PICTURES)
    with _opened(content) as archive:
        found, left_out = _candidates(archive.infolist())
        _check_sizes(found)
        taken: list[tuple[Candidate, ByteArray]] = []
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
    """The bytes of a zip. No single read may exceed `bound`, at first the limit for the list of files."""

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
        raise PictureError("zip_damaged", wanted="zip") from None
    file.bound = MAX_BYTES
    return archive


# ---- which files may be pictures, before any is unpacked


def _candidates(infos: Iterable[ZipInfo]) -> tuple[list[Candidate], list[LeftOut]]:
    """The files that may be pictures, cats first, in the order of their names; and those left out.

    PictureError if the two folders are missing, or occur in several places.
    """
    found, left_out, paths = [], [], {}
    for info in infos:
        name = info.orig_filename
        if _leads_out(name):
            left_out.append(_left_out(_shown(name), "leads_out"))
        elif not info.is_dir() and not _is_junk(name):
            paths[info] = PurePosixPath(name).parts
    base = _base(paths.values())
    for info, parts in paths.items():
        path, folder = _shown(info.orig_filename), _folder(parts)
        if folder is None or parts[:-2] != base:
            left_out.append(_left_out(path, "elsewhere"))
        elif problem := _problem_with(info):
            left_out.append(LeftOut(path, str(problem)))
        else:
            found.append(Candidate(info, path, FOLDERS[folder]))
    found.sort(key=lambda one: (not one.cat, _natural(one.path)))
    return found, left_out


def _left_out(path: str, kind: str) -> LeftOut:
    return LeftOut(path, str(PictureError(kind)))


def _is_junk(name: str) -> bool:
    *folders, last = name.casefold().split("/")
    return "__macosx" in folders or last in JUNK or last.startswith("._")


def _leads_out(name: str) -> bool:
    odd = name.startswith("/") or "\\" in name or "\0" in name or re.match("[A-Za-z]:", name)
    return bool(odd) or ".." in name.split("/")


def _folder(parts: tuple[str, ...]) -> str | None:
    """Which of the two folders a file lies in, *cat* or *non-cat*; None if in neither."""
    return SPELLINGS.get(re.sub("[ _]", "-", parts[-2].casefold())) if len(parts) > 1 else None


def _base(paths: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The path of the folder that holds both folders: () or one name."""
    bases = {parts[:-2] for parts in paths if _folder(parts) and len(parts) <= 3}
    if not bases:
        raise PictureError("zip_folders", wanted="zip")
    if () in bases:
        return ()
    if len(bases) > 1:
        first, second = sorted(_shown(base[0]) for base in bases)[:2]
        raise PictureError("zip_places", first=first, second=second)
    return bases.pop()


def _problem_with(info: ZipInfo) -> PictureError | None:
    """Why a file must not be unpacked; None if it may be."""
    if PurePosixPath(info.orig_filename).suffix.casefold() in PACKED:
        return PictureError("nested")
    if info.flag_bits & 1:
        return PictureError("encrypted")
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        return PictureError("packed")
    if info.file_size > MAX_ENTRY:
        return PictureError("entry_large", megabytes=MAX_ENTRY // 10**6)
    if info.file_size > max(RATIO_FROM, MAX_RATIO * info.compress_size):
        return PictureError("entry_ratio", most=MAX_RATIO)
    return None


def _natural(path: str) -> list[tuple[int, str]]:
    """Sorts picture 10 after picture 9: numbers, which are at odd places, are compared by length first."""
    pieces = re.split("0*([0-9]+)", splitext(path)[0].casefold())
    return [(len(piece) if place % 2 else 0, piece) for place, piece in enumerate(pieces)]


def _shown(path: str) -> str:
    """A path as it is shown: without control characters, and only the end of a long one."""
    plain = "".join(one for one in normalize("NFC", path[-2 * MAX_PATH :]) if category(one)[0] != "C")
    return plain[-MAX_PATH:].strip()


# ---- reading them


def _check_sizes(found: list[Candidate]) -> None:
    if len(found) > MAX_PICTURES:
        raise PictureError("zip_many", most=MAX_PICTURES, m=len(found))
    unpacked = sum(candidate.info.file_size for candidate in found)
    if unpacked > MAX_UNPACKED:
        raise PictureError("zip_large", megabytes=unpacked // 10**6, most=MAX_UNPACKED // 10**6)


def _unpacked(archive: ZipFile, info: ZipInfo) -> bytes:
    """The content of a file. PictureError if its length is not the stated one."""
    try:
        with archive.open(info) as packed:
            content = packed.read(info.file_size + 1)  # this also compares the checksum
    except DAMAGE:
        content = b""
    if len(content) != info.file_size:
        raise PictureError("entry_damaged")
    if content.startswith(LOCAL):
        raise PictureError("nested")
    return content


def _set(taken: list[tuple[Candidate, ByteArray]], left_out: list[LeftOut]) -> PictureSet:
    """The set of these pictures. PictureError if there are too few, or of one class only."""
    labels = np.array([candidate.cat for candidate, _ in taken], bool)
    for folder, cat in FOLDERS.items():
        if not (labels == cat).any():
            raise _nothing_in(folder, left_out)
    if len(taken) < MIN_PICTURES:
        raise PictureError("zip_few", least=MIN_PICTURES, m=len(taken))
    names = tuple(_named(candidate.path) for candidate, _ in taken)
    return PictureSet(np.array([picture for _, picture in taken]), labels, names, (FAMILY,) * len(taken))


def _nothing_in(folder: str, left_out: list[LeftOut]) -> PictureError:
    """Why a folder has no usable picture: the reason of its first file, if it holds any."""
    for one in left_out:
        if _folder(PurePosixPath(one.name).parts) == folder:
            return PictureError("zip_unusable", folder=folder, reason=one.reason[0].lower() + one.reason[1:])
    return PictureError("zip_without", folder=folder, wanted="zip")


def _named(path: str) -> str:
    """The name of a picture: its file's without the ending, reduced to letters, digits and a few signs."""
    stem = PurePosixPath(path).stem
    plain = "".join(one if category(one)[0] in "LMN" or one in "-.,()'" else " " for one in stem)
    return " ".join(plain.split())[:MAX_NAME].strip() or "picture"
