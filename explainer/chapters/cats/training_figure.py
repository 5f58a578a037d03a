"""The live figure of the chapter *Cats*: a training run as curves, as weights, as verdicts, as a walk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from explainer.chapters.cats.curves_figure import COLOURS, one_run, side_by_side
from explainer.chapters.cats.learning import Learning, Marks
from explainer.chapters.cats.weight_pictures import WeightPictures
from explainer.chapters.cats.weights_figure import FORMS, TILE, parts, strip, whole
from explainer.maths.checks import BoolArray, ByteArray, FloatArray
from explainer.maths.scores import Majority, wilson_interval
from explainer.maths.surface import Plane
from explainer.stage.landscape import Ground, contours, relief
from explainer.stage.layers import Marker
from explainer.stage.path import Raisable, flat, raised, walk
from explainer.stage.stage import Clock, Control, Layout, Panel, Readout, Sentence, Stage, Table, Toggle

NUM_ITERATIONS: Final = 3000
_DECADE: Final = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
LEARNING_RATES: Final[tuple[float, ...]] = (
    *(float(f"{digit * 10.0**power:.2g}") for power in range(-4, -1) for digit in _DECADE),
    0.1,
)
LEARNING_RATE_TEXTS: Final = tuple(f"{rate:.6f}".rstrip("0") for rate in LEARNING_RATES)
ITERATIONS: Final = tuple(range(10, NUM_ITERATIONS + 1, 10))
FOUR: Final = (0.0001, 0.001, 0.005, 0.01)
"""Learning rates that are compared, much as at the end of the course's assignment."""
VIEWS: Final = ("learning", "four", "surface")
STEP: Final = ("step",)


@dataclass(frozen=True, eq=False)
class Strip:
    """Some pictures (k, 64, 64, 3), whether each is a cat (k,), and their probabilities, A (T+1, k)."""

    pictures: ByteArray
    labels: BoolArray
    A: FloatArray


@dataclass(frozen=True, eq=False)
class Shown:
    """All that the figure shows: a run, the `FOUR`, its plane and weights, a strip, and mere guessing."""

    learning: Learning
    four: Sequence[Learning]
    plane: Plane
    weights: WeightPictures
    strip: Strip
    majority: Majority


def stage(shown: Shown, text: Mapping[str, str]) -> Stage:
    """All panels over one clock, the iterations; a new learning rate is a new stage."""
    rate = rate_text(shown.learning.learning_rate)
    said = {name: value.replace("{rate}", rate) for name, value in text.items()}
    return Stage(
        tables=_tables(shown),
        controls=_controls(said),
        clock=Clock("step", end="iterations", seconds=10.0),
        toggles=(
            Toggle("view", said["view"], tuple((view, said[f"view_{view}"]) for view in VIEWS), VIEWS[0]),
            Toggle(
                "weights",
                said["weights"],
                tuple((form, said[f"weights_{form}"]) for form in FORMS),
                FORMS[0],
                when=_in_view("learning"),
            ),
        ),
        panels=tuple(_panels(shown, said)),
        layouts=_layouts(),
        readouts=tuple(_readouts(shown, said)),
        sentences=tuple(_sentences(shown, said)),
    )


def rate_text(learning_rate: float) -> str:
    """A learning rate of the grid as it is written."""
    return LEARNING_RATE_TEXTS[LEARNING_RATES.index(learning_rate)]


def _in_view(view: str) -> dict[str, tuple[str, ...]]:
    return {"view": (view,)}


def _controls(text: Mapping[str, str]) -> tuple[Control, ...]:
    steps = tuple(range(NUM_ITERATIONS + 1))
    return (
        Control(
            "learning_rate",
            text["learning_rate"],
            LEARNING_RATES,
            LEARNING_RATE_TEXTS,
            when={"view": ("learning", "surface")},
        ),
        Control("iterations", text["iterations"], ITERATIONS, tuple(map(str, ITERATIONS))),
        Control("step", text["step"], steps, tuple(map(str, steps))),
    )


def _layouts() -> tuple[Layout, ...]:
    return (
        *(
            Layout(
                (f"cost accuracy {form}", f"strip strip {form}"),
                columns="minmax(0,1fr) minmax(0,1fr) minmax(0,1fr)",
                when=_in_view("learning") | {"weights": (form,)},
            )
            for form in FORMS
        ),
        Layout(("cost_four accuracy_four",), when=_in_view("four")),
        Layout(("surface map",), columns="minmax(0,1.25fr) minmax(0,1fr)", when=_in_view("surface")),
    )


def _panels(shown: Shown, text: Mapping[str, str]) -> Iterator[Panel]:
    views = {
        "learning": (
            *one_run(shown.learning, shown.majority, text),
            replace(whole(text), when={"weights": ("whole",)}),
            replace(parts(text), when={"weights": ("parts",)}),
            strip(len(shown.strip.labels), text),
        ),
        "four": side_by_side(shown.four, shown.majority, text),
        "surface": _plane(shown, text),
    }
    for view, panels in views.items():
        for panel in panels:
            yield replace(panel, when=_in_view(view) | dict(panel.when))


