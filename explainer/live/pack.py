"""A stage as one block of bytes: a header in JSON, then the tables, each on a 4-byte boundary.

    4 bytes   length of the header, unsigned, little-endian
    header    JSON: what to draw, and where each table lies
    tables    float32, uint8 or uint16, little-endian, row-major; of float32 first all numbers' first bytes,
              then all second ones, and so on: neighbours are alike there, and a fifth less travels

One block, because nothing in it knows Streamlit: a route serves it, and a handout carries the same.
"""

import json
import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, get_args, get_type_hints

import numpy as np

from explainer.stage.layers import Asks, Layer
from explainer.stage.palette import TONES
from explainer.stage.settings import Choice, Setting, Slider
from explainer.stage.stage import ROOM_AT_ENDS, Panel, Stage, Table
from explainer.words import COMMON

ALIGNMENT = 4
SCENES = frozenset({"surface", "scatter3d"})
"""The kinds of Plotly's traces that stand in 3-D."""


def pack(stage: Stage, controls: Sequence[Setting], text: Mapping[str, str]) -> bytes:
    """The stage as bytes, with the controls that move it and, from `text`, what stands beside them.

    A `ValueError` names a layer or text that asks for a table or a control which is not there.
    """
    sliders = {control.name: control for control in controls if isinstance(control, Slider)}
    choices = [control for control in controls if isinstance(control, Choice)]
    _check_names(stage, sliders)
    tables, blocks = _lay_out(dict(stage.tables))
    figures = [panel.figure for panel in stage.panels]
    unique = list({id(figure): figure for figure in figures}.values())
    header = {
        "tables": tables,
        "figures": [figure.to_json() for figure in unique],
        "panels": [
            _plain(panel, skip=("figure", "layers"))
            | _held(panel, sliders)
            | {
                "figure": next(i for i, figure in enumerate(unique) if figure is panel.figure),
                "scene": any(trace.type in SCENES for trace in panel.figure.data),
                "layers": [
                    _plain(layer) | _held(layer, sliders) | {"kind": type(layer).__name__}
                    for layer in panel.layers
                ],
            }
            for panel in stage.panels
        ],
        "controls": [_slider(slider, sliders.values(), text) for slider in sliders.values()],
        "clock": _plain(stage.clock) if stage.clock else None,
        "toggles": [_choice(choice, text) for choice in choices],
        "readouts": [_plain(readout) for readout in stage.readouts],
        "layouts": [_plain(layout) for layout in stage.layouts],
        "sentences": [_plain(sentence) for sentence in stage.sentences],
        "tones": TONES,
        "room_at_ends": ROOM_AT_ENDS,
        "words": COMMON["player"],
    }
    return with_header(header, blocks)


def with_header(header: dict[str, Any], body: bytes) -> bytes:
    """`body` behind a header; `body` begins on the alignment that its own offsets are counted from."""
    text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    text += b" " * (-(len(text)) % ALIGNMENT)
    return struct.pack("<I", len(text)) + text + body


def outline(block: bytes) -> str:
    """The header without what is large, as JSON: enough to put controls and empty panels on the page."""
    header, _ = split(block)
    return json.dumps(header | {"tables": {}, "figures": []}, separators=(",", ":"))


def split(block: bytes) -> tuple[dict[str, Any], bytes]:
    """The header of a block, and what stands behind it."""
    (length,) = struct.unpack_from("<I", block)
    return json.loads(block[4 : 4 + length]), block[4 + length :]


