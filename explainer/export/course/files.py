"""The files beside the pages: figures' tables, pictures, scripts. Each stands there once."""

import re
import shutil
from pathlib import Path
from typing import Final

from explainer.export.course.page_runs import FigureShown
from explainer.live.embedding import alone

FOLDER: Final = "files"
MARK: Final = ".cat-or-not-course"
"""A file that says whose the folder is: another one is not made anew."""


class NotOursError(Exception):
    """A folder that is there already and was made by somebody else."""


class Files:
    """What is written into the folder `root`, made anew."""

    def __init__(self, root: Path) -> None:
        if root.exists() and any(root.iterdir()) and not (root / MARK).exists():
            raise NotOursError(root)
        shutil.rmtree(root, ignore_errors=True)
        (root / FOLDER).mkdir(parents=True)
        (root / MARK).touch()
        (root / ".nojekyll").touch()  # some hosts leave out files that they would have to build
        self.root = root

    def block(self, figure: FigureShown) -> str:
        """A figure's tables as a script, which also a page that is a file can load; its name."""
        name = re.sub(r"\W", "-", figure.path.rpartition("/")[2].removesuffix(".block"))
        path = self.root / FOLDER / f"{name}.js"
        if not path.exists():
            content = alone(figure.packed, takes_presses=True)
            path.write_text(f'catOrNotBlock("{name}","{content}");', encoding="ascii")
        return name

    def add(self, name: str, content: bytes) -> str:
        """A file by its name; its address for the pages."""
        (self.root / FOLDER / name).write_bytes(content)
        return f"{FOLDER}/{name}"

    def page(self, name: str, html: str) -> None:
        (self.root / name).write_text(html, encoding="utf-8")

    @property
    def size(self) -> int:
        """All files together, in bytes."""
        return sum(path.stat().st_size for path in self.root.rglob("*") if path.is_file())
