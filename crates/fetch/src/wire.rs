//! One request and its answer, byte for byte, within its limits.
//!
//! `ureq` connects, encrypts and checks the framing; a transport around its own keeps what goes over the wire, so that
//! the archive holds what was sent and received and not what a library made of it.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::tls::TlsConfig;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport,
};
use ureq::{Agent, Error, Timeout};
use url::Url;
use warc::{Coding, Head};

use crate::address::{Forbidden, Guard};
use crate::error::{Code, FetchError};
use crate::settings::Limits;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The request as sent.
    pub(crate) request: Vec<u8>,
    /// The response as received.
    pub(crate) response: Vec<u8>,
    pub(crate) head: Head,
    /// The body without its codings.
    pub(crate) body: Vec<u8>,
    /// Who answered, where that is sure.
    pub(crate) address: Option<IpAddr>,
    pub(crate) took: Duration,
}

/// Asks one host.
pub(crate) struct Wire {
    agent: Agent,
    kept: Arc<Mutex<Kept>>,
    limits: Limits,
}

impl Wire {
    pub(crate) fn new(
        limits: &Limits,
        user_agent: &str,
        allowed: BTreeSet<String>,
        tls: TlsConfig,
    ) -> Self {
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(user_agent)
            .accept("text/html,application/xhtml+xml,application/pdf,*/*;q=0.8")
            .accept_encoding("gzip, deflate, br")
            .max_response_header_size(limits.head_bytes)
            .max_idle_connections(1)
            .timeout_resolve(Some(limits.connect))
            .timeout_connect(Some(limits.connect))
            .timeout_recv_response(Some(limits.head))
            .timeout_recv_body(Some(limits.body))
            .timeout_per_read(Some(limits.silence))
            .timeout_per_write(Some(limits.silence))
            .tls_config(tls)
            .build();
        let kept = Arc::new(Mutex::new(Kept::default()));
        let connector = DefaultConnector::new().chain(Keeping(Arc::clone(&kept)));
        Self {
            agent: Agent::with_parts(config, connector, Guard::new(allowed)),
            kept,
            limits: limits.clone(),
        }
    }

    /// Asks for an address.
    pub(crate) fn get(&self, url: &Url, headers: &[(&str, String)]) -> Result<Answer, FetchError> {
        let begun = Instant::now();
        lock(&self.kept).clear();
        let mut request = self.agent.get(url.as_str());
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let response = request.call().map_err(|error| self.wrong(&error))?;
        let mut body = response.into_body();
        self.pass(&mut body.as_reader())?;
        drop(body);
        let kept = lock(&self.kept).take();
        let mut response = kept.received;
        let (head, length) = match Head::parse(&response) {
            Ok((head, body)) => (head, body.len()),
            Err(error) => return Err(FetchError::new(Code::Protocol, error.to_string())),
        };
        let start = response.len() - length;
        trim(&mut response, &head, length);
        let raw = response.get(start..).unwrap_or_default();
        let body =
            warc::decoded(&head, raw, self.limits.body_bytes, Coding::AsSaid).map_err(|error| {
                match error {
                    warc::HttpError::TooLarge(bound) => too_large(bound),
                    other => FetchError::new(Code::Encoding, other.to_string()),
                }
            })?;
        Ok(Answer {
            request: kept.sent,
            response,
            head,
            body,
            address: kept.address,
            took: begun.elapsed(),
        })
    }

    /// Reads a body to its end; its bytes are kept by the transport.
    fn pass(&self, body: &mut impl Read) -> Result<(), FetchError> {
        let begun = Instant::now();
        let mut buffer = [0; 16 << 10];
        let mut length = 0;
        loop {
            let count = match body.read(&mut buffer) {
                Ok(count) => count,
                Err(error) => return Err(self.broken(error)),
            };
            if count == 0 {
                return Ok(());
            }
            length += count;
            if length > self.limits.body_bytes
                || lock(&self.kept).received.len() > self.limits.body_bytes * 2
            {
                return Err(too_large(self.limits.body_bytes));
            }
            let time = begun.elapsed();
            #[expect(clippy::cast_precision_loss, reason = "a rate is not exact")]
            if time > self.limits.grace
                && (length as f64) < self.limits.rate as f64 * time.as_secs_f64()
            {
                let what = "bytes a second: the body came more slowly";
                return Err(FetchError::limit(
                    Code::TooSlow,
                    "rate",
                    self.limits.rate,
                    what,
                ));
            }
        }
    }

    fn untrusted(text: &str) -> FetchError {
        let remedy = if text.contains("certificate") {
            "; `certificates` names who is trusted instead of the public authorities, `any_certificate` trusts whatever a \
             host shows"
        } else {
            ""
        };
        FetchError::new(Code::Tls, format!("{text}{remedy}"))
    }

