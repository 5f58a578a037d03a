"""Published bytes: named by content or by chance, zipped or plain, gone once all have withdrawn them."""

import gzip
import hashlib
import importlib
import re
import sys
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.routing import Match
from starlette.testclient import TestClient

from explainer.serving import published

CONTENT = b"the same, the same, the same, " * 100


@pytest.fixture
def path() -> Iterator[str]:
    path = published.publish(CONTENT, "shared", "block")
    yield path
    published.withdraw(path)


def client(base: str = "") -> TestClient:
    return TestClient(Starlette(routes=published.routes(base)))


def test_shared_content_is_named_by_its_digest(path: str) -> None:
    assert path == f"live/shared-{hashlib.sha256(CONTENT).hexdigest()[:32]}.block"


def test_own_content_has_another_name_each_time_that_says_nothing_of_it() -> None:
    paths = {published.publish(CONTENT, "own", "block", own=True) for _ in range(50)}
    assert len(paths) == 50
    digest = hashlib.sha256(CONTENT).hexdigest()[:32]
    assert all(re.fullmatch(r"live/own-[0-9a-f]{32}\.block", path) and digest not in path for path in paths)
    for path in paths:
        published.withdraw(path)
    assert not any(map(published.find, paths))


def test_it_is_served_until_all_have_withdrawn_it() -> None:
    first, second = (published.publish(b"twice", "twice", "block") for _ in range(2))
    assert first == second
    published.withdraw(first)
    assert published.find(first) is not None
    published.withdraw(first)
    assert published.find(first) is None
    published.withdraw(first)  # once more is no harm


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "deflate", "", "gzip;q=0", "identity", "*"])
def test_it_is_served_zipped_or_plain(accepted: str, own: bool) -> None:
    path = published.publish(CONTENT, "served", "js", own)
    answer = client().get(path, headers={"accept-encoding": accepted})
    zipped = accepted in {"gzip", "br, gzip;q=0.5", "*"}
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers.get("content-encoding") == ("gzip" if zipped else None)
    publication = published.find(path)
    assert publication is not None
    length = len(publication.zipped if zipped else CONTENT)
    assert answer.headers["content-length"] == str(length)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "Accept-Encoding"
    forever, never = "public, max-age=31536000, immutable", "private, no-store"
    assert answer.headers["cache-control"] == (never if own else forever)
    assert gzip.decompress(publication.zipped) == CONTENT
    published.withdraw(path)


def test_head_has_no_body_and_other_methods_are_refused(path: str) -> None:
    answer = client().head(path)
    assert (answer.status_code, answer.content) == (200, b"")
    for method in ("POST", "PUT", "DELETE"):
        assert client().request(method, path).status_code == 405


@pytest.mark.parametrize(
    "name", ["shared-0.block", "..", "%2e%2e%2fpublished.py", "a/b", "", "ö", "x" * 5000]
)
def test_what_is_not_there_is_not_found_and_nothing_is_learnt(name: str, path: str) -> None:
    answer = client().get(f"live/{name}", follow_redirects=False)
    assert (answer.status_code, answer.text) == (
        404,
        "Not found" if answer.text == "Not found" else "Not Found",
    )
    assert "immutable" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize("base", ["", "cats", "course/week-2"])
def test_the_route_stands_below_the_base_path(base: str, path: str) -> None:
    (route,) = published.routes(base)
    prefix = f"/{base}" if base else ""
    for address, found in ((f"{prefix}/{path}", Match.FULL), (f"/elsewhere/{path}", Match.NONE)):
        match, _ = route.matches({"type": "http", "method": "GET", "path": address, "headers": []})
        assert match is found
    assert client(base).get(f"{prefix}/{path}").content == CONTENT


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        *(("gzip", True), ("GZIP", True), ("deflate, gzip;q=1.0", True), ("x-gzip", True), ("*;q=0.1", True)),
        *(("", False), ("gzip;q=0", False), ("gzip; q=0.000", False), ("*;q=0", False), ("gzip;q=a", False)),
        *(("gzip;q=0, *", False), ("br", False), ("gzipped", False)),
    ],
)
def test_whether_gzip_is_accepted(accepted: str, expected: bool) -> None:
    assert published.accepts_gzip(accepted) is expected


def test_what_was_published_before_an_edit_stays_and_what_comes_after_is_found(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit's watcher loads an edited module anew; the app's route is still the old one's."""
    (route,) = published.routes()
    visitor = TestClient(Starlette(routes=[route]))
    monkeypatch.delitem(sys.modules, published.__name__)
    anew = importlib.import_module(published.__name__)
    assert anew is not published
    later = anew.publish(b"after the edit", "later", "block")
    assert visitor.get(later).content == b"after the edit"
    assert visitor.get(path).content == CONTENT


def test_own_content_beyond_the_limit_goes_the_oldest_first(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "OWN_MEGABYTES", 1)
    paths = [published.publish(bytes(400_000), "own", "block", own=True) for _ in range(4)]
    assert [published.find(one) is not None for one in paths] == [False, False, True, True]
    assert published.find(path) is not None, "what all share is not dropped"
    for one in paths:
        published.withdraw(one)
    assert not any(map(published.find, paths))
