"""What a page says before Streamlit has woken: a middleware puts it into the HTML that Streamlit serves.

The chapter's question and lead and its navigation, in the place and type in which Streamlit will show them,
until it does; a title, a description and a picture for whoever meets the link in a chat; the address of the
server, which Streamlit's own script would otherwise ask for; a sentence for browsers without JavaScript.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explainer.serving.compression import Collected
from explainer.serving.published import accepts_gzip, zipped
from explainer.serving.templates import filled

TEMPLATE: Final = Path(__file__).with_name("first_words.html")
HOST: Final = re.compile(r"[\w.:\[\]-]{1,255}")
KEPT: Final = 64
"""Pages in memory: as many as there are, under a few names of the server."""


@dataclass(frozen=True)
class FirstWords:
    """A page's texts: `path` below the app's address, `lead` with Markdown's bold and italics.

    `box` is what stands beside the question; a `heading` above the question makes it the page of the whole
    app. `picture` is the path of its preview, below the app's address.
    """

    path: str
    nav: str
    title: str
    question: str
    lead: str
    description: str
    picture: str
    box: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Frame:
    """What all pages share: the menu's name, a sentence for browsers without JavaScript, the logo's path.

    `colours` are those of the page, by names such as ``light_ground``; `host_config` is what Streamlit's
    script asks of its server.
    """

    menu: str
    no_script: str
    logo: str
    colours: Mapping[str, str]
    host_config: Mapping[str, Any]
    style: str = ""
    """The app's own style sheet, which Streamlit would apply only some time after the first element."""


class FirstWordsPages:
    """ASGI middleware that answers for the pages it knows; everything else is Streamlit's."""

    def __init__(self, app: ASGIApp, pages: Sequence[FirstWords], frame: Frame, base_path: str = "") -> None:
        self.app = app
        self.root = f"/{base_path}" if base_path else ""
        self.frame = frame
        self.pages = pages
        self.paths = {f"{self.root}/{page.path}".rstrip("/") or "/": page for page in pages}
        self.paths |= {f"{self.root}/": page for page in pages if not page.path}
        self._made = lru_cache(KEPT)(self._make)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = self.paths.get(scope["path"]) if scope["type"] == "http" else None
        if page is None or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        collected = Collected()

        async def collect(message: Message) -> None:
            collected.take(message)

        await self.app(_whole_and_plain(scope), receive, collect)
        assert collected.start is not None, "the app has answered nothing"
        kind = Headers(raw=collected.start["headers"]).get("content-type", "")
        if collected.start["status"] == 200 and kind.startswith("text/html"):
            await self._answer(page, bytes(collected.body), scope)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _answer(self, page: FirstWords, original: bytes, scope: Scope) -> Response:
        asked = Headers(scope=scope)
        html, packed, etag = self._made(page, original, _origin(asked, scope))
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding", "ETag": etag}
        if etag in [tag.strip() for tag in asked.get("if-none-match", "").split(",")]:
            return Response(status_code=304, headers=headers)
        if accepts_gzip(asked.get("accept-encoding", "")):
            return Response(packed, media_type="text/html", headers=headers | {"Content-Encoding": "gzip"})
        return Response(html, media_type="text/html", headers=headers)

    def _make(self, page: FirstWords, original: bytes, origin: str) -> tuple[bytes, bytes, str]:
        """The page's HTML, plain and compressed, and its tag."""
        html = self._html(page, original.decode(), origin).encode()
        return html, zipped(html), f'W/"{hashlib.sha256(html).hexdigest()[:16]}"'

    def _html(self, page: FirstWords, html: str, origin: str) -> str:
        head = _described(page, f"{origin}{self.root}/") + _configured(self.frame.host_config)
        html = re.sub(r"<title>.*?</title>", lambda _: head, html, count=1, flags=re.DOTALL)
        html = html.replace("</head>", f"<style>{self.frame.style}</style></head>", 1)
        # A style sheet holds back all that stands behind it, the first words too.
        sheets = re.findall(r'<link rel="stylesheet"[^>]*>', html)
        for sheet in sheets:
            html = html.replace(sheet, "", 1)
        html = re.sub(r"<noscript>.*?</noscript>", "", html, count=1, flags=re.DOTALL)
        return html.replace(
            '<div id="root">', f'{self._words(page, html)}{"".join(sheets)}<div id="root">', 1
        )

    def _words(self, page: FirstWords, html: str) -> str:
        fonts = re.findall(r'href="([^"]+\.woff2)"', html)
        parts = {
            **self.frame.colours,
            "font": fonts[0] if fonts else "",
            "kind": "home" if page.heading else "chapter",
            "logo": f"./{self.frame.logo}",
            "nav": "".join(self._nav_item(one, page) for one in self.pages) + _box("menu", self.frame.menu),
            "told": _told(page),
            "no_script": escape(self.frame.no_script),
        }
        template = TEMPLATE.read_text(encoding="utf-8")
        return filled(template, parts)

    def _nav_item(self, one: FirstWords, page: FirstWords) -> str:
        here = ' class="here"' if one is page else ""
        return f"<span{here}>{escape(one.nav)}</span>"


