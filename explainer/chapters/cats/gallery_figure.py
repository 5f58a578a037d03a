"""The live figure of a classifier's verdicts: a gallery, mistakes first, and a threshold to move."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import plotly.graph_objects as go

from explainer.chapters.cats.classifier import Classifier
from explainer.maths import scores
from explainer.maths.checks import ByteArray, FloatArray, IntArray
from explainer.pictures import PictureSet, reduced
from explainer.pictures.chosen import ChosenSet, kept_with_set
from explainer.stage.layers import Boxes, Frame, Image, Layer, Line, Marker, Points, Text
from explainer.stage.palette import bare, template
from explainer.stage.settings import Choice
from explainer.stage.stage import Layout, Panel, Readout, Sentence, Stage, Table
from explainer.words import fill
from explainer.words.numbers import percent

THRESHOLDS: Final = tuple(k / 100 for k in range(101))
MOST: Final = 120
"""Pictures in a gallery; if there are more, the most certain right verdicts are left out."""
COLUMNS: Final = 14
SIDE: Final = 32  # pixels of a picture in the gallery
BY_THRESHOLD: Final = ("threshold",)
PAIRS: Final = Choice("pairs", ("hidden", "shown"))
"""Whether the ROC curve is drawn, and how many pairs it gets right: readers are asked beforehand."""
KINDS: Final = {"cats": True, "others": False}
SCATTER: Final = 11  # different heights for points with similar probabilities
ROC_SHOWN: Final[dict[str, tuple[str, ...]]] = {PAIRS.name: ("shown",)}
WITH_ROC: Final = "minmax(0,1.4fr) minmax(0,1fr) minmax(0,0.9fr)"


@dataclass(frozen=True, eq=False)
class Judged:
    """Pictures, their probabilities A (1, m), a key for caches, and whether they are a visitor's own."""

    pictures: PictureSet
    A: FloatArray
    key: str = ""
    own: bool = False

    @cached_property
    def order(self) -> IntArray:
        """Places of the pictures in the gallery, at most `MOST`.

        Mistakes at 0.5 come first, the most certain ahead; then the right verdicts, the most certain last.
        """
        a, is_cat = self.A[0], self.pictures.labels
        wrong, sureness = (a > 0.5) != is_cat, np.abs(a - 0.5)
        order: IntArray = np.lexsort((np.where(wrong, -sureness, sureness), ~wrong))
        return order[:MOST]


@kept_with_set(shared=8, own=4)
def judge(chosen: ChosenSet, classifier: Classifier) -> Judged:
    """The verdicts of a classifier on the pictures that the set judges it by."""
    A = classifier.probabilities(chosen.judged.pictures)
    return Judged(chosen.judged, A, f"{chosen.key}-{classifier.key}", chosen.own)


def stage(judged: Judged, text: Mapping[str, str]) -> Stage:
    """All panels follow the threshold in the browser; Python opens the picked picture."""
    m, Y = len(judged.pictures.names), judged.pictures.Y
    guessed = scores.majority(Y)
    known = {
        "m": m,
        "cats": int(Y.sum()),
        "says": text["says_cat" if guessed.is_cat else "says_not_cat"],
        "guessed": round(guessed.share * m),
    }
    filled = {name: fill(value, **known) for name, value in text.items()}
    return Stage(
        tables=_tables(judged),
        clock=None,
        panels=(_gallery(min(m, MOST), filled), _line(filled), _matrix(filled), _roc(filled)),
        layouts=(
            Layout(("gallery line roc", "gallery matrix roc"), columns=WITH_ROC, when=ROC_SHOWN),
            Layout(("gallery line", "gallery matrix"), columns="minmax(0,1.6fr) minmax(0,1fr)"),
        ),
        readouts=(
            *(Readout(filled[f"readout_{what}"], lead=True) for what in ("recall", "precision", "right")),
            Readout(_pairs_text(judged, filled), when=ROC_SHOWN),
        ),
        sentences=(Sentence(filled["sentence_mistakes"]),),
    )


