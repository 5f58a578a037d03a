"""A picture that the visitor brings, as a file or from the camera: chapters share it for the visit."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st

from explainer.maths.checks import ByteArray
from explainer.pictures import PictureError, load_picture
from explainer.ui import boxes
from explainer.ui.visit import Visit
from explainer.words import COMMON

HOME: Final = frozenset({"localhost", "127.0.0.1", "::1"})
TYPES: Final = ("jpg", "jpeg", "png", "webp", "gif", "bmp")
"""What the browser's file picker offers; what a file is, its content tells."""
BOX: Final = "own"
PICTURE: Final = "own_picture"
TROUBLE: Final = "own_picture_trouble"


def brought() -> ByteArray | None:
    """The visitor's picture (64, 64, 3), None before there is one."""
    own: ByteArray | None = st.session_state.get(PICTURE)
    return own


def box(visit: Visit, label: str) -> Any:
    """The box for `bring`, which is to be called only while it is open: the camera would ask for leave."""
    return boxes.box(visit, BOX, label)


def bring(visit: Visit, taken: Callable[[], None]) -> None:
    """Where a file is chosen or a photograph taken; `taken` is called once a picture could be used."""
    _trouble()
    text, file, camera = COMMON["own_picture"], f"{visit.chapter}-file", f"{visit.chapter}-camera"
    st.file_uploader(text["upload"], TYPES, key=file, on_change=_take, args=(visit, file, taken))
    address = urlsplit(st.context.url or "")
    if lends_camera(address.scheme, address.hostname or ""):
        st.camera_input(text["camera"], key=camera, on_change=_take, args=(visit, camera, taken))
    else:
        st.caption(text["no_camera"].format(address=f"{address.scheme}://{address.netloc}"))


def lends_camera(scheme: str, host: str) -> bool:
    """Browsers lend it to pages that nobody on the way can have changed."""
    return scheme == "https" or host in HOME


def _take(visit: Visit, key: str, taken: Callable[[], None]) -> None:
    """The visitor's file becomes the picture; if it cannot, the one before stays, and a sentence says why."""
    visit.act()
    st.session_state.pop(TROUBLE, None)
    file = st.session_state[key]
    if file is None:
        return
    try:
        st.session_state[PICTURE] = load_picture(file)
    except PictureError as problem:
        text = COMMON["own_picture"]["trouble"]
        st.session_state[TROUBLE] = text.format(name=harmless(file.name), reason=problem)
        return
    taken()


def harmless(name: str, longest: int = 60) -> str:
    """A stranger's file name, short and without marks that would format it."""
    kept = (letter if letter.isalnum() or letter in " .-_/" else "·" for letter in name[:longest])
    return "".join(kept).replace("_", "\\_")


def trouble(visit: Visit) -> None:
    """What was wrong with the file that was chosen last, unless it stands where that is chosen."""
    if not boxes.is_open(visit, BOX):
        _trouble()


def _trouble() -> None:
    if TROUBLE in st.session_state:
        st.warning(st.session_state[TROUBLE])
