"""What the talk's own pages have in common: how their HTML is filled, coloured, guarded and sent."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from explainer.live.embedding import tones
from explainer.live.scripts import bundle
from explainer.serving.published import accepts_gzip, publish, zipped
from explainer.serving.templates import filled

HERE: Final = Path(__file__).parent
POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'unsafe-inline';"
    " img-src 'self' data: blob:;"
    " connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'"
)


def read_part(name: str) -> str:
    """The text of a file beside this one."""
    return (HERE / name).read_text(encoding="utf-8")


def page_html(template: str, parts: Mapping[str, str]) -> str:
    """An HTML template with its parts put in, and the tones of both themes."""
    return filled(template, {**parts, "light": tones("light"), "dark": tones("dark")})


@cache
def script_path(entry: str, title: str, plays: bool = True) -> str:
    """Where the script of js/`entry` is served, below the app's address; one that `plays` draws figures."""
    code = bundle(HERE / "js" / entry, with_layers=plays)
    return publish(f'(() => {{\n"use strict";\n{code}}})();\n'.encode(), title, "js")


def page_response(html: str, scope: Scope) -> Response:
    """The page, compressed where the browser takes it so, never kept without asking anew."""
    body = html.encode()
    headers: dict[str, Any] = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": POLICY,
        "Vary": "Accept-Encoding",
    }
    if accepts_gzip(Headers(scope=scope).get("accept-encoding", "")):
        body, headers["Content-Encoding"] = zipped(body), "gzip"
    return Response(body, media_type="text/html", headers=headers)
