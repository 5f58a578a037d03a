"""The pictures in use, in the chapters that do not choose them: each takes them, or says that it does not."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explainer.chapters.pixels.pictures_in_use import in_turn, quick_keys
from explainer.pictures import PictureSet
from explainer.words import COMMON, words
from tests.opening import address_warnings, choice, clean, open_page
from tests.ui.test_picture_sets import TEST, TRAINING, ZIP, File, bring, in_use, on_page, pictures, zipped


def with_set(*files: File) -> AppTest:
    """A visit in which files were brought to the chapter about cats."""
    app = open_page("cats")
    app.session_state["cats-bring"] = True
    return bring(clean(app.run()), *files)


def go_to(app: AppTest, name: str, **query: str) -> AppTest:
    for key, text in query.items():
        app.query_params[key] = text
    return clean(app.switch_page(f"../pages/{name}.py").run())


def other_set(name: str) -> str:
    said = COMMON["sets"]
    return said["other"].format(name=said[name], nav=words("cats").nav)


def links(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def first_picture() -> str:
    """What the chapter about pixels shows where nothing else is asked for."""
    shown: str = open_page("pixels").session_state["stays"]["pixels"].values["picture"]
    return shown


def test_pixels_takes_the_pictures_in_use() -> None:
    app = go_to(with_set(TRAINING, TEST), "pixels")
    chosen = in_use(app)
    quick = app.segmented_control(key="pixels-quick")
    assert quick.value == "course-train-1"
    kinds = [option.content.split(": ")[1] for option in quick.proto.options]
    assert kinds == ["cat", "not"] * 3
    assert app.session_state["stays"]["pixels"].values["picture"] == "course-train-1"
    assert other_set("course") in links(app)
    assert f"{len(chosen.every.names)}" in on_page(app)
    key = quick_keys(chosen)[1]
    quick.set_value(key)
    clean(app.run())
    assert app.session_state["stays"]["pixels"].values["picture"] == key


def test_a_picture_of_a_set_is_in_the_address() -> None:
    app = go_to(with_set(TRAINING), "pixels", picture="course-train-7")
    assert app.session_state["stays"]["pixels"].values["picture"] == "course-train-7" and not app.warning
    app = open_page("pixels", "picture=course-train-7")
    (warning,) = address_warnings(app)
    assert COMMON["sets"]["not_in_use"] in warning
    assert f"Using **{first_picture()}** instead" in warning


def test_a_drawing_is_there_whatever_is_in_use() -> None:
    app = go_to(with_set(TRAINING), "pixels", picture="noto-fox")
    assert app.session_state["stays"]["pixels"].values["picture"] == "noto-fox" and not app.warning


def test_back_to_the_drawings_everything_is_as_before() -> None:
    app = go_to(go_to(with_set(ZIP), "pixels"), "cats")
    assert app.session_state["stays"]["pixels"].values["picture"] == "zip-1"
    choice(app, "cats", "data").set_value("drawings")
    app = go_to(clean(app.run()), "pixels")
    assert app.session_state["stays"]["pixels"].values["picture"] == first_picture()
    assert other_set("zip") not in links(app) and not app.warning


def test_few_pictures_are_few_columns() -> None:
    app = go_to(with_set(zipped(3, 3)), "pixels", m="9")
    assert app.session_state["stays"]["pixels"].values["m"] == 6
    assert len(address_warnings(app)) == 1


@pytest.mark.parametrize(("cats", "others"), [(5, 5), (2, 9), (9, 2), (1, 3), (40, 60)])
def test_cats_and_others_in_turn(cats: int, others: int) -> None:
    m = cats + others
    some = PictureSet(pictures(m, 0), np.arange(m) < cats, tuple(map(str, range(m))), ("a",) * m)
    places = in_turn(some, 10)
    assert len(set(places.tolist())) == len(places) == min(10, m)
    kinds = some.labels[places]
    assert kinds.any() and not kinds.all() and kinds[0]
    if min(cats, others) >= 5:
        assert kinds.tolist() == [True, False] * 5


def test_the_sigmoid_keeps_its_drawings_and_says_so() -> None:
    said = words("sigmoid").text["drawings_only"]
    app = go_to(with_set(TRAINING), "sigmoid", data="pictures")
    assert said in on_page(app)
    assert said not in on_page(open_page("sigmoid", "data=pictures"))


@pytest.mark.parametrize(
    ("files", "named"),
    [((), None), ((TRAINING,), "none"), ((TRAINING, TEST), None), ((ZIP,), None)],
    ids=["drawings", "training", "both", "zip"],
)
def test_the_address_says_what_is_held_out_only_where_that_is_chosen(
    files: tuple[File, ...], named: str | None
) -> None:
    app = with_set(*files)
    for component in app.get("bidi_component"):
        address = json.loads(component.proto.json)[0]["address"]
        assert address["hold_out"] == named and address["data"] == in_use(app).name
    if named:
        choice(app, "cats", "hold_out").set_value("fifth")
        address = json.loads(clean(app.run()).get("bidi_component")[0].proto.json)[0]["address"]
        assert address["hold_out"] == "fifth"
