"""The queue, with measurements that go on when told; processes that misbehave; the lock between processes."""

import dataclasses
import fcntl
import io
import json
import logging
import os
import queue
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from explainer.chapters.vectorization import race_queue
from explainer.chapters.vectorization.race_queue import (
    MOST_WAITING,
    ONE_CORE,
    PATIENCE,
    ROOT,
    Job,
    MeasuringError,
    MeasuringQueue,
    QueueFullError,
    Ticket,
    alone,
    answer,
    measure,
)
from explainer.chapters.vectorization.stopwatch import race_from
from explainer.chapters.vectorization.twins import TWINS, Twin

AWAIT = 30.0  # seconds until what should have happened is given up
LONG = 120.0  # seconds for a process that does end


class Stand:
    """A queue whose measurements say that they have begun and go on when told.

    `entered` and `left` count the turns, `most` is how many measurements there were at once, at the most.
    """

    def __init__(self) -> None:
        self.now, self.inside, self.most, self.entered, self.left = 0.0, 0, 0, 0, 0
        self.begun: queue.Queue[Job] = queue.Queue()
        self.threads: list[threading.Thread] = []
        self.order: list[Job] = []
        self.go: dict[Job, threading.Event] = {}
        self.let_in = threading.Event()
        self.let_in.set()
        self.at_the_door = threading.Event()
        self.queue = MeasuringQueue(self.run, self.turn, lambda: self.now)

    @contextmanager
    def turn(self) -> Iterator[None]:
        self.at_the_door.set()
        assert self.let_in.wait(AWAIT)
        self.entered += 1
        try:
            yield
        finally:
            self.left += 1

    def run(self, job: Job) -> dict[str, Any]:
        assert self.entered == self.left + 1
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.threads.append(threading.current_thread())
        self.order.append(job)
        self.begun.put(job)
        try:
            assert self.go[job].wait(AWAIT)
            if job[0] == "fails":
                raise MeasuringError("as it should")
            return {"job": job[0]}
        finally:
            self.inside -= 1

    def submit(self, name: str) -> Ticket:
        self.go.setdefault((name,), threading.Event())
        return self.queue.submit((name,))

    def begins(self, ticket: Ticket) -> None:
        assert self.begun.get(timeout=AWAIT) == ticket.job

    def ends(self, *tickets: Ticket) -> None:
        """Lets measurements go on, and awaits their ends."""
        for ticket in tickets:
            self.go[ticket.job].set()
        end = time.monotonic() + AWAIT
        for ticket in tickets:
            while not ticket.over and time.monotonic() < end:
                ticket.wait(1.0)
            assert ticket.over


@pytest.fixture
def stand() -> Iterator[Stand]:
    """However a test ends, its worker does too."""
    stand = Stand()
    yield stand
    stand.let_in.set()
    for go in stand.go.values():
        go.set()
    for thread in stand.threads:
        thread.join(AWAIT)
        assert not thread.is_alive()


def test_first_come_first_served_and_one_at_a_time(stand: Stand) -> None:
    tickets = [stand.submit(name) for name in ("a", "b", "c", "d")]
    stand.begins(tickets[0])
    assert [ticket.state for ticket in tickets] == ["running", "waiting", "waiting", "waiting"]
    assert [ticket.ahead() for ticket in tickets] == [0, 1, 2, 3]
    stand.ends(tickets[0])
    stand.begins(tickets[1])
    assert [ticket.state for ticket in tickets] == ["done", "running", "waiting", "waiting"]
    assert [ticket.ahead() for ticket in tickets] == [0, 0, 1, 2]
    stand.ends(*tickets[1:])
    assert stand.order == [("a",), ("b",), ("c",), ("d",)]
    assert [ticket.result for ticket in tickets] == [{"job": name} for name in "abcd"]
    assert {ticket.state for ticket in tickets} == {"done"} and {ticket.ahead() for ticket in tickets} == {0}
    assert stand.most == 1


