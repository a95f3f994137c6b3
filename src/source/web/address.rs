//! Which addresses anyone on the internet reaches, so that asking them tells nobody more than they know.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What the registries of IANA for special purposes (RFC 6890 and later) keep from the public internet, as the first
/// address of a block and the length of its prefix.
const SPECIAL: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::UNSPECIFIED, 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // Multicast, and what is reserved, with the broadcast address.
    (Ipv4Addr::new(224, 0, 0, 0), 3),
];

/// Ends of names that only a network of one's own resolves (RFC 6761, 6762, 8375, and `internal`, which ICANN reserves).
const LOCAL: &[&str] = &[".localhost", ".local", ".internal", ".home.arpa"];

/// Whether an address is one of the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Whether a name may be one of the public internet: it has a dot, and none of the ends that only private networks know.
pub(super) fn is_public_name(name: &str) -> bool {
    name.contains('.') && !LOCAL.iter().any(|end| name.ends_with(end))
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !SPECIAL.iter().any(|(first, length)| (address.to_bits() ^ first.to_bits()) >> (32 - length) == 0)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, ..] = address.segments();
    let low = address.to_bits() & 0xffff_ffff;
    let embedded = |bits: u128| u32::try_from(bits).is_ok_and(|bits| is_public_v4(Ipv4Addr::from_bits(bits)));
    match (a, b) {
        // An IPv4 address in the clothes of IPv6: mapped, translated (NAT64), 6to4.
        (0, 0) => address.to_ipv4_mapped().is_some_and(is_public_v4),
        (0x64, 0xff9b) => c == 0 && embedded(low),
        (0x2002, _) => embedded(u128::from(b) << 16 | u128::from(c)),
        // Teredo and others of the IETF's own block, and documentation.
        (0x2001, b) if b < 0x200 || b == 0xdb8 => false,
        (0x3fff, b) if b < 0x1000 => false,
        (a, _) => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIVATE: &str = "0.0.0.0 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 \
        172.31.255.255 192.0.0.8 192.0.2.1 192.168.1.1 198.19.0.1 198.51.100.1 203.0.113.9 224.0.0.1 240.0.0.1 \
        255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:10.0.0.1 64:ff9b::7f00:1 \
        64:ff9b::a9fe:a9fe 64:ff9b:1::808:808 2002:7f00:1:: 2002:a9fe:a9fe::1 2002:c0a8:101:: 2001::1 2001:db8::1 \
        3fff::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1 100::1 ::ffff:0:127.0.0.1 5f00::1";

    const PUBLIC: &str = "1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 198.20.0.1 \
        223.255.255.255 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1 2606:4700::1111 2001:4860:4860::8888 2a01:e0a::1";

    #[test]
    fn addresses_of_private_networks_are_known_in_every_spelling() {
        for (texts, public) in [(PRIVATE, false), (PUBLIC, true)] {
            for text in texts.split_whitespace() {
                assert_eq!(is_public(text.parse().unwrap()), public, "{text}");
            }
        }
    }

    #[test]
    fn names_of_private_networks_are_known() {
        for name in ["localhost", "a.localhost", "metadata.google.internal", "printer.local", "intranet", "a.home.arpa"]
        {
            assert!(!is_public_name(name), "{name}");
        }
        assert!(is_public_name("example.org") && is_public_name("localhost.example.org"));
    }
}
