"""What a visitor measures: the buttons, the waiting in the queue, the results.

The page draws everything first and waits at its end, so that it can be read meanwhile. A rerun interrupts the
waiting, not the measurement: the session has its ticket, and the next run goes on waiting.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, Literal

import streamlit as st

from explainer.chapters.vectorization.chapter import TIME, TWIN, N
from explainer.chapters.vectorization.race_queue import Job, MeasuringQueue, QueueFullError, Ticket
from explainer.chapters.vectorization.stopwatch import Race, race_from
from explainer.chapters.vectorization.trainings import WAYS, Training, pictures_as_bytes, training_from
from explainer.pictures.chosen import DRAWINGS, ChosenSet
from explainer.ui.places import place, say
from explainer.ui.session import value_of
from explainer.ui.visit import Visit

LOOK: Final = 0.5  # seconds after which the place in the queue is shown anew
RACE: Final = "race"
TRAININGS: Final = "train_three_ways"


@dataclass
class Measurements:
    """What one visitor asked for: the jobs to come, the ticket of the first one, all results by job.

    `given` is the input of the jobs' processes; `problems` says, by kind of job, why there was no result.
    The `lock` is needed because runs of one visitor's page overlap: an interrupted run goes on until it next
    calls Streamlit.
    """

    jobs: list[Job] = field(default_factory=list)
    ticket: Ticket | None = None
    results: dict[Job, Mapping[str, Any]] = field(default_factory=dict)
    given: bytes = b""
    problems: dict[str, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    @property
    def kind(self) -> str:
        """The kind of what is measured, "" if nothing is."""
        return self.jobs[0][0] if self.jobs else ""

    def ask_for(self, *jobs: Job, given: bytes = b"") -> None:
        """Asks for measurements, unless some are under way already."""
        if not self.jobs:
            self.jobs, self.given, self.problems = list(jobs), given, {}

    def stop(self) -> None:
        """Takes back the jobs that have not begun."""
        with self.lock:
            if self.ticket and self.ticket.leave():
                self.ticket = None
            self.jobs = self.jobs[:1] if self.ticket else []

    def next_ticket(self) -> Ticket | None:
        """The first job's ticket, None without a job. `QueueFullError` if the queue has no place for it."""
        with self.lock:
            if self.jobs and self.ticket is None:
                self.ticket = measuring_queue().submit(self.jobs[0], self.given)
            return self.ticket

    def collect(self, ticket: Ticket) -> bool:
        """Takes over a ticket that is over; False if another run of the page has already done so."""
        with self.lock:
            if self.ticket is not ticket:
                return False
            self.ticket = None
            if ticket.state == "done":
                self.jobs.remove(ticket.job)
                self.results[ticket.job] = ticket.result
            return True

    def give_up(self, why: str) -> None:
        """Drops all jobs and keeps the reason, unless the visitor has already taken them back."""
        with self.lock:
            self.problems = {self.kind: why} if self.jobs else {}
            self.jobs, self.ticket = [], None


@st.cache_resource(max_entries=1, show_spinner=False)
def measuring_queue() -> MeasuringQueue:
    """The queue of all visitors."""
    return MeasuringQueue()


def measurements() -> Measurements:
    """This visitor's measurements."""
    kept: Measurements = st.session_state.setdefault("measurements", Measurements())
    return kept


# ---- asking


def choose_size(visit: Visit) -> int:
    """Buttons for n, how many numbers the ways race for."""
    key = f"{visit.chapter}-{N.name}"

    def changed() -> None:
        visit.choose(N, value_of(key))

    st.session_state[key] = visit.value(N)
    n: int | None = st.segmented_control(
        visit.about.words.text["n"],
        N.values,
        key=key,
        required=True,
        format_func=lambda n: f"{n:,}",
        on_change=changed,
        label_visibility="collapsed",
    )
    return n or N.start


def ask_for_races(visit: Visit, twin: str, n: int) -> None:
    """Buttons: *Race* for this n, for every n, and *stop* while it is measured."""
    text = visit.about.words.text
    _offer(visit, text["race"], (_race_job(twin, n),), "primary")
    _offer(visit, text["every_size"], tuple(_race_job(twin, size) for size in N.values))
    _offer_stop(visit, RACE)


