"""Whatever zip a visitor brings: the pictures that can be used, the others by name, or one plain sentence."""

import struct
import tracemalloc
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import numpy as np
import pytest
from PIL import Image

from explainer.pictures import LeftOut, PictureError, ZipPictures, load_picture, load_zip
from explainer.pictures import zips as picture_zips
from tests.pictures.heic import heic

RGB = np.random.default_rng(6).integers(0, 256, (80, 3))
OUTSIDE = "Its name leads out of the zip."
ELSEWHERE = "It lies neither in cat/ nor in non-cat/."
NOT_AS_SAID = "It is damaged in the zip, or not what the zip says of it."
ZIP_IN_ZIP = "A zip in a zip is not opened."


def picture(k: int = 0, side: int = 64) -> bytes:
    """A PNG of the k-th colour."""
    file = BytesIO()
    Image.new("RGB", (side, side), tuple(RGB[k])).save(file, "PNG")
    return file.getvalue()


FOUR = {
    "cat/a.png": picture(0),
    "cat/b.png": picture(1),
    "non-cat/c.png": picture(2),
    "non-cat/d.png": picture(3),
}


class OldInfo(ZipInfo):
    """An entry whose name is written in the old default encoding and not marked as UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("cp437"), self.flag_bits


def zipped(files: dict[str, bytes], how: int = ZIP_DEFLATED, by_cp437: bool = False) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", how) as archive:
        for name, content in files.items():
            archive.writestr((OldInfo if by_cp437 else ZipInfo)(name), content, how)
    return file.getvalue()


def packed_as(names: dict[bytes, bytes]) -> bytes:
    """A zip whose names are these bytes and do not say how they are encoded, as an old packer writes them."""
    return zipped({name.decode("cp437"): content for name, content in names.items()}, by_cp437=True)


def altered(content: bytes, name: str, at_local: int, at_central: int, value: bytes) -> bytes:
    """With other bytes in both headers of a file, at these places."""
    some = bytearray(content)
    local = some.index(b"PK\3\4", some.index(name.encode()) - 30)
    central = some.rindex(name.encode()) - 46
    for at in (local + at_local, central + at_central):
        some[at : at + len(value)] = value
    return bytes(some)


def names_of(found: ZipPictures) -> list[str]:
    return list(found.pictures.names)


def colours(found: ZipPictures) -> list[int]:
    """Which colour each picture has."""
    return [int(np.flatnonzero((one[0, 0] == RGB).all(1))[0]) for one in found.pictures.pictures]


# ---- what is used


def test_two_folders_of_pictures():
    found = load_zip(zipped(FOUR))
    assert names_of(found) == ["a", "b", "c", "d"] and colours(found) == [0, 1, 2, 3]
    assert found.pictures.labels.tolist() == [True, True, False, False]
    assert found.pictures.families == ("zip",) * 4 and found.left_out == ()
    assert found.pictures.pictures.shape == (4, 64, 64, 3) and not found.pictures.pictures.flags.writeable


@pytest.mark.parametrize("cat", ["cat", "Cat", "CAT"])
@pytest.mark.parametrize("other", ["non-cat", "non_cat", "Noncat", "not-cat", "Not Cat", "NON CAT"])
@pytest.mark.parametrize("top", ["", "my pictures/", "./"])
def test_names_of_the_folders(cat, other, top):
    files = {top + name.replace("non-cat/", f"{other}/"): content for name, content in FOUR.items()}
    files = {
        name.replace("cat/a", f"{cat}/a").replace("cat/b", f"{cat}/b"): one for name, one in files.items()
    }
    assert colours(load_zip(zipped(files))) == [0, 1, 2, 3]


@pytest.mark.parametrize("how", [ZIP_STORED, ZIP_DEFLATED])
def test_from_a_path_and_from_open_files(tmp_path: Path, how: int):
    path = tmp_path / "cats.zip"
    path.write_bytes(zipped(FOUR, how))
    assert colours(load_zip(path)) == [0, 1, 2, 3]
    with path.open("rb") as opened:
        opened.seek(7)
        assert colours(load_zip(opened)) == [0, 1, 2, 3]


def test_pictures_are_read_like_a_single_one():
    file = BytesIO()
    Image.effect_noise((150, 100), 80).convert("RGB").save(file, "JPEG")
    found = load_zip(zipped(FOUR | {"cat/z.jpg": file.getvalue()}))
    np.testing.assert_array_equal(found.pictures.pictures[2], load_picture(file.getvalue()))


def test_by_folder_and_then_as_people_count():
    names = [
        "non-cat/B1",
        "cat/img10",
        "cat/img9",
        "non-cat/a2",
        "cat/IMG011",
        "cat/img",
        "non-cat/a10",
        "cat/img9b",
    ]
    found = load_zip(zipped({f"{name}.png": picture(k) for k, name in enumerate(names)}))
    assert names_of(found) == ["img", "img9", "img9b", "img10", "IMG011", "a2", "a10", "B1"]
    assert colours(found) == [5, 2, 7, 1, 4, 3, 6, 0]


def test_names_are_short_and_plain():
    odd = {
        "cat/my\u202e cat\t<b>.png": "my cat b",
        "cat/Kätzchen (2).tar.png": "Kätzchen (2).tar",
        "non-cat/猫*_1.jpeg": "猫 1",
        "non-cat/" + "9" * 5000 + ".png": "9" * 60,
        "non-cat/***.png": "picture",
    }
    found = load_zip(zipped({name: picture(k) for k, name in enumerate(odd)}))
    assert sorted(names_of(found)) == sorted(odd.values())


def test_progress_is_told():
    told: list[tuple[int, int]] = []
    load_zip(zipped(FOUR | {"readme.txt": b"hello"}), lambda done, of: told.append((done, of)))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_what_systems_add_is_not_mentioned():
    junk = ["__MACOSX/cat/._a.png", "cat/.DS_Store", "non-cat/Thumbs.db", "cat/._b.png", "desktop.ini"]
    folders = {"cat/": b"", "non-cat/": b"", "cat/deep/": b""}
    found = load_zip(zipped(folders | FOUR | dict.fromkeys(junk, b"...")))
    assert colours(found) == [0, 1, 2, 3] and found.left_out == ()


@pytest.mark.parametrize(
    ("cats", "others", "top"),
    [
        ("cats", "dogs", ""),
        ("Cats", "Dogs", "PetImages/"),
        ("my cat pictures", "things", ""),
        ("01_Cats", "02_Rest", "a/b/c/"),
        ("catPictures", "Other", ""),
        ("cat", "nonCat", "a/b/c/d/"),
        ("cat", "no cats", ""),
        ("cat", "notcat", ""),
        ("cats", "not_a_cat", "cats/"),
        ("kittens", "dogs and other animals", ""),
    ],
)
def test_folders_of_other_names_and_at_any_depth(cats: str, others: str, top: str):
    files = {
        f"{top}{others if name.startswith('non-cat') else cats}/{name[-5:]}": one
        for name, one in FOUR.items()
    }
    found = load_zip(zipped(files | {"readme.txt": b"hello"}))
    assert colours(found) == [0, 1, 2, 3] and found.pictures.labels.tolist() == [True, True, False, False]
    assert (found.folders.path(True)[:-1], found.folders.path(False)[:-1]) == (top + cats, top + others)
    assert found.folders.named == ("no" in others.casefold())
    assert [one.name for one in found.left_out] == ["readme.txt"]


def test_the_outermost_pair_counts_and_a_named_one_before_any_other():
    outer = load_zip(zipped(FOUR | {"old/cat/a.png": picture(4), "old/non-cat/b.png": picture(5)}))
    assert colours(outer) == [0, 1, 2, 3] and len(outer.left_out) == 2
    named = load_zip(zipped({f"my cats/{name}": one for name, one in FOUR.items()} | {"docs/a.txt": b""}))
    assert colours(named) == [0, 1, 2, 3] and named.folders.base == ("my cats",)


def test_pictures_in_folders_inside_the_two_count():
    found = load_zip(zipped(FOUR | {"cat/tabby cats/1.png": picture(4), "non-cat/a/b/c/2.png": picture(5)}))
    assert colours(found) == [0, 1, 4, 5, 2, 3] and found.left_out == ()


def test_backslashes_between_folders():
    found = load_zip(zipped({name.replace("/", "\\"): one for name, one in FOUR.items()} | {"cat\\": b""}))
    assert names_of(found) == ["a", "b", "c", "d"] and found.left_out == ()
    mixed = load_zip(zipped({f"my\\{name}": one for name, one in FOUR.items()}))
    assert colours(mixed) == [0, 1, 2, 3] and mixed.folders.path(True) == "my/cat/"


ENCODED = {
    "cp932": ("ソファ", "能", "表", "黒猫"),  # in three of them a byte is that of a backslash
    "gbk": ("小猫", "白色的猫", "狗", "桌子"),
    "big5": ("功夫貓", "許", "餐桌", "狗"),
    "cp437": ("Kätzchen", "L\u00f6we", "Hund für Zoë", "Müller"),
    "utf-8": ("Kätzchen", "黒猫", "кот", "Zoë"),
}


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("slash", [b"/", b"\\"], ids=["slash", "backslash"])
def test_names_that_do_not_say_how_they_are_encoded(encoding: str, slash: bytes):
    folders = (b"cat", b"cat", b"non-cat", b"non-cat")
    files = {
        folder + slash + name.encode(encoding) + b".png": picture(k)
        for k, (folder, name) in enumerate(zip(folders, ENCODED[encoding], strict=True))
    }
    found = load_zip(packed_as(files))
    assert set(names_of(found)) == set(ENCODED[encoding]) and found.left_out == ()
    assert sorted(colours(found)) == [0, 1, 2, 3]


def test_names_in_a_code_page_that_is_not_known_are_taken_as_they_are():
    files = {
        f"{folder}/кошка {k}.png".encode("cp866"): picture(k)
        for k, folder in enumerate(("cat", "non-cat") * 2)
    }
    found = load_zip(packed_as(files))
    assert sorted(colours(found)) == [0, 1, 2, 3] and found.left_out == ()


def test_a_way_out_in_a_double_byte_name_is_still_one():
    """The backslash before the two dots is half of a character; that after them is none."""
    hidden = "cat/表..\\x.png".encode("cp932")
    out = "cat/表\\..\\..\\x.png".encode("cp932")
    names = {f"cat/猫{k}.png".encode("cp932"): picture(k) for k in range(4)}
    others = {f"non-cat/犬{k}.png".encode("cp932"): picture(k + 5) for k in range(4)}
    found = load_zip(packed_as(names | others | {hidden: picture(10), out: picture(11)}))
    assert [(one.name, one.reason) for one in found.left_out] == [("cat/表\\..\\..\\x.png", OUTSIDE)]
    assert 10 in colours(found)


def test_heic_in_a_zip():
    found = load_zip(zipped(FOUR | {"cat/IMG_0001.HEIC": heic()}))
    np.testing.assert_array_equal(found.pictures.pictures[2], load_picture(heic()))


# ---- what is left out, by name


def left_out(more: dict[str, bytes], how: int = ZIP_DEFLATED) -> list[LeftOut]:
    found = load_zip(zipped(FOUR | more, how))
    assert colours(found) == [0, 1, 2, 3]
    return list(found.left_out)


@pytest.mark.parametrize(
    "name",
    [
        "../../cat/x.png",
        "cat/../../x.png",
        "cat/..",
        "/cat/x.png",
        "//cat/x.png",
        "C:/cat/x.png",
        "c:cat/x.png",
        "C:\\cat\\x.png",
        "..\\..\\x.png",
        "cat\\..\\..\\x.png",
        "cat/..\\x.png",
        "\\cat\\x.png",
        "\\\\server\\cat\\x.png",
    ],
)
def test_no_path_leaves_the_zip(name, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert left_out({name: picture(4)}) == [LeftOut(name, OUTSIDE)]
    assert list(tmp_path.iterdir()) == []


def test_a_name_with_a_zero_in_it():
    content = zipped(FOUR | {"cat/x#.png": picture(4)}).replace(b"cat/x#.png", b"cat/x\0.png")
    assert load_zip(content).left_out == (LeftOut("cat/x.png", OUTSIDE),)


@pytest.mark.parametrize(
    "name", ["readme.txt", "dog/x.png", "cat/non-cat/x.png", "cat.png", "a/b/cat/x.png", "a/cat/x.png"]
)
def test_what_lies_elsewhere(name):
    assert left_out({name: picture(4)}) == [LeftOut(name, ELSEWHERE)]


def test_what_lies_too_deep():
    name = "cat/" + 25 * "x/" + "x.png"
    assert left_out({name: picture(4)}) == [LeftOut(name, "It lies in more than 20 folders within folders.")]


def test_a_zip_in_a_zip_by_name_and_by_content():
    inner = zipped(FOUR)
    more = {
        "cat/more.zip": inner,
        "cat/more.ZIP": b"",
        "non-cat/more.png": inner,
        "cat/more.tar.gz": b"\x1f\x8b",
    }
    assert sorted(left_out(more), key=lambda one: one.name) == [
        LeftOut(name, ZIP_IN_ZIP) for name in sorted(more)
    ]


def test_what_is_no_picture_and_what_is_broken():
    reasons = {
        one.name: one.reason
        for one in left_out(
            {
                "cat/words.png": b"hello",
                "cat/empty.png": b"",
                "cat/half.png": picture(4)[:60],
                "non-cat/drawing.svg": b"<svg/>",
            }
        )
    }
    assert reasons["cat/words.png"].startswith("This file is not a picture that can be read here")
    assert reasons["cat/empty.png"].startswith("This file is empty")
    assert reasons["cat/half.png"].startswith("This PNG file is damaged")
    assert reasons["non-cat/drawing.svg"].startswith("Files of the kind SVG are not read here")


@pytest.mark.parametrize("how", [ZIP_BZIP2, ZIP_LZMA])
def test_what_is_packed_otherwise(how):
    file = BytesIO(zipped(FOUR))
    with ZipFile(file, "a") as archive:
        archive.writestr("cat/e.png", picture(4), how)
    assert load_zip(file).left_out == (LeftOut("cat/e.png", "It is packed in a way that is not read here."),)


def test_what_is_encrypted():
    content = altered(zipped(FOUR | {"cat/e.png": picture(4)}), "cat/e.png", 6, 8, b"\1\0")
    assert load_zip(content).left_out == (LeftOut("cat/e.png", "It is encrypted."),)


def test_a_bomb_is_not_unpacked():
    ratio, size = "packed more than 200 to 1", "larger than 50 MB"
    reasons = left_out({"cat/bomb.png": bytes(100_000_000), "cat/small bomb.bmp": b"BM" + bytes(3_000_000)})
    assert [one.name for one in reasons] == ["cat/bomb.png", "cat/small bomb.bmp"]
    assert size in reasons[0].reason and ratio in reasons[1].reason


@pytest.mark.parametrize("said", [0, 100, len(picture(4)) - 1, len(picture(4)) + 1, 10**6, 2**32 - 1])
@pytest.mark.parametrize("how", [ZIP_STORED, ZIP_DEFLATED])
def test_a_header_that_lies_about_the_size(said, how):
    content = zipped(FOUR | {"cat/e.png": picture(4)}, how)
    content = altered(content, "cat/e.png", 22, 24, struct.pack("<I", said))
    found = load_zip(content)
    assert colours(found) == [0, 1, 2, 3] and [one.name for one in found.left_out] == ["cat/e.png"]


def test_a_bomb_that_lies_about_its_size_and_has_the_right_checksum():
    """As long as it says it is a picture; what follows it is never unpacked."""
    honest = picture(4)
    content = zipped(FOUR | {"cat/e.png": honest + bytes(50_000_000)})
    content = altered(content, "cat/e.png", 22, 24, struct.pack("<I", len(honest)))
    content = altered(content, "cat/e.png", 14, 16, struct.pack("<I", zlib.crc32(honest)))
    tracemalloc.start()
    try:
        found = load_zip(content)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert colours(found) == [0, 1, 4, 2, 3] and found.left_out == ()


def test_memory_stays_bounded():
    content = zipped(FOUR | {f"cat/{k}.png": bytes(10_000_000) for k in range(10)})
    tracemalloc.start()
    try:
        assert len(load_zip(content).left_out) == 10
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


# ---- what is refused as a whole


def many(number: int, folder: str = "cat", content: bytes = b"") -> dict[str, bytes]:
    return {f"{folder}/{k}.png": content for k in range(number)}


def only(*names: str) -> dict[str, bytes]:
    return {name: picture(k) for k, name in enumerate(names)}


@cache
def ten_thousand() -> bytes:
    return zipped(many(10_000, "non-cat"))


def more_than_200_mb() -> bytes:
    noise = np.random.default_rng(0).bytes(90_000)
    return zipped({f"cat/{k}": noise + bytes(17_900_000) for k in range(12)} | many(1, "non-cat"))


WHOLE: dict[str, tuple[object | Callable[[], bytes], str]] = {
    "no zip": (b"\x89HDF\r\n\x1a\n", "is not a zip; please choose a zip of two folders of pictures"),
    "empty": (b"", "is empty, .* or choose a zip"),
    "missing": ("nowhere/cats.zip", "no file called nowhere/cats.zip"),
    "nothing": (3, "is no file"),
    "cut off": (zipped(FOUR)[:-30], "damaged or not complete"),
    "a beginning": (b"PK\3\4", "damaged or not complete"),
    "nothing in it": (zipped({}), "no file in this zip; please choose a zip of two folders"),
    "nothing but folders": (zipped({"cat/": b"", "non-cat\\": b""}), "no file in this zip"),
    "other folders": (
        zipped(only("dogs/a.png", "wolves/b.png", "c.png")),
        "Which pictures in this zip are the cats.* the folders dogs/ and wolves/; please name two of them",
    ),
    "many folders": (
        zipped(only("cats/a.png", *(f"{name}/b.png" for name in ("dogs", "fish", "birds", "cows")))),
        "the folders birds/, cats/, cows/ and 2 more; please name",
    ),
    "twice cats": (zipped(only("cats/a.png", "my cats/b.png")), "the folders cats/ and my cats/; please"),
    "mixed": (zipped(only("cats and dogs/a.png", "cows/b.png")), "the folders cats and dogs/ and cows/"),
    "no folders": (
        zipped(only(*(f"{name}.png" for name in ("cat1", "cat2", "dog1", "dog2")))),
        "no folders in this zip, only cat1.png, cat2.png, dog1.png and 1 more",
    ),
    "the course's file": (zipped({"train_catvnoncat.h5": b""}), "holds train_catvnoncat.h5; please unpack"),
    "only cats": (
        zipped(only(*many(5))),
        "only folder in this zip is cat/; .* also has a folder non-cat/ beside it",
    ),
    "no cats": (
        zipped(only(*many(5, "a/no cats"))),
        "only folder in this zip is a/no cats/; .* also has a folder cat/",
    ),
    "an empty folder": (zipped(only(*many(5)) | {"non-cat/": b""}), "only folder in this zip is cat/"),
    "names with marks": (zipped(only("**a**/1.png", "[b](c)/1.png")), r"folders ··a··/ and ·b·\(c\)/"),
    "broken ones": (
        zipped(only(*many(5)) | {"non-cat/x.png": b"x"}),
        "No picture in the folder non-cat/ of this zip can be used: this file is not a picture",
    ),
    "3 pictures": (zipped(only("cat/a.png", "cat/b.png", "non-cat/c.png")), "at least 4 .*; there are 3"),
    "apart": (
        zipped(only("train/cat/a.png", "test/non-cat/b.png")),
        "not lie side by side: there are test/non-cat/ and train/cat/",
    ),
    "two pairs": (
        zipped(only(*(f"{top}/{folder}/a.png" for top in ("test", "train") for folder in ("cats", "dogs")))),
        "both in test/ and in train/ of this zip",
    ),
    "each in the other": (
        zipped(only("cat/non-cat/a.png", "non-cat/cat/b.png", "non-cat/c.png")),
        "No picture in the folder cat/ of this zip can be used: it lies neither in cat/ nor in non-cat/",
    ),
    "501 pictures": (
        zipped(many(500) | many(1, "non-cat")),
        "at most 500 pictures in this zip; there are 501",
    ),
    "2,001 files": (zipped(many(2_001, "else")), "more than 2,000 files"),
    "10,000 files": (ten_thousand, "more than 2,000 files"),
    "200 MB": (more_than_200_mb, "are 215 MB unpacked, more than the 200 MB"),
    "long names": (
        zipped({"cat/" + "x" * 65_000 + str(k): b"" for k in range(20)}),
        "damaged or not complete",
    ),
}
"""A file -> what its refusal says. What takes long to make is made by the test, not by every process."""


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_refused_is_said_in_one_sentence(name):
    content, message = WHOLE[name]
    with pytest.raises(PictureError, match=message) as error:
        load_zip(content() if callable(content) else content)
    text = str(error.value)
    assert text.endswith(".") and "\n" not in text and len(text) < 200


def test_10_000_entries_are_refused_before_they_are_looked_at(monkeypatch):
    monkeypatch.delattr(picture_zips, "ZipFile")
    with pytest.raises(PictureError, match="more than 2,000 files"):
        load_zip(ten_thousand())


def test_too_many_bytes_are_not_read():
    file = BytesIO(b"PK\3\4" + bytes(60_000_000))
    with pytest.raises(PictureError, match="larger than 50 MB"):
        load_zip(file)
    assert file.tell() == 50_000_001


def test_altered_zips_are_read_or_refused():
    """Seeded; all that zipfile raises on these is in picture_zips.DAMAGE, or the test ends with it."""
    chance = np.random.default_rng(8)
    whole = zipped(FOUR)
    read = 0
    for _ in range(1500):
        some = bytearray(whole)
        for at in chance.integers(len(some), size=chance.integers(1, 6)):
            some[at] = chance.integers(256)
        try:
            read += len(load_zip(bytes(some)).left_out) >= 0
        except PictureError:
            continue
    assert 100 < read < 1400
