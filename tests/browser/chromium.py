"""The browser that the tests drive: found where it usually is, fetched where there is none.

``python -m tests.browser.chromium`` (what ``make browser`` runs) makes sure that there is one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import Error, sync_playwright

ARGS: Final = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--enable-unsafe-swiftshader",  # WebGL, on computers without a graphics card too
)
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


class BrowserMissingError(RuntimeError):
    """There is no Chromium on this computer."""


def executable() -> str:
    """The path of a Chromium: $CHROME, else an installed one, else Playwright's own download.

    BrowserMissingError where there is none, also when $CHROME names a file that is not there.
    """
    wished = os.environ.get("CHROME")
    if wished:
        found = shutil.which(wished)
        if found is None:
            raise BrowserMissingError(f"CHROME is {wished}, and there is no such program")
        return found
    candidates = (*(shutil.which(name) for name in NAMES), *APPLICATIONS, _downloaded())
    for candidate in candidates:
        if candidate and Path(candidate).is_file():
            return candidate
    raise BrowserMissingError(
        "no Chromium or Chrome was found; `make browser` fetches one, or set CHROME to its path"
    )


def _downloaded() -> str | None:
    try:
        with sync_playwright() as playwright:
            return playwright.chromium.executable_path
    except Error:  # Playwright knows no build for this system
        return None


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, check=False).returncode == 0


def _is_root_on_debian() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_on_debian(package: str) -> bool:
    """Whether the package is there now; only root may install one."""
    return (
        _is_root_on_debian()
        and _succeeds("apt-get", "update")
        and _succeeds("apt-get", "install", "-y", "--no-install-recommends", package)
    )


def ensure() -> str:
    """The path of a Chromium, after fetching one if need be. BrowserMissingError if that was not possible."""
    try:
        return executable()
    except BrowserMissingError:
        if os.environ.get("CHROME"):
            raise
    fetched = _succeeds(sys.executable, "-m", "playwright", "install", "chromium")
    if not fetched:
        install_on_debian("chromium")
    return executable()


if __name__ == "__main__":
    try:
        print(f"browser: {ensure()}")
    except BrowserMissingError as problem:
        sys.exit(f"The browser tests need Chromium: {problem}.")
