"""Takes the README's pictures, into assets/readme/: ``make pictures``.

    descent.webp   a point walks down the cost surface; descent.png, where it arrives, for who wants no motion
    home.png       the start page on a laptop
    phone.png      a chapter on a phone
    talk.png       a scene on the projector, and desk.png, its desk on the speaker's phone

To be run by hand when a page's look has changed; needs what the tests need.
"""

from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from explainer import ASSETS
from explainer.words import TALK
from tests.browser.chromium import ARGS, executable
from tests.browser.conftest import PHONE, SCREEN, visitor_context
from tests.browser.figure import Figure
from tests.browser.serving import Server, serve
from tests.browser.talk import Projector

FOLDER: Final = ASSETS / "readme"
COLOURS: Final = 128
"""Of a picture's palette: a third of the bytes, and nobody sees a difference."""

WALK: Final = "descent?view=both&start=-7.5,4.3&learning_rate=3&iterations=50"
"""A walk that bends: down the slope first, then along the valley."""
WALK_SCREEN: Final = {"width": 1200, "height": 820}
NUM_FRAMES: Final = 56
SLOWEST: Final = 1.6
"""Above 1: the first steps take longer than the last, which are shorter as well."""
FRAME_TIME: Final = 80
REST_TIME: Final = 1400
"""Milliseconds for each frame, and for the last one before it starts again."""

HOME_STEP: Final = 30
PHONE_PAGE: Final = "sigmoid?outlier=120"
PROJECTOR_SCREEN: Final = {"width": 1280, "height": 720}
SCENE: Final = "the way down"
"""The scene of the evening's talk that is shown on the projector and on its desk."""


def take_walk(browser: Browser, server: Server) -> None:
    """The figure of Descent, moved by hand from frame to frame: as fast as it is drawn would not be even."""
    context = visitor_context(browser, viewport=WALK_SCREEN)
    figure = Figure(context.new_page()).open(f"{server}/{WALK}")
    panels = figure.root.locator(".panels")
    still, end = FOLDER / "descent.png", figure.ask("player.clock.end")
    frames = []
    for number in range(NUM_FRAMES):
        passed = (number / (NUM_FRAMES - 1)) ** SLOWEST
        figure.ask("player.goTo(it)", end * passed)
        figure.wait_for_frames()
        panels.screenshot(path=still)
        with Image.open(still) as picture:
            frames.append(picture.convert("RGB"))
    context.close()
    reduce_colours(still)
    times = [*[FRAME_TIME] * (NUM_FRAMES - 1), REST_TIME]
    first, *others = frames
    path = FOLDER / "descent.webp"
    first.save(path, save_all=True, append_images=others, duration=times, loop=0, quality=80, method=6)


def take_home(browser: Browser, server: Server) -> None:
    context = visitor_context(browser, viewport=SCREEN)
    figure = Figure(context.new_page())
    figure.page.goto(server)
    figure.wait_for_home()
    figure.wait_until_drawn()
    figure.ask("player.goTo(it)", HOME_STEP)
    figure.wait_for_server()
    save(figure.page, "home.png")
    context.close()


def take_phone(browser: Browser, server: Server) -> None:
    context = visitor_context(browser, **PHONE)
    save(Figure(context.new_page()).open(f"{server}/{PHONE_PAGE}").page, "phone.png")
    context.close()


def take_talk(browser: Browser, server: Server) -> None:
    """A scene that has just been played, and its desk."""
    context, phone = visitor_context(browser, viewport=PROJECTOR_SCREEN), visitor_context(browser, **PHONE)
    projector = Projector(context).open(server)
    desk = open_desk(projector, phone)
    scenes = projector.ask("screen.talk.scenes.map(({ name, minutes }) => [name, minutes])")
    for name, minutes in scenes:
        if name == SCENE:
            break
        projector.ask("screen.remote.clock.seconds.set(...it)", [name, 60 * minutes])
    projector.ask("screen.goTo(it, 1)", [name for name, _ in scenes].index(SCENE))
    projector.wait_for_step(SCENE, 1)
    desk.get_by_role("heading", level=1, name=SCENE).wait_for()
    save(projector.page, "talk.png")
    save(desk, "desk.png")
    phone.close()
    context.close()


def open_desk(projector: Projector, context: BrowserContext) -> Page:
    """The desk of a talk, at the address that the talk's start page shows."""
    link = projector.page.locator(".invitation a")
    link.wait_for()
    desk = context.new_page()
    desk.goto(link.get_attribute("href") or "")
    desk.get_by_text(TALK["desk"]["connected"], exact=True).wait_for()
    return desk


def save(page: Page, name: str) -> None:
    path = FOLDER / name
    page.screenshot(path=path)
    reduce_colours(path)


def reduce_colours(path: Path) -> None:
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with serve() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGS)
        for take in (take_walk, take_home, take_phone, take_talk):
            take(browser, server)
        browser.close()
    for path in sorted(FOLDER.iterdir()):
        print(f"{path.relative_to(ASSETS.parent)}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
