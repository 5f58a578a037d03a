"""The app's command-line options: ``streamlit run streamlit_app.py -- --pictures FOLDER --talk FILE``."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from explainer.pictures.course import FILES
from explainer.words import COMMON

PICTURES: Final = "--pictures"
TALK: Final = "--talk"


@dataclass(frozen=True)
class Options:
    """The folder with the course's files and the file of a talk, None where none is given.

    A sentence for each of the `problems`. Whether there is such a talk is not looked at here.
    """

    pictures: Path | None
    problems: tuple[str, ...]
    talk: Path | None = None


def read(arguments: Sequence[str] | None = None) -> Options:
    """The options in the arguments, by default in those of this process."""
    rest = list(sys.argv[1:] if arguments is None else arguments)
    pictures, talk, problems = None, None, []
    while rest:
        name, has_value, value = rest.pop(0).partition("=")
        if name not in {PICTURES, TALK}:
            problems.append(_sentence("unknown", name=name, talk=TALK))
            continue
        if not has_value and rest and not rest[0].startswith("--"):
            value = rest.pop(0)
        if name == TALK:
            talk = Path(value).expanduser() if value else None
            problem = None if value else _sentence("no_talk", talk=TALK)
        else:
            pictures, problem = _folder(value)
        problems += [problem] if problem else []
    return Options(pictures, tuple(problems), talk)


def picture_folder(arguments: Sequence[str] | None = None) -> Path | None:
    """The folder given by ``--pictures``, None if there is none."""
    return read(arguments).pictures


def course_files_in(folder: Path) -> tuple[Path, ...]:
    """The course's files that a folder holds: the training file, then the test file."""
    return tuple(folder / name for name in FILES if (folder / name).is_file())


def _folder(text: str) -> tuple[Path | None, str | None]:
    if not text:
        return None, _sentence("unnamed")
    try:
        folder = Path(text).expanduser().resolve()
        if not folder.is_dir():
            return None, _sentence("missing", text=text)
    except (OSError, RuntimeError, ValueError):  # an unknown home directory, or an impossible path
        return None, _sentence("impossible", text=text)
    if not course_files_in(folder):
        return folder, _sentence("without_files", text=text, files=COMMON["options"]["nor"].join(FILES))
    return folder, None


def _sentence(kind: str, **details: str) -> str:
    return str(COMMON["options"][kind].format(option=PICTURES, **details))
