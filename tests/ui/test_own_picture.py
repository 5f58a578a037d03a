"""A visitor's own picture, in both chapters that take one: a good one is used, a bad one changes nothing."""

import io

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from tests.opening import clean, open_page
from tests.pictures.heic import heic

CHAPTERS = pytest.mark.parametrize("chapter", ["cats", "pixels"])
BAD = ("my_cat.png", b"no picture", "image/png")
FILM = ("IMG_0001.MOV", b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video/quicktime")
PHOTO = ("IMG_0001.HEIC", heic(), "image/heic")


def good() -> tuple[str, bytes, str]:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), (200, 100, 50)).save(file, "PNG")
    return "cat.png", file.getvalue(), "image/png"


def opened(chapter: str) -> AppTest:
    app = open_page(chapter)
    assert not app.file_uploader
    app.session_state[f"{chapter}-own"] = True
    return clean(app.run())


def bring(app: AppTest, chapter: str, file: tuple[str, bytes, str]) -> AppTest:
    app.file_uploader(key=f"{chapter}-file").set_value(file)
    return clean(app.run())


def troubles(app: AppTest) -> list[str]:
    return [warning.value for warning in app.warning if "could not be used" in warning.value]


@CHAPTERS
def test_a_picture_is_used_and_a_bad_one_leaves_it(chapter: str) -> None:
    app = bring(opened(chapter), chapter, good())
    assert not troubles(app)
    picture = app.session_state["own_picture"].picture
    assert np.array_equal(picture[32, 32], [200, 100, 50])
    bring(app, chapter, BAD)
    assert app.session_state["own_picture"].picture is picture


@CHAPTERS
def test_what_was_wrong_is_said_once_in_the_box_and_when_it_is_closed_on_the_page(chapter: str) -> None:
    app = bring(opened(chapter), chapter, BAD)
    (inside,) = troubles(app)
    assert inside.startswith("**my\\_cat.png**")
    app.session_state[f"{chapter}-own"] = False
    clean(app.run())
    assert not app.file_uploader
    assert troubles(app) == [inside]


@CHAPTERS
def test_files_of_any_type_reach_the_page_and_get_their_picture_or_their_sentence(chapter: str) -> None:
    app = bring(opened(chapter), chapter, FILM)
    assert not app.file_uploader(key=f"{chapter}-file").allowed_type
    (said,) = troubles(app)
    assert "Files of the kind video are not read here" in said
    bring(app, chapter, PHOTO)
    assert not troubles(app)
    assert np.allclose(app.session_state["own_picture"].picture[16, 16], [220, 30, 30], atol=7)
