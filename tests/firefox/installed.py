"""Firefox as the system has it. ``python -m tests.firefox.installed`` makes sure that there is one."""

import os
import shutil
import sys
from typing import Final

from tests.browser.chromium import install_on_debian

NAMES: Final = ("firefox-esr", "firefox")
APPLICATION: Final = "/Applications/Firefox.app/Contents/MacOS/firefox"


class FirefoxMissingError(RuntimeError):
    """There is no Firefox on this computer."""


def executable() -> str:
    """The path of a Firefox: $FIREFOX, else an installed one. FirefoxMissingError where there is none."""
    wished = os.environ.get("FIREFOX")
    for name in [wished] if wished else [*NAMES, APPLICATION]:
        found = shutil.which(name)
        if found:
            return found
    raise FirefoxMissingError("no Firefox was found; install firefox-esr, or set FIREFOX to its path")


def ensure() -> str:
    """The same, after installing one from the system's packages if need be."""
    try:
        return executable()
    except FirefoxMissingError:
        if os.environ.get("FIREFOX"):
            raise
    install_on_debian("firefox-esr")
    return executable()


if __name__ == "__main__":
    try:
        print(f"firefox: {ensure()}")
    except FirefoxMissingError as problem:
        sys.exit(f"`make test-all` needs Firefox: {problem}.")
