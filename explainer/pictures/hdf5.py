"""Reads arrays from a visitor's HDF5 file: no file, whatever it holds, can take much memory or time.

pyfive, in pure Python, reads the structure and trusts it. So it gets a file with a budget of reads and bytes,
which ends endless loops in damaged structures and sizes that are far too large.
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

from explainer.pictures.hdf5_chunks import NewerArray, UnknownIndexError, is_newer

SIGNATURE: Final = b"\x89HDF\r\n\x1a\n"
SIGNATURE_AT: Final = (0, 512, 1024, 2048)
"""Where the signature may stand: other data may come before it."""
PLACES: Final = {0: (24, 40), 1: (28, 44), 2: (12, 28), 3: (12, 28)}
"""Version of the superblock -> where it has the address of the beginning, and that of the end after it."""
MAX_STRUCTURE: Final = (1_000, 128_000)
"""The budget of reads and bytes for opening a file or finding an array in it; typical are 30 and 1,000."""
MAX_CHUNKS: Final = 20_000
MAX_UNPACKED: Final = 64_000_000  # bytes of an array, including what its last chunks hold beyond its edges
GZIP, SHUFFLE = 1, 2
CHUNKED: Final = 2
# What pyfive and NumPy raise on damaged files; pyfive's own error is added in `_understood`.
DAMAGE: Final = (
    *(OSError, AssertionError, ValueError, LookupError, TypeError, NameError, AttributeError),
    *(ArithmeticError, RuntimeError, MemoryError, struct.error, zlib.error),
)
_one_at_a_time = Lock()


class Hdf5Error(ValueError):
    """A file or an array that cannot be read; the text is a key of the words' table *files.problem*."""


class Measured(BytesIO):
    """A file in memory with a budget of reads and bytes. OSError beyond the budget or the file's end."""

    path = "a visitor's file"  # pyfive asks for it

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.size = len(content)
        self.allow(0, 0)

    @property
    def is_cut(self) -> bool:
        """Whether the file says of itself that it is longer: its end was not copied or downloaded."""
        content = self.getvalue()
        at = next((at for at in SIGNATURE_AT if content[at : at + len(SIGNATURE)] == SIGNATURE), 0)
        version = int.from_bytes(content[at + 8 : at + 9])
        base, end = (at + place for place in PLACES.get(version, PLACES[0]))
        said = (int.from_bytes(content[place : place + 8], "little") for place in (base, end))
        return len(content) < end + 8 or len(content) < sum(said)

    def allow(self, reads: int, num_bytes: int) -> None:
        """Sets the budget for the coming reads: their number, and their bytes in all."""
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
    """An array in a file: its shape and data type are known before its numbers are read."""

    def __init__(self, dataset: Any, file: Measured) -> None:
        self._stored, self._dataset, self._file = dataset.id, dataset, file
        self.shape: tuple[int, ...] = tuple(dataset.shape)
        self.dtype: np.dtype[Any] = np.dtype(dataset.dtype)

    def read(self) -> NDArray[Any]:
        """The numbers. Hdf5Error if they are damaged, too large, or compressed in another way than gzip."""
        with _understood(self._file):
            filters = [one["filter_id"] for one in self._stored.filter_pipeline or ()]
            if not set(filters) <= {GZIP, SHUFFLE}:
                raise Hdf5Error("packed")
            if self.dtype.hasobject or prod(self.shape) * self.dtype.itemsize > MAX_UNPACKED:
                raise Hdf5Error("large")
            if self._stored.layout_class == CHUNKED:
                return self._from_chunks(filters)
            self._file.allow(2, prod(self.shape) * self.dtype.itemsize)
            if self._stored.layout_class == 1:
                self._stored.set_pseudo_chunk_size(0)  # in pieces, pyfive would add zeros where the file ends
            array: NDArray[Any] = np.asarray(self._dataset[()], self.dtype).reshape(self.shape)
            return array

    def _from_chunks(self, filters: list[int]) -> NDArray[Any]:
        """Unpacks the chunks with a limit, which pyfive does not have."""
        shape, chunk = self.shape, tuple(self._stored.chunks)
        if len(chunk) != len(shape) or not all(chunk):
            raise Hdf5Error("chunks_fit")
        counts = [-(-side // step) for side, step in zip(shape, chunk, strict=True)]
        num_bytes = prod(chunk) * self.dtype.itemsize
        if prod(counts) > MAX_CHUNKS or prod(counts) * num_bytes > MAX_UNPACKED:
            raise Hdf5Error("chunks_many")
        self._file.allow(2 * prod(counts) + 20, 200 * prod(counts) + 10_000)
        whole: NDArray[Any] = np.empty(shape, self.dtype)
        if prod(counts) != self._stored.get_num_chunks():
            raise Hdf5Error("chunks_missing")
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
    """A chunk of `num_bytes` bytes, after undoing its filters."""
    for one in reversed(filters):
        if one == GZIP:
            unpacking = zlib.decompressobj()
            content = unpacking.decompress(content, num_bytes + 1)
            if not unpacking.eof:
                raise Hdf5Error("chunk_damaged")
        else:  # shuffled: the first bytes of all numbers, then all second bytes ...
            content = np.frombuffer(content, np.uint8).reshape(itemsize, -1).T.tobytes()
    return content


class ArrayFile:
    """The arrays at the top level of an HDF5 file, by name."""

    def __init__(self, group: Any, file: Measured) -> None:
        self._group, self._file = group, file
        self.names = frozenset(group)

    def __getitem__(self, name: str) -> StoredArray:
        """The array called `name`, its numbers not read yet. Hdf5Error if it cannot be read."""
        with _understood(self._file):
            self._file.allow(*MAX_STRUCTURE)
            link = self._group._links[name]
            found = None if isinstance(link, str) else self._group._get_dataobjects(link)
            if found is None or not found.is_dataset:
                raise Hdf5Error("no_array")
            found._cached_attributes = {}  # not needed, and some can keep pyfive busy forever
            stored = NewerArray(found) if is_newer(found) else self._group.get_lazy_view(name)
            return StoredArray(stored, self._file)


@contextmanager
def opened(content: bytes) -> Iterator[ArrayFile]:
    """The arrays in the HDF5 file with this content. Hdf5Error if it is damaged or no such file."""
    with _one_at_a_time, closing(Measured(content)) as file:
        with _understood(file):
            file.allow(*MAX_STRUCTURE)
            arrays = ArrayFile(_pyfive().File(file), file)
        yield arrays


@contextmanager
def _understood(file: Measured) -> Iterator[None]:
    """Turns what pyfive and NumPy raise on damaged files into an Hdf5Error."""
    damage = (*DAMAGE, _pyfive().core.InvalidHDF5File)
    try:
        yield
    except Hdf5Error:
        raise
    except UnknownIndexError:
        raise Hdf5Error("newer") from None
    except damage:
        if file.is_cut:
            raise Hdf5Error("cut") from None
        raise Hdf5Error("damaged") from None


def _pyfive() -> Any:
    """Imported for the first HDF5 file only: it takes a sixth of a second."""
    import pyfive

    return pyfive
