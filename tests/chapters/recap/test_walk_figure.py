"""The figure of *Recap*: a walk from a chosen start, and curves whose rates nothing tells."""

import numpy as np
import pytest

from explainer.chapters.recap.chapter import CHAPTER, STEP, walk
from explainer.chapters.recap.curves import CURVE_STEPS, CURVES, STEPS
from explainer.live.pack import pack
from explainer.stage.chapter import concrete, starting_values


@pytest.mark.parametrize("start", [(3.0, 3.0), (-7.0, 3.0), (3.9, -6.9)])
def test_the_walk_begins_there_and_ends_where_it_is_lowest(start: tuple[float, float]) -> None:
    stage = walk(start)
    w, b, cost = (stage.tables[name].values for name in ("w", "b", "cost"))
    assert (w[0], b[0]) == start and len(w) == STEPS + 1
    assert (w[-1], b[-1]) == pytest.approx((-1.602, -1.108), abs=0.05)
    assert np.all(np.diff(cost) < 0)


def test_no_word_of_the_figure_tells_a_rate() -> None:
    stage = walk((3.0, 3.0))
    (panel,) = [panel for panel in stage.panels if panel.name == "curves"]
    texts = [layer.text for layer in panel.layers if hasattr(layer, "text")]
    assert texts == list(CURVES)
    lines = [layer for layer in panel.layers if not hasattr(layer, "text")]
    assert all(stage.tables[line.y].values.shape == (CURVE_STEPS + 1,) for line in lines)


def test_it_is_light() -> None:
    values = starting_values(CHAPTER)
    assert len(pack(walk(values["start"]), (concrete(STEP, values),), CHAPTER.words.figure)) < 200_000
