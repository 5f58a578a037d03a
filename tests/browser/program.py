"""A browser on this computer: found where it usually is, fetched or installed where there is none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

ROOT_USER: Final = 0


class BrowserMissingError(RuntimeError):
    """The browser is not on this computer."""


@dataclass(frozen=True)
class Program:
    """A browser, by its `title`.

    `variable` of the environment may name another one; `names` are programs and paths to look for, `package`
    is Debian's. `fetched` gives the path of one that was downloaded for the tests, if any; `fetch` downloads
    it and says whether that worked.
    """

    title: str
    variable: str
    names: tuple[str, ...]
    package: str
    fetched: Callable[[], str | None] = lambda: None
    fetch: Callable[[], bool] = lambda: False

    def executable(self) -> str:
        """The path: that of the environment's, else an installed one, else a downloaded one.

        BrowserMissingError where there is none, also when the variable names a file that is not there.
        """
        wished = os.environ.get(self.variable)
        if wished:
            found = shutil.which(wished)
            if found is None:
                raise BrowserMissingError(f"{self.variable} is {wished}, and there is no such program")
            return found
        for candidate in (*map(shutil.which, self.names), shutil.which(self.fetched() or "")):
            if candidate:
                return candidate
        raise BrowserMissingError(
            f"no {self.title} was found; install one, or set {self.variable} to its path"
        )

    def ensure(self) -> str:
        """The same, after fetching or installing one if need be."""
        try:
            return self.executable()
        except BrowserMissingError:
            if os.environ.get(self.variable):
                raise
        if not self.fetch():
            _install_on_debian(self.package)
        return self.executable()

    def main(self) -> None:
        """Says where it is; ends the process with a sentence if it cannot be had."""
        try:
            print(f"{self.title}: {self.ensure()}")
        except BrowserMissingError as problem:
            sys.exit(f"The browser tests need {self.title}: {problem}.")


def succeeds(*command: str) -> bool:
    return subprocess.run(command, check=False).returncode == 0


def _install_on_debian(package: str) -> None:
    """Only root may install a package."""
    if hasattr(os, "geteuid") and os.geteuid() == ROOT_USER and shutil.which("apt-get"):
        _ = succeeds("apt-get", "update") and succeeds("apt-get", "install", "-y", package)
