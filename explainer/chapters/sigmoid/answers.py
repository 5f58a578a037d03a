"""What the page of *Why not a straight line?* says in numbers, from the fits that are drawn."""

from typing import Any, Final

import numpy as np

from explainer.chapters.sigmoid.examples import examples
from explainer.maths.checks import FloatArray
from explainer.maths.logistic import sigmoid_derivative
from explainer.maths.outlier import BothFits, Fits, costs
from explainer.pictures.chosen import DRAWINGS
from explainer.words import words
from explainer.words.numbers import minus, number

BELOW_1: Final = np.nextafter(1, 0)
"""Instead of 1, to which float64 rounds a large sigmoid: it never reaches 1."""


def about_text(data: str, both: BothFits, pictures: str) -> str:
    """What x is, where the data come from, what is made up, and whether w grows without bound.

    `pictures` names the set in use on *Cats*. Unless that is the drawings, the text says that they are used
    here all the same.
    """
    text, shown = words("sigmoid").text, examples(data)
    sentences = [
        text[f"number_{data}"],
        text["source"].format(source=shown.source.rstrip(".")),
        text["extra"].format(m=shown.Y.size, count=both.positions.size - 1),
    ]
    if data == "pictures" and pictures != DRAWINGS:
        sentences.append(text["drawings_only"])
    return "\n\n".join([" ".join(sentence.strip() for sentence in sentences), unbounded_text(both)])


def unbounded_text(both: BothFits) -> str:
    """That w grows without bound; "" where it does not."""
    if not both.separable.any():
        return ""
    w, b, X = both.sigmoid.w[:1], both.sigmoid.b[:1], both.X[:1]
    text = words("sigmoid").text["unbounded"]
    return text.format(
        cost=number(costs(w, b, X, both.Y).item()),
        twice=number(costs(2 * w, 2 * b, X, both.Y).item(), 2),
        w=number(w.item(), 3),
    )


def answers(both: BothFits) -> dict[str, Any]:
    """The numbers in the chapter's questions and their replies."""
    line, sigmoid = both.line, both.sigmoid
    slope = sigmoid.w[0] * sigmoid_derivative(sigmoid.w[0] * both.positions[-1] + sigmoid.b[0])
    return {
        "m": both.Y.size - 1,
        "farthest": number(both.positions[-1]),
        **_before_and_after("line", line),
        "line_mistakes_added": max(0, int(line.mistakes[-1]) - int(line.mistakes[0])) or None,
        **_before_and_after("sigmoid", sigmoid),
        "line_zero": number(-line.b[0] / line.w[0], 3),
        "line_one": number((1 - line.b[0]) / line.w[0], 3),
        "share": number(both.Y[:-1].mean(), 2),
        "steep_x": number(sigmoid.cut[0], 3),
        "steepest": number(sigmoid.w[0] * sigmoid_derivative(0.0).item(), 3),
        "flattest": number(slope.item(), 2),
    }


def _before_and_after(model: str, fits: Fits) -> dict[str, Any]:
    """A model's cut and its mistakes, without the extra example and with it at its last position."""
    numbers: dict[str, Any] = {}
    for when, place in (("before", 0), ("after", -1)):
        # As the browser has it, in float32: the same digits as in the figure.
        numbers[f"{model}_{when}"] = number(float(np.float32(fits.cut[place])), 3)
        numbers[f"{model}_mistakes_{when}"] = fits.mistakes[place]
    return numbers


def table(both: BothFits) -> dict[str, list[str]]:
    """Both models' outputs, example by example: without the extra one, and with it at its last position."""
    text = words("sigmoid").text
    columns = {
        text["column_x"]: [number(x, 4) for x in both.X[-1]],
        text["column_y"]: [number(y) for y in both.Y],
    }
    shown = {"line": both.line.outputs, "sigmoid": np.minimum(both.sigmoid.outputs, BELOW_1)}
    for place, ending in ((0, ""), (-1, "_far")):
        columns[text[f"column_line{ending}"]] = _output_texts(shown["line"], both.line, place)
        columns[text[f"column_sigmoid{ending}"]] = _output_texts(shown["sigmoid"], both.sigmoid, place)
    return columns


def _output_texts(outputs: FloatArray, fits: Fits, place: int) -> list[str]:
    """Outputs as texts, marked where the answer is wrong and where it is no probability."""
    text, texts = words("sigmoid").text, []
    outside = (fits.below | fits.above)[place]
    for output, is_wrong, is_outside in zip(outputs[place], fits.wrong[place], outside, strict=True):
        shown = _three_decimals(output)
        if is_outside:
            shown = text["no_probability"].format(output=shown)
        texts.append(text["wrong"].format(output=shown) if is_wrong else shown)
    return texts


def _three_decimals(output: float) -> str:
    """An output as a text; one between 0 and 1 is never rounded to either."""
    text = words("sigmoid").text
    if np.isnan(output):
        return text["not_there"]
    if 0 < output < 0.0005 or 0.9995 <= output < 1:
        return text["nearly_0" if output < 0.5 else "nearly_1"]
    return minus(f"{output:.3f}")
