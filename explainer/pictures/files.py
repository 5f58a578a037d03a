"""A visitor's picture file, whatever it holds: 64x64 pixels in colour, or one plain sentence why not.

What a file says of itself, its kind and its size, is judged before anything is decoded.
"""

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from math import ceil, floor
from os import PathLike
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile

File = str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO

SIDE: Final = 64  # pixels along each side of a picture
MAX_BYTES: Final = 50_000_000
MAX_PIXELS: Final = 25_000_000  # a good camera's; decoded these are 100 MB
MAX_MEMORY: Final = 145_000_000  # bytes that one picture may need while it is read
STRIP: Final = 250_000  # pixels that are converted at a time, so that no second whole picture is needed
MAX_SCANS: Final = 100  # a progressive JPEG has about 10; each one more is decoded over the whole picture
MAX_PARTS: Final = 5_000  # of any kind in a JPEG; each takes Pillow a few microseconds
MARKER: Final = re.compile(rb"\xff[\x02-\xcf\xd8-\xfe]")  # those of a JPEG that begin a part with a length
TAKEN: Final = "JPEG, PNG, WebP, GIF or BMP"
NO_FILE: Final = (
    "This is no file; what is taken is a path, the bytes of a file, or a file opened in binary mode."
)
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
KEY_SCALES: Final = {"L;2": 85, "L;4": 17}
"""How Pillow unpacks the grey of a PNG -> what it multiplies the values by, but not the transparent one."""
# What Pillow raises on damaged files: mostly the first three, the others where it trusts a number, and
# AssertionError where a palette that the header announces does not come.
DAMAGE: Final = (
    *(OSError, SyntaxError, ValueError, AssertionError, AttributeError),
    *(EOFError, LookupError, MemoryError, ArithmeticError, TypeError, struct.error, zlib.error),
)
_one_at_a_time = Lock()


class PictureError(ValueError):
    """A file that is not taken as a picture; the message is one sentence for the visitor."""


def load_picture(file: File) -> NDArray[np.uint8]:
    """The picture in a file, (64, 64, 3) in RGB: upright, on white, cut to its central square, resized.

    `file` is a path, the bytes themselves, or a file opened in binary: read from its beginning or, if it can
    only be read, from where it stands. The kind is told by content: JPEG, PNG, WebP, BMP, or the first frame
    of a GIF. PictureError for all else, also for what cannot be read and what is no file, and for what would
    take more than 150 MB to read: a WebP of more than 9 million pixels, some progressive JPEGs above 17.
    Where one of a PNG's colours of 16 bits is the transparent one, its upper 8 bits decide.
    """
    content = bounded_content(file, MAX_BYTES, f"a picture as {TAKEN}")
    kind = _kind(content)
    if kind is None:
        raise PictureError(f"This file is not a picture that can be read here; please choose {TAKEN}.")
    if kind not in READABLE:
        raise PictureError(f"This is a {kind} file, which is not read here; please choose {TAKEN}.")
    scans = _scans(content) if kind == "JPEG" else 1
    with _quietly():
        try:
            with Image.open(BytesIO(content), formats=[READABLE[kind]]) as image:
                _check_size(image, kind, len(content), scans)  # Pillow has read no more than the header yet
                return np.array(_upright(image, _small_square(image)))
        except Image.DecompressionBombError:
            raise _too_many_pixels("far") from None
        except PictureError:
            raise
        except DAMAGE:
            raise _damaged(kind) from None


def _read(file: File, at_most: int) -> bytes:
    """OSError, ValueError for what cannot be read."""
    if isinstance(file, str | PathLike):
        with Path(file).open("rb") as opened:
            return opened.read(at_most)
    if isinstance(file, bytes | bytearray | memoryview):
        return bytes(file[:at_most])
    if getattr(file, "seekable", bool)():
        file.seek(0)
    return file.read(at_most)


def bounded_content(file: File, limit: int, wanted: str) -> bytes:
    """The bytes of a file, read to one byte above the limit at most. PictureError for what has none.

    `wanted` is what to choose instead, in words.
    """
    if not isinstance(file, str | PathLike | bytes | bytearray | memoryview) and not hasattr(file, "read"):
        raise PictureError(NO_FILE)
    try:
        content = _read(file, limit + 1)
    except FileNotFoundError as missing:
        raise PictureError(f"There is no file called {missing.filename}; please choose another.") from None
    except (OSError, TypeError, ValueError):
        raise PictureError("This file cannot be opened and read; please choose another.") from None
    if not isinstance(content, bytes):
        raise PictureError(NO_FILE)
    if not content:
        raise PictureError(f"This file is empty; please choose {wanted}.")
    if len(content) > limit:
        raise PictureError(f"This file is larger than {limit // 10**6} MB; please choose a smaller one.")
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


