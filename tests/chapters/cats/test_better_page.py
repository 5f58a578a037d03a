"""The section on what helps one neuron: it asks, then trains what is chosen, then says what it tells."""

from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from explainer.chapters.cats import better_text, better_view
from explainer.chapters.cats.better import (
    AS_THEY_ARE,
    BOTH,
    MEAN,
    VIEWS,
    Outcome,
    as_they_are,
    outcome,
)
from explainer.chapters.cats.better_text import compared_text, table_text
from explainer.chapters.cats.chapter import CHAPTER
from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.weights_figure import pictures_of
from explainer.pictures import to_png
from explainer.pictures.chosen import ChosenSet, Split, chosen_set, drawings
from explainer.ui import picture_sets
from explainer.words import words
from explainer.words.numbers import percent
from tests.opening import address_warnings, choice, clean, open_page

TEXT = words("cats").text
SPLIT = drawings().split
(QUESTION,) = (one for one in words("cats").questions if one.figure == better_view.SECTION)


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def table(app: AppTest) -> list[list[str]]:
    """The rows below the heading, as their cells."""
    (found,) = (element.value for element in app.markdown if "|---|" in element.value)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in found.splitlines()[2:]]


def row(how: str, chosen: ChosenSet) -> list[str]:
    """What the table has to say of a training, from its z."""
    found = as_they_are(chosen) if how == AS_THEY_ARE else outcome(chosen, how)
    Z, labels = found.Z[0], chosen.split.held_out.labels
    right, m = int(((Z > 0) == labels).sum()), labels.size
    pairs = np.mean([(cat > other) + (cat == other) / 2 for cat in Z[labels] for other in Z[~labels]])
    low, high = found.interval
    ends = found.pairs.per_hundred
    return [
        TEXT[f"help_{how}"],
        f"{right}: **{percent(right / m, 1)}** ({percent(low)} to {percent(high)})",
        f"**{round(100 * pairs)}** ({ends['low']} to {ends['high']})",
    ]


def has_choice(app: AppTest) -> bool:
    return "cats-help" in [one.key for one in app.segmented_control]


def test_the_choice_is_not_there_before_the_question_is_answered() -> None:
    app = open_page("cats")
    assert not has_choice(app) and "|---|" not in texts(app)
    clean(app.button(key=f"tell-cats-{QUESTION.name}").click().run())
    assert has_choice(app) and "|---|" not in texts(app), "nothing is trained that nobody asked for"


def test_each_help_is_trained_once_it_is_chosen_and_those_before_stay() -> None:
    app = open_page("cats")
    clean(app.button(key=f"tell-cats-{QUESTION.name}").click().run())
    for how, rows in ((MEAN, (MEAN,)), (BOTH, (MEAN, BOTH)), (VIEWS, (MEAN, VIEWS, BOTH))):
        clean(choice(app, "cats", "help").set_value(how).run())
        assert table(app) == [row(one, drawings()) for one in (AS_THEY_ARE, *rows)]
        found = {AS_THEY_ARE: as_they_are(drawings()), how: outcome(drawings(), how)}
        assert compared_text(found, how, drawings()) in texts(app)
        assert (TEXT["help_mirrored"] in texts(app)) == (how != MEAN)
    clean(choice(app, "cats", "help").set_value(AS_THEY_ARE).run())
    assert "|---|" not in texts(app)


def test_a_link_carries_the_help_and_what_comes_of_it() -> None:
    app = open_page("cats", f"help={BOTH}")
    assert choice(app, "cats", "help").value == BOTH
    assert table(app) == [row(one, drawings()) for one in (AS_THEY_ARE, BOTH)]
    assert "1,992" in texts(app) and "{" not in texts(app) and "nan" not in texts(app)


def test_a_help_that_there_is_not_is_said_and_left_out() -> None:
    (sentence,) = address_warnings(open_page("cats", "help=magic"))
    assert "**help = magic**" in sentence and f"**{AS_THEY_ARE}**" in sentence


