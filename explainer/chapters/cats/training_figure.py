"""The live figure of the training in *Cats*: a run as curves, weights, verdicts and a path over the cost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

import explainer.chapters.cats.weights_figure as weights
from explainer.chapters.cats.curves_figure import COLOURS, GUESSED, one_run, side_by_side
from explainer.chapters.cats.learning import NUM_ITERATIONS, Learning, Marks, Runs
from explainer.chapters.cats.weights_figure import TILE, WeightPictures
from explainer.maths.checks import BoolArray, ByteArray, FloatArray
from explainer.maths.logistic import sigmoid
from explainer.maths.scores import Majority, majority, wilson_interval
from explainer.maths.surface import Plane, principal_plane
from explainer.pictures.chosen import DRAWINGS
from explainer.pictures.sets import spread
from explainer.stage.cost_figures import CostPlane, contours, relief
from explainer.stage.layers import Marker
from explainer.stage.path import Raisable, flat, path, raised
from explainer.stage.settings import IN_SIGHT
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table
from explainer.words import fill, placeholder
from explainer.words.numbers import Share, nearly_percent

VIEWS: Final = ("learning", "four", "surface")
STEP: Final = ("step",)
IN_STRIP: Final = 10  # pictures


@dataclass(frozen=True, eq=False)
class Strip:
    """Some pictures (k, 64, 64, 3), whether each is a cat (k,), and their probabilities A (T+1, k)."""

    pictures: ByteArray
    labels: BoolArray
    A: FloatArray


@dataclass(frozen=True, eq=False)
class Shown:
    """What the figure shows: a run, its plane and weights, some pictures, the `FOUR`, and mere guessing."""

    learning: Learning
    four: Sequence[Learning]
    plane: Plane
    weights: WeightPictures
    strip: Strip
    majority: Majority
    alike: bool = False
    """Whether the held-out cats are known to be few faces, so that the interval is too narrow."""


def shown(runs: Runs) -> Shown:
    """What the figure shows of finished runs."""
    learned, chosen = runs.learned, runs.chosen
    return Shown(
        learned,
        runs.four,
        principal_plane(learned.run, runs.spanned),
        weights.weight_pictures(learned.run, weights.kept_steps(NUM_ITERATIONS)),
        _some_of(learned.judged, chosen.judged.pictures, chosen.judged.labels),
        majority(chosen.judged.Y),
        chosen.name == DRAWINGS,
    )


def _some_of(marks: Marks, pictures: ByteArray, labels: BoolArray) -> Strip:
    """A few cats, then a few others, evenly spaced among the pictures that it is judged by.

    The share of the cats is the same as among all of these, rounded, but there is one of each kind that is
    there: as many of both would make cats look common, and a cat that is missed look like the rule.
    """
    cats, others = np.flatnonzero(labels), np.flatnonzero(~labels)
    count = min(IN_STRIP, labels.size)
    of_cats = min(max(round(count * cats.size / labels.size), cats.size > 0), count - (others.size > 0))
    places = np.concatenate([spread(cats, of_cats), spread(others, count - of_cats)])
    return Strip(pictures[places], labels[places], sigmoid(marks.Z[:, places]))


def stage(shown: Shown, text: Mapping[str, str]) -> Stage:
    """All panels follow one clock, the iterations; another learning rate is another stage."""
    filled = {name: fill(value, rate=_rate_text(shown.learning)) for name, value in text.items()}
    return Stage(
        tables=_tables(shown),
        clock=Clock("step", end="iterations", seconds=10.0),
        panels=tuple(_panels(shown, filled)),
        layouts=(
            *(
                Layout(
                    (f"cost accuracy {form}", f"strip strip {form}"),
                    columns="minmax(0,1fr) minmax(0,1fr) minmax(0,1fr)",
                    when=_in_view("learning") | {"weights": (form,)},
                )
                for form in weights.FORMS
            ),
            Layout(("cost_four accuracy_four",), when=_in_view("four")),
            Layout(("surface map",), columns="minmax(0,1.25fr) minmax(0,1fr)", when=_in_view("surface")),
        ),
        readouts=tuple(_readouts(shown, filled)),
        sentences=tuple(_sentences(shown, filled)),
    )


def _rate_text(learning: Learning) -> str:
    return f"{learning.learning_rate:g}"


def _in_view(view: str) -> dict[str, tuple[str, ...]]:
    return {"view": (view,)}


def _panels(shown: Shown, text: Mapping[str, str]) -> Iterator[Panel]:
    views = {
        "learning": (
            *one_run(shown.learning, shown.majority, text),
            weights.whole(text),
            weights.parts(text),
            weights.strip(len(shown.strip.labels), text),
        ),
        "four": side_by_side(shown.four, shown.majority, text),
        "surface": _plane(shown, text),
    }
    for view, panels in views.items():
        for panel in panels:
            yield replace(panel, when=_in_view(view) | dict(panel.when))


def _plane(shown: Shown, text: Mapping[str, str]) -> Iterator[Panel]:
    """The cost in the plane of the run's two main directions, in 3-D and as a map."""
    plane = shown.plane
    names = _axes(plane, text)
    start = float(shown.learning.training.costs[0])
    costs = CostPlane(plane.first, plane.second, plane.costs, names, "plane", 1.1 * start)
    x, y = (float(value) for value in plane.trail[0])
    cross = Marker(x=x, y=y, colour="path", symbol="cross", size=7, text=text["start"], place="above")
    layers: list[Raisable] = [
        (cross, start),
        *path("first", "second", "cost_training", text["here"], text["beyond_plane"]),
    ]
    yield Panel(
        name="surface",
        title=text["surface"],
        tab=text["tab_surface"],
        figure=relief(costs, 1.2),
        layers=raised(layers),
    )
    above = contours(costs).update_layout(margin={"l": 68, "b": 48})  # for longer numbers than those of w
    yield Panel(name="map", title=text["map"], tab=text["tab_map"], figure=above, layers=flat(layers))


