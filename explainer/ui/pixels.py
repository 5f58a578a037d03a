"""The chapter *Pixels*: which picture, its figures for one visitor, its sentences."""

from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np
import streamlit as st

from explainer.checks import ByteArray, IntArray
from explainer.figures import matrix, pixels
from explainer.live import pack
from explainer.pictures import HELD_OUT_FAMILIES, SIDE, PictureError, bundled, load_picture
from explainer.ui.settings import Choice, Grid
from explainer.ui.visit import Chapter, Visit
from explainer.vectors import index_of, n_x
from explainer.words import words

OWN: Final = "own"
"""The picture that the visitor brought, as the address names it."""
QUICK: Final = ("cat-face", "black-cat", "tiger-face", "fox", "tangerine", "rocket")
"""Drawings that are one press away, of the first family below."""
FAMILY: Final = "noto"
SIDE_BY_SIDE: Final = 10
"""Pictures that become columns of X."""
HOME: Final = frozenset({"localhost", "127.0.0.1", "::1"})

CHAPTER: Final = Chapter(
    "pixels",
    own=frozenset({"picture"}),
    figures={"picture": frozenset({"resolution", "index"}), "matrix": frozenset({"m"})},
)
RESOLUTION: Final = Grid(
    "resolution", pixels.SIDES, tuple(map(str, pixels.SIDES)), pixels.SIDES.index(SIDE), log=True
)
INDEX: Final = Grid(
    "index", tuple(range(n_x(SIDE))), tuple(map(str, range(n_x(SIDE)))), index_of(32, 20, 0, SIDE)
)
M: Final = Grid("m", tuple(range(SIDE_BY_SIDE + 1)), tuple(map(str, range(SIDE_BY_SIDE + 1))), SIDE_BY_SIDE)


def keys() -> tuple[str, ...]:
    """The bundled pictures as the address names them: family-name."""
    drawings = bundled()
    return tuple(f"{family}-{name}" for family, name in zip(drawings.families, drawings.names, strict=True))


def setting() -> Choice:
    """Which picture: one of the bundled ones, or the visitor's own."""
    return Choice("picture", (*keys(), OWN), f"{FAMILY}-{QUICK[0]}")


def picture(visit: Visit) -> ByteArray:
    """The picture to look at, and the controls to choose it."""
    which = setting()
    chosen = visit.value(which)
    if chosen == OWN and _brought() is None:
        visit.put(which, which.default)
        visit.note(which, words("pixels").text["no_own"], which.default)
        chosen = which.default
    _quick(visit, which, chosen)
    box = st.popover(words("pixels").text["another"], on_change=visit.act)
    if box.open:  # not before: the widgets' code is heavy, and the camera would ask for leave
        with box:
            _another(visit, which, chosen)
    brought = _brought()
    if chosen == OWN and brought is not None:
        return brought
    found: ByteArray = bundled().pictures[keys().index(chosen)]
    return found


def _brought() -> ByteArray | None:
    own: ByteArray | None = st.session_state.get("own_picture")
    return own


def _quick(visit: Visit, which: Choice, chosen: str) -> None:
    options = [f"{FAMILY}-{name}" for name in QUICK] + ([OWN] if _brought() is not None else [])
    key = "pixels-quick"

    def changed() -> None:
        visit.act()
        if st.session_state[key] is not None:
            visit.put(which, st.session_state[key])

    st.session_state[key] = chosen if chosen in options else None
    st.segmented_control(
        words("pixels").text["picture"],
        options,
        key=key,
        format_func=_spoken,
        on_change=changed,
        label_visibility="collapsed",
    )


def _spoken(key: str) -> str:
    """``noto-cat-face`` as people say it."""
    return words("pixels").text["own"] if key == OWN else key.removeprefix(f"{FAMILY}-").replace("-", " ")


