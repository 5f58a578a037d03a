"""What the app is told when it is started: ``streamlit run streamlit_app.py -- --pictures FOLDER``."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from explainer.pictures.course import FILES

PICTURES: Final = "--pictures"


@dataclass(frozen=True)
class Options:
    """The folder with the course's files, if there is one, and a sentence for each that is not taken."""

    pictures: Path | None
    problems: tuple[str, ...]


def read(arguments: Sequence[str] | None = None) -> Options:
    """The options among the arguments; without these, among those of this process."""
    rest = list(sys.argv[1:] if arguments is None else arguments)
    pictures, problems = None, []
    while rest:
        name, has_value, value = rest.pop(0).partition("=")
        if name != PICTURES:
            problems.append(f"There is no option {name}; there is {PICTURES} FOLDER.")
            continue
        if not has_value and rest and not rest[0].startswith("--"):
            value = rest.pop(0)
        pictures, problem = _folder(value)
        problems += [problem] if problem else []
    return Options(pictures, tuple(problems))


def picture_folder(arguments: Sequence[str] | None = None) -> Path | None:
    """The folder named by ``--pictures``, None if there is none."""
    return read(arguments).pictures


def course_files_in(folder: Path) -> tuple[Path, ...]:
    """Those of the course's files that are in a folder: the one to train, then the one to test."""
    return tuple(folder / name for name in FILES if (folder / name).is_file())


def _folder(text: str) -> tuple[Path | None, str | None]:
    if not text:
        return None, f"{PICTURES} names no folder; the app starts with the drawings."
    try:
        folder = Path(text).expanduser().resolve()
        if not folder.is_dir():
            return None, f"There is no folder {text}; the app starts with the drawings."
    except (OSError, RuntimeError, ValueError):  # no such home, or no name for a folder
        return None, f"There can be no folder {text!r}; the app starts with the drawings."
    if not course_files_in(folder):
        return folder, f"In the folder {text} there is neither {' nor '.join(FILES)}."
    return folder, None
