"""Whatever file a visitor brings: the right picture, or one plain sentence."""

import re
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explainer import pictures
from explainer.pictures import PictureError, bundled, load_picture, to_png
from explainer.pictures import files as picture_files
from explainer.words import COMMON
from tests.pictures.heic import PLAIN as ORANGE
from tests.pictures.heic import heic

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 200, 40), (30, 40, 210), (240, 220, 40)
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
QUARTERS = (RED, GREEN, BLUE, YELLOW)  # upper left, upper right, lower left, lower right
GREYS = tuple((grey,) * 3 for grey in (10, 90, 170, 250))


def image(mode: str = "RGB", size: int = 48, colours: tuple[tuple[int, ...], ...] = QUARTERS) -> Image.Image:
    """Four quarters in four colours."""
    pixels = np.array(colours, np.uint8).reshape(2, 2, -1).repeat(size // 2, 0).repeat(size // 2, 1)
    return Image.fromarray(pixels).convert(mode)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def see_through(mode: str = "RGBA") -> Image.Image:
    """The upper left quarter is transparent."""
    picture = image("RGBA")
    picture.paste((9, 9, 9, 0), (0, 0, 24, 24))
    return picture.convert(mode)


def png(size: tuple[int, int], depth: int, colour: int, rows: bytes, *extra: tuple[bytes, bytes]) -> bytes:
    """A PNG chunk by chunk, whatever it says of itself."""
    head = struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, 0)
    chunks = [(b"IHDR", head), *extra, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    parts = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def deep_png(colour: int, *extra: tuple[bytes, bytes]) -> bytes:
    """16 bits a channel, grey (colour 0) or RGB (colour 2): GREYS or QUARTERS, and a little more of each."""
    values = np.array(GREYS if colour == 0 else QUARTERS, ">u2").reshape(2, 2, 3) * np.uint16(
        256
    ) + np.uint16(100)
    values = values.repeat(24, 0).repeat(24, 1)[..., : 1 if colour == 0 else 3].astype(">u2")
    rows = b"".join(b"\0" + row.tobytes() for row in values)
    return png((48, 48), 16, colour, rows, *extra)


def shallow_png(depth: int) -> bytes:
    """Grey of 2 or 4 bits: the highest value, which is the transparent one, then 1, 2, 3 (of 2 bits: 0)."""
    top, per_byte = 2**depth - 1, 8 // depth

    def half(value: int) -> bytes:
        return bytes([sum(value << (depth * k) for k in range(per_byte))]) * (24 // per_byte)

    upper, lower = (b"\0" + half(a) + half(b) for a, b in ((top, 1), (2, 3 if depth == 4 else 0)))
    return png((48, 48), depth, 0, upper * 24 + lower * 24, (b"tRNS", struct.pack(">H", top)))


def patched(content: bytes, at: int, data: bytes) -> bytes:
    return content[:at] + data + content[at + len(data) :]


def exif(orientation: object) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags.tobytes()


BROKEN_EXIF = b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12\0\x03\xff\xff\xff\xff"
OTHER_FRAME = image(colours=(BLACK, BLACK, BLACK, BLACK))
FRAMES = {"save_all": True, "append_images": [OTHER_FRAME]}
KEYED = (WHITE, *QUARTERS[1:])
RIGHT = {
    "jpeg": (saved(image(), "JPEG", quality=95), QUARTERS),
    "jpeg-progressive": (saved(image(), "JPEG", quality=95, progressive=True), QUARTERS),
    "jpeg-grey": (saved(image(colours=GREYS).convert("L"), "JPEG", quality=95), GREYS),
    "jpeg-cmyk": (saved(image("CMYK"), "JPEG", quality=95), QUARTERS),
    "jpeg-large": (saved(image(size=1600), "JPEG", quality=95), QUARTERS),
    "jpeg-and-more-after-it": (saved(image(), "JPEG", quality=95) + b"<html>" * 99, QUARTERS),
    "jpeg-and-a-film-after-it": (saved(image(), "JPEG", quality=95) + b"\xff\xda" * 999, QUARTERS),
    "jpeg-broken-exif": (saved(image(), "JPEG", quality=95, exif=BROKEN_EXIF), QUARTERS),
    "jpeg-exif-no-tiff": (saved(image(), "JPEG", quality=95, exif=b"Exif\0\0nothing"), QUARTERS),
    "jpeg-orientation-9": (saved(image(), "JPEG", quality=95, exif=exif(9)), QUARTERS),
    "jpeg-orientation-0": (saved(image(), "JPEG", quality=95, exif=exif(0)), QUARTERS),
    "jpeg-two-pictures": (saved(image(), "MPO", quality=95, **FRAMES), QUARTERS),
    "png": (saved(image(), "PNG"), QUARTERS),
    "png-grey": (saved(image(colours=GREYS).convert("L"), "PNG"), GREYS),
    "png-black-and-white": (
        saved(image("1", colours=(WHITE, BLACK, BLACK, WHITE)), "PNG"),
        (WHITE, BLACK, BLACK, WHITE),
    ),
    "png-palette": (saved(image().quantize(8), "PNG"), QUARTERS),
    "png-palette-transparent": (saved(see_through().quantize(8), "PNG"), KEYED),
    "png-alpha": (saved(see_through(), "PNG"), KEYED),
    "png-grey-alpha": (saved(Image.new("LA", (20, 20), (0, 0)), "PNG"), (WHITE,) * 4),
    "png-half-alpha": (saved(Image.new("RGBA", (20, 20), (0, 0, 0, 128)), "PNG"), ((127,) * 3,) * 4),
    "png-key": (saved(image(), "PNG", transparency=RED), KEYED),
    "png-grey-key": (saved(image(colours=GREYS).convert("L"), "PNG", transparency=10), (WHITE, *GREYS[1:])),
    "png-16-bit-grey": (deep_png(0), GREYS),
    "png-16-bit-grey-key": (deep_png(0, (b"tRNS", struct.pack(">H", 2660))), (WHITE, *GREYS[1:])),
    "png-16-bit": (deep_png(2), QUARTERS),
    "png-16-bit-key": (deep_png(2, (b"tRNS", struct.pack(">HHH", *(256 * c + 100 for c in RED)))), KEYED),
    "png-4-bit-grey-key": (shallow_png(4), (WHITE, *((17 * v,) * 3 for v in (1, 2, 3)))),
    "png-2-bit-grey-key": (shallow_png(2), (WHITE, *((85 * v,) * 3 for v in (1, 2, 0)))),
    "png-animated": (saved(image(), "PNG", **FRAMES), QUARTERS),
    "png-broken-exif": (saved(image(), "PNG", exif=BROKEN_EXIF), QUARTERS),
    "png-zero-profile": (saved(image(), "PNG", icc_profile=b"\0" * 200), QUARTERS),
    "png-1x1": (saved(Image.new("RGB", (1, 1), RED), "PNG"), (RED,) * 4),
    "png-1x500": (saved(Image.new("RGB", (1, 500), RED), "PNG"), (RED,) * 4),
    "png-3000x2": (saved(Image.new("L", (3000, 2), 90), "PNG"), ((90,) * 3,) * 4),
    "webp": (saved(image(), "WEBP", quality=95), QUARTERS),
    "webp-lossless-alpha": (saved(see_through(), "WEBP", lossless=True), KEYED),
    "webp-animated": (saved(image(), "WEBP", lossless=True, **FRAMES), QUARTERS),
    "png-exif-no-tiff": (saved(image(), "PNG", exif=b"Exif\0\0nothing at all"), QUARTERS),
    "webp-exif-no-tiff": (saved(image(), "WEBP", lossless=True, exif=b"Exif\0\0nothing at all"), QUARTERS),
    "webp-broken-exif": (saved(image(), "WEBP", lossless=True, exif=BROKEN_EXIF), QUARTERS),
    "gif": (saved(image().quantize(8), "GIF"), QUARTERS),
    "gif-transparent": (saved(see_through(), "GIF"), KEYED),
    "gif-animated": (saved(image().quantize(8), "GIF", **FRAMES), QUARTERS),
    "gif-no-canvas": (patched(saved(image().quantize(8), "GIF"), 6, bytes(4)), QUARTERS),
    "bmp": (saved(image(), "BMP"), QUARTERS),
    "bmp-palette": (saved(image().quantize(8), "BMP"), QUARTERS),
    "heic": (heic(), QUARTERS),
    "heic-of-any-picture": (heic(brands=(b"mif1", b"miaf", b"heic")), QUARTERS),
    "heic-in-parts": (heic(ORANGE, tiles=(3, 2)), ((220, 120, 30),) * 4),
}
"""A file -> the colours of its four quarters."""

PLAIN = {
    kind: saved(image(), kind.upper(), **({"lossless": True} if kind == "webp" else {}))
    for kind in ("jpeg", "png", "webp", "gif", "bmp")
}
BOMB = png((50_000, 50_000), 8, 2, b"\0" * 10_000)
HEIGHT_OF_JPEG = PLAIN["jpeg"].find(b"\xff\xc0") + 5
FRAME_OF_GIF = PLAIN["gif"].find(b",\0\0\0\0\x30\0\x30\0") + 5
WRONG = {
    "empty": (b"", "empty"),
    "text": (b"Here, kitty!", "not a picture"),
    "text-like-bmp": (b"BM and nothing else", "BMP file is damaged"),
    "nul-bytes": (bytes(5000), "not a picture"),
    "random-bytes": (np.random.default_rng(0).bytes(5000), "not a picture"),
    "html": (b"<!doctype html><title>cat.jpg</title>", "saved web page"),
    "html-with-svg": (b"\n<HTML lang=en><body><svg></svg>", "saved web page"),
    "xhtml": (b'<?xml version="1.0"?><!DOCTYPE html><html><body>', "saved web page"),
    "page-of-chrome": (b"From: <Saved by Blink>\nSnapshot-Content-Location: cat.jpg", "saved web page"),
    "pointer": (b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 9\n", "pointer of Git LFS"),
    "json": (b'{"cat": true}', "not a picture"),
    "zip": (b"PK\3\4" + bytes(50), "kind zip are not read"),
    "sound": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(30), "not a picture"),
    "svg": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "tiff": (saved(image(), "TIFF"), "TIFF"),
    "photoshop": (b"8BPS\0\1" + bytes(20), "Photoshop"),
    "ico": (saved(image(), "ICO"), "ICO"),
    "pdf": (saved(image(), "PDF"), "PDF"),
    "heic-and-nothing": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(4000), "HEIC file is damaged"),
    "heic-half": (heic()[:-30], "HEIC file is damaged"),
    "heic-smaller-than-it-says": (heic(size=(6000, 6000)), "HEIC file is damaged"),
    "heic-larger-than-it-says": (heic(ORANGE, size=(64, 64)), "HEIC file is damaged"),
    "heic-of-another-codec": (heic(codec=b"av01"), "HEIC file is coded in a way"),
    "heic-64-megapixels": (heic(size=(8000, 8000)), "too many pixels, 8000 x 8000"),
    "heic-bomb": (heic(size=(50_000, 50_000)), "too many pixels"),
    "avif": (b"\0\0\0\x18ftypavif" + bytes(40), "AVIF"),
    "avif-of-any-picture": (heic(brands=(b"mif1", b"avif", b"miaf")), "AVIF"),
    "film": (heic(brands=(b"isom", b"mp42")), "kind video are not read"),
    "ppm": (saved(image(), "PPM"), "not a picture"),
    **{f"{kind}-half": (PLAIN[kind][: len(PLAIN[kind]) // 2], "damaged") for kind in PLAIN},
    **{f"{kind}-16-bytes": (PLAIN[kind][:16], "damaged") for kind in PLAIN},
    "png-a-little-short": (PLAIN["png"][:-40], "PNG file is damaged"),
    "png-flipped": (patched(PLAIN["png"], 60, b"\0\xff\0\xff"), "PNG file is damaged"),
    "png-no-pixels": (png((9, 9), 8, 2, b""), "PNG file is damaged"),
    "png-palette-without-palette": (png((9, 9), 8, 3, bytes(90)), "PNG file is damaged"),
    "png-odd-depth": (png((9, 9), 7, 2, bytes(900)), "PNG file is damaged"),
    "png-0x9": (png((0, 9), 8, 2, bytes(900)), "PNG file is damaged"),
    "gif-0x0": (patched(patched(PLAIN["gif"], 6, bytes(4)), FRAME_OF_GIF, bytes(4)), "GIF file is damaged"),
    "bmp-0x0": (patched(PLAIN["bmp"], 18, bytes(8)), "BMP file is damaged"),
    "webp-other-inside": (patched(PLAIN["webp"], 12, b"ABCD"), "WebP file is damaged"),
    "png-bomb": (BOMB, "too many pixels"),
    "png-51-megapixels": (png((7200, 7100), 8, 2, b""), r"too many pixels, 7200 x 7100"),
    "png-100-megapixels": (png((10_000, 10_000), 1, 0, b""), "too many pixels"),
    "jpeg-bomb": (patched(PLAIN["jpeg"], HEIGHT_OF_JPEG, b"\xff\xff\xff\xff"), "too many pixels"),
    "gif-bomb": (patched(PLAIN["gif"], 6, b"\xff\xff\xff\xff"), "too many pixels"),
    "gif-frame-bomb": (patched(PLAIN["gif"], FRAME_OF_GIF, b"\xff\xff\xff\xff"), "too many pixels"),
    "bmp-bomb": (patched(PLAIN["bmp"], 18, struct.pack("<ii", 60_000, 60_000)), "too many pixels"),
    "webp-bomb": (patched(PLAIN["webp"], 21, struct.pack("<I", 0x0FFFFFFF)), "too many pixels"),
    "webp-100-megapixels": (
        patched(PLAIN["webp"], 21, struct.pack("<I", 9999 << 14 | 9999)),
        "too many pixels, 10000 x 10000",
    ),
}
"""A file -> what its refusal says."""


def quarters(picture: np.ndarray) -> np.ndarray:
    """The mean colour in the middle of each quarter."""
    return np.array([picture[r : r + 12, c : c + 12].mean((0, 1)) for r in (10, 42) for c in (10, 42)])


def one_plain_sentence(message: str) -> bool:
    forbidden = ("Error", "Traceback", "PIL", "Pillow", "0x", "_", "\n", "<")
    return (
        message.endswith(".") and message[:-1].count(". ") == 0 and not any(f in message for f in forbidden)
    )


@pytest.mark.parametrize("name", RIGHT)
def test_a_readable_file_is_the_right_picture(name):
    content, colours = RIGHT[name]
    picture = load_picture(content)
    assert picture.shape == (64, 64, 3)
    assert picture.dtype == np.uint8
    np.testing.assert_allclose(quarters(picture), colours, atol=14 if "cmyk" in name else 7)


@pytest.mark.parametrize("name", WRONG)
def test_any_other_file_is_refused_in_plain_words(name):
    content, says = WRONG[name]
    with pytest.raises(PictureError, match=says) as refusal:
        load_picture(content)
    assert one_plain_sentence(str(refusal.value))
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


def test_the_corpus_is_large_enough():
    assert len(RIGHT) + len(WRONG) >= 60


def test_too_many_bytes_are_not_read(monkeypatch):
    monkeypatch.setattr(picture_files, "MAX_BYTES", 10**6)
    for file in (bytes(10**6 + 1), BytesIO(bytes(10**7))):
        with pytest.raises(PictureError, match="larger than 1 MB"):
            load_picture(file)
    assert picture_files.bounded_content(bytes(10**6), 10**6, "another") == bytes(10**6)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright(kind, orientation):
    """Stored as a camera held so would store it: by the inverse of what EXIF asks for."""
    turn = picture_files.TURNS.get(orientation)
    inverse = {
        Image.Transpose.ROTATE_90: Image.Transpose.ROTATE_270,
        Image.Transpose.ROTATE_270: Image.Transpose.ROTATE_90,
    }
    upright = image()
    stored = upright if turn is None else upright.transpose(inverse.get(turn, turn))
    assert turn is None or np.any(np.asarray(stored) != np.asarray(upright))
    picture = load_picture(saved(stored, kind, quality=95, exif=exif(orientation)))
    np.testing.assert_allclose(quarters(picture), QUARTERS, atol=7)


@pytest.mark.parametrize(
    ("orientation", "upper_left"),
    [(1, RED), (2, GREEN), (3, YELLOW), (4, BLUE), (5, RED), (6, BLUE), (7, YELLOW), (8, GREEN)],
)
def test_the_turns_are_those_of_the_exif_standard(orientation, upper_left):
    """What is at the upper left once upright, of a picture stored with red at its own upper left."""
    picture = load_picture(saved(image(), "PNG", exif=exif(orientation)))
    np.testing.assert_allclose(quarters(picture)[0], upper_left, atol=2)


@pytest.mark.parametrize("turns", range(4))
def test_a_heic_is_turned_as_it_says_itself(turns):
    picture = load_picture(heic(quarter_turns=turns))
    upright = np.rot90(np.array(QUARTERS).reshape(2, 2, 3), turns)  # both count anticlockwise
    np.testing.assert_allclose(quarters(picture), upright.reshape(4, 3), atol=7)


@pytest.mark.parametrize("wide", [True, False])
def test_the_square_is_cut_from_the_middle(wide):
    pixels = np.zeros((300, 501, 3), np.uint8)
    pixels[:, :100] = pixels[:, -100:] = (255, 0, 0)
    pixels[:, 101:-101] = (0, 0, 255)
    picture = load_picture(saved(Image.fromarray(pixels if wide else pixels.swapaxes(0, 1)), "PNG"))
    assert picture[..., 0].max() < 30
    np.testing.assert_array_equal(picture, picture[::-1, ::-1])


def test_reducing_and_enlarging_are_smooth():
    """A fine chequerboard becomes its mean, not a pattern; four pixels become a slope, not steps."""
    fine = np.indices((640, 640)).sum(0) % 2 * np.uint8(255)
    assert np.ptp(load_picture(saved(Image.fromarray(fine.astype(np.uint8)), "PNG")).astype(int)) <= 2
    coarse = load_picture(saved(Image.fromarray(np.array([[0, 255]] * 2, np.uint8)), "PNG"))
    assert len(np.unique(coarse[32, :, 0])) > 15


def test_64x64_pixels_stay_what_they_are():
    pixels = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    for kind in ("PNG", "BMP"):
        np.testing.assert_array_equal(load_picture(saved(Image.fromarray(pixels), kind)), pixels)


def test_paths_and_open_files_are_taken_whatever_their_name_and_place(tmp_path):
    content, colours = RIGHT["jpeg"]
    path = tmp_path / "cat.txt"
    path.write_bytes(content)
    used = BytesIO(content)
    used.read()
    with path.open("rb") as opened:
        for file in (path, str(path), opened, used, bytearray(content), memoryview(content)):
            np.testing.assert_allclose(quarters(load_picture(file)), colours, atol=7)


class OnlyRead:
    """What a pipe is like: it can be read, once."""

    def read(self, count: int) -> bytes:
        return RIGHT["jpeg"][0][:count]


def test_what_can_only_be_read_is_read_from_where_it_stands():
    np.testing.assert_allclose(quarters(load_picture(OnlyRead())), RIGHT["jpeg"][1], atol=7)


def closed() -> BytesIO:
    file = BytesIO(PLAIN["png"])
    file.close()
    return file


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("no such picture.png", "no file called no such picture.png"),
        ("", "cannot be opened"),
        (Path(__file__).parent, "cannot be opened"),
        ("a\0b", "cannot be opened"),
        (closed(), "cannot be opened"),
        (StringIO("text"), "is no file"),
        (None, "is no file"),
        (3, "is no file"),
        ([PLAIN["png"]], "is no file"),
        (iter([PLAIN["png"]]), "is no file"),
    ],
)
def test_what_cannot_be_read_and_what_is_no_file_is_refused(file, message):
    with pytest.raises(PictureError, match=message) as refusal:
        load_picture(file)
    assert one_plain_sentence(str(refusal.value))


def test_a_jpeg_of_a_thousand_layers_is_refused_before_it_is_decoded():
    """Each layer is decoded over the whole picture: this one would take many seconds."""
    layered = saved(Image.new("RGB", (2000, 2000), "orange"), "JPEG", progressive=True)
    last = layered.rindex(b"\xff\xda")
    assert load_picture(layered).shape == (64, 64, 3)
    with pytest.raises(PictureError, match="far too many layers"):
        load_picture(layered[:-2] + 1000 * layered[last:-2] + b"\xff\xd9")


@pytest.mark.parametrize(
    "name",
    [
        *("jpeg-orientation-9", "jpeg-progressive", "webp", "gif-animated", "gif-transparent", "bmp"),
        *("png-alpha", "png-16-bit-key", "png-16-bit-grey-key", "png-4-bit-grey-key"),
        *("png-palette", "png-palette-transparent", "heic", "heic-in-parts"),
    ],
)
def test_damage_anywhere_ends_in_a_picture_or_a_refusal(name):
    content, _ = RIGHT[name]
    rng = np.random.default_rng(0)
    for k in range(120):
        damaged = bytearray(content[: rng.integers(len(content))] if k % 3 == 0 else content)
        for _ in range(rng.integers(1, 5) if damaged else 0):
            damaged[rng.integers(min(len(damaged), 200 if k % 2 else len(damaged)))] = rng.integers(256)
        if name.startswith("png"):
            damaged = with_right_sums(damaged)
        try:
            assert load_picture(bytes(damaged)).shape == (64, 64, 3)
        except PictureError as refusal:
            assert one_plain_sentence(str(refusal))


def with_right_sums(content: bytearray) -> bytearray:
    """A damaged PNG whose chunks have the right checksums, so that what is in them is looked at."""
    at = 8
    while at + 12 <= len(content):
        end = at + 8 + int.from_bytes(content[at : at + 4])
        content[end : end + 4] = struct.pack(">I", zlib.crc32(content[at + 4 : end]))[: len(content[end:])]
        at = end + 4
    return content


PEAKS = """
import os, sys
from pathlib import Path
from PIL import Image
from explainer.pictures import PictureError, load_picture
Image.init()
def kilobytes(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
def measure(path):
    before, said = kilobytes("VmRSS"), ""
    try:
        load_picture(path)
    except PictureError as refusal:
        said = refusal
    print(kilobytes("VmHWM") - before, said, flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        measure(line.rstrip("\\n"))
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
"""
"""For each path that comes in: the kB that reading it took at most, and what was said if it was refused.

Each is read by a process of its own, which begins as a copy: so nothing has to be imported anew.
"""


@pytest.fixture(scope="module")
def peaks() -> Iterator[subprocess.Popen[str]]:
    command, root = [sys.executable, "-c", PEAKS], Path(__file__).parents[2]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as running:
        yield running
        running.communicate()
    assert running.returncode == 0


def peak(peaks: subprocess.Popen[str], path: Path, content: bytes) -> tuple[int, str]:
    """Kilobytes, and the refusal."""
    path.write_bytes(content)
    assert peaks.stdin is not None and peaks.stdout is not None
    print(path, file=peaks.stdin, flush=True)
    taken, _, said = peaks.stdout.readline().partition(" ")
    return int(taken), said.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory a process took at most")
@pytest.mark.parametrize("name", [name for name in WRONG if name.endswith(("bomb", "megapixels"))])
def test_a_bomb_costs_no_memory(name, tmp_path, peaks):
    taken, said = peak(peaks, tmp_path / "bomb", WRONG[name][0])
    assert "too many pixels" in said
    assert taken < 10_000  # kB; decoded the smallest of them has 150 MB


def large(name: str) -> bytes:
    """The largest files that are taken of the kinds that need most; blank, and so quickly made."""
    if name == "heic":
        return heic(ORANGE, tiles=(17, 11))  # 49 million pixels
    kind, mode, side, options = LARGE[name]
    return saved(Image.new(mode, (side, side)), kind, **options)


QUICK = {"compress_level": 1}
LARGE = {
    "png-rgba": ("PNG", "RGBA", 7070, QUICK),
    "png-grey-alpha": ("PNG", "LA", 7070, QUICK),
    "png-palette-transparent": ("PNG", "P", 7070, {"transparency": bytes(range(256)), **QUICK}),
    "png-16-bit-grey": ("PNG", "I;16", 7070, QUICK),
    "gif-transparent": ("GIF", "P", 7070, {"transparency": 7}),
    "webp-lossless": ("WEBP", "RGBA", 3900, {"lossless": True, "method": 0, "quality": 0}),
    "jpeg-progressive": ("JPEG", "RGB", 6380, {"progressive": True, "subsampling": 0}),
    "jpeg": ("JPEG", "RGB", 7070, {}),
}


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory a process took at most")
@pytest.mark.parametrize("name", [*LARGE, "heic"])
def test_the_largest_picture_of_each_kind_takes_at_most_250_mb(name, tmp_path, peaks):
    taken, said = peak(peaks, tmp_path / "large", large(name))
    assert not said, "refused, so that nothing was measured"
    assert taken * 1024 <= 250e6


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [("WEBP", "RGB", {"method": 0}), ("JPEG", "CMYK", {"progressive": True})],
)
def test_what_would_take_more_memory_is_refused(kind, mode, options):
    content = saved(Image.new(mode, (6000, 6000)), kind, **options)
    with pytest.raises(PictureError, match="6000 x 6000 pixels would take too much memory") as refusal:
        load_picture(content)
    assert one_plain_sentence(str(refusal.value))


def test_the_colour_under_what_is_transparent_does_not_show():
    """A fine chequerboard of black that is seen and red that is not: grey, without a trace of red."""
    pixels = np.zeros((1280, 1280, 4), np.uint8)
    pixels[..., 3] = np.indices((1280, 1280)).sum(0) % 2 * 255
    pixels[pixels[..., 3] == 0] = (255, 0, 0, 0)
    np.testing.assert_allclose(load_picture(saved(Image.fromarray(pixels), "PNG")), 127, atol=2)


def test_many_at_once_get_their_own_picture():
    names, found = list(RIGHT)[:12], {}
    readers = [
        threading.Thread(target=lambda name=name: found.update({name: load_picture(RIGHT[name][0])}))
        for name in names
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    for name in names:
        np.testing.assert_array_equal(found[name], load_picture(RIGHT[name][0]))


def test_a_png_shows_each_pixel_as_a_square() -> None:
    picture = bundled().pictures[0]
    with Image.open(BytesIO(to_png(picture, 3))) as image:
        shown = np.asarray(image)
    assert shown.shape == (192, 192, 3)
    assert (shown.reshape(64, 3, 64, 3, 3) == picture[:, None, :, None]).all()


def test_every_kind_of_problem_has_its_sentence_and_every_sentence_its_kind() -> None:
    """Of all that is raised for a visitor's file, also by those who build on `PictureError`."""
    package = Path(pictures.__file__).parents[1]
    code = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    texts = COMMON["files"]
    asked = {*re.findall(r'PictureError\(\s*"(\w+)"', code), *re.findall(r'_left_out\([^"]*"(\w+)"\)', code)}
    asked |= {f"weights_{kind}" for kind in re.findall(r'_wrong\("(\w+)"', code)} | {"few", "many"}
    asked |= set(re.findall(r'COMMON\["files"\]\["(\w+)"\]', code))
    assert asked == {kind for kind, text in texts.items() if isinstance(text, str)}
    assert set(re.findall(r'Hdf5Error\("(\w+)"\)', code)) == set(texts["problem"])
    wanted = re.findall(r'wanted="(\w+)"', code) + re.findall(r'MAX_BYTES, "(\w+)"\)', code)
    assert set(wanted) == set(texts["wanted"])


def test_a_problem_tells_its_kind_its_details_and_its_sentence() -> None:
    problem = PictureError("empty", wanted="zip")
    assert (problem.kind, problem.details) == ("empty", {"wanted": "zip"})
    assert (
        str(problem)
        == "This file is empty, so a download or copy of it was not finished; please fetch it again, "
        "or choose a zip of two folders of pictures, cat/ and non-cat/."
    )