def _another(visit: Visit, which: Choice, chosen: str) -> None:
    """All bundled pictures, a file, the camera."""
    text = words("pixels").text
    drawn, file, camera = "pixels-drawn", "pixels-file", "pixels-camera"

    def drawn_changed() -> None:
        visit.act()
        if st.session_state[drawn] is not None:
            visit.put(which, st.session_state[drawn])

    st.session_state[drawn] = chosen if chosen != OWN else None
    st.selectbox(
        text["bundled"].format(count=len(bundled().names)),
        keys(),
        key=drawn,
        format_func=lambda key: key.replace("-", " "),
        on_change=drawn_changed,
    )
    types = ["jpg", "jpeg", "png", "webp", "gif", "bmp"]
    st.file_uploader(text["upload"], types, key=file, on_change=_take, args=(visit, which, file))
    address = urlsplit(st.context.url or "")
    if lends_camera(address.scheme, address.hostname or ""):
        st.camera_input(text["camera"], key=camera, on_change=_take, args=(visit, which, camera))
    else:
        st.caption(text["no_camera"].format(address=f"{address.scheme}://{address.netloc}"))


def lends_camera(scheme: str, host: str) -> bool:
    """Browsers lend it to pages that nobody on the way can have changed."""
    return scheme == "https" or host in HOME


def _take(visit: Visit, which: Choice, key: str) -> None:
    """The visitor's file becomes the picture; if it cannot, the one before stays, and a sentence says why."""
    visit.act()
    st.session_state.pop("picture_trouble", None)
    file = st.session_state[key]
    if file is None:
        return
    try:
        st.session_state["own_picture"] = load_picture(file)
    except PictureError as problem:
        text = words("pixels").text["trouble"]
        st.session_state["picture_trouble"] = text.format(name=_harmless(file.name), reason=problem)
        return
    visit.put(which, OWN)


def _harmless(name: str) -> str:
    """A stranger's file name, short and without marks that would format it."""
    return "".join(letter if letter.isalnum() or letter in " .-" else "·" for letter in name[:60])


def trouble() -> None:
    """What was wrong with the file that was chosen last."""
    if "picture_trouble" in st.session_state:
        st.warning(st.session_state["picture_trouble"])


def pointing(visit: Visit) -> None:
    """The first figure's own controls; a place past the end of x is brought back to its end."""
    side = pixels.SIDES[visit.value(RESOLUTION)]
    last = n_x(side) - 1
    if visit.value(INDEX) > last:
        asked_for = bool(visit.stay.seen.get(INDEX.name))
        visit.put(INDEX, last)
        if asked_for:
            visit.note(INDEX, words("pixels").text["beyond"].format(side=side, last=last), last)
    visit.value(M)


@st.cache_data(max_entries=48, show_spinner=False)
def stage(picture: bytes) -> bytes:
    """The first figure, packed, of a picture's 64 x 64 x 3 bytes."""
    array = np.frombuffer(picture, dtype=np.uint8).reshape(SIDE, SIDE, 3)
    return pack(pixels.stage(array, words("pixels").figure))


@st.cache_data(max_entries=1, show_spinner=False)
def matrix_stage() -> bytes:
    """The second figure, packed: cats and others of one family in turn, as columns of X."""
    family = bundled().of_families(FAMILY)
    cats, others = np.flatnonzero(family.labels), np.flatnonzero(~family.labels)
    some = np.column_stack([_spread(cats, SIDE_BY_SIDE // 2), _spread(others, SIDE_BY_SIDE // 2)]).ravel()
    text = dict(words("pixels").figure)
    return pack(matrix.stage(family.pictures[some], family.Y[:, some], text))


def _spread(places: IntArray, count: int) -> IntArray:
    """So many of the places, evenly spaced."""
    chosen: IntArray = places[np.linspace(0, len(places) - 1, count).round().astype(int)]
    return chosen


def split() -> str:
    """What the drawings are, and why they are split by family."""
    drawings = bundled()
    return (
        words("pixels")
        .text["split"]
        .format(
            num_pictures=len(drawings.names),
            num_cats=int(drawings.labels.sum()),
            num_families=len(set(drawings.families)),
            held_out=", ".join(HELD_OUT_FAMILIES),
        )
    )


def answers_in_words() -> dict[str, Any]:
    """The numbers in the tasks' questions and answers."""
    half = SIDE // 2
    here = index_of(0, 0, 0, SIDE)
    return {
        "side": SIDE,
        "half": half,
        "pixels": f"{SIDE * SIDE:,}",
        "n_x": f"{n_x(SIDE):,}",
        "n_x_half": f"{n_x(half):,}",
        "right": index_of(0, 1, 0, SIDE) - here,
        "below": index_of(1, 0, 0, SIDE) - here,
    }


def warm() -> None:
    """What the first visit asks for."""
    stage(bundled().pictures[keys().index(setting().default)].tobytes())
    matrix_stage()
