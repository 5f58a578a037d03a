"""Lines, bars, texts and pictures stand where their tables say, and follow the slider."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import serve

PIXEL = """([panel, x, y]) => {
    const root = document.querySelector('.live');
    const canvas = root.querySelector(`[data-panel=${panel}] canvas.moving`);
    const [px, py] = root.player.project(panel, x, y), ratio = canvas.width / canvas.clientWidth;
    return [...canvas.getContext('2d').getImageData(px * ratio, py * ratio, 1, 1).data];
}"""
TONE = """role => getComputedStyle(document.querySelector('.live')).getPropertyValue(`--${role}`).trim()"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with serve(app="tests/browser/apps/layers_app.py") as server:
        page = browser.new_page(viewport={"width": 1366, "height": 768}, color_scheme="light")
        page.goto(server)
        page.wait_for_function("document.querySelector('.live')?.player?.ready")
        yield page
        page.close()


def show(page: Page, place: int, step: int = 0) -> None:
    page.locator("input[name=step]").fill(str(step))
    page.locator("input[name=which]").fill(str(place))
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def colour(page: Page, x: float, y: float, panel: str = "plot") -> tuple[int, ...]:
    return tuple(page.evaluate(PIXEL, [panel, x, y]))


def tone(page: Page, role: str) -> tuple[int, ...]:
    text = page.evaluate(TONE, role)
    return (*(int(text[k : k + 2], 16) for k in (1, 3, 5)), 255)


@pytest.mark.parametrize(("place", "heights"), [(0, (1, 2, 3)), (1, (3, 1, 2))])
def test_bars_are_as_high_as_their_row(page: Page, place: int, heights: tuple[int, ...]) -> None:
    show(page, place)
    for x, height in enumerate(heights, start=1):
        assert colour(page, x, height - 0.15) == tone(page, "cat")
        assert colour(page, x, height + 0.25)[3] == 0
        assert colour(page, x + 0.5, 0.5)[3] == 0, "bars are 0.8 wide"


@pytest.mark.parametrize(("place", "level"), [(0, 6), (1, 8)])
def test_a_line_runs_through_its_points(page: Page, place: int, level: float) -> None:
    show(page, place)
    for x in (1.2, 2.0, 2.8):
        assert colour(page, x, level) == tone(page, "not-cat")
        assert colour(page, x, 14 - level)[3] == 0, "nothing is left of the other row"


@pytest.mark.parametrize(("place", "pixel"), [(0, (255, 0, 0, 255)), (1, (0, 0, 255, 255))])
def test_a_picture_stands_upright_in_its_place(page: Page, place: int, pixel: tuple[int, ...]) -> None:
    show(page, place)
    assert colour(page, 5.5, 3.5) == pixel, "the first pixel is the upper left one"
    for x, y in ((6.5, 3.5), (5.5, 2.5), (6.5, 2.5)):
        assert colour(page, x, y) == (0, 0, 0, 255)
    assert colour(page, 7.3, 3)[3] == 0


@pytest.mark.parametrize(("place", "below", "above"), [(0, "cat", "not-cat"), (1, "not-cat", "cat")])
def test_a_map_has_a_colour_on_either_side_of_the_middle(
    page: Page, place: int, below: str, above: str
) -> None:
    show(page, place)
    assert colour(page, 8.2, 2.2) == tone(page, below), "the first row lies where the axis begins"
    assert colour(page, 8.2, 3.8) == colour(page, 9.8, 3.8) == tone(page, above)
    assert colour(page, 9.8, 2.2)[3] <= 2, "in the middle there is nothing"
    assert colour(page, 7.8, 3.0)[3] == 0


@pytest.mark.parametrize(("place", "level"), [(0, 6), (1, 8)])
def test_a_text_stands_at_its_place(page: Page, place: int, level: float) -> None:
    show(page, place)
    inked = [colour(page, 6 + 0.01 * k, level) for k in range(60)]
    assert tone(page, "gradient") in inked
    assert all(colour(page, 6 + 0.01 * k, 14 - level)[3] == 0 for k in range(60))