def _axes(plane: Plane, text: Mapping[str, str]) -> tuple[str, str]:
    """The names of the plane's axes."""
    if plane.directions == 2:
        return text["axis"].format(number=1), text["axis"].format(number=2)
    still = text["axis_still"]
    return (text["axis_line"], text["axis_across"]) if plane.directions else (still, still)


def _readouts(shown: Shown, text: Mapping[str, str]) -> Iterator[Readout]:
    yield Readout(text["readout_training"], lead=True, colour="training", when=_in_view("learning"))
    if shown.learning.held_out:
        yield Readout(text["readout_held_out"], lead=True, colour="held-out", when=_in_view("learning"))
    for k, run in enumerate(shown.four):  # they name the curves, because names at the curves would overlap
        readout = fill(
            text["readout_four"],
            each=_rate_text(run),
            cost=placeholder(f"cost_{k}", ".3f"),
            accuracy=placeholder(f"accuracy_{k}", ".1f"),
        )
        yield Readout(readout, lead=True, colour=COLOURS[k], when=_in_view("four"))
    yield Readout(text["readout_plane"], lead=True, when=_in_view("surface"))


def _sentences(shown: Shown, text: Mapping[str, str]) -> Iterator[Sentence]:
    judged = shown.learning.judged
    numbers = {
        "m_training": shown.learning.training.m,
        "m_held_out": judged.m,
        "guessed": round(shown.majority.share * judged.m),
        "others": int(np.count_nonzero(judged.Y == 0)),
        "untrained": Share(judged.accuracies[0]),
        "judged": text["held_out_pictures" if shown.learning.held_out else "training_pictures"],
        "m_judged": judged.m,
        "says": text["says_cat" if shown.majority.is_cat else "says_not_cat"],
        "explained": nearly_percent(float(shown.plane.explained.sum()), 2),
        "gap": f"{float(np.abs(shown.plane.shadow - shown.learning.training.costs).max()):.2g}",
    }
    for view in VIEWS:
        kind = "" if shown.learning.held_out else "_alone"
        if view == "surface":  # that sentence does not mention held-out pictures
            kind = ("_still", "_line", "")[shown.plane.directions]
        said, when = fill(text[f"sentence_{view}{kind}"], **numbers), _in_view(view)
        if view == "learning":
            if shown.learning.held_out:
                said = f"{said} {text['sentence_alike' if shown.alike else 'sentence_band']}"
            yield Sentence(f"{said} {fill(text['sentence_guessed'], **numbers)}", when=when | GUESSED)
        if view == "surface":
            yield Sentence(said, when=when | IN_SIGHT)
            said = text["sentence_surface_so_far"]
        yield Sentence(said, when=when)


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
        **{f"cost_{k}": Table(run.training.costs, STEP) for k, run in enumerate(shown.four)},
        **{f"accuracy_{k}": Table(100 * run.judged.accuracies, STEP) for k, run in enumerate(shown.four)},
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
