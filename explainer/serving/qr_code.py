"""A link as a QR code, for a page and for a terminal."""

from io import StringIO
from typing import Final

import segno

MOST_VERSION: Final = 10
"""A code with more squares wants to be larger on a projector than a page has room for."""
QUIET_ZONE: Final = 4
"""Light squares on each side, as the standard wants them."""
_WHITE_ON_BLACK: Final = "\033[38;5;231;48;5;16m"
_AS_BEFORE: Final = "\033[0m"


def qr_code(link: str) -> segno.QRCode | None:
    """A link's code at level M, which bears a seventh of it damaged; None for a link that is too long."""
    try:
        code = segno.make_qr(link, error="m", boost_error=False)
    except segno.DataOverflowError:  # longer than any code
        return None
    return code if int(code.version) <= MOST_VERSION else None


def svg_text(code: segno.QRCode) -> str:
    """The code as SVG, dark on white in every theme."""
    return code.svg_inline(border=QUIET_ZONE, light="#fff", dark="#000", scale=8)


def image_address(code: segno.QRCode) -> str:
    """The code as the address of an image, which holds all of it."""
    return code.svg_data_uri(border=QUIET_ZONE, light="#fff", dark="#000", scale=8)


def terminal_text(code: segno.QRCode) -> str:
    """The code for a terminal of 256 colours, dark on white whatever its own colours are."""
    drawn = StringIO()
    code.terminal(drawn, border=QUIET_ZONE, compact=True)
    return "\n".join(f"{_WHITE_ON_BLACK}{line}{_AS_BEFORE}" for line in drawn.getvalue().splitlines())
