"""A visitor's picture file, whatever it holds: 64x64 pixels in colour, or one plain sentence why not.

What a file says of itself, its kind and its size, is judged before anything is decoded.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from os import PathLike
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

File = str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO

SIDE: Final = 64  # pixels along each side of a picture
MAX_BYTES: Final = 50_000_000
MAX_PIXELS: Final = 25_000_000  # a good camera's; decoded these are 100 MB
TAKEN: Final = "JPEG, PNG, WebP, GIF or BMP"
READABLE: Final = {"JPEG": "JPEG", "PNG": "PNG", "GIF": "GIF", "BMP": "BMP", "WebP": "WEBP"}
"""Our name of a kind -> Pillow's."""
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
)
TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How the camera was held, in EXIF's numbers -> what turns its picture upright."""
# What Pillow raises on damaged files: mostly the first three, the others where it trusts a number.
DAMAGE: Final = (
    *(OSError, SyntaxError, ValueError),
    *(EOFError, LookupError, MemoryError, OverflowError, TypeError, struct.error, zlib.error),
)
_one_at_a_time = Lock()


class PictureError(ValueError):
    """A file that is not taken as a picture; the message is one sentence for the visitor."""


def load_picture(file: File) -> NDArray[np.uint8]:
    """The picture in a file, (64, 64, 3) in RGB: upright, on white, cut to its central square, resized.

    `file` is a path, the bytes themselves, or a file opened in binary, which is read from its beginning. The
    kind is told by content: JPEG, PNG, WebP, BMP, or the first frame of a GIF. PictureError for all else;
    OSError only for a path that cannot be read.
    """
    content = _content(file)
    kind = _kind(content)
    if kind is None:
        raise PictureError(f"This file is not a picture that can be read here; please choose {TAKEN}.")
    if kind not in READABLE:
        raise PictureError(
            f"This is a file of the kind {kind}, which is not read here; please choose {TAKEN}."
        )
    with _quietly():
        try:
            with Image.open(BytesIO(content), formats=[READABLE[kind]]) as image:
                _check_size(*image.size)  # Pillow has read no more than the header yet
                return np.array(_upright(image, _small_square(image)))
        except Image.DecompressionBombError:
            raise _too_many_pixels("far") from None
        except PictureError:
            raise
        except DAMAGE:
            raise _damaged(kind) from None


def _content(file: File) -> bytes:
    if isinstance(file, str | PathLike):
        with Path(file).open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    elif isinstance(file, bytes | bytearray | memoryview):
        content = bytes(file[: MAX_BYTES + 1])
    else:
        if file.seekable():
            file.seek(0)
        content = file.read(MAX_BYTES + 1)
    if not isinstance(content, bytes):
        raise ValueError(f"file must be opened in binary mode; it gave {type(content).__name__}")
    if not content:
        raise PictureError(f"This file is empty; please choose a picture as {TAKEN}.")
    if len(content) > MAX_BYTES:
        raise PictureError(f"This file is larger than {MAX_BYTES // 10**6} MB; please choose a smaller one.")
    return content


def _kind(content: bytes) -> str | None:
    """What a file is by its first bytes, None for what nobody would call a picture."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    if content[4:8] == b"ftyp":
        return "AVIF" if content[8:12] in {b"avif", b"avis"} else "HEIC or video"
    if content[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<svg" in content[:2000]:
        return "SVG"
    return next((kind for beginning, kind in BEGINNINGS if content.startswith(beginning)), None)


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels(f"{width} x {height},")


def _too_many_pixels(how_many: str) -> PictureError:
    return PictureError(
        f"This picture has too many pixels, {how_many} more than the {MAX_PIXELS // 10**6} million "
        "that are taken; please choose a smaller one."
    )


def _damaged(kind: str) -> PictureError:
    return PictureError(
        f"This {kind} file is damaged or not complete, so there is no picture to read; please choose another."
    )


@contextmanager
def _quietly() -> Iterator[None]:
    # Python's filter of warnings belongs to all threads: two that change it at once may leave it changed.
    # That one picture is decoded at a time also bounds the memory that many visitors need together.
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _small_square(image: Image.Image) -> Image.Image:
    """The central square of an image just opened, as RGB of 64x64 pixels, turned as it is stored."""
    image.draft(None, (4 * SIDE, 4 * SIDE))  # lets a JPEG decode to an eighth; others ignore it
    image.load()
    whole = _resizable(image)
    side = min(whole.size)
    left, top = (whole.width - side) / 2, (whole.height - side) / 2
    box = (left, top, left + side, top + side)  # fractions keep the centre; reducing_gap keeps it quick
    small = whole.resize((SIDE, SIDE), Image.Resampling.LANCZOS, box, reducing_gap=3.0)
    if small.mode not in {"LA", "RGBA"}:
        return small.convert("RGB")
    white = Image.new("RGBA", small.size, "white")
    return Image.alpha_composite(white, small.convert("RGBA")).convert("RGB")


def _resizable(image: Image.Image) -> Image.Image:
    """The image in a mode whose pixels can be averaged: colours themselves, 8 bits, transparency as alpha."""
    if image.mode.startswith("I"):  # 16 bits of grey; Pillow's own conversion would cut off at 255
        values = np.asarray(image)
        grey = Image.fromarray((values >> 8).astype(np.uint8))
        if "transparency" in image.info:
            grey.putalpha(
                Image.fromarray(np.where(values == image.info["transparency"], 0, 255).astype(np.uint8))
            )
        return grey
    if image.has_transparency_data and image.mode not in {"LA", "RGBA"}:
        return image.convert("RGBA")
    return image.convert("RGB") if image.mode in {"1", "P"} else image


def _upright(image: Image.Image, square: Image.Image) -> Image.Image:
    """`square` turned as the EXIF of `image` says; as it is if there is none or it cannot be read."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except DAMAGE:  # the pixels are fine
        return square
    turn = TURNS.get(orientation) if isinstance(orientation, int) else None
    return square if turn is None else square.transpose(turn)
