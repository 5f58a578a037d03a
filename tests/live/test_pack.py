"""A stage as bytes, read back as the browser reads it."""

import json
import struct
import textwrap
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from explainer import live
from explainer.live.pack import ALIGNMENT, pack, split, with_header
from explainer.serving import published
from explainer.stage.layers import Marker, Trail
from explainer.stage.palette import TONES
from explainer.stage.settings import Choice, Slider
from explainer.stage.stage import Clock, Layout, Panel, Stage, Table
from explainer.words import COMMON

STEPS = Slider("step", range(3))
SLOPES = Slider("slope", (0.5, 2.0), start=2.0)
VIEW = Choice("view", ("side", "above"), wide_only=True, labels={"above": "from above"})
WORDS = {"step": "the step", "slope": "slope a", "view": "view", "view_side": "from the side"}
FIGURE = go.Figure(layout={"xaxis": {"range": [0, 2]}})


def a_panel(**changed: Any) -> Panel:
    described = {
        "name": "plot",
        "title": "y",
        "tab": "y",
        "figure": FIGURE,
        "layers": (Trail(x="x", y="y", colour="path"), Marker(x=1.0, y="y", colour="cat", text="{y:.1f}")),
    }
    return Panel(**(described | changed))


def a_stage(**changed: Any) -> Stage:
    described = {
        "tables": {
            "x": Table(np.arange(3.0), ("step",)),
            "y": Table(np.array([[0.5, 1e300, -1e300], [np.nan, np.inf, 2.0]]), ("slope", "step")),
            "kind": Table(np.array([0, 1, 1], dtype=np.uint8), ("step",), ("still {y}", "moving")),
            "count": Table(np.array([0, 1, 65535], dtype=np.uint16), ("step",)),
            "picture": Table(np.arange(12, dtype=np.uint8).reshape(1, 2, 2, 3), ()),
        },
        "clock": Clock("step"),
        "panels": (a_panel(),),
        "layouts": (Layout(("plot",)),),
    }
    return Stage(**(described | changed))


def packed(stage: Stage) -> bytes:
    return pack(stage, (SLOPES, STEPS, VIEW), WORDS)


def read(header: dict[str, Any], body: bytes, name: str) -> np.ndarray[Any, Any]:
    table = header["tables"][name]
    dtype = np.dtype(table["dtype"]).newbyteorder("<")
    size = int(np.prod(table["shape"])) * dtype.itemsize
    content = body[table["offset"] : table["offset"] + size]
    if dtype.kind == "f":  # by bytes: number k has every length-th byte from the k-th on
        length = size // dtype.itemsize
        content = b"".join(content[k::length] for k in range(length))
    return np.frombuffer(content, dtype).reshape(table["shape"])


def test_tables_come_back_as_they_went() -> None:
    stage = a_stage()
    header, body = split(packed(stage))
    assert list(header["tables"]) == list(stage.tables)
    for name, table in stage.tables.items():
        back, described = read(header, body, name), header["tables"][name]
        assert tuple(described["axes"]) == table.axes
        assert tuple(described["labels"]) == table.labels
        assert described["dtype"] == (
            "float32" if table.values.dtype.kind == "f" else table.values.dtype.name
        )
        with np.errstate(over="ignore"):
            np.testing.assert_array_equal(back, table.values.astype(back.dtype))


def test_a_panel_says_whether_it_stands_in_3d_and_a_choice_what_stands_in() -> None:
    scene = a_panel(name="scene", figure=go.Figure(go.Surface(z=[[0, 1], [1, 2]])))
    choice = Choice("view", ("side", "above"), flat="above", labels={"side": "s", "above": "a"})
    header, _ = split(pack(a_stage(panels=(a_panel(), scene)), (SLOPES, STEPS, choice), WORDS))
    assert [panel["scene"] for panel in header["panels"]] == [False, True]
    assert [toggle["flat"] for toggle in header["toggles"]] == ["above"]
    assert header["words"] == COMMON["player"]


def test_what_float32_cannot_hold_is_infinite() -> None:
    header, body = split(packed(a_stage()))
    np.testing.assert_array_equal(read(header, body, "y"), [[0.5, np.inf, -np.inf], [np.nan, np.inf, 2.0]])


def test_every_table_is_aligned_and_none_overlaps() -> None:
    header, body = split(packed(a_stage()))
    tables = [header["tables"][name] for name in header["tables"]]
    ends = [0]
    for table in tables:
        assert table["offset"] % ALIGNMENT == 0
        assert table["offset"] >= ends[-1]
        ends.append(table["offset"] + int(np.prod(table["shape"])) * np.dtype(table["dtype"]).itemsize)
    assert ends[-1] <= len(body)


@pytest.mark.parametrize("padding", range(5))
def test_the_body_begins_on_the_alignment(padding: int) -> None:
    header = {"text": "é" * padding}
    block = with_header(header, b"body")
    assert struct.unpack_from("<I", block)[0] % ALIGNMENT == 0
    assert split(block) == (header, b"body")
    assert split(split(with_header({"outer": 1}, block))[1]) == (header, b"body")


def test_a_header_holds_no_nan() -> None:
    with pytest.raises(ValueError, match="JSON"):
        with_header({"value": float("nan")}, b"")


def test_integers_of_other_sizes_and_views_go_as_floats_in_order() -> None:
    values = np.arange(6).reshape(2, 3).T
    tables = {"y": Table(values, ("step",)), "x": Table(np.arange(3.0), ("step",))}
    header, body = split(packed(a_stage(tables=tables)))
    np.testing.assert_array_equal(read(header, body, "y"), values)
    assert header["tables"]["y"]["dtype"] == "float32"


