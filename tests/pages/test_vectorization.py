"""The chapter *Vectorization*: races that were run, left out or refused, the queue, two visitors at once."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explainer import racing, rungs
from explainer.racing import MOST_WAITING, Job, MeasuringError, Ticket, Track
from explainer.timing import Race, Timing
from explainer.twins import TWINS
from explainer.ui import measuring
from explainer.ui import vectorization as chapter
from explainer.ui.settings import Grid
from explainer.words import COMMON, words
from explainer.words.numbers import duration
from tests.pages.opening import address_warnings, button, choice, clean, open_page, placeholders

SAID = words("vectorization")
TEXT, NAMES = SAID.text, SAID.figure
SETTINGS = {setting.name: setting for setting in (chapter.TWIN, chapter.N, chapter.TIME)}
SECONDS = {"array_loop": 0.6, "list_loop": 0.15, "numpy": 0.001}
AWAIT = 30.0  # seconds until what should have happened is given up

Run = Callable[[Job], Mapping[str, Any]]


def fake(
    seconds: Mapping[str, float], agree: bool = True, left_out: Mapping[str, float] | None = None
) -> Run:
    """Races that take so many seconds, and do not run; trainings that are run in part."""

    def run(job: Job) -> Mapping[str, Any]:
        if job[0] == "climb":
            return trained(job[1])
        timings = tuple(
            Timing(way, 0.9 * each, 0.95 * each, each, 1.1 * each, 7, 3) for way, each in seconds.items()
        )
        return Race(job[1], int(job[2]), timings, dict(left_out or {}), agree).as_json()

    return run


def trained(way: str) -> Mapping[str, Any]:
    """A loop of which not one iteration fits, and two ways whose first costs are 1e-12 apart."""
    if way == "loop":
        return rungs.Rung(way, (), 0.0, 0.5).as_json()
    many, apart = (100, 0.0) if way == "vectorised" else (rungs.NUM_ITERATIONS, 1e-12)
    return rungs.Rung(way, tuple(0.6 + apart for _ in range(many)), 0.002 * many).as_json()


def never(job: Job) -> Mapping[str, Any]:
    raise AssertionError(f"nobody asked for {job}")


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Run], Track]:
    """Puts a queue with measurements of this kind in the place of the server's."""

    def replace(run: Run) -> Track:
        track = Track(run, nullcontext)
        monkeypatch.setattr(measuring, "track", lambda: track)
        return track

    return replace


def values_of(app: AppTest) -> dict[str, Any]:
    kept: dict[str, Any] = app.session_state["stays"]["vectorization"].values
    return kept


