"""HEIC files written box by box around tiny pictures in HEVC: nothing that the app runs on can encode any."""

import struct
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Coded:
    """A square picture in HEVC: its side in pixels, how it is to be decoded, and itself."""

    side: int
    configuration: bytes
    content: bytes


QUARTERS: Final = Coded(
    64,
    bytes.fromhex(
        "0103700000000000000000001ef000fcfdf8f800000f03200001001840010c01ffff03700000030090000003000003001eba"
        "0240210001002b42010103700000030090000003000003001ea020810596ea4929ae6e04040c080000030008000003000840"
        "22000100074401c172b02240"
    ),
    bytes.fromhex(
        "000000382801af1380e6a870d3fffda051fff0099e1f93dd112ab7d378dff6bb5ffee7bdb4fff676851f8e742ffcd983feb1"
        "f8e730ff4a3aa7c95b1c"
    ),
)
"""Red, green, blue and yellow, from the upper left to the lower right."""
PLAIN: Final = Coded(
    512,
    bytes.fromhex(
        "0103700000000000000000005af000fcfdf8f800000f03200001001840010c01ffff03700000030090000003000003005aba"
        "0240210001002c42010103700000030090000003000003005aa004020080596ea4929ae6e04040c080000003008000000300"
        "8422000100074401c172b06240"
    ),
    bytes.fromhex(
        "0000006e2801af19105db14a4a11f77c8537b4df597fede82ff460578acff2c6ca3cea01c217a3100163a6b73a807a8568f2"
        "00000300ff9305a8e00000030000073487000003000003000028e000000300000300000f5800000300000300011f00000300"
        "00030005b4000003000003000f98"
    ),
)
"""Orange."""
NOTHING: Final = bytes(4)


def box(name: bytes, *parts: bytes, full: bytes = b"") -> bytes:
    """A box; `full` is its version and flags, where it has them."""
    content = full + b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + name + content


def heic(
    coded: Coded = QUARTERS,
    size: tuple[int, int] = (0, 0),
    quarter_turns: int = 0,
    tiles: tuple[int, int] = (1, 1),
    brands: tuple[bytes, ...] = (b"heic", b"mif1"),
    codec: bytes = b"hvc1",
) -> bytes:
    """A picture, which says that it has this `size` if one is given, and that it is turned anticlockwise.

    It consists of `tiles` (columns, rows), all alike; phones store large pictures in such parts.
    """
    columns, rows = tiles
    width, height = size if any(size) else (columns * coded.side, rows * coded.side)
    properties = (
        box(b"hvcC", coded.configuration),
        box(b"ispe", struct.pack(">II", coded.side, coded.side), full=NOTHING),
        box(b"ispe", struct.pack(">II", width, height), full=NOTHING),
        box(b"irot", bytes([quarter_turns])),
    )
    grid = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, width, height)
    if columns * rows == 1:
        items, grid = [(codec, bytes([0x81, 3, 4]))], b""
    else:
        items = [(b"grid", bytes([3, 4]))] + columns * rows * [(codec, bytes([0x81, 2]))]
    head = box(b"ftyp", brands[0], NOTHING, *brands)
    start = len(head) + len(_meta(items, properties, 0, grid, coded)) + 8
    return head + _meta(items, properties, start, grid, coded) + box(b"mdat", grid, coded.content)


def _meta(
    items: list[tuple[bytes, bytes]], properties: tuple[bytes, ...], start: int, grid: bytes, coded: Coded
) -> bytes:
    """The items by kind, with the numbers of their properties, the first one main; and where they begin."""
    names, count = range(1, len(items) + 1), struct.pack(">H", len(items))
    content = (start + len(grid), len(coded.content))
    places = [(start, len(grid)) if kind == b"grid" else content for kind, _ in items]
    parts = struct.pack(f">HH{len(items) - 1}H", 1, len(items) - 1, *names[1:])
    located = (struct.pack(">HHHII", name, 0, 1, *place) for name, place in zip(names, places, strict=True))
    named = (
        box(b"infe", struct.pack(">HH4sx", name, 0, kind), full=b"\2\0\0\0")
        for name, (kind, _) in zip(names, items, strict=True)
    )
    used = (struct.pack(">HB", name, len(own)) + own for name, (_, own) in zip(names, items, strict=True))
    return box(
        b"meta",
        box(b"hdlr", NOTHING, b"pict", bytes(13), full=NOTHING),
        box(b"pitm", struct.pack(">H", 1), full=NOTHING),
        box(b"iloc", b"\x44\0", count, *located, full=NOTHING),
        box(b"iinf", count, *named, full=NOTHING),
        box(b"iref", box(b"dimg", parts), full=NOTHING) if grid else b"",
        box(b"iprp", box(b"ipco", *properties), box(b"ipma", bytes(2), count, *used, full=NOTHING)),
        full=NOTHING,
    )
