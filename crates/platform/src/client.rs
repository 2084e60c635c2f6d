//! Who is at the other end of the connection: address, scheme, device.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;
use ipnet::Ipv6Net;

use crate::config::Site;

/// The client of a request, as far as it can be known without being fooled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The address: the connection's, or behind trusted proxies the last hop that is not one of them.
    pub address: Option<IpAddr>,
    /// Whether the client's own connection is `https`.
    pub secure: bool,
    /// `User-Agent`, cut to 256 characters; empty where there is none.
    pub user_agent: String,
}

impl Client {
    /// Reads the headers that Spin sets, and those of proxies only where the connection is a trusted one's.
    pub fn of(headers: &HeaderMap, site: &Site) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let peer = from_spin(headers, "spin-client-addr").and_then(parse_address);
        let trusted = peer.is_some_and(|peer| site.trusts(peer));
        let address = if trusted { forwarded_for(headers, site).or(peer) } else { peer };
        let own_scheme_secure =
            from_spin(headers, "spin-full-url").is_some_and(|url| url.starts_with("https:"));
        let secure = if trusted {
            text("x-forwarded-proto").map_or(own_scheme_secure, |scheme| scheme.eq_ignore_ascii_case("https"))
        } else {
            own_scheme_secure
        };
        let user_agent = text("user-agent").unwrap_or_default().chars().take(256).collect();
        Self { address, secure, user_agent }
    }

    /// The address as text, `unknown` where there is none.
    pub fn address_text(&self) -> String {
        self.address.map_or_else(|| "unknown".to_owned(), |address| address.to_string())
    }

    /// The address as limits go by: of IPv6 the network, because a single subscriber has all of its addresses.
    pub fn network_text(&self) -> String {
        self.prefix_text(64)
    }

    /// The address as lasting limits go by: of IPv6 all the networks that a subscriber may have been given.
    pub fn subscriber_text(&self) -> String {
        self.prefix_text(56)
    }

    fn prefix_text(&self, length: u8) -> String {
        match self.address {
            Some(IpAddr::V6(address)) => Ipv6Net::new(address, length)
                .map_or_else(|_| address.to_string(), |network| network.trunc().to_string()),
            _ => self.address_text(),
        }
    }
}

/// A header that Spin adds. It adds it behind what the client may have sent under the same name, so the last
/// one is Spin's.
pub(crate) fn from_spin<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get_all(name).iter().next_back()?.to_str().ok()
}

/// The last hop of `X-Forwarded-For` that no trusted proxy is: what stands left of it anybody can write.
fn forwarded_for(headers: &HeaderMap, site: &Site) -> Option<IpAddr> {
    let values: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
    values
        .iter()
        .rev()
        .flat_map(|value| value.rsplit(','))
        .map_while(|hop| parse_address(hop.trim()))
        .find(|address| !site.trusts(*address))
}

fn parse_address(text: &str) -> Option<IpAddr> {
    let address = text.parse::<SocketAddr>().map(|socket| socket.ip()).or_else(|_| text.parse()).ok()?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn client(trusted: &str, headers: &[(&'static str, &'static str)]) -> Client {
        let site = Site {
            public_url: "http://127.0.0.1:3000".parse().unwrap(),
            trusted_proxies: trusted
                .split(' ')
                .filter(|t| !t.is_empty())
                .map(|t| t.parse().unwrap())
                .collect(),
            cors: None,
        };
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        Client::of(&map, &site)
    }

    fn address(trusted: &str, forwarded: &'static str) -> String {
        client(trusted, &[("spin-client-addr", "10.0.0.2:4711"), ("x-forwarded-for", forwarded)])
            .address_text()
    }

    #[test]
    fn a_forged_header_changes_nothing() {
        assert_eq!(address("", "203.0.113.9"), "10.0.0.2");
        let forged =
            client("", &[("spin-client-addr", "203.0.113.9:1"), ("spin-client-addr", "10.0.0.2:4711")]);
        assert_eq!(forged.address_text(), "10.0.0.2");
    }

    #[test]
    fn behind_trusted_proxies_the_last_foreign_hop_counts() {
        assert_eq!(address("10.0.0.0/8", "198.51.100.1, 203.0.113.9, 10.0.0.1"), "203.0.113.9");
        assert_eq!(address("10.0.0.0/8", "203.0.113.9:5050"), "203.0.113.9");
        assert_eq!(address("10.0.0.0/8", "203.0.113.9, nonsense"), "10.0.0.2");
        assert_eq!(address("10.0.0.0/8", "10.0.0.7"), "10.0.0.2");
    }

    #[test]
    fn all_addresses_of_a_subscriber_are_one_network() {
        let of = |forwarded| {
            client("10.0.0.0/8", &[("spin-client-addr", "10.0.0.2:4711"), ("x-forwarded-for", forwarded)])
        };
        let network = |forwarded| of(forwarded).network_text();
        assert_eq!(network("2001:db8:0:1::7"), "2001:db8:0:1::/64");
        assert_eq!(network("2001:db8:0:1:a:b:c:d"), "2001:db8:0:1::/64");
        assert_eq!(network("203.0.113.9"), "203.0.113.9");
        let subscriber = |forwarded| of(forwarded).subscriber_text();
        assert_eq!(subscriber("2001:db8:0:1ff::7"), "2001:db8:0:100::/56");
        assert_eq!(subscriber("203.0.113.9"), "203.0.113.9");
    }

    #[test]
    fn the_scheme_is_the_connections_or_a_trusted_proxys() {
        let headers = &[
            ("spin-client-addr", "10.0.0.2:1"),
            ("x-forwarded-proto", "https"),
            ("spin-full-url", "http://example.org/"),
        ];
        assert!(!client("", headers).secure);
        assert!(client("10.0.0.0/8", headers).secure);
        assert!(client("", &[("spin-full-url", "https://example.org/")]).secure);
    }
}
