"""What the browser is given: the component's code as one module, and Plotly.js in two parts."""

import gzip
import json
import re
from pathlib import Path

import plotly
import pytest

from explainer.chapters import CHAPTERS
from explainer.live import scripts
from explainer.live.pack import split
from explainer.serving import published
from explainer.stage import layers
from tests.chapters.packing import packed
from tests.javascript import functions

ROOT = Path(__file__).parents[2]
MODULES = sorted(scripts.JS.rglob("*.js"))
OF_A_FILE = {scripts.HANDOUT, scripts.JS / "embedded.js"}
COURSE = scripts.JS / "course" / "course.js"
OF_THE_COURSE = set(COURSE.parent.glob("*.js"))
OF_THE_TALK = sorted((scripts.HERE.parent / "talk" / "js").glob("*.js"))
OF_THE_APP = {
    scripts.JS / f"{name}.js"
    for name in ("mount", "address", "fetching", "memory", "returns", "scene", "skipping")
}
"""What a figure does not need that is a file of its own."""
LINES_OF_A_FILE, LINES_OF_A_FUNCTION, WIDTH = 250, 40, 140
WHEEL = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def test_each_part_of_plotly_is_published_by_its_content() -> None:
    for part, path in scripts.plotly_paths().items():
        publication = published.find(path)
        assert publication is not None
        assert publication.content == scripts.plotly_script(part)
        assert publication.media_type == "text/javascript"
        assert not publication.own
        assert gzip.decompress(scripts.zipped_plotly(part)) == scripts.plotly_script(part)


def test_plotly_is_the_version_of_the_package_and_names_its_traces() -> None:
    (version,) = re.findall(r"plotly\.js v([\d.]+)", WHEEL.read_text(encoding="utf-8")[:200])
    for part in scripts.PARTS:
        banner = scripts.plotly_script(part).splitlines()[0].decode()
        assert banner.startswith(f"/* plotly.js v{version}, parts: "), (
            "run the builder: tools/plotly/build.mjs"
        )
        assert "MIT license" in banner
    assert "MIT" in (scripts.PLOTLY / "LICENSE").read_text(encoding="utf-8")
    package = json.loads((ROOT / "tools" / "plotly" / "package.json").read_text(encoding="utf-8"))
    assert package["devDependencies"]["plotly.js"] == version


def test_every_kind_of_trace_is_in_a_part_of_plotly() -> None:
    """What a figure with a scene may hold is in the second part, what any may hold in the first."""
    flat, scene = (
        set(re.findall(r"parts: ([\w, ]+)\.", scripts.plotly_script(part).decode()[:200])[0].split(", "))
        for part in scripts.PARTS
    )
    for chapter in CHAPTERS:
        for name in chapter.figures:
            header, _ = split(packed(chapter, name))
            for panel in header["panels"]:
                figure = json.loads(header["figures"][panel["figure"]])
                kinds = {trace["type"] for trace in figure["data"]}
                assert kinds <= (flat | scene if panel["scene"] else flat), (chapter.name, name)


@pytest.mark.parametrize(
    ("code", "defaults"), [(scripts.component_script(), 1), (scripts.handout_script(), 0)]
)
def test_the_player_is_one_text_without_imports(code: str, defaults: int) -> None:
    assert not re.search(r"^\s*import\b", code, flags=re.MULTILINE)
    assert len(re.findall(r"^export default ", code, flags=re.MULTILINE)) == defaults
    assert len(re.findall(r"^\s*export\b", code, flags=re.MULTILINE)) == defaults
    scopes = re.findall(r"^const (\w+) = \(\(\) => \{$", code, re.MULTILINE)
    assert len(set(scopes)) == len(scopes)


def test_only_the_mount_knows_streamlit_and_every_module_is_reached() -> None:
    left_out = {
        scripts.component_script(): OF_A_FILE | OF_THE_COURSE,
        scripts.handout_script(): OF_THE_APP | OF_THE_COURSE,
        scripts.bundle(COURSE): OF_THE_APP | {scripts.HANDOUT},
    }
    for path in MODULES:
        code = path.read_text(encoding="utf-8")
        assert ("setTriggerValue" in code) == (path == scripts.MOUNT)
        first = code.splitlines()[0]
        assert [first in bundle for bundle in left_out] == [
            path not in others for others in left_out.values()
        ]