def test_what_is_drawn_is_in_the_header() -> None:
    stage = a_stage()
    header, _ = split(packed(stage))
    slope, step = header["controls"]
    assert slope == {
        "name": "slope",
        "label": "slope a",
        "start": 1,
        "values": [0.5, 2],
        "texts": ["0.5", "2"],
    }
    assert step == {"name": "step", "label": "the step", "start": 0, "count": 3}
    (view,) = header["toggles"]
    assert view["options"] == [["side", "from the side"], ["above", "from above"]]
    assert (view["label"], view["start"], view["wide_only"]) == ("view", "side", True)
    assert header["clock"]["control"] == "step"
    assert header["tones"] == TONES
    (panel,) = header["panels"]
    assert [layer["kind"] for layer in panel["layers"]] == ["Trail", "Marker"]
    assert panel["layers"][1] | {"x": 1.0, "y": "y", "colour": "cat", "text": "{y:.1f}"} == panel["layers"][1]
    assert json.loads(header["figures"][panel["figure"]])["layout"]["xaxis"]["range"] == [0, 2]


def test_a_figure_that_panels_share_travels_once() -> None:
    other = go.Figure(layout={"title": "other"})
    panels = (a_panel(), a_panel(name="again"), a_panel(name="other", figure=other))
    header, _ = split(packed(a_stage(panels=panels, layouts=(Layout(("plot again other",)),))))
    assert len(header["figures"]) == 2
    assert [panel["figure"] for panel in header["panels"]] == [0, 0, 1]


def test_a_stage_without_a_clock() -> None:
    header, _ = split(packed(a_stage(clock=None)))
    assert header["clock"] is None


def test_a_layer_that_asks_for_no_table_is_an_error() -> None:
    panel = a_panel(layers=(Marker(x="x", y="why", colour="cat"),))
    with pytest.raises(ValueError, match=r"'plot'.*Marker.*'why'"):
        packed(a_stage(panels=(panel,)))


def test_an_axis_that_is_no_control_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"'y'.*'time'"):
        packed(a_stage(tables={"x": Table(np.arange(3.0), ("step",)), "y": Table(np.arange(3.0), ("time",))}))


def test_too_few_rows_are_an_error() -> None:
    tables = {"x": Table(np.arange(3.0), ("step",)), "y": Table(np.arange(2.0), ("step",))}
    with pytest.raises(ValueError, match=r"'y'.*2 rows.*'step'.*3"):
        packed(a_stage(tables=tables))


def test_more_axes_than_dimensions_are_an_error() -> None:
    tables = {"x": Table(np.arange(3.0), ("step",)), "y": Table(np.arange(3.0), ("step", "slope"))}
    with pytest.raises(ValueError, match="'y'"):
        packed(a_stage(tables=tables))


@pytest.mark.parametrize("where", ["panel", "layer"])
def test_a_control_is_held_at_a_value_and_sent_as_its_place(where: str) -> None:
    held = {"slope": 2.0}
    layer = Marker(x="x", y="y", colour="cat", at=held if where == "layer" else {})
    header, _ = split(
        packed(a_stage(panels=(a_panel(layers=(layer,), at=held if where == "panel" else {}),)))
    )
    (panel,) = header["panels"]
    assert (panel if where == "panel" else panel["layers"][0])["at"] == {"slope": 1}


def test_a_place_without_a_value_has_its_text() -> None:
    table = {"x": Table(np.arange(3.0), ("outlier",)), "y": Table(np.arange(3.0), ("outlier",))}
    block = pack(
        a_stage(tables=table, clock=None), (Slider("outlier", (31, 50), none="none"),), {"outlier": "x"}
    )
    (control,) = split(block)[0]["controls"]
    assert (control["values"], control["texts"]) == ([0, 31, 50], ["none", "31", "50"])


@pytest.mark.parametrize("where", ["panel", "layer"])
def test_holding_what_is_no_control_is_an_error(where: str) -> None:
    panel = a_panel()
    if where == "panel":
        panel = replace(panel, at={"time": 0})
    else:
        panel = replace(panel, layers=(Marker(x="x", y="y", colour="cat", at={"time": 0}),))
    with pytest.raises(ValueError, match="time"):
        packed(a_stage(panels=(panel,)))


@pytest.mark.parametrize("text", ["{why}", "{y+1:.2f} {why:.1f}", "{y@why}"])
def test_a_text_that_asks_for_what_is_not_there_is_an_error(text: str) -> None:
    panel = a_panel(layers=(Marker(x="x", y="y", colour="cat", text=text),))
    with pytest.raises(ValueError, match="why"):
        packed(a_stage(panels=(panel,)))


def test_the_example_in_the_documentation_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[str, Any] = {}
    monkeypatch.setattr(live, "live", lambda block, visitor, *, key: shown.update({key: (block, visitor)}))
    example = textwrap.dedent(f"    {(live.__doc__ or '').split('    ', 1)[1]}")
    exec(example, {})
    block, visitor = shown["example"]
    assert visitor.figure == "example"
    publication = published.find(block.path)
    assert publication is not None and publication.content == block.packed
    assert json.loads(block.outline) == split(block.packed)[0] | {"tables": {}, "figures": []}
    block.withdraw()
    assert published.find(block.path) is None
    header, body = split(block.packed)
    np.testing.assert_array_equal(read(header, body, "y")[1], np.arange(11.0))
