"""What ``make room`` starts: the app for everybody in this network. Tells where it is and what that means."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from explainer.serving.addresses import Candidate, candidates, heard_at, listening_address, read_interfaces
from explainer.serving.qr_code import qr_code, terminal_text
from explainer.words import COMMON

HERE: Final = ("localhost", "127.0.0.1")
BOLD: Final = "\033[1m{}\033[0m"


def main() -> None:
    """Prints the addresses, and becomes Streamlit's process, so that a signal ends the app."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--pictures", default="")
    options = parser.parse_args()
    known = candidates(read_interfaces())
    reached = heard_at(listening_address(known), known)
    print(room_text(reached, options.port), flush=True)
    os.execv(sys.executable, command(reached, options.port, options.pictures))


def command(reached: Sequence[Candidate], port: int, pictures: str = "") -> list[str]:
    """The process that serves the app at these addresses and at no other.

    Streamlit's own welcome is left out: it would ask the internet for this network's address.
    """
    streamlit = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    where = ["--server.address", listening_address(reached), "--server.port", str(port)]
    hosts = [*HERE, *(str(one.ip) for one in reached)]
    allowed = [part for host in hosts for part in ("--server.allowedHosts", host)]
    quiet = ["--logger.hideWelcomeMessage", "true"]
    return [*streamlit, *where, *allowed, *quiet, *(["--", "--pictures", pictures] if pictures else [])]


def room_text(reached: Sequence[Candidate], port: int) -> str:
    """What opening the app to this network means, and its addresses; the best one as a code, too."""
    text, here = COMMON["room"], f"http://{HERE[1]}:{port}"
    if not reached:
        return f"{text['closed'].format(address=here)}\n"
    best, *others = reached
    address = _address(best, port)
    code = qr_code(address)
    parts = [text["open"], text["best"], BOLD.format(address), terminal_text(code) if code else ""]
    if others:
        parts.append("\n".join([text["others"], *(f"  {_candidate_text(one, port)}" for one in others)]))
    parts.append(text["here"].format(address=here))
    return "\n\n".join(part for part in parts if part) + "\n"


def _address(candidate: Candidate, port: int) -> str:
    return f"http://{candidate.host}:{port}"


def _candidate_text(candidate: Candidate, port: int) -> str:
    return str(
        COMMON["room"]["candidate"].format(
            address=_address(candidate, port),
            interface=candidate.interface,
            kind=COMMON["addresses"][candidate.kind],
        )
    )


if __name__ == "__main__":
    main()
