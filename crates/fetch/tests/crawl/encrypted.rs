//! HTTPS: a server with certificates of our own making, true and false.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use nianbao_fetch::{
    Archive, Certificates, HostSettings, Role, Scope, Settings, Source, canonical,
};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::run::{Simulated, settings};

/// Somebody who says who others are.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            issuer: Issuer::new(params, key),
            pem,
        }
    }

    fn trusted(&self) -> Option<Certificates> {
        Some(Certificates::of_pem(self.pem.as_bytes()).unwrap())
    }
}

/// A server that shows a certificate of a name, valid until the end of a year; its host and how often it was asked.
fn serve(authority: &Authority, name: &str, year: i32) -> (String, Arc<AtomicUsize>) {
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    params.not_after = date_time_ymd(year, 12, 31);
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &authority.issuer).unwrap();
    let chain = vec![CertificateDer::from(certificate.der().to_vec())];
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
            while !request.ends_with(b"\r\n\r\n") {
                match stream.read(&mut buffer) {
                    Ok(count) if count > 0 => request.extend_from_slice(&buffer[..count]),
                    _ => break,
                }
            }
            if request.ends_with(b"\r\n\r\n") {
                count.fetch_add(1, Ordering::SeqCst);
                let answer =
                    b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret";
                let _ = stream.write_all(answer);
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    (host, asked)
}

/// What comes of one page of a host: its outcome, code and message.
fn ask(host: &str, settings: &Settings) -> (&'static str, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let source = Source {
        seeds: vec![(
            canonical(&format!("https://{host}/x")).unwrap(),
            Role::Document,
        )],
        scope: Scope::new([host], [], []).unwrap(),
        attachments: false,
        pages: 1,
        robots_sitemaps: false,
    };
    let now = nianbao_fetch::Clock::now(&clock);
    let mut archive = Archive::open(folder.path(), settings, now).unwrap();
    let mut seen = None;
    archive
        .crawl(&[source], settings, &clock, &|| false, &mut |visit| {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            seen = Some((
                visit.outcome.word(),
                text(&visit.code),
                text(&visit.message),
            ));
        })
        .unwrap();
    seen.unwrap()
}

#[test]
fn a_certificate_is_looked_at_and_the_one_who_made_it_has_to_be_trusted() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let (host, asked) = serve(&ours, "127.0.0.1", 2090);
    let with = |certificates: Option<Certificates>| Settings {
        certificates,
        ..settings()
    };
    let refused = [
        // Nobody of the public knows our authority, nor does somebody else's.
        (&host, with(None)),
        (&host, with(theirs.trusted())),
        (&serve(&ours, "other.example", 2090).0, with(ours.trusted())),
        (&serve(&ours, "127.0.0.1", 2020).0, with(ours.trusted())),
    ];
    for (host, settings) in refused {
        let (outcome, code, message) = ask(host, &settings);
        assert_eq!((outcome, code.as_str()), ("broken", "tls"), "{message}");
        assert!(message.contains("certificate"), "{message}");
        assert!(
            message.contains("`certificates` names who is trusted"),
            "{message}"
        );
    }
    assert_eq!(
        asked.load(Ordering::SeqCst),
        0,
        "nothing was said to a stranger"
    );
    let own = |own: HostSettings| {
        let mut settings = settings();
        settings.hosts.insert(host.clone(), own);
        settings
    };
    let accepted = [
        with(ours.trusted()),
        own(HostSettings {
            certificates: ours.trusted(),
            ..HostSettings::default()
        }),
        own(HostSettings {
            any_certificate: true,
            ..HostSettings::default()
        }),
    ];
    for settings in accepted {
        let (outcome, code, message) = ask(&host, &settings);
        assert_eq!((outcome, code.as_str()), ("new", ""), "{message}");
    }
    // robots.txt and the page, each time.
    assert_eq!(asked.load(Ordering::SeqCst), 6);
}

#[test]
fn a_host_that_does_not_encrypt_is_told_from_one_that_is_not_there() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let (outcome, code, message) = ask(&host, &settings());
    assert_eq!((outcome, code.as_str()), ("broken", "tls"), "{message}");
}

#[test]
fn a_file_without_certificates_is_refused() {
    for text in [
        "",
        "nothing",
        "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n",
    ] {
        assert!(Certificates::of_pem(text.as_bytes()).is_err(), "{text}");
    }
}
