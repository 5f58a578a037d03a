"""All benchmarks, one table; some of them: ``python -m tests.benchmarks maths picturing``, see GROUPS."""

import logging
import sys
from collections.abc import Iterator

from tests.benchmarks import (
    learning,
    loading,
    maths,
    picturing,
    playing,
    racing,
    shallow,
    spanning,
    talking,
    writing,
)
from tests.benchmarks.browsing import browser
from tests.benchmarks.result import Result, table

GROUPS = (
    "maths",
    "spanning",
    "shallow",
    "writing",
    "racing",
    "picturing",
    "playing",
    "learning",
    "talking",
    "loading",
)


def results(groups: list[str]) -> Iterator[Result]:
    """The results of these groups."""
    if "maths" in groups:
        yield from maths.results()
    if "spanning" in groups:
        yield from spanning.results()
    if "shallow" in groups:
        yield from shallow.results()
    if "writing" in groups:
        yield from writing.results()
    if "racing" in groups:
        yield from racing.results()
    if "picturing" in groups:
        yield from picturing.results()
    with browser() as launched:
        if "playing" in groups:
            yield from playing.results(launched)
        if "learning" in groups:
            yield from learning.results(launched)
        if "talking" in groups:
            yield from talking.results(launched)
        if "loading" in groups:
            yield from loading.results(launched)


def main() -> None:
    """Measures, then prints; says on the way where it is."""
    logging.disable(logging.WARNING)  # Streamlit's, about running without a server
    found = []
    for result in results(sys.argv[1:] or list(GROUPS)):
        print(f"{result.figure}: {result.measured}", file=sys.stderr, flush=True)
        found.append(result)
    print(table(found))


main()
