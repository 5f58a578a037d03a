"""What the chapter *Cats* hands out, and weights that are brought back to it."""

import html
import io
import json
import re
import zipfile
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explainer.chapters.cats import take_along_view
from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.take_along import NUM_WEIGHTS, read_weights, weights_file
from explainer.live import Block, pack
from explainer.stage.stage import Stage
from explainer.words import words
from tests.opening import SECONDS, button, clean

TEXT = words("cats").text
W = np.random.default_rng(3).normal(0, 0.01, (NUM_WEIGHTS, 1))
GOOD = weights_file(Classifier(W, 0.5), 0.005, 2000, "nothing")


@pytest.fixture(autouse=True)
def no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty figure in place of the run's own."""
    empty = pack(Stage(tables={}, clock=None, panels=(), layouts=()), (), {})
    monkeypatch.setattr(take_along_view, "figure_block", lambda visit, name: Block(empty, "", ""))


def bench() -> None:
    """A page of nothing but what is taken along of a short run."""
    import streamlit as st

    from explainer.chapters.cats import take_along_view
    from explainer.chapters.cats.chapter import CHAPTER
    from explainer.chapters.cats.learning import Runs, learn
    from explainer.maths.training import span, walk
    from explainer.pictures import to_columns
    from explainer.pictures.chosen import ChosenSet, Split, drawings
    from explainer.ui.visit import begin

    visit = begin(CHAPTER)
    training = drawings().split.training.at([0, 1, 2, 80, 81, 82])
    chosen = ChosenSet(st.session_state["set"], Split(training, None), "a few")
    spanned = span(to_columns(training.pictures), training.Y)
    (learned,) = learn(walk(spanned, [0.005], 30), spanned)
    runs = Runs(chosen, spanned, learned, [learned] * 4)
    take_along_view.show_weights_in_use(visit)
    take_along_view.offer_files(visit, runs, 20)
    st.session_state["offers"] = take_along_view.offers(visit, runs, 20)
    st.session_state["classifier"] = learned.classifier_at(20)
    st.session_state["answer"] = take_along_view.brought_weights()


def opened(name: str = "drawings", query: dict[str, str] | None = None) -> AppTest:
    """That page with the set called so, its box open."""
    app = AppTest.from_function(bench, default_timeout=SECONDS)
    app.session_state["cats-take-along"] = True
    app.session_state["set"] = name
    for setting, text in (query or {}).items():
        app.query_params[setting] = text
    return clean(app.run())


def offers(app: AppTest) -> dict[str, Any]:
    """What is made for each kind of file, when it is asked for."""
    return {offer.name.rpartition(".")[2]: offer.make() for offer in app.session_state["offers"]}


def bring(app: AppTest, content: bytes, name: str = "my_*weights*.npz") -> AppTest:
    app.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return clean(app.run())


def on_page(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.markdown, *app.warning))


def test_nothing_is_there_before_somebody_opens_it() -> None:
    app = opened()
    assert len(app.download_button) == 4 and len(app.file_uploader) == 1
    closed = AppTest.from_function(bench, default_timeout=SECONDS)
    closed.session_state["set"] = "drawings"
    clean(closed.run())
    assert not closed.download_button and not closed.file_uploader
    assert [box.label for box in closed.expander] == [TEXT["take_along"]]


def test_four_files_made_only_when_asked_for() -> None:
    app = opened(query={"view": "four", "step": "7"})
    assert [offer.name for offer in app.session_state["offers"]] == [
        "cat-or-not-weights-0.005-20.npz",
        "cat-or-not-costs-0.005-20.csv",
        "cat-or-not-run-0.005-20.zip",
        "cat-or-not-figure-0.005-20.html",
    ]
    assert [one.label for one in app.download_button] == [o.label for o in app.session_state["offers"]]
    for one in app.download_button:
        assert one.proto.deferred_file_id and not one.proto.url
    made, run = offers(app), app.session_state["classifier"]
    back = read_weights(made["npz"])
    assert np.array_equal(back.w, run.w) and back.b == run.b
    assert len(made["csv"].splitlines()) == 22
    with zipfile.ZipFile(io.BytesIO(made["zip"])) as archive:
        assert "NUM_ITERATIONS = 20\n" in archive.read("train.py").decode()
    places = re.search(r'"texts": (\{.*?\})', made["html"])
    assert places is not None
    assert json.loads(places[1]) == {
        "ahead": "hidden",
        "guessing": "hidden",
        "learning_rate": "0.001",
        "iterations": "2000",
        "step": "7",
        "view": "four",
        "weights": "whole",
    }
    assert '"name": "cats-training"' in made["html"]
    assert "Learning rate 0.005, 20 iterations" in made["html"]
    assert "{" not in on_page(app)


@pytest.mark.parametrize("name", ["drawings", "course", "zip"])
def test_where_the_pictures_come_from_stands_in_the_page(name: str) -> None:
    page = offers(opened(name))["html"]
    notes = page.partition('<div class="notes">')[2].partition("</div>")[0]
    assert TEXT[f"handout_{name}"] in html.unescape(notes)
    assert ("Permission is hereby granted" in notes) == (name == "drawings")
    assert ("EmojiTwo" in notes) == (name == "drawings")
    assert "6 " in notes and "{" not in notes


def test_weights_brought_back_are_in_use_until_they_are_let_go() -> None:
    app = opened()
    assert app.session_state["answer"] is None
    bring(app, GOOD)
    assert np.array_equal(app.session_state["answer"].w, W) and app.session_state["answer"].b == 0.5
    assert TEXT["weights_in_use"].format(name="my\\_·weights·.npz") in on_page(app)
    button(app, TEXT["weights_remove"]).click()
    clean(app.run())
    assert app.session_state["answer"] is None and not app.warning
    bring(app, GOOD)
    assert app.session_state["answer"] is not None


def test_a_bad_file_is_said_and_changes_nothing() -> None:
    app = opened()
    bring(app, b"no weights")
    assert app.session_state["answer"] is None
    assert "could not be used" in app.warning[0].value and "not an .npz" in app.warning[0].value
    bring(app, GOOD)
    assert not app.warning
    before = app.session_state["answer"]
    bring(app, weights_file(Classifier(np.zeros((3, 1)), 0.0), 1.0, 1, ""), "other.npz")
    assert "w has the shape (3, 1)" in app.warning[0].value
    assert app.session_state["answer"] is before


def test_weights_are_let_go_with_their_file() -> None:
    app = bring(opened(), GOOD)
    app.file_uploader[0].set_value(None)
    clean(app.run())
    assert app.session_state["answer"] is None
