"""What the browser is given: the component's own code, and Plotly.js from the installed wheel."""

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

import plotly
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

HERE: Final = Path(__file__).parent
FOREVER: Final = "public, max-age=31536000, immutable"
PREFIX: Final = "live"


PLAYER: Final = (
    *("texts.js", "block.js", "projection.js", "drawing.js", "picking.js"),
    *("saving.js", "player.js"),
)
"""The live figure's modules, each after those it imports. They know nothing of Streamlit."""
MOUNT: Final = "mount.js"
"""What ties the player to Streamlit and to the address."""
HANDOUT: Final = "handout.js"
"""What ties the player to a page that is a file, without a server."""


def component_script() -> str:
    """The player and its mount as one: Streamlit takes one text, and no second request is needed."""
    return _as_one(*PLAYER, MOUNT)


def handout_script() -> str:
    """The player as one text with what starts it in a file."""
    return _as_one(*PLAYER, HANDOUT)


def _as_one(*names: str) -> str:
    code = "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)
    return re.sub(r'^import [^;]* from "\./\w+\.js";$', "", code, flags=re.MULTILINE)


def component_style() -> str:
    """The component's CSS, scoped under ``.live``."""
    return (HERE / "player.css").read_text(encoding="utf-8")


@cache
def plotly_script() -> bytes:
    """Plotly.js as ``window.catOrNotPlotly``, leaving any other ``window.Plotly`` as it was.

    Streamlit brings a Plotly of another version for its own charts; the two must not meet.
    """
    code = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes()
    before = b"(function(){var other=window.Plotly,module={exports:{}};\n"
    after = (
        b"\n;window.catOrNotPlotly=module.exports;window.Plotly=other;if(!other)delete window.Plotly;})();"
    )
    return before + code + after


@cache
def plotly_path() -> str:
    """Where Plotly.js is served, below the app's own address; named by its content."""
    digest = hashlib.sha256(plotly_script()).hexdigest()[:16]
    return f"{PREFIX}/plotly-{digest}.js"


@cache
def zipped_plotly() -> bytes:
    """The same, compressed by gzip."""
    return gzip.compress(plotly_script(), compresslevel=6)


def _serve_plotly(request: Request) -> Response:
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    body = plotly_script()
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = zipped_plotly()
    return Response(body, media_type="text/javascript", headers=headers)


def routes(base_path: str = "") -> list[Route]:
    """The app's own routes, below `base_path` (Streamlit's ``server.baseUrlPath``, without slashes)."""
    prefix = f"/{base_path}" if base_path else ""
    return [Route(f"{prefix}/{plotly_path()}", _serve_plotly)]


def warm() -> None:
    """Reads and compresses Plotly.js before the first visitor asks for it."""
    zipped_plotly()
