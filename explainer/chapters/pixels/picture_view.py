"""The chapter *Pixels*: which picture, its figures for one visitor, its sentences."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import streamlit as st

from explainer.chapters.pixels import figure as pixels
from explainer.chapters.pixels import matrix_view as side_by_side
from explainer.chapters.pixels.matrix_view import FAMILY, in_turn
from explainer.live import pack
from explainer.maths.checks import ByteArray
from explainer.pictures import HELD_OUT_FAMILIES, SIDE, bundled
from explainer.pictures.columns import index_of, n_x
from explainer.stage.settings import Choice, Grid, SettingError
from explainer.ui import own_picture, picture_sets
from explainer.ui import uploads as brought_sets
from explainer.ui.picture_sets import Chosen
from explainer.ui.visit import Chapter, Visit
from explainer.words import COMMON, words

OWN: Final = "own"
"""The picture that the visitor brought, as the address names it."""
QUICK: Final = ("cat-face", "black-cat", "tiger-face", "fox", "tangerine", "rocket")
"""Drawings that are one press away."""
SHORT: Final = 16
"""Letters of a file's name on a button."""
SET_SEEN: Final = "pixels_set"

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


@dataclass(frozen=True)
class Which(Choice):
    """Which picture; one of a set that is not in use is told from one that nobody knows."""

    def read(self, text: str) -> str:
        if text not in self.options and text.partition("-")[0] in (picture_sets.COURSE, picture_sets.ZIP):
            raise SettingError(COMMON["sets"]["not_in_use"], self.default)
        return super().read(text)


def keys(chosen: Chosen | None = None) -> tuple[str, ...]:
    """The pictures of a set as the address names them: of the bundled ones, family-name."""
    if chosen is None or chosen.name == picture_sets.DRAWINGS:
        drawings = bundled()
        return tuple(
            f"{family}-{name}" for family, name in zip(drawings.families, drawings.names, strict=True)
        )
    names = chosen.every.names
    if chosen.name == picture_sets.ZIP:  # names of files are the visitor's own affair
        return tuple(f"{chosen.name}-{number}" for number in range(1, len(names) + 1))
    return tuple(f"{chosen.name}-{name.replace(' ', '-')}" for name in names)


def quick(chosen: Chosen | None = None) -> tuple[str, ...]:
    """Pictures that are one press away: of another set some cats and others, in turn."""
    if chosen is None or chosen.name == picture_sets.DRAWINGS:
        return tuple(f"{FAMILY}-{name}" for name in QUICK)
    every = keys(chosen)
    return tuple(every[place] for place in in_turn(chosen.every, len(QUICK)))


def setting(chosen: Chosen | None = None) -> Which:
    """Which picture: one of the bundled ones, one of the set in use, or the visitor's own."""
    other = () if chosen is None or chosen.name == picture_sets.DRAWINGS else keys(chosen)
    return Which("picture", (*keys(), *other, OWN), quick(chosen)[0])


def picture(visit: Visit) -> ByteArray:
    """The picture to look at, and the controls to choose it."""
    in_use = picture_sets.in_use()
    which = setting(in_use)
    _begin_with(visit, which, in_use)
    chosen = visit.value(which)
    if chosen == OWN and own_picture.brought() is None:
        visit.put(which, which.default)
        visit.note(which, words("pixels").text["no_own"], which.default)
        chosen = which.default
    _quick(visit, which, chosen, in_use)
    box = own_picture.box(visit, words("pixels").text["another"])
    if box.open:
        with box:
            _another(visit, which, chosen, in_use)
    brought = own_picture.brought()
    if chosen == OWN and brought is not None:
        return brought
    if chosen in keys():
        found: ByteArray = bundled().pictures[keys().index(chosen)]
    else:
        found = in_use.every.pictures[keys(in_use).index(chosen)]
    return found


def _begin_with(visit: Visit, which: Which, in_use: Chosen) -> None:
    """Another set than last time begins with a picture of its own, unless the address asks for one."""
    before = st.session_state.get(SET_SEEN, picture_sets.drawings().key)
    st.session_state[SET_SEEN] = in_use.key
    visit.look_at_address(which)
    kept = visit.stay.values.get(which.name, which.default)
    if kept not in which.options or (before != in_use.key and not visit.stay.seen.get(which.name)):
        visit.put(which, which.default)


def _quick(visit: Visit, which: Which, chosen: str, in_use: Chosen) -> None:
    options = [*quick(in_use), *([OWN] if own_picture.brought() is not None else [])]
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
        format_func=_spoken(in_use).__getitem__,
        on_change=changed,
        label_visibility="collapsed",
    )


def _spoken(in_use: Chosen) -> dict[str, str]:
    """The keys that there are as people say them: ``noto-cat-face``, a photograph's number, a file's name."""
    text = words("pixels").text
    said = {key: key.removeprefix(f"{FAMILY}-").replace("-", " ") for key in keys()} | {OWN: text["own"]}
    if in_use.name != picture_sets.DRAWINGS:
        every = in_use.every
        for key, name, cat in zip(keys(in_use), every.names, every.labels, strict=True):
            short = own_picture.harmless(name, SHORT)
            said[key] = text["a_cat" if cat else "no_cat"].format(name=short)
    return said


def _another(visit: Visit, which: Which, chosen: str, in_use: Chosen) -> None:
    """All pictures of the set, a file, the camera."""
    text = words("pixels").text
    drawn = "pixels-drawn"

    def drawn_changed() -> None:
        visit.act()
        if st.session_state[drawn] is not None:
            visit.put(which, st.session_state[drawn])

    is_drawings = in_use.name == picture_sets.DRAWINGS
    there, said = keys(in_use), _spoken(in_use)
    st.session_state[drawn] = chosen if chosen in there else None
    st.selectbox(
        text["bundled" if is_drawings else "of_set"].format(count=len(there)),
        there,
        key=drawn,
        format_func=lambda key: key.replace("-", " ") if is_drawings else said[key],
        on_change=drawn_changed,
    )
    own_picture.bring(visit, lambda: visit.put(which, OWN))


def pointing(visit: Visit) -> None:
    """The first figure's own controls; a place past the end of x is brought back to its end."""
    side = pixels.SIDES[visit.value(RESOLUTION)]
    last = n_x(side) - 1
    if visit.value(INDEX) > last:
        asked_for = bool(visit.stay.seen.get(INDEX.name))
        visit.put(INDEX, last)
        if asked_for:
            visit.note(INDEX, words("pixels").text["beyond"].format(side=side, last=last), last)
    side_by_side.counting(visit, picture_sets.in_use())


@st.cache_data(max_entries=48, show_spinner=False)
def stage(picture: bytes) -> bytes:
    """The first figure, packed, of a picture's 64 x 64 x 3 bytes."""
    array = np.frombuffer(picture, dtype=np.uint8).reshape(SIDE, SIDE, 3)
    return pack(pixels.stage(array, words("pixels").figure))


def split(chosen: Chosen | None = None) -> str:
    """What the pictures are, and of the drawings why they are split by family."""
    text, every = words("pixels").text, bundled() if chosen is None else chosen.every
    numbers = {"num_pictures": len(every.names), "num_cats": int(every.labels.sum())}
    if chosen is None or chosen.name == picture_sets.DRAWINGS:
        return text["split"].format(
            **numbers, num_families=len(set(every.families)), held_out=", ".join(HELD_OUT_FAMILIES)
        )
    return text["split_other"].format(**numbers)


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
    brought_sets.in_folder()
    stage(bundled().pictures[keys().index(setting().default)].tobytes())
    side_by_side.stage(picture_sets.drawings())
