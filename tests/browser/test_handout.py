"""What is taken along of a figure: a page that plays with the network cut, and pictures of what is seen."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from explainer.chapters.descent.chapter import CHAPTER
from explainer.live import handout
from explainer.stage.palette import TONES
from tests.browser.conftest import PATIENCE, SCREEN
from tests.browser.figure import Figure
from tests.chapters.packing import packed

PHONE = {"width": 390, "height": 844}
SHARPNESS = 2  # pixels of a saved picture to each of the page's
AROUND, BETWEEN, TITLE_ROOM = 14, 10, 28
ROUNDED = 3  # pixels that rounded heights may differ by
LIKENESS = 8.0  # mean difference of two pictures' values, of 255: type differs a little


@dataclass
class Handout:
    """The handed-out page in a browser without a network, and all that went wrong in it."""

    page: Page
    troubles: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        def only_itself(route) -> None:  # type: ignore[no-untyped-def]
            if route.request.url.startswith(("file:", "data:", "blob:")):
                return route.continue_()
            self.troubles.append(f"asked for {route.request.url}")
            return route.abort()

        self.page.context.set_offline(True)
        self.page.route("**/*", only_itself)
        self.page.on("request", lambda request: self._look_at(request.url, address))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.troubles.append(said.text) if said.type == "error" else None,
        )
        self.page.goto(address)
        self.until("player?.ready")

    def _look_at(self, url: str, address: str) -> None:
        if url != address and not url.startswith(("data:", "blob:")):
            self.troubles.append(f"asked for {url}")

    def until(self, condition: str) -> None:
        """Waits for a condition, with `player`. Playwright's own way is forbidden by the page's policy."""
        self.page.evaluate(
            "([patience]) => new Promise((done, fail) => { const end = performance.now() + patience;"
            " const look = () => { const player = document.querySelector('.live-root').player;"
            f" if ({condition}) done(); else if (performance.now() > end) fail(new Error('in vain'));"
            " else requestAnimationFrame(look); }; look(); })",
            [PATIENCE],
        )

    @property
    def step(self) -> int:
        return int(self.page.evaluate("document.querySelector('.live-root').player.state().step"))

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The descent chapter's figure as files, by what is seen first: the surface too, or not."""
    block = packed(CHAPTER, "walk", start=(3.0, 3.0))
    folder = tmp_path_factory.mktemp("handout")
    for view in ("both", "map"):
        texts = {"learning_rate": "1", "iterations": "200", "step": "5", "view": view}
        text = handout.page(block, "descent-walk", "Down the hill", texts, ["23 launches."])
        (folder / f"{view}.html").write_text(text, encoding="utf-8")
    return {path.stem: path.as_uri() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def opened(addresses: dict[str, str], browser: Browser) -> Iterator[Handout]:
    context = browser.new_context(viewport=SCREEN)
    context.set_default_timeout(PATIENCE)
    made = Handout(context.new_page())
    made.open(addresses["both"])
    yield made
    context.close()


@pytest.fixture
def handed(opened: Handout) -> Iterator[Handout]:
    opened.page.evaluate("document.querySelector('.live-root').player.goTo(5)")
    yield opened
    assert opened.troubles == []


def picture_of(page: Page, press: Callable[[], None]) -> tuple[np.ndarray, str]:
    """The PNG that comes of it, (height, width, 3), and its name."""
    with page.expect_download() as download:
        press()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")), download.value.suggested_filename


def expected_size(page: Page) -> tuple[int, int]:
    """Height and width: the panels, what stands below them, and a margin."""
    area = page.locator(".live .panels").bounding_box()
    below = [page.locator(f".live {name}").bounding_box() for name in (".readouts", ".sentence")]
    assert area and all(below)
    height = area["height"] + 2 * AROUND + sum(box["height"] + BETWEEN for box in below if box)
    return round(SHARPNESS * height), round(SHARPNESS * (area["width"] + 2 * AROUND))


def panels_on(page: Page) -> np.ndarray:
    """The panels as the screen shows them."""
    shot = page.locator(".live .panels").screenshot()
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), dtype=float)


def panels_in(picture: np.ndarray, like: np.ndarray) -> np.ndarray:
    """The panels in a saved picture, as large as they are on the screen."""
    height, width, _ = like.shape
    start = SHARPNESS * AROUND
    cut = picture[start : start + SHARPNESS * height, start : start + SHARPNESS * width]
    return np.asarray(Image.fromarray(cut).resize((width, height), Image.Resampling.BOX), dtype=float)


def unlike(picture: np.ndarray, page: Page) -> float:
    shown = panels_on(page)
    return float(np.abs(panels_in(picture, shown) - shown).mean())


