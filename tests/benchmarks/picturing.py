"""Pictures to columns of X and back, and a camera's picture read, in time and in memory."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from statistics import median
from tempfile import NamedTemporaryFile
from typing import Any, Final

import numpy as np
from PIL import Image

from explainer.pictures import load_picture, to_columns, to_pictures
from tests.benchmarks.maths import seconds
from tests.benchmarks.result import Result

NUM_PICTURES: Final = 300
WIDTH, HEIGHT = 4000, 3000
REPEATS: Final = 7
COLUMNS_LIMIT: Final = 0.020  # seconds
LOAD_LIMIT: Final = 0.5  # seconds
MEMORY_LIMIT: Final = 150  # MB
PEAK: Final = """
import sys
from pathlib import Path
from PIL import Image
from explainer.pictures import load_picture
def kilobytes(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
Image.init()
before = kilobytes("VmRSS")
load_picture(sys.argv[1])
print(kilobytes("VmHWM") - before)
"""
"""What a fresh interpreter runs, on Linux; its ru_maxrss would begin with that of the one that starts it."""


def results() -> Iterator[Result]:
    """Medians; the reference in turns with what is measured."""
    yield columns_and_back()
    photo = camera_jpeg()
    yield loading(photo)
    yield memory(photo)


def columns_and_back() -> Result:
    """300 pictures as X and as pictures again, beside copying the bytes of X once."""
    pictures = np.random.default_rng(0).integers(0, 256, (NUM_PICTURES, 64, 64, 3), dtype=np.uint8)
    X = to_columns(pictures)
    elsewhere = np.zeros_like(X)
    there_and_back, copying = in_turns(
        lambda: to_pictures(to_columns(pictures)), lambda: np.copyto(elsewhere, X)
    )
    return Result(
        f"{NUM_PICTURES} pictures to columns and back",
        f"{there_and_back * 1000:.1f} ms",
        f"<= {COLUMNS_LIMIT * 1000:.0f} ms",
        f"a plain copy of the {X.nbytes / 1e6:.0f} MB of X: {copying * 1000:.1f} ms",
        there_and_back <= COLUMNS_LIMIT,
    )


def loading(photo: bytes) -> Result:
    """A camera's JPEG read, beside Pillow that decodes all of it and does no more."""
    ours, decoding = in_turns(lambda: load_picture(photo), lambda: Image.open(BytesIO(photo)).load())
    return Result(
        f"load_picture, JPEG of {WIDTH} x {HEIGHT}, {len(photo) / 1e6:.1f} MB",
        f"{ours * 1000:.0f} ms",
        f"<= {LOAD_LIMIT * 1000:.0f} ms",
        f"Pillow decoding it in full: {decoding * 1000:.0f} ms",
        ours <= LOAD_LIMIT,
    )


def memory(photo: bytes) -> Result:
    """How much a fresh process grows at most as it reads the JPEG."""
    with NamedTemporaryFile(suffix=".jpg") as file:
        file.write(photo)
        file.flush()
        ran = subprocess.run(
            [sys.executable, "-c", PEAK, file.name], check=True, capture_output=True, text=True
        )
    peak = int(ran.stdout) * 1024 / 1e6
    return Result(
        "load_picture, the same JPEG, peak memory above the start",
        f"{peak:.0f} MB",
        f"<= {MEMORY_LIMIT} MB",
        f"its pixels decoded: {WIDTH * HEIGHT * 3 / 1e6:.0f} MB",
        peak <= MEMORY_LIMIT,
    )


def in_turns(*functions: Callable[[], Any]) -> tuple[float, ...]:
    """The median seconds of each function, called in turns, once before to warm up."""
    for function in functions:
        function()
    rounds = [[seconds(function) for function in functions] for _ in range(REPEATS)]
    return tuple(median(times) for times in zip(*rounds, strict=True))


def camera_jpeg() -> bytes:
    """12 megapixels of gradients and seeded noise, as a JPEG of good quality."""
    rng = np.random.default_rng(0)
    across, down = np.linspace(0, 200, WIDTH), np.linspace(0, 200, HEIGHT)[:, None]
    pixels = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    for channel, light in enumerate((across + 0 * down, 0 * across + down, (across + down) / 2)):
        pixels[..., channel] = light + rng.integers(0, 32, light.shape)
    file = BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=90)
    return file.getvalue()
