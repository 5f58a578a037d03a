"""What the names in a zip say: the path of each file, and which two folders hold the pictures.

A name is bytes, and only some zips say how they are encoded. Old packers on Windows used the code page of
their country, and backslashes between folders.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from unicodedata import category, normalize
from zipfile import ZipInfo

from explainer.pictures.files import PictureError
from explainer.words import COMMON

Parts = tuple[str, ...]
"""The folders of a path, from the outermost, and the file's own name last."""

UTF_8: Final = 0x800
"""The flag of an entry whose name is encoded in UTF-8."""
DOUBLE_BYTE: Final = {
    "cp932": (frozenset([0x82, 0x83, *range(0x88, 0x98)]), 0x40),
    "gbk": (frozenset(range(0xB0, 0xD8)), 0xA1),
    "big5": (frozenset(range(0xA4, 0xC7)), 0x40),
}
"""Code pages of Japan, China, Taiwan -> first bytes of the characters in daily use, their least second byte.

In two of them a character's second byte can be that of a backslash.
"""
LONE: Final = re.compile(
    r"(?<![^\x00-\x7f])(?:(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z]))(?![^\x00-\x7f])"
)
"""One foreign character beside a Latin letter: most likely an accented letter of another code page."""
JUNK: Final = {".ds_store", "thumbs.db", "desktop.ini"}
"""Files that operating systems add to folders."""
MAX_PATH: Final = 120
MAX_FOLDER: Final = 40  # characters of a folder's path in a sentence
MARKS: Final = frozenset(r"\`*[]<>$~:|#")
MAX_DEPTH: Final = 20
"""Folders within folders that are looked at."""
LISTED: Final = 3
"""How many folders or files a refusal names."""

CATS: Final = {"cat", "cats", "kitten", "kittens"}
JOINED: Final = {negation + cat for negation in ("non", "not", "no") for cat in ("cat", "cats")}
NEGATIONS: Final = {"non", "not", "no", "without"}
MIXTURES: Final = {"and", "or", "vs", "versus", "dog", "dogs", "other", "others"}
"""With one of these words, a folder is not plainly that of the cats."""
CAT, OTHER = "cat", "non-cat"


@dataclass(frozen=True)
class Entry:
    """A file or folder of a zip, with its `name` as it was meant."""

    info: ZipInfo
    name: str

    @cached_property
    def parts(self) -> Parts:
        """The path, split at slashes and backslashes."""
        return tuple(part for part in re.split(r"[/\\]", self.name) if part not in ("", "."))

    @property
    def is_folder(self) -> bool:
        return not self.parts or self.name.endswith(("/", "\\"))

    @property
    def leads_out(self) -> bool:
        """Whether a program that unpacks the zip could be led out of its folder by this name."""
        odd = self.name.startswith(("/", "\\")) or "\0" in self.name or re.match("[A-Za-z]:", self.name)
        return bool(odd) or ".." in self.parts

    @property
    def is_junk(self) -> bool:
        """Whether it was added by an operating system."""
        *folders, last = (part.casefold() for part in self.parts)
        return "__macosx" in folders or last in JUNK or last.startswith("._")

    @property
    def shown(self) -> str:
        return shown(self.name)


@dataclass(frozen=True)
class Folders:
    """The two folders: `base`, the path of the folder that holds both, and of each name whether it is of
    cats.

    A kind may have several spellings, such as Cat and cat. `named` says whether the names of both kinds were
    understood, or the second was taken for the other one only because there are just two.
    """

    base: Parts
    cats: Mapping[str, bool]
    named: bool

    def holds_cats(self, parts: Parts) -> bool | None:
        """Whether a file belongs to the cats; None if to neither, or if a folder inside says otherwise."""
        depth = len(self.base)
        if parts[:depth] != self.base or len(parts) < depth + 2:
            return None
        cats = self.cats.get(parts[depth])
        opposite = OTHER if cats else CAT
        return None if opposite in map(meant, parts[depth + 1 : -1]) else cats

    def path(self, cats: bool) -> str:
        """The path of the folder of cats, or of the other one, as it is shown."""
        return folder_text((*self.base, next(name for name, is_cats in self.cats.items() if is_cats == cats)))


# ---- names


def entries(infos: Iterable[ZipInfo]) -> list[Entry]:
    """The entries of a zip with their names; those that do not state their encoding share one."""
    infos = list(infos)
    unstated = {info: info.orig_filename.encode("cp437") for info in infos if not info.flag_bits & UTF_8}
    encoding = _encoding(b"\n".join(unstated.values()))
    return [
        Entry(info, unstated[info].decode(encoding) if info in unstated else info.orig_filename)
        for info in infos
    ]


