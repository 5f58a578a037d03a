"""What it got wrong, in a browser: a press on the line moves the threshold, and nobody asks the server."""

import numpy as np
from playwright.sync_api import Page

from explainer.maths.scores import confusion
from explainer.maths.training import train
from explainer.pictures import to_columns
from explainer.pictures.chosen import drawings
from tests.browser.figure import Figure
from tests.browser.serving import Server

SPLIT = drawings().split


def test_a_threshold_moved_on_its_line_asks_nothing_of_the_server(server: Server, page: Page) -> None:
    (run,) = train(to_columns(SPLIT.training.pictures), SPLIT.training.Y, [0.001], 2000)
    A = 1 / (1 + np.exp(-(run.w.T @ to_columns(SPLIT.held_out.pictures) + run.b)))
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    figure = Figure(page, nth=1).open(f"{server}/cats?threshold=0.50")
    assert sent
    sent.clear()
    for threshold in (0.2, 0.85):
        page.mouse.click(*figure.project("line", (threshold, 0.5)))
        figure.wait_for_state(threshold=f"{threshold:.2f}", which="1")
        found = confusion(A, SPLIT.held_out.Y, threshold)
        recall, precision, right, _ = figure.readouts()
        assert recall.startswith(f"found {found.tp} of 23 cats")
        assert precision.startswith(f"{found.tp} of {found.tp + found.fp} ")
        assert right.startswith(f"{found.tp + found.tn} of 109 right")
        figure.wait_for_address(threshold=f"{threshold:.2f}")
    assert sent == [] and figure.errors == []
