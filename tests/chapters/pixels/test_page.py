"""The chapter *Pixels*: choosing a picture, bringing one, scenes, questions, addresses that make no sense."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explainer.chapters.pixels.chapter import INDEX, which
from explainer.chapters.pixels.pictures_in_use import FAMILY, QUICK, answers, drawing_keys, split_text
from explainer.pictures import PictureSet, bundled
from explainer.pictures.chosen import COURSE, ZIP, ChosenSet, Split, chosen_set, drawings
from explainer.ui.own_picture import lends_camera
from explainer.ui.picture_sets import IN_USE
from explainer.words import COMMON, words
from tests.opening import address_warnings, clean, open_page

TEXT = words("pixels").text
FIRST = which(drawings(), None).start


def values(app: AppTest) -> dict[str, object]:
    stay = app.session_state["stays"]["pixels"]
    return dict(stay.values)


def press(app: AppTest, key: str) -> AppTest:
    """A picture is chosen by its button."""
    return clean(app.segmented_control(key="pixels-quick").set_value(key).run())


@pytest.mark.parametrize("name", QUICK)
def test_quick_pictures(name: str) -> None:
    key = f"{FAMILY}-{name}"
    app = press(open_page("pixels"), key)
    assert values(app)["picture"] == key
    assert not app.warning


def test_the_address_names_any_bundled_picture() -> None:
    for key in (drawing_keys()[0], drawing_keys()[-1]):
        app = open_page("pixels", f"picture={key}&resolution=16&index=5")
        assert not app.warning
        assert values(app) | {"m": 1} == {
            "picture": key,
            "resolution": 16,
            "index": 5,
            "m": 1,
            "count": "hidden",
        }


def test_the_eye_is_an_eye() -> None:
    """Dark at the place that the scene points at, and all about it; the place shown first is no eye."""
    face = bundled().pictures[drawing_keys().index(FIRST)]
    (scene,) = (scene for scene in words("pixels").scenes if scene.name == "the eye")
    assert scene.state["picture"] == FIRST
    index = int(scene.state["index"])
    assert index == answers()["eye"]
    row, column, _ = np.unravel_index(index, face.shape)
    assert (row, column) == (answers()["eye_row"], answers()["eye_column"])
    assert face[row - 2 : row + 3, column - 1 : column + 2].max() < 40
    row, column, _ = np.unravel_index(INDEX.start, face.shape)
    assert face[row, column].max() > 100


@pytest.mark.parametrize(
    ("query", "name", "used", "reason"),
    [
        ("picture=own", "picture", FIRST, TEXT["no_own"]),
        ("picture=course-train-7", "picture", FIRST, COMMON["sets"]["not_in_use"]),
        ("picture=zip-2", "picture", FIRST, COMMON["sets"]["not_in_use"]),
        (
            "picture=..%2F..%2Fetc",
            "picture",
            FIRST,
            COMMON["problems"]["unknown_of_many"].format(count=len(drawing_keys()) + 1),
        ),
        ("resolution=8&index=192", "index", "191", "at 8 × 8 the last place is 191"),
    ],
)
def test_why_a_picture_or_a_place_cannot_be_used(query: str, name: str, used: str, reason: str) -> None:
    (warning,) = address_warnings(open_page("pixels", query))
    assert name in warning and reason in warning and f"Using **{used}** instead" in warning


# ---- pictures that a visitor brought


def a_set(name: str, m: int) -> ChosenSet:
    """A set in use, as the chapter about cats makes it of files."""
    pictures = np.random.default_rng(m).integers(0, 256, (m, 64, 64, 3), dtype=np.uint8)
    names = tuple(f"train {k}" for k in range(1, m + 1))
    every = PictureSet(pictures, np.arange(m) % 3 == 0, names, ("train",) * m)
    return chosen_set(name, Split(every, None), own=True)


def use(app: AppTest, chosen: ChosenSet) -> AppTest:
    """Another set is chosen while another page is open."""
    clean(app.switch_page("../pages/home.py").run())
    app.session_state[IN_USE] = chosen
    return app


def come_back(app: AppTest, **query: str) -> AppTest:
    for name, text in query.items():
        app.query_params[name] = text
    return clean(app.switch_page("../pages/pixels.py").run())


def test_another_set_begins_with_a_picture_of_its_own() -> None:
    app = come_back(use(press(open_page("pixels"), "noto-fox"), a_set(COURSE, 9)))
    assert values(app)["picture"] == "course-train-1" and not app.warning
    labels = [option.content for option in app.segmented_control(key="pixels-quick").proto.options]
    assert labels == [
        "train 1: cat",
        "train 2: not",
        "train 4: cat",
        "train 5: not",
        "train 7: cat",
        "train 9: not",
    ]
    app = come_back(use(app, drawings()))
    assert values(app)["picture"] == FIRST and not app.warning


def test_the_same_set_goes_on_with_the_same_picture() -> None:
    app = come_back(use(press(open_page("pixels"), "noto-fox"), drawings()))
    assert values(app)["picture"] == "noto-fox" and not app.warning


@pytest.mark.parametrize("key", ["course-train-7", "noto-fox"])
def test_a_link_names_a_picture_of_the_set_or_a_drawing(key: str) -> None:
    app = come_back(use(open_page("pixels"), a_set(COURSE, 9)), picture=key)
    assert values(app)["picture"] == key and not app.warning


def test_few_pictures_are_few_columns() -> None:
    app = come_back(use(open_page("pixels"), a_set(ZIP, 6)), m="9")
    assert values(app)["m"] == 6 and len(address_warnings(app)) == 1
    assert values(app)["picture"] == "zip-1"
    app = come_back(use(open_page("pixels"), a_set(ZIP, 6)))
    assert values(app)["m"] == 6 and not app.warning


def test_the_numbers_of_the_questions_are_right() -> None:
    numbers = answers()
    for question in words("pixels").all_questions():
        assert question.needs() <= set(numbers)
    assert numbers["n_x"] == "12,288" and numbers["below"] == 192 and numbers["right"] == 3


def test_how_many_numbers_there_are_is_not_told_before_it_is_asked() -> None:
    app = open_page("pixels")
    said = "".join(element.value for element in (*app.markdown, *app.caption))
    assert "12,288" not in said and "12288" not in said
    assert values(app)["count"] == "hidden"


def test_the_split_is_told_with_its_numbers() -> None:
    text = split_text(drawings())
    every = bundled()
    for number in (len(every.names), int(every.labels.sum()), len(set(every.families))):
        assert str(number) in text


@pytest.mark.parametrize(
    ("scheme", "host", "lends"),
    [
        ("https", "cat.example", True),
        ("http", "localhost", True),
        ("http", "127.0.0.1", True),
        ("http", "192.168.1.20", False),
        ("", "", False),
    ],
)
def test_where_the_camera_is_offered(scheme: str, host: str, lends: bool) -> None:
    assert lends_camera(scheme, host) is lends