def test_it_plays_with_the_network_cut(handed: Handout) -> None:
    page = handed.page
    assert handed.step == 5
    sentence = page.locator(".live .sentence").inner_text()
    handed.button("play").click()
    handed.until("Number(player.state().step) > 12")
    handed.button("pause").click()
    assert handed.step > 12
    assert page.locator(".live .sentence").inner_text() != sentence
    slider = page.locator("input[name=learning_rate]")
    before = page.locator(".live .readouts").inner_text()
    slider.press("ArrowLeft")
    handed.until("player.places().learning_rate === 29")
    handed.until(f"document.querySelector('.live .readouts').innerText !== {before!r}")
    slider.press("ArrowRight")
    page.locator(".live-root").focus()
    for key, step in (("Home", 0), ("ArrowRight", 1), ("End", 200), ("ArrowLeft", 199)):
        page.keyboard.press(key)
        assert handed.step == step
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "Down the hill"
    assert page.get_by_text("23 launches.").is_visible()


def test_nothing_can_be_fetched_from_it(handed: Handout) -> None:
    refused = handed.page.evaluate(
        "fetch('https://example.org/').then(() => 'fetched', (error) => String(error))"
    )
    assert "Failed to fetch" in refused
    said = [trouble for trouble in handed.troubles if "Content Security Policy" in trouble]
    assert said and len(said) == len(handed.troubles)
    handed.troubles.clear()


def test_its_panels_are_saved_as_they_are_seen_in_3d_too(handed: Handout) -> None:
    picture, name = picture_of(handed.page, handed.button("save as PNG").click)
    assert name == "descent-walk-step-5.png"
    assert picture.shape[:2] == pytest.approx(expected_size(handed.page), abs=ROUNDED)
    assert unlike(picture, handed.page) < LIKENESS
    handed.until("document.querySelector('.transport .save').disabled === false")


def test_on_a_phone_in_both_themes(addresses: dict[str, str], browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme="dark", has_touch=True, is_mobile=True)
    context.set_default_timeout(PATIENCE)
    handed = Handout(context.new_page())
    handed.open(addresses["map"])
    page = handed.page
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)
        ink, ground = (TONES[role][theme] for role in ("ink", "ground"))
        handed.until(
            f"getComputedStyle(document.querySelector('.live-root')).getPropertyValue('--ink') === '{ink}'"
        )
        red, green, blue = bytes.fromhex(ground[1:])
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert colour == f"rgb({red}, {green}, {blue})"
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "18px"
    boxes = [part.bounding_box() for part in page.locator(".transport > *").all()]
    assert len(boxes) == 7
    for box in boxes:
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
        assert box["y"] == boxes[0]["y"]  # all in one row
    picture, _ = picture_of(page, handed.button("save as PNG").click)
    height, width = expected_size(page)
    expected = (height + SHARPNESS * TITLE_ROOM, width)
    assert picture.shape[:2] == pytest.approx(expected, abs=ROUNDED)
    assert handed.troubles == []
    context.close()


def coarse(picture: np.ndarray) -> np.ndarray:
    """Means of 4 x 4 pixels: a panel may begin at a fraction of a pixel of the page."""
    height, width = (size // 4 for size in picture.shape[:2])
    return picture[: 4 * height, : 4 * width].reshape(height, 4, width, 4, -1).mean(axis=(1, 3))


def test_a_picture_in_the_app_follows_the_step(at_rest: Figure) -> None:
    page, shown, saved = at_rest.page, [], []
    for step in (0, 3):
        at_rest.ask(f"player.goTo({step})")
        at_rest.wait_for_frames()
        picture, name = picture_of(page, at_rest.button("save as PNG").click)
        assert name == f"descent-walk-step-{step}.png"
        assert picture.shape[:2] == pytest.approx(expected_size(page), abs=ROUNDED)
        assert unlike(picture, page) < LIKENESS
        panels = panels_on(page)
        shown.append(coarse(panels))
        saved.append(coarse(panels_in(picture, panels)))
    moved = np.abs(shown[0] - shown[1]).max(axis=2) > 60  # where the walk has gone meanwhile
    assert moved.sum() > 30
    for own, other in ((0, 1), (1, 0)):
        near, far = (np.abs(saved[own] - shown[which])[moved].mean() for which in (own, other))
        assert near < 0.3 * far


def test_a_picture_is_taken_at_once_while_it_plays(at_rest: Figure) -> None:
    at_rest.ask("player.play()")
    at_rest.wait_for("Number(player.state().step) > 4")
    picture, name = picture_of(at_rest.page, at_rest.button("save as PNG").click)
    assert at_rest.ask("player.isPlaying()")
    assert 4 < int(name.removesuffix(".png").rpartition("-")[2]) <= at_rest.step
    assert picture.shape[:2] == pytest.approx(expected_size(at_rest.page), abs=ROUNDED)
