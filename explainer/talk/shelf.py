"""All talks that can be given: those that come with the app, and one of one's own, which may be edited."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from explainer.stage.chapter import Chapter
from explainer.talk.talks import Talk, TalkError, read_talk
from explainer.words import TALK

BUNDLED: Final = ("evening", "short")


@dataclass
class _Own:
    """A talk of one's own as it was read last, when its file was written, and what is wrong with it since."""

    path: Path
    talk: Talk
    written: int
    problem: str = ""


class Shelf(Mapping[str, Talk]):
    """Talks by their names, one's own first. A `TalkError` if that one cannot be given as it stands.

    The others are there once they are asked for by `read_bundled`: it takes a while to compute their figures.
    """

    def __init__(self, own: Path | None, chapters: Sequence[Chapter]) -> None:
        self.chapters = chapters
        self._talks: dict[str, Talk] = {}
        self._own: _Own | None = None
        if own is not None:
            self._own = _Own(own, read_talk(own, chapters), _written(own))
            self._talks[own.stem] = self._own.talk

    def read_bundled(self) -> None:
        for name in BUNDLED:
            if name not in self._talks:
                self._talks[name] = bundled_talk(name, self.chapters)

    def look_again(self) -> list[str]:
        """Reads one's own talk anew if its file was written since; sentences about what is wrong with it.

        A file with a mistake changes nothing: the talk stays as it was.
        """
        own = self._own
        if own is None:
            return []
        written = _written(own.path)
        if written != own.written:
            own.written, own.problem = written, ""
            try:
                own.talk = self._talks[own.path.stem] = read_talk(own.path, self.chapters)
            except TalkError as error:
                own.problem = TALK["screen"]["as_before"].format(problem=error)
        return [own.problem] if own.problem else []

    def __getitem__(self, name: str) -> Talk:
        return self._talks[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._talks)

    def __len__(self) -> int:
        return len(self._talks)


def bundled_talk(name: str, chapters: Sequence[Chapter]) -> Talk:
    """One of the talks that come with the app."""
    return read_talk(Path(__file__).with_name(f"{name}.toml"), chapters)


def _written(path: Path) -> int:
    """When a file was written last, in nanoseconds; 0 where that cannot be told."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
