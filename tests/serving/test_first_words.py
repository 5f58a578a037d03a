"""The first words in Streamlit's HTML: for known pages alone, and nothing can break out of them."""

import gzip
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from explainer.serving.first_words import FirstWords, FirstWordsPages, Frame

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
EVIL = '</div><script>alert("&")</script>{{nav}}'
COLOURS = {
    f"{theme}_{name}": "#123456" for theme in ("light", "dark") for name in ("ground", "ink", "second")
}
HOME = FirstWords(
    "", "Home", "The app", "Is it?", "One *evening*.", "About it", "live/h.png", heading="The app"
)
PAGE = FirstWords(
    "descent", "Way", "Way · The app", "How far?", "**Bold** & plain.", "What?", "live/d.png", box="Letters"
)
FRAME = Frame("Chapters", "No script here.", "live/icon.png", COLOURS, {"allowedOrigins": ["</script>"]})


def client(*pages: FirstWords, base: str = "", frame: Frame = FRAME, plain: bool = False) -> TestClient:
    wrapped = [] if plain else [Middleware(FirstWordsPages, pages or (HOME, PAGE), frame, base)]
    app = Starlette(routes=create_streamlit_static_assets_routes(base or None), middleware=wrapped)
    return TestClient(app, base_url="http://cats.example", follow_redirects=False)


class Seen(HTMLParser):
    """The tags of a page with their attributes, and the text outside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] not in {"script", "style"}:
            self.text += data

    def metas(self) -> dict[str | None, str | None]:
        return {a.get("property") or a.get("name"): a.get("content") for tag, a in self.tags if tag == "meta"}


@pytest.mark.parametrize(("path", "page"), [("/", HOME), ("/descent", PAGE)])
def test_a_page_says_its_words_before_the_root(path: str, page: FirstWords) -> None:
    html = client().get(path).text
    words, _, _ = html.partition('<div id="root">')
    assert f"<h1>{page.heading or page.question}</h1>" in words
    assert ("One <em>evening</em>." if page is HOME else "<strong>Bold</strong> &amp; plain.") in words
    assert f'<span class="here">{page.nav}</span>' in words
    assert html.count("<h1>") == html.count('id="first-words"') == 1
    assert "{{" not in html


def test_all_that_streamlit_loads_is_still_there_and_no_sheet_holds_the_words_back() -> None:
    html = client().get("/descent").text
    before, after = (
        sorted(str(tag) for tag in Seen(text).tags if tag[0] in {"script", "link"}) for text in (INDEX, html)
    )
    assert set(before) <= set(after)
    assert len(after) == len(before) + 2  # where the server is, and what takes the words away
    assert html.index("</nav>") < html.index('<link rel="stylesheet"') < html.index('<div id="root">')


def test_a_chat_finds_title_description_and_picture() -> None:
    seen = Seen(client().get("/descent").text)
    assert (
        seen.metas()
        | {
            "og:title": "Way · The app",
            "og:description": "What?",
            "description": "What?",
            "og:image": "http://cats.example/live/d.png",
            "og:url": "http://cats.example/descent",
        }
        == seen.metas()
    )


@pytest.mark.parametrize(
    ("headers", "root"),
    [
        ({"host": "a.example", "x-forwarded-proto": "https"}, "https://a.example/"),
        ({"host": "127.0.0.1:8501"}, "http://127.0.0.1:8501/"),
        ({"host": 'x"><script>'}, None),
        ({"host": "a.example", "x-forwarded-proto": "javascript"}, None),
    ],
)
def test_the_picture_is_where_the_visitor_finds_the_server(headers: dict[str, str], root: str | None) -> None:
    html = client().get("/", headers=headers).text
    assert Seen(html).metas().get("og:image") == (f"{root}live/h.png" if root else None)
    assert "<script>x" not in html and '"><script>' not in html


def test_words_cannot_break_out() -> None:
    evil = FirstWords("descent", EVIL, EVIL, EVIL, EVIL, EVIL, "live/d.png", box=EVIL)
    html = client(evil, frame=replace(FRAME, menu=EVIL, no_script=EVIL)).get("/descent").text
    tags = [tag for tag, _ in Seen(html).tags]
    assert tags.count("script") == INDEX.count("<script") + 2
    config = re.search(r"HOST_CONFIG: (\{.*?\}) \};</script>", html)
    assert config and json.loads(config[1]) == {"allowedOrigins": ["</script>"]}


def test_without_javascript_one_sentence() -> None:
    html = client().get("/descent").text
    assert re.findall(r"<noscript>(.*?)</noscript>", html, re.DOTALL) == ["<p>No script here.</p>"]


@pytest.mark.parametrize("base", ["", "course/week-2"])
def test_below_a_base_path(base: str) -> None:
    prefix = f"/{base}" if base else ""
    there = client(base=base)
    for path, heading in ((prefix + "/", "The app"), (f"{prefix}/descent", "How far?")):
        assert f"<h1>{heading}</h1>" in there.get(path).text
    assert f'content="http://cats.example{prefix}/live/d.png"' in there.get(f"{prefix}/descent").text


@pytest.mark.parametrize(
    "path",
    ["/other", "/descent/", "/descent/x", "//descent", "/%2e%2e/descent", "/favicon.png", "/manifest.json"],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_other_pages_are_as_they_were(method: str, path: str) -> None:
    address = f"http://cats.example{path}"
    first, second = (client(plain=plain).request(method, address) for plain in (False, True))
    assert (first.status_code, first.content, first.headers) == (
        second.status_code,
        second.content,
        second.headers,
    )


def test_other_methods_are_as_they_were() -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        first, second = (client(plain=plain).request(method, "/descent") for plain in (False, True))
        assert (first.status_code, first.content) == (second.status_code, second.content)


@pytest.mark.parametrize(
    "headers", [{}, {"range": "bytes=0-9"}, {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}]
)
def test_it_is_whole_and_the_same_zipped_or_plain(headers: dict[str, str]) -> None:
    zipped = client().get("/descent", headers=headers | {"accept-encoding": "gzip"})
    plain = client().get("/descent", headers=headers | {"accept-encoding": "identity"})
    assert zipped.status_code == plain.status_code == 200
    assert zipped.content == plain.content
    assert zipped.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert int(zipped.headers["content-length"]) == len(gzip.compress(plain.content, 6, mtime=0))
    for answer in (zipped, plain):
        assert answer.headers["cache-control"] == "no-cache" and answer.headers["vary"] == "Accept-Encoding"


def test_what_is_known_is_not_sent_again_and_head_has_no_body() -> None:
    there = client()
    first = there.get("/descent")
    again = there.get("/descent", headers={"if-none-match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    head = there.head("/descent")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == first.headers["etag"]
    assert there.get("/").headers["etag"] != first.headers["etag"]
