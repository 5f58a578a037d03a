"""The functions that have a card in the chapter *NumPy basics*, what they take, and prepared numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from explainer.maths import numpy_basics as basics

Kind = Literal["number", "numbers", "vector", "matrix", "image"]
COURSE_IMAGE: Final = np.array(
    [
        [[0.67826139, 0.29380381], [0.90714982, 0.52835647], [0.4215251, 0.45017551]],
        [[0.92814219, 0.96677647], [0.85304703, 0.52351845], [0.19981397, 0.27417313]],
        [[0.60659855, 0.00533165], [0.10820313, 0.49978937], [0.34144279, 0.94630077]],
    ]
)
"""The image (3, 3, 2) in the assignment."""
COURSE_1: Final = "9 2 5 0 0 7 5 0 0 0 9 2 5 0 0"
COURSE_2: Final = "9 2 2 9 0 9 2 5 0 0 9 2 5 0 0"


@dataclass(frozen=True)
class Card:
    """A function, what it takes, prepared texts for each argument, and its source: slow twin first."""

    function: Callable[..., Any]
    arguments: Mapping[str, Kind]
    examples: Mapping[str, tuple[str, ...]]
    code: tuple[Callable[..., Any], ...]


PAIR: Final[Mapping[str, Kind]] = {"x1": "vector", "x2": "vector"}
LOSS: Final[Mapping[str, Kind]] = {"yhat": "vector", "y": "vector"}
PAIRS: Final = {"small": ("1 2 3", "4 5 6"), "course": (COURSE_1, COURSE_2)}
LOSSES: Final = {"course": ("0.9 0.2 0.1 0.4 0.9", "1 0 0 1 1"), "perfect": ("1 0 0 1 1", "1 0 0 1 1")}
CARDS: Final[Mapping[str, Card]] = {
    "basic_sigmoid": Card(
        basics.basic_sigmoid,
        {"x": "number"},
        {"three": ("3",), "zero": ("0",), "far": ("-1000",)},
        (basics.basic_sigmoid,),
    ),
    "sigmoid": Card(
        basics.sigmoid,
        {"x": "numbers"},
        {"course": ("1 2 3",), "wide": ("-4 -2 0 2 4",), "far": ("-1000 0 1000",)},
        (basics.sigmoid,),
    ),
    "sigmoid_derivative": Card(
        basics.sigmoid_derivative,
        {"x": "numbers"},
        {"course": ("1 2 3",), "wide": ("-4 -2 0 2 4",)},
        (basics.sigmoid_derivative, basics.sigmoid),
    ),
    "image2vector": Card(
        basics.image2vector,
        {"image": "image"},
        {"small": ("2 2 3",), "course": ("3 3 2",), "picture": ("64 64 3",)},
        (basics.image2vector,),
    ),
    "normalize_rows": Card(
        basics.normalize_rows,
        {"x": "matrix"},
        {"course": ("0 3 4\n1 6 4",), "zeros": ("3 4\n0 0\n5 12",)},
        (basics.normalize_rows,),
    ),
    "softmax": Card(
        basics.softmax,
        {"x": "matrix"},
        {"course": ("9 2 5 0 0\n7 5 0 0 0",), "thousand": ("1000 1000 1000 1000\n1000 999 998 0",)},
        (basics.softmax,),
    ),
    "dot": Card(basics.dot, PAIR, PAIRS, (basics.dot_loop, basics.dot)),
    "outer": Card(
        basics.outer,
        PAIR,
        {"small": ("1 2 3", "1 10 100 1000"), "course": (COURSE_1, COURSE_2)},
        (basics.outer_loop, basics.outer),
    ),
    "elementwise": Card(basics.elementwise, PAIR, PAIRS, (basics.elementwise_loop, basics.elementwise)),
    "general_dot": Card(
        basics.general_dot,
        {"W": "matrix", "x": "vector"},
        {"small": ("1 2 3\n4 5 6", "1 10 100"), "wide": ("1 0 0 0 0\n1 1 1 1 1", "9 2 5 0 7")},
        (basics.general_dot_loop, basics.general_dot),
    ),
    "l1": Card(basics.l1, LOSS, LOSSES, (basics.l1,)),
    "l2": Card(basics.l2, LOSS, LOSSES, (basics.l2,)),
}
"""By name, in the order of the assignment."""
