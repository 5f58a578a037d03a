"""What ``make room`` tells and starts, on made-up computers."""

import re
from itertools import pairwise

from explainer.open_room import command, room_text
from explainer.serving.addresses import Candidate, Interface, candidates, heard_at, listening_address
from explainer.words import COMMON
from tests.codes import drawn, said, terminal_squares
from tests.serving.test_addresses import LAPTOP, LOOPBACK


def reached(*interfaces: Interface) -> tuple[Candidate, ...]:
    known = candidates(interfaces)
    return heard_at(listening_address(known), known)


def addresses(text: str) -> list[str]:
    return re.findall(r"http://[^\s\033]+", text)


def options(words: list[str], name: str) -> list[str]:
    return [value for option, value in pairwise(words) if option == name]


def test_all_addresses_are_told_and_the_best_one_has_a_code() -> None:
    text = room_text(reached(*LAPTOP), 8600)
    best = "http://192.168.1.20:8600"
    assert addresses(text) == [
        best, "http://10.8.0.6:8600", "http://172.18.0.1:8600", "http://172.17.0.1:8600", "http://127.0.0.1:8600",
    ]  # fmt: skip
    assert said(drawn(terminal_squares(text))) == [best]
    assert COMMON["room"]["open"] in text and COMMON["addresses"]["vpn"] in text and "tun0" in text


def test_the_only_address_has_no_list_of_others() -> None:
    text = room_text(reached(Interface("wlan0", ("10.0.0.2",))), 8501)
    assert addresses(text) == ["http://10.0.0.2:8501", "http://127.0.0.1:8501"]
    assert COMMON["room"]["others"] not in text


def test_without_a_network_it_says_so_and_listens_here() -> None:
    text, words = room_text(reached(LOOPBACK), 8501), command(reached(LOOPBACK), 8501)
    assert text.strip() == COMMON["room"]["closed"].format(address="http://127.0.0.1:8501")
    assert options(words, "--server.address") == ["127.0.0.1"]


def test_the_server_answers_at_what_was_told_and_nowhere_else() -> None:
    words = command(reached(*LAPTOP), 8600, "a folder")
    assert options(words, "--server.address") == ["0.0.0.0"] and options(words, "--server.port") == ["8600"]
    told = {
        address.split("/")[2].rpartition(":")[0] for address in addresses(room_text(reached(*LAPTOP), 8600))
    }
    assert set(options(words, "--server.allowedHosts")) == {*told, "localhost"}
    assert words[words.index("--") :] == ["--", "--pictures", "a folder"]


def test_with_ipv6_alone_it_listens_there_and_hosts_have_no_brackets() -> None:
    words = command(reached(LOOPBACK, Interface("eth0", ("fd00::2",))), 8501)
    assert options(words, "--server.address") == ["::"] and "fd00::2" in options(
        words, "--server.allowedHosts"
    )
    assert "--" not in words
