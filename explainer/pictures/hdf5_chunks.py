"""Where the chunks of an array lie in files of newer HDF5 writers, which pyfive does not read.

After the "HDF5 File Format Specification": data layout messages of versions 4 and 5, the fixed array index.
"""

from itertools import product
from math import prod
from typing import Any, Final

import numpy as np

LAYOUT: Final = 8
"""The type of the message that says how an array's numbers are laid out."""
NEWER: Final = (4, 5)
CHUNKED: Final = 2
SINGLE, IMPLICIT, FIXED_ARRAY = 1, 2, 3
"""The kinds of index that are read: those of arrays that cannot grow."""
EDGES_UNPACKED, PACKED = 1, 2
"""Flags of the layout: chunks at the edge are not packed; the single chunk is packed."""
ADDRESS: Final = 8  # bytes
MASK: Final = 4
CHECKSUM: Final = 4
NOWHERE: Final = 2**64 - 1
"""The address of a chunk that was never written."""

Chunk = tuple[int, int, int]
"""Its address, its length in bytes, and a mask of the filters that were left out."""


class UnknownIndexError(ValueError):
    """The chunks are found in a way that is not read here."""


class NewerArray:
    """A chunked array, described by pyfive as `found`; it has what is used of pyfive's own datasets."""

    layout_class = CHUNKED

    def __init__(self, found: Any) -> None:
        self._file, self.filter_pipeline = found.fh, found.filter_pipeline
        self.shape, self.dtype = tuple(found.shape), np.dtype(found.ptype.dtype)
        take = _Reader(found.msg_data, found.find_msg_type(LAYOUT)[0]["offset_to_message"] + 2)
        self._flags, rank, width = take(1), take(1), take(1)
        *self.chunks, _ = (take(width) for _ in range(rank))  # the last one is that of an element
        self._kind = take(1)
        can_grow = tuple(found.maxshape or self.shape) != self.shape
        if can_grow or self._kind not in (SINGLE, IMPLICIT, FIXED_ARRAY) or self._flags & EDGES_UNPACKED:
            raise UnknownIndexError
        self._size, self._mask = prod(self.chunks) * self.dtype.itemsize, 0
        if self._kind == SINGLE and self._flags & PACKED:
            self._size, self._mask = take(8), take(MASK)
        elif self._kind == FIXED_ARRAY:
            take(1)
        self._address = take(ADDRESS)
        self._chunks: dict[tuple[int, ...], Chunk] | None = None

    @property
    def id(self) -> "NewerArray":
        """Where pyfive keeps what is stored."""
        return self

    def get_num_chunks(self) -> int:
        """How many chunks there are. OSError where the file ends too early."""
        return len(self._found())

    def read_direct_chunk(self, start: tuple[int, ...]) -> tuple[int, bytes]:
        """The mask and the bytes of the chunk that begins at these places."""
        address, size, mask = self._found()[start]
        return mask, self._read(address, size)

    def _found(self) -> dict[tuple[int, ...], Chunk]:
        if self._chunks is None:
            steps = (range(0, side, step) for side, step in zip(self.shape, self.chunks, strict=True))
            starts = list(product(*steps))
            listed = zip(starts, self._listed(len(starts)), strict=True)
            self._chunks = {start: chunk for start, chunk in listed if chunk[0] != NOWHERE}
        return self._chunks

    def _listed(self, count: int) -> list[Chunk]:
        """All chunks, row by row; some may never have been written."""
        if self._address == NOWHERE:
            return [(NOWHERE, 0, 0)] * count
        if self._kind == FIXED_ARRAY:
            return self._fixed_array(count)
        return [(self._address + k * self._size, self._size, self._mask) for k in range(count)]

    def _fixed_array(self, count: int) -> list[Chunk]:
        """The entries of a fixed array, which stands in pages if they are many."""
        take = _Reader(self._read(self._address, 8 + 8 + ADDRESS), 0)
        if take.bytes(4) != b"FAHD":
            raise OSError("there is no fixed array")
        take(1)
        is_packed, width, per_page = take(1), take(1), 1 << take(1)
        if take(8) != count:
            raise OSError("the fixed array has another length")
        block = take(ADDRESS)
        head, pages = 6 + ADDRESS, -(-count // per_page) if count > per_page else 0
        in_use = b"\xff"
        if pages:
            head += -(-pages // 8) + CHECKSUM
            in_use = self._read(block + 6 + ADDRESS, -(-pages // 8))
        found: list[Chunk] = []
        for page in range(max(1, pages)):
            entries = min(per_page, count - len(found)) if pages else count
            if in_use[page // 8] >> (7 - page % 8) & 1:
                take = _Reader(self._read(block + head, entries * width), 0)
                found += [self._entry(take, width if is_packed else 0) for _ in range(entries)]
            else:
                found += [(NOWHERE, 0, 0)] * entries
            head += per_page * width + CHECKSUM
        return found

    def _entry(self, take: "_Reader", width: int) -> Chunk:
        """The next entry, of `width` bytes if chunks are packed, and so of several sizes."""
        address = take(ADDRESS)
        return (address, take(width - ADDRESS - MASK), take(MASK)) if width else (address, self._size, 0)

    def _read(self, address: int, size: int) -> bytes:
        self._file.seek(address)
        content: bytes = self._file.read(size)
        return content


class _Reader:
    """Takes one little-endian number after another out of bytes. IndexError at their end."""

    def __init__(self, content: bytes, at: int) -> None:
        self._content, self._at = content, at

    def bytes(self, size: int) -> bytes:
        self._at += size
        if size < 0 or self._at > len(self._content):
            raise IndexError("the bytes end here")
        return self._content[self._at - size : self._at]

    def __call__(self, size: int) -> int:
        return int.from_bytes(self.bytes(size), "little")


def is_newer(found: Any) -> bool:
    """Whether pyfive's description of an array says that its chunks are stored in a newer way."""
    messages = found.find_msg_type(LAYOUT)
    version, kind = found.msg_data[messages[0]["offset_to_message"] :][:2]
    return version in NEWER and kind == CHUNKED
