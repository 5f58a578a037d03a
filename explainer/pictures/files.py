"""Reads a visitor's picture file as 64x64 pixels in colour, or says in one sentence why that is impossible.

The file may hold anything: its kind and its size are checked before anything is decoded. Also writes PNG.
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
from typing import Any, BinaryIO, Final, Protocol

import numpy as np
from PIL import ExifTags, Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from explainer.maths.checks import ByteArray
from explainer.pictures import heic
from explainer.pictures.columns import SIDE, checked
from explainer.pictures.kinds import is_pointer, is_web_page, kind_of
from explainer.words import COMMON

File = str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO

MAX_BYTES: Final = 50_000_000
MAX_PIXELS: Final = 50_000_000  # phones take pictures of 48 million; decoded they take 200 MB
MAX_MEMORY: Final = 245_000_000  # bytes that reading one picture may take
STRIP: Final = 250_000  # pixels that are converted at a time, so that no second whole picture is needed
MAX_SCANS: Final = 100  # a progressive JPEG has about 10; each is decoded over the whole picture
MAX_PARTS: Final = 5_000  # segments of any kind in a JPEG; each takes Pillow a few microseconds
MARKER: Final = re.compile(rb"\xff[\x02-\xcf\xd8-\xfe]")  # begins a JPEG segment that states its length
READABLE: Final = {"JPEG": "JPEG", "PNG": "PNG", "GIF": "GIF", "BMP": "BMP", "WebP": "WEBP"}
"""The name of a kind -> Pillow's. HEIC is read otherwise."""
TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF's number for how the camera was held -> what turns the picture upright."""
KEY_SCALES: Final = {"L;2": 85, "L;4": 17}
"""How Pillow unpacks a PNG's grey -> the factor that it applies to values, but not to the transparent one."""
# What Pillow raises on damaged files: mostly the first three, the others where it trusts a wrong number, and
# AssertionError where an announced palette is missing.
DAMAGE: Final = (
    *(OSError, SyntaxError, ValueError, AssertionError, AttributeError),
    *(EOFError, LookupError, MemoryError, ArithmeticError, TypeError, struct.error, zlib.error),
)
_one_at_a_time = Lock()


class PictureError(ValueError):
    """A visitor's file that cannot be used: the `kind` of problem, and `details` that say what and where.

    Its text is one sentence for the visitor, from the table *files* of the common words. The details `wanted`
    and `problem` name texts in the tables *files.wanted* and *files.problem*.
    """

    def __init__(self, kind: str, /, **details: Any) -> None:
        text = COMMON["files"]
        shown = {
            name: text[name][value] if isinstance(text.get(name), dict) else value
            for name, value in details.items()
        }
        super().__init__(text[kind].format(**shown))
        self.kind = kind
        self.details = details


def load_picture(file: File) -> ByteArray:
    """The picture in a file, (64, 64, 3) in RGB: upright, on white, cut to its central square, resized.

    `file` is a path, the bytes themselves, or a file opened in binary mode: read from its beginning or, if it
    cannot seek, from its current position. The content tells the kind: JPEG, PNG, HEIC, WebP, BMP, or the
    first frame of a GIF. PictureError for all else, also for what cannot be read or is no file, for more than
    50 million pixels, and for what would take more than 250 MB to read: WebP above 15 million pixels, some
    progressive JPEGs above 40 million. A PNG's transparent colour of 16 bits is compared by its upper 8 bits.
    """
    content = bounded_content(file, MAX_BYTES, "picture")
    kind = kind_of(content)
    if kind is None:
        raise PictureError("no_picture")
    if kind not in {*READABLE, "HEIC"}:
        raise PictureError("other_kind", kind=kind)
    scans = _scans(content) if kind == "JPEG" else 1
    with _quietly():
        return _from_heic(content) if kind == "HEIC" else _from_pillow(content, kind, scans)


