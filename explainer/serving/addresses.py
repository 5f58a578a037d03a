"""The addresses at which others reach this computer, the likeliest first.

A laptop has several: of its Wi-Fi, of a VPN, of containers. Only people in the same network reach one, and
the first that the system names is often not theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from socket import AF_INET, AF_INET6
from typing import Any, Final, Literal

import psutil

Kind = Literal["network", "other", "vpn", "virtual", "link_local"]
KINDS: Final[tuple[Kind, ...]] = ("network", "other", "vpn", "virtual", "link_local")
"""What an address belongs to, the likeliest first: Wi-Fi or a cable; an interface of another name; a VPN;
containers and virtual machines; none, so that the computer gave itself one."""
_VIRTUAL: Final = (
    *("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "podman", "cni", "lxc", "lxd", "vmware"),
    *("virtualbox", "vethernet", "hyper-v", "flannel", "cali"),
)
_VPN: Final = (
    *("tun", "tap", "wg", "utun", "ppp", "tailscale", "zt", "ipsec", "nordlynx", "proton", "openvpn"),
    *("wireguard", "cscotun"),
)
_WIRELESS: Final = ("wl", "wi-fi", "wifi", "wireless")
_CABLE: Final = ("en", "eth", "lan", "local area connection")
_ANYWHERE: Final = ("0.0.0.0", "::")
"""What a server is told that is to listen on all interfaces: of IPv4, and of both."""


@dataclass(frozen=True)
class Interface:
    """A network interface as the system describes it: addresses and flags ("loopback") as texts."""

    name: str
    addresses: tuple[str, ...]
    is_up: bool = True
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Candidate:
    """An address at which others may reach this computer; `host` as it stands in a link."""

    ip: IPv4Address | IPv6Address
    kind: Kind
    interface: str

    @property
    def host(self) -> str:
        return f"[{self.ip}]" if self.ip.version == 6 else str(self.ip)


def read_interfaces() -> tuple[Interface, ...]:
    """This computer's network interfaces, as they are now."""
    states: dict[str, Any] = psutil.net_if_stats()
    return tuple(
        Interface(
            name=name,
            addresses=tuple(one.address for one in found if one.family in (AF_INET, AF_INET6)),
            is_up=name in states and states[name].isup,
            flags=frozenset(states[name].flags.split(",")) if name in states else frozenset(),
        )
        for name, found in psutil.net_if_addrs().items()
    )


def candidates(interfaces: Iterable[Interface]) -> tuple[Candidate, ...]:
    """Each address at which others may reach this computer, once, the likeliest first.

    Link-local addresses of IPv6 are left out: no browser opens one.
    """
    found = [
        Candidate(ip, _kind(ip, interface), interface.name)
        for interface in interfaces
        if interface.is_up
        for ip in map(_usable, interface.addresses)
        if ip is not None
    ]
    best: dict[IPv4Address | IPv6Address, Candidate] = {}
    for candidate in sorted(found, key=_rank):
        best.setdefault(candidate.ip, candidate)
    return tuple(best.values())


def heard_at(listening: str | None, known: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Those of the candidates at which a server answers that listens at this address (`server.address`)."""
    if not others_open(listening):
        return ()
    ip = _ip(listening or "::")
    if ip is None:  # a name: whose address it is, only the system knows
        return tuple(known)
    if str(ip) in _ANYWHERE:
        return tuple(one for one in known if ip.version == 6 or one.ip.version == 4)
    return tuple(one for one in known if one.ip == ip)


def others_open(listening: str | None) -> bool:
    """Whether a server that listens at this address hears others; None, which is everywhere, does."""
    return not is_loopback(listening or "::")


def is_loopback(host: str) -> bool:
    """Whether a host, as it stands in a link, is the computer itself that opens the link."""
    ip = _ip(host)
    name = host.lower().rstrip(".")
    return ip.is_loopback if ip is not None else name == "localhost" or name.endswith(".localhost")


def listening_address(known: Iterable[Candidate]) -> str:
    """Where a server has to listen to be heard at the candidates; for this computer alone without any."""
    versions = {one.ip.version for one in known}
    return "0.0.0.0" if 4 in versions else "::" if versions else "127.0.0.1"


def _ip(text: str) -> IPv4Address | IPv6Address | None:
    """An address from a text, in brackets or not, its zone left off."""
    try:
        return ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None


def _usable(text: str) -> IPv4Address | IPv6Address | None:
    ip = _ip(text)
    if ip is None or ip.is_loopback or ip.is_multicast or ip.is_unspecified:
        return None
    return None if ip.version == 6 and ip.is_link_local else ip


def _kind(ip: IPv4Address | IPv6Address, interface: Interface) -> Kind:
    name = interface.name.lower()
    if ip.is_link_local:
        return "link_local"
    if name.startswith(_VIRTUAL):
        return "virtual"
    if name.startswith(_VPN) or "vpn" in name:
        return "vpn"
    if name.startswith((*_WIRELESS, *_CABLE)):
        return "network"
    return "vpn" if "pointopoint" in interface.flags else "other"


def _rank(candidate: Candidate) -> tuple[int, int, bool, bool, str, bytes]:
    """IPv4 before IPv6, private before public, and Wi-Fi first, for that is where phones are."""
    ip, name = candidate.ip, candidate.interface.lower()
    is_wireless = name.startswith(_WIRELESS)
    kind = KINDS.index(candidate.kind)
    return kind, ip.version, not ip.is_private, not is_wireless, candidate.interface, ip.packed