def test_boxes_are_filled_and_have_their_numbers(page: Page) -> None:
    show(page, 0)
    for x in (2.0, 3.0, 5.0):
        across = [colour(page, x + k / 100, 9.0) for k in range(-49, 50)]
        assert across[5] == across[-6] == tone(page, "cat"), "0.92 wide"
        assert across[0][3] == across[-1][3] == 0
        assert tone(page, "not-cat") in [
            colour(page, x + i / 100, 9 + j / 25) for i in range(-12, 13) for j in range(-6, 7)
        ]
    assert colour(page, 4.0, 9.0)[3] == 0, "where a place is missing there is no box"


@pytest.mark.parametrize("step", [0, 2, 4])
def test_bars_even_out_while_the_clock_runs(page: Page, step: int) -> None:
    show(page, 0, step)
    for x, height in enumerate((1, 2, 3), start=1):
        now = height + step / 4 * (5 - height)
        assert colour(page, x, now - 0.2) == tone(page, "cat")
        assert colour(page, x, now + 0.3)[3] == 0


def test_points_and_stems_stand_where_there_are_numbers(page: Page) -> None:
    show(page, 0)
    for x in (1.0, 3.0):
        assert colour(page, x, 7.0, "more") == tone(page, "cat")
        for y in (4.2, 5.0, 5.8):
            assert colour(page, x, y, "more") == tone(page, "not-cat")
        assert colour(page, x, 3.5, "more")[3] == colour(page, x, 6.4, "more")[3] == 0
    for y in (5.0, 7.0):
        assert colour(page, 2.0, y, "more")[3] == 0, "where a number is missing, nothing is drawn"


@pytest.mark.parametrize("step", [1, 2, 4])
def test_one_channel_of_a_picture_and_a_share_of_its_width(page: Page, step: int) -> None:
    show(page, 0, step)
    for k in range(4):
        drawn = colour(page, 5.5 + k, 6.0, "more")
        assert drawn == ((0, 90, 0, 255) if k < step else (0, 0, 0, 0))


def test_cells_show_the_numbers_about_a_pixel_on_their_shades(page: Page) -> None:
    show(page, 0)
    for i in range(3):
        for j in range(3):
            value = 3 * (4 * i + j) + 2  # row i, column j of the picture, blue
            assert colour(page, 5 + j + 0.06, 4 - i - 0.1, "more") == (0, 0, value, 255)


def frame_at(page: Page) -> list[int]:
    """The places about which a frame stands: its left edge is drawn there."""
    return [
        x for x in range(1, 6) if any(colour(page, x - 0.4 + d / 100, 9.0, "more")[3] for d in range(-4, 2))
    ]


@pytest.mark.parametrize("step", [0, 3])
def test_a_frame_stands_about_its_place_and_leaves_it_free(page: Page, step: int) -> None:
    show(page, 0, step)
    assert frame_at(page) == [1 + step]
    assert colour(page, 1 + step, 9.0, "more")[3] == 0


@pytest.mark.parametrize(("step", "drawn"), [(0, False), (1, False), (2, True), (4, True)])
def test_a_text_about_an_earlier_step_is_there_once_there_is_one(page: Page, step: int, drawn: bool) -> None:
    show(page, 0, step)
    inked = [colour(page, 0.5 + 0.02 * k, 2.0, "more") for k in range(40)]
    assert (tone(page, "gradient") in inked) == drawn


def test_a_press_puts_the_clock_to_the_nearest_place_and_a_drag_moves_it(page: Page) -> None:
    show(page, 0)
    box = page.locator("[data-panel=more] .stack").bounding_box()
    assert box is not None

    def at(x: float) -> tuple[float, float]:
        px, py = page.evaluate(
            "x => document.querySelector('.live').player.project('more', x, 3).slice(0, 2)", x
        )
        return box["x"] + px, box["y"] + py

    reached = "step => document.querySelector('.live').player.state().step === step"
    page.mouse.move(*at(3.7))
    page.mouse.down()
    page.wait_for_function(reached, arg="3")
    page.mouse.move(*at(2.2))
    page.wait_for_function(reached, arg="1")
    page.mouse.up()
    page.mouse.move(*at(5.0))
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("document.querySelector('.live').player.state().step") == "1", "let go"
    page.wait_for_function("new URLSearchParams(location.search).get('step') === '1'")
