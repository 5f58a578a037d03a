"""Takes the pictures that a chat shows of a link to a page: ``python -m tools.take_previews``.

Each page at 1200 x 630, the size that chats ask for, into assets/previews/. To be run by hand when a page's
look has changed; needs what the tests need.
"""

from typing import Final

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from explainer import ASSETS
from explainer.chapters import ORDER
from tests.browser.chromium import ARGS, executable
from tests.browser.figure import Figure
from tests.browser.serving import serve

SIZE: Final = {"width": 1200, "height": 630}
COLOURS: Final = 128
"""Of a picture's palette: a third of the bytes, and nobody sees a difference in a chat."""
ADDRESSES: Final = {
    "descent": "descent?view=both&step=12",
    "graph": "graph?step=4",
    "cats": "cats?step=600",
    "hidden": "hidden?step=2000",
    "recap": "recap?question=which-curve&step=40",
}
"""Where a page's first look says little of it."""


def take(browser: Browser, server: str, page: str) -> None:
    """One page's picture."""
    figure = Figure(browser.new_page(viewport=SIZE))
    if page == "home":
        figure.page.goto(server)
        figure.page.get_by_role("heading", level=2).first.wait_for()
        figure.wait_for_server()
    else:
        figure.open(f"{server}/{ADDRESSES.get(page, page)}")
    path = ASSETS / "previews" / f"{page}.png"
    figure.page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    figure.page.close()


def main() -> None:
    (ASSETS / "previews").mkdir(exist_ok=True)
    with serve() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGS)
        for page in ("home", *ORDER):
            take(browser, server, page)
        browser.close()


if __name__ == "__main__":
    main()
