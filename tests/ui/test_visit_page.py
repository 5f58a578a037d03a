"""A visit whose runs are asked for faster than they come: nothing that was done is lost."""

import pytest

from explainer.chapters.loss.chapter import CHAPTER, DATA
from explainer.ui.visit import Visit
from tests.opening import clean, open_page


@pytest.mark.parametrize("backwards", [False, True])
def test_a_choice_counts_though_one_run_answers_it_and_a_step_back(backwards: bool) -> None:
    """Streamlit calls a widget's callback before a figure's, whatever was done first."""
    app = open_page("loss", "data=challenger&w=1")
    stay = app.session_state["stays"]["loss"]
    visit = Visit(CHAPTER, stay, restored=False, acted=False, chosen=None)
    steps = [
        lambda: visit.choose(DATA, "overlap"),
        lambda: visit.return_to("?data=challenger&w=2&example=4", 1),
    ]
    for step in reversed(steps) if backwards else steps:
        step()
    clean(app.run())
    assert stay.values["data"] == "overlap"
    assert stay.returns == 1
    visit.return_to("?data=challenger&w=2", 2)
    clean(app.run())
    assert (stay.values["data"], stay.values["w"]) == ("challenger", 2.0)
