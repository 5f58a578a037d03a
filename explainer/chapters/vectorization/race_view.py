"""The chapter *Why is NumPy fast?*: its settings, the race of one visitor, its sentences."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import streamlit as st

from explainer.chapters.vectorization import broadcasting_view as broadcasting
from explainer.chapters.vectorization import race_figure as drawn
from explainer.chapters.vectorization import trainings_view as rungs
from explainer.chapters.vectorization.measuring_view import ask_for, attend, measuring, stopping
from explainer.chapters.vectorization.race_queue import Job
from explainer.chapters.vectorization.stopwatch import Race, race_from
from explainer.chapters.vectorization.trainings import NUM_PICTURES
from explainer.chapters.vectorization.twins import TWINS, shape
from explainer.live import pack
from explainer.pictures.columns import n_x
from explainer.stage.settings import Choice, Grid
from explainer.ui import controls
from explainer.ui.visit import Chapter, Visit
from explainer.words import words
from explainer.words.numbers import duration, number

TWIN: Final = Choice("twin", tuple(TWINS), "dot")
SIZES: Final = tuple(10.0**k for k in range(1, 7))
N: Final = Grid("n", SIZES, tuple(f"{size:.0f}" for size in SIZES), 4, log=True)
_places = tuple(range(drawn.PLACES))
TIME: Final = Grid(drawn.CLOCK, _places, tuple(map(str, _places)), drawn.PLACES - 1)
CHAPTER: Final = Chapter(
    "vectorization",
    own=frozenset({TWIN.name, N.name}) | broadcasting.OWN,
    figures={
        "race": frozenset({TIME.name}),
        "rungs": frozenset[str](),
        broadcasting.FIGURE: broadcasting.LIVE,
    },
)


def twin(visit: Visit) -> str:
    """Which ways race."""
    visit.value(TIME)
    return controls.choose(visit, TWIN)


def size(visit: Visit) -> int:
    """For how many numbers."""
    text, key = words(visit.chapter).text, "vectorization-n"

    def changed() -> None:
        visit.act()
        visit.put(N, st.session_state[key])

    st.session_state[key] = visit.value(N)
    place = st.segmented_control(
        text["n"],
        range(len(SIZES)),
        key=key,
        required=True,
        format_func=lambda place: f"{SIZES[place]:,.0f}",
        on_change=changed,
        label_visibility="collapsed",
    )
    return int(SIZES[N.default if place is None else place])


def buttons(visit: Visit, name: str, n: int) -> None:
    """*Race*, and the same for all sizes; while something is measured, the way to stop it."""
    text, busy = words(visit.chapter).text, bool(measuring().jobs)
    _press(visit, text["race"], (_job(name, n),), busy, "primary")
    _press(visit, text["every_size"], tuple(_job(name, size) for size in _sizes()), busy)
    stopping("race")


def _press(visit: Visit, label: str, jobs: tuple[Job, ...], busy: bool, kind: Any = "secondary") -> None:
    def pressed() -> None:
        visit.act()
        ask_for(*jobs)

    st.button(label, on_click=pressed, disabled=busy, type=kind)


def _sizes() -> tuple[int, ...]:
    return tuple(map(int, SIZES))


def _job(name: str, n: int) -> Job:
    return "race", name, str(n)


def wait(visit: Visit, name: str, n: int, places: Mapping[str, Any]) -> None:
    """The page's last line: what was asked for is waited for here, and drawn in the next run.

    `places` are the spots beside the buttons, by the kind of the job, where it is said what for.
    """

    def done(job: Job) -> None:
        visit.act()
        if job == _job(name, n):
            visit.put(TIME, 0)
            visit.stay.play = "race"

    attend(places, done)


def race(name: str, n: int) -> Race | None:
    """The race that was run, None if it was not yet."""
    found = measuring().results.get(_job(name, n))
    return None if found is None else race_from(found)


def races(name: str) -> tuple[Race, ...]:
    """All races of this twin that the visitor ran."""
    return tuple(found for n in _sizes() if (found := race(name, n)) is not None)


def show_race(visit: Visit, name: str, n: int) -> None:
    """The race in true proportion, and time against n; nothing of races whose results differ."""
    found = measuring().results
    every = {size: found.get(_job(name, size), {}) for size in _sizes()}
    agreeing = {size: one for size, one in every.items() if one.get("agree")}
    controls.show(_race_stage(name, n, agreeing), visit, "race")


@st.cache_data(max_entries=64, show_spinner=False)
def _race_stage(name: str, n: int, agreeing: Mapping[int, Mapping[str, Any]]) -> bytes:
    """The figure for what was measured of a twin, by n."""
    ways = tuple(way.name for way in TWINS[name].ways)
    every = {size: race_from(found) for size, found in agreeing.items()}
    return pack(drawn.stage(ways, every.get(n), tuple(every.values()), words("vectorization").figure))


# ---- in words


def result(name: str, n: int) -> str:
    """The ratios in words, the published one beside them, and all timings; before a race, what to press."""
    text, found = words("vectorization").text, race(name, n)
    if found is None:
        return text["guess"]
    if not found.agree:
        return text["differ"]
    ways = [way.name for way in TWINS[name].ways]
    lines = [" ".join(dict.fromkeys(_against(found, way, ways[-1]) for way in ways[:-1]))]
    loops = found.ratio("array_loop", "list_loop")
    if loops is not None:
        lines.append(text["loops"].format(factor=number(loops, 2)))
    if name == "dot":
        lines.append(text["published"])
    now = text["now" if len(found.timings) > 1 else "now_alone"].format(samples=found.samples)
    lines += ["\n".join(_timings(found)), now]
    return "\n\n".join(lines)


def _against(found: Race, slow: str, fast: str) -> str:
    text, said = words("vectorization").text, words("vectorization").figure
    ratio = found.ratio(slow, fast)
    if ratio is None:
        way = slow if slow in found.estimates else fast
        return text["left_out"].format(way=said[f"way_{way}"], time=duration(found.estimates[way]))
    return text["ratio" if ratio >= 1 else "slower"].format(
        ratio=number(max(ratio, 1 / ratio), 3), fast=said[f"way_{fast}"], slow=said[f"way_{slow}"]
    )


def _timings(found: Race) -> Iterator[str]:
    """The table of all that was measured: median and spread."""
    text, said = words("vectorization").text, words("vectorization").figure
    yield text["timings_head"]
    yield text["timings_rule"]
    for timing in found.timings:
        half = text["timings_half"].format(lower=duration(timing.lower), upper=duration(timing.upper))
        cells = [said[f"short_{timing.way}"], duration(timing.median), half, duration(timing.best)]
        yield "| " + " | ".join(cells) + " |"


def what(name: str, n: int) -> str:
    """What is computed, on which shapes."""
    rows, m = shape(n)
    return words("vectorization").text[f"what_{name}"].format(n=f"{n:,}", n_x=f"{rows:,}", m=f"{m:,}")


def answers() -> dict[str, Any]:
    """The numbers for the chapter's tasks: counted, or measured in this visit; None if not measured."""
    loops = [(race.n, race.ratio("array_loop", "list_loop")) for race in races("dot")]
    measured = [(n, ratio) for n, ratio in loops if ratio is not None and n >= 1000]
    n, ratio = measured[-1] if measured else (None, None)
    features = n_x(64)
    return {
        "loops_n": None if n is None else f"{n:,}",
        "loops_ratio": None if ratio is None else number(ratio, 2),
        "n_x": f"{features:,}",
        "m": NUM_PICTURES,
        "often": f"{2 * features * NUM_PICTURES:,}",
        "seldom": f"{NUM_PICTURES**2:,}",
        "fewer": number(2 * features / NUM_PICTURES, 3),
    }


def warm() -> None:
    """What the first visit asks for."""
    _race_stage(TWIN.options[0], int(SIZES[N.default]), {})
    rungs.warm()
    broadcasting.warm()
