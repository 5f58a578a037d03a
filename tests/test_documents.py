"""What README and the pages beside it point to is there: files, headings, pictures, commands."""

import re
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pytest
from PIL import Image

ROOT: Final = Path(__file__).parents[1]
README: Final = ROOT / "README.md"
DOCUMENTS: Final = (
    README,
    ROOT / "CONTRIBUTING.md",
    ROOT / "deploy" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
)
PICTURES: Final = ROOT / "assets" / "readme"
BLOCK: Final = re.compile(r"^```[\s\S]*?^```|(?:^|(?<=\n\n))(?: {4}.*(?:\n|$)|\n(?= {4}))+", re.MULTILINE)
"""A block of code: fenced, or after an empty line and set in by four."""
SPAN: Final = re.compile(r"`[^`\n]+`")
LINK: Final = re.compile(r"\]\(([^)\s]+)\)|\b(?:src|srcset|href)=\"([^\"]+)\"")
HEADING: Final = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
MAKE: Final = re.compile(
    r"(?:^ {4}|`)make((?: +[A-Z]+=\S+)*)(?: +([a-z][a-z-]*))?((?: +[A-Z]+=\S+)*)", re.MULTILINE
)
VARIABLE: Final = re.compile(r"([A-Z]+)=")
OWN_MODULE: Final = re.compile(r"-m +((?:explainer|tests|tools)\b[\w.]*)")
FOR_MAKE_ALONE: Final = {"browser", "clean"}
"""Targets that nobody starts by hand to use, show or test the app."""
MOST_BYTES: Final = {".png": 250_000, ".webp": 1_000_000}


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


@cache
def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def code_of(document: Path) -> list[str]:
    """The commands and names of a document: its blocks, and what stands between backticks elsewhere."""
    text = text_of(document)
    return [*BLOCK.findall(text), *SPAN.findall(BLOCK.sub("\n", text))]


def prose_of(document: Path) -> str:
    return SPAN.sub("", BLOCK.sub("\n", text_of(document)))


def links_of(document: Path) -> list[str]:
    """All that it links to or shows, but for addresses elsewhere."""
    found = [markdown or html for markdown, html in LINK.findall(prose_of(document))]
    return [link for link in found if not re.match(r"[a-z]+:", link)]


@cache
def anchors_of(document: Path) -> set[str]:
    """What its headings are called in an address, as GitHub makes it."""
    headings = HEADING.findall(BLOCK.sub("\n", text_of(document)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def makefile() -> str:
    return text_of(ROOT / "Makefile")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):(?!=)", makefile(), re.MULTILINE))


def calls_of_make(document: Path) -> list[tuple[str, set[str]]]:
    """Each target that a document names, and the variables that it sets; "" for the first target there is."""
    calls = [call for code in code_of(document) for call in MAKE.findall(code)]
    return [(target, set(VARIABLE.findall(before + after))) for before, target, after in calls]


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_to_a_file_and_a_heading(document: Path) -> None:
    missing = []
    for link in links_of(document):
        path, _, anchor = unquote(link).partition("#")
        file = (document.parent / path).resolve() if path else document
        if not (file.exists() and file.is_relative_to(ROOT)) or (anchor and anchor not in anchors_of(file)):
            missing.append(link)
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_command_is_there(document: Path) -> None:
    calls = calls_of_make(document)
    assert {target for target, _ in calls if target} <= targets()
    assert {f"$({name})" for _, names in calls for name in names if f"$({name})" not in makefile()} == set()
    modules = [name for code in code_of(document) for name in OWN_MODULE.findall(code)]
    paths = [ROOT / name.replace(".", "/") for name in modules]
    assert [path for path in paths if not path.with_suffix(".py").is_file() and not path.is_dir()] == []


def test_readme_tells_of_every_target_and_of_the_pages_beside_it() -> None:
    table = [line for line in text_of(README).splitlines() if line.startswith("| `make ")]
    told = {target for line in table for _, target, _ in MAKE.findall(line)}
    assert targets() - FOR_MAKE_ALONE <= told
    linked = {(ROOT / link.partition("#")[0]).resolve() for link in links_of(README)}
    assert set(DOCUMENTS) - {README} <= linked


def test_readme_shows_pictures_that_load_quickly_and_no_others_are_kept() -> None:
    shown = {(ROOT / link).resolve() for link in links_of(README) if link.startswith("assets/readme/")}
    assert shown == set(PICTURES.iterdir())
    too_large = [path.name for path in shown if path.stat().st_size > MOST_BYTES[path.suffix]]
    assert too_large == []
    with Image.open(PICTURES / "descent.webp") as moving, Image.open(PICTURES / "descent.png") as still:
        seconds = 0.0
        for place in range(moving.n_frames):
            moving.seek(place)
            moving.load()
            seconds += moving.info["duration"] / 1000
        assert moving.n_frames > 24 and 3 <= seconds <= 6
        assert moving.size == still.size
