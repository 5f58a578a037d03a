"""The chapter *One hidden layer*: what is shown when it is asked for, and not before."""

import pytest

from explainer.chapters.hidden.chapter import BEGIN, DATA, DRAWINGS, WIDTHS
from explainer.chapters.hidden.points import points_text
from explainer.words import words
from tests.opening import choice, clean, open_page

SAID = words("hidden")


@pytest.mark.parametrize("data", DATA.options)
def test_every_data_set_and_every_start(data: str) -> None:
    for begin in BEGIN.options:
        app = open_page("hidden", f"data={data}&begin={begin}&units=2&step=2000")
        assert choice(app, "hidden", "data").value == data
        assert app.session_state["stays"]["hidden"].values["begin"] == begin
        assert not app.warning and len(app.get("bidi_component")) == 1


def test_other_figures_and_the_drawings_come_when_they_are_asked_for() -> None:
    app = open_page("hidden")
    assert len(app.get("bidi_component")) == 1 and not app.table
    for name, option in (("widths", WIDTHS.options[-1]), ("valleys", "shown")):
        before = len(app.get("bidi_component"))
        clean(choice(app, "hidden", name).set_value(option).run())
        assert len(app.get("bidi_component")) == before + 1
    clean(choice(app, "hidden", "drawings").set_value(DRAWINGS.options[1]).run())
    assert len(app.table) == 1


def test_more_views_stand_beside_the_drawings_as_they_are() -> None:
    app = open_page("hidden", "drawings=views")
    (table,) = app.table
    assert len(table.value) == 4
    assert any(SAID.text["views_why"].partition("{")[0].strip() in box.value for box in app.markdown)


def test_what_the_points_are_is_said_of_the_drawings_alone() -> None:
    said = points_text("drawings").strip()
    assert said and points_text("rings") == ""
    app = open_page("hidden", "data=drawings")
    assert said in [box.value for box in app.markdown]
    clean(choice(app, "hidden", "data").set_value("rings").run())
    assert said not in [box.value for box in app.markdown]


def test_an_answer_shows_what_was_not_shown_before() -> None:
    app = open_page("hidden")
    clean(app.pills(key="hidden-question-learned from a few").set_value(1).run())
    assert choice(app, "hidden", "widths").value == "few"
    assert len(app.get("bidi_component")) == 2
    (asked,) = (one for one in SAID.questions if one.name == "learned from a few")
    assert any(asked.because.strip()[-40:] in box.value for box in app.success)


def test_other_data_begin_at_the_first_step() -> None:
    app = open_page("hidden", "data=moons&step=2000&units=5")
    clean(choice(app, "hidden", "data").set_value("xor").run())
    values = app.session_state["stays"]["hidden"].values
    assert (values["step"], values["units"]) == (0, 5)
