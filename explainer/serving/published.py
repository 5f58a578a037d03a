"""Bytes at addresses of their own, named by their content, compressed once, kept by browsers.

What all visitors share bears the digest of its content as its name, so that it never changes and a browser
may keep it for ever. What is one visitor's own bears 128 random bits, which are the permission to read it:
a route knows no session. Who publishes also withdraws; only own content beyond a limit goes by itself, the
oldest first.
"""

import gzip
import hashlib
import secrets
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from threading import Lock
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PREFIX: Final = "live"
FOREVER: Final = "public, max-age=31536000, immutable"
NEVER: Final = "private, no-store"
MEDIA_TYPES: Final = {
    "js": "text/javascript",
    "block": "application/octet-stream",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
}
"""The ending of a name -> what it is served as."""
DIGITS: Final = 32  # hexadecimal: 128 bits
OWN_MEGABYTES: Final = 96
"""For the own content of all visitors together, as it is and compressed; beyond it the oldest goes."""


@dataclass(frozen=True)
class Publication:
    """Content as it is served: plain, and compressed by gzip at the first request."""

    content: bytes
    media_type: str
    own: bool

    @cached_property
    def zipped(self) -> bytes:
        return zipped(self.content)

    @property
    def is_zipped(self) -> bool:
        return "zipped" in self.__dict__

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return len(self.content) + (len(self.zipped) if self.is_zipped else 0)


_published: dict[str, Publication] = {}
_publishers: dict[str, int] = {}  # name -> how many have published this content and not withdrawn it
_changing = Lock()


def publish(content: bytes, title: str, ending: str, own: bool = False) -> str:
    """Serves the content from now on; gives its path below the app's address, such as ``live/flat-1f0c.js``.

    The title is there for people only. `own` content is a visitor's: under a name that nobody can guess,
    and never stored on the way.
    """
    mark = secrets.token_hex(DIGITS // 2) if own else hashlib.sha256(content).hexdigest()[:DIGITS]
    name = f"{title}-{mark}.{ending}"
    with _changing:
        _published.setdefault(name, Publication(content, MEDIA_TYPES[ending], own))
        _publishers[name] = _publishers.get(name, 0) + 1
        if own:
            _drop_oldest_own()
    return f"{PREFIX}/{name}"


def _drop_oldest_own() -> None:
    names = [name for name, publication in _published.items() if publication.own]
    total = sum(_published[name].size for name in names)
    for name in names[:-1]:
        if total <= OWN_MEGABYTES * 1_000_000:
            return
        total -= _published.pop(name).size
        del _publishers[name]


def withdraw(path: str) -> None:
    """Takes back what was published under that path; served until all its publishers have."""
    name = path.removeprefix(f"{PREFIX}/")
    with _changing:
        left = _publishers.pop(name, 1) - 1
        if left > 0:
            _publishers[name] = left
        else:
            _published.pop(name, None)


def find(path: str) -> Publication | None:
    """What is published under that path."""
    return _published.get(path.removeprefix(f"{PREFIX}/"))


def routes(base_path: str = "") -> list[Route]:
    """The route to all that is published, below `base_path` (``server.baseUrlPath``, without slashes)."""
    prefix = f"/{base_path}" if base_path else ""
    return [Route(f"{prefix}/{PREFIX}/{{name}}", _serve)]


async def _serve(request: Request) -> Response:
    # After an edit Streamlit's watcher loads this module anew, and what is published from then on is in the
    # new one; what was published at the start is in this one.
    name = request.path_params["name"]
    publication = import_module(__name__).find(name) or find(name)
    if publication is None:
        return Response(
            "Not found", status_code=404, media_type="text/plain", headers={"Cache-Control": "no-store"}
        )
    headers = {"Cache-Control": NEVER if publication.own else FOREVER, "Vary": "Accept-Encoding"}
    headers["X-Content-Type-Options"] = "nosniff"
    body = publication.content
    if publication.media_type != "image/png" and accepts_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        if not publication.is_zipped:  # this takes tens of milliseconds, in which others are not to wait
            await run_in_threadpool(getattr, publication, "zipped")
        body = publication.zipped
    return Response(body, media_type=publication.media_type, headers=headers)


def zipped(content: bytes) -> bytes:
    """Content compressed by gzip, the same bytes at each call."""
    return gzip.compress(content, compresslevel=6, mtime=0)


def accepts_gzip(accepted: str) -> bool:
    """Does an ``Accept-Encoding`` allow gzip? A weight of 0 refuses it (RFC 9110, 12.5.3)."""
    weights = {}
    for part in accepted.lower().split(","):
        coding, _, parameter = part.partition(";")
        weights[coding.strip()] = parameter.replace(" ", "").removeprefix("q=") or "1"
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", "0")))
    try:
        return float(weight) > 0
    except ValueError:
        return False
