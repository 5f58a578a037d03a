"""Streamlit's files through the middleware: the same answers as without it, once they are decompressed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from explainer.serving.compression import SMALLEST, TYPES, CompressedFiles

STATIC = Path(streamlit.__file__).parent / "static"
FILES = sorted(path for path in STATIC.rglob("*") if path.is_file())
SCRIPT = next(path for path in FILES if path.name.startswith("index.") and path.suffix == ".js")
ADDRESS = f"/{SCRIPT.relative_to(STATIC).as_posix()}"
CHANGED = {"content-encoding", "content-length", "etag", "vary"}


def client(base: str = "", middleware: bool = True) -> TestClient:
    wrapped = [Middleware(CompressedFiles, base_path=base)] if middleware else []
    app = Starlette(routes=create_streamlit_static_assets_routes(base or None), middleware=wrapped)
    return TestClient(app, follow_redirects=False)


@pytest.fixture(scope="module")
def clients() -> Iterator[tuple[TestClient, TestClient]]:
    """Through the middleware, and without it."""
    with client() as wrapped, client(middleware=False) as plain:
        yield wrapped, plain


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_all_files_are_the_same_bytes(clients: tuple[TestClient, TestClient], accepted: str) -> None:
    wrapped, plain = clients
    assert len(FILES) > 300
    compressed = 0
    for path in FILES:
        address = f"/{path.relative_to(STATIC).as_posix()}"
        answers = [
            one.get(address, headers={"accept-encoding": accepted}) for one in (wrapped, wrapped, plain)
        ]
        assert {answer.status_code for answer in answers} == {200}
        assert all(answer.content == path.read_bytes() for answer in answers), address
        headers = [
            {name: value for name, value in answer.headers.items() if name not in CHANGED}
            for answer in answers
        ]
        assert headers[0] == headers[1] == headers[2], address
        compressed += answers[1].headers.get("content-encoding") == "gzip"
    texts = [
        path for path in FILES if path.suffix in {".js", ".css", ".svg"} and path.stat().st_size >= SMALLEST
    ]
    below = [path for path in texts if path.relative_to(STATIC).parts[0] == "static"]
    assert compressed == (len(below) if accepted == "gzip" else 0)


@pytest.mark.parametrize("base", ["", "course/week-2"])
@pytest.mark.parametrize(
    "headers",
    [
        {"accept-encoding": "gzip;q=0"},
        {"accept-encoding": "identity"},
        {"accept-encoding": "gzip", "range": "bytes=5-99"},
        {"accept-encoding": "gzip", "range": "bytes=99999999-"},
        {"accept-encoding": "gzip", "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_what_is_not_compressed_passes_through(base: str, headers: dict[str, str], method: str) -> None:
    prefix = f"/{base}" if base else ""
    first, second = (
        client(base, middleware).request(method, prefix + ADDRESS, headers=headers)
        for middleware in (True, False)
    )
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first.headers.get("content-encoding") is None
    named = [
        {name: value for name, value in one.headers.items() if name != "vary"} for one in (first, second)
    ]
    assert named[0] == named[1]


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/static/../index.html",
            "/static/%2e%2e/index.html",
            "//static/js/x.js",
            "/static//js/x.js",
            "/static",
        ),
        *("/static/", "/static/js/", "/static/js/none.js", "/static/%00", "/static/js/..%2f..%2findex.html"),
    ],
)
def test_odd_paths_are_answered_as_without_it(clients: tuple[TestClient, TestClient], path: str) -> None:
    answers = [one.get(f"http://testserver{path}", headers={"accept-encoding": "gzip"}) for one in clients]
    assert answers[0].status_code == answers[1].status_code
    assert answers[0].content == answers[1].content
    assert answers[0].headers.get("location") == answers[1].headers.get("location")


def test_unknown_paths_are_not_kept() -> None:
    """Streamlit answers them with its page; kept answers would fill the memory."""
    middleware = CompressedFiles(Starlette(routes=create_streamlit_static_assets_routes(None)))
    visitor = TestClient(middleware)
    for k in range(5):
        assert visitor.get(f"/static/js/{k}.js").headers["content-type"].startswith("text/html")
    assert not middleware._kept
    visitor.get(ADDRESS)
    assert list(middleware._kept) == [ADDRESS]


def test_a_known_file_is_not_sent_again(clients: tuple[TestClient, TestClient]) -> None:
    wrapped, _ = clients
    etag = wrapped.get(ADDRESS).headers["etag"]
    assert etag.startswith("W/")
    again = wrapped.get(ADDRESS, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert "text/javascript" in TYPES
