"""Measurements that a visitor asked for: waited for in the queue, one after another, and kept for the visit.

A page draws everything first and waits last, so that it can be read meanwhile. A rerun interrupts the
waiting, not the measurement: its ticket is in the session, and the next run goes on waiting.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

import streamlit as st

from explainer.chapters.vectorization.race_queue import Job, QueueFullError, Ticket, Track
from explainer.words import words

LOOK: Final = 0.5  # seconds between two looks at the queue


@dataclass
class Measuring:
    """What one visitor asked for: the jobs still to come, the ticket of the first, all results by job.

    `given` is what the jobs' processes are given to read, `trouble` a sentence by the kind of the job: why
    it gave nothing. Runs of one visitor's page overlap, for an interrupted one goes on until it next calls
    Streamlit: hence the `lock`.
    """

    jobs: list[Job] = field(default_factory=list)
    ticket: Ticket | None = None
    results: dict[Job, Mapping[str, Any]] = field(default_factory=dict)
    given: bytes = b""
    trouble: dict[str, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def hand_over(self, ticket: Ticket) -> bool:
        """Takes what is over out of what is awaited, and keeps its result; False if that was done already."""
        with self.lock:
            if self.ticket is not ticket:
                return False
            self.ticket = None
            if ticket.state == "done":
                self.jobs.remove(ticket.job)
                self.results[ticket.job] = ticket.result
            return True

    @property
    def kind(self) -> str:
        """The kind of what is measured, empty if nothing is."""
        return self.jobs[0][0] if self.jobs else ""


@st.cache_resource(max_entries=1, show_spinner=False)
def track() -> Track:
    """The server's only queue."""
    return Track()


def measuring() -> Measuring:
    """This visitor's measurements."""
    kept: Measuring = st.session_state.setdefault("measuring", Measuring())
    return kept


def ask_for(*jobs: Job, given: bytes = b"") -> None:
    """Asks for measurements, unless some are under way already: a second press starts nothing."""
    mine = measuring()
    if not mine.jobs:
        mine.jobs, mine.given, mine.trouble = list(jobs), given, {}


def stop() -> None:
    """Takes back what has not begun."""
    mine = measuring()
    with mine.lock:
        if mine.ticket and mine.ticket.leave():
            mine.ticket = None
        mine.jobs = mine.jobs[:1] if mine.ticket else []


def stopping(kind: str) -> None:
    """The way to stop, beside the buttons of what is measured."""
    if measuring().kind == kind:
        st.button(words("vectorization").text["stop"], on_click=stop)


def attend(places: Mapping[str, Any], done: Callable[[Job], None]) -> None:
    """Waits for this visitor's next result, if one was asked for, and says in its kind's place what for.

    `done` is called with the job whose result came, then the page runs again.
    """
    mine, text = measuring(), words("vectorization").text
    for kind, sentence in mine.trouble.items():
        places[kind].warning(sentence)
    try:
        ticket = _ticket(mine)
    except QueueFullError:
        _give_up(mine, text["queue_full"])
    else:
        if ticket is None:
            return
        _wait(mine, ticket, places[ticket.job[0]])
        if not mine.hand_over(ticket):
            return
        if ticket.state == "done":
            done(ticket.job)
        elif ticket.state == "failed":
            _give_up(mine, text["queue_failed"])
    st.rerun()


def _ticket(mine: Measuring) -> Ticket | None:
    """The place in the queue for the first job, a new one if there is none; None without a job.

    `QueueFullError` if there is no place.
    """
    with mine.lock:
        if mine.jobs and mine.ticket is None:
            mine.ticket = track().submit(mine.jobs[0], mine.given)
        return mine.ticket


def _wait(mine: Measuring, ticket: Ticket, place: Any) -> None:
    """Until it is over; says how many come before, and how many of one's own come after."""
    text = words("vectorization").text
    while not ticket.over:
        ahead, more = ticket.ahead(), len(mine.jobs) - 1
        said = text["queue_ahead"] if ahead else text["queue_more" if more else "queue_now"]
        place.markdown(said.format(count=ahead, left=more))
        ticket.wait(LOOK)


def _give_up(mine: Measuring, why: str) -> None:
    with mine.lock:
        mine.trouble = {mine.kind: why} if mine.jobs else {}  # taken back meanwhile: nobody asks why
        mine.jobs, mine.ticket = [], None
