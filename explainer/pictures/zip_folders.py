"""Which files of a zip may be pictures, in its folders cat/ and non-cat/, by what the zip says of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import splitext
from typing import Final
from unicodedata import category, normalize
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from explainer.pictures.files import PictureError

MAX_ENTRY: Final = 20_000_000  # bytes of a file, unpacked
MAX_RATIO: Final = 200
RATIO_FROM: Final = 1_000_000  # bytes; small files of one colour pack well
MAX_NAME: Final = 60
MAX_PATH: Final = 120
WANTED: Final = "a zip of two folders of pictures, cat/ and non-cat/"
SPELLINGS: Final = {"cat": "cat"} | dict.fromkeys(("non-cat", "noncat", "not-cat"), "non-cat")
JUNK: Final = {".ds_store", "thumbs.db", "desktop.ini"}
"""What systems put into folders, unasked."""
PACKED: Final = {".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"}
ZIP_IN_ZIP: Final = "A zip in a zip is not opened."


@dataclass(frozen=True)
class LeftOut:
    """A file of a zip that is not used, by its name there, and a sentence why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Candidate:
    """A file in one of the two folders, and its path as it can be shown."""

    info: ZipInfo
    path: str
    cat: bool


def candidates(infos: Iterable[ZipInfo]) -> tuple[list[Candidate], list[LeftOut]]:
    """The files that may be pictures, cats first, in the order of their names; and the others, but for junk.

    PictureError if the two folders are not there, or in several places.
    """
    found, left_out, paths = [], [], {}
    for info in infos:
        name = info.orig_filename
        if _leads_out(name):
            left_out.append(LeftOut(_shown(name), "Its name leads out of the zip."))
        elif not info.is_dir() and not _is_junk(name):
            paths[info] = PurePosixPath(name).parts
    base = _base(paths.values())
    for info, parts in paths.items():
        path, folder = _shown(info.orig_filename), _folder(parts)
        if folder is None or parts[:-2] != base:
            left_out.append(LeftOut(path, "It does not lie in the folder cat/ or non-cat/ itself."))
        elif reason := _reason_against(info):
            left_out.append(LeftOut(path, reason))
        else:
            found.append(Candidate(info, path, folder == "cat"))
    found.sort(key=lambda one: (not one.cat, _natural(one.path)))
    return found, left_out


def named(path: str) -> str:
    """What a picture is called: its file's name without ending, of letters, marks, digits and a few signs."""
    stem = PurePosixPath(path).stem
    plain = "".join(one if category(one)[0] in "LMN" or one in "-.,()'" else " " for one in stem)
    return " ".join(plain.split())[:MAX_NAME].strip() or "picture"


def _is_junk(name: str) -> bool:
    *folders, last = name.casefold().split("/")
    return "__macosx" in folders or last in JUNK or last.startswith("._")


def _leads_out(name: str) -> bool:
    odd = name.startswith("/") or "\\" in name or "\0" in name or re.match("[A-Za-z]:", name)
    return bool(odd) or ".." in name.split("/")


def in_folder(path: str) -> str | None:
    """Which of the two folders a file lies in, *cat* or *non-cat*, None for others."""
    return _folder(PurePosixPath(path).parts)


def _folder(parts: tuple[str, ...]) -> str | None:
    return SPELLINGS.get(re.sub("[ _]", "-", parts[-2].casefold())) if len(parts) > 1 else None


def _base(paths: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The folder that both folders lie in: none, or a single one."""
    bases = {parts[:-2] for parts in paths if _folder(parts) and len(parts) <= 3}
    if not bases:
        raise PictureError(f"There are no folders cat/ and non-cat/ in this zip; please choose {WANTED}.")
    if () in bases:
        return ()
    if len(bases) > 1:
        first, second = sorted(_shown(base[0]) for base in bases)[:2]
        raise PictureError(
            f"There are folders cat/ or non-cat/ in {first}/ and in {second}/ of this zip; please choose "
            "a zip of one of these alone."
        )
    return bases.pop()


def _reason_against(info: ZipInfo) -> str | None:
    """Why a file is not even unpacked."""
    if PurePosixPath(info.orig_filename).suffix.casefold() in PACKED:
        return ZIP_IN_ZIP
    if info.flag_bits & 1:
        return "It is encrypted."
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        return "It is packed in a way that is not read here."
    if info.file_size > MAX_ENTRY:
        return f"Unpacked it is larger than {MAX_ENTRY // 10**6} MB."
    if info.file_size > max(RATIO_FROM, MAX_RATIO * info.compress_size):
        return f"It is packed more than {MAX_RATIO} to 1, as no photograph is."
    return None


def _natural(path: str) -> list[tuple[int, str]]:
    """So that picture 10 comes after picture 9: numbers, at odd places, by their length first."""
    pieces = re.split("0*([0-9]+)", splitext(path)[0].casefold())
    return [(len(piece) if place % 2 else 0, piece) for place, piece in enumerate(pieces)]


def _shown(path: str) -> str:
    """A path as it can be shown: without control signs, and its end only if it is long."""
    plain = "".join(one for one in normalize("NFC", path[-2 * MAX_PATH :]) if category(one)[0] != "C")
    return plain[-MAX_PATH:].strip()
