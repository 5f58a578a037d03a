"""The gallery: its order, its marks, and its counts at every threshold against counting by hand."""

import re

import numpy as np
import pytest

from explainer.chapters.cats import gallery_figure as figure
from explainer.chapters.cats.chapter import THRESHOLD, gallery_places
from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.gallery_figure import Judged, judge
from explainer.live import pack
from explainer.pictures import PictureSet, bundled, reduced
from explainer.pictures.chosen import Split, chosen_set
from explainer.stage.layers import Boxes
from explainer.stage.settings import Slider
from explainer.words import words

TEXT = words("cats").figure
PICTURES = bundled().of_families("twemoji")
M = len(PICTURES.names)
A = np.random.default_rng(3).random((1, M)).round(2)
JUDGED = Judged(PICTURES, A)
STAGE = figure.stage(JUDGED, TEXT)
ORDER = JUDGED.order


def test_mistakes_come_first_and_the_surest_of_them_ahead() -> None:
    wrong = (A[0] > 0.5) != PICTURES.labels
    sureness = np.abs(A[0] - 0.5)
    count = int(wrong.sum())
    assert sorted(ORDER) == list(range(M))
    assert wrong[ORDER[:count]].all() and not wrong[ORDER[count:]].any()
    assert (np.diff(sureness[ORDER[:count]]) <= 0).all()
    assert (np.diff(sureness[ORDER[count:]]) >= 0).all()


def test_the_sheet_has_the_pictures_in_that_order() -> None:
    sheet = STAGE.tables["sheet"].values
    for place in (0, 1, 17, M - 1):
        row, column = divmod(place, figure.COLUMNS)
        tile = sheet[32 * row : 32 * row + 32, 32 * column : 32 * column + 32]
        assert np.array_equal(tile, reduced(PICTURES.pictures[ORDER[place]], 32))
    assert STAGE.tables["picked_x"].values[17] == 3.5 and STAGE.tables["picked_y"].values[17] == 1.5


@pytest.mark.parametrize("place", [0, 1, 30, 50, 77, 99, 100])
def test_counts_and_crosses_are_those_of_the_threshold(place: int) -> None:
    threshold = place / 100
    says, cats = A[0] > threshold, PICTURES.labels
    tp, fp = int((says & cats).sum()), int((says & ~cats).sum())
    fn, tn = int((~says & cats).sum()), int((~says & ~cats).sum())
    tables = {
        name: table.values[place] for name, table in STAGE.tables.items() if table.axes == ("threshold",)
    }
    assert [tables[name] for name in ("tp", "fp", "fn", "tn")] == [tp, fp, fn, tn]
    assert tables["called"] == tp + fp and tables["right"] == tp + tn
    assert tables["recall"] == pytest.approx(100 * tp / (tp + fn))
    assert tables["accuracy"] == pytest.approx(100 * (tp + tn) / M)
    if tp + fp:
        assert tables["precision"] == pytest.approx(100 * tp / (tp + fp))
    else:
        assert np.isnan(tables["precision"])  # shown as "?"
    assert np.isfinite(tables["wrong_cats"]).sum() == fn
    assert np.isfinite(tables["wrong_others"]).sum() == fp
    assert tables["at"] == threshold and (tables["upright_x"] == threshold).all()


def test_every_probability_has_its_point_and_no_two_share_a_place() -> None:
    for kind, cat in figure.KINDS.items():
        a, height = STAGE.tables[f"a_{kind}"].values, STAGE.tables[f"height_{kind}"].values
        assert np.array_equal(a, np.sort(A[0, cat == PICTURES.labels]))
        places = set(zip(a, height, strict=True))
        assert len(places) == a.size or np.unique(a, return_counts=True)[1].max() > 1
        assert np.abs(height - (1.0 if cat else 0.0)).max() < 0.5


def test_right_and_wrong_are_told_apart_by_more_than_colour() -> None:
    boxes = {
        layer.values: layer for panel in STAGE.panels for layer in panel.layers if isinstance(layer, Boxes)
    }
    assert {name for name, box in boxes.items() if box.dash} == {"fp", "fn"}
    assert {name for name, box in boxes.items() if box.tint} == {"tp", "tn"}


def test_the_point_on_the_curve_is_that_of_the_threshold() -> None:
    curve = np.stack([STAGE.tables["roc_false"].values, STAGE.tables["roc_found"].values], axis=1)
    cats = PICTURES.labels
    for place in (0, 13, 50, 100):
        says = A[0] > place / 100
        at = [STAGE.tables[name].values[place] for name in ("false_alarms", "recall")]
        assert at == pytest.approx([100 * says[~cats].mean(), 100 * says[cats].mean()])
        assert np.isclose(curve, at).all(axis=1).any()


def test_how_many_pairs_it_gets_right_is_hidden_until_it_is_asked_for() -> None:
    a = A[0].astype(float)
    cats, others = a[PICTURES.labels][:, None], a[~PICTURES.labels]
    share = 100 * ((cats > others) + 0.5 * (cats == others)).mean()
    (pairs,) = (one for one in STAGE.readouts if f"{share:.0f} of 100" in one.text)
    (roc,) = (panel for panel in STAGE.panels if panel.name == "roc")
    assert pairs.when == roc.when == {"pairs": ("shown",)}
    assert "pairs" not in "".join(one.text for one in (*STAGE.sentences, *STAGE.readouts) if one is not pairs)


def test_its_words_know_the_numbers_and_leave_no_blank() -> None:
    texts = [one.text for one in (*STAGE.readouts, *STAGE.sentences)]
    assert f"of {int(PICTURES.labels.sum())} cats" in texts[0] and f"of {M} right" in texts[2]
    others = int((~PICTURES.labels).sum())
    assert f"always “not a cat” gets {others} right" in texts[-1]
    for text in texts:
        assert set(re.findall(r"\{([a-z_]+)", text)) <= {*STAGE.tables, "threshold"}


def test_of_many_pictures_only_the_surest_that_are_right_are_left_out() -> None:
    every = bundled()
    a = np.where(every.labels, 0.9, 0.1)[None].astype(float)
    a[0, :5] = 1 - a[0, :5]
    judged = Judged(every, a)
    which = places(every)
    assert len(which.values) == figure.MOST == judged.order.size
    assert set(judged.order[:5]) == set(range(5))
    assert len(pack(figure.stage(judged, TEXT), (THRESHOLD, which, figure.PAIRS), TEXT)) < 550_000


def test_pictures_of_one_kind_only_can_be_judged() -> None:
    cats = PICTURES.at(np.flatnonzero(PICTURES.labels).tolist())
    stage = figure.stage(Judged(cats, A[:, PICTURES.labels]), TEXT)
    pack(stage, (THRESHOLD, places(cats), figure.PAIRS), TEXT)
    assert TEXT["readout_no_pairs"] in [one.text for one in stage.readouts]


def places(pictures: PictureSet) -> Slider:
    """The slider that opens one of these pictures."""
    return gallery_places(chosen_set("zip", Split(pictures, None)))


def test_its_key_tells_verdicts_of_other_weights_apart_and_whose_they_are() -> None:
    w = np.random.default_rng(5).normal(0, 0.01, (12288, 1))
    mine = chosen_set("zip", Split(PICTURES, None), own=True)
    judged = [judge(mine, Classifier(*one)) for one in ((w, 0.1), (-w, 0.1), (w, 0.2), (w, 0.1))]
    assert len({one.key for one in judged}) == 3 and judged[0].key == judged[3].key
    assert all(one.own for one in judged)
    assert np.array_equal(judged[0].A, Classifier(w, 0.1).probabilities(PICTURES.pictures))
