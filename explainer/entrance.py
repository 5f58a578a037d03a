"""What stands on each page before Streamlit does: from the words files, for `serving.first_words`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from explainer import ASSETS
from explainer.chapters import ORDER
from explainer.serving.first_words import FirstWords, Frame
from explainer.serving.published import publish
from explainer.words import COMMON, words

STYLE = Path(__file__).parent / "ui" / "page.css"
"""The style sheet of all pages."""
THEMES = ("light", "dark")
COLOURS = {"ground": "backgroundColor", "ink": "textColor", "second": "secondaryBackgroundColor"}
"""The names that the first words have for a theme's colours -> the theme's own."""


def page_title(nav: str) -> str:
    """A page's title, as a browser's tab and a chat show it."""
    return f"{nav} · {COMMON['title']}"


def all_first_words() -> tuple[FirstWords, ...]:
    """Home's and every chapter's, in the order of the menu."""
    home = words("home")
    first = FirstWords(
        path="",
        nav=home.nav,
        title=COMMON["title"],
        question=home.question,
        lead=home.lead,
        description=COMMON["frame"]["description"],
        picture=preview("home"),
        heading=COMMON["title"],
    )
    return (first, *map(chapter_words, ORDER))


def chapter_words(chapter: str) -> FirstWords:
    said = words(chapter)
    return FirstWords(
        path=chapter,
        nav=said.nav,
        title=page_title(said.nav),
        question=said.question,
        lead=said.lead,
        description=f"{said.question} {said.promise}",
        picture=preview(chapter),
        box=COMMON["frame"]["letters"],
    )


def preview(page: str) -> str:
    """The path of the picture that a chat shows of a page, home's for a page without one.

    tools/take_previews.py takes them.
    """
    pictures = [ASSETS / "previews" / f"{name}.png" for name in (page, "home")]
    return publish(next(path for path in pictures if path.is_file()).read_bytes(), page, "png")


def frame(option: Callable[[str], Any]) -> Frame:
    """What all pages share before Streamlit stands. `option` gives a setting of Streamlit's by its name."""
    return Frame(
        menu=COMMON["frame"]["menu"],
        no_script=COMMON["frame"]["no_script"],
        logo=publish((ASSETS / "icon.png").read_bytes(), "icon", "png"),
        colours={
            f"{theme}_{name}": option(f"theme.{theme}.{setting}")
            for theme in THEMES
            for name, setting in COLOURS.items()
        },
        style=STYLE.read_text(encoding="utf-8"),
        host_config={
            "allowedOrigins": option("client.allowedOrigins"),
            "useExternalAuthToken": False,
        },
    )
