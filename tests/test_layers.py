"""Who may know whom: maths <- figures <- live, ui <- pages; nothing imports upward."""

import ast
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "explainer"
STANDARD = set(sys.stdlib_module_names)
LAYERS = ("maths", "words", "figures", "live", "ui", "app", "pages", "entry")
MAY_IMPORT = {
    "maths": {"maths"},
    "words": {"words"},
    "figures": {"figures", "words", "maths"},
    "live": {"live", "figures", "words", "maths"},
    "ui": {"ui", "live", "figures", "words", "maths"},
    "app": {"words", "ui"},
    "pages": {"ui", "live", "figures", "words", "maths"},
    "entry": {"ui", "live", "figures", "words", "maths"},
}
"""Layer -> the app's own layers below it."""
BROUGHT = {
    "maths": {"numpy"},
    "words": set(),
    "figures": {"numpy", "plotly"},
    "live": {"numpy", "plotly", "streamlit", "starlette"},
    "ui": {"numpy", "plotly", "streamlit", "starlette"},
    "app": {"streamlit"},
    "pages": {"numpy", "streamlit"},
    "entry": {"pandas", "plotly", "streamlit", "threadpoolctl"},
}
"""Layer -> what it may use that pip brings."""
PICTURES = {
    "explainer/pictures.py": {"PIL"},
    "explainer/picture_files.py": {"PIL"},
    "explainer/hdf5_files.py": {"pyfive"},
}
"""The modules of maths that read files of others."""


def layer_of(path: Path) -> str:
    inside = path.relative_to(ROOT)
    if inside.parts[0] != "explainer":
        return "pages" if inside.parts[0] == "pages" else "entry"
    if len(inside.parts) > 2:
        return inside.parts[1]
    return "app" if inside.name == "app.py" else "maths"


def sources() -> list[Path]:
    return sorted([*PACKAGE.rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "streamlit_app.py"])


def imported(path: Path) -> set[str]:
    """Dotted names of all modules that a file imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: a relative import"
            assert node.module is not None
            names.add(node.module)
            names |= {
                f"{node.module}.{alias.name}" for alias in node.names if is_module(node.module, alias.name)
            }
    return names


@cache
def is_module(package: str, name: str) -> bool:
    folder = ROOT.joinpath(*package.split("."))
    return (folder / f"{name}.py").is_file() or (folder / name / "__init__.py").is_file()


def own_path(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_knows_only_what_lies_below_it(path: Path) -> None:
    layer = layer_of(path)
    assert layer in LAYERS, f"{path.relative_to(ROOT)} lies in no known layer"
    for module in imported(path):
        top = module.split(".")[0]
        if top in STANDARD:
            continue
        if top == "explainer":
            if module == "explainer":
                continue
            below = layer_of(own_path(module))
            assert below in MAY_IMPORT[layer], f"{layer} must not import {module}, which is {below}"
            continue
        assert top not in {"pages", "tests", "streamlit_app"}, f"{module} must not be imported"
        allowed = BROUGHT[layer] | PICTURES.get(path.relative_to(ROOT).as_posix(), set())
        assert top in allowed, f"{layer} must not import {module}"


def test_there_is_something_in_every_layer() -> None:
    assert {layer_of(path) for path in sources()} == set(LAYERS)


def test_no_module_bears_the_name_of_another() -> None:
    """Streamlit puts explainer/ first on sys.path: there a module would hide its namesake."""
    taken = STANDARD | set(packages_distributions())
    own = {path.stem if path.suffix == ".py" else path.name for path in PACKAGE.iterdir()} - {"__init__"}
    assert own & taken == set()


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.stem)
def test_a_page_is_a_short_straight_script_without_html(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert defined == []
    text = path.read_text(encoding="utf-8")
    assert "__main__" not in text and "unsafe_allow_html" not in text and "st.html" not in text
    assert len(text.splitlines()) <= 80
