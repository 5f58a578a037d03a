"""What the browser is given: the component's own code, and Plotly.js of what the app draws."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from explainer.serving.published import find, publish
from explainer.serving.templates import filled
from explainer.words import COMMON

HERE: Final = Path(__file__).parent
JS: Final = HERE / "js"
"""The live figure's modules. Only the mount knows Streamlit."""
LAYERS: Final = JS / "layers"
"""A module for each kind of layer, which registers itself when it runs."""
MOUNT: Final = JS / "mount.js"
"""What ties the player to Streamlit and to the address."""
LOADER: Final = HERE / "loader.js"
"""What imports the mount from its own address."""
HANDOUT: Final = JS / "handout.js"
"""What ties the player to a page that is a file, without a server."""
PLOTLY: Final = HERE / "plotly"
PARTS: Final = ("flat", "scene")
"""Plotly.js in two parts: its core with what is flat, and what is added to it for a figure with a scene."""

_IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (default )?(?=(?:async )?(?:const|class|function) (\w+))", re.MULTILINE)
_OTHER_MODULE_SYNTAX: Final = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


@cache
def component_script() -> str:
    """The player and its mount as one module without imports."""
    return f"{bundle(MOUNT)}\nexport default {_scope(MOUNT)}.default;\n"


@cache
def component_path() -> str:
    """Where that module is served, below the app's own address."""
    return publish(component_script().encode(), "player", "js")


def component_loader() -> str:
    """What Streamlit sends for each figure in each run: a few lines that import the module, once for all."""
    parts = {"path": component_path(), "missing": json.dumps(COMMON["player"]["missing"])}
    return filled(LOADER.read_text(encoding="utf-8"), parts)


@cache
def handout_script() -> str:
    """The player as one classic script with what starts it in a file: there, modules cannot be fetched."""
    return f'(() => {{\n"use strict";\n{bundle(HANDOUT)}\n}})();\n'


def bundle(entry: Path, with_layers: bool = True) -> str:
    """All layers and the entry, with all that they import, as one text without imports.

    Each module stands in a function of its own, so that private names of two modules cannot meet; what
    the module clock.js exports is there as ``in_clock``, what layers/line.js does as ``in_layers_line``.
    An entry that plays no figure needs no layers.
    """
    modules = _modules(entry, sorted(LAYERS.glob("*.js")) if with_layers else [])
    exported = {path: _exports(path) for path in modules}
    return "\n".join(_in_a_function(path, exported) for path in modules)


def _modules(entry: Path, layers: Sequence[Path]) -> list[Path]:
    """The layers and the entry, with all that they import; each module after those."""
    ordered: list[Path] = []
    for path in (*layers, entry):
        _collect(path, ordered, ())
    return ordered


def _collect(path: Path, ordered: list[Path], importers: tuple[Path, ...]) -> None:
    """Appends a module to those in order, after what it imports. A `ValueError` shows a cycle."""
    if path in importers:
        cycle = (*importers[importers.index(path) :], path)
        raise ValueError(f"modules import one another: {' -> '.join(module.name for module in cycle)}")
    if path in ordered:
        return
    for _, imported in _IMPORT.findall(path.read_text(encoding="utf-8")):
        _collect((path.parent / imported).resolve(), ordered, (*importers, path))
    ordered.append(path)


def _exports(path: Path) -> dict[str, str]:
    """A module's exports: the name outside -> the name inside."""
    found = _EXPORT.findall(path.read_text(encoding="utf-8"))
    return {"default" if default else name: name for default, name in found}


def _in_a_function(path: Path, exported: Mapping[Path, Mapping[str, str]]) -> str:
    def as_constants(found: re.Match[str]) -> str:
        source = (path.parent / found[2]).resolve()
        names = [name.split(" as ") for name in map(str.strip, found[1].split(",")) if name]
        for name, *_ in names:
            if name not in exported[source]:
                raise ValueError(f"{path.name}: {source.name} does not export {name!r}")
        return f"const {{ {', '.join(map(': '.join, names))} }} = {_scope(source)};\n"

    code = _IMPORT.sub(as_constants, path.read_text(encoding="utf-8"))
    code = _EXPORT.sub("", code)
    if other := _OTHER_MODULE_SYNTAX.search(code):
        raise ValueError(f"{path.name}: the bundler does not know {other[0]!r}")
    exports = ", ".join(f"{outside}: {inside}" for outside, inside in exported[path].items())
    return f"const {_scope(path)} = (() => {{\n{code}return {{ {exports} }};\n}})();\n"


def _scope(path: Path) -> str:
    """The constant with what a module exports."""
    root = JS if path.is_relative_to(JS) else HERE.parent
    inside = path.relative_to(root).with_suffix("").as_posix()
    return "in_" + re.sub(r"\W", "_", inside)


def component_style() -> str:
    """The component's CSS, scoped under ``.live``."""
    return (HERE / "player.css").read_text(encoding="utf-8")


@cache
def plotly_script(part: str) -> bytes:
    """A part of Plotly.js, which is built by tools/plotly and stands as ``window.catOrNotPlotly``.

    Streamlit brings a Plotly of another version for its own charts, as ``window.Plotly``: that is left alone.
    """
    return (PLOTLY / f"{part}.js").read_bytes()


@cache
def plotly_paths() -> dict[str, str]:
    """Where each part of Plotly.js is served, below the app's own address."""
    return {part: publish(plotly_script(part), f"plotly-{part}", "js") for part in PARTS}


@cache
def zipped_plotly(part: str) -> bytes:
    """A part of Plotly.js, compressed by gzip."""
    publication = find(plotly_paths()[part])
    assert publication is not None, "nobody withdraws Plotly.js"
    return publication.zipped


def warm() -> None:
    """Reads and compresses Plotly.js before the first visitor asks for it."""
    for part in PARTS:
        zipped_plotly(part)
