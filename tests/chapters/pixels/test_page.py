"""The chapter *Pixels*: choosing a picture, bringing one, scenes, tasks, addresses that make no sense."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explainer.chapters.pixels import picture_view as chapter
from explainer.pictures import bundled
from explainer.ui.own_picture import lends_camera
from explainer.words import words
from tests.opening import address_warnings, button, clean, open_page, placeholders

DEFAULT = chapter.setting().default


def values(app: AppTest) -> dict[str, object]:
    stay = app.session_state["stays"]["pixels"]
    return dict(stay.values)


@pytest.mark.parametrize("name", chapter.QUICK)
def test_quick_pictures(name: str) -> None:
    key = f"{chapter.FAMILY}-{name}"
    app = open_page("pixels")
    app.segmented_control(key="pixels-quick").set_value(key)
    clean(app.run())
    assert values(app)["picture"] == key
    assert not app.warning


def test_the_address_names_any_bundled_picture() -> None:
    for key in (chapter.keys()[0], chapter.keys()[-1]):
        app = open_page("pixels", f"picture={key}&resolution=16&index=5")
        assert not app.warning
        assert values(app) | {"m": 1} == {"picture": key, "resolution": 1, "index": 5, "m": 1}


@pytest.mark.parametrize("scene", words("pixels").scenes, ids=lambda scene: scene.name)
def test_a_scene_sets_its_state(scene) -> None:
    app = open_page("pixels", "picture=noto-fox")
    button(app, scene.name).click()
    clean(app.run())
    assert values(app)["picture"] == scene.state["picture"]
    assert any(scene.sentence.strip()[:30] in info.value for info in app.info)


def test_the_eye_is_an_eye() -> None:
    """Dark at the place that the scene points at, and all about it; so is the place shown first."""
    face = bundled().pictures[chapter.keys().index(DEFAULT)]
    (scene,) = (scene for scene in words("pixels").scenes if scene.name == "the eye")
    assert scene.state["picture"] == DEFAULT
    for index in (int(scene.state["index"]), chapter.INDEX.default):
        row, column, _ = np.unravel_index(index, face.shape)
        assert face[row - 2 : row + 3, column - 1 : column + 2].max() < 40


@pytest.mark.parametrize(
    ("query", "name", "used"),
    [
        ("picture=unicorn", "picture", DEFAULT),
        ("picture=", "picture", DEFAULT),
        ("picture=own", "picture", DEFAULT),
        ("picture=noto-fox&picture=noto-lion", "picture", DEFAULT),
        ("picture=..%2F..%2Fetc", "picture", DEFAULT),
        ("resolution=nan", "resolution", "64"),
        ("resolution=128", "resolution", "64"),
        ("resolution=20", "resolution", "16"),
        ("resolution=0", "resolution", "8"),
        ("index=-1", "index", "0"),
        ("index=12288", "index", "12287"),
        ("index=1e9", "index", "12287"),
        ("index=eye", "index", "6204"),
        ("index=5.4", "index", "5"),
        ("resolution=8&index=192", "index", "191"),
        ("m=17", "m", "10"),
        ("m=inf", "m", "10"),
    ],
)
def test_what_is_wrong_in_the_address_is_said_and_mended(query: str, name: str, used: str) -> None:
    app = open_page("pixels", query)
    warnings = address_warnings(app)
    assert len(warnings) == 1
    assert name in warnings[0] and f"Using **{used}** instead" in warnings[0]
    assert len(warnings[0]) < 300


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_task_is_answered_once_somebody_has_chosen(number: int, right: bool) -> None:
    app = open_page("pixels")
    assert not app.info
    task = words("pixels").tasks[number]
    app.pills[number].set_value(task.options[task.right if right else task.right - 1])
    clean(app.run())
    (answer,) = [info.value for info in app.info]
    assert answer.startswith("**Yes.**" if right else "**Not quite.**")
    assert "{" not in answer


def test_the_tasks_can_be_filled() -> None:
    numbers = chapter.answers_in_words()
    for task in words("pixels").tasks:
        assert placeholders(task.ask) | placeholders(task.answer) <= set(numbers)
    assert numbers["n_x"] == "12,288" and numbers["below"] == 192 and numbers["right"] == 3


def test_the_split_is_told_with_its_numbers() -> None:
    text = chapter.split()
    drawings = bundled()
    for number in (len(drawings.names), int(drawings.labels.sum()), len(set(drawings.families))):
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
