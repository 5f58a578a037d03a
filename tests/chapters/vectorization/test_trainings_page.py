"""Three trainings on the page of *Why is NumPy fast?*: measured or told, on the pictures in use."""

import dataclasses

import numpy as np
import pytest

from explainer.chapters.vectorization import race_figure
from explainer.chapters.vectorization.race_queue import Job
from explainer.chapters.vectorization.trainings import (
    NUM_ITERATIONS,
    NUM_PICTURES,
    Training,
    pictures_as_bytes,
)
from explainer.live import pack
from explainer.pictures import PictureSet
from explainer.pictures.chosen import COURSE, Split, chosen_set
from explainer.ui import picture_sets
from explainer.words.numbers import duration
from tests.chapters.vectorization.measuring import (
    NAMES,
    TEXT,
    Stand,
    against,
    as_drawn,
    is_idle,
    is_said,
    mine,
    on_page,
    press,
    race,
    shown,
    table,
    told_beside,
    values_of,
)
from tests.opening import open_page

COSTS = tuple(0.7 / k for k in range(1, NUM_ITERATIONS + 1))
LOOP = Training("loop", (), 0.0, 3.1)
VECTORISED = Training("vectorised", (*COSTS[:5], COSTS[5] + 2e-12, *COSTS[6:40]), 2.0)
SPAN = Training("span", COSTS, 0.5)
TRAININGS: list[Job] = [
    ("train_three_ways", "span"),
    ("train_three_ways", "vectorised"),
    ("train_three_ways", "loop"),
]


def as_bars(*trainings: Training) -> bytes:
    stage = race_figure.trainings_stage({training.way: training.whole for training in trainings}, NAMES)
    return pack(stage, (), NAMES)


def test_three_trainings_are_measured_or_told(stand: Stand) -> None:
    stand.finds(LOOP, VECTORISED, SPAN)
    app = press(open_page("vectorization"), "train_three_ways")
    assert stand.measured == TRAININGS and is_idle(app) and not app.warning
    loop, vectorised, span = table(app, "trainings_head")
    assert [loop[0], vectorised[0], span[0]] == [
        NAMES[f"training_{way}"] for way in ("loop", "vectorised", "span")
    ]
    assert loop[1:3] == ["0", duration(3.1)] and duration(6200) in loop[3]
    assert vectorised[1:] == ["40", duration(0.05), TEXT["training_told"].format(time=duration(100))]
    assert span[1:] == ["2,000", duration(0.00025), TEXT["training_measured"].format(time=duration(0.5))]
    assert TEXT["trainings_apart"].format(gap="2.0e−12", count="40") in on_page(app)
    assert shown(app, 1)[1] == as_bars(LOOP, VECTORISED, SPAN)
    assert shown(app, 0)[1] == as_drawn("dot", None) and values_of(app)["time"] == 100
    assert TEXT["lead_trainings"].format(m=NUM_PICTURES, count="2,000").strip() in on_page(app)


def test_a_training_that_fails_is_said_beside_its_button_and_loses_nothing(stand: Stand) -> None:
    stand.finds(SPAN, race("dot", 10**5, (3e-3, 1e-3, 1e-5)))
    app = press(open_page("vectorization"), "train_three_ways")
    assert stand.measured == TRAININGS[:2] and is_idle(app)
    assert [warning.value for warning in app.warning] == [TEXT["queue_failed"]]
    assert TEXT["queue_failed"] in told_beside(app, "train_three_ways")
    assert [row[1] for row in table(app, "trainings_head")] == ["?", "?", "2,000"]
    assert not is_said("trainings_apart", app), "there is nothing to compare yet"
    press(app, "race")
    assert not app.warning and against("array_loop", "300") in on_page(app)
    assert shown(app, 1)[1] == as_bars(SPAN)
    stand.finds(LOOP, VECTORISED)
    press(app, "train_three_ways")
    assert not app.warning and "?" not in str(table(app, "trainings_head"))


def test_trainings_whose_costs_differ_are_not_called_the_same(stand: Stand) -> None:
    wrong = Training("vectorised", (0.7, 0.75), 2.0)
    stand.finds(LOOP, wrong, SPAN)
    app = press(open_page("vectorization"), "train_three_ways")
    assert is_said("trainings_differ", app) and not is_said("trainings_apart", app)


def test_three_ways_are_measured_on_the_pictures_in_use(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their bytes go to the process that measures; results on other pictures are not shown for them."""
    rng = np.random.default_rng(0)
    pictures = PictureSet(
        rng.integers(0, 256, (9, 64, 64, 3), dtype=np.uint8),
        np.arange(9) < 4,
        tuple(map(str, range(9))),
        ("a",) * 9,
    )
    chosen = chosen_set(COURSE, Split(pictures, None))
    stand.finds(LOOP, VECTORISED, SPAN)
    on_drawings = press(open_page("vectorization"), "train_three_ways")
    assert stand.given == [b""] * 3 and len(mine(on_drawings).results) == 3
    monkeypatch.setattr(picture_sets, "in_use", lambda: chosen)
    app = on_drawings.run()
    assert TEXT["lead_trainings"].format(m=9, count="2,000").strip() in on_page(app)
    assert [row[1:] for row in table(app, "trainings_head")] == [["?"] * 3] * 3
    jobs: list[Job] = [(*job, "given", chosen.key) for job in TRAININGS]
    for job, found in zip(jobs, (SPAN, VECTORISED, LOOP), strict=True):
        stand.found[job] = dataclasses.asdict(found)
    app = press(app, "train_three_ways")
    assert stand.measured[3:] == jobs
    assert stand.given[3:] == [pictures_as_bytes(pictures)] * 3
    assert "?" not in str(table(app, "trainings_head"))
