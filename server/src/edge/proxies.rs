//! Which proxies are ours, and the address behind them.

use std::net::IpAddr;

use http::{HeaderMap, HeaderName};
use ipnet::IpNet;

/// What proxies add the address to from which a request came to them.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The networks that our own proxies stand in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proxies(Vec<IpNet>);

impl Proxies {
    /// The networks that the settings name, which were checked when they were read.
    pub(crate) fn new(networks: &[String]) -> Self {
        Self(networks.iter().filter_map(|network| network.parse().ok()).collect())
    }

    /// Where the request came from: the peer, unless it is a proxy of ours, whose word then counts. The list is read from
    /// its end: each proxy of ours vouches for the hop before it, and whatever stands left of the first hop that is not
    /// ours was written by the caller.
    pub(crate) fn address_behind(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let hops = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = hops.flat_map(|list| list.split(',')).map(str::trim).collect();
        let mut address = peer;
        for hop in hops.into_iter().rev() {
            if !self.is_ours(address) {
                break;
            }
            match hop.parse() {
                Ok(hop) => address = hop,
                Err(_) => break,
            }
        }
        // A socket that also listens for IPv4 tells such addresses as IPv6, and limits count those by their network.
        address.to_canonical()
    }

    fn is_ours(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_caller_cannot_write_its_own_address() {
        let proxies = Proxies::new(&["10.0.0.0/8".to_owned(), "fd00::/8".to_owned()]);
        let seen = |peer: &str, forwarded: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(FORWARDED_FOR, HeaderValue::from_static(forwarded));
            proxies.address_behind(peer.parse().expect("an address"), &headers).to_string()
        };
        assert_eq!(seen("203.0.113.9", "6.6.6.6"), "203.0.113.9", "nobody of ours vouches for it");
        assert_eq!(seen("::ffff:203.0.113.9", "6.6.6.6"), "203.0.113.9", "however it came in");
        assert_eq!(seen("10.0.0.2", "6.6.6.6, 203.0.113.9"), "203.0.113.9");
        assert_eq!(seen("10.0.0.2", "6.6.6.6, 203.0.113.9, 10.0.0.3"), "203.0.113.9", "two proxies of ours");
        assert_eq!(seen("fd00::1", "nonsense"), "fd00::1", "what is no address is not believed");
        assert_eq!(seen("::ffff:10.0.0.2", "203.0.113.9"), "203.0.113.9", "a mapped address is the same");
        assert_eq!(
            Proxies::default().address_behind(IpAddr::from([10, 0, 0, 2]), &HeaderMap::new()).to_string(),
            "10.0.0.2"
        );
    }
}
