"""The chapter *Cats*: its widgets, its scenes, its sentences, addresses that make no sense."""

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import streamlit as st

from explainer.chapters.cats import training_view
from explainer.chapters.cats.accuracy_text import duplicates_text
from explainer.maths.training import train
from explainer.pictures import to_columns
from explainer.pictures.chosen import ChosenSet, drawings
from explainer.ui import picture_sets, progress_bar
from explainer.words import words
from explainer.words.numbers import percent
from tests.opening import address_warnings, clean, open_page

SPLIT = drawings().split
SAID = words("cats")


@pytest.fixture
def how_good_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the box be open that says how good the classifier is."""
    really = st.expander

    def expander(label: str, *args: Any, **given: Any) -> Any:
        return really(label, *args, **given | {"expanded": label == SAID.text["how_good"]})

    monkeypatch.setattr(st, "expander", expander)


def texts(app) -> str:  # type: ignore[no-untyped-def]
    return " ".join(element.value for element in app.markdown)


@pytest.mark.usefixtures("how_good_is_asked_for")
def test_its_numbers_come_from_the_run_that_the_address_asks_for() -> None:
    app = open_page("cats", "learning_rate=0.001&iterations=300")
    X, X_held = to_columns(SPLIT.training.pictures), to_columns(SPLIT.held_out.pictures)
    (run,) = train(X, SPLIT.training.Y, [0.001], 300)
    right = int((((run.w.T @ X_held + run.b) > 0) == (SPLIT.held_out.Y > 0)).sum())
    said = texts(app)
    assert (
        f"After 300 iterations this classifier scores **{percent(right / 109, 1)}** ({right} of 109)" in said
    )
    assert "*always “cat”* scores **21.1\u00a0%** and *always “not a cat”* **78.9\u00a0%**" in said
    assert not re.search(r"\d ?%", said), "a percentage without its no-break space"
    assert SAID.text["no_duplicates"] in said and "twemoji" in said
    assert "{" not in said and "nan" not in said and not app.warning


def test_how_good_it_is_is_said_only_to_who_asks() -> None:
    said = texts(open_page("cats"))
    assert "scores **" not in said and "78.9" not in said and "81.7" not in said


@pytest.mark.parametrize(
    ("query", "asks", "uses"),
    [("iterations=100&step=200", "200", "100"), ("data=course", "course", "drawings")],
)
def test_an_address_that_does_not_fit_the_rest_is_said_and_mended(query: str, asks: str, uses: str) -> None:
    app = open_page("cats", query)
    (sentence,) = (one.replace("\\", "") for one in address_warnings(app))
    name = query.split("&")[-1].split("=")[0]
    assert f"**{name} = {asks}**" in sentence and f"**{uses}**" in sentence


def test_a_long_training_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    class Place:
        def progress(self, share: float, text: str) -> None:
            seen.append((share, text))

        def empty(self) -> None:
            seen.append(("empty", ""))

    times = iter(range(100))
    monkeypatch.setattr(progress_bar, "perf_counter", lambda: next(times))  # every stretch takes a second
    monkeypatch.setattr(training_view.st, "session_state", {})
    monkeypatch.setattr(training_view.st, "empty", Place)
    visit = SimpleNamespace(value=lambda setting: 0.001)
    training_view.wait_for_runs(visit, drawings())
    shares = [share for share, _ in seen[:-1]]
    assert shares == pytest.approx([k / 6 for k in range(1, 6)]) and seen[-1] == ("empty", "")
    assert "2500 of 3,000" in seen[-2][1]


@pytest.mark.usefixtures("how_good_is_asked_for")
def test_where_nothing_is_held_out_the_words_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = ChosenSet("course", type(SPLIT)(SPLIT.held_out, None), "alone")
    monkeypatch.setattr(picture_sets, "choose_pictures", lambda visit, data, hold: alone)
    app = open_page("cats")
    said = texts(app)
    assert "**Nothing is held out**: all 109 pictures" in said
    assert "the very pictures that it has learned from" in said
    clean(app.segmented_control(key="cats-training-question").set_value(2).run())
    assert any("nobody can tell" in info.value for info in app.info)


def test_duplicates_are_counted_and_named() -> None:
    held_out = SPLIT.held_out
    twice = ChosenSet("zip", type(SPLIT)(held_out, held_out.of_families("twemoji")), "twice")
    count = len(twice.split.held_out.names)
    assert f"**{count} held-out pictures are also in the training set**" in duplicates_text(twice)
    assert held_out.of_families("twemoji").names[0] in duplicates_text(twice)


def test_a_held_out_cat_is_explained_and_something_else_a_press_away() -> None:
    app = open_page("cats", "iterations=300&learning_rate=0.001")
    X = to_columns(SPLIT.training.pictures)
    (run,) = train(X, SPLIT.training.Y, [0.001], 300)
    for option, is_cat in (("cat", True), ("other", False)):
        app.segmented_control(key="cats-picture").set_value(option)
        said = texts(clean(app.run()))
        place = list(SPLIT.held_out.labels).index(is_cat)
        z = (run.w.T @ to_columns(SPLIT.held_out.pictures[place][None])).item() + run.b
        assert f"= **{z:.2f}**".replace("-", "−") in said
        assert f"it says **{'cat' if z > 0 else 'not a cat'}**" in said
        assert "at most **" in said and "of 255**" in said


def test_the_address_cannot_bring_a_picture_of_ones_own() -> None:
    (sentence,) = address_warnings(open_page("cats", "picture=own"))
    assert SAID.text["no_own"] in sentence and "**cat**" in sentence


@pytest.mark.usefixtures("how_good_is_asked_for")
def test_a_rate_that_leaps_is_said_to_be_rough_and_one_that_does_not_is_not() -> None:
    assert "**J rises at" in texts(open_page("cats", "learning_rate=0.01"))
    assert "**J rises at" not in texts(open_page("cats", "learning_rate=0.0005"))


def test_a_link_to_a_mistake_opens_it_with_its_reasons() -> None:
    app = open_page("cats", "which=2&threshold=0.30&iterations=300")
    X = to_columns(SPLIT.training.pictures)
    (run,) = train(X, SPLIT.training.Y, [0.001], 300)
    Z = (run.w.T @ to_columns(SPLIT.held_out.pictures) + run.b)[0]
    wrong = [k for k in range(109) if (Z[k] > 0) != SPLIT.held_out.labels[k]]
    second = sorted(wrong, key=lambda k: -abs(1 / (1 + np.exp(-Z[k])) - 0.5))[1]
    said = texts(app)
    assert f"**{SPLIT.held_out.names[second]}**" in said
    loss = np.logaddexp(0, -Z[second] if SPLIT.held_out.labels[second] else Z[second])
    assert f"L(a, y) = **{loss:.3f}**" in said


def test_the_gallery_waits_until_it_is_opened() -> None:
    assert "L(a, y)" not in texts(open_page("cats"))


@pytest.mark.parametrize(
    ("query", "uses"), [("which=110", "109"), ("which=500", "109"), ("threshold=2", "1.00")]
)
def test_a_picture_past_the_last_one_is_said_and_mended(query: str, uses: str) -> None:
    sentences = address_warnings(open_page("cats", query))
    assert len(sentences) == 1 and f"**{uses}**" in sentences[0]
