"""What is computed beforehand: one job at a time, the latest first, and none while a page runs."""

import logging
from threading import Event, current_thread

import pytest

from explainer.chapters.hidden.chapter import CHAPTER, UNITS
from explainer.stage.chapter import starting_values
from explainer.ui import live_figure
from explainer.ui.beforehand import MOST, Beforehand
from tests.opening import open_page

PATIENCE = 10.0  # seconds for something that takes milliseconds


class Held(Beforehand):
    """Its thread is busy with a first job until `go` is set."""

    def __init__(self) -> None:
        super().__init__(quiet=0.0)
        self.go, began = Event(), Event()
        self.done: list[object] = []
        self.ask("first", lambda: (began.set(), self.go.wait(PATIENCE)))
        assert began.wait(PATIENCE)

    def finish(self) -> list[object]:
        """What was done, in order, once all of it is."""
        last = Event()
        with self._changed:  # the oldest job is done last
            self._jobs["last"] = last.set
            self._jobs.move_to_end("last", last=False)
        self.go.set()
        assert last.wait(PATIENCE)
        return self.done


def test_the_latest_job_is_done_first_and_an_equal_one_once() -> None:
    held = Held()
    for key in ("a", "b", "c", "a"):
        held.ask(key, lambda key=key: held.done.append(key))
    assert held.waiting == ("b", "c", "a")
    assert held.finish() == ["a", "c", "b"]


def test_no_more_jobs_wait_than_there_is_room_for() -> None:
    held = Held()
    for key in range(3 * MOST):
        held.ask(key, lambda key=key: held.done.append(key))
    assert held.waiting == tuple(range(2 * MOST, 3 * MOST))


def test_a_job_that_fails_is_logged_and_the_next_one_is_done(caplog: pytest.LogCaptureFixture) -> None:
    held = Held()
    held.ask("good", lambda: held.done.append(current_thread().name))
    held.ask("bad", lambda: 1 / 0)
    with caplog.at_level(logging.ERROR):
        assert held.finish() == ["beforehand"]
    assert "ZeroDivisionError" in caplog.text


def test_nothing_begins_while_pages_run() -> None:
    one, done = Beforehand(quiet=3600.0), Event()
    one.ask("job", done.set)
    assert one.waiting == ("job",)
    one._quiet = 0.0  # as if that long had passed
    one.ask("job", done.set)
    assert done.wait(PATIENCE)


def test_the_neighbours_of_the_shown_width_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[object, object] = {}
    monkeypatch.setattr(live_figure.BEFOREHAND, "ask", asked.__setitem__)
    open_page("hidden", "data=xor&units=2&seed=3")
    keys = [key for key in asked if isinstance(key, tuple) and key[:2] == ("hidden", "network")]
    assert [dict(key[2:])["units"] for key in keys] == [1, 3]
    assert all(dict(key[2:])["data"] == "xor" and dict(key[2:])["seed"] == 3 for key in keys)


def test_what_was_packed_beforehand_is_what_is_shown() -> None:
    state = {part.name: starting_values(CHAPTER)[part.name] for part in CHAPTER.figures["network"].of}
    state |= {"data": "xor", UNITS.name: 2}
    block = live_figure._block_for(CHAPTER, "network", state)
    app = open_page("hidden", "data=xor&units=2")
    assert block.path in app.get("bidi_component")[0].proto.json
