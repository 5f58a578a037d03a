"""Makes the course's folder: a page for home and each chapter, and what they share."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

from explainer import ASSETS
from explainer.chapters import ORDER
from explainer.export.course.chapter_pages import CoursePage
from explainer.export.course.files import FOLDER, Files
from explainer.export.course.markup import html_of, page_address
from explainer.export.course.page_runs import HOME
from explainer.live.embedding import as_data, tones
from explainer.live.scripts import JS, PARTS, bundle, component_style, plotly_script
from explainer.serving.templates import filled
from explainer.words import COMMON, COURSE, words

HERE: Final = Path(__file__).parent
SCRIPT: Final = JS / "course" / "course.js"


PAGES: Final = (HOME, *ORDER)


def make_course(
    folder: Path,
    address: str = "",
    project: str = "",
    tell: Callable[[int, str], None] = lambda place, name: None,
    pages: Sequence[str] = PAGES,
) -> Files:
    """Writes the course into a folder, which is made anew; `NotOursError` if it is somebody else's.

    `address` is where the folder will stand, and `project` where the app's code is, if that is known. `tell`
    is called before each of the `pages` with its place, counted from 1, and its name.
    """
    files = Files(folder)
    icon = files.add("icon.png", (ASSETS / "icon.png").read_bytes())
    files.add("course.css", _style().encode())
    files.add("course.js", _script().encode())
    for part in PARTS:
        files.add(f"plotly-{part}.js", plotly_script(part))
    for place, name in enumerate(pages, start=1):
        tell(place, words(name).nav)
        page = CoursePage(name, files)
        files.page(_file_of(name), _html(page, icon, address, project))
    return files


def _file_of(name: str) -> str:
    return page_address("" if name == HOME else name)


def _html(page: CoursePage, icon: str, address: str, project: str) -> str:
    said, name = page.words, page.name
    app = COMMON["title"]
    title = app if name == HOME else COURSE["title"].format(title=said.nav, app=app)
    description = COMMON["frame"]["description"] if name == HOME else f"{said.question} {said.promise}"
    data = page.data()
    return filled(
        (HERE / "page.html").read_text(encoding="utf-8"),
        {
            "preload": _preload(page, data),
            "title": escape(title),
            "description": escape(description),
            "preview": _preview(page.files, name, address),
            "address": _canonical(name, address),
            "icon": icon,
            "files": FOLDER,
            "app": escape(app),
            "menu_name": escape(COURSE["menu"]),
            "menu": "".join(_menu_item(one, name) for one in PAGES),
            "skip": escape(COURSE["skip"]),
            "content": page.content(),
            "whole_app": escape(COURSE["whole_app"]),
            "whole_app_text": html_of(_whole_app_text(project)),
            "no_script": escape(COURSE["no_script"]),
            "cannot_play": escape(COURSE["cannot_play"]),
            "data": as_data(data | {"words": _said()}),
        },
    )


def _whole_app_text(project: str) -> str:
    """How to start the whole app, and where to get it, if that is known."""
    where = COURSE["project_at"].format(address=project) if project else ""
    return f"{COURSE['whole_app_text']}\n\n{where}"


def _preload(page: CoursePage, data: Mapping[str, Any]) -> str:
    """What the page's first figure is drawn with: it comes while the script is still on its way."""
    first = next(iter(data["figures"].values()))
    has_scene = page.first_has_scene
    files = [first["block"], *(f"plotly-{part}" for part in PARTS if part == "flat" or has_scene)]
    return "\n".join(f'<link rel="preload" as="script" href="{FOLDER}/{name}.js">' for name in files)


def _said() -> dict[str, str]:
    """What the script says."""
    return {**COMMON["questions"], **COURSE["script"]}


def _preview(files: Files, name: str, address: str) -> str:
    """The picture that a chat shows of a link: a chat wants its whole address."""
    known = [ASSETS / "previews" / f"{one}.png" for one in (name, HOME)]
    path = next(one for one in known if one.is_file())
    found = files.add(f"preview-{path.stem}.png", path.read_bytes())
    return escape(f"{address.rstrip('/')}/{found}" if address else found)


def _canonical(name: str, address: str) -> str:
    if not address:
        return ""
    return f'<link rel="canonical" href="{escape(address.rstrip("/"))}/{_file_of(name)}">'


def _menu_item(name: str, here: str) -> str:
    current = ' aria-current="page"' if name == here else ""
    return f'<li><a href="{_file_of(name)}"{current}>{escape(words(name).nav)}</a></li>'


def _style() -> str:
    template = (HERE / "course.css").read_text(encoding="utf-8")
    return filled(template, {"light": tones("light"), "dark": tones("dark")}) + component_style()


def _script() -> str:
    return f'(() => {{\n"use strict";\n{bundle(SCRIPT)}\n}})();\n'
