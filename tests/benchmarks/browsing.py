"""A browser whose pages carry `probe.js`, and the chapter in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import ARGS, executable

PROBE: Final = Path(__file__).parent / "probe.js"
SCREEN: Final = {"width": 1366, "height": 768}
PATIENCE: Final = 90_000  # milliseconds; a throttled CPU is slow


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable(), args=ARGS)
        yield launched
        launched.close()


def visitor(browser: Browser) -> Page:
    """A page of somebody who was never here: nothing is in any cache."""
    context = browser.new_context(viewport=SCREEN)
    context.set_default_timeout(PATIENCE)
    context.add_init_script(path=PROBE)
    return context.new_page()


@dataclass(frozen=True)
class Shown:
    """A chapter's `nth` figure: where it is, its sliders, and a name for the table."""

    name: str
    path: str
    nth: int = 0
    sliders: tuple[str, ...] = ()


@contextmanager
def opened(browser: Browser, server: str, shown: Shown) -> Iterator[Page]:
    """The chapter, with that figure in sight and painted; the probe looks at it."""
    page = visitor(browser)
    page.goto(f"{server}/{shown.path}")
    page.wait_for_function("probe.moments.figure")
    page.evaluate("probe.choose", shown.nth)
    page.locator(".live-root").nth(shown.nth).scroll_into_view_if_needed()
    page.wait_for_function("probe.root().player.ready")
    page.wait_for_timeout(1500)  # milliseconds, for what the browser does after a load
    yield page
    page.context.close()


def slow_down(page: Page, factor: float) -> None:
    """Throttles the page's CPU."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": factor})


def moments(page: Page) -> dict[str, Any]:
    """What the probe has noted, in seconds since the navigation began."""
    return {name: ms / 1000 for name, ms in page.evaluate("probe.moments").items()}
