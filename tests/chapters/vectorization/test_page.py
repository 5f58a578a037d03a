"""The chapter *Why is NumPy fast?*: nothing is measured unasked; scenes, choices, tasks."""

from typing import Any

import pytest

from explainer.chapters.vectorization import race_figure
from explainer.chapters.vectorization.chapter import CHAPTER
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
from tests.opening import address_warnings, button, choice, clean, open_page, placeholders


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
    for name, text in scene.state.items():
        assert values_of(app)[name] == CHAPTER.settings[name].read(text)
        assert CHAPTER.settings[name].write(CHAPTER.settings[name].read(text)) == text
    assert any(scene.sentence.strip()[:40] in info.value for info in app.info)
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


# ---- tasks


def test_tasks_are_answered_before_anything_is_measured(stand: Stand) -> None:
    app = open_page("vectorization")
    keys = [pill.key for pill in app.pills if "task" in pill.key]
    assert len(keys) == len(SAID.tasks) == 3
    for place, (key, task) in enumerate(zip(keys, SAID.tasks, strict=True)):
        for number, option in enumerate(app.pills(key=key).options):
            clean(app.pills(key=key).set_value(option).run())
            said = app.info[place].value
            assert not any(mark in said for mark in ("{", "None", "nan"))
            if task.otherwise:
                assert said == task.otherwise.format(**chapter_numbers(None)).strip()
            else:
                verdict = COMMON["frame"]["right" if number == task.right else "wrong"]
                assert said.startswith(f"**{verdict}**")
    assert stand.asked == 0


def test_what_is_asked_and_offered_has_its_numbers(stand: Stand) -> None:
    for pill in open_page("vectorization").pills:
        assert not any("{" in text for text in (pill.label, *pill.options))


def chapter_numbers(loops: tuple[int, str] | None) -> dict[str, Any]:
    """The numbers of the tasks, for the course's 209 pictures of 64 x 64 x 3 numbers."""
    n, ratio = loops or (None, None)
    return {
        "loops_n": None if n is None else f"{n:,}",
        "loops_ratio": ratio,
        "n_x": "12,288",
        "m": 209,
        "often": "5,136,384",
        "seldom": "43,681",
        "fewer": "118",
    }


def test_the_answer_about_the_loops_waits_for_a_race_that_can_tell(stand: Stand) -> None:
    """For 1,000 numbers or more, of the dot product, with results that agree; then the largest."""
    (task, *_), key = SAID.tasks, "vectorization-task-1"
    assert placeholders(task.answer) == {"loops_n", "loops_ratio"}
    stand.finds(
        race("dot", 100, (4e-6, 1e-6, 5e-7)),
        race("dot", 10**4, (4e-3, 1e-3, 5e-6), agree=False),
        race("dot", 1000, (3.2e-4, 1e-4, 2e-6)),
        race("dot", 10**5, (0.026, 0.01, 5e-5)),
        race("dot", 10**6, (1.0, 0.3, 1e-3), out={"array_loop": 9.0}),
    )
    app = open_page("vectorization")
    clean(app.pills(key=key).set_value(task.options[task.right]).run())
    told = []
    for n in (100, 10**4, 1000, 10**5, 10**6):
        press(choose_n(app, n), "race")
        told.append(app.info[0].value)
    right, otherwise = COMMON["frame"]["right"], task.otherwise.strip()
    small, large = (
        f"**{right}** {task.answer.format(**chapter_numbers(loops))}".strip()
        for loops in ((1000, "3.2"), (10**5, "2.6"))
    )
    assert told == [otherwise, otherwise, small, large, large]
