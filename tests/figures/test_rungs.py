"""Three trainings as bars: what was measured, what is told from it, and what is not known."""

import math

import pytest

from explainer.figures import rungs as drawn
from explainer.rungs import NUM_ITERATIONS, WAYS, Rung
from explainer.words import words
from explainer.words.numbers import duration

TEXT = words("vectorization").figure
LOOP = Rung("loop", (), 0.0, 0.5)
VECTORISED = Rung("vectorised", (0.7,) * 500, 1.0)
SPAN = Rung("span", (0.7,) * NUM_ITERATIONS, 0.05)


@pytest.mark.parametrize(
    ("rung", "seconds"),
    [(LOOP, 1000.0), (VECTORISED, 4.0), (SPAN, 0.05), (Rung("span", (), 0.0), None)],
)
def test_the_whole_training_is_measured_or_told(rung: Rung, seconds: float | None) -> None:
    assert drawn.whole(rung) == (None if seconds is None else pytest.approx(seconds))


def test_a_bar_ends_where_its_time_is() -> None:
    figure = drawn.stage((SPAN, VECTORISED, LOOP), TEXT).panels[0].figure
    for bar, seconds in zip(figure.data, (1000.0, 4.0, 0.05), strict=True):
        assert bar.base + bar.x[0] == pytest.approx(seconds)
    lanes = [bar.y[0] for bar in figure.data]
    assert lanes == sorted(lanes, reverse=True)
    notes = {note.text: note for note in figure.layout.annotations}
    assert len(notes) == 2 * len(WAYS)
    low, high = figure.layout.xaxis.range
    for seconds in (1000.0, 4.0, 0.05):
        note = notes[duration(seconds)]
        assert note.x == pytest.approx(math.log10(seconds)) and low <= note.x < high
    # Every name stands above its bar, and below the next one.
    for lane, way in zip(lanes, WAYS, strict=True):
        assert lane + drawn.THICK / 2 <= notes[f"<b>{TEXT[f'rung_{way}']}</b>"].y < lane + 1 - drawn.THICK / 2


def test_what_was_not_measured_is_a_question() -> None:
    figure = drawn.stage((VECTORISED,), TEXT).panels[0].figure
    assert len(figure.data) == 1
    assert [note.text for note in figure.layout.annotations].count("?") == 2
    empty = drawn.stage((), TEXT).panels[0].figure
    assert not empty.data and [note.text for note in empty.layout.annotations].count("?") == 3


def test_a_time_off_the_axis_stays_on_it() -> None:
    quick = Rung("span", (0.7,) * NUM_ITERATIONS, 1e-6)
    figure = drawn.stage((quick,), TEXT).panels[0].figure
    note = next(note for note in figure.layout.annotations if note.text == duration(1e-6))
    assert note.x == figure.layout.xaxis.range[0]
