"""Where others join: the addresses in their order, and what stands in the codes."""

import pytest

from explainer.serving.addresses import Interface, candidates
from explainer.serving.qr_code import qr_code
from explainer.talk.invitations import Asked, Origin, invitation, is_same_site, origins
from explainer.words import COMMON, TALK
from tests.codes import drawn, said, with_quiet_zone

KNOWN = candidates(
    [
        Interface("docker0", ("172.17.0.1",)),
        Interface("tun0", ("10.8.0.3",)),
        Interface("wlan0", ("192.168.1.5",)),
    ]
)
HERE = Asked("127.0.0.1:8501", "http")


def listed(asked: Asked, listening: str | None) -> list[str]:
    return [one.origin for one in origins(asked, listening, KNOWN)]


def test_on_loopback_the_addresses_of_this_computer_come_the_likeliest_first() -> None:
    found = origins(HERE, "0.0.0.0", KNOWN)
    assert [one.origin for one in found] == [
        "http://192.168.1.5:8501",
        "http://10.8.0.3:8501",
        "http://172.17.0.1:8501",
    ]
    assert found[0].kind == COMMON["addresses"]["network"]
    assert listed(HERE, None) == [one.origin for one in found]


def test_a_server_that_listens_here_alone_is_reached_here_alone() -> None:
    assert listed(HERE, "127.0.0.1") == ["http://127.0.0.1:8501"]
    assert invitation(HERE, origins(HERE, "localhost", KNOWN), "", "t", "s")["isAlone"] is True
    assert origins(HERE, "0.0.0.0", ()) == (Origin("http://127.0.0.1:8501", TALK["hub"]["opened"]),)


def test_the_address_that_the_page_was_opened_with_comes_first() -> None:
    assert listed(Asked("laptop.local:8501", "http"), None)[0] == "http://laptop.local:8501"
    found = listed(Asked("10.8.0.3:8501", "http"), None)
    assert found == ["http://10.8.0.3:8501", "http://192.168.1.5:8501", "http://172.17.0.1:8501"]


def test_behind_a_proxy_only_its_address_counts() -> None:
    asked = Asked.of({"host": "cats.example", "x-forwarded-proto": "https, http"}, "ws")
    assert listed(asked, "0.0.0.0") == ["https://cats.example"]
    assert Asked.of({"host": "a", "x-forwarded-proto": "gopher"}, "wss").scheme == "https"
    assert not Asked.of({"host": "a"}, "ws").is_forwarded


def test_addresses_of_version_6_and_without_a_port() -> None:
    six = candidates([Interface("eth0", ("fd00::5",))])
    assert [one.origin for one in origins(Asked("[::1]:8501", "http"), "::", six)] == [
        "http://[fd00::5]:8501"
    ]
    assert [one.origin for one in origins(Asked("localhost", "https"), None, six)] == ["https://[fd00::5]"]


def test_the_codes_are_those_of_the_addresses() -> None:
    told = invitation(HERE, origins(HERE, None, KNOWN), "/base", "k7f-3mq", "s3cret")
    first = told["addresses"][0]
    assert told["isAlone"] is False
    assert first["app"] == "http://192.168.1.5:8501/base/"
    assert first["desk"] == "http://192.168.1.5:8501/base/desk/k7f-3mq#s3cret"
    for name in ("app", "desk"):
        code = qr_code(first[name])
        assert code is not None and said(drawn(with_quiet_zone(code.matrix))) == [first[name]]
        assert first["codes"][name].startswith("data:image/svg+xml")


@pytest.mark.parametrize(
    ("origin", "host", "is_same"),
    [
        ("http://a:8501", "a:8501", True),
        ("https://Cats.example", "cats.example", True),
        ("http://[::1]:8501", "[::1]:8501", True),
        ("http://a:8501", "a", False),
        ("http://a.evil", "a", False),
        ("http://evil/a", "a", False),
        ("null", "a", False),
        ("", "", False),
        (None, "a", False),
        ("http://[", "a", False),
    ],
)
def test_a_page_of_the_same_site(origin: str | None, host: str, is_same: bool) -> None:
    assert is_same_site(origin, host) is is_same