# ---- tables


def _tables(judged: Judged) -> dict[str, Table]:
    order = judged.order
    places = np.arange(order.size, dtype=np.float64)
    x, y = places % COLUMNS + 0.5, places // COLUMNS + 0.5
    return {
        "sheet": Table(_sheet(judged.pictures.pictures[order])),
        "gallery_x": Table(x),
        "picked_x": Table(x, ("which",)),
        "picked_y": Table(y, ("which",)),
        "at": Table(np.array(THRESHOLDS), BY_THRESHOLD),
        "upright_x": Table(np.repeat(np.array(THRESHOLDS)[:, None], 2, axis=1), BY_THRESHOLD),
        "upright_y": Table(np.array([-0.6, 1.6])),
        **dict(_wrong(judged, order, y)),
        **dict(_points(judged)),
        **_counts(judged),
        **_roc_tables(judged),
    }


def _roc_tables(judged: Judged) -> dict[str, Table]:
    """The ROC curve in percent, nothing to see if one kind is missing; and the diagonal of guessing."""
    curve = scores.roc_curve(judged.A, judged.pictures.Y)
    false, found = (curve.false, curve.found) if curve else (np.full(1, np.nan),) * 2
    return {
        "roc_false": Table(100 * false),
        "roc_found": Table(100 * found),
        "guessing": Table(np.array([0.0, 100.0])),
    }