def _check_size(image: ImageFile.ImageFile, kind: str, num_bytes: int, scans: int) -> None:
    """In pixels, and in memory: an upper bound of what decoding takes, measured kind by kind."""
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        raise _too_many_pixels(f"{image.width} x {image.height},")
    needed = 4 * pixels + num_bytes
    if kind == "WebP":  # the decoder keeps this frame and the one before, then hands out a copy for Pillow's
        needed = 16 * pixels + 2 * num_bytes
    elif scans > 1 and isinstance(image, JpegImageFile):  # 16 bits for each number, until the last layer
        _, across, down, _ = zip(*image.layer, strict=True)
        shares = sum(h * v for h, v in zip(across, down, strict=True)) / (max(across) * max(down))
        needed = int(2 * pixels * shares) + num_bytes
    if needed > MAX_MEMORY:
        raise PictureError(
            f"To read this {kind} file of {image.width} x {image.height} pixels would take too much memory; "
            "please choose a smaller one."
        )


def _scans(jpeg: bytes) -> int:
    """How many layers a JPEG is made of, each decoded over the whole picture; other data may follow them."""
    scans, parts, at = 0, 0, 2
    while (marker := MARKER.search(jpeg, at)) and marker[0] != b"\xff\xd9":
        parts += 1
        scans += marker[0] == b"\xff\xda"
        if scans > MAX_SCANS or parts > MAX_PARTS:
            raise PictureError("This JPEG file is made of far too many layers; please choose another.")
        at = marker.end() + int.from_bytes(jpeg[marker.end() : marker.end() + 2])
    return scans


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


def _small_square(image: ImageFile.ImageFile) -> Image.Image:
    """The central square of an image just opened, as RGB of 64x64 pixels, turned as it is stored."""
    image.draft(None, (4 * SIDE, 4 * SIDE))  # lets a JPEG decode to an eighth; others ignore it
    _scale_key(image)
    image.load()
    if image.mode == "P" and image.palette is None:
        raise OSError("the palette is missing")
    side = min(image.size)
    left, top = (image.width - side) / 2, (image.height - side) / 2  # fractions keep the centre
    whole = (floor(left), floor(top), ceil(left + side), ceil(top + side))
    factor = max(1, side // (3 * SIDE))  # three times as large as wanted is enough for the smooth step
    first = _reduced(image, whole, factor)
    x, y, wide = (left - whole[0]) / factor, (top - whole[1]) / factor, side / factor
    return first.resize((SIDE, SIDE), Image.Resampling.LANCZOS, (x, y, x + wide, y + wide))


def _scale_key(image: ImageFile.ImageFile) -> None:
    """Pillow gives the transparent colour of a PNG as it stands in the file, whatever depth it decodes to."""
    key, packed = image.info.get("transparency"), image.tile[0].args if image.tile else None
    if isinstance(key, int) and isinstance(packed, str) and packed in KEY_SCALES:
        image.info["transparency"] = key * KEY_SCALES[packed]
    elif isinstance(key, tuple) and packed == "RGB;16B":
        image.info["transparency"] = tuple(value >> 8 for value in key)


def _reduced(image: Image.Image, box: tuple[int, int, int, int], factor: int) -> Image.Image:
    """What is in a box, on white in RGB, with the means of factor x factor pixels as its pixels."""
    left, top, right, bottom = box
    small = Image.new("RGB", (ceil((right - left) / factor), ceil((bottom - top) / factor)))
    rows = factor * max(1, STRIP // (factor * (right - left)))
    for start in range(top, bottom, rows):
        strip = image.crop((left, start, right, min(start + rows, bottom)))
        small.paste(_on_white(strip).reduce(factor), (0, (start - top) // factor))
    return small


def _on_white(image: Image.Image) -> Image.Image:
    """The image in RGB, of 8 bits; what is transparent becomes white before any pixels are averaged."""
    if image.mode.startswith("I"):  # 16 bits of grey; Pillow's own conversion would cut off at 255
        values = np.asarray(image)
        seen = values != image.info.get("transparency", -1)
        return Image.fromarray(np.where(seen, values >> 8, 255).astype(np.uint8)).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")


def _upright(image: Image.Image, square: Image.Image) -> Image.Image:
    """`square` turned as the EXIF of `image` says; as it is if there is none or it cannot be read."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except DAMAGE:  # the pixels are fine
        return square
    turn = TURNS.get(orientation) if isinstance(orientation, int) else None
    return square if turn is None else square.transpose(turn)
