"""Places that are always there, and another one whenever what they are made of differs."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block


def page(first: str, second: str) -> AppTest:
    def script(first: str, second: str) -> None:
        import streamlit as st

        from explainer.ui.places import place, say

        say("first", first)
        say("second", second, st.info)
        with place("third", first, second):
            st.caption("always")

    return AppTest.from_function(script, kwargs={"first": first, "second": second}).run()


def keys(app: AppTest) -> list[str]:
    """The places' keys in the browser, in their order."""
    return [block.proto.id for block in app.main.children.values() if isinstance(block, Block)]


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("", "b"), ("a", ""), ("", "")])
def test_every_place_is_there_also_if_it_is_empty(first: str, second: str) -> None:
    app = page(first, second)
    assert not app.exception
    assert len(keys(app)) == 3
    assert [text.value for text in app.markdown] == [first] * bool(first)
    assert [text.value for text in app.info] == [second] * bool(second)
    assert app.caption[0].value == "always"


def test_what_differs_is_another_place_and_the_same_stays() -> None:
    before, after, again = keys(page("a", "b")), keys(page("a", "c")), keys(page("a", "b"))
    assert before == again
    assert [before[k] == after[k] for k in range(3)] == [True, False, False]
    assert len({*before, *after}) == 5


def numbers(app: AppTest) -> list[int]:
    """Where each content stands."""
    return [number for number, block in app.main.children.items() if isinstance(block, Block)]


def test_what_differs_stands_where_nothing_stood_and_the_same_stays_there() -> None:
    def script() -> None:
        import streamlit as st

        from explainer.ui.places import say

        say("only", st.session_state.get("text", "a"))

    app = AppTest.from_function(script).run()
    stood = numbers(app)
    for text in ("b", "b", "c", "a", "", "a"):
        app.session_state["text"] = text
        stood += numbers(app.run())
    assert stood == [0, 1, 1, 2, 0, 1, 2]
