"""The chapter *Why not a straight line?*: its settings, its two figures for one visitor, its sentences."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import streamlit as st

from explainer import pictures
from explainer.chapters.sigmoid import neuron_figure, outlier_figure
from explainer.live import pack
from explainer.maths import outlier, separable
from explainer.maths.checks import BoolArray, FloatArray
from explainer.maths.datasets import DATASETS, Dataset
from explainer.maths.logistic import sigmoid_derivative
from explainer.maths.outlier import Tipping
from explainer.stage.settings import Choice, Grid, SettingError
from explainer.ui import controls, picture_sets
from explainer.ui.visit import Chapter, Visit
from explainer.words import Scene, words
from explainer.words.numbers import number

DATA: Final = Choice("data", ("challenger", "hours", "pictures", "separable"), "challenger")
BELOW_1: Final = np.nextafter(1, 0)  # where float64 rounds the sigmoid to 1, which it never reaches
FAMILY: Final = "fluent-emoji"  # drawn by one hand, so that ears are ears
WEIGHT, BIAS, INPUT = (
    Grid(name, values, tuple(f"{value:g}" for value in values), values.index(start))
    for name, values, start in (
        ("w", neuron_figure.WEIGHTS, 2.0),
        ("b", neuron_figure.BIASES, 0.0),
        ("x", neuron_figure.INPUTS, 0.5),
    )
)
CHAPTER: Final = Chapter(
    "sigmoid",
    own=frozenset({"data"}),
    figures={"outlier": frozenset({"outlier"}), "neuron": frozenset({"w", "b", "x"})},
)


@dataclass(frozen=True)
class Place:
    """Where the extra example stands: place 0 is `none`, the others are those of a grid."""

    none: str
    grid: Grid
    default: int = 0

    @property
    def name(self) -> str:
        return self.grid.name

    @property
    def texts(self) -> tuple[str, ...]:
        return self.none, *self.grid.texts

    def read(self, text: str) -> int:
        if text == self.none:
            return 0
        try:
            return 1 + self.grid.read(text)
        except SettingError as problem:
            raise SettingError(str(problem), 1 + problem.instead) from None

    def write(self, value: int) -> str:
        return self.texts[value]


@st.cache_resource(max_entries=8, show_spinner=False)
def examples(data: str) -> Dataset:
    """A chapter's data: one of the registry, or the drawings of one family, each reduced to one number."""
    if data != "pictures":
        return DATASETS[data]
    text = words("sigmoid").text
    drawings = pictures.bundled().of_families(FAMILY)
    X, Y = np.round(pictures.ears(drawings.pictures), 1), drawings.Y
    return Dataset(
        data,
        text["pictures_title"].format(m=Y.size, cats=int(Y.sum())),
        text["pictures_feature"],
        text["pictures_outcome"],
        X,
        Y,
        text["pictures_source"].format(family=FAMILY),
    )


@st.cache_resource(max_entries=8, show_spinner=False)
def tipping(data: str) -> Tipping:
    """Both fits for every place of the extra example; where w would grow for ever, stopped."""
    chosen = examples(data)
    return separable.stop(outlier.tip(chosen.X, chosen.Y, outlier_figure.positions(chosen.X)))


def place(data: str) -> Place:
    """The place of the extra example as a setting: which there are depends on the data."""
    positions = outlier_figure.positions(examples(data).X)[1:]
    texts = tuple(f"{position:g}" for position in positions)
    # What is no number counts as none: one place before the grid's first.
    return Place(words("sigmoid").figure["none"], Grid("outlier", tuple(positions.tolist()), texts, -1))


def dataset(visit: Visit) -> Dataset:
    """The data; other data begin without an extra example."""
    return examples(controls.choose(visit, DATA, resets=("outlier",)))


def figures(visit: Visit, data: Dataset) -> None:
    """The live figures' own controls."""
    for setting in (place(data.name), WEIGHT, BIAS, INPUT):
        visit.value(setting)


def scenes(visit: Visit, figure: str) -> None:
    """A figure's named scenes."""

    def settle(scene: Scene) -> None:
        if "data" in scene.state:
            visit.settings["outlier"] = place(scene.state["data"])

    controls.scenes(visit, figure, settle)


def show_outlier(visit: Visit, data: Dataset) -> None:
    """The line and the sigmoid over the data, and the extra example."""
    controls.show(outlier_stage(data.name), visit, "outlier")


def show_neuron(visit: Visit) -> None:
    """The sigmoid itself."""
    controls.show(neuron_stage(), visit, "neuron")


