"""What is made ready before the first visitors come, so that ten at once find it done."""

from explainer.live import scripts
from explainer.ui import cached, controls
from explainer.ui.settings import held_inside


def warm() -> None:
    """Zips Plotly.js and computes what the first visit to each chapter asks for."""
    scripts.warm()
    data, model = controls.DATA.default, controls.MODEL.default
    start = held_inside(cached.map_window(data, model), *controls.START)
    cached.descent_stage(data, model, start)
    cached.descent_answers(data, start)
