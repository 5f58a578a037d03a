"""The race on the page of *Why is NumPy fast?*: its result in words, the queue and its mishaps."""

import pytest
import streamlit
from streamlit.runtime import Runtime

from explainer.chapters.vectorization.measuring_view import Measurements
from explainer.chapters.vectorization.race_queue import MOST_WAITING, PATIENCE, Job
from explainer.chapters.vectorization.stopwatch import Race, race_from
from explainer.chapters.vectorization.twins import TWINS
from explainer.words.numbers import duration
from tests.chapters.vectorization.measuring import (
    AWAIT,
    MEASURING,
    NAMES,
    SIZES,
    TEXT,
    Stand,
    against,
    as_drawn,
    choose_n,
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
from tests.opening import button, clean, open_page

EVERY_SIZE: list[Job] = [("race", "dot", str(n)) for n in SIZES]

# ---- a race in words

LOOPS, LEFT_OUT, PUBLISHED = TEXT["loops"], TEXT["left_out"], TEXT["published"]


@pytest.mark.parametrize(
    ("found", "says", "says_not"),
    [
        (
            race("dot", 10**6, (0.3, 0.075, 0.001)),
            [against("array_loop", "300"), against("list_loop", "75"), LOOPS.format(factor="4"), PUBLISHED],
            ["slower"],
        ),
        (
            race("dot", 10, (2e-6, 5e-7, 1e-6)),
            [against("array_loop", "2"), against("list_loop", "2", "slower"), PUBLISHED],
            [],
        ),
        (race("sigmoid", 1000, (1.234e-4, 1e-6)), [against("math_loop", "123")], ["published", "loops"]),
        (
            race("step", 10**5, (9.0, 0.05, 0.001), {"double_loop": 9.0}),
            [LEFT_OUT.format(way=NAMES["way_double_loop"], time=duration(9)), against("example_loop", "50")],
            ["published", "loops"],
        ),
        (
            race("dot", 10**5, (9.0, 0.05, 0.001), {"array_loop": 9.0}),
            [LEFT_OUT.format(way=NAMES["way_array_loop"], time=duration(9)), PUBLISHED],
            ["loops"],
        ),
    ],
    ids=["NumPy wins", "NumPy loses", "two ways", "two loops left out", "one loop left out"],
)  # fmt: skip
def test_a_race_is_told(stand: Stand, found: Race, says: list[str], says_not: list[str]) -> None:
    stand.finds(found)
    app = press(open_page("vectorization", f"twin={found.twin}&n={found.n}"), "race")
    said = on_page(app)
    assert all(sentence in said for sentence in says)
    assert not any(is_said(name, app) for name in says_not)
    assert TEXT["now"].format(samples=min(timing.samples for timing in found.timings)) in said
    assert TEXT["guess"] not in said and "{" not in said
    assert table(app, "timings_head") == [
        [
            NAMES[f"short_{timing.way}"],
            duration(timing.median),
            TEXT["timings_half"].format(lower=duration(timing.lower), upper=duration(timing.upper)),
            duration(timing.best),
        ]
        for timing in found.timings
    ]
    visitor, drawn = shown(app, 0)
    assert drawn == as_drawn(found.twin, found, found)
    assert visitor["play"] and visitor["texts"]["time"] == "0" and "time" in visitor["told"]
    assert not shown(clean(app.run()), 0)[0]["play"], "once"
    assert stand.measured == [("race", found.twin, str(found.n))] and is_idle(app) and not app.warning


def test_results_that_differ_have_no_ratio(stand: Stand) -> None:
    stand.finds(race("dot", 1000, (3e-4, 1e-4, 1e-6), agree=False))
    app = press(open_page("vectorization", "n=1000"), "race")
    assert TEXT["differ"] in on_page(app)
    assert table(app, "timings_head") == []
    assert shown(app, 0)[1] == as_drawn("dot", None), "the picture gives none either"
    assert not any(is_said(name, app) for name in ("ratio", "slower", "loops", "published", "now"))


def test_a_way_that_ran_alone_is_compared_with_nothing(stand: Stand) -> None:
    stand.finds(race("dot", 10**6, (9.0, 8.0, 0.001), {"array_loop": 9.0, "list_loop": 8.0}))
    app = press(open_page("vectorization", "n=1000000"), "race")
    assert is_said("now_alone", app) and not is_said("now", app)


# ---- the queue


def test_all_sizes_are_raced_in_order_and_the_one_on_the_page_plays(stand: Stand) -> None:
    paces = {n: (3e-8 * n, 1e-8 * n, 1e-6) for n in SIZES}
    found = [race("dot", n, paces[n]) for n in SIZES]
    stand.finds(*found)
    app = press(open_page("vectorization", "n=1000&time=40"), "every_size")
    assert stand.measured == list(mine(app).results) == EVERY_SIZE
    assert shown(app, 0)[1] == as_drawn("dot", found[2], *found)
    assert against("array_loop", "30") in on_page(app) and is_idle(app)
    assert values_of(app)["time"] == 0
    for n, ratio in ((10, None), (10**6, "30,000")):
        choose_n(app, n)
        assert TEXT["guess"] not in on_page(app)
        assert ratio is None or against("array_loop", ratio) in on_page(app)
    assert stand.measured == EVERY_SIZE


def test_a_second_press_starts_nothing_more(stand: Stand) -> None:
    stand.finds(race("dot", 10**5, (3e-3, 1e-3, 1e-5)))
    held, stand.hears = stand.holds("race", "dot", "100000"), stand.breaks_off
    app = open_page("vectorization")
    for label in MEASURING:  # one right after the other, before the page is drawn anew
        button(app, label).click()
    clean(app.run())
    assert mine(app).jobs == [("race", "dot", "100000")]
    assert TEXT["queue_now"] in told_beside(app, "race")
    assert all(button(app, label).disabled for label in MEASURING)
    stand.hears = lambda said: held.go.set()
    clean(app.run())
    assert against("array_loop", "300") in on_page(app) and is_idle(app)
    assert stand.measured == list(mine(app).results) == [("race", "dot", "100000")]


def test_the_page_can_be_used_while_something_is_measured(stand: Stand) -> None:
    """A rerun interrupts the waiting, not the measurement; the result is kept where it belongs."""
    found = race("dot", 10**5, (3e-3, 1e-3, 1e-5))
    stand.finds(found)
    held, stand.hears = stand.holds("race", "dot", "100000"), stand.breaks_off
    app = press(open_page("vectorization", "time=40"), "race")
    choose_n(app, 100)
    app.switch_page("../pages/home.py").run()
    app.query_params.clear()  # as Streamlit does, which AppTest leaves out
    clean(app.switch_page("../pages/vectorization.py").run())
    assert mine(app).jobs and stand.told == [TEXT["queue_now"]] * 3
    stand.hears = lambda said: held.go.set()
    clean(app.run())
    assert TEXT["guess"] in on_page(app) and values_of(app)["n"] == 100
    assert shown(app, 0)[1] == as_drawn("dot", None, found)
    assert values_of(app)["time"] == 40 and not shown(app, 0)[0]["play"], (
        "another race than the one on the page"
    )
    choose_n(app, 10**5)
    assert against("array_loop", "300") in on_page(app)
    assert stand.measured == [("race", "dot", "100000")] and is_idle(app)


def test_stopping_takes_back_what_has_not_begun(stand: Stand) -> None:
    """The third of six runs: it is awaited and kept, the others are not begun."""
    found = [race("dot", n, (3e-8 * n, 1e-8 * n, 1e-6)) for n in SIZES]
    stand.finds(*found)
    held, stand.hears = stand.holds(*EVERY_SIZE[2]), stand.breaks_off
    app = press(open_page("vectorization", "n=1000"), "every_size")
    assert stand.told[-1] == TEXT["queue_more"].format(left=3)
    assert list(mine(app).results) == EVERY_SIZE[:2] and mine(app).jobs == EVERY_SIZE[2:]
    stand.hears = lambda said: held.go.set()
    press(app, "stop")
    assert stand.measured == list(mine(app).results) == EVERY_SIZE[:3] and is_idle(app)
    assert stand.told[-1] == TEXT["queue_now"]
    assert shown(app, 0)[1] == as_drawn("dot", found[2], *found[:3])


def test_stopping_while_another_visitor_is_measured_leaves_the_queue(stand: Stand) -> None:
    other, held = ("race", "step", "10"), stand.holds("race", "step", "10")
    stand.finds(race("step", 10, (3e-6, 2e-6, 1e-6)), race("dot", 10**5, (3e-3, 1e-3, 1e-5)))
    ticket = stand.queue.submit(other)
    assert held.begun.wait(AWAIT)
    stand.hears = lambda said: streamlit.stop()
    app = press(open_page("vectorization"), "every_size")
    assert stand.told == [TEXT["queue_ahead"].format(count=1)]
    press(app, "stop")
    assert is_idle(app) and TEXT["guess"] in on_page(app) and len(stand.told) == 1
    stand.hears = lambda said: held.go.set()
    press(app, "race")
    assert stand.told[1] == TEXT["queue_ahead"].format(count=1)
    assert stand.measured == [other, ("race", "dot", "100000")] and ticket.state == "done"
    assert list(mine(app).results) == [("race", "dot", "100000")], "the other visitor's is not shown"
    assert against("array_loop", "300") in on_page(app)


def test_who_comes_back_late_is_queued_again(stand: Stand) -> None:
    held = stand.holds("race", "step", "10")
    stand.finds(race("step", 10, (3e-6, 2e-6, 1e-6)), race("dot", 10**5, (3e-3, 1e-3, 1e-5)))
    stand.queue.submit(("race", "step", "10"))
    stand.hears = lambda said: streamlit.stop()
    app = press(open_page("vectorization"), "race")
    kept = mine(app).ticket
    stand.now = PATIENCE + 1
    stand.queue.submit(("race", "step", "10"))  # finds that somebody has left
    assert kept is not None and kept.state == "skipped"
    stand.hears = lambda said: held.go.set()
    clean(app.run())
    assert stand.measured == 2 * [("race", "step", "10")] + [("race", "dot", "100000")]
    assert against("array_loop", "300") in on_page(app) and is_idle(app)


def test_a_race_that_fails_is_said_beside_its_button_and_loses_nothing(stand: Stand) -> None:
    found = [race("dot", n, (3e-8 * n, 1e-8 * n, 1e-6)) for n in SIZES]
    stand.finds(*found[:2])
    app = press(open_page("vectorization", "n=100"), "every_size")
    assert stand.measured == EVERY_SIZE[:3] and is_idle(app)
    assert [warning.value for warning in app.warning] == [TEXT["queue_failed"]]
    assert TEXT["queue_failed"] in told_beside(app, "race")
    assert shown(app, 0)[1] == as_drawn("dot", found[1], *found[:2])
    stand.finds(found[5])
    press(choose_n(app, 10**6), "race")
    assert not app.warning and is_idle(app)
    assert shown(app, 0)[1] == as_drawn("dot", found[5], *found[:2], found[5])


def test_a_full_queue_is_said_and_the_next_press_works(stand: Stand) -> None:
    stand.finds(race("dot", 10**5, (3e-3, 1e-3, 1e-5)), race("step", 10, (3e-6, 2e-6, 1e-6)))
    held = stand.holds("race", "step", "10")
    stand.queue.submit(("race", "step", "10"))
    assert held.begun.wait(AWAIT)
    others = [stand.queue.submit(("race", "step", "10")) for _ in range(MOST_WAITING)]
    app = press(open_page("vectorization"), "race")
    assert [warning.value for warning in app.warning] == [TEXT["queue_full"]]
    assert TEXT["queue_full"] in told_beside(app, "race")
    assert is_idle(app) and TEXT["guess"] in on_page(app)
    assert all(other.leave() for other in others)
    stand.hears = lambda said: held.go.set()
    press(app, "race")
    assert not app.warning and against("array_loop", "300") in on_page(app)


def test_another_visitors_page_does_not_wait_for_a_measurement(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole second visit happens while the first waits, in the middle of its own script."""
    held, seen = stand.holds("race", "dot", "100000"), []
    stand.finds(race("dot", 10**5, (3e-3, 1e-3, 1e-5)), race("step", 10, (3e-6, 2e-6, 1e-6)))

    def second_visit(said: str) -> None:
        stand.hears = lambda said: held.go.set()
        seen.append((said, held.begun.wait(AWAIT)))
        with monkeypatch.context() as patch:
            # AppTest has one runtime for the whole process and drops it after each run: this keeps that of
            # the first visit, which has yet to end.
            patch.setattr(Runtime, "_instance", Runtime._instance)
            app = open_page("vectorization", "twin=step")
            choose_n(app, 10)
            seen.append((len(app.get("bidi_component")), TEXT["guess"] in on_page(app), is_idle(app)))
            seen.append(len(open_page("descent").get("bidi_component")))
            seen.append((held.go.is_set(), list(stand.measured)))
            seen.append(press(app, "race"))

    stand.hears = second_visit
    first = press(open_page("vectorization"), "race")
    (said, begun), page, other, while_held, second = seen
    assert said == TEXT["queue_now"] and begun
    assert page == (3, True, True) and other == 1
    assert while_held == (False, [("race", "dot", "100000")]), (
        "still measuring, when the second page was done"
    )
    assert stand.told[:2] == [TEXT["queue_now"], TEXT["queue_ahead"].format(count=1)]
    assert stand.measured == [("race", "dot", "100000"), ("race", "step", "10")]
    assert list(mine(first).results) == stand.measured[:1]
    assert list(mine(second).results) == stand.measured[1:]
    assert against("array_loop", "300") in on_page(first)
    assert against("double_loop", "3") in on_page(second)


def test_a_real_race_agrees() -> None:
    app = press(open_page("vectorization", "n=10"), "race")
    (found,) = mine(app).results.values()
    assert found["agree"] and not found["estimates"] and not app.warning
    rows = table(app, "timings_head")
    assert [row[0] for row in rows] == [NAMES[f"short_{way.name}"] for way in TWINS["dot"].ways]
    assert all(0 < timing["best"] <= timing["median"] for timing in found["timings"])
    assert is_said("ratio", app) or is_said("slower", app)
    assert is_said("now", app) and is_said("loops", app) and is_idle(app)
    assert shown(app, 0)[1] == as_drawn("dot", *2 * [race_from(found)])


def test_a_result_is_taken_once_though_runs_of_the_page_overlap(stand: Stand) -> None:
    """An interrupted run goes on until it next calls Streamlit: it may see the same ticket end."""
    stand.finds(race("dot", 10, (3e-6, 2e-6, 1e-6)))
    job = ("race", "dot", "10")
    kept = Measurements(jobs=[job, ("race", "dot", "100")])
    kept.ticket = ticket = stand.queue.submit(job)
    while not ticket.over:
        ticket.wait(AWAIT)
    assert kept.collect(ticket) and not kept.collect(ticket)
    assert kept.jobs == [("race", "dot", "100")] and list(kept.results) == [job]
    kept.jobs = []
    assert kept.next_ticket() is None


def test_what_is_taken_back_while_it_fails_leaves_no_problem(stand: Stand) -> None:
    kept = Measurements()
    kept.give_up("why")
    assert kept.problems == {} and kept.jobs == []