def ask_for_trainings(visit: Visit, chosen: ChosenSet) -> None:
    """Buttons: the three trainings on the pictures in use, and *stop* while they are measured."""

    def given() -> bytes:
        return b"" if chosen.name == DRAWINGS else pictures_as_bytes(chosen.split.training)

    label = visit.about.words.text["train_three_ways"]
    _offer(visit, label, _training_jobs(chosen), "primary", given)
    _offer_stop(visit, TRAININGS)


def _offer(
    visit: Visit,
    label: str,
    jobs: tuple[Job, ...],
    kind: Literal["primary", "secondary"] = "secondary",
    given: Callable[[], bytes] = bytes,
) -> None:
    mine = measurements()

    def pressed() -> None:
        visit.act()
        mine.ask_for(*jobs, given=given())

    st.button(label, on_click=pressed, disabled=bool(mine.jobs), type=kind)


def _offer_stop(visit: Visit, kind: str) -> None:
    mine = measurements()
    with place(f"stop-{kind}", width="content"):
        if mine.kind == kind:
            st.button(visit.about.words.text["stop"], on_click=mine.stop)


def _race_job(twin: str, n: int) -> Job:
    return RACE, twin, str(n)


def _training_jobs(chosen: ChosenSet) -> tuple[Job, ...]:
    """The three trainings on the pictures in use, the quickest first."""
    given = () if chosen.name == DRAWINGS else ("given", chosen.key)
    return tuple((TRAININGS, way, *given) for way in reversed(WAYS))


# ---- results


def race(twin: str, n: int) -> Race | None:
    """The visitor's race of this twin for n numbers, None if it was not run."""
    found = measurements().results.get(_race_job(twin, n))
    return None if found is None else race_from(found)


def races(twin: str) -> tuple[Race, ...]:
    """All races of this twin that the visitor has run, the smallest n first."""
    return tuple(found for n in N.values if (found := race(twin, n)) is not None)


def trainings(chosen: ChosenSet) -> list[Training]:
    """The trainings on the pictures in use that the visitor has run."""
    results = measurements().results
    return [training_from(results[job]) for job in _training_jobs(chosen) if job in results]


def wait_for_result(visit: Visit, places: Mapping[str, Any]) -> None:
    """Waits for this visitor's next result, if one was asked for; then the page runs again.

    `places` are empty elements of the page, by kind of job, for what it waits for or why there is no result.
    """
    mine, text = measurements(), visit.about.words.text
    for kind, problem in mine.problems.items():
        with places[kind].container():
            say(f"waiting-{kind}", problem, st.warning)
    try:
        ticket = mine.next_ticket()
    except QueueFullError:
        mine.give_up(text["queue_full"])
    else:
        if ticket is None:
            return
        _wait(ticket, places[ticket.job[0]], text)
        if not mine.collect(ticket):
            return
        if ticket.state == "done":
            _play(visit, ticket.job)
        elif ticket.state == "failed":
            mine.give_up(text["queue_failed"])
    st.rerun()


def _wait(ticket: Ticket, waiting: Any, text: Mapping[str, str]) -> None:
    """Waits until the ticket is over; shows how many come before it, or how many of the visitor's after."""
    shown = ""
    while not ticket.over:
        ahead, more = ticket.ahead(), len(measurements().jobs) - 1
        sentence = text["queue_ahead" if ahead else "queue_more" if more else "queue_now"]
        said = sentence.format(count=ahead, left=more)
        if said != shown:
            with waiting.container():
                say(f"waiting-{ticket.job[0]}", said)
        shown = said
        ticket.wait(LOOK)


def _play(visit: Visit, job: Job) -> None:
    """Has the next run play the race that has just been measured, if it is the one on the page."""
    visit.act()
    if job == _race_job(visit.value(TWIN), visit.value(N)):
        visit.put(TIME, 0)
        visit.stay.play = "race"
