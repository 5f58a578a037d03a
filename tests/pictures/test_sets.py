"""The bundled pictures, and what holds for every set of pictures."""

import csv
import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from explainer.pictures import HELD_OUT_FAMILIES, SOURCES, PictureSet, bundled, to_columns
from explainer.pictures.sets import FOLDER

FAMILIES = (
    *("emojione", "fluent-emoji", "fluent-emoji-flat", "fxemoji"),
    *("noto", "noto-v1", "streamline-emojis", "twemoji"),
)
FREE = {"Apache-2.0", "CC-BY-4.0", "MIT"}
WILD = re.compile("tiger|lion|leopard|fox|paw|dog|wolf|raccoon")


def table() -> list[dict[str, str]]:
    with (FOLDER / "pictures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def small_set(**changed: object) -> PictureSet:
    fields = {
        "pictures": np.zeros((2, 64, 64, 3), np.uint8),
        "labels": np.array([True, False]),
        "names": ("cat", "dog"),
        "families": ("a", "b"),
    }
    return PictureSet(**(fields | changed))  # type: ignore[arg-type]


# The set


def test_there_are_about_80_cats_and_several_times_as_many_others():
    every = bundled()
    assert 75 <= every.labels.sum() <= 90
    assert 250 <= (~every.labels).sum() <= 400
    assert 0.18 <= every.labels.mean() <= 0.25
    assert every is bundled()


def test_every_family_has_cats_and_others_and_no_name_twice():
    every = bundled()
    cats = Counter(family for family, cat in zip(every.families, every.labels, strict=True) if cat)
    others = Counter(family for family, cat in zip(every.families, every.labels, strict=True) if not cat)
    assert set(cats) == set(others) == set(FAMILIES)
    assert min(others.values()) >= 40
    assert len(set(zip(every.families, every.names, strict=True))) == len(every.names)


def test_the_table_is_sorted_and_is_what_the_set_says():
    rows, every = table(), bundled()
    keys = [(row["family"], row["name"]) for row in rows]
    assert keys == sorted(keys) == list(zip(every.families, every.names, strict=True))
    assert [row["cat"] == "1" for row in rows] == every.labels.tolist()
    assert {row["cat"] for row in rows} == {"0", "1"}
    np.testing.assert_array_equal(every.Y, [[float(row["cat"]) for row in rows]])
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", row["name"]) for row in rows)


def test_a_cat_is_a_domestic_cat():
    every = bundled()
    named = {name for name, cat in zip(every.names, every.labels, strict=True) if cat}
    assert all("cat" in name.split("-") for name in named)
    others = set(every.names) - named
    assert not any("cat" in name.split("-") for name in others)
    assert sum(bool(WILD.search(name)) for name in others) >= 10


def test_the_sheets_hold_what_the_table_says_and_no_more():
    every = bundled()
    assert {path.stem for path in FOLDER.glob("*.png")} == set(FAMILIES)
    for family in FAMILIES:
        with Image.open(FOLDER / f"{family}.png") as sheet:
            assert sheet.mode == "RGB"
            assert sheet.width % 64 == sheet.height % 64 == 0
            left = np.array(sheet)
        for i, row in enumerate(table()):
            if row["family"] == family:
                top, start = int(row["row"]) * 64, int(row["column"]) * 64
                tile = left[top : top + 64, start : start + 64]
                np.testing.assert_array_equal(tile, every.pictures[i])
                assert np.ptp(tile) > 100, "a place taken twice, or blank"
                tile[:] = 255
        assert left.min() == 255, "something the table does not know"


def test_every_picture_is_drawn_on_white():
    corners = bundled().pictures[:, [0, 0, 63, 63], [0, 63, 0, 63]].min(axis=2) >= 250
    assert corners.mean() > 0.99
    assert (corners.sum(axis=1) >= 2).all()


def test_no_picture_is_there_twice():
    every = bundled()
    assert len({picture.tobytes() for picture in every.pictures}) == len(every.names)


def test_the_arrays_are_read_only_and_the_whole_set_agrees():
    for some in (bundled(), bundled().of_families("noto"), small_set()):
        for array in (some.pictures, some.labels):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1
    assert small_set().Y.tolist() == [[1.0, 0.0]]


def test_families_are_chosen_in_the_order_they_have():
    every, two = bundled(), bundled().of_families("twemoji", "fxemoji")
    places = [i for i, family in enumerate(every.families) if family in {"twemoji", "fxemoji"}]
    np.testing.assert_array_equal(two.pictures, every.pictures[places])
    np.testing.assert_array_equal(two.labels, every.labels[places])
    assert two.names == tuple(every.names[i] for i in places)
    assert sorted(two.families) == list(two.families)
    assert every.of_families(*FAMILIES).names == every.names


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: small_set(names=("cat",)), r"pictures must be uint8 of shape \(1, 64, 64, 3\)"),
        (lambda: small_set(pictures=np.zeros((2, 64, 64, 3))), "got float64"),
        (lambda: small_set(labels=np.array([1, 0])), "2 booleans.*got int64"),
        (lambda: small_set(families=("a",)), "got .* 1 families"),
        (lambda: small_set().of_families("a", "c"), r"among \['a', 'b'\]; got \['c'\]"),
    ],
)
def test_a_set_that_does_not_fit_together_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# Training and testing


def test_the_held_out_families_are_a_fifth_to_a_quarter_with_cats():
    every, held_out = bundled(), bundled().of_families(*HELD_OUT_FAMILIES)
    assert 0.2 <= len(held_out.names) / len(every.names) <= 0.25
    assert held_out.labels.sum() >= 20


def test_the_held_out_families_are_drawn_least_like_all_others():
    """How far the nearest picture of any other family is, for the median picture of each family."""
    every = bundled()
    X, families = to_columns(every.pictures), np.array(every.families)
    squares = np.sum(X**2, axis=0)
    distance = squares + squares[:, None] - 2 * X.T @ X
    apart = {
        family: np.median(distance[families == family][:, families != family].min(axis=1))
        for family in FAMILIES
    }
    assert set(sorted(FAMILIES, key=apart.__getitem__)[-2:]) == set(HELD_OUT_FAMILIES)


# Licences


def test_the_sources_page_names_every_family_with_its_licence():
    page = SOURCES.read_text(encoding="utf-8")
    for family in FAMILIES:
        (licence,) = {row["licence"] for row in table() if row["family"] == family}
        assert licence in FREE, f"{licence} is not one that was looked at"
        assert re.search(
            rf"^\| {family} \| @iconify-json/{family} \d+\.\d+\.\d+ \|.*\| {licence} \|$", page, re.M
        )
        assert re.search(rf"^- .*\*\*{family}\*\*", page, re.M), "its attribution"
    assert len(re.findall(r"Changed:\s+rendered\s+at\s+64x64\s+on\s+white", page)) == 6
    assert not re.search(r"BY-SA|ShareAlike|GPL", page)


def test_the_sources_page_links_only_to_what_is_there():
    page = SOURCES.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https://)(.*?)\)", page)
    assert {"licences/Apache-2.0.txt", "licences/MIT-Microsoft.txt"} == set(links)
    for link in links:
        assert len((FOLDER / link).read_text(encoding="utf-8")) > 1000
    assert all(family in page for family in HELD_OUT_FAMILIES)


def test_all_of_it_is_small_and_the_table_has_no_gaps():
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 1.5e6
    for row, following in pairwise(table()):
        place, after = (10 * int(r["row"]) + int(r["column"]) for r in (row, following))
        assert after == (place + 1 if row["family"] == following["family"] else 0)
