"""Chromium, which most browser tests drive.

``python -m tests.browser.chromium`` makes sure that there is one.
"""

import sys
from typing import Final

from playwright.sync_api import Error, sync_playwright

from tests.browser.program import Program, succeeds

ARGS: Final = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--enable-unsafe-swiftshader",  # WebGL, on computers without a graphics card too
)


def _playwrights_own() -> str | None:
    try:
        with sync_playwright() as playwright:
            return playwright.chromium.executable_path
    except Error:  # Playwright knows no build for this system
        return None


CHROMIUM: Final = Program(
    title="Chromium",
    variable="CHROME",
    names=(
        *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ),
    package="chromium",
    fetched=_playwrights_own,
    fetch=lambda: succeeds(sys.executable, "-m", "playwright", "install", "chromium"),
)
executable = CHROMIUM.executable

if __name__ == "__main__":
    CHROMIUM.main()
