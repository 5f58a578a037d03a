"""The chapter *Why not a straight line?*: the extra example is pushed, the neuron is turned."""

import re

import numpy as np
import pytest

from explainer.chapters.sigmoid.chapter import BIAS, INPUT, WEIGHT, outlier_slider
from explainer.chapters.sigmoid.examples import both_fits
from explainer.chapters.sigmoid.neuron_figure import KINDS, kinds
from explainer.maths.logistic import sigmoid, sigmoid_derivative
from explainer.words import words
from tests.browser.figure import Figure
from tests.browser.serving import Server

SAID = words("sigmoid")
PLACE = outlier_slider("challenger")
BOTH = both_fits("challenger")
LAST = len(PLACE.texts) - 1
DRAWN = """(panel, [name, x, y]) => {
    const canvas = panel.querySelector('canvas.moving'), ratio = canvas.width / canvas.clientWidth;
    const [px, py] = panel.closest('.live-root').player.project(name, x, y);
    const { data } = canvas.getContext('2d').getImageData(px * ratio - 2, py * ratio - 2, 5, 5);
    return data.some((value, k) => k % 4 === 3 && value > 0);
}"""


PAGE = "sigmoid"


@pytest.fixture
def outlier(at_start: Figure) -> Figure:
    return at_start


def second(first: Figure) -> Figure:
    """The page's second figure, once it is in sight."""
    return Figure(first.page, nth=1).wait_until_drawn()


def sentence(figure: Figure) -> str:
    figure.wait_for_frames()
    return figure.root.locator(".sentence").inner_text()


def numbers(text: str) -> list[float]:
    plain = text.replace("− ", "−").replace("−", "-")
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", plain)]


def is_drawn(figure: Figure, panel: str, x: float, y: float) -> bool:
    drawn: bool = figure.panel(panel).evaluate(DRAWN, [panel, x, y])
    return drawn


# ---- the extra example


