"""What the browser is given: the component's code as one module, and Plotly.js from the wheel."""

import gzip
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import plotly
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from explainer.live import scripts

WHEEL = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def ask(headers: Iterable[tuple[str, str]] = ()) -> Response:
    raw = [(name.encode(), value.encode()) for name, value in headers]
    return scripts._serve_plotly(Request({"type": "http", "method": "GET", "path": "/", "headers": raw}))


def finds(route: Route, path: str) -> bool:
    match, _ = route.matches({"type": "http", "method": "GET", "path": path, "headers": []})
    return match is Match.FULL


def test_the_address_of_plotly_is_its_content() -> None:
    digest = hashlib.sha256(scripts.plotly_script()).hexdigest()
    name = re.fullmatch(r"live/plotly-([0-9a-f]{16})\.js", scripts.plotly_path())
    assert name
    assert digest.startswith(name.group(1))


def test_plotly_is_that_of_the_wheel_and_leaves_another_alone() -> None:
    script = scripts.plotly_script()
    assert WHEEL.read_bytes() in script
    before, after = script.split(WHEEL.read_bytes())
    assert b"var other=window.Plotly" in before
    assert b"window.catOrNotPlotly=" in after
    assert after.index(b"window.catOrNotPlotly=") < after.index(b"window.Plotly=other")
    assert b"if(!other)delete window.Plotly" in after


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip, deflate", "deflate", "", None])
def test_plotly_is_served_for_ever_zipped_or_plain(accepted: str | None) -> None:
    response = ask([] if accepted is None else [("accept-encoding", accepted)])
    zipped = "gzip" in (accepted or "")
    body = bytes(response.body)
    assert response.status_code == 200
    assert response.media_type == "text/javascript"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["vary"].lower() == "accept-encoding"
    assert response.headers.get("content-encoding") == ("gzip" if zipped else None)
    assert int(response.headers["content-length"]) == len(body)
    assert (gzip.decompress(body) if zipped else body) == scripts.plotly_script()
    if zipped:
        assert len(body) < 0.4 * len(scripts.plotly_script())


@pytest.mark.parametrize("base", ["", "cats", "course/week-2"])
def test_the_route_stands_below_the_base_path(base: str) -> None:
    (route,) = scripts.routes(base)
    prefix = f"/{base}" if base else ""
    assert finds(route, f"{prefix}/{scripts.plotly_path()}")
    assert not finds(route, f"/elsewhere/{scripts.plotly_path()}")
    assert not finds(route, f"{prefix}/live/plotly-0000000000000000.js")


@pytest.mark.parametrize(
    ("code", "defaults"), [(scripts.component_script(), 1), (scripts.handout_script(), 0)]
)
def test_the_player_is_one_module_without_imports(code: str, defaults: int) -> None:
    assert not re.search(r"^\s*import\b", code, flags=re.MULTILINE)
    assert len(re.findall(r"^export default function", code, flags=re.MULTILINE)) == defaults
    declared = re.findall(
        r"^(?:export )?(?:async )?(?:const|let|function|class) ([A-Za-z_$][\w$]*)", code, re.M
    )
    assert len(set(declared)) == len(declared)


def test_only_the_mount_knows_streamlit() -> None:
    for path in scripts.HERE.glob("*.js"):
        if path.name != scripts.MOUNT:
            assert "setTriggerValue" not in path.read_text(encoding="utf-8")
    assert {path.name for path in scripts.HERE.glob("*.js")} == {
        *scripts.PLAYER,
        scripts.MOUNT,
        scripts.HANDOUT,
    }


def test_the_style_is_scoped() -> None:
    style = re.sub(r"/\*.*?\*/", "", scripts.component_style(), flags=re.DOTALL)
    for selectors in re.findall(r"(?:^|[{}])\s*([^{}@]+)\{", style):
        for selector in re.split(r",(?![^(]*\))", selectors):
            assert selector.strip().startswith((".live", "from", "to", "0%", "100%")), selector