def write(folder: Path, **modules: str) -> Path:
    """A folder of modules, one of them `entry`, with an empty folder of layers; the path of the entry."""
    for name, code in modules.items():
        (folder / f"{name}.js").write_text(code, encoding="utf-8")
    return folder / "entry.js"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(scripts, "JS", tmp_path)
    monkeypatch.setattr(scripts, "LAYERS", tmp_path / "layers")
    return tmp_path


def test_a_module_comes_after_those_it_imports_and_once(folder: Path) -> None:
    entry = write(
        folder,
        entry='import { b } from "./b.js";\nimport { a as other } from "./a.js";\nother(b);\n',
        b='import { a } from "./a.js";\nexport const b = a();\n',
        a="export function a() {}\n",
    )
    code = scripts.bundle(entry)
    assert re.findall(r"^const (in_\w+) =", code, re.MULTILINE) == ["in_a", "in_b", "in_entry"]
    assert "const { a: other } = in_a;" in code


CYCLE = {
    "entry": 'import { a } from "./a.js";\n',
    "a": 'import { b } from "./b.js";\nexport const a = 1;\n',
    "b": 'import { a } from "./a.js";\nexport const b = 1;\n',
}


@pytest.mark.parametrize(
    ("modules", "problem"),
    [
        (CYCLE, "a.js -> b.js -> a.js"),
        ({"entry": 'import { b } from "./a.js";\n', "a": "const b = 1;\n"}, "a.js does not export 'b'"),
        ({"entry": 'import * as a from "./a.js";\n'}, r"entry.js: .*'import \* as a"),
        ({"entry": "export let a = 1;\n"}, "entry.js: .*'export let a"),
    ],
)
def test_what_cannot_be_bundled_is_an_error(folder: Path, modules: dict[str, str], problem: str) -> None:
    entry = write(folder, **modules)
    with pytest.raises(ValueError, match=problem):
        scripts.bundle(entry)


@pytest.mark.parametrize(
    "path",
    [*MODULES, scripts.HERE / "sharing.js", *OF_THE_TALK],
    ids=lambda path: f"{path.parts[-3]}/{path.name}",
)
def test_files_and_functions_are_short(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    assert len(code.splitlines()) <= LINES_OF_A_FILE
    assert max(map(len, code.splitlines())) <= WIDTH
    long = [function for function in functions(code) if function.length > LINES_OF_A_FUNCTION]
    assert long == []


def test_the_lengths_of_functions_are_measured() -> None:
    code = r"""
        const regex = (text) => text.replace(/[{"`/]\}/g, "}") / 2; // function no() {
        async function first({ a, b } = {}) {
          if (a) { return `${a ? `{${b}` : "}"} }`; }
          return { b };
        }
        class Some {
          get value() { return "{"; }
          method(x) {
            /* { */
            return [1, 2].map((y) => {
              return x / y / 2;
            });
          }
        }
        const long = (x) =>
          x.map((y) =>
            y + 1);
    """
    found = [(function.name, function.length) for function in functions(code)]
    assert found == [
        *(("regex", 1), ("first", 4), ("value", 1), ("method", 6), ("", 3)),
        *(("long", 3), ("", 2)),
    ]


def test_a_kind_of_layer_is_a_dataclass_and_a_module_and_nothing_else() -> None:
    kinds = {kind.__name__ for kind in layers.Layer.__subclasses__()}
    registered = {}
    for path in scripts.LAYERS.glob("*.js"):
        (name,) = re.findall(r'^layerKind\("(\w+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
        assert path.stem == name.lower()
        registered[name] = path
    assert set(registered) == kinds
    for path in MODULES:
        if path.parent != scripts.LAYERS:
            named = re.findall(r'"(\w+)"', path.read_text(encoding="utf-8"))
            assert not kinds & set(named), f"{path.name} names a kind of layer"


def test_the_style_is_scoped() -> None:
    style = re.sub(r"/\*.*?\*/", "", scripts.component_style(), flags=re.DOTALL)
    for selectors in re.findall(r"(?:^|[{}])\s*([^{}@]+)\{", style):
        for selector in re.split(r",(?![^(]*\))", selectors):
            assert selector.strip().startswith((".live", "from", "to", "0%", "100%")), selector