def on_page(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def pressed(app: AppTest, label: str) -> AppTest:
    return clean(button(app, TEXT[label]).click().run())


# ---- settings, scenes, addresses


def test_nothing_is_measured_before_somebody_asks(use: Callable[[Run], Track]) -> None:
    use(never)
    app = open_page("vectorization")
    assert len(app.get("bidi_component")) == 3
    assert TEXT["guess"] in on_page(app)
    clean(choice(app, "vectorization", "twin").set_value("step").run())
    clean(app.segmented_control(key="vectorization-n").set_value(0).run())
    assert TEXT["guess"] in on_page(app) and not app.warning
    assert [values_of(app)[name] for name in ("twin", "n")] == ["step", 0]
    what = TEXT["what_step"].format(n="10", n_x="1", m="10")
    assert what in on_page(app)


@pytest.mark.parametrize("scene", SAID.scenes, ids=lambda scene: scene.name)
def test_a_scene_sets_its_state(scene: Any) -> None:
    app = open_page("vectorization", "twin=sigmoid&n=100&shape_1=2x2&shape_2=2")
    clean(button(app, scene.name).click().run())
    for name, text in scene.state.items():
        assert values_of(app)[name] == SETTINGS[name].read(text)
        assert SETTINGS[name].write(SETTINGS[name].read(text)) == text
    assert any(scene.sentence.strip()[:40] in info.value for info in app.info)
    assert values_of(app)["shape_1"] == (2, 2) and not app.warning
    assert set(scene.state) == set(SETTINGS)


@pytest.mark.parametrize(
    ("query", "name", "used"),
    [
        ("twin=cat", "twin", "dot"),
        ("twin=dot&twin=step", "twin", "dot"),
        ("n=7", "n", "10"),
        ("n=0", "n", "10"),
        ("n=1e9", "n", "1000000"),
        ("n=nan", "n", "100000"),
        ("n=10&n=100", "n", "100000"),
        ("n=", "n", "100000"),
        ("time=999", "time", "100"),
        ("time=cat", "time", "100"),
    ],
)
def test_what_is_wrong_in_the_address_is_said_and_mended(query: str, name: str, used: str) -> None:
    app = open_page("vectorization", query)
    warnings = address_warnings(app)
    assert len(warnings) == 1
    assert f"**{name} = " in warnings[0] and f"Using **{used}** instead" in warnings[0]
    setting = SETTINGS[name]
    kept = values_of(app)[name]
    assert setting.write(kept) == used
    assert isinstance(setting, Grid) == (name != "twin")


# ---- one race


def test_a_race_gives_the_ratios_the_table_and_the_published_figure(use: Callable[[Run], Track]) -> None:
    use(fake(SECONDS))
    app = pressed(open_page("vectorization"), "race")
    page = on_page(app)
    assert TEXT["ratio"].format(ratio="600", fast="NumPy", slow=NAMES["way_array_loop"]) in page
    assert TEXT["ratio"].format(ratio="150", fast="NumPy", slow=NAMES["way_list_loop"]) in page
    assert TEXT["loops"].format(factor="4") in page
    assert TEXT["published"] in page and TEXT["guess"] not in page
    assert TEXT["now"].format(samples=7) in page
    for way, seconds in SECONDS.items():
        half = TEXT["timings_half"].format(lower=duration(0.95 * seconds), upper=duration(1.1 * seconds))
        cells = (NAMES[f"short_{way}"], duration(seconds), half, duration(0.9 * seconds))
        assert f"| {' | '.join(cells)} |" in page
    # It plays, from the beginning, and other settings show that they were not raced.
    assert values_of(app)["time"] == 0
    clean(app.segmented_control(key="vectorization-n").set_value(1).run())
    assert TEXT["guess"] in on_page(app) and "600" not in on_page(app)


@pytest.mark.parametrize("name", ["sigmoid", "step"])
def test_the_lectures_figure_stands_beside_the_dot_product_alone(
    use: Callable[[Run], Track], name: str
) -> None:
    ways = [way.name for way in TWINS[name].ways]
    use(fake(dict(zip(ways, (0.5, 0.2, 0.1)[-len(ways) :], strict=True))))
    page = on_page(pressed(open_page("vectorization", f"twin={name}"), "race"))
    assert TEXT["published"] not in page
    assert TEXT["ratio"].format(ratio="2", fast="NumPy", slow=NAMES[f"way_{ways[-2]}"]) in page


def test_results_that_differ_have_no_ratio(use: Callable[[Run], Track]) -> None:
    use(fake(SECONDS, agree=False))
    page = on_page(pressed(open_page("vectorization"), "race"))
    assert TEXT["differ"] in page
    assert "times as fast" not in page and TEXT["published"] not in page


def test_a_way_left_out_is_told_and_stands_in_no_ratio(use: Callable[[Run], Track]) -> None:
    use(fake({"list_loop": 0.15, "numpy": 0.001}, left_out={"array_loop": 30.0}))
    page = on_page(pressed(open_page("vectorization"), "race"))
    assert TEXT["left_out"].format(way=NAMES["way_array_loop"], time=duration(30)) in page
    assert TEXT["ratio"].format(ratio="150", fast="NumPy", slow=NAMES["way_list_loop"]) in page
    assert TEXT["loops"].partition("{")[0] not in page


def test_it_is_said_when_numpy_is_the_slower_one(use: Callable[[Run], Track]) -> None:
    use(fake({"array_loop": 4e-6, "list_loop": 5e-7, "numpy": 1e-6}))
    page = on_page(pressed(open_page("vectorization", "n=10"), "race"))
    assert TEXT["slower"].format(ratio="2", fast="NumPy", slow=NAMES["way_list_loop"]) in page
    assert TEXT["ratio"].format(ratio="4", fast="NumPy", slow=NAMES["way_array_loop"]) in page


def test_a_real_race(use: Callable[[Run], Track]) -> None:
    use(racing.measure)
    app = pressed(open_page("vectorization", "n=10"), "race")
    assert TEXT["guess"] not in on_page(app) and TEXT["differ"] not in on_page(app)
    assert "times as" in on_page(app)
    found = app.session_state["measuring"].results
    (job,) = found
    assert job == ("race", "dot", "10") and found[job]["agree"]
    assert [timing["way"] for timing in found[job]["timings"]] == [way.name for way in TWINS["dot"].ways]


# ---- several, one after another


def test_all_sizes_are_raced_in_their_order(use: Callable[[Run], Track]) -> None:
    asked: list[Job] = []
    run = fake(SECONDS)
    use(lambda job: asked.append(job) or run(job))
    app = pressed(open_page("vectorization"), "every_size")
    assert asked == [("race", "dot", str(10**k)) for k in range(1, 7)]
    assert set(app.session_state["measuring"].results) == set(asked)
    assert not button(app, TEXT["race"]).disabled
    assert not [each for each in app.button if each.label == TEXT["stop"]]
    # What was measured also answers the task about the two loops, for the largest n.
    clean(app.pills[0].set_value(SAID.tasks[0].options[SAID.tasks[0].right]).run())
    assert SAID.tasks[0].answer.format(loops_n="1,000,000", loops_ratio="4").strip() in app.info[0].value


def test_three_trainings(use: Callable[[Run], Track]) -> None:
    use(fake(SECONDS))
    app = open_page("vectorization")
    assert on_page(app).count("| ? | ? | ? |") == 3
    page = on_page(pressed(app, "climb"))
    told = TEXT["rung_told"]
    rows = {
        "loop": ("0", duration(0.5), duration(0.5 * rungs.NUM_ITERATIONS)),
        "vectorised": ("100", duration(0.002), told.format(time=duration(4))),
        "span": ("2,000", duration(0.002), TEXT["rung_measured"].format(time=duration(4))),
    }
    for way, cells in rows.items():
        assert f"| {NAMES[f'rung_{way}']} | {' | '.join(cells)} |" in page
    assert TEXT["rungs_apart"].format(gap="1.0e−12", count="100") in page


def test_tasks_answer_right_and_wrong(use: Callable[[Run], Track]) -> None:
    use(never)
    app = open_page("vectorization")
    for place, task in enumerate(SAID.tasks):
        assert app.pills[place].value is None
        for number, option in enumerate(app.pills[place].options):
            clean(app.pills[place].set_value(option).run())
            answer, verdict = app.info[place].value, "right" if number == task.right else "wrong"
            measured = "" if place == 0 else f"**{COMMON['frame'][verdict]}**"
            assert answer.startswith(measured)
            assert not any(mark in answer for mark in ("{", "None", "nan"))
    assert SAID.tasks[0].otherwise.strip()[:40] in app.info[0].value
    assert placeholders(SAID.tasks[0].answer) == {"loops_n", "loops_ratio"}
    n_x, m = 64 * 64 * 3, rungs.NUM_PICTURES
    assert f"{2 * n_x * m:,}" in app.info[1].value and f"{m * m:,}" in app.info[1].value
    assert f"{2 * n_x / m:.3g} times fewer" in app.info[1].value


# ---- trouble


def test_a_measurement_that_fails_is_said_and_may_be_tried_again(use: Callable[[Run], Track]) -> None:
    run, failing = fake(SECONDS), threading.Event()
    failing.set()

    def measure(job: Job) -> Mapping[str, Any]:
        if failing.is_set():
            raise MeasuringError("as it should")
        return run(job)

    use(measure)
    app = pressed(open_page("vectorization", "shape_1=2x2&shape_2=2"), "every_size")
    assert [warning.value for warning in app.warning] == [TEXT["queue_failed"]]
    assert app.session_state["measuring"].jobs == []
    assert values_of(app)["shape_1"] == (2, 2)
    failing.clear()
    pressed(app, "race")
    assert not app.warning and TEXT["published"] in on_page(app)


def test_a_full_queue_is_said(use: Callable[[Run], Track]) -> None:
    with held(use) as (track, _):
        for _ in range(MOST_WAITING):
            track.submit(("race", "dot", "10"))
        app = pressed(open_page("vectorization"), "climb")
        assert [warning.value for warning in app.warning] == [TEXT["queue_full"]]
        assert not button(app, TEXT["climb"]).disabled


# ---- two visitors


@contextmanager
def held(use: Callable[[Run], Track]) -> Iterator[tuple[Track, Ticket]]:
    """A queue in which somebody's measurement goes on for as long as this lasts."""
    begun, go, run = threading.Event(), threading.Event(), fake(SECONDS)

    def measure(job: Job) -> Mapping[str, Any]:
        begun.set()
        assert go.wait(AWAIT)
        return run(job)

    track = use(measure)
    ticket = track.submit(("race", "dot", "1000000"))
    assert begun.wait(AWAIT)
    try:
        yield track, ticket
    finally:
        go.set()
        while not ticket.over:
            ticket.wait(1.0)


def test_a_visitors_page_is_whole_while_another_one_measures(use: Callable[[Run], Track]) -> None:
    with held(use) as (_, ticket):
        app = open_page("vectorization", "twin=step")
        clean(app.segmented_control(key="vectorization-n").set_value(2).run())
        clean(app.pills[1].set_value(app.pills[1].options[0]).run())
        other = open_page("graph")
        assert len(app.get("bidi_component")) == 3 and len(other.get("bidi_component")) == 5
        assert ticket.state == "running"


def test_who_presses_while_another_one_measures_waits_and_is_told(
    use: Callable[[Run], Track], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    told = threading.Event()
    with held(use) as (_, ticket):
        app = open_page("vectorization")
        show = measuring._wait

        def listen(mine: measuring.Measuring, mine_ticket: Ticket, place: Any) -> None:
            """The place beside the button, and who hears what it shows."""

            class Place:
                def markdown(self, text: str) -> None:
                    said.append(text)
                    told.set()
                    place.markdown(text)

            show(mine, mine_ticket, Place())

        monkeypatch.setattr(measuring, "_wait", listen)
        visit = threading.Thread(target=lambda: pressed(app, "race"), daemon=True)
        visit.start()
        assert told.wait(AWAIT)
        assert said[0] == TEXT["queue_ahead"].format(count=1)
        assert ticket.state == "running"
    visit.join(AWAIT)
    assert not visit.is_alive() and ticket.state == "done"
    assert TEXT["published"] in on_page(app)


def test_a_second_press_starts_nothing_and_stop_takes_back_what_has_not_begun(
    use: Callable[[Run], Track],
) -> None:
    """As the session of somebody who presses twice, then stops, while another one measures."""
    with held(use) as (track, _):
        mine = measuring.Measuring()
        first, second = ("race", "dot", "10"), ("race", "dot", "100")
        asked_in(mine, first, second)
        asked_in(mine, ("race", "step", "10"))
        assert mine.jobs == [first, second]
        mine.ticket = track.submit(first)
        stopped_in(mine)
        assert mine.jobs == [] and mine.ticket is None


def asked_in(mine: measuring.Measuring, *jobs: Job) -> None:
    with in_session(mine):
        measuring.ask_for(*jobs)


def stopped_in(mine: measuring.Measuring) -> None:
    with in_session(mine):
        measuring.stop()


@contextmanager
def in_session(mine: measuring.Measuring) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measuring, "measuring", lambda: mine)
        yield


def test_stop_lets_the_running_one_end(use: Callable[[Run], Track]) -> None:
    with held(use) as (_, ticket):
        mine = measuring.Measuring(jobs=[ticket.job, ("race", "dot", "10")], ticket=ticket)
        stopped_in(mine)
        assert mine.jobs == [ticket.job] and mine.ticket is ticket
