"""A phone in every page: nothing scrolls sideways, a thumb finds what it presses, all is said in sight."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page

from explainer.chapters import CHAPTERS
from explainer.words import COMMON, Scene, words
from tests.browser.conftest import PHONE, forget
from tests.browser.figure import Figure, open_all
from tests.browser.serving import Server
from tests.browser.walks import walk

NAMES = [chapter.name for chapter in CHAPTERS]
EACH_TIME = ("pixels", "loss", "vectorization", "recap")
NARROW = {"width": 320, "height": 640}
TALL = PHONE["viewport"]
THUMB, LEAST = 44, 24  # pixels
PRESSED = "button, a[href], input, select, textarea, summary, [role=tab], [role=radio], [role=button]"
PLAYED = ".live :is(.tabs button, .slider input, .restart, .back, .play, .next)"
LINKS_IN_TEXT = "p a[href], li a[href]"  # as high as their line, which is all that a text can give them
OF_READERS = "[data-testid=stSkipToContent], .live-skip"  # seen only once they have the focus
TARGETS = """([pressed, left]) => [...document.querySelectorAll(pressed)]
  .filter((element) => !element.matches(left))
  .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((element) => {
    // A slider's or a box's own label is pressed as well.
    const own = element.matches('input:not([type=range])') ? element.closest('label') ?? element : element;
    const { width, height } = own.getBoundingClientRect();
    return [element.getAttribute('aria-label') || element.textContent || element.name, width, height];
  })
  .filter(([, width, height]) => width && height)"""
WIDTHS = """() => [innerWidth, document.scrollingElement.scrollWidth,
  document.querySelector('[data-testid=stMain]').scrollWidth]"""


@pytest.fixture(scope="module")
def opened_page(
    tab_of_phone: Page, server: Server, request: pytest.FixtureRequest
) -> Iterator[tuple[str, list[Figure]]]:
    """A page, by its name, with all of its figures drawn; opened once for both tests of it."""
    yield (
        request.param,
        [one.wait_until_drawn() for one in open_all(tab_of_phone, f"{server}/{request.param}")],
    )
    forget(tab_of_phone, server)


@pytest.fixture
def resized(tab_of_phone: Page) -> Iterator[Page]:
    """The phone, upright again afterwards."""
    yield tab_of_phone
    tab_of_phone.set_viewport_size(TALL)


def too_small(page: Page, pressed: str, least: float) -> list[tuple[str, float, float]]:
    """What is narrower or lower than that, with its width and height."""
    found = page.evaluate(TARGETS, [pressed, f"{LINKS_IN_TEXT}, {OF_READERS}"])
    return [(name, width, height) for name, width, height in found if min(width, height) < least - 0.5]


@pytest.mark.parametrize("opened_page", walk([*NAMES, ""], *EACH_TIME, ""), indirect=True)
def test_nothing_scrolls_sideways_and_a_thumb_finds_all(
    resized: Page, opened_page: tuple[str, list[Figure]]
) -> None:
    page, (_, figures) = resized, opened_page
    for size in (TALL, NARROW):
        page.set_viewport_size(size)
        for figure in figures:
            figure.wait_for_frames()
        # On a busy computer what follows a change of size takes more than these frames.
        page.wait_for_function(f"Math.max(...({WIDTHS})().slice(1)) <= innerWidth")
        inner, *widths = page.evaluate(WIDTHS)
        assert inner == size["width"]
        assert max(widths) <= inner
        assert too_small(page, PLAYED, THUMB) == []
        assert too_small(page, PRESSED, LEAST) == []
    for figure in figures:
        figure.wait_until_drawn()
    labels = page.locator(".live .choice:visible > .label")
    assert labels.count() == page.locator(".live .choice:visible").count()
    assert all(label.is_visible() for label in labels.all())
    assert all(figure.errors == [] for figure in figures)


def longest(name: str) -> list[Scene]:
    """The scene with the longest sentence of each figure."""
    scenes: dict[str, Scene] = {}
    for scene in sorted(words(name).scenes, key=lambda scene: len(scene.sentence)):
        scenes[scene.figure] = scene
    return list(scenes.values())


def text_of(page: Page, scene: Scene) -> Locator:
    """What a scene says once it is chosen: its sentence, or what it asks before."""
    if scene.question is None:
        return page.get_by_test_id("stAlertContentInfo").filter(has_text=f"{scene.name.capitalize()}.").first
    heading = page.get_by_text(COMMON["questions"]["of_scene"].format(name=scene.name), exact=True)
    return heading.locator("xpath=following::p[string-length(.) > 20][1]")


BOTTOMS = """([controls, height, sentence, alert]) => {
  const main = document.querySelector('[data-testid=stMain]');
  const bottom = (element) => element.getBoundingClientRect().bottom;
  const first = [...controls.children].find((element) => element.getClientRects().length);
  const lift = first.getBoundingClientRect().top - height / 3;
  return [bottom(sentence) - lift, bottom(alert) - lift];
}"""


@pytest.mark.parametrize("opened_page", walk(NAMES, *EACH_TIME), indirect=True)
def test_what_is_said_stands_in_one_sight_with_the_first_control(
    tab_of_phone: Page, opened_page: tuple[str, list[Figure]]
) -> None:
    phone, (name, figures) = tab_of_phone, opened_page
    for figure in figures:
        figure.wait_until_drawn()
    for scene in longest(name):
        phone.get_by_role("button", name=scene.name, exact=True).first.click()
        alert = text_of(phone, scene)
        alert.wait_for()
        Figure(phone).wait_for_server()
        root = alert.locator("xpath=preceding::div[contains(@class, 'live-root')][1]")
        root.evaluate("(root) => root.player.pause()")
        parts = [root.locator(part).element_handle() for part in (".controls", ".sentence")]
        ends = phone.evaluate(BOTTOMS, [parts[0], TALL["height"], parts[1], alert.element_handle()])
        assert max(ends) <= TALL["height"], (scene.name, ends)
