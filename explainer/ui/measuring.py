"""Measurements that a visitor asked for: waited for in the queue, one after another, and kept for the visit.

A page draws everything first and waits last, so that it can be read meanwhile. A rerun interrupts the
waiting, not the measurement: its ticket is in the session, and the next run goes on waiting.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import streamlit as st

from explainer.racing import Job, QueueFullError, Ticket, Track
from explainer.words import words

LOOK: Final = 0.5  # seconds between two looks at the queue


@dataclass
class Measuring:
    """What one visitor asked for: the jobs still to come, the ticket of the first, and all results by job."""

    jobs: list[Job] = field(default_factory=list)
    ticket: Ticket | None = None
    results: dict[Job, Mapping[str, Any]] = field(default_factory=dict)
    trouble: str = ""


@st.cache_resource(max_entries=1, show_spinner=False)
def track() -> Track:
    """The server's only queue."""
    return Track()


def measuring() -> Measuring:
    """This visitor's measurements."""
    kept: Measuring = st.session_state.setdefault("measuring", Measuring())
    return kept


def ask_for(*jobs: Job) -> None:
    """Asks for measurements, unless some are under way already: a second press starts nothing."""
    mine = measuring()
    if not mine.jobs:
        mine.jobs, mine.trouble = list(jobs), ""


def stop() -> None:
    """Takes back what has not begun."""
    mine = measuring()
    mine.jobs = mine.jobs[:1] if mine.ticket and mine.ticket.state == "running" else []


def attend(place: Any, done: Callable[[Job], None]) -> None:
    """Waits for this visitor's next result, if one was asked for, and says at `place` what for.

    `done` is called with the job whose result came, then the page runs again.
    """
    mine, text = measuring(), words("vectorization").text
    if not mine.jobs:
        return
    try:
        mine.ticket = mine.ticket or track().submit(mine.jobs[0])
    except QueueFullError:
        _give_up(mine, text["queue_full"])
    ticket = mine.ticket
    while ticket is not None and not ticket.over:
        ahead = ticket.ahead()
        said = text["queue_ahead"] if ahead else text["queue_now"]
        place.info(said.format(count=ahead, left=len(mine.jobs)))
        ticket.wait(LOOK)
    if ticket is not None:
        mine.ticket = None
        job = mine.jobs.pop(0)
        if ticket.state == "done":
            mine.results[job] = ticket.result
            done(job)
        else:
            _give_up(mine, text["queue_failed"])
    st.rerun()


def _give_up(mine: Measuring, why: str) -> None:
    mine.jobs, mine.ticket, mine.trouble = [], None, why
