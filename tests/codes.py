"""QR codes as a phone sees them, read back by a decoder of somebody else."""

import re
from typing import Any

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from explainer.serving.qr_code import QUIET_ZONE

WIDTH = 160  # pixels
HALVES = {"█": (0, 0), "▀": (0, 1), "▄": (1, 0), " ": (1, 1)}
"""A letter of the terminal -> whether its upper and its lower half are dark."""


def said(picture: Image.Image) -> list[str]:
    """What the codes in a picture say."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def drawn(squares: NDArray[np.bool_]) -> Image.Image:
    """A picture of a code, `WIDTH` wide, from its squares, True where they are dark."""
    return Image.fromarray(np.where(squares, 0, 255).astype(np.uint8)).resize((WIDTH, WIDTH), Image.BILINEAR)


def with_quiet_zone(matrix: Any) -> NDArray[np.bool_]:
    return np.pad(np.array(matrix, bool), QUIET_ZONE)


def terminal_squares(text: str) -> NDArray[np.bool_]:
    """The squares of the code in a terminal's text: of the lines that have its colours."""
    lines = [re.sub(r"\033\[[\d;]*m", "", line) for line in text.splitlines() if "48;5;16m" in line]
    rows = [[HALVES[letter][half] for letter in line] for line in lines for half in (0, 1)]
    return np.array(rows, bool)[: len(lines[0])]  # it is square; the last half may be none
