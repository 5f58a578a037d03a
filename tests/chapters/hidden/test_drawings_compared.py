"""One neuron and a hidden layer on the drawings: what is counted, and what is said of it."""

import numpy as np
import pytest

from explainer.chapters.hidden import drawings_compared
from explainer.chapters.hidden.drawings_compared import (
    NUM_ITERATIONS,
    RATE,
    SEED,
    Result,
    counts,
    difference,
    name_text,
    result,
    table,
    verdict_text,
    views_text,
)
from explainer.maths import logistic, scores, shallow
from explainer.pictures import to_columns
from explainer.pictures.chosen import drawings
from explainer.words import words

TEXT = words("hidden").text
SPLIT = drawings().split


def test_the_hidden_layer_is_the_plain_one() -> None:
    assert SPLIT.held_out is not None
    X, held_out = to_columns(SPLIT.training.pictures), to_columns(SPLIT.held_out.pictures)
    end = shallow.train(X, SPLIT.training.Y, 4, RATE, NUM_ITERATIONS, SEED).parameters
    found = result(4)
    for some, Y, right in (
        (X, SPLIT.training.Y, found.training),
        (held_out, SPLIT.held_out.Y, found.held_out),
    ):
        assert right == np.count_nonzero((shallow.forward(end, some).A2 > 0.5) == (Y > 0))
    assert found.pairs == scores.rank_pairs(shallow.forward(end, held_out).A2, SPLIT.held_out.Y)


def test_one_neuron_is_logistic_regression() -> None:
    (from_zeros,) = drawings_compared.train(
        to_columns(SPLIT.training.pictures), SPLIT.training.Y, [RATE], NUM_ITERATIONS
    )
    a = logistic.sigmoid(from_zeros.w.T @ to_columns(SPLIT.training.pictures) + from_zeros.b)
    assert result(0).training == np.count_nonzero((a > 0.5) == (SPLIT.training.Y > 0))


def test_the_table_has_a_row_for_each_and_says_intervals() -> None:
    columns = table({name_text(units): result(units) for units in (0, 4)})
    assert list(columns) == [TEXT[f"column_{name}"] for name in ("who", "training", "held_out", "pairs")]
    assert columns[TEXT["column_who"]] == [TEXT["row_neuron"], TEXT["row_units"].format(units=4)]
    for number, found in enumerate((result(0), result(4))):
        low, high = scores.wilson_interval(found.held_out, counts()["m_new_drawings"])
        cell = columns[TEXT["column_held_out"]][number]
        assert cell.startswith(f"{found.held_out} of {counts()['m_new_drawings']}")
        assert f"{100 * low:.0f}\u00a0% to {100 * high:.0f}\u00a0%" in cell
        assert columns[TEXT["column_pairs"]][number].startswith(f"{100 * found.pairs.share:.0f} ")


@pytest.mark.parametrize("units", drawings_compared.WIDTHS)
def test_on_new_drawings_they_cannot_be_told_apart(units: int) -> None:
    assert verdict_text(result(0), result(units)).startswith(TEXT["drawings_no_difference"])


def made(share: float) -> Result:
    return Result(300, 80, scores.Pairs(share, share - 0.05, share + 0.01))


BEFORE = Result(300, 80, scores.Pairs(0.8, 0.7, 0.9))


@pytest.mark.parametrize(("share", "kind"), [(0.99, "better"), (0.3, "worse"), (0.8, "no_difference")])
def test_a_difference_beyond_the_intervals_is_said(share: float, kind: str) -> None:
    assert difference(BEFORE.pairs, made(share).pairs) == kind
    assert verdict_text(BEFORE, made(share)).startswith(TEXT[f"drawings_{kind}"])


@pytest.mark.parametrize(("neuron", "units"), [(0.99, 0.3), (0.3, 0.99), (0.8, 0.8), (0.99, 0.99)])
def test_what_more_views_change_is_said_of_each_and_of_both(neuron: float, units: float) -> None:
    found = {(0, False): BEFORE, (16, False): BEFORE, (0, True): made(neuron), (16, True): made(units)}
    said = views_text(found, 16)
    for who, share in (("neuron", neuron), ("units", units)):
        assert TEXT[f"views_{who}_{difference(BEFORE.pairs, made(share).pairs)}"].partition("{")[0] in said
    assert TEXT[f"views_both_{difference(made(neuron).pairs, made(units).pairs)}"].partition("{")[0] in said


def test_more_views_have_a_name_of_their_own() -> None:
    names = [name_text(units, has_views) for has_views in (False, True) for units in (0, 16)]
    assert len(set(names)) == 4 and names[2].startswith(names[0]) and names[3].startswith(names[1])
