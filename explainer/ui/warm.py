"""What is made ready before the first visitors come, so that ten at once find it done."""

from explainer.live import scripts
from explainer.ui import cats, descent, graph, loss, numpy_basics, pixels, sigmoid, vectorization


def warm() -> None:
    """Zips Plotly.js and computes what the first visit to each chapter asks for."""
    scripts.warm()
    for chapter in (pixels, sigmoid, loss, descent, graph, vectorization, numpy_basics, cats):
        chapter.warm()