def _plane(shown: Shown, text: Mapping[str, str]) -> Iterator[Panel]:
    """The plane of the run's two main directions, from the side and from above."""
    plane = shown.plane
    names = tuple(
        text["axis"].format(number=k + 1, share=100 * float(share)) for k, share in enumerate(plane.explained)
    )
    start = float(shown.learning.training.costs[0])
    ground = Ground(plane.first, plane.second, plane.costs, (names[0], names[1]), "plane", 1.1 * start)
    layers: list[Raisable] = [
        (_start(plane, text), start),
        *walk("first", "second", "cost_training", text["here"], text["beyond_plane"]),
    ]
    yield Panel(
        name="surface",
        title=text["surface"],
        tab=text["tab_surface"],
        figure=relief(ground, 1.2),
        layers=raised(layers),
    )
    above = contours(ground).update_layout(margin={"l": 68, "b": 48})  # for longer numbers than of w and b
    yield Panel(name="map", title=text["map"], tab=text["tab_map"], figure=above, layers=flat(layers))


def _start(plane: Plane, text: Mapping[str, str]) -> Marker:
    x, y = plane.trail[0]
    return Marker(
        x=float(x), y=float(y), colour="path", symbol="cross", size=7, text=text["start"], place="above"
    )


def _readouts(shown: Shown, text: Mapping[str, str]) -> Iterator[Readout]:
    yield Readout(text["readout_training"], lead=True, colour="training", when=_in_view("learning"))
    if shown.learning.held_out:
        yield Readout(text["readout_held_out"], lead=True, colour="held-out", when=_in_view("learning"))
    for k, run in enumerate(shown.four):  # these say whose curve is whose: at the curves names would meet
        said = text["readout_four"].replace("{each}", rate_text(run.learning_rate))
        for what in ("cost", "accuracy"):
            said = said.replace(f"{{{what}:", f"{{{what}_{k}:")
        yield Readout(said, lead=True, colour=COLOURS[k], when=_in_view("four"))
    yield Readout(text["readout_plane"], lead=True, when=_in_view("surface"))


def _sentences(shown: Shown, text: Mapping[str, str]) -> Iterator[Sentence]:
    judged = shown.learning.held_out or shown.learning.training
    numbers = {
        "m_training": shown.learning.training.m,
        "m_held_out": judged.m,
        "guessed": round(shown.majority.share * judged.m),
        "says": text["says_cat" if shown.majority.is_cat else "says_not_cat"],
        "explained": f"{100 * float(shown.plane.explained.sum()):.2f}",
        "gap": f"{float(np.abs(shown.plane.shadow - shown.learning.training.costs).max()):.2g}",
    }
    for view in VIEWS:
        same = shown.learning.held_out or view == "surface"  # of the plane the same is said
        sentence = text[f"sentence_{view}" if same else f"sentence_{view}_alone"]
        for name, value in numbers.items():
            sentence = sentence.replace(f"{{{name}}}", str(value))
        yield Sentence(sentence, when=_in_view(view))


def _tables(shown: Shown) -> dict[str, Table]:
    steps = np.arange(NUM_ITERATIONS + 1, dtype=np.uint16)
    kept = shown.weights.steps
    return {
        "step_number": Table(steps, STEP),
        "first": Table(shown.plane.trail[:, 0], STEP),
        "second": Table(shown.plane.trail[:, 1], STEP),
        "shadow": Table(shown.plane.shadow, STEP),
        "w": Table(shown.weights.pictures),
        "kept": Table(np.interp(steps, kept, np.arange(kept.size)), STEP),
        "scale": Table(np.interp(steps, kept, shown.weights.scales), STEP),
        **_marked("training", shown.learning.training),
        **(_held_out(shown.learning.held_out) if shown.learning.held_out else {}),
        **_strip_tables(shown.strip),
        **_four(shown.four),
    }


def _marked(name: str, marks: Marks) -> dict[str, Table]:
    return {
        f"cost_{name}": Table(marks.costs, STEP),
        f"right_{name}": Table(marks.right.astype(np.uint16), STEP),
        f"accuracy_{name}": Table(100 * marks.accuracies, STEP),
    }


def _held_out(marks: Marks) -> dict[str, Table]:
    low, high = wilson_interval(marks.right, marks.m)
    interval = {"low": Table(100 * low, STEP), "high": Table(100 * high, STEP)}
    return _marked("held_out", marks) | interval


def _four(runs: Sequence[Learning]) -> dict[str, Table]:
    tables = {}
    for k, run in enumerate(runs):
        tables[f"cost_{k}"] = Table(run.training.costs, STEP)
        tables[f"accuracy_{k}"] = Table(100 * (run.held_out or run.training).accuracies, STEP)
    return tables


def _strip_tables(shown: Strip) -> dict[str, Table]:
    slots = TILE * (np.arange(shown.labels.size) + 0.5)
    shares = np.rint(TILE * shown.A).astype(np.uint8)
    hundredths = tuple(f"{value / TILE:.2f}" for value in range(TILE + 1))
    cats, others = shown.labels, ~shown.labels
    return {
        "strip": Table(shown.pictures),
        "edges": Table(np.array([0.0, TILE * shown.labels.size])),
        "slots": Table(slots),
        "slots_cats": Table(slots[cats]),
        "slots_others": Table(slots[others]),
        "a": Table(shares, STEP, hundredths),
        "a_cats": Table(shares[:, cats], STEP),
        "a_others": Table(shares[:, others], STEP),
    }
