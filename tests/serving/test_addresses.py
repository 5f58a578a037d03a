"""Which of a computer's addresses others reach: made-up computers, and any that hypothesis thinks of."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.serving.addresses import (
    KINDS,
    Candidate,
    Interface,
    candidates,
    heard_at,
    is_loopback,
    listening_address,
    others_open,
    read_interfaces,
)

LOOPBACK = Interface("lo", ("127.0.0.1", "::1"), flags=frozenset({"up", "loopback"}))
LAPTOP = (
    LOOPBACK,
    Interface("docker0", ("172.17.0.1",)),
    Interface("br-5d2f", ("172.18.0.1", "fe80::42:1%br-5d2f")),
    Interface("tun0", ("10.8.0.6",), flags=frozenset({"up", "pointopoint"})),
    Interface("enp3s0", ("192.168.7.2",), is_up=False),
    Interface("wlp2s0", ("192.168.1.20", "2001:db8:1::20", "fe80::1c2d%wlp2s0")),
)
MACOS = (
    Interface("lo0", ("127.0.0.1", "::1", "fe80::1%lo0")),
    Interface("awdl0", ("fe80::8c1%awdl0",)),
    Interface("utun3", ("100.101.2.3", "fd7a:115c::3")),
    Interface("bridge100", ("192.168.64.1",)),
    Interface("en0", ("10.0.1.7", "fe80::4%en0")),
)
WINDOWS = (
    Interface("Loopback Pseudo-Interface 1", ("127.0.0.1", "::1")),
    Interface("vEthernet (WSL)", ("172.29.0.1",)),
    Interface("VMware Network Adapter VMnet8", ("192.168.80.1",)),
    Interface("Tailscale", ("100.90.1.1",)),
    Interface("Bluetooth Network Connection", ("169.254.10.9",)),
    Interface("Ethernet", ("10.1.2.3",)),
    Interface("Wi-Fi", ("192.168.178.30",)),
)


def found(*interfaces: Interface) -> list[tuple[str, str]]:
    return [(one.host, one.kind) for one in candidates(interfaces)]


def test_a_laptop_is_reached_by_its_wifi_before_its_vpn_and_its_containers() -> None:
    assert found(*LAPTOP) == [
        ("192.168.1.20", "network"),
        ("[2001:db8:1::20]", "network"),
        ("10.8.0.6", "vpn"),
        ("172.18.0.1", "virtual"),
        ("172.17.0.1", "virtual"),
    ]


def test_interfaces_have_other_names_on_macos() -> None:
    assert found(*MACOS) == [
        ("10.0.1.7", "network"),
        ("192.168.64.1", "other"),
        ("100.101.2.3", "vpn"),
        ("[fd7a:115c::3]", "vpn"),
    ]


def test_interfaces_have_other_names_on_windows() -> None:
    assert found(*WINDOWS) == [
        ("192.168.178.30", "network"),
        ("10.1.2.3", "network"),
        ("100.90.1.1", "vpn"),
        ("192.168.80.1", "virtual"),
        ("172.29.0.1", "virtual"),
        ("169.254.10.9", "link_local"),
    ]


def test_a_private_address_comes_before_a_public_one() -> None:
    assert [host for host, _ in found(Interface("eth0", ("8.8.4.4", "10.0.0.9")))] == ["10.0.0.9", "8.8.4.4"]


def test_an_unknown_interface_from_one_point_to_another_is_a_vpn() -> None:
    assert found(Interface("corp0", ("10.3.3.3",), flags=frozenset({"pointopoint"}))) == [("10.3.3.3", "vpn")]


def test_with_ipv6_alone_the_address_stands_in_brackets() -> None:
    only = Interface("wlan0", ("fd00::2", "2a02:8070::7", "fe80::1%wlan0"))
    assert found(LOOPBACK, only) == [("[fd00::2]", "network"), ("[2a02:8070::7]", "network")]
    assert listening_address(candidates([only])) == "::"


def test_without_a_network_there_is_none() -> None:
    assert found() == found(LOOPBACK) == []
    assert found(LOOPBACK, Interface("wlan0", ()), Interface("eth0", ("10.0.0.1",), is_up=False)) == []
    assert listening_address(()) == "127.0.0.1"


def test_an_address_that_the_computer_gave_itself_is_shown_for_want_of_a_better_one() -> None:
    assert found(LOOPBACK, Interface("eth0", ("169.254.7.7", "fe80::2%eth0"))) == [
        ("169.254.7.7", "link_local")
    ]


def test_an_address_of_two_interfaces_is_shown_once() -> None:
    assert found(Interface("docker0", ("10.0.0.1",)), Interface("eth0", ("10.0.0.1",))) == [
        ("10.0.0.1", "network")
    ]


ADDRESSES = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).map(str)
NAMES = st.sampled_from(
    ["lo", "wlan0", "en0", "eth1", "Wi-Fi", "tun0", "utun2", "docker0", "br-1", "vmnet1", "usb0"]
)
COMPUTERS = st.lists(st.builds(Interface, NAMES, st.lists(ADDRESSES, max_size=4).map(tuple), st.booleans()))


@given(COMPUTERS, st.randoms())
def test_the_order_does_not_depend_on_the_systems_and_nothing_is_lost(computer, random) -> None:  # type: ignore[no-untyped-def]
    ranked = candidates(computer)
    shuffled = random.sample(computer, len(computer))
    assert candidates(shuffled) == ranked
    usable = {
        ip
        for interface in computer
        if interface.is_up
        for ip in map(ip_address, interface.addresses)
        if not (
            ip.is_loopback or ip.is_multicast or ip.is_unspecified or (ip.version == 6 and ip.is_link_local)
        )
    }
    assert [one.ip for one in ranked] == list(dict.fromkeys(one.ip for one in ranked))
    assert {one.ip for one in ranked} == usable
    kinds = [KINDS.index(one.kind) for one in ranked]
    assert kinds == sorted(kinds)


@pytest.mark.parametrize(
    ("listening", "others"),
    [
        (None, True), ("", True), ("0.0.0.0", True), ("::", True), ("192.168.1.20", True),
        ("cats.example", True), ("127.0.0.1", False),
        ("127.0.1.1", False), ("::1", False), ("[::1]", False), ("localhost", False),
        ("cats.localhost.", False),
    ],
)  # fmt: skip
def test_whether_others_are_heard(listening: str | None, others: bool) -> None:
    assert others_open(listening) == others
    assert is_loopback(listening or "::") != others


@pytest.mark.parametrize(
    ("listening", "heard"),
    [
        (None, ["10.0.0.1", "[fd00::1]"]),
        ("::", ["10.0.0.1", "[fd00::1]"]),
        ("0.0.0.0", ["10.0.0.1"]),
        ("10.0.0.1", ["10.0.0.1"]),
        ("fd00::1", ["[fd00::1]"]),
        ("10.9.9.9", []),
        ("cats.example", ["10.0.0.1", "[fd00::1]"]),
        ("127.0.0.1", []),
    ],
)
def test_a_server_answers_where_it_listens(listening: str | None, heard: list[str]) -> None:
    known = candidates([Interface("eth0", ("10.0.0.1", "fd00::1"))])
    assert [one.host for one in heard_at(listening, known)] == heard


def test_a_server_that_listens_as_told_is_heard_at_the_best_address() -> None:
    for computer in (LAPTOP, MACOS, WINDOWS):
        known = candidates(computer)
        assert heard_at(listening_address(known), known)[0] == known[0]


def test_this_computer_can_be_asked() -> None:
    names = {interface.name for interface in read_interfaces()}
    known = candidates(read_interfaces())
    assert names and all(isinstance(one, Candidate) and one.interface in names for one in known)
    assert not any(is_loopback(one.host) for one in known)