def _sheet(pictures: ByteArray) -> ByteArray:
    """The pictures as one image, in rows of `COLUMNS`; white after the last one."""
    rows = -(-len(pictures) // COLUMNS)
    sheet = np.full((rows * COLUMNS, SIDE, SIDE, 3), 255, dtype=np.uint8)
    for place, picture in enumerate(pictures):
        sheet[place] = reduced(picture, SIDE)
    tiled: ByteArray = sheet.reshape(rows, COLUMNS, SIDE, SIDE, 3).swapaxes(1, 2)
    return tiled.reshape(rows * SIDE, COLUMNS * SIDE, 3)


def _wrong(judged: Judged, order: IntArray, y: FloatArray) -> Iterator[tuple[str, Table]]:
    """The crosses on cats and on others: y of each picture that a threshold gets wrong, else nan."""
    a, is_cat = judged.A[0, order], judged.pictures.labels[order]
    says = a > np.array(THRESHOLDS)[:, None]
    for kind, cat in KINDS.items():
        missed = (says != is_cat) & (is_cat == cat)
        yield f"wrong_{kind}", Table(np.where(missed, y, np.nan), BY_THRESHOLD)


def _points(judged: Judged) -> Iterator[tuple[str, Table]]:
    """Each picture's a, cats above and others below, at varied heights so that all points can be seen."""
    for kind, cat in KINDS.items():
        a = np.sort(judged.A[0, judged.pictures.labels == cat])
        heights = (np.arange(a.size) * 4 % SCATTER - SCATTER // 2) / SCATTER * 0.7
        yield f"a_{kind}", Table(a)
        yield f"height_{kind}", Table(heights + (1.0 if cat else 0.0))


def _counts(judged: Judged) -> dict[str, Table]:
    found = [scores.confusion(judged.A, judged.pictures.Y, threshold) for threshold in THRESHOLDS]
    counts = {name: np.array([getattr(one, name) for one in found]) for name in ("tp", "fp", "fn", "tn")}
    counts |= {"called": counts["tp"] + counts["fp"], "right": counts["tp"] + counts["tn"]}
    shares = {
        name: 100 * np.array([getattr(one, name) for one in found], dtype=np.float64)
        for name in ("precision", "recall", "false_alarms", "accuracy")
    }
    tables = {name: values.astype(np.uint16) for name, values in counts.items()} | shares
    return {name: Table(values, BY_THRESHOLD) for name, values in tables.items()}


# ---- panels


def _gallery(shown: int, text: Mapping[str, str]) -> Panel:
    rows = -(-shown // COLUMNS)
    return Panel(
        name="gallery",
        title=text["gallery"],
        tab=text["tab_gallery"],
        figure=bare(COLUMNS, rows, square=True),
        layers=(
            Image(table="sheet", x0=0, x1=COLUMNS, y0=0, y1=rows),
            Points(x="gallery_x", y="wrong_cats", symbol="cross", size=9, colour="cat", width=3),
            Points(x="gallery_x", y="wrong_others", symbol="cross", size=9, colour="not-cat", width=3),
            Frame(x="picked_x", y="picked_y", span=0.96, colour="gradient", width=4),
        ),
        pick=("which",),
    )


def _line(text: Mapping[str, str]) -> Panel:
    figure = go.Figure(
        layout={
            "template": template(),
            "margin": {"l": 66, "r": 12, "t": 6, "b": 38},
            "xaxis": {"title": {"text": text["axis_a"]}, "range": [-0.02, 1.02], "tickvals": [0, 0.5, 1]},
            "yaxis": {
                "range": [-0.6, 1.6],
                "tickvals": [0, 1],
                "ticktext": [text["others"], text["cats_row"]],
            },
        }
    )
    return Panel(
        name="line",
        title=text["line"],
        tab=text["tab_line"],
        figure=figure,
        layers=(
            Points(x="a_cats", y="height_cats", symbol="circle", size=5, colour="cat"),
            Points(x="a_others", y="height_others", symbol="square", size=4.5, colour="not-cat"),
            Line(x="upright_x", y="upright_y", colour="ink", width=2.5),
            Marker(x="at", y=0.5, colour="ink", size=8),
        ),
        pick=("threshold",),
    )


def _roc(text: Mapping[str, str]) -> Panel:
    """The share of cats found against the share of others called cats, a point for each threshold."""
    axis = {"range": [-4, 104], "tickvals": [0, 50, 100], "ticktext": [percent(k / 2) for k in range(3)]}
    figure = go.Figure(
        layout={
            "template": template(),
            "margin": {"l": 60, "r": 12, "t": 6, "b": 38},
            "xaxis": axis | {"title": {"text": text["fp"]}},
            "yaxis": axis | {"title": {"text": text["tp"]}},
        }
    )
    return Panel(
        name="roc",
        title=text["roc"],
        tab=text["tab_roc"],
        figure=figure,
        layers=(
            Line(x="guessing", y="guessing", colour="ink", width=1, dash=(3, 4)),
            Text(x=54.0, y=44.0, text=text["roc_guessing"], colour="ink"),
            Line(x="roc_false", y="roc_found", colour="cat", width=3),
            Marker(x="false_alarms", y="recall", colour="ink", size=8),
        ),
        when=ROC_SHOWN,
    )


def _pairs_text(judged: Judged, text: Mapping[str, str]) -> str:
    """In how many of 100 pairs the cat has the larger a; that there are no pairs, if one kind is missing."""
    found = scores.rank_pairs(judged.A, judged.pictures.Y)
    if found is None:
        return text["readout_no_pairs"]
    return fill(text["readout_pairs"], **found.per_hundred)


def _matrix(text: Mapping[str, str]) -> Panel:
    """What pictures are, from top to bottom, and are called, from left to right; mistakes are dashed."""
    layers: list[Layer] = []
    for name, column, row in (("tp", 0, 0), ("fn", 1, 0), ("fp", 0, 1), ("tn", 1, 1)):
        colour, is_mistake = "not-cat" if row else "cat", column != row
        box = Boxes(
            x=column + 0.5,
            y=row + 0.63,
            wide=0.9,
            high=0.6,
            values=name,
            spec="d",
            colour=colour,
            tint=0.0 if is_mistake else 0.25,
            dash=(6, 5) if is_mistake else (),
            width=3,
        )
        layers += [box, Text(x=column + 0.5, y=row + 0.16, text=text[name], colour=colour, align="center")]
    return Panel(
        name="matrix",
        title=text["matrix_title"],
        tab=text["tab_matrix"],
        figure=bare(2, 2, square=False),
        layers=tuple(layers),
    )
