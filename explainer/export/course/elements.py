"""What stands on a page of the app, as HTML.

What needs Python stands there greyed. Places, whose content depends on the settings, can be found again by
their names; where figures and questions stand, the course's script puts them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

from explainer.export.course.markup import formula, html_of, line_of, page_address
from explainer.export.course.page_runs import figure_name, is_figure, key_of
from explainer.words import COURSE

PLACE: Final = re.compile(r"(.+)-[0-9a-f]{12}")
"""The key of a place (`explainer.ui.places`): its name, and what tells its contents apart."""
LEFT_OUT: Final = ("notices", "scene-", "share-", "progress", "been-", "written-done", "menu")
"""How the keys of those blocks begin that are about one visitor."""
NEEDS_PYTHON: Final = {
    "button",
    "button_group",
    "download_button",
    "file_uploader",
    "link_button",
    "number_input",
    "radio",
    "text_area",
    "text_input",
}
QUIET: Final = {"empty", "html", "menu_button", "progress"}
"""Elements that say nothing by themselves."""


@dataclass
class PageWriter:
    """Writes one page, `chapter`. `pictures` are the addresses of its pictures by those that Streamlit gave.

    `scenes` are the keys of the buttons of scenes -> the scenes' numbers. `asked` gives what is asked at
    a spot of the page, for whoever reads it without scripts. After writing, `places` holds the places.
    """

    chapter: str
    pictures: Mapping[str, str]
    scenes: Mapping[str, int]
    asked: Callable[[str], str]
    places: dict[str, str] = field(default_factory=dict)

    def block(self, node: Any) -> str:
        """All that is in a block, what needs Python in boxes of its own."""
        children = [one for one in node.children.values() if not self._is_left_out(one)]
        parts: list[str] = []
        greyed: list[str] = []
        for child in children:
            if self._needs_python(child):
                greyed.append(_greyed(child))
                continue
            html = self._written(child)
            if html:
                parts += [*_box(greyed), html]
                greyed = []
        return "\n".join([*parts, *_box(greyed)])

    def _is_left_out(self, node: Any) -> bool:
        return (key_of(node) or "").startswith(LEFT_OUT) or node.type in QUIET

    def _needs_python(self, node: Any) -> bool:
        return node.type in NEEDS_PYTHON and (key_of(node) or "") not in self.scenes

    def _written(self, node: Any) -> str:
        if is_figure(node):
            return _figure(figure_name(node, self.chapter))
        if hasattr(node, "children"):
            return self._container(node)
        write = ELEMENTS.get(node.type)
        if write is not None:
            return write(node)
        if node.type == "button":
            return _scene_button(node, self.scenes[key_of(node) or ""])
        if node.type == "image":
            return "".join(map(self._picture, node.proto.imgs))
        raise ValueError(f"{self.chapter}: nobody knows how to write down {node.type!r}")

    def _picture(self, picture: Any) -> str:
        caption = f"<figcaption>{line_of(picture.caption)}</figcaption>" if picture.caption else ""
        address = escape(self.pictures[picture.url])
        return f'<figure class="picture"><img src="{address}" alt="{escape(picture.alt)}">{caption}</figure>'

    def _container(self, node: Any) -> str:
        key = key_of(node) or ""
        if key.startswith("questions-"):
            spot = key.rpartition("-")[2]
            return f'<section class="tasks" data-spot="{escape(spot)}">{self.asked(spot)}</section>'
        if node.type in {"expander", "popover"}:
            return self._folded(node)
        inside = self.block(node)
        if node.type == "column":
            return f'<div style="flex: {node.weight:.3g} 1 0">{inside}</div>'
        if place := PLACE.fullmatch(key):
            self.places[place[1]] = inside
            return f'<div data-place="{escape(place[1])}">{inside}</div>'
        return f'<div class="{_kind_of(node, key)}">{inside}</div>' if inside else ""

    def _folded(self, node: Any) -> str:
        label = node.label if node.type == "expander" else node.proto.popover.label
        inside = self.block(node)
        if not inside:  # it is filled by what somebody does
            return "\n".join(_box([f"<button disabled>{line_of(label)}</button>"]))
        return f'<details class="{node.type}"><summary>{line_of(label)}</summary>{inside}</details>'


def _kind_of(node: Any, key: str) -> str:
    """The class of a block: side by side or one below the other, and whether it is a card."""
    if any(child.type == "column" for child in node.children.values()):
        return "columns"
    if key.startswith("card-"):
        return "card"
    is_row = node.proto.flex_container.direction == node.proto.flex_container.HORIZONTAL
    return "row" if is_row else "stack"


def _figure(name: str) -> str:
    return f'<div class="shown" data-figure="{escape(name)}"><div class="live-root"></div></div>'


def _scene_button(node: Any, number: int) -> str:
    return f'<button class="scene" type="button" data-scene="{number}">{line_of(node.label)}</button>'


# ---- elements


def _heading(tag: str) -> Callable[[Any], str]:
    return lambda node: f"<{tag}>{line_of(node.value)}</{tag}>"


def _alert(node: Any) -> str:
    return f'<div class="message {node.type}">{html_of(node.value)}</div>'


def _caption(node: Any) -> str:
    return f'<div class="caption">{html_of(node.value)}</div>'


def _code(node: Any) -> str:
    return f'<pre translate="no"><code>{escape(node.value)}</code></pre>'


def _link(node: Any) -> str:
    query = f"?{node.proto.query_string}" if node.proto.query_string else ""
    address = escape(page_address(node.proto.page) + query)
    return f'<p class="way"><a href="{address}">{line_of(node.proto.label)}</a></p>'


def _table(node: Any) -> str:
    data = node.value
    head = "".join(f"<th>{line_of(str(name))}</th>" for name in ("", *data.columns))
    rows = (
        f"<tr><th>{line_of(str(name))}</th>{''.join(f'<td>{line_of(str(one))}</td>' for one in row)}</tr>"
        for name, row in zip(data.index, data.itertuples(index=False), strict=True)
    )
    return (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


ELEMENTS: Final[Mapping[str, Callable[[Any], str]]] = {
    "title": _heading("h1"),
    "header": _heading("h2"),
    "subheader": _heading("h3"),
    "markdown": lambda node: html_of(node.value),
    "latex": lambda node: f'<p class="formula">{formula(node.value, is_block=True)}</p>',
    "caption": _caption,
    "code": _code,
    "table": _table,
    "page_link": _link,
    "info": _alert,
    "success": _alert,
    "warning": _alert,
    "error": _alert,
}
"""How each kind of element is written down."""


# ---- what needs Python


def _box(greyed: list[str]) -> Iterator[str]:
    """What needs Python, greyed, with the way to it beside."""
    if greyed:
        why = f'<a class="why" href="#whole-app">{escape(COURSE["needs_python"])}</a>'
        yield f'<div class="python"><fieldset disabled>{" ".join(greyed)}</fieldset>{why}</div>'


def _greyed(node: Any) -> str:
    if node.type in {"button_group", "radio"}:
        return _greyed_options(node)
    label = line_of(node.proto.label)
    if node.type in {"number_input", "text_input", "text_area"}:
        value = escape(str(node.value if node.value is not None else ""))
        return f'<label>{label} <input disabled value="{value}"></label>'
    return f"<button disabled>{label}</button>"


def _greyed_options(node: Any) -> str:
    """What can be chosen, with what is."""
    texts = [getattr(option, "content", option) for option in node.proto.options]
    chosen = {node.value} if node.type == "radio" else {*node.proto.raw_values}
    return " ".join(
        f'<button disabled aria-pressed="{str(text in chosen).lower()}">{line_of(text)}</button>'
        for text in texts
    )