def _plain(thing: Any, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    """A dataclass as JSON takes it, its empty fields left out."""
    values = {f.name: getattr(thing, f.name) for f in fields(thing) if f.name not in skip}
    return {
        name: dict(value) if hasattr(value, "items") else value
        for name, value in values.items()
        if value is not None and value != () and value != {} and value != ""
    }


def _held(thing: Panel | Layer, sliders: Mapping[str, Slider]) -> dict[str, Any]:
    """The places at which a panel or layer holds controls still."""
    return {"at": {name: sliders[name].place(value) for name, value in thing.at.items()}} if thing.at else {}


def _slider(slider: Slider, sliders: Iterable[Slider], text: Mapping[str, str]) -> dict[str, Any]:
    """A slider that only counts 0, 1, 2 ... says how far; thousands of texts need not travel.

    Of one that moves the end of another, the numbers are where that one ends.
    """
    described: dict[str, Any] = {
        "name": slider.name,
        "label": slider.label or text[slider.name],
        "start": slider.place(slider.start),
    }
    if slider.when:
        described["when"] = dict(slider.when)
    count = len(slider.values)
    if slider.values == tuple(range(count)) and slider.texts == tuple(map(str, range(count))):
        return described | {"count": count}
    # A place without a value counts as 0, the places after it by their numbers.
    ends = [other.until for other in sliders if other.until and other.until.setting is slider]
    last = ends[0].last if ends else (lambda value: value)
    return described | {"values": [last(value or 0) for value in slider.values], "texts": slider.texts}


def _choice(choice: Choice, text: Mapping[str, str]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": choice.name,
        "label": text[choice.name],
        "options": [
            (option, choice.labels.get(option) or text[f"{choice.name}_{option}"])
            for option in choice.options
        ],
        "start": choice.start,
        "wide_only": choice.wide_only,
    }
    optional = {"when": dict(choice.when), "flat": choice.flat}
    return described | {name: value for name, value in optional.items() if value}


def _lay_out(tables: dict[str, Table]) -> tuple[dict[str, Any], bytes]:
    described: dict[str, Any] = {}
    first: dict[int, str] = {}  # array -> the table that brought it
    blocks, offset = [], 0
    for name, table in tables.items():
        if id(table.values) in first:
            described[name] = described[first[id(table.values)]] | {
                "axes": table.axes,
                "labels": table.labels,
            }
            continue
        first[id(table.values)] = name
        values = np.ascontiguousarray(table.values)
        if values.dtype not in (np.dtype("uint8"), np.dtype("uint16")):
            with np.errstate(over="ignore"):  # what float32 cannot hold is beyond every plot: inf says so
                values = values.astype("<f4")
        described[name] = {
            "dtype": values.dtype.name,
            "shape": values.shape,
            "axes": table.axes,
            "labels": table.labels,
            "offset": offset,
        }
        block = _by_bytes(values) if values.dtype == np.float32 else values.tobytes()
        block += b"\0" * (-len(block) % ALIGNMENT)
        blocks.append(block)
        offset += len(block)
    return described, b"".join(blocks)


def _by_bytes(values: np.ndarray[Any, Any]) -> bytes:
    """The numbers' first bytes, then their second ones, and so on."""
    return np.frombuffer(values.tobytes(), np.uint8).reshape(-1, values.itemsize).T.tobytes()


def _check_names(stage: Stage, controls: Mapping[str, Slider]) -> None:
    """Mistakes in a chapter are found when it is packed, not as an empty canvas or a "?"."""
    known = {*stage.tables, *controls}
    for name, table in stage.tables.items():
        _check_table(name, table, controls)
        _check_known(f"labels of table {name!r}", _asked_for(*table.labels), known)
    for panel in stage.panels:
        for layer in panel.layers:
            where = f"panel {panel.name!r}, {type(layer).__name__}"
            _check_known(where, _texts(layer, Asks.BY_NAME), set(stage.tables))
            _check_known(where, layer.at, set(controls))
            _check_known(where, _asked_for(*_texts(layer, Asks.IN_A_TEMPLATE)), known)
        _check_known(f"panel {panel.name!r}", (*panel.at, *panel.pick), set(controls))
        _check_known(f"panel {panel.name!r}", _asked_for(panel.title, panel.tab), known)
    _check_known("read-outs", _asked_for(*(readout.text for readout in stage.readouts)), known)
    _check_known("sentences", _asked_for(*(sentence.text for sentence in stage.sentences)), known)


def _check_table(name: str, table: Table, controls: Mapping[str, Slider]) -> None:
    if len(table.axes) > table.values.ndim:
        raise ValueError(f"table {name!r}: {len(table.axes)} axes, but {table.values.ndim} dimensions")
    for axis, size in zip(table.axes, table.values.shape, strict=False):
        if axis not in controls:
            raise ValueError(f"table {name!r}: its axis {axis!r} is no control of the stage")
        positions = len(controls[axis].values)
        if size < positions:
            raise ValueError(f"table {name!r}: {size} rows along {axis!r}, which has {positions} positions")


def _check_known(where: str, names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"{where}: asks for {name!r}, which the stage does not have")


def _texts(layer: Layer, asks: Asks) -> Iterator[str]:
    """The texts of a layer that ask for something in that way."""
    for name, hint in get_type_hints(type(layer), include_extras=True).items():
        value = getattr(layer, name)
        if value and isinstance(value, str) and _is_marked(hint, asks):
            yield value


def _is_marked(hint: Any, asks: Asks) -> bool:
    """Is a type, or one that it is a union of, marked so?"""
    return asks in getattr(hint, "__metadata__", ()) or any(_is_marked(part, asks) for part in get_args(hint))


def _asked_for(*texts: str) -> Iterator[str]:
    """The names in templates: ``{w+1@iterations:.3f}`` asks for w and iterations."""
    for text in texts:
        for name, control in re.findall(r"\{([a-z_0-9]+)(?:\+\d+)?(?:@([a-z_0-9]+))?(?::[^}]*)?\}", text):
            yield name
            if control:
                yield control
