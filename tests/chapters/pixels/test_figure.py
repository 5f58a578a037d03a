"""What the chapter *Pixels* sends to the browser, compared with the picture it was made of."""

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.chapters.pixels import figure as pixels
from explainer.chapters.pixels.chapter import CHAPTER
from explainer.live.pack import pack
from explainer.pictures import bundled, reduced, to_columns
from explainer.pictures.columns import n_x
from explainer.stage.layers import Cells, Frame, Image
from explainer.stage.stage import Stage
from explainer.words import words

TEXT = words("pixels").figure
PICTURE = np.random.default_rng(7).integers(0, 256, (64, 64, 3), dtype=np.uint8)


@pytest.fixture(scope="module")
def shown() -> Stage:
    return pixels.picture_stage(PICTURE, TEXT)


@pytest.fixture(scope="module")
def block(shown: Stage) -> bytes:
    return pack(shown, CHAPTER.figures["picture"].controls, TEXT)


def test_the_values_are_those_of_x_at_every_resolution(shown: Stage) -> None:
    for k, side in enumerate(pixels.SIDES):
        x = to_columns(reduced(PICTURE, side)[None])[:, 0]
        values = shown.tables["value"].values[k, : n_x(side)]
        np.testing.assert_array_equal(values, np.rint(255 * x))
        texts = [shown.tables["scaled"].labels[value] for value in values]
        np.testing.assert_allclose([float(text) for text in texts], x, atol=5e-5)


@given(k=st.sampled_from(range(len(pixels.SIDES))), data=st.data())
def test_row_column_and_channel_name_the_value(shown: Stage, k: int, data: st.DataObject) -> None:
    side = pixels.SIDES[k]
    index = data.draw(st.integers(0, n_x(side) - 1))
    row, column = (int(shown.tables[name].values[k, index]) for name in ("row", "column"))
    channel = int(shown.tables["channel"].values[index])
    assert index == (row * side + column) * 3 + channel
    assert reduced(PICTURE, side)[row, column, channel] == shown.tables["value"].values[k, index]
    # The frames stand about that pixel, in the picture and in its channel.
    span = int(shown.tables["frame"].values[k])
    left, top = (int(shown.tables[name].values[k, index]) - span / 2 for name in ("x_place", "y_place"))
    assert (left, top) == (column * span, row * span)
    aside = int(shown.tables["channel_x"].values[k, index]) - int(shown.tables["x_place"].values[k, index])
    assert aside == channel * (pixels.WIDTH + pixels.GAP)


def test_the_picture_is_itself_at_full_resolution_and_blocks_below(shown: Stage) -> None:
    drawn = shown.tables["picture"].values
    np.testing.assert_array_equal(drawn[-1], PICTURE)
    for k, side in enumerate(pixels.SIDES):
        times = 64 // side
        np.testing.assert_array_equal(drawn[k][::times, ::times], reduced(PICTURE, side))
        assert (drawn[k].reshape(side, times, side, times, 3).std(axis=(1, 3)) == 0).all()


def test_the_clock_ends_with_x(shown: Stage, block: bytes) -> None:
    assert shown.clock is not None and shown.clock.end == "resolution"
    (length,) = struct.unpack_from("<I", block)
    resolution, _ = json.loads(block[4 : 4 + length])["controls"]
    assert resolution["texts"] == [str(side) for side in pixels.SIDES]
    assert [last + 1 for last in resolution["values"]] == [n_x(side) for side in pixels.SIDES]


def test_every_panel_can_be_pressed(shown: Stage) -> None:
    assert all(panel.pick == ("index",) for panel in shown.panels)
    channels = next(panel for panel in shown.panels if panel.name == "channels")
    assert [layer.channel for layer in channels.layers if isinstance(layer, Image)] == [0, 1, 2]
    assert [layer.channel for layer in channels.layers if isinstance(layer, Cells)] == [0, 1, 2]
    assert isinstance(next(layer for layer in channels.layers if isinstance(layer, Frame)).x, str)


def test_the_whole_figure_stays_light(block: bytes) -> None:
    assert len(block) < 700_000


def test_x_is_drawn_column_by_column() -> None:
    some = bundled().pictures[:16]
    Y = bundled().Y[:, :16]
    shown = pixels.matrix_stage(some, Y, TEXT)
    X = to_columns(some)
    shades, rows = shown.tables["shades"].values, int(shown.tables["rows"].values)
    for k in (0, 57, 191):
        means = X[k * rows : (k + 1) * rows].mean(axis=0)
        for channel in range(3):
            np.testing.assert_allclose(shades[k, :, channel], 255 * means, atol=0.5)
    for m in range(17):
        cats = np.isfinite(shown.tables["cats"].values[m])
        others = np.isfinite(shown.tables["others"].values[m])
        assert cats.sum() + others.sum() == m and not (cats & others).any()
        np.testing.assert_array_equal(cats[:m], Y[0, :m] == 1)
        assert shown.tables["num_cats"].values[m] == Y[0, :m].sum()
        assert shown.tables["share"].values[m] == m / 16
    assert rows * len(shades) == X.shape[0]
