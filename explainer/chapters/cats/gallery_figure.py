"""The live figure of what a classifier got wrong: a gallery, mistakes first, and a threshold to move."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import plotly.graph_objects as go

from explainer.maths import scores
from explainer.maths.checks import ByteArray, FloatArray, IntArray
from explainer.pictures import PictureSet, reduced
from explainer.stage.bare import bare
from explainer.stage.layers import Boxes, Frame, Image, Layer, Line, Marker, Points, Text
from explainer.stage.palette import template
from explainer.stage.stage import Control, Layout, Panel, Readout, Sentence, Stage, Table

THRESHOLDS: Final = tuple(k / 100 for k in range(101))
THRESHOLD_TEXTS: Final = tuple(f"{threshold:.2f}" for threshold in THRESHOLDS)
EVEN: Final = THRESHOLDS.index(0.5)
MOST: Final = 120
"""Pictures in a gallery: of more the surest of those that are right are left out."""
COLUMNS: Final = 14
SIDE: Final = 32  # pixels of a picture in the gallery
BY_THRESHOLD: Final = ("threshold",)
KINDS: Final = {"cats": True, "others": False}
SCATTER: Final = 11  # heights over which equal probabilities are spread


@dataclass(frozen=True, eq=False)
class Judged:
    """Pictures, their probabilities A (1, m) and whether they are cats, Y (1, m)."""

    pictures: PictureSet
    A: FloatArray
    Y: FloatArray


def in_order(pictures: PictureSet, A: FloatArray) -> IntArray:
    """Places of the pictures: mistakes at 0.5 first, the surest ahead; then the right, the surest last."""
    a, is_cat = A[0], pictures.labels
    wrong, sureness = (a > 0.5) != is_cat, np.abs(a - 0.5)
    order: IntArray = np.lexsort((np.where(wrong, -sureness, sureness), ~wrong))
    return order[:MOST]


def stage(judged: Judged, text: Mapping[str, str]) -> Stage:
    """Everything follows the threshold in the browser; the picture that is picked is opened by Python."""
    m = len(judged.pictures.names)
    guessed = scores.majority(judged.Y)
    known = {
        "m": str(m),
        "cats": str(int(judged.Y.sum())),
        "says": text["says_cat" if guessed.is_cat else "says_not_cat"],
        "guessed": str(round(guessed.share * m)),
    }
    said = {name: _filled(value, known) for name, value in text.items()}
    shown = min(m, MOST)
    return Stage(
        tables=_tables(judged),
        controls=(
            Control("threshold", said["threshold"], THRESHOLDS, THRESHOLD_TEXTS, start=EVEN),
            Control("which", said["which"], tuple(range(shown)), tuple(str(k + 1) for k in range(shown))),
        ),
        clock=None,
        panels=(_gallery(shown, said), _line(said), _matrix(said)),
        layouts=(Layout(("gallery line", "gallery matrix"), columns="minmax(0,1.6fr) minmax(0,1fr)"),),
        readouts=tuple(
            Readout(said[f"readout_{what}"], lead=True) for what in ("recall", "precision", "right")
        ),
        sentences=(Sentence(said["sentence_mistakes"]),),
    )


def _filled(text: str, known: Mapping[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text


# ---- tables


def _tables(judged: Judged) -> dict[str, Table]:
    order = in_order(judged.pictures, judged.A)
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
    }


def _sheet(pictures: ByteArray) -> ByteArray:
    """The pictures in rows of `COLUMNS`, on white where there are none."""
    rows = -(-len(pictures) // COLUMNS)
    sheet = np.full((rows * COLUMNS, SIDE, SIDE, 3), 255, dtype=np.uint8)
    for place, picture in enumerate(pictures):
        sheet[place] = reduced(picture, SIDE)
    tiled: ByteArray = sheet.reshape(rows, COLUMNS, SIDE, SIDE, 3).swapaxes(1, 2)
    return tiled.reshape(rows * SIDE, COLUMNS * SIDE, 3)


def _wrong(judged: Judged, order: IntArray, y: FloatArray) -> Iterator[tuple[str, Table]]:
    """Where the crosses are: y of every picture that a threshold gets wrong, by what it is; nan elsewhere."""
    a, is_cat = judged.A[0, order], judged.pictures.labels[order]
    says = a > np.array(THRESHOLDS)[:, None]
    for kind, cat in KINDS.items():
        missed = (says != is_cat) & (is_cat == cat)
        yield f"wrong_{kind}", Table(np.where(missed, y, np.nan), BY_THRESHOLD)


def _points(judged: Judged) -> Iterator[tuple[str, Table]]:
    """Every picture's a, cats above and others below, each at a height of its own so that all can be seen."""
    for kind, cat in KINDS.items():
        a = np.sort(judged.A[0, judged.pictures.labels == cat])
        heights = (np.arange(a.size) * 4 % SCATTER - SCATTER // 2) / SCATTER * 0.7
        yield f"a_{kind}", Table(a)
        yield f"height_{kind}", Table(heights + (1.0 if cat else 0.0))


def _counts(judged: Judged) -> dict[str, Table]:
    found = [scores.confusion(judged.A, judged.Y, threshold) for threshold in THRESHOLDS]
    counts = {
        "tp": [one.tp for one in found],
        "fp": [one.fp for one in found],
        "fn": [one.fn for one in found],
        "tn": [one.tn for one in found],
        "called": [one.tp + one.fp for one in found],
        "right": [one.tp + one.tn for one in found],
    }
    shares = {
        "precision": [one.precision for one in found],
        "recall": [one.recall for one in found],
        "accuracy": [one.accuracy for one in found],
    }
    return {
        name: Table(np.array(values, dtype=np.uint16), BY_THRESHOLD) for name, values in counts.items()
    } | {
        name: Table(100 * np.array(values, dtype=np.float64), BY_THRESHOLD) for name, values in shares.items()
    }


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


def _matrix(text: Mapping[str, str]) -> Panel:
    """What it is from above to below, what it is called from left to right; mistakes are dashed."""
    cells = (("tp", 0, 0, "cat", False), ("fn", 1, 0, "cat", True), ("fp", 0, 1, "not-cat", True))
    return Panel(
        name="matrix",
        title=text["matrix_title"],
        tab=text["tab_matrix"],
        figure=bare(2, 2, square=False),
        layers=tuple(
            layer
            for name, column, row, colour, wrong in (*cells, ("tn", 1, 1, "not-cat", False))
            for layer in _cell(name, column, row, colour, wrong, text[name])
        ),
    )


def _cell(name: str, column: int, row: int, colour: str, wrong: bool, words: str) -> tuple[Layer, Layer]:
    box = Boxes(
        x=column + 0.5,
        y=row + 0.63,
        wide=0.9,
        high=0.6,
        values=name,
        spec="d",
        colour=colour,
        tint=0.0 if wrong else 0.25,
        dash=(6, 5) if wrong else (),
        width=3,
    )
    return box, Text(x=column + 0.5, y=row + 0.16, text=words, colour=colour, align="center")
