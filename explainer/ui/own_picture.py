"""A picture that the visitor brings, as a file or from the camera; all chapters share it during the visit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st

from explainer.maths.checks import ByteArray
from explainer.pictures import PictureError, load_picture
from explainer.ui import controls
from explainer.ui.places import say
from explainer.ui.session import kept, value_of
from explainer.ui.visit import Visit
from explainer.words import COMMON

HOME: Final = frozenset({"localhost", "127.0.0.1", "::1"})
BOX: Final = "own"


@dataclass
class Own:
    """The visitor's `picture` (64, 64, 3), None if there is none, and what was wrong with the last file."""

    picture: ByteArray | None = None
    trouble: str = ""


def own() -> Own:
    """The session's `Own`."""
    return kept("own_picture", Own)


def brought() -> ByteArray | None:
    """The visitor's picture (64, 64, 3), None if there is none yet."""
    return own().picture


def show_box(visit: Visit, label: str) -> Any:
    """The box for `ask_for_picture`. Fill it only while it is open: a camera asks for permission at once."""
    return controls.show_box(visit, BOX, label)


def ask_for_picture(visit: Visit, on_picture: Callable[[], None]) -> None:
    """Offers the file dialog and the camera; `on_picture` is called once there is a usable picture."""
    say("own-trouble-in-box", own().trouble, st.warning)
    text, file, camera = COMMON["own_picture"], f"{visit.chapter}-file", f"{visit.chapter}-camera"
    # Any type: what the uploader refuses itself gets only a red mark, what we refuse a sentence.
    st.file_uploader(text["upload"], key=file, on_change=_take, args=(visit, file, on_picture))
    address = urlsplit(st.context.url or "")
    if lends_camera(address.scheme, address.hostname or ""):
        st.camera_input(text["camera"], key=camera, on_change=_take, args=(visit, camera, on_picture))
    else:
        st.caption(text["no_camera"].format(address=f"{address.scheme}://{address.netloc}"))


def lends_camera(scheme: str, host: str) -> bool:
    """Whether browsers let a page use the camera: only over https, or on this computer."""
    return scheme == "https" or host in HOME


def _take(visit: Visit, key: str, on_picture: Callable[[], None]) -> None:
    """Uses the visitor's file; if it is bad, the picture before it stays and a sentence says why."""
    visit.act()
    mine, file = own(), value_of(key)
    mine.trouble = ""
    if file is None:
        return
    try:
        mine.picture = load_picture(file)
    except PictureError as problem:
        text = COMMON["own_picture"]["trouble"]
        mine.trouble = text.format(name=harmless(file.name), reason=problem)
        return
    on_picture()


def harmless(name: str, longest: int = 60) -> str:
    """A visitor's file name, shortened and without characters that would format it as Markdown."""
    kept = (letter if letter.isalnum() or letter in " .-_/" else "·" for letter in name[:longest])
    return "".join(kept).replace("_", "\\_")


def show_problem(visit: Visit) -> None:
    """What was wrong with the last file, unless the box is open: then it is shown inside."""
    say("own-trouble", "" if controls.is_open(visit, BOX) else own().trouble, st.warning)