def _whole_and_plain(scope: Scope) -> Scope:
    """The request for the whole page, unconditionally: what is answered in its place has other bytes."""
    left_out = {b"accept-encoding", b"range", b"if-range", b"if-none-match", b"if-modified-since"}
    headers = [(name, value) for name, value in scope["headers"] if name.lower() not in left_out]
    return {**scope, "method": "GET", "headers": headers}


def _origin(asked: Headers, scope: Scope) -> str:
    """How the visitor's browser names the server, as ``https://example.org``; "" if that cannot be told."""
    host = asked.get("host", "")
    scheme = asked.get("x-forwarded-proto", scope.get("scheme", "http"))
    return f"{scheme}://{host}" if HOST.fullmatch(host) and scheme in {"http", "https"} else ""


def _described(page: FirstWords, root: str) -> str:
    """The title, and what a chat shows of a link."""
    texts = {"og:title": page.title, "og:description": page.description, "og:type": "website"}
    if root.startswith("http"):
        texts |= {"og:image": root + page.picture, "og:url": root + page.path}
    tags = [f'<meta property="{name}" content="{escape(text)}">' for name, text in texts.items()]
    tags.append(f'<meta name="description" content="{escape(page.description)}">')
    tags.append('<meta name="twitter:card" content="summary_large_image">')
    return f"<title>{escape(page.title)}</title>\n" + "\n".join(tags)


def _configured(host_config: Mapping[str, Any]) -> str:
    """Where the server is, so that a page at its own address does not look for it in two places."""
    config = json.dumps(dict(host_config)).replace("<", "\\u003c")
    base = 'new URL("./", location.href).href'
    return (
        f"\n<script>window.__streamlit = {{ BACKEND_BASE_URL: {base}, MAIN_PAGE_BASE_URL: {base},"
        f" HOST_CONFIG: {config} }};</script>"
    )


def _told(page: FirstWords) -> str:
    lead = "".join(f"<p>{_with_marks(part)}</p>" for part in page.lead.strip().split("\n\n"))
    if page.heading:
        question = f"<h2>{escape(page.question)}</h2>"
        return f'<h1>{escape(page.heading)}</h1><div class="told">{question}{lead}</div>'
    return f'<div class="row"><h1>{escape(page.question)}</h1>{_box("", page.box)}</div>{lead}'


def _box(kind: str, text: str) -> str:
    return f'<span class="{f"box {kind}".strip()}">{escape(text)}</span>' if text else ""


def _with_marks(text: str) -> str:
    """Markdown's bold and italics as HTML, all else as it stands."""
    html = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text, quote=False))
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", html)
