"""Several widths: their maps are the networks', and few points are learned by heart."""

import numpy as np
import pytest

from explainer.chapters.hidden.chapter import widths
from explainer.chapters.hidden.widths import COUNTS, WIDTHS, widths_runs
from explainer.maths import shallow
from explainer.maths.datasets import CURVED
from explainer.maths.decision import GRID, box_around, grid


@pytest.mark.parametrize("learned_from", COUNTS)
def test_maps_and_titles_are_the_networks(learned_from: str) -> None:
    shown, runs = CURVED["rings"], widths_runs("rings", 1, learned_from)
    stage = widths("rings", 1, learned_from)
    assert [panel.tab for panel in stage.panels] == [str(units) for units in WIDTHS]
    X = grid(box_around(shown.X))
    for panel, (units, one) in zip(stage.panels, runs.items(), strict=True):
        A2 = shallow.forward(one.end, X).A2.reshape(GRID, GRID)
        assert np.abs(stage.tables[f"map{units}"].values / 255 - A2).max() <= 0.5 / 255 + 1e-12
        right = (shallow.forward(one.end, shown.held_out_X).A2 > 0.5) == (shown.held_out_Y > 0)
        assert f"{right.mean():.0%}".removesuffix("%") in panel.title.partition("held out")[2]
    said = [part.rpartition(" ")[2] for part in stage.readouts[0].text.split(", ")]
    assert len(said) == len(WIDTHS) and said[0].endswith("\u00a0%")
    drawn = stage.tables["learned_cat_x"].values.size + stage.tables["learned_not_cat_x"].values.size
    assert drawn == (COUNTS[learned_from] or shown.Y.size)
