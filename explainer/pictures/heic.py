"""Pictures in HEIC, as many phones write them, decoded by pi-heif: LGPL, because it has no encoder."""

from typing import Final

import numpy as np
from PIL import Image

DAMAGE: Final = (ValueError, EOFError, OSError, RuntimeError)
"""What opening and decoding raise on damaged files. A SyntaxError says that the decoder lacks something."""


class Heic:
    """The main picture of a HEIC file: its size is known at once, its pixels are decoded by `load`.

    It is upright then: the file itself says how it is to be turned, and the decoder has done so.
    """

    def __init__(self, content: bytes) -> None:
        import pi_heif  # for the first one only: it takes a tenth of a second

        file = pi_heif.open_heif(content)
        if not len(file):
            raise SyntaxError("no picture in it is coded in HEVC")
        self._image = file[file.primary_index]
        self.width, self.height = self._image.size

    def load(self) -> None:
        """Decodes it; its size is then that of the upright picture."""
        self._rows = np.frombuffer(self._image.data, np.uint8)
        self.width, self.height = self._image.size
        self._rows = self._rows.reshape(self.height, self.width, -1)

    def crop(self, box: tuple[int, int, int, int]) -> Image.Image:
        """A part of it, from (left, top) to (right, bottom), without a second copy of the whole."""
        left, top, right, bottom = box
        part = np.ascontiguousarray(self._rows[top:bottom, left:right])
        return Image.frombytes(self._image.mode, (right - left, bottom - top), part.tobytes())