    fn broken(&self, error: io::Error) -> FetchError {
        match error.downcast::<Error>() {
            Ok(error) => self.wrong(&error),
            Err(error) => self.wrong(&Error::Io(error)),
        }
    }

    fn wrong(&self, error: &Error) -> FetchError {
        let limits = &self.limits;
        match error {
            Error::Other(inner) if inner.is::<Forbidden>() => {
                FetchError::new(Code::ForbiddenAddress, inner.to_string())
            }
            Error::HostNotFound => FetchError::new(Code::HostNotFound, "the name has no address"),
            Error::Timeout(at) => {
                let (name, value) = match at {
                    Timeout::Resolve | Timeout::Connect => ("connect", limits.connect),
                    Timeout::RecvBody => ("body", limits.body),
                    Timeout::PerRead | Timeout::PerWrite => ("silence", limits.silence),
                    _ => ("head", limits.head),
                };
                let value = format!("{} s", value.as_secs_f64());
                FetchError::limit(Code::Timeout, name, value, "it did not come in time")
            }
            Error::LargeResponseHeader(..) => {
                let what = "the head of the response is longer";
                FetchError::limit(Code::TooLarge, "head_bytes", limits.head_bytes, what)
            }
            Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                FetchError::new(Code::Truncated, "the response broke off")
            }
            Error::Io(error) if lock(&self.kept).sent.is_empty() => {
                let text = error.to_string();
                // The system's resolver says so in its own words.
                if text.contains("lookup") {
                    FetchError::new(Code::HostNotFound, text)
                } else if error.kind() == io::ErrorKind::InvalidData {
                    // What is wrong between TLS and its other side: a certificate, an alert, something that is no TLS.
                    Self::untrusted(&text)
                } else {
                    FetchError::new(Code::Unreachable, text)
                }
            }
            Error::Io(error) => FetchError::new(
                Code::Truncated,
                format!("the connection broke off: {error}"),
            ),
            Error::Tls(_) | Error::Rustls(_) => Self::untrusted(&error.to_string()),
            Error::ConnectionFailed => FetchError::new(Code::Unreachable, error.to_string()),
            Error::BadUri(_) | Error::Http(_) => {
                FetchError::new(Code::ForbiddenScheme, error.to_string())
            }
            other => FetchError::new(Code::Protocol, other.to_string()),
        }
    }
}

fn too_large(bound: usize) -> FetchError {
    FetchError::limit(Code::TooLarge, "body_bytes", bound, "the body is longer")
}

/// Takes away what came behind the body.
fn trim(response: &mut Vec<u8>, head: &Head, length: usize) {
    let is_chunked = head.get("Transfer-Encoding").is_some();
    let said = head
        .get("Content-Length")
        .and_then(|said| said.trim().parse::<usize>().ok());
    let empty = matches!(head.status, 204 | 304);
    if let Some(said) = said.filter(|said| !is_chunked && *said < length) {
        response.truncate(response.len() - (length - said));
    } else if empty {
        response.truncate(response.len() - length);
    }
}

/// What went over the wire for one request.
#[derive(Debug, Default)]
struct Kept {
    sent: Vec<u8>,
    received: Vec<u8>,
    address: Option<IpAddr>,
}

impl Kept {
    /// What was kept; who answers stays known, as the connection may.
    fn take(&mut self) -> Self {
        let address = self.address;
        std::mem::replace(
            self,
            Self {
                address,
                ..Self::default()
            },
        )
    }

    fn clear(&mut self) {
        drop(self.take());
    }
}

fn lock(kept: &Mutex<Kept>) -> std::sync::MutexGuard<'_, Kept> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts [`KeepingTransport`] around each transport.
#[derive(Debug)]
struct Keeping(Arc<Mutex<Kept>>);

impl<In: Transport> Connector<In> for Keeping {
    type Out = KeepingTransport<In>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let mut addresses = details.addrs.iter();
        lock(&self.0).address = match (addresses.next(), addresses.next()) {
            (Some(address), None) => Some(address.ip()),
            // Which of several it was is not said.
            _ => None,
        };
        Ok(chained.map(|inner| KeepingTransport {
            inner,
            kept: Arc::clone(&self.0),
        }))
    }
}

/// Keeps what passes.
#[derive(Debug)]
struct KeepingTransport<T> {
    inner: T,
    kept: Arc<Mutex<Kept>>,
}

impl<T: Transport> Transport for KeepingTransport<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let output = self.inner.buffers().output();
        lock(&self.kept)
            .sent
            .extend_from_slice(output.get(..amount).unwrap_or_default());
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let before = self.inner.buffers().input().len();
        let result = self.inner.await_input(timeout);
        let input = self.inner.buffers().input();
        lock(&self.kept)
            .received
            .extend_from_slice(input.get(before..).unwrap_or_default());
        result
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
