"""What is made ready before the first visitors come, so that ten at once find it done."""

from explainer.chapters.cats import training_view as cats
from explainer.chapters.descent import descent_view as descent
from explainer.chapters.graph import graph_view as graph
from explainer.chapters.loss import loss_view as loss
from explainer.chapters.numpy_basics import numpy_basics_view as numpy_basics
from explainer.chapters.pixels import picture_view as pixels
from explainer.chapters.sigmoid import sigmoid_view as sigmoid
from explainer.chapters.vectorization import race_view as vectorization
from explainer.live import scripts


def warm() -> None:
    """Zips Plotly.js and computes what the first visit to each chapter asks for."""
    scripts.warm()
    for chapter in (pixels, sigmoid, loss, descent, graph, vectorization, numpy_basics, cats):
        chapter.warm()
