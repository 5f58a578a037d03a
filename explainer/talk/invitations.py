"""How others join a talk: at which addresses its desks and the app are, and the codes of these addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from explainer.serving.addresses import Candidate, heard_at, is_loopback
from explainer.serving.qr_code import image_address, qr_code
from explainer.words import COMMON, TALK

SCHEMES: Final = {"ws": "http", "wss": "https", "http": "http", "https": "https"}


@dataclass(frozen=True)
class Origin:
    """Where the app is reached, as ``http://192.168.1.5:8501``, and in words what kind of address that is."""

    origin: str
    kind: str


@dataclass(frozen=True)
class Asked:
    """How the projector's page itself reached the app: the Host, the scheme, whether through a proxy."""

    host: str
    scheme: str
    is_forwarded: bool = False

    @classmethod
    def of(cls, headers: Mapping[str, str], scheme: str) -> "Asked":
        """By a request's headers and its own scheme; a proxy says which scheme it was asked with."""
        forwarded = headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
        known = SCHEMES.get(forwarded) or SCHEMES.get(scheme, "http")
        names = ("x-forwarded-proto", "x-forwarded-for", "x-forwarded-host", "forwarded")
        return cls(headers.get("host", ""), known, any(name in headers for name in names))


def is_same_site(origin: str | None, host: str) -> bool:
    """Whether a page of that origin was served under that Host. A page that names none is none of ours."""
    return bool(host) and (origin or "").lower() in {
        f"{scheme}://{host.lower()}" for scheme in ("http", "https")
    }


def origins(asked: Asked, listening: str | None, known: Iterable[Candidate]) -> tuple[Origin, ...]:
    """The addresses at which others reach the app, the likeliest first; this computer's own if there is none.

    That under which the page was opened comes first, but for a loopback's; behind a proxy it is the only one.
    `listening` is where the server listens, `known` are this computer's addresses.
    """
    own = Origin(f"{asked.scheme}://{asked.host}", TALK["hub"]["opened"])
    there = _split(asked)
    if asked.is_forwarded:
        return (own,)
    port = f":{there.port}" if there.port else ""
    reached = [
        Origin(f"{asked.scheme}://{one.host}{port}", COMMON["addresses"][one.kind])
        for one in heard_at(listening, known)
    ]
    if is_loopback(there.hostname or ""):
        return tuple(reached) or (own,)
    same = [one for one in reached if one.origin == own.origin]
    return (*(same or [own]), *(one for one in reached if one not in same))


def invitation(asked: Asked, found: Iterable[Origin], root: str, talk: str, secret: str) -> dict[str, Any]:
    """What a screen is told. `root` is the app's path, without a slash at its end."""
    found = list(found)
    is_alone = all(is_loopback(urlsplit(one.origin).hostname or "") for one in found)
    addresses = [_address(one, f"{one.origin}{root}/", f"desk/{talk}#{secret}") for one in found]
    return {"kind": "invitation", "addresses": addresses, "isAlone": is_alone}


def _address(one: Origin, app: str, way: str) -> dict[str, Any]:
    """One of them, with that of the app and of the desk there, and their codes."""
    desk = app + way
    codes = {"app": _code(app), "desk": _code(desk)}
    return {"origin": one.origin, "kind": one.kind, "app": app, "desk": desk, "codes": codes}


def _code(address: str) -> str:
    """The address of an image; "" for an address that is too long."""
    code = qr_code(address)
    return image_address(code) if code is not None else ""


def _split(asked: Asked) -> SplitResult:
    return urlsplit(f"{asked.scheme}://{asked.host}")
