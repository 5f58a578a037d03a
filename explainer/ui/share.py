"""The box below each chapter in which what is seen is shared: as a link, a code, and a scene of a talk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from streamlit import config

from explainer.live.sharing import Taken, read_taken, show_taking
from explainer.serving.addresses import Candidate, candidates, heard_at, is_loopback, read_interfaces
from explainer.serving.qr_code import qr_code, svg_text
from explainer.ui import session
from explainer.ui.places import place
from explainer.ui.scene_text import scene_text
from explainer.ui.visit import Visit
from explainer.words import COMMON

WIDTH: Final = 240  # pixels


@dataclass(frozen=True)
class Shared:
    """What was seen when it was taken: the page's address without a query, the query, each figure's scene.

    `number` is that of the browser's message.
    """

    address: str
    query: str
    scenes: Mapping[str, str]
    number: int


@dataclass
class Sharing:
    """What the session keeps: what was taken and not answered yet, what is shown, the chosen `host`."""

    taken: Taken | None = None
    shared: Shared | None = None
    host: str = ""
    count: int = 0


def kept() -> Sharing:
    """The session's `Sharing`."""
    return session.kept("sharing", Sharing)


def show_share(visit: Visit) -> None:
    """A closed box. Opened, it takes what is seen, and shows how others can see the same.

    To open it is an act: what the page's address says in that run may be behind what is seen.
    """
    box = st.expander(COMMON["share"]["box"], on_change=visit.act, key=f"share-{visit.chapter}")
    with box, place("share", box.open):
        if box.open:
            _show_taken(visit)
        else:
            kept().taken = kept().shared = None


def _show_taken(visit: Visit) -> None:
    mine, key = kept(), f"share-{visit.chapter}-take"

    def on_taken() -> None:
        visit.act()
        mine.taken = read_taken(session.value_of(key).taken)
        if mine.taken is not None:
            visit.take_over(mine.taken.state, mine.taken.beside)

    if mine.taken is not None:
        mine.count += 1
        mine.shared, mine.taken = shared(visit, mine.taken, mine.count), None
    own = {name: text for name, text in visit.texts().items() if name not in visit.about.live}
    show_taking(own, mine.shared.number if mine.shared else 0, key=key, on_taken=on_taken)
    with place("shared", mine.shared):
        if mine.shared is not None:
            _show_link(mine.shared)
            _show_scene(visit, mine.shared)


# ---- what is shared


def shared(visit: Visit, taken: Taken, count: int) -> Shared:
    """What is seen now that the browser has told; `count` makes the scenes' names differ."""
    state = visit.differing()
    scenes = {
        figure: scene_text(
            f"{visit.chapter} {count}", visit.chapter, figure, _of_figure(visit, figure, state)
        )
        for figure in visit.figures
    }
    return Shared(taken.address, query_text(visit), scenes, taken.number)


def query_text(visit: Visit) -> str:
    """The shortest query that opens what is seen: at least one setting, or it would be no link."""
    texts = visit.texts()
    shortest = sorted(texts.items(), key=lambda item: len("".join(item)))[:1]
    return urlencode(visit.differing() or dict(shortest), safe=",;:/")


def _of_figure(visit: Visit, figure: str, state: Mapping[str, str]) -> dict[str, str]:
    """What the figure depends on, also by way of its page: a talk says what of that it cannot show."""
    settings = {*visit.about.settings_of(figure), *(one.name for one in visit.about.own)}
    return {name: text for name, text in state.items() if name in settings}


# ---- at which address


def hosts(opened: str, listening: str | None, known: Iterable[Candidate], here: bool) -> dict[str, str]:
    """The hosts, with their port, at which others open a page that somebody has `opened`, the best one first.

    Each with its kind, "" for what is none of this computer's addresses. Only who sits at the computer that
    serves the page (`here`) is told its others.
    """
    parts = urlsplit(opened)
    port = f":{parts.port}" if parts.port else ""
    reached = heard_at(listening, known) if here and parts.scheme == "http" else ()
    own: dict[str, str] = {one.host + port: one.kind for one in reached}
    if is_loopback(parts.hostname or ""):
        return own or {parts.netloc: ""}
    # A name that is none of its addresses is a proxy's or a tunnel's, whose visitors they do not concern.
    return {parts.netloc: ""} | (own if parts.netloc in own else {})


def _hosts(opened: str) -> dict[str, str]:
    known, ip = candidates(read_interfaces()), st.context.ip_address
    here = ip is None or ip in {str(one.ip) for one in known}  # None: from this computer
    return hosts(opened, config.get_option("server.address"), known, here)


# ---- what is shown


def _show_link(shown: Shared) -> None:
    text, known = COMMON["share"], _hosts(shown.address)
    code_side, link_side = st.columns([1, 3], gap="medium")
    with link_side:
        host = _choose_host(known)
        link = urlunsplit(urlsplit(shown.address)._replace(netloc=host, query=shown.query))
        st.markdown(text["link"])
        st.code(link, language=None, wrap_lines=True)
        if is_loopback(urlsplit(link).hostname or ""):
            st.markdown(text["alone"])
        st.markdown(text["own"])
    with code_side, place("share-code", link):
        code = qr_code(link)
        if code is None:
            st.markdown(text["long"])
        else:
            st.image(svg_text(code), width=WIDTH, alt=text["code"].format(link=link))


def _choose_host(known: Mapping[str, str]) -> str:
    """One of several hosts, kept for the visit; the only one without asking."""
    mine = kept()
    if mine.host not in known:
        mine.host = next(iter(known))
    if len(known) == 1:
        return mine.host

    def changed() -> None:
        mine.host = session.value_of("share-host")

    st.session_state["share-host"] = mine.host
    st.radio(
        COMMON["share"]["where"],
        list(known),
        format_func=lambda host: _host_text(host, known[host]),
        key="share-host",
        on_change=changed,
    )
    return mine.host


def _host_text(host: str, kind: str) -> str:
    return str(COMMON["share"]["candidate"].format(host=host, kind=COMMON["addresses"][kind]))


def _show_scene(visit: Visit, shown: Shared) -> None:
    """The scene of one of the figures, the first one unless another is chosen."""
    text, figures = COMMON["share"], list(shown.scenes)
    if not figures:
        return
    st.markdown(text["scene"])
    chosen = figures[0]
    if len(figures) > 1:
        key = f"share-{visit.chapter}-figure"
        chosen = st.segmented_control(text["figure"], figures, default=chosen, required=True, key=key)
    with place("share-scene", chosen):
        st.code(shown.scenes[chosen], language="toml")
