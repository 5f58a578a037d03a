"""Codes, read back by a decoder of somebody else from a picture as small as a badge."""

import re
from urllib.parse import unquote

import numpy as np
import pytest

from explainer.serving.qr_code import (
    MOST_VERSION,
    QUIET_ZONE,
    image_address,
    qr_code,
    svg_text,
    terminal_text,
)
from tests.codes import drawn, said, terminal_squares, with_quiet_zone

LINKS = {
    "short": "http://10.0.0.7:8501/",
    "usual": "http://192.168.178.120:8501/descent?data=challenger&start=3,3&learning_rate=0.1&step=42",
    "IPv6": "http://[2001:db8:85a3:8d3:1319:8a2e:370:7348]:8501/pixels?picture=noto-cat-face",
    "longest": "http://192.168.178.120:8501/descent?start=" + "3" * 171,
}


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_a_picture_of_a_code_says_the_link(link: str) -> None:
    code = qr_code(link)
    assert code is not None and code.error == "M"
    assert said(drawn(with_quiet_zone(code.matrix))) == [link]


def test_the_longest_link_has_the_largest_code_and_a_longer_one_none() -> None:
    code = qr_code(LINKS["longest"])
    assert code is not None and code.version == MOST_VERSION
    assert qr_code(LINKS["longest"] + "3") is None
    assert qr_code("x" * 3000) is None


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_a_terminal_shows_the_link_dark_on_white(link: str) -> None:
    code = qr_code(link)
    assert code is not None
    shown = terminal_text(code)
    assert all(
        line.startswith("\033[38;5;231;48;5;16m") and line.endswith("\033[0m") for line in shown.splitlines()
    )
    assert said(drawn(terminal_squares(shown))) == [link]


def strokes(path: str) -> np.ndarray:
    """The squares that an SVG's path goes over: ``M x y`` begins, ``m x y`` jumps and ``h x`` draws."""
    place, squares = np.zeros(2), np.zeros((100, 100), bool)
    for move, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        by = [float(number) for number in numbers.split()]
        if move == "h":
            squares[int(place[1]), int(place[0]) : int(place[0] + by[0])] = True
        place = np.array(by) if move == "M" else place + [*by, 0][:2]
    return squares


def test_the_svg_says_the_link_on_a_white_ground() -> None:
    code = qr_code(LINKS["usual"])
    assert code is not None
    svg, side = svg_text(code), code.symbol_size(border=QUIET_ZONE)[0]
    assert f'fill="#fff" d="M0 0h{side}v{side}h-{side}z"' in svg and 'stroke="#000"' in svg
    (path,) = re.findall(r'class="qrline".* d="([^"]+)"', svg)
    assert said(drawn(strokes(path)[:side, :side])) == [LINKS["usual"]]


def test_an_image_of_a_code_says_what_its_svg_says() -> None:
    code = qr_code(LINKS["usual"])
    assert code is not None
    kind, _, data = image_address(code).partition(",")
    assert kind.startswith("data:image/svg+xml")
    path = re.search(r'class="qrline"[^>]* d="([^"]*)"', svg_text(code))
    assert path is not None and path[1] in unquote(data)
    assert "http://www.w3.org/2000/svg" in unquote(data)
