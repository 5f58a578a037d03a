"""The section *Broadcasting* of *Why is NumPy fast?*: cases, typed shapes, verdicts, addresses."""

from streamlit.testing.v1 import AppTest

from explainer.chapters.vectorization.broadcasting_steps import CASES
from explainer.maths.broadcasting import numpy_says
from explainer.words import words
from tests.opening import address_warnings, clean, open_page

TEXT = words("vectorization").text


def values(app: AppTest) -> dict[str, object]:
    kept: dict[str, object] = app.session_state["stays"]["vectorization"].values
    return {name: kept.get(name) for name in ("shape_1", "shape_2", "stretch")}


def typed(app: AppTest, name: str, text: str) -> AppTest:
    app.text_input(key=f"vectorization-{name}").set_value(text)
    return clean(app.run())


def open_verdict(app: AppTest) -> AppTest:
    """Opens the box with the verdict, which says nothing before."""
    box = f"read-vectorization-verdict-{values(app)['shape_1']}-{values(app)['shape_2']}"
    app.session_state[box] = True
    return clean(app.run())


def on_page(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_cases_are_one_press_away() -> None:
    app = open_page("vectorization")
    assert values(app) == {"shape_1": (3, 4), "shape_2": (1, 4), "stretch": 0}
    assert app.segmented_control(key="vectorization-broadcast-case").value == "row"
    for case in ("clash", "trap"):
        app.segmented_control(key="vectorization-broadcast-case").set_value(case)
        clean(app.run())
        shape_1, shape_2 = CASES[case]
        assert values(app) == {"shape_1": shape_1, "shape_2": shape_2, "stretch": 0}
        shown = [app.text_input(key=f"vectorization-{name}").value for name in ("shape_1", "shape_2")]
        assert shown == [str(shape_1), str(shape_2)]
        verdict = f"**{shape_1} + {shape_2} →"
        assert verdict not in on_page(app) and TEXT[f"broadcast_about_{case}"] not in on_page(app)
        open_verdict(app)
        assert verdict in on_page(app) and TEXT[f"broadcast_about_{case}"] in on_page(app)
        assert (numpy_says(shape_1, shape_2) in on_page(app)) and not app.warning
    assert "(3, 3)" in on_page(app)


def test_what_is_typed_is_read_and_nothing_typed_is_lost() -> None:
    app = open_page("vectorization", "shape_1=2x3&shape_2=()&stretch=5")
    assert values(app) == {"shape_1": (2, 3), "shape_2": (), "stretch": 5} and not app.warning
    typed(app, "shape_2", "2 x 1")
    assert values(app) == {"shape_1": (2, 3), "shape_2": (2, 1), "stretch": 0}
    for text in ("two, cat", "x" * 10**5):
        typed(app, "shape_2", text)
        assert app.text_input(key="vectorization-shape_2").value == text
        assert values(app)["shape_2"] == (2, 1)
        assert [("Still drawn: (2, 1)" in warning.value) for warning in app.warning] == [True]
    # The other one may change meanwhile; a case takes the place of both.
    typed(app, "shape_1", "4,1")
    assert values(app)["shape_1"] == (4, 1) and len(app.warning) == 1
    assert app.text_input(key="vectorization-shape_2").value == text
    app.segmented_control(key="vectorization-broadcast-case").set_value("column")
    clean(app.run())
    assert not app.warning and app.text_input(key="vectorization-shape_2").value == "(3, 1)"


def test_typed_text_outlasts_a_visit_elsewhere() -> None:
    app = typed(open_page("vectorization"), "shape_1", "3, -4")
    app.switch_page("../pages/home.py").run()
    clean(app.switch_page("../pages/vectorization.py").run())
    assert app.text_input(key="vectorization-shape_1").value == "3, -4"
    assert len(app.warning) == 1 and "fewer than 0" in app.warning[0].value


def test_a_step_goes_with_the_shapes_of_the_same_address() -> None:
    """Back brings other shapes: their own step counts, also where it is the same number as before."""
    app = open_page("vectorization", "shape_1=3x4&shape_2=1x4&stretch=1")
    app.query_params["shape_2"] = "3"
    clean(app.run())
    assert values(app) == {"shape_1": (3, 4), "shape_2": (3,), "stretch": 1} and not app.warning


def test_a_step_beyond_the_shapes_of_its_address_is_brought_back() -> None:
    app = open_page("vectorization", "shape_1=3x4&shape_2=1x4&stretch=10")
    app.query_params["shape_2"] = "3"
    clean(app.run())
    assert values(app) == {"shape_1": (3, 4), "shape_2": (3,), "stretch": 1}
    (warning,) = address_warnings(app)
    assert "**stretch = 10**" in warning and "Using **1** instead" in warning and ".." not in warning


def test_what_is_no_shape_in_the_address_is_said_and_mended() -> None:
    app = open_page("vectorization", "shape_2=3x-1")
    (warning,) = address_warnings(app)
    assert "**shape_2 = " in warning and "Using **1x4** instead" in warning and ".." not in warning
