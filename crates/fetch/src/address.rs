//! Addresses: one spelling for each, and which of them may be asked.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::http::uri::{Authority, Scheme};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::Url;

use crate::error::{Code, FetchError};

/// Longest address that is asked for.
const LONGEST: usize = 4_096;

/// An address in its one spelling, as browsers write it, without its fragment, its default port and needless
/// escapes.
///
/// # Errors
/// Where it is none, or not one of http or https.
pub fn canonical(address: &str) -> Result<Url, FetchError> {
    let url = Url::parse(address.trim()).map_err(|error| {
        FetchError::new(
            Code::ForbiddenScheme,
            format!("{address:?} is no address: {error}"),
        )
    })?;
    of_url(url)
}

/// The same of one that is parsed.
pub(crate) fn of_url(mut url: Url) -> Result<Url, FetchError> {
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        let message = format!("{}: only http and https are fetched", url.scheme());
        return Err(FetchError::new(Code::ForbiddenScheme, message));
    }
    if url.as_str().len() > LONGEST {
        let what = "the address is longer";
        return Err(FetchError::limit(
            Code::ForbiddenScheme,
            "address_bytes",
            LONGEST,
            what,
        ));
    }
    url.set_fragment(None);
    // Who is asked must not be told a secret that a page wrote.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if url.query() == Some("") {
        url.set_query(None);
    }
    let path = plain_escapes(url.path());
    if path != url.path() {
        url.set_path(&path);
    }
    if let Some(query) = url.query() {
        let plain = plain_escapes(query);
        if plain != query {
            url.set_query(Some(&plain));
        }
    }
    Ok(url)
}

/// Escapes of characters that need none are taken away, all others are written in capitals (RFC 3986, 6.2.2).
fn plain_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        plain.push_str(before);
        let digits = after
            .get(..2)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, digits) {
            (Some(byte), _) if byte.is_ascii_alphanumeric() || b"-_~".contains(&byte) => {
                plain.push(char::from(byte));
            }
            (Some(_), Some(digits)) => {
                plain.push('%');
                plain.push_str(&digits.to_ascii_uppercase());
            }
            _ => {
                plain.push('%');
                rest = after;
                continue;
            }
        }
        rest = after.get(2..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain
}

/// Host, and port where it is not the default one: who is asked one thing at a time, and what a scope speaks of.
pub fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Whether an address is one of the public network.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || a == 0
        || a >= 224
        // Shared by providers (RFC 6598), protocol assignments, 6to4 relays, benchmarks.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19)))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let embedded = match segments {
        // Mapped, NAT64, 6to4: what stands in it is who is asked.
        [0, 0, 0, 0, 0, 0xFFFF, high, low] | [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => {
            Some((high, low))
        }
        [0x2002, high, low, ..] => Some((high, low)),
        _ => None,
    };
    if let Some((high, low)) = embedded {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    let [first, second, ..] = segments;
    // Global unicast alone, without Teredo, ORCHID and documentation.
    first & 0xE000 == 0x2000
        && !(first == 0x2001 && (second < 0x200 || second == 0xDB8))
        && first != 0x3FFF
}

/// Finds the addresses of a name and keeps back those that may not be asked. Connections go to what it gives and to nothing
/// else: a name that had a public address a moment ago and has a private one now is refused.
#[derive(Debug)]
pub(crate) struct Guard<R = DefaultResolver> {
    allowed: BTreeSet<String>,
    names: R,
    /// What was given last. `ureq` asks for every request, open connection or not, and each time a name takes a thread
    /// and a server of names their time.
    given: Mutex<Option<Given>>,
    /// For how long that holds.
    fresh: Duration,
}

#[derive(Debug)]
struct Given {
    uri: (Option<Scheme>, Option<Authority>),
    at: Instant,
    addresses: Vec<SocketAddr>,
}

/// As long as the shortest times that servers of names usually set.
const FRESH: Duration = Duration::from_secs(60);

impl Guard {
    /// `allowed` hosts may have any address.
    pub(crate) fn new(allowed: BTreeSet<String>) -> Self {
        Self {
            allowed,
            names: DefaultResolver::default(),
            given: Mutex::new(None),
            fresh: FRESH,
        }
    }
}

impl<R: Resolver> Guard<R> {
    fn look(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default();
        if self.allowed.contains(host) {
            return Ok(found);
        }
        let mut public = self.names.empty();
        for address in found.iter().filter(|address| is_public(address.ip())) {
            public.push(*address);
        }
        match found.iter().next() {
            Some(first) if public.is_empty() => Err(Error::Other(Box::new(Forbidden {
                host: host.to_owned(),
                address: first.ip(),
            }))),
            _ => Ok(public),
        }
    }
}

