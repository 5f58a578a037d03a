"""The chapter *Why is NumPy fast?*: nothing is measured unasked; scenes, choices, questions."""

from typing import Any

import pytest

from explainer.chapters.vectorization import race_figure
from explainer.chapters.vectorization.chapter import CHAPTER
from explainer.chapters.vectorization.measured_text import answers, largest_difference
from explainer.live import pack
from explainer.words import COMMON
from tests.chapters.vectorization.measuring import (
    NAMES,
    SAID,
    TEXT,
    Stand,
    as_drawn,
    choose_n,
    is_idle,
    on_page,
    press,
    race,
    shown,
    table,
    values_of,
)
from tests.opening import address_warnings, button, choice, clean, open_page


def test_opening_the_page_measures_nothing(stand: Stand) -> None:
    app = open_page("vectorization")
    for _ in range(2):
        assert shown(app, 0)[1] == as_drawn("dot", None)
        assert shown(app, 1)[1] == pack(race_figure.trainings_stage({}, NAMES), (), NAMES)
        assert len(app.get("bidi_component")) == 3 and not app.warning
        assert TEXT["guess"] in on_page(app) and TEXT["published"] not in on_page(app)
        assert table(app, "timings_head") == []
        assert [row[1:] for row in table(app, "trainings_head")] == [["?"] * 3] * 3
        assert not shown(app, 0)[0]["play"] and is_idle(app)
        clean(app.run())
    assert stand.asked == 0 and stand.measured == []


@pytest.mark.parametrize("scene", SAID.scenes, ids=lambda scene: scene.name)
def test_a_scene_sets_its_state_and_measures_nothing(stand: Stand, scene: Any) -> None:
    app = open_page("vectorization", "twin=sigmoid&n=100&time=7&shape_1=2x3")
    clean(button(app, scene.name).click().run())
    assert scene.question is not None and not scene.plays, "what is seen at once waits for the answer"
    assert [values_of(app)[name] for name in ("twin", "n", "time")] == ["sigmoid", 100, 7]
    assert any(scene.question.ask in element.value for element in app.markdown) and not app.success
    right = app.pills(key=f"vectorization-question-{scene.name}")
    clean(right.set_value(scene.question.right).run())
    for name, text in scene.state.items():
        assert values_of(app)[name] == CHAPTER.settings[name].read(text)
        assert CHAPTER.settings[name].write(CHAPTER.settings[name].read(text)) == text
    assert any(scene.sentence.strip()[:40] in reply.value for reply in app.success)
    assert values_of(app)["shape_1"] == (2, 3) and not app.warning
    visitor, _ = shown(app, 0)
    assert visitor["play"] == scene.plays and "time" in visitor["told"] and stand.asked == 0


def test_scenes_are_whole() -> None:
    for scene in SAID.scenes:
        assert set(scene.state) == {control.name for control in CHAPTER.figures[scene.figure].controls} | {
            "twin",
            "n",
        }


def test_what_races_and_for_how_many_numbers_is_chosen(stand: Stand) -> None:
    app = open_page("vectorization")
    for twin, n, shape in (("step", 10**6, (1000, 1000)), ("sigmoid", 10, None), ("step", 1000, (10, 100))):
        clean(choice(app, "vectorization", "twin").set_value(twin).run())
        choose_n(app, n)
        n_x, m = shape or ("", "")
        what = TEXT[f"what_{twin}"].format(n=f"{n:,}", n_x=f"{n_x:,}" if n_x else "", m=f"{m:,}" if m else "")
        assert what in on_page(app)
        assert values_of(app)["twin"] == twin and values_of(app)["n"] == n
        visitor, drawn = shown(app, 0)
        assert visitor["address"]["twin"] == twin and visitor["address"]["n"] == str(n)
        assert drawn == as_drawn(twin, None)
    assert stand.asked == 0 and not app.warning


def test_a_size_in_the_address_takes_the_nearest_by_ratio() -> None:
    app = open_page("vectorization", "n=40")
    (warning,) = address_warnings(app)
    assert "**n = 40**" in warning and "Using **100** instead" in warning
    assert values_of(app)["n"] == 100


# ---- questions


def test_what_is_asked_and_offered_has_its_numbers(stand: Stand) -> None:
    for pill in open_page("vectorization").pills:
        assert not any("{" in text for text in (pill.label, *pill.options))
    assert stand.asked == 0


def test_the_numbers_are_those_of_the_courses_pictures() -> None:
    found = answers(())
    wanted = {"n_x": "12,288", "m": 209, "often": "5,136,384", "seldom": "43,681", "fewer": "118"}
    assert {name: found[name] for name in wanted} == wanted


def test_the_three_ways_results_differ_by_rounding_alone() -> None:
    assert 0 <= largest_difference() < 1e-12


def test_the_answer_about_the_loops_waits_for_a_race_that_can_tell(stand: Stand) -> None:
    """For 1,000 numbers or more, of the dot product, with results that agree; then the largest."""
    question = next(one for one in SAID.questions if one.name == "two loops")
    stand.finds(
        race("dot", 100, (4e-6, 1e-6, 5e-7)),
        race("dot", 10**4, (4e-3, 1e-3, 5e-6), agree=False),
        race("dot", 1000, (3.2e-4, 1e-4, 2e-6)),
        race("dot", 10**5, (0.026, 0.01, 5e-5)),
        race("dot", 10**6, (1.0, 0.3, 1e-3), out={"array_loop": 9.0}),
    )
    app = open_page("vectorization")
    clean(app.pills(key="vectorization-question-two loops").set_value(question.right).run())
    told = []
    for n in (100, 10**4, 1000, 10**5, 10**6):
        press(choose_n(app, n), "race")
        told.append(app.success[0].value)
    unknown = TEXT["loops_unknown"].format(fewest="1,000")
    small, large = (
        TEXT["loops_known"].format(n=n, ratio=ratio) for n, ratio in (("1,000", "3.2"), ("100,000", "2.6"))
    )
    right = COMMON["questions"]["right"]
    expected = [
        f"**{right}** {question.because.format(loops_said=said)}".strip()
        for said in (unknown, unknown, small, large, large)
    ]
    assert told == expected
