"""The player's parts that place labels, find tangles and fit ticks: alone in an empty page."""

import random
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from explainer.live import scripts

BOX = {"left": 0, "top": 0, "right": 300, "bottom": 200}
WIDTH, HEIGHT, GAP = 60, 16, 10
PLACE = """([labels, fixed, marks, box]) => in_placing.placeLabels(
    labels.map((label) => ({
        ...label,
        places: in_placing.placesBeside(label.wished, 10, label.width, label.height),
        last: label.last === "none yet" ? undefined : label.last,
    })),
    box, fixed, marks)"""
Rectangle = dict[str, float]
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def run(browser: Browser) -> Iterator[Run]:
    """Runs JavaScript in an empty page with all modules of the player, each as `in_<its name>`."""
    page: Page = browser.new_page()
    page.goto("about:blank")
    page.add_script_tag(content=scripts.bundle(scripts.JS / "player.js"))
    yield page.evaluate
    page.close()


def label(x: float, y: float, wished: str = "right", importance: float = 2, **more: Any) -> dict[str, Any]:
    return {"x": x, "y": y, "wished": wished, "importance": importance, "width": WIDTH, "height": HEIGHT,
            "last": "none yet", **more}  # fmt: skip


def about(x: float, y: float, wide: float, high: float) -> Rectangle:
    return {"left": x - wide / 2, "right": x + wide / 2, "top": y - high / 2, "bottom": y + high / 2}


def share(one: Rectangle, other: Rectangle) -> bool:
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    return across > 0 and min(one["bottom"], other["bottom"]) > max(one["top"], other["top"])


@pytest.mark.parametrize(
    ("wished", "middle"),
    [("right", (140, 100)), ("left", (60, 100)), ("above", (100, 82)), ("below", (100, 118))],
)
def test_a_label_stands_where_it_is_wished(run: Run, wished: str, middle: tuple[float, float]) -> None:
    (placed,) = run(PLACE, [[label(100, 100, wished)], [], [about(100, 100, 12, 12)], BOX])
    assert placed == {"which": 0, "rectangle": about(*middle, WIDTH, HEIGHT)}


def test_labels_stay_inside_and_apart_wherever_their_points_are(run: Run) -> None:
    chance = random.Random(5)
    for _ in range(100):
        points = [(chance.uniform(0, 300), chance.uniform(0, 200)) for _ in range(8)]
        wished = [chance.choice(("right", "left", "above", "below")) for _ in points]
        fixed = [about(chance.uniform(0, 300), chance.uniform(0, 200), 50, 14) for _ in range(3)]
        marks = [about(x, y, 12, 12) for x, y in points]
        labels = [label(x, y, side) for (x, y), side in zip(points, wished, strict=True)]
        boxes = [one["rectangle"] for one in run(PLACE, [labels, fixed, marks, BOX]) if one]
        assert len(boxes) >= 7
        assert not any(share(one, other) for one, other in combinations(boxes, 2))
        assert not any(share(box, other) for box in boxes for other in fixed)
        assert all(box["left"] >= 0 and box["right"] <= 300 for box in boxes)
        assert all(box["top"] >= 0 and box["bottom"] <= 200 for box in boxes)


def test_where_there_is_room_for_one_it_is_the_more_important(run: Run) -> None:
    small = {"left": 0, "top": 0, "right": WIDTH + 6, "bottom": HEIGHT + 6}
    labels = [label(10, 10, importance=1), label(10, 10, importance=3)]
    name, number = run(PLACE, [labels, [], [], small])
    assert name is None and number is not None
    nowhere = run(PLACE, [labels, [small], [], small])
    assert nowhere == [None, None]


def test_a_label_keeps_its_place_while_it_can(run: Run) -> None:
    """The wished place on the right is taken, free by a hair, and free by far."""
    for far, which in ((-1, 1), (1, 1), (20, 0)):
        wall = about(170 + far + 5, 100, 10, 60)
        (placed,) = run(PLACE, [[label(100, 100, last=1)], [wall], [], BOX])
        assert placed["which"] == which
        (new,) = run(PLACE, [[label(100, 100)], [wall], [], BOX])
        assert new["which"] == (0 if far > 0 else 1), "one that was not there before takes the best place"


def test_one_that_was_left_out_comes_back_only_where_there_is_ample_room(run: Run) -> None:
    for room, comes in ((1, False), (30, True)):
        box = {"left": 0, "top": 0, "right": WIDTH + 4 + room, "bottom": HEIGHT + 4 + room}
        wall = {"left": 0, "top": HEIGHT + 4 + room - 0.5, "right": 400, "bottom": 400}
        (placed,) = run(PLACE, [[label(0, 0, "right", last=None)], [wall], [], box])
        assert (placed is not None) == comes


# ---- lines that cannot be told apart

TANGLED = "(places) => { const found = in_tangle.tangledLines(places); return found && [...found]; }"