@st.cache_data(max_entries=8, show_spinner=False)
def outlier_stage(data: str) -> bytes:
    """The first figure, packed."""
    return pack(
        outlier_figure.stage(examples(data), tipping(data), place(data).texts, words("sigmoid").figure)
    )


@st.cache_data(max_entries=1, show_spinner=False)
def neuron_stage() -> bytes:
    """The second figure, packed: the same for everybody."""
    return pack(neuron_figure.stage(words("sigmoid").figure))


def warm() -> None:
    """What the first visit asks for."""
    outlier_stage(DATA.default)
    neuron_stage()


def about(data: Dataset, both: Tipping) -> str:
    """Which number x is, where it comes from, what is made up; and that w has no end, where it has none."""
    text = words("sigmoid").text
    said = [
        text[f"number_{data.name}"],
        text["source"].format(source=data.source.rstrip(".")),
        text["extra"].format(m=data.Y.size, count=both.positions.size - 1),
    ]
    if data.name == "pictures" and picture_sets.in_use().name != picture_sets.DRAWINGS:
        said.append(text["drawings_only"])
    return "\n\n".join([" ".join(sentence.strip() for sentence in said), unbounded(both)])


def unbounded(both: Tipping) -> str:
    """That w has no end, where it has none; else nothing."""
    if not both.separable.any():
        return ""
    w, b, X = both.sigmoid_w[:1], both.sigmoid_b[:1], both.X[:1]
    text = words("sigmoid").text["unbounded"]
    return text.format(
        cost=number(separable.costs(w, b, X, both.Y).item()),
        twice=number(separable.costs(2 * w, 2 * b, X, both.Y).item(), 2),
        w=number(w.item(), 3),
    )


def answers(both: Tipping) -> dict[str, Any]:
    """The numbers for the chapter's tasks."""
    w, b, cut = both.line_w[0], both.line_b[0], both.sigmoid_cut
    slope = both.sigmoid_w[0] * sigmoid_derivative(both.sigmoid_w[0] * both.positions[-1] + both.sigmoid_b[0])
    return {
        "farthest": number(both.positions[-1]),
        **{  # as the browser has them, in float32: the same digits as in the figure
            f"{model}_{when}": number(float(np.float32(cuts[place])), 3)
            for model, cuts in (("line", both.line_cut), ("sigmoid", cut))
            for when, place in (("before", 0), ("after", -1))
        },
        "line_mistakes_before": both.line_mistakes[0],
        "line_mistakes_after": both.line_mistakes[-1],
        "sigmoid_mistakes_before": both.sigmoid_mistakes[0],
        "sigmoid_mistakes_after": both.sigmoid_mistakes[-1],
        "line_zero": number(-b / w, 3),
        "line_one": number((1 - b) / w, 3),
        "share": number(both.Y[:-1].mean(), 2),
        "steep_x": number(cut[0], 3),
        "steepest": number(both.sigmoid_w[0] * neuron_figure.STEEPEST, 3),
        "flattest": number(slope.item(), 2),
    }


def table(both: Tipping) -> dict[str, list[str]]:
    """Line and sigmoid, example by example: without the extra one, and with it as far as it goes."""
    text = words("sigmoid").text
    columns = {
        text["column_x"]: [number(x, 4) for x in both.X[-1]],
        text["column_y"]: [number(y) for y in both.Y],
    }
    for where, ending in ((0, ""), (-1, "_far")):
        outside = (both.below | both.above)[where]
        columns[text[f"column_line{ending}"]] = _outputs(
            both.line_outputs[where], both.line_wrong[where], outside
        )
        columns[text[f"column_sigmoid{ending}"]] = _outputs(
            np.minimum(both.sigmoid_outputs[where], BELOW_1),
            both.sigmoid_wrong[where],
            np.zeros_like(outside),
        )
    return columns


def _three_decimals(output: float) -> str:
    """An output as a text; one between 0 and 1 is shown as neither."""
    text = words("sigmoid").text
    if np.isnan(output):
        return text["not_there"]
    if 0 < output < 0.0005 or 0.9995 <= output < 1:
        return text["nearly_0" if output < 0.5 else "nearly_1"]
    return f"{output:.3f}".replace("-", "−")


def _outputs(outputs: FloatArray, wrong: BoolArray, outside: BoolArray) -> list[str]:
    """Outputs as texts, marked where the answer is wrong and where it is no probability."""
    text = words("sigmoid").text
    said = []
    for output, is_wrong, is_outside in zip(outputs, wrong, outside, strict=True):
        shown = _three_decimals(output)
        if is_outside:
            shown = text["no_probability"].format(output=shown)
        said.append(text["wrong"].format(output=shown) if is_wrong else shown)
    return said
