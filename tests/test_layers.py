"""Who may import whom: maths, words <- pictures <- stage <- live <- ui <- chapters <- pages."""

import ast
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "explainer"
STANDARD = set(sys.stdlib_module_names)
BELOW = {
    "maths": {"maths"},
    "words": {"words"},
    "pictures": {"pictures", "words", "maths"},
    "stage": {"stage", "pictures", "words", "maths"},
    "serving": {"serving"},
    "live": {"live", "serving", "stage", "pictures", "words", "maths"},
    "ui": {"ui", "live", "serving", "stage", "pictures", "words", "maths"},
    "plain": {"plain", "pictures", "words", "maths"},
    "figure": {"figure", "plain", "stage", "pictures", "words", "maths"},
    "declaration": {"declaration", "figure", "plain", "stage", "pictures", "words", "maths"},
    "view": {"view", "declaration", "figure", "plain", "ui", "live", "stage", "pictures", "words", "maths"},
    "talk": {"talk", "declaration", "live", "serving", "stage", "pictures", "words", "maths"},
    "export": {
        "export",
        "talk",
        "app",
        "declaration",
        "ui",
        "live",
        "serving",
        "stage",
        "pictures",
        "words",
        "maths",
    },
    "app": {"app", "declaration", "ui", "serving", "words"},
    "pages": {"view", "declaration", "figure", "plain", "ui", "live", "stage", "pictures", "words", "maths"},
    "entry": {"app", "talk", "declaration", "ui", "live", "serving", "stage", "pictures", "words", "maths"},
}
"""Layer -> the layers that it may import. In a chapter, the ending of a file's name is its layer."""
PACKAGES = {
    "maths": {"numpy"},
    "words": set(),
    "pictures": {"numpy"},
    "stage": {"numpy", "plotly"},
    "serving": {"psutil", "segno", "starlette"},
    "live": {"numpy", "plotly", "streamlit"},
    "ui": {"numpy", "plotly", "streamlit", "starlette"},
    "plain": {"numpy"},
    "figure": {"numpy", "plotly"},
    "declaration": {"numpy"},
    "view": {"numpy", "streamlit"},
    "talk": {"starlette"},
    "export": {"latex2mathml", "markdown_it", "mdit_py_plugins", "streamlit"},
    "app": {"streamlit"},
    "pages": {"numpy", "streamlit"},
    "entry": {"pandas", "plotly", "starlette", "streamlit", "threadpoolctl"},
}
"""Layer -> what it may use that pip brings."""
PICTURE_READERS = {
    "explainer/pictures/files.py": {"PIL"},
    "explainer/pictures/heic.py": {"PIL", "pi_heif"},
    "explainer/pictures/sets.py": {"PIL"},
    "explainer/pictures/hdf5.py": {"pyfive"},
}
"""The modules that read files of others."""


def layer_of(path: Path) -> str:
    inside = path.relative_to(ROOT)
    if inside.parts[0] != "explainer":
        return "pages" if inside.parts[0] == "pages" else "entry"
    if len(inside.parts) == 2:
        return "app"
    return layer_in_chapter(path.stem) if inside.parts[1] == "chapters" else inside.parts[1]


def layer_in_chapter(stem: str) -> str:
    if stem in {"chapter", "__init__"}:
        return "declaration"
    kind = stem.rpartition("_")[2]
    return kind if kind in {"figure", "view"} else "plain"


def chapter_of(path: Path) -> str | None:
    """The chapter that a file belongs to, None outside the chapters' folders."""
    parts = path.relative_to(ROOT).parts
    return parts[2] if parts[:2] == ("explainer", "chapters") and len(parts) > 3 else None


def sources() -> list[Path]:
    return sorted([*PACKAGE.rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "streamlit_app.py"])


@cache
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


def is_own_file(module: str) -> bool:
    package, _, name = module.rpartition(".")
    return module.startswith("explainer.") and is_module(package, name)


def own_path(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_knows_only_what_lies_below_it(path: Path) -> None:
    layer = layer_of(path)
    assert layer in BELOW, f"{path.relative_to(ROOT)} lies in no known layer"
    for module in imported(path):
        top = module.split(".")[0]
        if top in STANDARD:
            continue
        if top == "explainer":
            if module == "explainer":
                continue
            below = layer_of(own_path(module))
            assert below in BELOW[layer], f"{layer} must not import {module}, which is {below}"
            continue
        assert top not in {"pages", "tests", "streamlit_app"}, f"{module} must not be imported"
        allowed = PACKAGES[layer] | PICTURE_READERS.get(path.relative_to(ROOT).as_posix(), set())
        assert top in allowed, f"{layer} must not import {module}"


@pytest.mark.parametrize(
    "path", [path for path in sources() if chapter_of(path)], ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_chapter_never_imports_another(path: Path) -> None:
    others = {chapter_of(own_path(module)) for module in imported(path) if is_own_file(module)} - {None}
    assert others <= {chapter_of(path)}


def test_there_is_something_in_every_layer() -> None:
    assert {layer_of(path) for path in sources()} == set(BELOW)


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