/// What was found may not be asked.
#[derive(Debug, thiserror::Error)]
#[error(
    "{host} is {address}, which is no place of the public network; name the host in allow_private to ask it"
)]
pub(crate) struct Forbidden {
    host: String,
    address: IpAddr,
}

impl<R: Resolver> Resolver for Guard<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let asked = (uri.scheme().cloned(), uri.authority().cloned());
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let known = given.as_ref();
        if let Some(known) =
            known.filter(|known| known.uri == asked && known.at.elapsed() < self.fresh)
        {
            let mut addresses = self.names.empty();
            known.addresses.iter().for_each(|it| addresses.push(*it));
            return Ok(addresses);
        }
        *given = None;
        let found = self.look(uri, config, timeout)?;
        *given = Some(Given {
            uri: asked,
            at: Instant::now(),
            addresses: found.iter().copied().collect(),
        });
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_spelling() {
        let same = [
            "http://Gov.Example:80/a/%7Eb/%e5%b9%b4?x=%2f#part",
            "HTTP://user:secret@gov.example/a/./c/../~b/年?x=%2F",
            " http://gov.example/a/~b/%E5%B9%B4?x=%2F ",
        ];
        for address in same {
            let url = canonical(address).unwrap();
            assert_eq!(url.as_str(), "http://gov.example/a/~b/%E5%B9%B4?x=%2F");
            assert_eq!(canonical(url.as_str()).unwrap(), url);
        }
        assert_eq!(
            canonical("http://a.example/x?").unwrap().as_str(),
            "http://a.example/x"
        );
        // A dot that is escaped must not become a step upwards, nor a slash a folder.
        assert_eq!(
            canonical("http://a.example/x%2Fy%2").unwrap().as_str(),
            "http://a.example/x%2Fy%2"
        );
        for wrong in [
            "ftp://a.example/",
            "file:///etc/passwd",
            "javascript:0",
            "x",
            "data:,x",
        ] {
            assert_eq!(canonical(wrong).unwrap_err().code, Code::ForbiddenScheme);
        }
    }

    /// A resolver that says something else each time.
    #[derive(Debug)]
    struct Changing(Mutex<Vec<&'static [&'static str]>>);

    impl Resolver for Changing {
        fn resolve(
            &self,
            _: &Uri,
            _: &Config,
            _: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, Error> {
            let mut addresses = self.empty();
            for address in self.0.lock().unwrap().remove(0) {
                addresses.push(SocketAddr::new(address.parse().unwrap(), 80));
            }
            Ok(addresses)
        }
    }

    #[test]
    fn an_address_is_looked_at_each_time_a_name_is_resolved() {
        let says: Vec<&[&str]> = vec![
            &["8.8.8.8"],
            &["127.0.0.1"],
            &["10.0.0.1", "8.8.4.4", "::1"],
            &["169.254.169.254", "fd00::1"],
            &["127.0.0.1"],
        ];
        let mut guard = Guard {
            allowed: ["inside.example".to_owned()].into(),
            names: Changing(Mutex::new(says)),
            given: Mutex::new(None),
            fresh: Duration::ZERO,
        };
        let timeout = NextTimeout {
            after: Duration::from_secs(1).into(),
            reason: ureq::Timeout::Resolve,
            per_read: None,
            per_write: None,
        };
        let resolve = |guard: &Guard<Changing>, host: &str| {
            let uri: Uri = format!("http://{host}/").parse().unwrap();
            let found = guard.resolve(&uri, &Config::default(), timeout);
            found.map(|found| {
                found
                    .iter()
                    .map(|it| it.ip().to_string())
                    .collect::<Vec<_>>()
            })
        };
        assert_eq!(resolve(&guard, "a.example").unwrap(), ["8.8.8.8"]);
        let rebound = resolve(&guard, "a.example").unwrap_err().to_string();
        assert!(rebound.contains("a.example is 127.0.0.1"), "{rebound}");
        assert_eq!(resolve(&guard, "a.example").unwrap(), ["8.8.4.4"]);
        assert!(resolve(&guard, "a.example").is_err());
        // What was given holds for a while: nobody is asked again.
        guard.fresh = FRESH;
        for _ in 0..3 {
            assert_eq!(resolve(&guard, "inside.example").unwrap(), ["127.0.0.1"]);
        }
    }

    #[test]
    fn only_places_of_the_public_network_are_public() {
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.0.8",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "ff02::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(address(private)), "{private}");
        }
        for public in [
            "8.8.8.8",
            "203.119.25.1",
            "2400:da00::6666",
            "::ffff:8.8.8.8",
            "172.32.0.1",
        ] {
            assert!(is_public(address(public)), "{public}");
        }
    }
}
