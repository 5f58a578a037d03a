"""Markdown and formulas as they stand in the words, as HTML that needs no script."""

from collections.abc import MutableMapping, Sequence
from functools import cache
from html import escape
from typing import Any
from urllib.parse import urlsplit

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from explainer.chapters import ORDER


def formula(latex: str, is_block: bool = False) -> str:
    """A formula as MathML, which browsers draw by themselves."""
    return convert(latex.strip().strip("$").strip(), display="block" if is_block else "inline")


def html_of(markdown: str) -> str:
    """A text of several paragraphs."""
    return str(_renderer().render(markdown)).strip()


def line_of(markdown: str) -> str:
    """A text without paragraphs, such as a label."""
    return str(_renderer().renderInline(markdown)).strip()


def page_address(name: str) -> str:
    """Where a page of the app stands in the folder."""
    return f"{name or 'index'}.html"


@cache
def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    renderer.use(dollarmath_plugin, renderer=lambda latex, options: formula(latex, options["display_mode"]))
    renderer.add_render_rule("link_open", _open_link)
    renderer.add_render_rule("code_inline", _code)
    return renderer


def _open_link(
    renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    """A link to a chapter leads to its page in the folder, any other out of it."""
    address = str(tokens[at].attrs["href"])
    parts = urlsplit(address)
    name = parts.path.strip("/")
    if not parts.scheme and name in {"", *ORDER}:
        address = page_address(name) + (f"?{parts.query}" if parts.query else "")
    return f'<a href="{escape(address)}">'


def _code(
    renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    """Code is the same in every language."""
    return f'<code translate="no">{escape(tokens[at].content)}</code>'
