"""Lines, bars, texts and pictures stand where their tables say, and follow the slider."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import serve

PIXEL = """([x, y]) => {
    const root = document.querySelector('.live'), canvas = root.querySelector('canvas.moving');
    const [px, py] = root.player.project('plot', x, y), ratio = canvas.width / canvas.clientWidth;
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


def show(page: Page, place: int) -> None:
    frames = page.evaluate("document.querySelector('.live').player.frames")
    page.locator("input[name=which]").fill(str(place))
    page.wait_for_function("before => document.querySelector('.live').player.frames > before", arg=frames)


def colour(page: Page, x: float, y: float) -> tuple[int, ...]:
    return tuple(page.evaluate(PIXEL, [x, y]))


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


@pytest.mark.parametrize(("place", "level"), [(0, 6), (1, 8)])
def test_a_text_stands_at_its_place(page: Page, place: int, level: float) -> None:
    show(page, place)
    inked = [colour(page, 6 + 0.01 * k, level) for k in range(60)]
    assert tone(page, "gradient") in inked
    assert all(colour(page, 6 + 0.01 * k, 14 - level)[3] == 0 for k in range(60))