def _encoding(names: bytes) -> str:
    """The encoding of names that do not state it: UTF-8, a code page of East Asia, or the old default."""
    if names.isascii():
        return "ascii"
    with suppress(UnicodeDecodeError):
        names.decode("utf-8")
        return "utf-8"
    shares = {page: _share_in_use(names, page) for page in DOUBLE_BYTE}
    best = max(shares, key=lambda page: shares[page])
    return best if shares[best] > 0.5 else "cp437"


def _share_in_use(names: bytes, page: str) -> float:
    """Read in this code page, the share of the characters beyond ASCII that are in daily use, not `LONE`."""
    try:
        text = names.decode(page)
    except UnicodeDecodeError:
        return 0.0
    firsts, least = DOUBLE_BYTE[page]
    used = 0
    for one, count in Counter(LONE.sub("", text)).items():
        code = one.encode(page)
        used += count * (len(code) == 2 and code[0] in firsts and code[1] >= least)
    return used / sum(one > "\x7f" for one in text)


def shown(path: str, most: int = MAX_PATH) -> str:
    """A path as it is shown: without control characters, and only the end of a long one."""
    plain = "".join(one for one in normalize("NFC", path[-2 * most :]) if category(one)[0] != "C")
    return plain[-most:].strip()


def folder_text(parts: Parts) -> str:
    """The path of a folder as a sentence names it, with a slash at its end."""
    return _in_sentence("/".join(parts)) + "/"


def _in_sentence(name: str) -> str:
    """The end of a name, without characters that would format the sentence."""
    return "".join("·" if one in MARKS else one for one in shown(name, MAX_FOLDER))


# ---- which two folders


def meant(folder: str) -> str | None:
    """What a folder's name says it holds: `CAT`, `OTHER`, or None if it does not say it plainly."""
    words = set(re.findall("[a-z]+", re.sub("(?<=[a-z])(?=[A-Z])", " ", folder).casefold()))
    if words & JOINED or (words & CATS and words & NEGATIONS):
        return OTHER
    return CAT if words & CATS and not words & MIXTURES else None


def find_folders(paths: Iterable[Parts]) -> Folders:
    """The two folders that files with these paths lie in. PictureError, which names what there is, if not.

    They lie side by side at any depth; of several pairs the outermost counts. Where no folder is named as the
    other one, it is the second of exactly two.
    """
    paths = [path for path in paths if len(path) <= MAX_DEPTH]
    inside: dict[Parts, set[str]] = {}
    for path in paths:
        for depth in range(len(path) - 1):
            inside.setdefault(path[:depth], set()).add(path[depth])
    named, taken = [], []
    for base, names in inside.items():
        kinds = {name: meant(name) for name in sorted(names)}
        if {CAT, OTHER} <= set(kinds.values()):
            cats = {name: kind == CAT for name, kind in kinds.items() if kind}
            named.append(Folders(base, cats, named=True))
        elif len(kinds) == 2 and set(kinds.values()) == {CAT, None}:
            taken.append(Folders(base, {name: kind == CAT for name, kind in kinds.items()}, named=False))
    found = sorted(named or taken, key=lambda pair: (len(pair.base), pair.base))
    if not found:
        raise _no_folders(paths)
    if len(found) > 1 and len(found[0].base) == len(found[1].base):
        raise PictureError("zip_pairs", first=folder_text(found[0].base), second=folder_text(found[1].base))
    return found[0]


def _no_folders(paths: list[Parts]) -> PictureError:
    """Why no two folders were found, with the folders or files that are there instead."""
    if not paths:
        return PictureError("zip_nothing", wanted="zip")
    course = next((path[-1] for path in paths if path[-1].casefold().endswith((".h5", ".hdf5"))), None)
    if course is not None:
        return PictureError("zip_course", name=_in_sentence(course))
    folders = sorted({path[:-1] for path in paths} - {()})
    if not folders:
        return PictureError("zip_files_only", found=_listed([path[-1] for path in paths]), wanted="zip")
    kinds = {kind for folder in folders if (kind := meant(folder[-1]))}
    found = _listed([folder_text(folder) for folder in folders])
    if len(folders) == 1 and kinds:
        return PictureError("zip_alone", missing=(OTHER if CAT in kinds else CAT), found=found)
    if kinds == {CAT, OTHER}:
        return PictureError("zip_apart", found=found)
    return PictureError("zip_unclear", found=found)


def _listed(names: Iterable[str]) -> str:
    """The first few names; how many more there are."""
    names = [_in_sentence(name) for name in names]
    if len(names) == 1:
        return names[0]
    if len(names) <= LISTED:
        return str(COMMON["files"]["and"].format(first=", ".join(names[:-1]), last=names[-1]))
    more = len(names) - LISTED
    return str(COMMON["files"]["and_more"].format(first=", ".join(names[:LISTED]), count=more))