def test_w_is_shown_before_and_after(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    really = st.image
    monkeypatch.setattr(st, "image", lambda image, **given: shown.append(image) or really(image, **given))
    open_page("cats", f"help={BOTH}")
    for found in (as_they_are(drawings()), outcome(drawings(), BOTH)):
        (picture,), _ = pictures_of(found.classifier.w.T)
        assert to_png(picture, 4) in shown


def test_where_nothing_is_held_out_one_sentence_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = chosen_set("course", Split(SPLIT.held_out, None))
    monkeypatch.setattr(picture_sets, "choose_pictures", lambda visit, data, hold: alone)
    app = open_page("cats", f"help={BOTH}")
    assert not has_choice(app) and "|---|" not in texts(app)
    assert [info.value for info in app.info].count(QUESTION.otherwise) == 1


def test_another_choice_of_pictures_begins_without_help() -> None:
    for name in ("data", "hold_out"):
        assert "help" in CHAPTER.dependents(name)


def test_of_another_set_nothing_is_shown_that_was_tried_on_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = open_page("cats", f"help={VIEWS}")
    clean(choice(app, "cats", "help").set_value(MEAN).run())
    assert len(table(app)) == 3
    other = chosen_set("zip", Split(SPLIT.held_out, SPLIT.training))
    monkeypatch.setattr(picture_sets, "choose_pictures", lambda visit, data, hold: other)
    clean(app.run())
    assert table(app) == [row(one, other) for one in (AS_THEY_ARE, MEAN)]


# ---- what the numbers tell


def made(z: list[float], labels: list[int]) -> Outcome:
    return Outcome(Classifier(np.ones((12, 1)), 0.0), np.array([z]), np.array([labels], float))


LABELS = [1] * 30 + [0] * 30
GOOD = made([1.0] * 30 + [-1.0] * 30, LABELS)
BAD = made([-1.0] * 30 + [1.0] * 30, LABELS)
UNSURE = made([1.0] * 30 + [0.5] * 30, LABELS)
FAIR = made([1.0] * 20 + [-1.0] * 10 + [-1.0] * 20 + [1.0] * 10, LABELS)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (FAIR, FAIR, "overlap_overlap"),
        (BAD, GOOD, "apart_apart"),
        (GOOD, BAD, "apart_apart"),
        (GOOD, UNSURE, "apart_overlap"),
        (BAD, UNSURE, "apart_apart"),
        (made([1.0] * 60, LABELS), UNSURE, "overlap_apart"),
    ],
)
def test_it_is_said_whether_the_ranges_overlap(before: Outcome, after: Outcome, verdict: str) -> None:
    said = compared_text({AS_THEY_ARE: before, MEAN: after}, MEAN, drawings())
    assert TEXT[f"help_{verdict}"] in said
    assert f"{after.right} of 60 right; as they are, {before.right}" in said
    assert TEXT["alike_drawings"] in said


@pytest.mark.parametrize("after", [GOOD, BAD])
def test_pictures_of_one_kind_make_no_pairs(after: Outcome) -> None:
    before, after = (made(one.Z[0, :30].tolist(), LABELS[:30]) for one in (GOOD, after))
    found = {AS_THEY_ARE: before, MEAN: after}
    said = compared_text(found, MEAN, chosen_set("zip", SPLIT))
    assert "pairs" not in said and TEXT["alike_else"] in said
    assert TEXT["help_overlap" if after.right == before.right else "help_apart"] in said
    assert table_text(found).count(TEXT["help_no_pairs"]) == 2


def test_what_a_help_is_counts_the_views() -> None:
    views, mean = (better_text.help_text(how, drawings()) for how in (VIEWS, MEAN))
    assert "332 training pictures is there 6 times" in views and "by 4 pixels" in views
    assert better_text.help_text(BOTH, drawings()) == f"{views} {mean}"
