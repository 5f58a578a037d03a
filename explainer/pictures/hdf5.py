"""Arrays in an HDF5 file of a visitor, read so that no file, whatever it holds, takes much memory or time.

pyfive reads the structure, in pure Python. It believes what it reads, so it is given a file that is measured:
structures that lead in circles, or announce far more than there is, end where the measure ends.
"""

import struct
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from itertools import product
from math import prod
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

SIGNATURE: Final = b"\x89HDF\r\n\x1a\n"
MAX_STRUCTURE: Final = (1_000, 128_000)
"""Reads and bytes that it may take to open a file, or to find an array in it; mostly it is 30 and 1,000."""
MAX_CHUNKS: Final = 20_000
MAX_UNPACKED: Final = 64_000_000  # bytes of an array, where its last chunks reach beyond it too
GZIP, SHUFFLE = 1, 2
CHUNKED: Final = 2
# What pyfive and NumPy raise on damaged files; pyfive's own is added where it is imported.
DAMAGE: Final = (
    *(OSError, AssertionError, ValueError, LookupError, TypeError, NameError, AttributeError),
    *(ArithmeticError, RuntimeError, MemoryError, struct.error, zlib.error),
)
_one_at_a_time = Lock()


class Hdf5Error(ValueError):
    """A file, or an array in it, that is not read here; the message says why, in the middle of a sentence."""


class Measured(BytesIO):
    """Bytes that can be read so often and so much, and never beyond their end; OSError for more."""

    path = "a visitor's file"  # pyfive asks for it

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.size = len(content)
        self.allow(0, 0)

    def allow(self, reads: int, num_bytes: int) -> None:
        """From now on, so many reads of so many bytes in all."""
        self._reads, self._bytes = reads, num_bytes

    def read(self, size: int | None = -1, /) -> bytes:
        """Exactly `size` bytes."""
        if size is None or not 0 <= size <= self._bytes or not self._reads:
            raise OSError("more is read than this file should take")
        self._reads, self._bytes = self._reads - 1, self._bytes - size
        content = super().read(size)
        if len(content) < size:
            raise OSError("the file ends here")
        return content


class StoredArray:
    """An array in a file: its shape and its kind of numbers, before anything of it is read."""

    def __init__(self, dataset: Any, file: Measured) -> None:
        self._stored, self._dataset, self._file = dataset.id, dataset, file
        self.shape: tuple[int, ...] = tuple(dataset.shape)
        self.dtype: np.dtype[Any] = np.dtype(dataset.dtype)

    def read(self) -> NDArray[Any]:
        """The array. Hdf5Error if it is damaged, too large, or packed otherwise than by gzip."""
        with _understood():
            filters = [one["filter_id"] for one in self._stored.filter_pipeline or ()]
            if not set(filters) <= {GZIP, SHUFFLE}:
                raise Hdf5Error("it is packed in a way that is not read here, only gzip is")
            if self.dtype.hasobject or prod(self.shape) * self.dtype.itemsize > MAX_UNPACKED:
                raise Hdf5Error("it is far too large")
            if self._stored.layout_class == CHUNKED:
                return self._from_chunks(filters)
            self._file.allow(2, prod(self.shape) * self.dtype.itemsize)
            if self._stored.layout_class == 1:
                self._stored.set_pseudo_chunk_size(0)  # in pieces it would add zeros where the file ends
            array: NDArray[Any] = np.asarray(self._dataset[()], self.dtype).reshape(self.shape)
            return array

    def _from_chunks(self, filters: list[int]) -> NDArray[Any]:
        """Unpacked here, for pyfive would unpack whatever comes."""
        shape, chunk = self.shape, tuple(self._stored.chunks)
        if len(chunk) != len(shape) or not all(chunk):
            raise Hdf5Error("its chunks do not fit it")
        counts = [-(-side // step) for side, step in zip(shape, chunk, strict=True)]
        num_bytes = prod(chunk) * self.dtype.itemsize
        if prod(counts) > MAX_CHUNKS or prod(counts) * num_bytes > MAX_UNPACKED:
            raise Hdf5Error("it is stored in too many or too large chunks")
        self._file.allow(2 * prod(counts) + 20, 200 * prod(counts) + 10_000)
        whole: NDArray[Any] = np.empty(shape, self.dtype)
        if prod(counts) != self._stored.get_num_chunks():
            raise Hdf5Error("its chunks are not complete")
        self._file.allow(prod(counts), self._file.size)
        for place in product(*map(range, counts)):
            start = tuple(step * k for step, k in zip(chunk, place, strict=True))
            mask, packed = self._stored.read_direct_chunk(start)
            used = [one for k, one in enumerate(filters) if not mask >> k & 1]
            values = np.frombuffer(_unpacked(packed, used, num_bytes, self.dtype.itemsize), self.dtype)
            part = whole[tuple(slice(at, at + step) for at, step in zip(start, chunk, strict=True))]
            part[...] = values.reshape(chunk)[tuple(map(slice, part.shape))]
        return whole


def _unpacked(content: bytes, filters: list[int], num_bytes: int, itemsize: int) -> bytes:
    """A chunk of `num_bytes` bytes, by the way back through its filters."""
    for one in reversed(filters):
        if one == GZIP:
            unpacking = zlib.decompressobj()
            content = unpacking.decompress(content, num_bytes + 1)
            if not unpacking.eof:
                raise Hdf5Error("one of its chunks is damaged")
        else:  # first bytes of all numbers, second bytes of all ...
            content = np.frombuffer(content, np.uint8).reshape(itemsize, -1).T.tobytes()
    return content


class ArrayFile:
    """The arrays at the top of an HDF5 file, by name."""

    def __init__(self, group: Any, file: Measured) -> None:
        self._group, self._file = group, file
        self.names = frozenset(group)

    def __getitem__(self, name: str) -> StoredArray:
        """What is known of one of them, before it is read. Hdf5Error if it is none that can be read."""
        with _understood():
            self._file.allow(*MAX_STRUCTURE)
            link = self._group._links[name]
            found = None if isinstance(link, str) else self._group._get_dataobjects(link)
            if found is None or not found.is_dataset:
                raise Hdf5Error("it is no array")
            found._cached_attributes = {}  # of no use here, and there are some that keep pyfive busy for ever
            return StoredArray(self._group.get_lazy_view(name), self._file)


@contextmanager
def opened(content: bytes) -> Iterator[ArrayFile]:
    """The arrays in an HDF5 file, by these bytes. Hdf5Error if they are none or damaged."""
    with _one_at_a_time, closing(Measured(content)) as file:
        with _understood():
            file.allow(*MAX_STRUCTURE)
            arrays = ArrayFile(_pyfive().File(file), file)
        yield arrays


@contextmanager
def _understood() -> Iterator[None]:
    """What pyfive stumbles over, said by Hdf5Error."""
    damage = (*DAMAGE, _pyfive().core.InvalidHDF5File)
    try:
        yield
    except Hdf5Error:
        raise
    except damage:
        raise Hdf5Error("it is damaged, not complete, or of a kind that is not read here") from None


def _pyfive() -> Any:
    """Imported when the first such file comes: it takes a sixth of a second."""
    import pyfive

    return pyfive
