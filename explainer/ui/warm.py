"""What is made ready before the first visitors come, so that ten at once find it done."""

from explainer.live import scripts
from explainer.ui import cached, controls


def warm() -> None:
    """Zips Plotly.js and computes what the first visit to each chapter asks for."""
    scripts.warm()
    data, model = controls.DATA.default, controls.MODEL.default
    start = controls.start_setting(data, model).default
    cached.descent_stage(data, model, start)
    cached.descent_answers(data, start)