def test_many_visitors_at_once_are_all_served_one_at_a_time(stand: Stand) -> None:
    tickets: list[Ticket] = []

    def visits(k: int) -> None:
        tickets.append(stand.submit(str(k)))

    visitors = [threading.Thread(target=visits, args=(k,)) for k in range(12)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(AWAIT)
    stand.ends(*tickets)
    assert {ticket.state for ticket in tickets} == {"done"} and len(tickets) == 12
    assert all(ticket.result == {"job": ticket.job[0]} for ticket in tickets)
    assert sorted(stand.order) == sorted(ticket.job for ticket in tickets)
    assert stand.most == 1


def test_a_job_runs_only_while_it_is_its_turn(stand: Stand) -> None:
    """Another process of this computer may be measuring: `turn` lets in when that is over."""
    stand.let_in.clear()
    first, second = stand.submit("a"), stand.submit("b")
    assert stand.at_the_door.wait(AWAIT)
    assert (first.state, stand.order) == ("waiting", [])
    assert (first.ahead(), second.ahead()) == (0, 1)
    stand.let_in.set()
    stand.begins(first)
    assert (first.state, stand.entered, stand.left) == ("running", 1, 0)
    stand.ends(first)
    stand.begins(second)
    assert (stand.entered, stand.left) == (2, 1)


def test_a_failed_job_is_logged_and_the_next_one_runs(stand: Stand, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="explainer.chapters.vectorization.race_queue")
    failing, after = stand.submit("fails"), stand.submit("b")
    stand.ends(failing, after)
    assert (failing.state, failing.result) == ("failed", {})
    assert (after.state, after.result) == ("done", {"job": "b"})
    (record,) = caplog.records
    assert record.name == "explainer.chapters.vectorization.race_queue" and "fails" in record.getMessage()
    assert record.exc_info and record.exc_info[0] is MeasuringError
    assert stand.left == 2


def test_a_turn_that_fails_is_logged_and_the_next_one_runs(
    stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, logger="explainer.chapters.vectorization.race_queue")
    refused: list[bool] = []

    @contextmanager
    def turn() -> Iterator[None]:
        if not refused:
            refused.append(True)
            raise OSError("no locks left")
        with stand.turn():
            yield

    stand.queue = MeasuringQueue(stand.run, turn, lambda: 0.0)
    first, second = stand.submit("a"), stand.submit("b")
    stand.ends(first, second)
    assert (first.state, second.state, stand.order) == ("failed", "done", [("b",)])
    assert len(caplog.records) == 1


def test_a_full_queue_refuses_and_what_is_running_does_not_count(stand: Stand) -> None:
    running = stand.submit("running")
    stand.begins(running)
    waiting = [stand.submit(str(k)) for k in range(MOST_WAITING)]
    assert waiting[-1].ahead() == MOST_WAITING
    with pytest.raises(QueueFullError):
        stand.submit("one more")
    assert waiting[3].leave()
    late = stand.submit("one more")
    assert late.ahead() == MOST_WAITING
    with pytest.raises(QueueFullError):
        stand.submit("another")
    stand.ends(running, *waiting[:3], *waiting[4:], late)
    assert stand.order[-1] == ("one more",) and len(stand.order) == MOST_WAITING + 1


def test_who_does_not_ask_is_skipped_and_who_asks_keeps_the_place(stand: Stand) -> None:
    running = stand.submit("running")
    stand.begins(running)
    silent, looking, waiting, asking = (stand.submit(name) for name in ("a", "b", "c", "d"))
    stand.now = PATIENCE
    waiting.wait(0)
    assert looking.ahead() == 2 and silent.state == "waiting"  # just so long is not too long
    stand.now = PATIENCE + 0.1
    assert asking.ahead() == 3  # silent has gone
    assert [ticket.state for ticket in (silent, looking, waiting, asking)] == ["skipped"] + 3 * ["waiting"]
    assert silent.over and silent.ahead() == 0 and running.state == "running"
    stand.now = 2 * PATIENCE
    late = stand.submit("late")
    assert late.ahead() == 4
    stand.ends(running, looking, waiting, asking, late)
    assert stand.order == [("running",), ("b",), ("c",), ("d",), ("late",)]


def test_who_left_long_ago_is_not_measured_for_nobody(stand: Stand) -> None:
    """Nobody asks at all, so only the worker can find out, when it is their turn."""
    running, silent = stand.submit("running"), stand.submit("a")
    stand.begins(running)
    stand.now = PATIENCE + 0.1
    stand.ends(running, silent)
    assert (running.state, silent.state) == ("done", "skipped")
    assert stand.order == [("running",)]


def test_a_queue_full_of_those_who_left_is_not_full(stand: Stand) -> None:
    stand.begins(stand.submit("running"))
    silent = [stand.submit(str(k)) for k in range(MOST_WAITING)]
    stand.now = PATIENCE + 0.1
    assert stand.submit("late").ahead() == 1
    assert {ticket.state for ticket in silent} == {"skipped"}


def test_a_place_can_be_given_up_until_it_is_ones_turn(stand: Stand) -> None:
    running, leaving, after = (stand.submit(name) for name in ("running", "a", "b"))
    stand.begins(running)
    assert leaving.leave()
    assert leaving.state == "skipped" and leaving.over and leaving.result == {}
    assert after.ahead() == 1
    assert not leaving.leave()  # over
    assert not running.leave() and running.state == "running"
    stand.ends(running, after)
    assert not running.leave() and running.state == "done"
    assert running.result == {"job": "running"}
    assert stand.order == [("running",), ("b",)]


def test_the_worker_ends_with_the_queue_and_another_begins_with_the_next(stand: Stand) -> None:
    stand.ends(stand.submit("a"), stand.submit("b"))
    assert stand.threads[0] is stand.threads[1]
    stand.threads[0].join(AWAIT)
    assert not stand.threads[0].is_alive()
    later = stand.submit("c")
    stand.ends(later)
    assert later.state == "done"
    assert stand.threads[2] is not stand.threads[0]
    assert all(thread.daemon for thread in stand.threads)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when somebody waits for the queue, `LONG`; whoever would change it comes after that."""
    begun, wait = threading.Event(), threading.Condition.wait

    def says_so(self: threading.Condition, timeout: float | None = None) -> bool:
        if timeout == LONG:
            begun.set()
        return wait(self, timeout)

    monkeypatch.setattr(threading.Condition, "wait", says_so)
    return begun


def test_waiting_for_what_is_over_returns_at_once(stand: Stand, waits: threading.Event) -> None:
    done, gone, running = stand.submit("a"), stand.submit("b"), stand.submit("c")
    assert gone.leave()
    stand.ends(done)
    for ticket in (done, gone):
        thread = threading.Thread(target=ticket.wait, args=(LONG,), daemon=True)
        thread.start()
        thread.join(AWAIT)
        assert not thread.is_alive() and not waits.is_set()
    stand.ends(running)


def test_waiting_ends_with_the_next_change(stand: Stand, waits: threading.Event) -> None:
    """Not only with one's own: the number of those who come before has changed too."""
    running, leaving, last = (stand.submit(name) for name in ("running", "a", "b"))
    stand.begins(running)
    thread = threading.Thread(target=last.wait, args=(LONG,), daemon=True)
    thread.start()
    assert waits.wait(AWAIT)
    assert thread.is_alive() and last.ahead() == 2
    assert leaving.leave()
    thread.join(AWAIT)
    assert not thread.is_alive() and last.ahead() == 1


def test_without_more_a_queue_measures_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    @contextmanager
    def lock() -> Iterator[None]:
        seen.append("in")
        yield
        seen.append("out")

    monkeypatch.setattr(race_queue, "alone", lock)
    monkeypatch.setattr(race_queue, "measure", lambda job: seen.append(job) or {"found": 1})
    ticket, end = MeasuringQueue().submit(("race", "dot", "10")), time.monotonic() + AWAIT
    while not ticket.over and time.monotonic() < end:
        ticket.wait(1.0)
    assert (ticket.state, ticket.result) == ("done", {"found": 1})
    assert seen == ["in", ("race", "dot", "10"), "out"]


class Started(subprocess.Popen):
    """Every process that was started, kept by the fixture."""

    kept: list["Started"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kept.append(self)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Started]:
    monkeypatch.setattr(Started, "kept", [], raising=False)
    monkeypatch.setattr(subprocess, "Popen", Started)
    return Started.kept


def program(code: str) -> tuple[str, ...]:
    """A small program, started without looking for packages."""
    return sys.executable, "-I", "-S", "-c", code


def test_what_a_process_prints_comes_back() -> None:
    found = measure(("any",), program("""print('{"a": [1, 2.5, null], "b": "c"}')"""), LONG)
    assert found == {"a": [1, 2.5, None], "b": "c"}


@pytest.fixture
def typed() -> Iterator[None]:
    """Somebody has typed something where this process reads."""
    (reading, writing), kept = os.pipe(), os.dup(0)
    os.write(writing, b"typed")
    os.close(writing)
    os.dup2(reading, 0)
    yield
    os.dup2(kept, 0)
    os.close(kept)
    os.close(reading)


@pytest.mark.usefixtures("typed")
def test_a_process_has_one_core_and_can_import_this_project(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    monkeypatch.setenv("PYTHONPATH", "/somewhere/else")
    monkeypatch.setenv("OF_THE_SERVER", "kept")
    code = """
import json, os, sys
print(json.dumps({"environ": dict(os.environ), "folder": os.getcwd(), "read": sys.stdin.read()}))
"""
    found = measure(("any",), program(code), LONG)
    libraries = ["OMP_NUM", "OPENBLAS_NUM", "MKL_NUM", "BLIS_NUM", "VECLIB_MAXIMUM"]
    assert {f"{library}_THREADS" for library in libraries} == set(ONE_CORE)
    assert all(found["environ"][name] == "1" for name in ONE_CORE)
    assert found["environ"]["PYTHONPATH"].split(os.pathsep) == [str(ROOT), "/somewhere/else"]
    assert found["environ"]["OF_THE_SERVER"] == "kept"
    assert Path(found["folder"]) == ROOT and (ROOT / "streamlit_app.py").is_file()
    assert found["read"] == ""  # and so it cannot wait for somebody who types
    assert os.environ["OMP_NUM_THREADS"] == "8"  # the server's own stay


@pytest.mark.parametrize(
    "command",
    [
        program("print('no JSON')"),
        program("pass"),
        program("import sys; sys.stdout.buffer.write(bytes([0xff, 0xfe, 0x7b]))"),
        program("print('{}'); raise SystemExit(1)"),
        program("print('{}', flush=True); import os; os.kill(os.getpid(), 9)"),
        ("/nowhere/such a program",),
        (str(ROOT),),
    ],
    ids=["no JSON", "nothing", "no text", "exit 1", "killed", "missing", "a folder"],
)
def test_a_process_without_a_result_is_an_error(command: tuple[str, ...]) -> None:
    with pytest.raises(MeasuringError) as caught:
        measure(("any",), command, LONG)
    assert str(caught.value) and caught.value.__cause__ is not None


def test_a_process_that_does_not_end_is_ended(started: list[Started]) -> None:
    with pytest.raises(MeasuringError, match=r"timed out after 0\.3 seconds"):
        measure(("any",), program("while True: pass"), 0.3)
    (process,) = started
    assert process.returncode == -signal.SIGKILL


def test_a_real_measurement_is_made_in_another_process(started: list[Started]) -> None:
    found = race_from(measure(("race", "dot", "10"), limit=LONG))
    assert (found.twin, found.n, found.estimates, found.agree) == ("dot", 10, {}, True)
    assert [timing.way for timing in found.timings] == [way.name for way in TWINS["dot"].ways]
    (process,) = started
    assert process.pid != os.getpid() and process.returncode == 0


def test_a_measuring_process_loads_neither_pages_nor_figures_nor_other_chapters() -> None:
    """It would start late, and its time is limited."""
    code = """
import json, sys
import explainer.chapters.vectorization.race_queue
print(json.dumps({"modules": sorted(sys.modules)}))
"""
    modules = measure(("any",), (sys.executable, "-c", code), LONG)["modules"]
    assert not {"streamlit", "plotly", "pandas"} & set(modules)
    chapters = {name.split(".")[2] for name in modules if name.startswith("explainer.chapters.")}
    assert chapters == {"vectorization"} and "explainer.chapters.vectorization.chapter" not in modules


@pytest.mark.parametrize("job", [("race", "step", "10"), ("train_three_ways", "vectorised")], ids=" ".join)
def test_nothing_is_loaded_inside_the_stopwatch(job: Job) -> None:
    """A module that is loaded on first use would count as the time of the way that used it first."""
    code = """
import json, sys, time
import explainer.chapters.vectorization.race_queue as race_queue
from explainer.chapters.vectorization import stopwatch, trainings

def clock():
    at.append(sorted(sys.modules))
    return time.perf_counter()

at = []
kind, *rest = sys.argv[1:]
if kind == "race":
    stopwatch.race(race_queue.TWINS[rest[0]], int(rest[1]), 0.05, clock)
else:
    trainings.train_one_way(rest[0], 0.05, clock)
print(json.dumps({"loaded": sorted(set(at[-1]) - set(at[0]))}))
"""
    assert measure(("any",), (sys.executable, "-c", code, *job), LONG)["loaded"] == []


def test_what_is_no_job_fails_in_its_process() -> None:
    with pytest.raises(MeasuringError, match="non-zero exit status 1"):
        measure(("race", "dot", "0"), limit=LONG)


TAKES_IT = """
import fcntl, sys
with open(sys.argv[1]) as file:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        print("taken")
    else:
        print("free")
"""


def tried(path: Path) -> str:
    """What another process finds that wants the lock now, and be it a shared one."""
    command = (*program(TAKES_IT), str(path))
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=LONG).stdout.strip()


def test_alone_no_other_process_can_take_the_lock(tmp_path: Path) -> None:
    with alone(str(tmp_path)):
        (path,) = tmp_path.iterdir()
        assert path.name == f"cat-or-not-racing-{os.getuid()}.lock"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert tried(path) == "taken"
    assert tried(path) == "free"
    with pytest.raises(ZeroDivisionError), alone(str(tmp_path)):
        raise ZeroDivisionError
    assert tried(path) == "free"


def test_alone_waits_until_the_other_one_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, inside, order = threading.Event(), threading.Event(), []
    flock = fcntl.flock

    def says_so(*arguments: Any) -> None:
        asked.set()
        flock(*arguments)

    def waits() -> None:
        with alone(str(tmp_path)):
            order.append("second")
            inside.set()

    thread = threading.Thread(target=waits, daemon=True)
    with alone(str(tmp_path)):
        monkeypatch.setattr(race_queue.fcntl, "flock", says_so)
        thread.start()
        assert asked.wait(AWAIT)
        order.append("first")
    assert inside.wait(AWAIT)
    thread.join(AWAIT)
    assert order == ["first", "second"]


@pytest.mark.parametrize("where", ["missing", "a link", "Windows"])
def test_where_there_can_be_no_lock_there_is_none(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, target = tmp_path / "folder", tmp_path / "target"
    link = folder / f"cat-or-not-racing-{os.getuid()}.lock"
    if where != "missing":
        folder.mkdir()
    if where == "a link":  # of somebody who wants this user to write to another file
        link.symlink_to(target)
    if where == "Windows":
        monkeypatch.setattr(race_queue, "fcntl", None)
    entered = []
    with alone(str(folder)):
        entered.append(where)
    assert entered == [where]
    assert (
        sorted(tmp_path.rglob("*")) == {"missing": [], "a link": [folder, link], "Windows": [folder]}[where]
    )


def test_by_default_the_lock_is_in_the_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(race_queue.tempfile, "tempdir", str(tmp_path))
    with alone():
        (path,) = tmp_path.iterdir()
        assert tried(path) == "taken"


@dataclasses.dataclass
class Found:
    """What was asked for, in place of a race or a training."""

    asked: tuple[Any, ...]

    def __init__(self, *asked: Any) -> None:
        self.asked = tuple(one.name if isinstance(one, Twin) else one for one in asked)


def test_an_answer_is_the_race_or_the_training_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race_queue, "race", Found)
    monkeypatch.setattr(race_queue, "train_one_way", Found)
    assert answer(["race", "step", "1000"]) == {"asked": ("step", 1000)}
    assert answer(("train_three_ways", "span")) == {"asked": ("span",)}


def test_what_is_given_is_read_by_the_process() -> None:
    given = bytes(range(256)) * 12_000
    code = "import sys; print(len(sys.stdin.buffer.read()))"
    assert measure(("any",), program(code), LONG, given) == len(given)


def test_a_job_comes_with_what_it_is_given() -> None:
    came: list[tuple[Any, bytes]] = []

    def run(job: Job, given: bytes = b"") -> dict[str, Any]:
        came.append((job, given))
        return {}

    measuring = MeasuringQueue(run, nullcontext)
    tickets = [
        measuring.submit(("train_three_ways", "loop", "given", "k"), b"pictures"),
        measuring.submit(("train_three_ways", "loop")),
    ]
    while not all(ticket.over for ticket in tickets):
        tickets[-1].wait(LONG)
    assert came == [
        (("train_three_ways", "loop", "given", "k"), b"pictures"),
        (("train_three_ways", "loop"), b""),
    ]


def test_a_training_on_given_pictures_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race_queue, "train_one_way", lambda way, given: Found(way, given))
    monkeypatch.setattr(race_queue.sys, "stdin", io.TextIOWrapper(io.BytesIO(b"pictures")))
    assert answer(["train_three_ways", "span", "given", "key"]) == {"asked": ("span", b"pictures")}


