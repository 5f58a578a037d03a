"""A walk by hand is what the hand did, from where it began, and short enough for an address."""

import pytest
from streamlit.testing.v1 import AppTest

from explainer.stage.settings import MOST_PLACES
from explainer.ui.by_hand import Places, thinned
from explainer.words import COMMON, words
from tests.opening import button, clean, open_page

LINK = words("loss").text["by_hand"]


def move(app: AppTest, **values: float) -> None:
    """What the browser causes when sliders have come to rest."""
    stay = app.session_state["stays"]["loss"]
    stay.values.update(values)
    stay.acted = True
    clean(app.run())


def walk(app: AppTest, data: str = "challenger") -> Places:
    found: Places = app.session_state["walks by hand"]["loss", data]
    return found


def links(app: AppTest) -> list[str]:
    return [link.proto.query_string for link in app.get("page_link") if link.proto.label == LINK]


def test_every_rest_is_a_place_and_the_link_takes_them_along() -> None:
    app = open_page("loss", "w=-1&b=-0.5")
    assert walk(app) == ((-1.0, -0.5),) and links(app) == []
    move(app, w=-1.5)
    move(app, b=-1.0)
    move(app, example=3)
    assert walk(app) == ((-1.0, -0.5), (-1.5, -0.5), (-1.5, -1.0))
    (query,) = links(app)
    assert query.replace("%2C", ",").replace("%3B", ";") == (
        "data=challenger&start=-1,-0.5&hand=-1,-0.5;-1.5,-0.5;-1.5,-1"
    )


def test_a_scene_is_no_move_of_the_hand() -> None:
    app = open_page("loss")
    move(app, w=2.0)
    scene = next(one for one in words("loss").scenes if one.figure == "examples")
    clean(button(app, scene.name).click().run())
    clean(button(app, COMMON["questions"]["tell"]).click().run())
    assert walk(app) == ((float(scene.state["w"]), float(scene.state["b"])),)


def test_each_data_set_has_its_own_walk() -> None:
    app = open_page("loss")
    move(app, w=2.0)
    clean(app.segmented_control(key="loss-data").set_value("hours").run())
    assert len(walk(app, "hours")) == 1 and len(walk(app)) == 2


@pytest.mark.parametrize("count", [1, 2, MOST_PLACES, MOST_PLACES + 1, 500])
def test_a_long_walk_is_thinned_and_keeps_its_ends(count: int) -> None:
    long = tuple((float(k), 0.0) for k in range(count))
    short = thinned(long)
    assert len(short) == min(count, MOST_PLACES)
    assert (short[0], short[-1]) == (long[0], long[-1])
    assert list(short) == sorted(set(short))
