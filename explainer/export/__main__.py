"""A talk as one file: ``python -m explainer.export [--talk FILE | --name short] [--notes]``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from explainer.chapters import CHAPTERS
from explainer.export.talk_page import talk_page
from explainer.talk.shelf import BUNDLED, bundled_talk
from explainer.talk.talks import Talk, TalkError, read_talk
from explainer.words import TALK


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the file, and says where it is."""
    words = TALK["handout"]
    parser = argparse.ArgumentParser(prog="python -m explainer.export", description=words["options"])
    parser.add_argument("--talk", type=Path, help=words["option_talk"])
    parser.add_argument("--name", help=words["option_name"])
    parser.add_argument("--notes", action="store_true", help=words["option_notes"])
    parser.add_argument("--app", default="", help=words["option_app"])
    parser.add_argument("--out", type=Path, help=words["option_out"])
    asked = parser.parse_args(arguments)
    try:
        talk = _talk(asked.talk, asked.name)
    except TalkError as error:
        print(error, file=sys.stderr)
        return 1
    path: Path = asked.out or Path(f"{talk.name}.html")

    def tell(place: int, scene: str) -> None:
        print(words["at"].format(place=place, count=len(talk.scenes), scene=scene), flush=True)

    content = talk_page(talk, asked.notes, asked.app, tell).encode()
    try:
        path.write_bytes(content)
    except OSError as error:
        print(words["not_written"].format(file=path, said=error.strerror), file=sys.stderr)
        return 1
    print(words["made"].format(file=path, megabytes=len(content) / 1e6, scenes=len(talk.scenes)))
    return 0


def _talk(path: Path | None, name: str | None) -> Talk:
    """The talk of a file, the one that comes along under a name, or the first of those."""
    if path is not None:
        return read_talk(path, CHAPTERS)
    if name not in {None, *BUNDLED}:
        raise TalkError(TALK["handout"]["no_talk"].format(name=name, known=", ".join(BUNDLED)))
    return bundled_talk(name or BUNDLED[0], CHAPTERS)


if __name__ == "__main__":
    sys.exit(main())
