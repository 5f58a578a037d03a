"""Every text of the words has code that names it.

By its key, by a pattern such as ``f"readout_{name}"``, or as an option of a setting, ``<setting>_<option>``.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from explainer.words import CHAPTER_FOLDERS, COMMON, COURSE, TALK
from explainer.words import words as words_of
from tests.words.numerals import sources

ROOT = Path(__file__).parents[2]
SHARED = {"common": (COMMON, "live"), "course": (COURSE, "live"), "talk": (TALK, "talk")}
"""Words that are no chapter's, and the folder whose scripts may name them."""
CODE = [*sorted((ROOT / "explainer").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]
NAMED_BY_WHAT_IT_IS = {"numpy_basics": {"cards"}}
"""Tables whose keys are functions, and the mistakes that their exercises know."""


@dataclass(frozen=True)
class Code:
    """What some code may call a text: whole strings, and patterns of those that are put together."""

    strings: frozenset[str]
    patterns: frozenset[str]

    def names(self, key: str) -> bool:
        """Whether the code has a name for that key."""
        starts = (key[:place] for place, letter in enumerate(key) if letter == "_")
        return (
            key in self.strings
            or any(re.fullmatch(pattern, key) for pattern in self.patterns)
            or any(start in self.strings for start in starts)
        )


def read(paths: list[Path]) -> Code:
    """What the code of several files may call a text."""
    codes = [code_of(path) for path in paths]
    return Code(
        frozenset().union(*(code.strings for code in codes)),
        frozenset().union(*(code.patterns for code in codes)),
    )


@cache
def code_of(path: Path) -> Code:
    """The same of one file; most are read for each chapter."""
    strings: set[str] = set()
    patterns: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            strings.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            patterns |= set(pattern_of(node))
    return Code(frozenset(strings), frozenset(patterns))


def pattern_of(node: ast.JoinedStr) -> Iterator[str]:
    """A regular expression for what an f-string may be; nothing for one that may be anything."""
    parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
    if re.search("[a-z]", "".join(str(part) for part in parts if part is not None)):
        yield "".join(".+" if part is None else re.escape(str(part)) for part in parts)


def code_for(source: str) -> list[Path]:
    """The files that may name the texts of a source: a chapter's not those of another chapter."""
    chapters = {path.parent.name for path in CHAPTER_FOLDERS.glob("*/words.toml")}
    return [path for path in CODE if source in SHARED or not ({*path.parts, path.stem} & chapters - {source})]


def keys(table: Mapping[str, Any], left_out: Set[str] = frozenset()) -> Iterator[str]:
    """The keys of all texts, but for those in tables of these names."""
    for name, part in table.items():
        if name in left_out:
            continue
        if isinstance(part, Mapping):
            yield from keys(part, left_out)
        else:
            yield name


@pytest.mark.parametrize("chapter", sorted(sources().keys() - SHARED.keys()))
def test_a_chapter_has_no_text_that_no_code_names(chapter: str) -> None:
    said, code = words_of(chapter), read(code_for(chapter))
    assert [key for key in (*said.text, *said.figure) if not code.names(key)] == []
    assert not said.cards or chapter in NAMED_BY_WHAT_IT_IS


@pytest.mark.parametrize("source", SHARED)
def test_there_is_no_shared_text_that_no_code_names(source: str) -> None:
    said, folder = SHARED[source]
    scripts = sorted((ROOT / "explainer" / folder / "js").rglob("*.js"))
    code, script = read(code_for(source)), "\n".join(path.read_text(encoding="utf-8") for path in scripts)
    named_by_what_it_is = set(re.findall(r"words\.(\w+)\[", script))
    unused = [key for key in keys(said, named_by_what_it_is) if f"words.{key}" not in script]
    assert [key for key in unused if not code.names(key)] == []


def test_a_text_without_code_is_found() -> None:
    code = read(code_for("descent"))
    assert code.names("readout_cost") and code.names("data_hours") and code.names("units")
    assert not code.names("chores") and not code.names("hints_said")
