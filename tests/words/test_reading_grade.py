"""How hard the texts are to read: the Flesch-Kincaid grade of each paragraph, formulas and names aside."""

import re
import statistics
import tomllib
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from explainer import chapters

with warnings.catch_warnings():
    # It asks for its own version in a way that is going out of use.
    warnings.simplefilter("ignore")
    from textstat import textstat

MIDDLE, HARDEST = 9, 12
FEWEST: Final = 12
"""Words of a paragraph: a grade of fewer says little."""
FILES: Final = sorted(Path(chapters.__file__).parent.glob("*/words.toml"))
LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
FORMULA: Final = re.compile(r"\$\$[^$]*\$\$|\$[^$]*\$|`[^`]*`")
PLACEHOLDER: Final = re.compile(r"\{[^}]*\}")
MARK: Final = re.compile(r"[*_#>]")


def texts_of(part: Any) -> Iterator[str]:
    """All texts of a table, however deep."""
    if isinstance(part, str):
        yield part
    else:
        for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            yield from texts_of(inner)


def plain(paragraph: str) -> str:
    """A paragraph as it is read aloud; a formula counts as one short word, and so does what is filled in."""
    text = FORMULA.sub("x", LINK.sub(r"\1", paragraph))
    return MARK.sub("", PLACEHOLDER.sub("5", text))


def grades(file: Path) -> dict[str, float]:
    texts = texts_of(tomllib.loads(file.read_text(encoding="utf-8")))
    read = [plain(paragraph) for text in texts for paragraph in re.split(r"\n\s*\n", text)]
    return {text: textstat.flesch_kincaid_grade(text) for text in read if len(text.split()) >= FEWEST}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_the_texts_of_a_chapter_are_easy_to_read(file: Path) -> None:
    found = grades(file)
    assert len(found) > 5
    assert statistics.median(found.values()) <= MIDDLE
    assert [text for text, grade in found.items() if grade > HARDEST] == []


def test_a_hard_sentence_has_a_high_grade() -> None:
    easy = "The cat sat on the mat, and then it ran off to play."
    hard = (
        "Notwithstanding considerable methodological heterogeneity, contemporary investigations "
        "unambiguously corroborate the aforementioned multidimensional characterisation."
    )
    assert textstat.flesch_kincaid_grade(easy) < MIDDLE < HARDEST < textstat.flesch_kincaid_grade(hard)
