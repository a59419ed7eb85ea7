//! Who is trusted to say who a host is.

use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use crate::settings::Settings;

/// Certificates that are trusted instead of those of the public authorities: of a network whose proxy opens what is
/// encrypted, or of a host that has made its own.
#[derive(Debug, Clone)]
pub struct Certificates(RootCerts);

impl Certificates {
    /// The certificates of a PEM file.
    ///
    /// # Errors
    /// What is wrong with it: there is none in it, or one cannot be read.
    pub fn of_pem(text: &[u8]) -> Result<Self, String> {
        let mut certificates: Vec<Certificate<'static>> = Vec::new();
        for item in parse_pem(text) {
            match item {
                Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
                Ok(_) => {}
                Err(error) => return Err(format!("no certificates in PEM: {error}")),
            }
        }
        if certificates.is_empty() {
            return Err("there is no certificate in it (-----BEGIN CERTIFICATE-----)".into());
        }
        Ok(Self(certificates.into()))
    }
}

impl Settings {
    /// How a host is known.
    pub(crate) fn tls(&self, host: &str) -> TlsConfig {
        let own = self.hosts.get(host);
        let certificates = own
            .and_then(|own| own.certificates.as_ref())
            .or(self.certificates.as_ref());
        let roots = certificates.map_or(RootCerts::WebPki, |Certificates(roots)| roots.clone());
        TlsConfig::builder()
            .disable_verification(own.is_some_and(|own| own.any_certificate))
            .root_certs(roots)
            .build()
    }
}