@pytest.mark.parametrize(
    ("job", "message"),
    [
        ([], "no such measurement"),
        (["race"], "no such measurement: race"),
        (["race", "dot"], "no such measurement: race dot"),
        (["race", "cross", "10"], "no such measurement: race cross 10"),
        (["race", "dot", "10", "10"], "no such measurement: race dot 10 10"),
        (["Race", "dot", "10"], "no such measurement"),
        (["race", "dot", "0"], "n must be above 0; got 0"),
        (["race", "dot", "-5"], "n must be a whole number, 0 or more; got -5"),
        (["race", "dot", "x"], "invalid literal"),
        (["race", "dot", "2.5"], "invalid literal"),
        (["race", "dot", ""], "invalid literal"),
        (["train_three_ways"], "no such measurement"),
        (["train_three_ways", "loop", "now"], "no such measurement"),
        (["train_three_ways", "numpy"], "way must be one of"),
        (["walk", "loop"], "no such measurement"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_no_job_is_refused(job: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        answer(job)


def test_what_is_printed_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainer.chapters.vectorization.stopwatch.ROUNDS", 1)
    found = answer(["race", "sigmoid", "10"])
    assert dataclasses.asdict(race_from(json.loads(json.dumps(found)))) == found


def test_what_a_process_said_last_is_told() -> None:
    with pytest.raises(MeasuringError, match="no memory left"):
        measure(("any",), program("raise SystemExit('no memory left')"), LONG)


def test_where_no_thread_can_be_started_the_queue_is_full_and_stays_sound(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuses)
        with pytest.raises(QueueFullError):
            stand.submit("a")
    later = stand.submit("b")
    stand.ends(later)
    assert later.state == "done" and stand.order == [("b",)]
