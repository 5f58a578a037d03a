"""The chapter *Pixels*: a pixel is picked, the resolution changed, a picture brought along."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from explainer.chapters.pixels.chapter import INDEX, first_picture
from explainer.chapters.pixels.pictures_in_use import drawing_keys
from explainer.pictures import bundled, reduced
from explainer.pictures.columns import index_of, n_x
from tests.browser.figure import Figure
from tests.browser.serving import Server
from tests.pictures.heic import PLAIN, heic

CAT = first_picture()
CENTRE = 2  # half pixels are the unit of the picture's axes: pixel c lies from 2 c to 2 c + 2


PAGE = "pixels"


@pytest.fixture
def shown(at_start: Figure) -> Figure:
    return at_start


def press(figure: Figure, panel: str, row: int, column: int, left: float = 0.0) -> None:
    x, y = figure.project(panel, (left + CENTRE * column + 1, CENTRE * row + 1))
    figure.page.mouse.click(x, y)


def value_of(row: int, column: int, channel: int) -> int:
    return int(CAT[row, column, channel])


def test_a_press_on_the_picture_finds_the_pixel_in_x(shown: Figure) -> None:
    for row, column in ((0, 0), (30, 12), (63, 63)):
        press(shown, "picture", row, column)
        index = index_of(row, column, 0, 64)
        assert shown.state["index"] == str(index)
        lead, place, _ = shown.readouts()
        value = value_of(row, column, 0)
        assert lead == f"x[{index}] = {value} / 255 = {value / 255:.4f}"
        assert f"({row} × 64 + {column}) × 3 + 0 = {index}" in place
    shown.wait_for_address(index=str(index))


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_a_press_on_a_channel_finds_its_value(shown: Figure, channel: int) -> None:
    press(shown, "channels", 20, 25, left=136.0 * channel)
    index = index_of(20, 25, channel, 64)
    assert shown.state["index"] == str(index)
    assert f"= {value_of(20, 25, channel)} / 255" in shown.readouts()[0].replace("x[", "= x[")


def test_a_drag_over_the_picture_takes_the_pixel_along(shown: Figure) -> None:
    start, end = (shown.project("picture", (CENTRE * column + 1, 81)) for column in (10, 50))
    mouse = shown.page.mouse
    mouse.move(*start)
    mouse.down()
    shown.wait_for_state(index=str(index_of(40, 10, 0, 64)))
    mouse.move(*end, steps=5)
    shown.wait_for_state(index=str(index_of(40, 50, 0, 64)))
    mouse.up()
    mouse.move(*start)
    shown.wait_for_frames()
    assert shown.state["index"] == str(index_of(40, 50, 0, 64))


def test_a_finger_picks_sideways_and_scrolls_up_and_down(phone: Page, server: Server) -> None:
    figure = Figure(phone).open(f"{server}/pixels?index=0")
    x, y = figure.project("picture", (CENTRE * 10 + 1, CENTRE * 50 + 1))
    step = figure.project("picture", (CENTRE * 40 + 1, 1))[0] - x
    figure.swipe(x, y, right=step)
    figure.wait_for_state(index=str(index_of(50, 40, 0, 64)))
    figure.page.touchscreen.tap(x, y)
    picked = str(index_of(50, 10, 0, 64))
    figure.wait_for_address(index=picked)
    # Last, because a flick runs on for a while, and what is put down meanwhile only ends it.
    figure.swipe(x, y, down=-200)
    figure.page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 80")
    figure.wait_for_frames()
    assert figure.state["index"] == picked


def test_scrubbing_goes_through_x_value_by_value(shown: Figure) -> None:
    before = int(shown.state["index"])
    seen = []
    for _ in range(4):
        seen.append(shown.readouts()[0])
        shown.slide("index", "ArrowRight")
    assert int(shown.state["index"]) == before + 4
    flat = CAT.reshape(-1)
    assert seen == [f"x[{k}] = {flat[k]} / 255 = {flat[k] / 255:.4f}" for k in range(before, before + 4)]


def test_fewer_pixels_are_fewer_numbers(shown: Figure) -> None:
    for place, side in enumerate((8, 16, 32, 64)):
        shown.put("resolution", place)
        assert shown.readouts()[2] == f"n_x = {side} × {side} × 3 = {n_x(side)}"
        assert int(shown.state["index"]) < n_x(side)
    shown.put("resolution", 0)
    shown.ask("player.goTo(100)")
    small = reduced(CAT, 8).reshape(-1)
    assert shown.readouts()[0].startswith(f"x[100] = {small[100]} / 255")
    shown.wait_for_address(resolution="8", index="100")


def test_the_strip_can_be_pressed_too(shown: Figure) -> None:
    x, y = shown.project("column", (1.0, 65535 * 0.25))
    shown.page.mouse.click(x, y)
    assert abs(int(shown.state["index"]) - 12288 / 4) < 60  # a pixel of the screen is many numbers


def test_another_picture_keeps_the_place_and_says_so_in_the_address(shown: Figure, server: Server) -> None:
    press(shown, "picture", 30, 30)
    shown.page.get_by_role("radio", name="fox", exact=True).click()
    shown.wait_for_address(picture="noto-fox", index=str(index_of(30, 30, 0, 64)))
    fox = bundled().pictures[drawing_keys().index("noto-fox")]
    shown.wait_for("player.ready")
    shown.page.wait_for_function(
        "text => document.querySelector('.readouts .lead').textContent.includes(text)",
        arg=f"= {fox[30, 30, 0]} / 255",
    )
    shown.page.reload()
    shown.wait_until_drawn()
    assert shown.address["picture"] == "noto-fox"
    assert shown.readouts()[0].startswith(f"x[{index_of(30, 30, 0, 64)}] = {fox[30, 30, 0]} / 255")


def file(content: bytes, name: str = "mine.png") -> dict[str, object]:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def test_a_picture_of_ones_own_and_a_file_that_is_none(shown: Figure) -> None:
    page = shown.page
    page.get_by_role("button", name="another picture").click()
    box = page.locator('input[type="file"]')
    box.wait_for(state="attached")
    page.get_by_test_id("stCameraInput").wait_for()  # this computer counts as safe
    own = io.BytesIO()
    Image.fromarray(np.full((90, 64, 3), (10, 200, 30), dtype=np.uint8)).save(own, "PNG")
    box.set_input_files([file(own.getvalue())])
    shown.wait_for_address(picture="own")
    page.wait_for_function(
        "() => document.querySelector('.readouts .lead').textContent.includes('= 10 / 255')"
    )
    box.set_input_files([file(heic(PLAIN), "IMG_0001.HEIC")])
    page.wait_for_function(
        "() => document.querySelector('.readouts .lead').textContent.includes('= 220 / 255')"
    )
    box.set_input_files([file(b"no picture at all", "cat.png")])
    shown.wait_for_warnings(1)
    assert "cat.png could not be used" in shown.warnings[0]
    assert shown.address["picture"] == "own" and "= 220 / 255" in shown.readouts()[0]


def test_what_the_uploader_itself_refuses_it_says_in_words(shown: Figure, tmp_path: Path) -> None:
    """A file that is too large never comes to the server."""
    large = tmp_path / "large.png"
    with large.open("wb") as written:
        written.truncate(53_000_000)
    shown.page.get_by_role("button", name="another picture").click()
    box = shown.page.locator('input[type="file"]')
    box.wait_for(state="attached")
    box.set_input_files(large)
    said = shown.page.locator(".stFileUploader [role=alert]")
    said.wait_for()
    place = said.bounding_box()
    assert place is not None and place["height"] > 15 and place["width"] > 200
    assert "50.0MB or smaller" in said.inner_text()


def test_the_matrix_grows_by_a_column_for_each_picture(shown: Figure) -> None:
    shown.go_back_to(shown.address | {"m": "3"})
    figure = Figure(shown.page, nth=1).wait_until_drawn()
    assert figure.readouts()[0] == "X has shape (n_x, 3)"
    figure.slide("m", "ArrowRight", 2)
    assert figure.readouts() == ["X has shape (n_x, 5)", "Y has shape (1, 5): 3 cats"]
    figure.wait_for_address(m="5")
    assert figure.address["index"] == str(INDEX.start), "the other figure's place stands there, too"
    assert figure.errors == []


def test_how_many_numbers_there_are_is_told_only_to_who_asks(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/pixels")
    figure.wait_for_frames()
    assert "12287" not in figure.root.inner_text() and "12288" not in figure.root.inner_text()
    figure.root.get_by_role("group", name="how many numbers").get_by_role("button", name="shown").click()
    figure.wait_for_frames()
    assert "12287" in figure.root.inner_text() and "12288" in figure.root.inner_text()