def _from_pillow(content: bytes, kind: str, scans: int) -> ByteArray:
    try:
        with Image.open(BytesIO(content), formats=[READABLE[kind]]) as image:
            _check_pixels(image.width, image.height)  # Pillow has only read the header yet
            _check_memory(image, kind, len(content), scans)
            _load(image)
            return np.array(_upright(image, _central_square(image)))
    except Image.DecompressionBombError:
        raise PictureError("pixels_far", millions=MAX_PIXELS // 10**6) from None
    except PictureError:
        raise
    except DAMAGE:
        raise PictureError("damaged", kind=kind) from None


def _from_heic(content: bytes) -> ByteArray:
    try:
        image = heic.Heic(content)
        _check_pixels(image.width, image.height)
        image.load()
        return np.array(_central_square(image))
    except PictureError:
        raise
    except SyntaxError:
        raise PictureError("coded", kind="HEIC") from None
    except heic.DAMAGE:
        raise PictureError("damaged", kind="HEIC") from None


def _read(file: File, at_most: int) -> bytes:
    """OSError or ValueError for what cannot be read."""
    if isinstance(file, str | PathLike):
        with Path(file).open("rb") as opened:
            return opened.read(at_most)
    if isinstance(file, bytes | bytearray | memoryview):
        return bytes(file[:at_most])
    if getattr(file, "seekable", bool)():
        file.seek(0)
    return file.read(at_most)


def bounded_content(file: File, limit: int, wanted: str) -> bytes:
    """The bytes of a file. PictureError if there are none, or more than `limit`: the rest is not read.

    Also for what only stands in place of a file: a pointer of Git LFS, a web page. `wanted` names what to
    choose instead, in the words' table *files.wanted*.
    """
    if not isinstance(file, str | PathLike | bytes | bytearray | memoryview) and not hasattr(file, "read"):
        raise PictureError("no_file")
    try:
        content = _read(file, limit + 1)
    except FileNotFoundError as missing:
        raise PictureError("missing", name=missing.filename) from None
    except (OSError, TypeError, ValueError):
        raise PictureError("unreadable") from None
    if not isinstance(content, bytes):
        raise PictureError("no_file")
    if not content:
        raise PictureError("empty", wanted=wanted)
    if len(content) > limit:
        raise PictureError("large", megabytes=limit // 10**6)
    if is_pointer(content):
        raise PictureError("pointer")
    if is_web_page(content):
        raise PictureError("web_page")
    return content


def no_set(start: bytes) -> PictureError:
    """Why a file that begins with these bytes is no set of pictures: what it is instead."""
    try:
        bounded_content(start, MAX_BYTES, "set")
    except PictureError as problem:
        return problem
    kind = kind_of(start)
    return PictureError("neither") if kind is None else PictureError("neither_kind", kind=kind)


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise PictureError("pixels", width=width, height=height, millions=MAX_PIXELS // 10**6)


def _check_memory(image: ImageFile.ImageFile, kind: str, num_bytes: int, scans: int) -> None:
    """Limits the memory for decoding: an upper bound, measured for each kind."""
    pixels = image.width * image.height
    needed = 4 * pixels + num_bytes
    if kind == "WebP":  # the decoder holds two frames, its copy and Pillow's
        needed = 16 * pixels + 2 * num_bytes
    elif scans > 1 and isinstance(image, JpegImageFile):  # 16 bits for each number, until the last scan
        _, across, down, _ = zip(*image.layer, strict=True)
        shares = sum(h * v for h, v in zip(across, down, strict=True)) / (max(across) * max(down))
        needed = int(2 * pixels * shares) + num_bytes
    if needed > MAX_MEMORY:
        raise PictureError("memory", kind=kind, width=image.width, height=image.height)


def _scans(jpeg: bytes) -> int:
    """How many scans a JPEG has, each decoded over the whole picture. Data after its end is ignored."""
    scans, parts, at = 0, 0, 2
    while (marker := MARKER.search(jpeg, at)) and marker[0] != b"\xff\xd9":
        parts += 1
        scans += marker[0] == b"\xff\xda"
        if scans > MAX_SCANS or parts > MAX_PARTS:
            raise PictureError("layers")
        at = marker.end() + int.from_bytes(jpeg[marker.end() : marker.end() + 2])
    return scans


@contextmanager
def _quietly() -> Iterator[None]:
    # All threads share Python's filter of warnings: two that change it at once may leave it changed.
    # Decoding one picture at a time also bounds the memory that many visitors need together.
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _load(image: ImageFile.ImageFile) -> None:
    """Decodes an image just opened; a JPEG at up to an eighth of its size, which spares time and memory."""
    image.draft(None, (4 * SIDE, 4 * SIDE))
    _scale_key(image)
    image.load()
    if image.mode == "P" and image.palette is None:
        raise OSError("the palette is missing")


class Decoded(Protocol):
    """A picture whose parts can be cut out, as Pillow's can."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    def crop(self, box: tuple[int, int, int, int], /) -> Image.Image: ...


def _central_square(image: Decoded) -> Image.Image:
    """The central square of a decoded image, as 64x64 pixels in RGB."""
    side = min(image.width, image.height)
    left, top = (image.width - side) / 2, (image.height - side) / 2  # fractions keep the centre
    whole = (floor(left), floor(top), ceil(left + side), ceil(top + side))
    factor = max(1, side // (3 * SIDE))  # the smooth step needs three times the wanted size
    first = _reduced(image, whole, factor)
    x, y, wide = (left - whole[0]) / factor, (top - whole[1]) / factor, side / factor
    return first.resize((SIDE, SIDE), Image.Resampling.LANCZOS, (x, y, x + wide, y + wide))


def _scale_key(image: ImageFile.ImageFile) -> None:
    """Adapts a PNG's transparent colour, which Pillow leaves as in the file, to the depth of its pixels."""
    key, packed = image.info.get("transparency"), image.tile[0].args if image.tile else None
    if isinstance(key, int) and isinstance(packed, str) and packed in KEY_SCALES:
        image.info["transparency"] = key * KEY_SCALES[packed]
    elif isinstance(key, tuple) and packed == "RGB;16B":
        image.info["transparency"] = tuple(value >> 8 for value in key)


def _reduced(image: Decoded, box: tuple[int, int, int, int], factor: int) -> Image.Image:
    """The part of an image in a box, on white in RGB; each pixel is the mean of factor x factor pixels."""
    left, top, right, bottom = box
    small = Image.new("RGB", (ceil((right - left) / factor), ceil((bottom - top) / factor)))
    rows = factor * max(1, STRIP // (factor * (right - left)))
    for start in range(top, bottom, rows):
        strip = image.crop((left, start, right, min(start + rows, bottom)))
        small.paste(_on_white(strip).reduce(factor), (0, (start - top) // factor))
    return small


def _on_white(image: Image.Image) -> Image.Image:
    """The image in RGB with 8 bits; transparent parts become white before any pixels are averaged."""
    if image.mode.startswith("I"):  # 16-bit grey; Pillow's own conversion would cut off at 255
        values = np.asarray(image)
        seen = values != image.info.get("transparency", -1)
        return Image.fromarray(np.where(seen, values >> 8, 255).astype(np.uint8)).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")


def _upright(image: Image.Image, square: Image.Image) -> Image.Image:
    """`square` turned as the EXIF data of `image` says; unchanged if they are missing or damaged."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except DAMAGE:  # the pixels are fine
        return square
    turn = TURNS.get(orientation) if isinstance(orientation, int) else None
    return square if turn is None else square.transpose(turn)


def to_png(picture: ByteArray, times: int = 4) -> bytes:
    """A picture (s, s, 3) as a PNG file, each pixel enlarged to a block of times x times."""
    file = BytesIO()
    blocks = checked(picture[None])[0].repeat(times, axis=0).repeat(times, axis=1)
    Image.fromarray(blocks).save(file, "PNG", compress_level=1)
    return file.getvalue()
