"""Which kind of file somebody has brought, told by its content alone, whatever its name says."""

from typing import Final

BEGINNINGS: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\1\0", "ICO"),
    (b"%PDF", "PDF"),
    (b"\x89HDF\r\n\x1a\n", "HDF5"),
    (b"PK\3\4", "zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x1a\x45\xdf\xa3", "video"),
)
BRANDS: Final = {
    "HEIC": frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs")),
    "AVIF": frozenset((b"avif", b"avis")),
}
"""Kinds of pictures in ISO's media container by the brands that they name; all else in it is video."""
ANY_PICTURE: Final = frozenset((b"mif1", b"msf1"))
POINTER: Final = b"version https://git-lfs.github.com/spec/"
MARKUP: Final = (b"<!doctype html", b"<html")
ARCHIVED_PAGE: Final = b"From: <Saved by "
"""How a web page begins that Chrome has saved as a single file."""
BEFORE: Final = b"\xef\xbb\xbf \t\r\n"
"""What may stand before the first word of a text."""
LOOKED_AT: Final = 2_000  # bytes


def kind_of(content: bytes) -> str | None:
    """The kind of file by its first bytes, None if it is unknown."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    if content[4:8] == b"ftyp":
        return _container_kind(content)
    if content[:100].lstrip(BEFORE).startswith(b"<") and b"<svg" in content[:LOOKED_AT]:
        return "SVG"
    return next((kind for beginning, kind in BEGINNINGS if content.startswith(beginning)), None)


def _container_kind(content: bytes) -> str:
    """HEIC, AVIF or video: by the first brand, or where that stands for any picture, by the others."""
    first, end = content[8:12], min(int.from_bytes(content[:4]), LOOKED_AT)
    others = {content[at : at + 4] for at in range(16, end - 3, 4)}
    for brands in ({first}, others if first in ANY_PICTURE else set()):
        for kind, known in BRANDS.items():
            if brands & known:
                return kind
    return "HEIC" if first in ANY_PICTURE else "video"


def is_pointer(content: bytes) -> bool:
    """Whether this is what Git LFS leaves in a clone or a download in place of the file itself."""
    return content[:LOOKED_AT].lstrip(BEFORE).startswith(POINTER)


def is_web_page(content: bytes) -> bool:
    """Whether this is a web page, as it comes from a link to a page about a file."""
    text = content[:LOOKED_AT].lstrip(BEFORE)
    lower = text.lower()
    is_markup = lower.startswith(MARKUP) or (lower.startswith((b"<?xml", b"<!--")) and MARKUP[1] in lower)
    return is_markup or text.startswith(ARCHIVED_PAGE)
