"""Reads a visitor's zip with two folders of pictures, cat/ and non-cat/.

The zip may hold anything: nothing is written to disk, the sizes that it states are checked before anything is
unpacked, and no file is unpacked beyond its stated size.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import splitext
from typing import Final
from unicodedata import category
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import numpy as np

from explainer.maths.checks import ByteArray
from explainer.pictures.files import File, PictureError, bounded_content, load_picture
from explainer.pictures.sets import MAX_PICTURES, MIN_PICTURES, PictureSet
from explainer.pictures.zip_paths import MAX_DEPTH, Entry, Folders, entries, find_folders, shown

MAX_BYTES: Final = 50_000_000
MAX_ENTRIES: Final = 2_000
MAX_DIRECTORY: Final = 1_000_000  # bytes of a zip's list of files
MAX_UNPACKED: Final = 200_000_000  # bytes of all pictures, unpacked
MAX_ENTRY: Final = 50_000_000  # bytes of a file, unpacked
MAX_RATIO: Final = 200
RATIO_FROM: Final = 1_000_000  # bytes; small files of one colour compress well
MAX_NAME: Final = 60
FAMILY: Final = "zip"
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
    """The pictures of a zip, the two folders that they lie in, and the files that could not be used."""

    pictures: PictureSet
    left_out: tuple[LeftOut, ...]
    folders: Folders


@dataclass(frozen=True)
class Candidate:
    """A file in one of the two folders, and whether it is that of the cats."""

    entry: Entry
    cat: bool


@dataclass
class Sorting:
    """What becomes of the files of a zip: those that may be pictures, and those left out.

    `unusable` has for cats and for others the reason why the first file in their folder was left out.
    """

    folders: Folders
    found: list[Candidate] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unusable: dict[bool, str] = field(default_factory=dict)

    def leave_out(self, entry: Entry, problem: PictureError, cat: bool | None = None) -> None:
        """Notes why a file is not used; `cat` tells in which of the two folders it lies."""
        self.left_out.append(LeftOut(entry.shown, str(problem)))
        if cat is not None:
            self.unusable.setdefault(cat, str(problem))


def load_zip(file: File, report: Callable[[int, int], None] | None = None) -> ZipPictures:
    """The pictures in two folders of a zip, cats and others: cats first, then in the order of their names.

    `file` is a path, the bytes themselves, or a file opened in binary mode. The folders lie side by side at
    any depth, and their pictures may lie in folders inside them. One is called cat or cats, with other words
    or without, the other non-cat, not cats, nocat or the like; if there are just two folders, the other may
    have any name. Files that cannot be used are listed. `report` is called with how many files are done, and
    of how many. PictureError, a sentence for the visitor, for what is no zip, for more than 50 MB, 2,000
    files, 200 MB unpacked or 500 pictures, and for fewer than 4 usable pictures or one class only.
    """
    content = bounded_content(file, MAX_BYTES, "zip")
    if not content.startswith(BEGINNINGS):
        raise PictureError("no_zip", wanted="zip")
    if content.count(CENTRAL) > MAX_ENTRIES:  # never fewer than zipfile would list
        raise PictureError("zip_files", most_files=MAX_ENTRIES, most=MAX_PICTURES)
    with _opened(content) as archive:
        sorting = _sorted(entries(archive.infolist()))
        _check_sizes(sorting.found)
        taken: list[tuple[Candidate, ByteArray]] = []
        for done, candidate in enumerate(sorting.found):
            if report:
                report(done, len(sorting.found))
            try:
                taken.append((candidate, load_picture(_unpacked(archive, candidate.entry.info))))
            except PictureError as problem:
                sorting.leave_out(candidate.entry, problem, candidate.cat)
    if report:
        report(len(sorting.found), len(sorting.found))
    return ZipPictures(_set(taken, sorting), tuple(sorting.left_out), sorting.folders)


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


def _sorted(every: Iterable[Entry]) -> Sorting:
    """Which files may be pictures, cats first, in the order of their names; and which are left out.

    PictureError if the two folders are missing, or occur in several places.
    """
    inside = [entry for entry in every if entry.leads_out or not (entry.is_folder or entry.is_junk)]
    sorting = Sorting(find_folders(entry.parts for entry in inside if not entry.leads_out))
    names = {"cats": sorting.folders.path(True), "others": sorting.folders.path(False)}
    for entry in inside:
        cat = None if entry.leads_out else sorting.folders.holds_cats(entry.parts)
        if entry.leads_out:
            sorting.leave_out(entry, PictureError("leads_out"))
        elif cat is None:
            sorting.leave_out(entry, PictureError("elsewhere", **names))
        elif problem := _problem_with(entry):
            sorting.leave_out(entry, problem, cat)
        else:
            sorting.found.append(Candidate(entry, cat))
    sorting.found.sort(key=lambda one: (not one.cat, _natural(one.entry.shown)))
    return sorting


def _problem_with(entry: Entry) -> PictureError | None:
    """Why a file must not be unpacked; None if it may be."""
    info = entry.info
    if splitext(entry.parts[-1])[1].casefold() in PACKED:
        return PictureError("nested")
    if len(entry.parts) > MAX_DEPTH:
        return PictureError("deep", most=MAX_DEPTH)
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


# ---- reading them


def _check_sizes(found: list[Candidate]) -> None:
    if len(found) > MAX_PICTURES:
        raise PictureError("zip_many", most=MAX_PICTURES, m=len(found))
    unpacked = sum(candidate.entry.info.file_size for candidate in found)
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


def _set(taken: list[tuple[Candidate, ByteArray]], sorting: Sorting) -> PictureSet:
    """The set of these pictures. PictureError if there are too few, or of one class only."""
    labels = np.array([candidate.cat for candidate, _ in taken], bool)
    for cat in (True, False):
        if not (labels == cat).any():
            reason = sorting.unusable.get(cat, sorting.left_out[0].reason)
            folder = sorting.folders.path(cat)
            raise PictureError("zip_unusable", folder=folder, reason=reason[0].lower() + reason[1:])
    if len(taken) < MIN_PICTURES:
        raise PictureError("zip_few", least=MIN_PICTURES, m=len(taken))
    names = tuple(_named(candidate.entry.parts[-1]) for candidate, _ in taken)
    return PictureSet(np.array([picture for _, picture in taken]), labels, names, (FAMILY,) * len(taken))


def _named(file: str) -> str:
    """The name of a picture: its file's without the ending, reduced to letters, digits and a few signs."""
    stem = splitext(shown(file))[0]
    plain = "".join(one if category(one)[0] in "LMN" or one in "-.,()'" else " " for one in stem)
    return " ".join(plain.split())[:MAX_NAME].strip() or "picture"
