"""One server and one browser for all browser tests, and a new visitor for each test or module."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import ARGS, executable
from tests.browser.figure import RUNS, Figure
from tests.browser.serving import HEALTH, Server, serve
from tests.browser.talk import Projector

HERE = Path(__file__).parent
SCREEN = {"width": 1366, "height": 768}
LARGE = {"width": 1280, "height": 720}  # of a projector
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
PATIENCE = 60_000  # milliseconds until a condition counts as missed, on a busy computer too
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The app, for all tests that do not stop it."""
    with serve() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser. None on this computer is an error, not a reason to skip."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable(), args=ARGS)
        yield launched
        launched.close()


def visitor_context(browser: Browser, **options: Any) -> BrowserContext:
    """What a separate visitor has; its pages tell whether a run is under way. Options as for Playwright."""
    context = browser.new_context(**({"viewport": SCREEN} | options))
    context.set_default_timeout(PATIENCE)
    context.add_init_script(RUNS)
    return context


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes contexts, as separate visitors have them; options as for Playwright's `new_context`."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made.append(visitor_context(browser, **options))
        return made[-1]

    yield make
    for context in made:
        context.close()


@contextmanager
def new_tab(browser: Browser, **options: Any) -> Iterator[Page]:
    """A tab for many visits. One that has compiled the app's scripts opens it in less than half the time."""
    context = visitor_context(browser, **options)
    yield context.new_page()
    context.close()


def forget(tab: Page, server: str) -> None:
    """Leaves the page for one that holds nothing, and clears what it had stored: the next visitor is new."""
    tab.mouse.move(0, 0)
    tab.emulate_media(color_scheme="light")
    # The page that is left may have been another server's, and remembers its state once more while it goes.
    clear = "[sessionStorage, localStorage].forEach((storage) => storage.clear())"
    if tab.url.startswith("http"):
        tab.evaluate(f"window.addEventListener('pagehide', () => {clear})")
    tab.goto(f"{server}/{HEALTH}")
    tab.evaluate(clear)
    tab.context.clear_cookies()


@pytest.fixture(scope="session")
def tab_of_tests(browser: Browser) -> Iterator[Page]:
    """Where tests open pages of their own, one after the other."""
    with new_tab(browser) as tab:
        yield tab


@pytest.fixture(scope="session")
def tab_of_modules(browser: Browser) -> Iterator[Page]:
    """Where modules open the page that their tests share."""
    with new_tab(browser) as tab:
        yield tab


@pytest.fixture(scope="session")
def tab_of_phone(browser: Browser) -> Iterator[Page]:
    """The same on a phone."""
    with new_tab(browser, **PHONE) as tab:
        yield tab


@pytest.fixture
def page(tab_of_tests: Page, server: Server) -> Iterator[Page]:
    """A page of a visitor who was never here, on a screen of 1366 x 768.

    What a test adds to the page itself (scripts, routes, a clock) would stay: `new_page` is for that.
    """
    yield tab_of_tests
    forget(tab_of_tests, server)


@pytest.fixture
def phone(tab_of_phone: Page, server: Server) -> Iterator[Page]:
    """A page of a visitor who was never here, on a phone."""
    yield tab_of_phone
    forget(tab_of_phone, server)


@pytest.fixture
def new_page(tab_of_tests: Page, server: Server) -> Iterator[Page]:
    """The same in a tab of its own, to which a test may add what it likes."""
    tab = tab_of_tests.context.new_page()
    yield tab
    tab.close()
    forget(tab_of_tests, server)


@pytest.fixture(scope="session")
def projectors(browser: Browser) -> Iterator[BrowserContext]:
    """Where talks are shown, one after the other."""
    context = visitor_context(browser, viewport=LARGE)
    yield context
    context.close()


@pytest.fixture
def projector(projectors: BrowserContext, server: Server) -> Iterator[Projector]:
    """The short talk, at its start page."""
    shown = Projector(projectors).open(server, "short")
    yield shown
    forget(shown.page, server)
    shown.page.close()


@contextmanager
def opened(tab: Page, address: str) -> Iterator[Figure]:
    """A figure that several tests share, one after the other: opening a page takes seconds."""
    yield Figure(tab).open(address)
    forget(tab, address.partition("?")[0].rpartition("/")[0])


@pytest.fixture(scope="session")
def shared_figure(server: Server, browser: Browser) -> Iterator[Figure]:
    """One figure for all tests that use nothing but its own controls."""
    with new_tab(browser) as tab, opened(tab, f"{server}/descent?view=map&start=3,3") as figure:
        yield figure


@pytest.fixture(scope="module")
def chapter_page(
    server: Server, tab_of_modules: Page, request: pytest.FixtureRequest
) -> Iterator[tuple[Figure, dict[str, str]]]:
    """The first figure of the chapter that a module names as its `PAGE`, opened once; its first address."""
    with opened(tab_of_modules, f"{server}/{request.module.PAGE}") as figure:
        yield figure, figure.address


@pytest.fixture
def at_start(chapter_page: tuple[Figure, dict[str, str]]) -> Iterator[Figure]:
    """That figure, its page gone back to the first address; whatever the test does, no script may fail."""
    figure, address = chapter_page
    yield figure.go_back_to(address)
    assert figure.errors == []


@pytest.fixture
def at_rest(shared_figure: Figure) -> Iterator[Figure]:
    """That figure at step 0 of 200 with learning rate 1, 3-D panel off, loop off, speed 1."""
    figure = shared_figure
    figure.ask("player.pause()")
    figure.put("iterations", 199)
    figure.put("learning_rate", 30)
    figure.ask("player.goTo(0)")
    figure.page.get_by_label("speed").select_option("1")
    if figure.button("loop").get_attribute("aria-pressed") == "true":
        figure.button("loop").click()
    figure.wait_for_state(learning_rate="1", iterations="200", step="0")
    figure.wait_for_address(learning_rate="1", iterations="200", step="0")
    yield figure
    assert figure.errors == []


@pytest.fixture
def figure(page: Page) -> Iterator[Figure]:
    """The live figure on `page`, not opened yet; whatever the test does, no script may fail."""
    made = Figure(page)
    yield made
    assert made.errors == []
