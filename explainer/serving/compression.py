"""Streamlit's own files, compressed once: it never compresses them, as it would do so at each request.

A middleware around Streamlit's app. The first answer for a script or a style sheet is compressed and kept;
later ones come from memory, with the same headers. All else passes through: other methods, ranges,
conditional requests, clients that do not take gzip, and answers that are no such file.
"""

from dataclasses import dataclass, field
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explainer.serving.published import accepts_gzip, zipped

TYPES: Final = ("text/javascript", "application/javascript", "text/css", "application/json", "image/svg+xml")
SMALLEST: Final = 500
"""Bytes below which compressing saves nothing."""
CONDITIONS: Final = (
    "range",
    "if-range",
    "if-none-match",
    "if-modified-since",
    "if-match",
    "if-unmodified-since",
)


@dataclass(frozen=True)
class Kept:
    """An answer as it is sent each time: the headers of the start, and the compressed body."""

    start: Message
    body: bytes


@dataclass
class Collected:
    """An answer on its way, until all of it is there."""

    start: Message | None = None
    body: bytearray = field(default_factory=bytearray)
    complete: bool = False

    def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            self.complete = not message.get("more_body", False)


class CompressedFiles:
    """ASGI middleware that compresses what stands below ``{base_path}/static/``."""

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self.folder = f"/{base_path}/static/" if base_path else "/static/"
        self._kept: dict[str, Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(self.folder):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        plain = scope["method"] == "GET" and not any(name in headers for name in CONDITIONS)
        if not plain or not accepts_gzip(headers.get("accept-encoding", "")):
            await self.app(scope, receive, varying(send))
            return
        kept = self._kept.get(scope["path"])
        if kept is None:
            kept = await self._compress(scope, receive)
        await send(kept.start)
        await send({"type": "http.response.body", "body": kept.body})

    async def _compress(self, scope: Scope, receive: Receive) -> Kept:
        """The app's answer, compressed and kept if it is such a file."""
        collected = Collected()

        async def collect(message: Message) -> None:
            collected.take(message)

        await self.app(scope, receive, collect)
        assert collected.start is not None, "the app has answered nothing"
        if not is_such_a_file(collected):
            return Kept(collected.start, bytes(collected.body))
        body = await run_in_threadpool(zipped, bytes(collected.body))
        headers = MutableHeaders(raw=list(collected.start["headers"]))
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        if "etag" in headers and not headers["etag"].startswith("W/"):
            headers["etag"] = f"W/{headers['etag']}"  # other bytes, the same meaning
        headers.add_vary_header("Accept-Encoding")
        kept = Kept({**collected.start, "headers": headers.raw}, body)
        self._kept[scope["path"]] = kept
        return kept


def is_such_a_file(collected: Collected) -> bool:
    """Whether an answer is a file worth compressing, and not the page that unknown paths get."""
    assert collected.start is not None
    headers = Headers(raw=collected.start["headers"])
    kind = headers.get("content-type", "").partition(";")[0].strip()
    fitting = kind in TYPES and "content-encoding" not in headers and len(collected.body) >= SMALLEST
    return bool(collected.start["status"] == 200 and collected.complete and fitting)


def varying(send: Send) -> Send:
    """Says on the way that another client may get a file compressed."""

    async def send_varying(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            if headers.get("content-type", "").partition(";")[0].strip() in TYPES:
                headers.add_vary_header("Accept-Encoding")
                message = {**message, "headers": headers.raw}
        await send(message)

    return send_varying
