//! Cookies, of one host, for the length of a run. They are never sent to another host.

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use url::Url;

/// Cookies of a host.
const MOST: usize = 50;
/// Bytes of a cookie's name and value.
const LARGEST: usize = 4_096;

/// The cookies of a host.
#[derive(Debug, Default)]
pub(crate) struct Jar(Vec<Cookie>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Cookie {
    name: String,
    value: String,
    path: String,
    secure: bool,
}

impl Jar {
    /// Takes what a response sets; whether that changed anything.
    pub(crate) fn take<'a>(
        &mut self,
        url: &Url,
        fields: impl Iterator<Item = &'a str>,
        now: Timestamp,
    ) -> bool {
        let mut changed = false;
        for field in fields {
            let mut parts = field.split(';');
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            let mut cookie = Cookie {
                name: name.trim().to_owned(),
                value: value.trim().to_owned(),
                path: default_path(url),
                secure: false,
            };
            let mut is_over = false;
            for part in parts {
                let (name, value) = part.split_once('=').unwrap_or((part, ""));
                let value = value.trim();
                match name.trim().to_ascii_lowercase().as_str() {
                    "path" if value.starts_with('/') => cookie.path = value.to_owned(),
                    "secure" => cookie.secure = true,
                    "max-age" => is_over = value.parse::<i64>().is_ok_and(|age| age <= 0),
                    "expires" => {
                        let date = rfc2822::parse(value).map(|date| date.timestamp());
                        is_over |= date.is_ok_and(|date| date <= now);
                    }
                    _ => {}
                }
            }
            let is_plain = |text: &str| {
                text.bytes()
                    .all(|byte| (0x20..0x7F).contains(&byte) && byte != b';')
            };
            let sound = !cookie.name.is_empty()
                && cookie.name.len() + cookie.value.len() <= LARGEST
                && is_plain(&cookie.name)
                && is_plain(&cookie.value);
            if sound {
                changed |= self.put(cookie, is_over);
            }
        }
        changed
    }

    fn put(&mut self, cookie: Cookie, is_over: bool) -> bool {
        let known = self
            .0
            .iter()
            .position(|known| known.name == cookie.name && known.path == cookie.path);
        match known {
            Some(at) if is_over => {
                self.0.remove(at);
                true
            }
            Some(at) => self.0.get_mut(at).is_some_and(|known| {
                let changed = *known != cookie;
                *known = cookie;
                changed
            }),
            None if is_over => false,
            None => {
                if self.0.len() >= MOST {
                    self.0.remove(0);
                }
                self.0.push(cookie);
                true
            }
        }
    }

    /// The header's value for a request; none where there is nothing to send.
    pub(crate) fn header(&self, url: &Url) -> Option<String> {
        let cookies = self.0.iter().filter(|cookie| {
            let below = url.path().strip_prefix(cookie.path.as_str());
            let in_path = below.is_some_and(|below| {
                below.is_empty() || cookie.path.ends_with('/') || below.starts_with('/')
            });
            in_path && (!cookie.secure || url.scheme() == "https")
        });
        let pairs: Vec<String> = cookies
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

/// The folder of the address (RFC 6265, 5.1.4).
fn default_path(url: &Url) -> String {
    match url.path().rsplit_once('/') {
        Some((folder, _)) if !folder.is_empty() => folder.to_owned(),
        _ => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(jar: &mut Jar, field: &str) -> bool {
        let url = Url::parse("http://a.example/x/y").unwrap();
        jar.take(
            &url,
            std::iter::once(field),
            Timestamp::from_second(1_700_000_000).unwrap(),
        )
    }

    fn sent(jar: &Jar, url: &str) -> Option<String> {
        jar.header(&Url::parse(url).unwrap())
    }

    #[test]
    fn cookies_go_back_where_they_belong() {
        let mut jar = Jar::default();
        assert!(set(&mut jar, "a=1; Path=/"));
        assert!(!set(&mut jar, "a=1; Path=/"));
        assert!(set(&mut jar, "b=2"));
        assert!(set(&mut jar, "c=3; path=/; Secure; HttpOnly"));
        assert_eq!(sent(&jar, "http://a.example/").unwrap(), "a=1");
        assert_eq!(sent(&jar, "http://a.example/xy").unwrap(), "a=1");
        assert_eq!(
            sent(&jar, "https://a.example/x/z").unwrap(),
            "a=1; b=2; c=3"
        );
    }

    #[test]
    fn cookies_end_and_are_bounded() {
        let mut jar = Jar::default();
        set(&mut jar, "a=1; Path=/");
        assert!(set(&mut jar, "a=; Path=/; Max-Age=0"));
        set(
            &mut jar,
            "b=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        );
        assert!(!set(&mut jar, "c=\u{1}x"));
        assert!(!set(&mut jar, &format!("d={}", "x".repeat(5_000))));
        assert_eq!(sent(&jar, "http://a.example/"), None);
        for number in 0..200 {
            set(&mut jar, &format!("n{number}=1; Path=/"));
        }
        assert_eq!(jar.0.len(), MOST);
    }
}
