"""The section *Broadcasting* of *Why is NumPy fast?*: cases, typed shapes, verdicts, addresses."""

import math
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from explainer.chapters.vectorization import broadcasting_text as told
from explainer.chapters.vectorization import broadcasting_view as section
from explainer.maths.broadcasting import LONGEST, explain, numpy_says
from explainer.stage.settings import SettingError
from explainer.words import words
from tests.opening import address_warnings, clean, open_page

TEXT = words("vectorization").text


def values(app: AppTest) -> dict[str, object]:
    kept: dict[str, object] = app.session_state["stays"]["vectorization"].values
    return {name: kept.get(name) for name in ("shape_1", "shape_2", "stretch")}


def typed(app: AppTest, name: str, text: str) -> AppTest:
    app.text_input(key=f"vectorization-{name}").set_value(text)
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
        shape_1, shape_2 = section.CASES[case]
        assert values(app) == {"shape_1": shape_1, "shape_2": shape_2, "stretch": 0}
        shown = [app.text_input(key=f"vectorization-{name}").value for name in ("shape_1", "shape_2")]
        assert shown == [str(shape_1), str(shape_2)]
        assert TEXT[f"broadcast_about_{case}"] in on_page(app)
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


@pytest.mark.parametrize(
    ("query", "name", "used"),
    [
        ("shape_1=cat", "shape_1", "3x4"),
        ("shape_2=3x-1", "shape_2", "1x4"),
        ("shape_1=1x1x1x1x1", "shape_1", "3x4"),
        ("shape_1=3x4&shape_2=3&stretch=7", "stretch", "1"),
    ],
)
def test_what_is_wrong_in_the_address_is_said_and_mended(query: str, name: str, used: str) -> None:
    app = open_page("vectorization", query)
    warnings = address_warnings(app)
    assert len(warnings) == 1 and f"**{name} = " in warnings[0]
    assert f"Using **{used}** instead" in warnings[0] and ".." not in warnings[0]


def test_a_step_left_over_from_other_shapes_is_brought_back() -> None:
    app = open_page("vectorization", "shape_1=3x4&shape_2=1x4&stretch=10")
    app.query_params["shape_2"] = "3"  # as Back does
    clean(app.run())
    assert values(app) == {"shape_1": (3, 4), "shape_2": (3,), "stretch": 1}


# ---- without a page


@pytest.mark.parametrize("setting", section.SHAPES, ids=lambda setting: setting.name)
def test_a_shape_setting_reads_what_it_writes(setting: section.Shape) -> None:
    for shape in ((), (3,), (3, 4), (0, 1, 10**6, 2)):
        assert setting.read(setting.write(shape)) == shape
    for text in ("", "cat", "nan", "3x", "-1", "1e3", "2000000", "1x2x3x4x5", "9" * (LONGEST + 1), "3xx4"):
        with pytest.raises(SettingError) as problem:
            setting.read(text)
        assert problem.value.instead == setting.default
        assert "{" not in str(problem.value) and not str(problem.value).endswith(".")


def test_how_far_it_goes_depends_on_the_shapes() -> None:
    assert len(section.stretch((3, 4), (3,)).texts) == 2
    for shape_1, shape_2 in section.CASES.values():
        fits = explain(shape_1, shape_2).result
        assert len(section.stretch(shape_1, shape_2).texts) > (math.prod(fits) if fits is not None else 1)


def test_a_scene_of_this_section_is_settled_by_its_shapes() -> None:
    visit = SimpleNamespace(settings={})
    scene = SimpleNamespace(state={"shape_1": "3x4", "shape_2": "3", "stretch": "1"})
    section.settle(visit, scene)  # type: ignore[arg-type]
    assert visit.settings["stretch"].read("1") == 1


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        *((pair, ["→"]) for pair in section.CASES.values()),
        (((3, 4), (3,)), ["b.reshape(3, 1)", "Axis −1: a has 4, b has 3"]),
        (((3, 4), (4, 3)), ["b.T"]),
        (((2, 3), (4, 3)), ["b.reshape(4, 3, 1, 1)"]),
        (((0, 3), (1,)), ["holds no numbers"]),
        (((), ()), ["Nothing is stretched", "one number"]),
        (((10**6, 10**6, 1, 1), (10**6, 10**6)), ["more numbers than NumPy can count"]),
        (((5, 1, 9), (5, 7, 1)), ["a is stretched along axis −2", "along axis −1", "315 numbers"]),
        (((1, 1), (2, 2)), ["a is stretched along the axes −1, −2"]),
    ],
)  # fmt: skip
def test_every_verdict_can_be_said(pair: tuple[tuple[int, ...], tuple[int, ...]], says: list[str]) -> None:
    verdict = explain(*pair)
    table = told.table(verdict, TEXT)
    said = "\n".join([told.sentence(verdict, TEXT), table, *told.consequences(verdict, TEXT)])
    assert all(part in said for part in says)
    assert not any(mark in said for mark in ("{", "None", "nan"))
    rows = [row.strip("| ").split(" | ") for row in table.splitlines()[2:]]
    assert [row[0] for row in rows] == [f"−{k}" for k in range(1, len(verdict.axes) + 1)]
    assert {len(row) for row in rows} <= {5}
    if verdict.result is not None:
        shown = [int(row[3].strip("*").replace(",", "")) for row in reversed(rows)]
        assert tuple(shown) == verdict.result
    assert (TEXT["broadcast_none"] in table) == (verdict.clash is not None)
