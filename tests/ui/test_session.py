"""A widget's callback is done to its end, also where the next press already waits for its run."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PACKAGE = Path(__file__).parents[2] / "explainer"
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if "import streamlit" in path.read_text("utf-8")]


def page() -> None:
    """A choice that is counted, while another run is asked for at the moment in which it is made."""
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    from explainer.ui.session import kept, value_of

    def changed() -> None:
        run = get_script_run_ctx()
        run.script_requests.request_rerun(RerunData(page_script_hash=run.page_script_hash))
        kept("chosen", list).append(value_of("choice"))

    kept("chosen", list)
    st.segmented_control("choice", ["a", "b"], key="choice", on_change=changed)


def test_what_was_chosen_counts_though_the_next_run_waits() -> None:
    app = AppTest.from_function(page).run()
    app.segmented_control(key="choice").set_value("b").run()
    app.segmented_control(key="choice").set_value("a").run()
    assert not app.exception
    assert app.session_state["chosen"] == ["b", "a"]


def callbacks(tree: ast.Module) -> list[ast.AST]:
    """The functions that a module gives to widgets."""
    given = [
        keyword.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if (keyword.arg or "").startswith("on_")
    ]
    names = {one.id for one in given if isinstance(one, ast.Name)}
    named = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name in names]
    return [*named, *(one for one in given if isinstance(one, ast.Lambda))]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_callback_asks_for_one_value_of_the_session(path: Path) -> None:
    for callback in callbacks(ast.parse(path.read_text(encoding="utf-8"))):
        names = {one.attr for one in ast.walk(callback) if isinstance(one, ast.Attribute)}
        assert "session_state" not in names


def test_callbacks_are_found() -> None:
    assert sum(len(callbacks(ast.parse(path.read_text(encoding="utf-8")))) for path in MODULES) > 20
