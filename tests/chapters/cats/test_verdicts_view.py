"""The gallery when other pictures come into use; the overlay's colours for what spoke for and against."""

import numpy as np
import pytest

from explainer.chapters.cats.classifier import Classifier, explain
from explainer.chapters.cats.gallery_figure import MOST, Judged, judge
from explainer.chapters.cats.verdicts_view import overlay
from explainer.maths.training import train
from explainer.pictures import to_columns
from explainer.pictures.chosen import ChosenSet, drawings
from explainer.ui import picture_sets
from explainer.words import words
from tests.opening import address_warnings, choice, clean, open_page

SPLIT = drawings().split
TEXT = words("cats").text
FEW = ChosenSet("course", type(SPLIT)(SPLIT.training, SPLIT.held_out.at(list(range(7)))), "few")
HELD_OUT = ChosenSet("drawings", SPLIT, "held-out")
ALL_LEARNED = ChosenSet("course", type(SPLIT)(SPLIT.training, None), "all-learned")


def texts(app) -> str:  # type: ignore[no-untyped-def]
    return " ".join(element.value for element in app.markdown)


def use(chosen: ChosenSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_sets, "choose_pictures", lambda visit, data, hold: chosen)


@pytest.mark.parametrize("query", ["", "which=3"])
def test_fewer_pictures_are_no_fault_of_the_address(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page("cats", query)
    app.session_state["stays"]["cats"].values["which"] = 50  # picked in the figure since
    use(FEW, monkeypatch)
    choice(app, "cats", "picture").set_value("other")
    clean(app.run())
    assert address_warnings(app) == []
    assert app.session_state["stays"]["cats"].values["which"] == 7


def test_a_link_past_the_last_of_few_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    use(FEW, monkeypatch)
    (sentence,) = address_warnings(open_page("cats", "which=50"))
    assert "**which = 50**" in sentence and "**7**" in sentence


def test_it_is_said_that_the_pictures_were_learned_and_that_some_are_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert len(SPLIT.held_out.names) <= MOST < len(SPLIT.training.names)
    said = texts(open_page("cats", "which=1"))
    assert TEXT["gallery_seen"] not in said and "has room for" not in said
    use(ALL_LEARNED, monkeypatch)
    said = texts(open_page("cats", f"which={MOST}"))
    assert TEXT["gallery_seen"] in said
    assert TEXT["gallery_most"].format(shown=MOST, m=len(SPLIT.training.names)) in said


def test_other_weights_order_the_same_pictures_anew() -> None:
    held_out = SPLIT.held_out
    (run,) = train(to_columns(SPLIT.training.pictures), SPLIT.training.Y, [0.001], 30)
    orders = []
    for w, b in ((run.w, run.b), (-run.w, run.b), (run.w, run.b + 1.0)):
        classifier = Classifier(w, b)
        order = judge(HELD_OUT, classifier).order
        expected = Judged(held_out, classifier.probabilities(held_out.pictures)).order
        assert order.tolist() == expected.tolist()
        orders.append(tuple(order))
    assert len(set(orders)) == 3


# ---- the overlay

PICTURE = np.full((64, 64, 3), 255, dtype=np.uint8)


def weights() -> np.ndarray:
    w = np.zeros((64, 64, 3))
    w[:8], w[8:16] = 0.02, -0.02
    w[16:24] = 0.001
    return w.reshape(-1, 1)


def test_colours_say_for_and_against() -> None:
    shown = overlay(explain(Classifier(weights(), 0.0), PICTURE), PICTURE).astype(int)
    red, blue = shown[..., 0], shown[..., 2]
    assert (red[:8] > blue[:8] + 80).all() and (blue[8:16] > red[8:16] + 80).all()
    assert (np.ptp(shown[16:24], axis=-1) < 20).all()
    assert (shown[24:] == 255).all()


def test_dark_pixels_stay_to_be_seen_below() -> None:
    picture = PICTURE.copy()
    picture[40:] = 0
    shown = overlay(explain(Classifier(np.zeros((12288, 1)), 0.0), picture), picture)
    assert (shown[40:] < 200).all() and (shown[:40] == 255).all()