def zigzag(count: int, step: float, high: float) -> list[list[float]]:
    return [[step * k, high * (k % 2)] for k in range(count)]


def test_a_line_that_turns_within_pixels_is_a_tangle(run: Run) -> None:
    found = run(TANGLED, zigzag(400, 1, 80))
    assert sum(found) > 390
    assert run(TANGLED, zigzag(60, 20, 80)) is None, "lines that can be told apart"
    assert run(TANGLED, [[200 * (k % 2), 80 * (k % 2)] for k in range(500)]) is None, (
        "the same line again and again"
    )
    assert run(TANGLED, [[k / 4, 0.01 * k * k] for k in range(200)]) is None, "a curve"


def test_only_the_dense_part_of_a_line_is_a_tangle(run: Run) -> None:
    dense = zigzag(300, 1, 60)
    found = run(TANGLED, [[-200, 30], [-100, -300], *dense, None, [600, 0], [700, 50]])
    assert not any(found[:2]) and not any(found[-2:])
    assert sum(found) > 280


# ---- ticks and titles

FITTED = "([layout, width, height]) => in_fitting.fittedAxes(layout, width, height, 'sans-serif')"
MARGIN = {"l": 40, "r": 10, "t": 10, "b": 40}


def axes(**y: Any) -> dict[str, Any]:
    font = {"size": 14}
    return {
        "margin": MARGIN,
        "xaxis": {"tickfont": font, "title": {"text": "step"}},
        "yaxis": {"tickfont": font, **y},
    }


@pytest.mark.parametrize(("height", "ticks"), [(300, 0), (130, 4), (90, 2)])
def test_low_plots_have_few_ticks(run: Run, height: float, ticks: int) -> None:
    assert run(FITTED, [axes(), 500, height])["yaxis.nticks"] == ticks


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (-8.5, 5.5, [-5, 0]),
        (-1, 11, [2, 4, 6, 8]),
        (90, 210, [120, 140, 160, 180]),
        (-0.03, 0.03, [-0.02, 0, 0.02]),
    ],
)
def test_a_scene_in_large_type_has_round_ticks_away_from_its_corners(
    run: Run, low: float, high: float, ticks: list[float]
) -> None:
    scene = {"xaxis": {"range": [low, high]}, "yaxis": {"range": [0, 1], "tickvals": [0, 1]}, "zaxis": {}}
    look = {"layout": {"scene": {"xaxis": {"tickfont": {"size": 20}}}}}
    layout = {"scene": scene, "template": look}
    thinned = run("(layout) => { in_fitting.thinOut(layout, 4); return layout; }", layout)
    assert thinned["template"]["layout"]["scene"]["xaxis"]["tickfont"]["size"] == 10
    thin = thinned["scene"]
    assert thin["xaxis"]["tickvals"] == pytest.approx(ticks)
    assert thin["yaxis"]["tickvals"] == [0, 1] and "tickvals" not in thin["zaxis"]


@pytest.mark.parametrize(
    ("height", "kept"), [(300, [0, 20, 40, 60, 80, 100]), (100, [0, 40, 100]), (80, [0, 100])]
)
def test_of_given_ticks_the_first_and_the_last_stay(run: Run, height: float, kept: list[int]) -> None:
    values = list(range(0, 101, 20))
    layout = axes(tickvals=values, ticktext=[f"{value} %" for value in values], range=[0, 100])
    fitted = run(FITTED, [layout, 500, height])
    assert fitted["yaxis.tickvals"] == kept
    assert fitted["yaxis.ticktext"] == [f"{value} %" for value in kept]


def test_a_title_that_is_longer_than_its_axis_is_smaller(run: Run) -> None:
    layout = axes()
    layout["xaxis"]["title"] = {"text": "example, sorted by temperature at launch", "font": {"size": 15}}
    assert run(FITTED, [layout, 600, 300])["xaxis.title.font.size"] == 15
    assert 9 <= run(FITTED, [layout, 250, 300])["xaxis.title.font.size"] < 14


def test_all_type_and_its_room_grow_with_the_scale(run: Run) -> None:
    layout = {
        "template": {"layout": {"font": {"size": 15}, "margin": dict(MARGIN)}},
        "annotations": [{"font": {"size": 14}}],
        "xaxis": {"title": {"font": {"size": 15}, "standoff": 4}, "range": [0, 1]},
    }
    grown = run("([layout, scale]) => { in_fitting.enlarge(layout, scale); return layout; }", [layout, 2])
    assert grown["template"]["layout"] == {
        "font": {"size": 30},
        "margin": {"l": 80, "r": 20, "t": 20, "b": 80},
    }
    assert grown["annotations"] == [{"font": {"size": 28}}]
    assert grown["xaxis"] == {"title": {"font": {"size": 30}, "standoff": 8}, "range": [0, 1]}
