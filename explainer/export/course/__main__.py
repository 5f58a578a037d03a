"""The course as a folder of static pages: ``python -m explainer.export.course [--out FOLDER]``."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from explainer.export.course.files import NotOursError
from explainer.export.course.folder import PAGES, make_course
from explainer.words import COURSE


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the folder, and says where it is."""
    words = COURSE["making"]
    parser = argparse.ArgumentParser(prog="python -m explainer.export.course", description=words["options"])
    parser.add_argument("--out", type=Path, default=Path("site"), help=words["option_out"])
    parser.add_argument("--address", default="", help=words["option_address"])
    parser.add_argument("--project", default="", help=words["option_project"])
    asked = parser.parse_args(arguments)

    def tell(place: int, page: str) -> None:
        print(words["at"].format(place=place, count=len(PAGES), page=page), flush=True)

    logging.disable(logging.WARNING)  # Streamlit's, that there is no server
    try:
        files = make_course(asked.out, asked.address, asked.project, tell)
    except NotOursError:
        print(words["not_ours"].format(folder=asked.out), file=sys.stderr)
        return 1
    except OSError as error:
        print(words["not_written"].format(file=error.filename, said=error.strerror), file=sys.stderr)
        return 1
    finally:
        logging.disable(logging.NOTSET)
    first = asked.out / "index.html"
    print(words["made"].format(folder=asked.out, pages=len(PAGES), megabytes=files.size / 1e6, first=first))
    return 0


if __name__ == "__main__":
    sys.exit(main())
