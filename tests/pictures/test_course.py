"""The course's files, written here in the course's structure: read back exactly, or one plain sentence."""

import random
import struct
import threading
import tracemalloc
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import h5py
import numpy as np
import pyfive
import pytest

from explainer.pictures import PictureError, load_course_file, read_course_file
from explainer.pictures import hdf5 as hdf5_files

M = 12
PICTURES = np.random.default_rng(5).integers(0, 256, (M, 64, 64, 3), dtype=np.uint8)
LABELS = np.array([1, 0, 0] * (M // 3))
X, Y = "train_set_x", "train_set_y"
DAMAGED = "it is damaged, or stored in a way that is not read here"
CUT = "the end of the file is missing; please download or copy it again"
GROWING = "stored so that it can grow, in a newer way .* without libver and maxshape"


def written(write: Callable[[h5py.File], object], **how: object) -> bytes:
    file = BytesIO()
    with h5py.File(file, "w", **how) as opened:
        write(opened)
    return file.getvalue()


def course(
    x: object = PICTURES, y: object = LABELS, family: str = "train", userblock_size: int = 0, **how: object
) -> bytes:
    """Like the course's: pictures, labels, and what the classes are called."""

    def write(file: h5py.File) -> None:
        file.create_dataset("list_classes", data=np.array([b"non-cat", b"cat"]))
        file.create_dataset(f"{family}_set_x", data=x, **how)
        file.create_dataset(f"{family}_set_y", data=y)

    return written(write, userblock_size=userblock_size)


def newest(x: object = PICTURES, y: object = LABELS, libver: object = "latest", **how: object) -> bytes:
    """As the newest writers store them: how chunks are found is another matter then."""

    def write(file: h5py.File) -> None:
        file.create_dataset(X, data=x, **how)
        file.create_dataset(Y, data=y)

    return written(write, libver=libver)


def with_array(name: str, **what: object) -> bytes:
    """The course's, but for one array."""

    def write(file: h5py.File) -> None:
        arrays = {X: {"data": PICTURES}, Y: {"data": LABELS}} | {name: what}
        for one, how in arrays.items():
            file.create_dataset(one, **how)

    return written(write)


def assert_exact(content: bytes, family: str = "train") -> None:
    found = load_course_file(content)
    np.testing.assert_array_equal(found.pictures, PICTURES)
    np.testing.assert_array_equal(found.labels, LABELS == 1)
    assert found.pictures.dtype == np.uint8 and found.labels.dtype == np.bool_
    assert not found.pictures.flags.writeable and not found.labels.flags.writeable
    assert found.names == tuple(f"{family} {k}" for k in range(1, M + 1))
    assert found.families == (family,) * M


# ---- read back exactly


@pytest.mark.parametrize("shape", [(M,), (M, 1), (1, M)], ids=str)
@pytest.mark.parametrize("kind", ["i8", "u1", ">i2", "f8", ">f4", "f2", "?"])
def test_all_shapes_and_kinds_of_labels(shape, kind):
    assert_exact(course(y=LABELS.astype(kind).reshape(shape)))


@pytest.mark.parametrize("family", ["train", "test"])
def test_both_files(family):
    assert_exact(course(family=family), family)


def test_with_both_in_one_file_it_is_the_one_to_train():
    def write(file: h5py.File) -> None:
        for family, pictures in (("test", PICTURES[::-1]), ("train", PICTURES)):
            file[f"{family}_set_x"], file[f"{family}_set_y"] = pictures, LABELS

    assert_exact(written(write))


@pytest.mark.parametrize(
    "how",
    [
        {"compression": "gzip"},
        {"compression": "gzip", "shuffle": True},
        {"chunks": (5, 64, 64, 3)},
        {"chunks": (1, 64, 7, 3), "compression": "gzip"},
        {"maxshape": (None, 64, 64, 3)},
    ],
    ids=str,
)
def test_in_pieces_and_packed(how):
    assert_exact(course(**how))


def test_packed_labels_whose_bytes_are_shuffled():
    assert_exact(with_array(Y, data=LABELS, compression="gzip", shuffle=True, chunks=(5,)))


def test_a_piece_that_was_left_unpacked():
    """HDF5 may leave a filter out of a piece that would not become smaller; the piece says which."""

    def write(file: h5py.File) -> None:
        x = file.create_dataset(X, PICTURES.shape, np.uint8, chunks=(M // 2, 64, 64, 3), compression="gzip")
        x.id.write_direct_chunk((0, 0, 0, 0), PICTURES[: M // 2].tobytes(), filter_mask=1)
        x.id.write_direct_chunk((M // 2, 0, 0, 0), zlib.compress(PICTURES[M // 2 :].tobytes()))
        file[Y] = LABELS

    assert_exact(written(write))


def test_labels_that_stand_in_the_description_itself():
    def write(file: h5py.File) -> None:
        file[X] = PICTURES
        how = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        how.set_layout(h5py.h5d.COMPACT)
        space = h5py.h5s.create_simple((M,))
        labels = h5py.h5d.create(file.id, Y.encode(), h5py.h5t.NATIVE_INT64, space, how)
        labels.write(h5py.h5s.ALL, h5py.h5s.ALL, LABELS.astype("i8"))

    assert_exact(written(write))


@pytest.mark.parametrize(
    "how",
    [{"libver": "latest"}, {"libver": ("v108", "v108")}, {"userblock_size": 512}, {"track_order": True}],
    ids=str,
)
def test_in_other_versions_of_the_format(how):
    def write(file: h5py.File) -> None:
        file[X], file[Y] = PICTURES, LABELS
        file[X].attrs["source"] = "somewhere"
        for k in range(30):
            file[f"else{k}"] = k

    assert_exact(written(write, **how))


@pytest.mark.parametrize("libver", ["latest", ("v110", "v110"), ("v112", "v114")], ids=str)
@pytest.mark.parametrize(
    "how",
    [
        {"chunks": (M, 64, 64, 3)},
        {"chunks": (M, 64, 64, 3), "compression": "gzip"},
        {"chunks": (5, 64, 64, 3)},
        {"chunks": (5, 20, 64, 3), "compression": "gzip", "shuffle": True},
        {"chunks": (1, 4, 32, 1)},
        {"chunks": (1, 4, 32, 1), "compression": "gzip"},
    ],
    ids=str,
)
def test_in_pieces_and_packed_by_newer_writers(libver, how):
    """One chunk, several, and so many that their index stands in pages."""
    assert_exact(newest(libver=libver, **how))


def test_pieces_that_a_newer_writer_has_set_aside_but_not_indexed():
    """With early allocation, chunks of a size lie one after the other, without an index."""

    def write(file: h5py.File) -> None:
        how = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        how.set_chunk((5, 64, 64, 3))
        how.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        space = h5py.h5s.create_simple(PICTURES.shape)
        pictures = h5py.h5d.create(file.id, X.encode(), h5py.h5t.NATIVE_UINT8, space, how)
        pictures.write(h5py.h5s.ALL, h5py.h5s.ALL, PICTURES)
        file[Y] = LABELS

    assert_exact(written(write, libver="latest"))


@pytest.mark.parametrize("chunks", [(1, 64, 64, 3), (1, 4, 32, 1)], ids=str)
def test_pieces_that_were_never_written(chunks):
    def write(file: h5py.File) -> None:
        file.create_dataset(X, PICTURES.shape, "u1", chunks=chunks, compression="gzip")[2:5] = 7
        file[Y] = LABELS

    with pytest.raises(PictureError, match="its chunks are not complete"):
        load_course_file(written(write, libver="latest"))


@pytest.mark.parametrize(
    ("stored", "how", "kind"),
    [
        (PICTURES, "bytes", "uint8"),
        (PICTURES.astype("i8"), "whole", "int64"),
        (PICTURES.astype(">u2"), "whole", "uint16"),
        (PICTURES.astype("f4"), "whole", "float32"),
        (np.clip(PICTURES + 0.25, 0, 255), "fractions", "float64"),
        (PICTURES / 255, "shares", "float64"),
        ((PICTURES / 255).astype("f4"), "shares", "float32"),
        ((PICTURES / 255).astype("f2"), "shares", "float16"),
    ],
    ids=["uint8", "int64", "uint16", "float32", "fractions", "shares", "shares32", "shares16"],
)
def test_numbers_of_other_types_and_what_is_said_of_them(stored, how, kind):
    found = read_course_file(course(stored))
    assert (found.stored, found.type) == (how, kind)
    assert_exact(course(stored))


def test_from_a_path_and_from_open_files(tmp_path: Path):
    path = tmp_path / "train_catvnoncat.h5"
    path.write_bytes(course())
    assert_exact(path)
    assert_exact(str(path))
    with path.open("rb") as opened:
        opened.seek(100)
        assert_exact(opened)
    assert_exact(bytearray(course()))


def test_as_many_as_are_taken_and_as_few():
    many = np.broadcast_to(PICTURES[:1], (500, 64, 64, 3))
    found = load_course_file(course(many, np.arange(500) % 2, compression="gzip"))
    assert len(found.names) == 500 and found.labels.sum() == 250
    assert len(load_course_file(course(PICTURES[:4], [0, 1, 1, 1])).names) == 4


def test_several_visitors_at_once():
    content, found = course(compression="gzip"), []
    threads = [threading.Thread(target=lambda: found.append(load_course_file(content))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    for one in found:
        np.testing.assert_array_equal(one.pictures, PICTURES)


# ---- one plain sentence


def of_another_group(file: h5py.File) -> None:
    file.create_group(X)
    file[Y] = LABELS


def in_a_circle(file: h5py.File) -> None:
    file[X] = PICTURES
    file[Y] = h5py.SoftLink(f"/{Y}")


def elsewhere(file: h5py.File) -> None:
    file[X] = PICTURES
    file[Y] = h5py.ExternalLink("/etc/passwd", "root")


def pieced_together(file: h5py.File) -> None:
    file["there"], file[Y] = PICTURES, LABELS
    layout = h5py.VirtualLayout(PICTURES.shape, "u1")
    layout[:] = h5py.VirtualSource(file["there"])
    file.create_virtual_dataset(X, layout)


def only(*names: str) -> bytes:
    arrays = {X: PICTURES, Y: LABELS, "test_set_y": LABELS, "else": [1]}
    return written(lambda file: [file.create_dataset(name, data=arrays[name]) for name in names])


def nan_among(labels: np.ndarray) -> np.ndarray:
    return np.where(np.arange(len(labels)) == 3, np.nan, labels)


WRONG: dict[str, tuple[object | Callable[[], bytes], str]] = {
    "no HDF5": (
        b"PK\3\4" + bytes(5000),
        "is not an HDF5 file; please choose train_catvnoncat.h5 or test_catv",
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n", "is not an HDF5 file"),
    "empty": (b"", "is empty, .* or choose train_catvnoncat.h5"),
    "missing": ("nowhere/train_catvnoncat.h5", "no file called nowhere/train_catvnoncat.h5"),
    "nothing": (None, "is no file"),
    "pointer": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 2572022\n",
        "a stand-in for it, a pointer of Git LFS; to get the file itself, run “git lfs pull” or",
    ),
    "web page": (b"\r\n<!DOCTYPE html>\n<html lang=en>", "saved web page, .* download button .* Raw"),
    "nothing but the signature": (hdf5_files.SIGNATURE, CUT),
    "cut off": (course()[:-5000], CUT),
    "cut off behind other data": (course(userblock_size=512)[:-5000], CUT),
    "cut off in its description": (course()[:700], CUT),
    "newest, cut off": (newest(chunks=True)[:-5000], CUT),
    "without arrays": (only("else"), "neither an array train_set_x nor test_set_x"),
    "without pictures": (only("test_set_y"), "lacks the array test_set_x"),
    "without labels": (only(X), "lacks the array train_set_y"),
    "labels of the other": (only(X, "test_set_y"), "lacks the array train_set_y"),
    "a group": (written(of_another_group), "train_set_x .* cannot be read: it is no array"),
    "a circle": (written(in_a_circle), "train_set_y .* cannot be read: it is no array"),
    "another file": (written(elsewhere), DAMAGED),
    "virtual": (written(pieced_together), f"train_set_x .* {DAMAGED}"),
    "no space": (with_array(X, data=h5py.Empty("u1")), DAMAGED),
    "size": (course(PICTURES[:, :32, :48]), "must have 64 x 64 pixels; in this file they have 48 x 32"),
    "columns": (course(PICTURES.reshape(M, -1)), r"shape \(m, 64, 64, 3\).* has the shape \(12, 12288\)"),
    "channels first": (course(PICTURES.transpose(0, 3, 1, 2)), r"has the shape \(12, 3, 64, 64\)"),
    "grey": (course(PICTURES[..., :1]), r"has the shape \(12, 64, 64, 1\)"),
    "many axes": (course(PICTURES.reshape(M, 64, 64, 3, *(1,) * 20)), "has the shape of 24 numbers"),
    "standardised": (course(PICTURES / 255 - 0.5), "train_set_x must be from 0 .* go from -0.5 to 0.5"),
    "above 255": (course(PICTURES.astype("i2") + 1), "go from 1 to 256"),
    "below 0": (course(PICTURES.view("i1")), "go from -128 to 127"),
    "nan": (course(np.where(PICTURES == 7, np.nan, PICTURES)), "go from nan to nan"),
    "complex": (course(PICTURES * 1j), "train_set_x must be numbers from 0 to 255, .* they are complex128"),
    "pictures as text": (with_array(X, data=PICTURES.astype("S3")), "they are no numbers"),
    "3 pictures": (
        course(PICTURES[:3], LABELS[:3]),
        "at least 4 pictures in train_set_x; in this file there are 3",
    ),
    "none": (course(PICTURES[:0], LABELS[:0]), "in this file there are 0"),
    "501": (with_array(X, shape=(501, 64, 64, 3), dtype="u1"), "at most 500 .* there are 501"),
    "fewer labels": (course(y=LABELS[:-1]), r"each of the 12 pictures, .* has the shape \(11,\)"),
    "more labels": (course(y=np.append(LABELS, 1)[None]), r"has the shape \(1, 13\)"),
    "one-hot": (course(y=np.eye(2)[LABELS]), r"has the shape \(12, 2\)"),
    "one label": (course(y=1), r"has the shape \(\)"),
    "label 2": (course(y=LABELS * 2), "must be 0 or 1; in this file there is 2"),
    "label -1": (course(y=LABELS * 2 - 1), "there is -1"),
    "label 0.5": (course(y=LABELS * 0.5), "there is 0.5"),
    "label nan": (course(y=nan_among(LABELS)), "there is nan"),
    "text labels": (
        with_array(Y, data=["cat"] * M),
        "must be numbers, 0 or 1; in this file they are no numbers",
    ),
    "complex labels": (course(y=LABELS * 1j), "they are "),
    "only cats": (course(y=np.ones(M, int)), "All labels in train_set_y are 1; there must be both"),
    "no cat": (course(y=np.zeros((1, M))), "All labels in train_set_y are 0"),
    "lzf": (course(compression="lzf"), "packed in a way that is not read here, only gzip"),
    "checksums": (course(fletcher32=True), "packed in a way"),
    "scaled": (course(scaleoffset=0), "packed in a way"),
    "too many chunks": (lambda: course(chunks=(1, 1, 1, 3)), "too many or too large chunks"),
    "can grow": (newest(chunks=True, maxshape=(None, 64, 64, 3)), GROWING),
    "can grow twice": (newest(chunks=True, maxshape=(None, None, 64, 3)), GROWING),
    "can grow to 100": (newest(chunks=True, maxshape=(100, 64, 64, 3)), GROWING),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_in_one_sentence(name):
    content, message = WRONG[name]
    with pytest.raises(PictureError, match=message) as error:
        load_course_file(content() if callable(content) else content)
    text = str(error.value)
    assert text.endswith(".") and "\n" not in text and len(text) < 250
    assert error.value.__suppress_context__ or error.value.__context__ is None


def test_too_many_bytes_are_not_read():
    file = BytesIO(hdf5_files.SIGNATURE + bytes(40_000_000))
    with pytest.raises(PictureError, match="larger than 30 MB"):
        load_course_file(file)
    assert file.tell() == 30_000_001


# ---- memory and time stay bounded, whatever is announced


def huge_shape() -> bytes:
    return with_array(X, shape=(10**9, 64, 64, 3), dtype="u1")


def huge_labels() -> bytes:
    return with_array(Y, shape=(10**12, 1), dtype="i8")


def huge_chunk() -> bytes:
    return with_array(
        X, shape=(M, 64, 64, 3), dtype="u1", chunks=(300_000, 64, 64, 3), maxshape=(None, 64, 64, 3)
    )


def huge_chunk_of_labels() -> bytes:
    return with_array(Y, shape=(M,), dtype="i8", chunks=(400_000_000,), maxshape=(None,))


def bomb() -> bytes:
    """Chunks that unpack to 200 times of what they should hold."""

    def write(file: h5py.File) -> None:
        chunk = (1, 64, 64, 3)
        pictures = file.create_dataset(X, PICTURES.shape, "u1", chunks=chunk, compression="gzip")
        packed = zlib.compress(bytes(200 * 12288))
        for k in range(M):
            pictures.id.write_direct_chunk((k, 0, 0, 0), packed)
        file[Y] = LABELS

    return written(write)


def self_continued() -> bytes:
    """The description of the top group goes on in a block that goes on in itself."""
    goes_on = struct.pack("<BHBQQ", 0x10, 16, 0, 200, 32)
    top = b"OHDR\2\0" + struct.pack("<B", len(goes_on)) + goes_on + bytes(4)
    block = b"OCHK" + goes_on + bytes(8)
    head = hdf5_files.SIGNATURE + struct.pack("<BBBBQQQQI", 2, 8, 8, 0, 0, 2**64 - 1, 232, 48, 0)
    return (head + top).ljust(200, b"\0") + block


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (huge_shape, "there are 1000000000"),
        (huge_labels, r"has the shape \(1000000000000, 1\)"),
        (huge_chunk, "too many or too large chunks"),
        (huge_chunk_of_labels, "too many or too large chunks"),
        (bomb, "one of its chunks is damaged"),
        (self_continued, DAMAGED),
    ],
)
def test_memory_stays_bounded(make, message):
    content = make()
    load_course_file(course())  # so that nothing is imported while memory is measured
    tracemalloc.start()
    try:
        with pytest.raises(PictureError, match=message):
            load_course_file(content)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000 + len(content)
    finally:
        tracemalloc.stop()


def test_attributes_are_not_looked_at(monkeypatch):
    """Lists of lists of lists in them could keep pyfive busy for longer than there are visitors."""

    def write(file: h5py.File) -> None:
        file[X], file[Y] = PICTURES, LABELS
        file[X].attrs["lists"], file[Y].attrs["text"] = [1, 2], "words"

    looked = []
    monkeypatch.setattr(
        pyfive.dataobjects.DataObjects, "_parse_attribute_msg", lambda *all: looked.append(all)
    )
    assert_exact(written(write))
    assert looked == []


def test_a_file_is_read_so_often_and_so_much():
    file = hdf5_files.Measured(bytes(range(100)))
    with pytest.raises(OSError, match="more is read"):
        file.read(1)
    file.allow(3, 50)
    assert file.read(10) == bytes(range(10)) and file.read(0) == b""
    with pytest.raises(OSError, match="more is read"):
        file.read(41)
    with pytest.raises(OSError, match="more is read"):
        file.read()
    assert file.read(40) == bytes(range(10, 50))
    with pytest.raises(OSError, match="more is read"):
        file.read(0)
    file.allow(2, 1000)
    with pytest.raises(OSError, match="ends here"):
        file.read(51)


def test_truncated_and_altered_files_are_read_or_refused():
    """Seeded; what pyfive raises on all these is what hdf5_files.DAMAGE names, or the test ends with it."""
    chance = random.Random(20)
    few = (PICTURES[:4], LABELS[:4])
    whole = [
        course(*few),
        course(*few, compression="gzip", shuffle=True, chunks=(2, 32, 32, 3)),
        newest(*few, compression="gzip", chunks=(2, 32, 32, 3)),
        newest(*few, compression="gzip", chunks=(1, 2, 32, 1)),
        newest(*few, chunks=(4, 64, 64, 3)),
        written(
            lambda file: [file.create_dataset(X, data=few[0]), file.create_dataset(Y, data=few[1])],
            libver="latest",
        ),
    ]
    outcomes = {True: 0, False: 0}
    for _ in range(1500):
        content = altered(chance.choice(whole), chance)
        try:
            found = load_course_file(content)
        except PictureError:
            outcomes[False] += 1
        else:
            assert found.pictures.shape == (4, 64, 64, 3)
            outcomes[True] += 1
    assert min(outcomes.values()) > 200


def altered(content: bytes, chance: random.Random) -> bytes:
    """Some bits, bytes or addresses of the first part are others, or the end is missing."""
    some = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(min(len(some), 5000)) // 8 * 8
        match chance.randrange(3):
            case 0:
                some[at + chance.randrange(8)] ^= 1 << chance.randrange(8)
            case 1:
                some[at + chance.randrange(8)] = chance.choice((0, 1, 255))
            case 2:
                address = chance.choice((0, 2**64 - 1, 2**32, len(some), chance.randrange(len(some))))
                some[at : at + 8] = address.to_bytes(8, "little")
    return bytes(some[: chance.randrange(len(some))] if chance.random() < 0.1 else some)