@pytest.mark.parametrize("place", [0, 1, LAST // 2, LAST])
def test_the_sentence_and_the_read_outs_are_the_tables(outlier: Figure, place: int) -> None:
    outlier.put("outlier", place)
    outlier.wait_for_state(outlier=PLACE.texts[place])
    said = numbers(sentence(outlier))
    assert said[:2] == [BOTH.line.outside[place], np.count_nonzero(~np.isnan(BOTH.X[place]))]
    assert said[2] == pytest.approx(BOTH.line.smallest[place], rel=0.005)
    assert said[-2:] == [BOTH.line.mistakes[place], BOTH.sigmoid.mistakes[place]]
    for readout, fits in zip(outlier.readouts(), (BOTH.line, BOTH.sigmoid), strict=True):
        slope, intercept, half, crossing = numbers(readout)
        wanted = fits.w[place], fits.b[place], fits.cut[place]
        assert (slope, intercept, crossing) == pytest.approx(wanted, rel=0.005)
        assert half == 0.5


def test_line_sigmoid_and_marks_are_drawn_where_they_belong(outlier: Figure) -> None:
    line_cut, sigmoid_cut = BOTH.line.cut[LAST], BOTH.sigmoid.cut[LAST]
    x, y = BOTH.positions[LAST], BOTH.line.outputs[LAST, -1]
    outlier.put("outlier", LAST)
    outlier.wait_for_frames()
    for place in ((line_cut, 0.5), (sigmoid_cut, 0.5), (x, 0.0), (x, y), (x, y / 2)):
        assert is_drawn(outlier, "examples", *place)
    assert not is_drawn(outlier, "examples", x, -y)
    assert is_drawn(outlier, "cuts", x, line_cut)
    outlier.put("outlier", 0)
    outlier.wait_for_frames()
    assert not is_drawn(outlier, "examples", x, y)


def test_where_the_cuts_go_is_drawn_only_as_far_as_it_was_played(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/sigmoid")

    def drawn() -> list[bool]:
        figure.wait_for_frames()
        places = (LAST // 4, LAST // 2, LAST)
        return [is_drawn(figure, "cuts", BOTH.positions[one], BOTH.line.cut[one]) for one in places]

    assert drawn() == [False, False, False]
    figure.put("outlier", LAST // 2)
    figure.wait_for_state(outlier=PLACE.texts[LAST // 2])
    figure.put("outlier", 0)
    figure.wait_for_state(outlier="none")
    assert drawn() == [True, True, False]


def test_play_pushes_it_all_the_way(outlier: Figure) -> None:
    outlier.page.get_by_label("speed").first.select_option("4")
    outlier.button("play").click()
    outlier.wait_for_state(outlier=PLACE.texts[-1])
    outlier.wait_for_address(outlier=PLACE.texts[-1])
    assert numbers(sentence(outlier))[-2:] == [BOTH.line.mistakes[-1], BOTH.sigmoid.mistakes[-1]]


def test_keys_move_it_by_one_place(outlier: Figure) -> None:
    outlier.slide("outlier", "ArrowRight", times=3)
    outlier.wait_for_address(outlier=PLACE.texts[3])
    outlier.slide("outlier", "Home")
    outlier.wait_for_address(outlier="none")
    outlier.slide("outlier", "End")
    outlier.slide("outlier", "ArrowLeft")
    outlier.wait_for_address(outlier=PLACE.texts[-2])
    assert numbers(sentence(outlier))[-2:] == [BOTH.line.mistakes[-2], BOTH.sigmoid.mistakes[-2]]


def test_other_data_begin_anew_and_stop_honestly(outlier: Figure) -> None:
    outlier.put("outlier", LAST)
    outlier.wait_for_address(outlier=PLACE.texts[LAST])
    for data, clicks in (("separable", 2), ("pictures", 1), ("challenger", 2)):
        for _ in range(clicks):  # a second click on the same choice changes nothing
            outlier.wait_for_server()
            outlier.choice("data", data, chapter="sigmoid").click()
        outlier.wait_for_address(data=data, outlier="none")
        outlier.wait_for_server()
        both, place = both_fits(data), outlier_slider(data)
        outlier.put("outlier", 7)
        outlier.wait_for_address(outlier=place.texts[7])
        said = sentence(outlier)
        wrong = re.search(r"gets (\d+) wrong \(○\), the sigmoid (\d+)", said)
        assert wrong and [int(count) for count in wrong.groups()] == [
            both.line.mistakes[7],
            both.sigmoid.mistakes[7],
        ]
        assert ("No end to its w" in said) == (data == "separable")
    assert not outlier.warnings


# ---- the sigmoid itself


def test_the_neuron_computes_what_numpy_computes(outlier: Figure) -> None:
    turned = second(outlier)
    assert turned.root.locator(".readouts > span").nth(2).is_hidden(), "until it is asked for"
    turned.root.get_by_role("group", name=SAID.figure["slopes"]).get_by_role(
        "button", name=SAID.figure["slopes_shown"]
    ).click()
    for w, b, x in ((0, 0, 0), (24, 20, 32), (10, 13, 20)):
        for name, place in (("w", w), ("b", b), ("x", x)):
            turned.put(name, place)
        turned.wait_for_state(w=WEIGHT.texts[w], b=BIAS.texts[b], x=INPUT.texts[x])
        z = WEIGHT.values[w] * INPUT.values[x] + BIAS.values[b]
        of_z, of_a, of_slope = turned.readouts()
        assert numbers(of_z)[-1] == pytest.approx(z, abs=0.0006)
        assert numbers(of_a)[-1] == pytest.approx(float(sigmoid(z)), abs=0.00006)
        assert numbers(of_slope)[-1] == pytest.approx(float(sigmoid_derivative(z)), rel=0.006)
        kind = KINDS[int(kinds(np.array(z)))]
        assert sentence(turned).endswith(SAID.figure[kind])
        assert is_drawn(turned, "x", INPUT.values[x], float(sigmoid(z)))


def test_the_neuron_walks_along_x(outlier: Figure) -> None:
    turned = second(outlier)
    turned.page.get_by_label("speed").nth(1).select_option("4")
    turned.page.get_by_role("button", name="walk along", exact=True).click()
    turned.page.locator(".st-key-tell-sigmoid-walk-along button").click()
    turned.wait_for("player.isPlaying()")
    turned.wait_for_state(w="2", b="0", x=INPUT.texts[-1])
    assert outlier.state["outlier"] == "none"


def test_off_the_plot_stands_an_arrow_and_the_way_to_it(outlier: Figure) -> None:
    turned = second(outlier)
    for name, place in (("w", 24), ("b", 20), ("x", 32)):
        turned.put(name, place)
    turned.panel("z").get_by_role("button", name="zoom out").click()
    turned.wait_for_frames()
    assert turned.ranges("z")[0][1] > WEIGHT.values[-1] * INPUT.values[-1] + BIAS.values[-1]


# ---- one address, one page


def test_a_reload_restores_both_figures(outlier: Figure) -> None:
    outlier.put("outlier", 20)
    turned = second(outlier)
    turned.put("w", 3)
    turned.put("b", 4)
    turned.put("x", 5)
    wanted = {
        "data": "challenger",
        "outlier": PLACE.texts[20],
        "ahead": "hidden",
        "slopes": "hidden",
        "w": WEIGHT.texts[3],
        "b": BIAS.texts[4],
        "x": INPUT.texts[5],
    }
    outlier.wait_for_address(**wanted)
    outlier.page.reload()
    outlier.wait_until_drawn()
    outlier.wait_for_state(outlier=wanted["outlier"])
    turned.wait_until_drawn()
    turned.wait_for_state(**{name: wanted[name] for name in "wbx"})
    assert outlier.address == wanted
    assert not outlier.warnings


def test_the_table_comes_when_it_is_opened(outlier: Figure) -> None:
    page = outlier.page
    assert page.get_by_test_id("stTable").count() == 0
    page.get_by_text(SAID.text["table"], exact=True).click()
    page.get_by_test_id("stTable").wait_for()
    rows = page.get_by_test_id("stTable").locator("tbody tr")
    assert rows.count() == BOTH.Y.size
    shown = " ".join(rows.all_inner_texts())
    assert shown.count("wrong") == sum(
        np.count_nonzero(wrong[place]) for wrong in (BOTH.line.wrong, BOTH.sigmoid.wrong) for place in (0, -1)
    )
    assert outlier.state["outlier"] == "none"


def test_what_was_left_beside_other_data_is_not_taken_over(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/sigmoid?data=separable")
    figure.put("outlier", 12)
    figure.wait_for_address(data="separable")
    figure.open(f"{server}/sigmoid")
    figure.wait_for_address(data="challenger", outlier="none")
    figure.wait_for_state(outlier="none")
