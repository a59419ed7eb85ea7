//! More than two hundred paths that behave and misbehave: each ends in the archive or in an error with its code.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use nianbao_fetch::{Outcome, Role, read};

use crate::run::{Simulated, run, settings, source};
use crate::server::{Behaviour, Request, Server, answer};

/// A path, what comes of it, and what the server does.
struct Case {
    target: String,
    outcome: Outcome,
    code: &'static str,
    behaviour: Box<Behaviour>,
}

#[derive(Default)]
struct Cases(Vec<Case>);

impl Cases {
    fn add(
        &mut self,
        name: &str,
        outcome: Outcome,
        code: &'static str,
        behaviour: impl Fn(&Request, &mut TcpStream) -> std::io::Result<bool> + Send + Sync + 'static,
    ) {
        self.0.push(Case {
            target: format!("/{}/{name}", self.0.len()),
            outcome,
            code,
            behaviour: Box::new(behaviour),
        });
    }

    /// The server writes these bytes and closes.
    fn raw(&mut self, name: &str, outcome: Outcome, code: &'static str, bytes: impl Into<Vec<u8>>) {
        let bytes = bytes.into();
        self.add(name, outcome, code, move |_, stream| {
            stream.write_all(&bytes)?;
            Ok(false)
        });
    }

    fn body(
        &mut self,
        name: &str,
        outcome: Outcome,
        code: &'static str,
        header: &'static str,
        body: Vec<u8>,
    ) {
        self.add(name, outcome, code, move |_, stream| {
            answer(stream, 200, &[header], &body)
        });
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const TEXT: &[u8] = "某县2023年政府信息公开工作年度报告".as_bytes();

fn statuses(cases: &mut Cases) {
    for status in [200, 201, 202, 203, 206, 226] {
        cases.add(
            &format!("status-{status}"),
            Outcome::New,
            "",
            move |_, stream| answer(stream, status, &[], TEXT),
        );
    }
    cases.raw("status-204", Outcome::New, "", "HTTP/1.1 204 None\r\n\r\n");
    for status in [404, 410] {
        cases.add(
            &format!("status-{status}"),
            Outcome::Gone,
            "gone",
            move |_, stream| answer(stream, status, &[], b"x"),
        );
    }
    for status in [
        300, 305, 306, 400, 401, 402, 403, 405, 406, 408, 409, 411, 412, 413, 414, 415, 416, 418,
        421, 422, 451, 499,
    ] {
        cases.add(
            &format!("status-{status}"),
            Outcome::Broken,
            "http_status",
            move |_, stream| answer(stream, status, &[], b"x"),
        );
    }
    for status in [500, 501, 502, 503, 504, 505, 521, 599, 429] {
        cases.add(
            &format!("status-{status}"),
            Outcome::Broken,
            "http_status",
            move |_, stream| answer(stream, status, &[], b"x"),
        );
    }
    cases.add(
        "not-modified-unasked",
        Outcome::Broken,
        "http_status",
        |_, stream| answer(stream, 304, &[], b""),
    );
    for status in [301, 302, 303, 307, 308] {
        cases.add(
            &format!("nowhere-{status}"),
            Outcome::Broken,
            "redirect_nowhere",
            move |_, stream| answer(stream, status, &[], b""),
        );
    }
}

fn encodings(cases: &mut Cases) {
    let good = [
        ("Content-Encoding: identity", TEXT.to_vec()),
        ("Content-Encoding:", TEXT.to_vec()),
        ("Content-Encoding: gzip", gzip(TEXT)),
        ("Content-Encoding: GZIP", gzip(TEXT)),
        ("Content-Encoding: x-gzip", gzip(TEXT)),
        ("Content-Encoding: deflate", zlib(TEXT)),
        ("content-encoding: deflate", deflate(TEXT)),
        ("Content-Encoding: gzip, gzip", gzip(&gzip(TEXT))),
        ("Content-Encoding: deflate, gzip", gzip(&zlib(TEXT))),
        ("Content-Encoding: gzip, identity", gzip(TEXT)),
        (
            "Content-Encoding: gzip",
            [gzip(&TEXT[..10]), gzip(&TEXT[10..])].concat(),
        ),
        ("Content-Encoding: br", vec![0x0B, 0x00, 0x80, b'x', 0x03]),
        (
            "Content-Type: text/html; charset=gb2312",
            b"\xC4\xEA\xB1\xA8".to_vec(),
        ),
        ("Content-Type: nonsense;;;=", TEXT.to_vec()),
        ("Content-Type: application/pdf", b"%PDF-1.7".to_vec()),
        (
            "Content-Disposition: attachment; filename=../../../etc/passwd",
            TEXT.to_vec(),
        ),
        ("X-Empty:", Vec::new()),
    ];
    for (number, (header, body)) in good.into_iter().enumerate() {
        cases.body(
            &format!("encoding-good-{number}"),
            Outcome::New,
            "",
            header,
            body,
        );
    }
    let broken = gzip(TEXT);
    let bad = [
        ("Content-Encoding: gzip", TEXT.to_vec()),
        (
            "Content-Encoding: gzip",
            broken[..broken.len() - 9].to_vec(),
        ),
        (
            "Content-Encoding: gzip",
            [&broken[..broken.len() - 8], &[0; 8]].concat(),
        ),
        (
            "Content-Encoding: deflate",
            b"\xFF\xFF\xFFnonsense".to_vec(),
        ),
        ("Content-Encoding: br", b"nonsense nonsense".to_vec()),
        ("Content-Encoding: zstd", TEXT.to_vec()),
        ("Content-Encoding: compress", TEXT.to_vec()),
        (
            "Content-Encoding: gzip, gzip, gzip",
            gzip(&gzip(&gzip(TEXT))),
        ),
        (
            "Content-Encoding: gzip, br, zstd, gzip, deflate, x",
            TEXT.to_vec(),
        ),
    ];
    for (number, (header, body)) in bad.into_iter().enumerate() {
        cases.body(
            &format!("encoding-bad-{number}"),
            Outcome::Broken,
            "encoding",
            header,
            body,
        );
    }
    let zeros = vec![0; 64 << 20];
    let bombs = [
        ("Content-Encoding: gzip", gzip(&zeros)),
        ("Content-Encoding: deflate", zlib(&zeros)),
        ("Content-Encoding: gzip, gzip", gzip(&gzip(&zeros))),
    ];
    for (number, (header, body)) in bombs.into_iter().enumerate() {
        cases.body(
            &format!("bomb-{number}"),
            Outcome::Broken,
            "too_large",
            header,
            body,
        );
    }
    cases.body(
        "large",
        Outcome::Broken,
        "too_large",
        "A: b",
        vec![b'a'; (1 << 20) + 1],
    );
    cases.body("largest", Outcome::New, "", "A: b", vec![b'a'; 1 << 20]);
}

fn framing(cases: &mut Cases) {
    let ok = "HTTP/1.1 200 OK\r\n";
    let good = [
        format!("{ok}\r\nuntil the end"),
        format!("{ok}Connection: close\r\n\r\nuntil the end"),
        "HTTP/1.0 200 OK\r\n\r\nold".to_owned(),
        "HTTP/1.1 200 \r\nContent-Length: 1\r\n\r\nx".to_owned(),
        "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx".to_owned(),
        format!("{ok}Content-Length: 1\r\n\r\nx and more"),
        format!("{ok}Content-Length: 0\r\n\r\n"),
        format!("HTTP/1.1 103 Early\r\nLink: x\r\n\r\n{ok}Content-Length: 1\r\n\r\nx"),
        format!("{ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        format!("{ok}Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\n\r\n"),
        format!("{ok}Transfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n"),
        format!("{ok}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ];
    for (number, bytes) in good.into_iter().enumerate() {
        cases.raw(&format!("framing-good-{number}"), Outcome::New, "", bytes);
    }
    for length in ["5", "100", "1000000", "1048576"] {
        cases.raw(
            &format!("short-of-{length}"),
            Outcome::Broken,
            "truncated",
            format!("{ok}Content-Length: {length}\r\n\r\nx"),
        );
    }
    for (number, bytes) in [
        String::new(),
        "\r\n\r\n".to_owned(),
        "nonsense\r\n\r\n".to_owned(),
        "\0\u{1}\u{2}\u{3}".to_owned(),
        "<html>no head at all</html>".to_owned(),
        "HTTP/9.9 200 OK\r\n\r\nx".to_owned(),
        "HTTP/1.1 abc OK\r\n\r\nx".to_owned(),
        "HTTP/1.1 99999 OK\r\n\r\nx".to_owned(),
        "SSH-2.0-OpenSSH_9.9\r\n".to_owned(),
        format!("{ok}Content-Length: -1\r\n\r\nx"),
        format!("{ok}Content-Length: many\r\n\r\nx"),
        format!("{ok}Content-Length: 99999999999999999999999\r\n\r\nx"),
        format!("{ok}no colon here\r\n\r\nx"),
        format!("{ok}A\0: b\r\n\r\nx"),
        "HTTP/1.1 200 OK\r\nContent-Le".to_owned(),
        format!("{ok}{}\r\n", "A: b\r\n".repeat(2_000)),
        format!("{ok}A: {}\r\n\r\n", "b".repeat(200_000)),
        format!("{ok}{}", "A: b\r\n".repeat(30_000)),
    ]
    .into_iter()
    .enumerate()
    {
        cases.raw(&format!("head-{number}"), Outcome::Broken, "any", bytes);
    }
    for (number, chunks) in [
        "nonsense",
        "zz\r\nabc\r\n0\r\n\r\n",
        "-1\r\nabc\r\n",
        "3\r\nab",
        "3\r\nabcdef\r\n0\r\n\r\n",
        "FFFFFFFFFFFFFFFFFF\r\nabc",
        "3\r\nabc\r\n",
        "7FFFFFFFFFFFFFFF\r\nabc",
        "",
    ]
    .into_iter()
    .enumerate()
    {
        let bytes = format!("{ok}Transfer-Encoding: chunked\r\n\r\n{chunks}");
        cases.raw(&format!("chunks-{number}"), Outcome::Broken, "any", bytes);
    }
}

fn slowness(cases: &mut Cases) {
    let pause = Duration::from_secs(2);
    cases.add("no-answer", Outcome::Broken, "timeout", move |_, _| {
        std::thread::sleep(pause);
        Ok(false)
    });
    cases.add("head-drips", Outcome::Broken, "timeout", |_, stream| {
        for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
            .iter()
            .cycle()
            .take(40)
        {
            stream.write_all(&[*byte])?;
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(false)
    });
    cases.add(
        "half-a-body",
        Outcome::Broken,
        "timeout",
        move |_, stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")?;
            std::thread::sleep(pause);
            Ok(false)
        },
    );
    cases.add("body-drips", Outcome::Broken, "too_slow", |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")?;
        for _ in 0..100 {
            stream.write_all(b"x")?;
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(false)
    });
    cases.add("endless", Outcome::Broken, "too_large", |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(&[b'x'; 10_000])?;
        }
    });
    cases.add(
        "endless-chunks",
        Outcome::Broken,
        "too_large",
        |_, stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            // Many at a time: the limit of size has to come first on a busy machine too.
            let chunks = b"1\r\nx\r\n".repeat(2_000);
            loop {
                stream.write_all(&chunks)?;
            }
        },
    );
    cases.add("endless-head", Outcome::Broken, "any", |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        loop {
            stream.write_all(
                b"A: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n",
            )?;
        }
    });
}

fn redirects(cases: &mut Cases) {
    for (location, code) in [
        ("http://10.0.0.1/", "redirect_out_of_scope"),
        (
            "http://169.254.169.254/latest/meta-data",
            "redirect_out_of_scope",
        ),
        ("http://[::1]/", "redirect_out_of_scope"),
        ("http://localhost/", "redirect_out_of_scope"),
        ("http://example.invalid/", "redirect_out_of_scope"),
        ("ftp://127.0.0.1/", "forbidden_scheme"),
        ("file:///etc/passwd", "forbidden_scheme"),
        ("javascript:alert(1)", "forbidden_scheme"),
        ("data:text/html,x", "forbidden_scheme"),
        ("http://", "redirect_nowhere"),
        ("http://[", "redirect_nowhere"),
        ("", "redirect_nowhere"),
    ] {
        cases.add("away", Outcome::Broken, code, move |_, stream| {
            answer(stream, 302, &[&format!("Location: {location}")], b"")
        });
    }
    for status in [301, 302, 303, 307, 308] {
        cases.add(
            &format!("self-{status}"),
            Outcome::Broken,
            "redirect_loop",
            move |request, stream| {
                answer(
                    stream,
                    status,
                    &[&format!("Location: {}", request.target)],
                    b"",
                )
            },
        );
        cases.add(
            &format!("moved-{status}"),
            Outcome::Moved,
            "",
            move |request, stream| {
                answer(
                    stream,
                    status,
                    &[&format!("Location: {}/to/{status}", request.target)],
                    b"",
                )
            },
        );
    }
    // The way ends here: whoever asks for anything below gets it.
    cases.add(
        "cookie-opens",
        Outcome::New,
        "",
        |request, stream| match request.header("cookie") {
            "" => answer(
                stream,
                302,
                &[
                    "Set-Cookie: seen=1; Path=/",
                    &format!("Location: {}", request.target),
                ],
                b"",
            ),
            _ => answer(stream, 200, &[], TEXT),
        },
    );
    cases.add(
        "cookies-never-end",
        Outcome::Broken,
        "too_many_redirects",
        |request, stream| {
            let cookie = format!(
                "Set-Cookie: n={}; Path={}",
                request.header("cookie").len(),
                request.target
            );
            let more = format!("Set-Cookie: x{}=1; Path={}", request.before, request.target);
            answer(
                stream,
                302,
                &[&cookie, &more, &format!("Location: {}", request.target)],
                b"",
            )
        },
    );
}

fn recoveries(cases: &mut Cases) {
    for (number, header) in [
        "Retry-After: 3",
        "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT",
        "Retry-After: nonsense",
        "A: b",
    ]
    .into_iter()
    .enumerate()
    {
        for status in [429, 500, 502, 503] {
            cases.add(
                &format!("better-{number}-{status}"),
                Outcome::New,
                "",
                move |request, stream| match request.before {
                    0 => answer(stream, status, &[header], b"later"),
                    _ => answer(stream, 200, &[], TEXT),
                },
            );
        }
    }
    for header in [
        "Retry-After: 7200",
        "Retry-After: Wed, 21 Oct 2093 07:28:00 GMT",
        "Retry-After: 99999999999",
    ] {
        cases.add(
            "much-later",
            Outcome::Deferred,
            "retry_later",
            move |_, stream| answer(stream, 503, &[header], b""),
        );
    }
    cases.add(
        "breaks-off-once",
        Outcome::New,
        "",
        |request, stream| match request.before {
            0 => Ok(false),
            _ => answer(stream, 200, &[], TEXT),
        },
    );
    cases.add(
        "truncated-twice",
        Outcome::New,
        "",
        |request, stream| match request.before {
            0 | 1 => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx")?;
                Ok(false)
            }
            _ => answer(stream, 200, &[], TEXT),
        },
    );
}

#[test]
fn every_path_ends_in_the_archive_or_in_an_error_with_its_code() {
    let mut cases = Cases::default();
    statuses(&mut cases);
    encodings(&mut cases);
    framing(&mut cases);
    slowness(&mut cases);
    redirects(&mut cases);
    recoveries(&mut cases);
    for number in 0..40 {
        cases.add(
            &format!("plain-{number}"),
            Outcome::New,
            "",
            move |request, stream| {
                answer(
                    stream,
                    200,
                    &["Content-Type: text/html"],
                    request.target.as_bytes(),
                )
            },
        );
    }
    let cases = std::sync::Arc::new(cases.0);
    assert!(cases.len() > 200, "{} paths", cases.len());
    let server = {
        let cases = std::sync::Arc::clone(&cases);
        Server::start(move |request, stream| {
            let number = request
                .target
                .split('/')
                .nth(1)
                .and_then(|number| number.parse::<usize>().ok());
            match number.and_then(|number| cases.get(number)) {
                Some(case) if case.target == request.target => (case.behaviour)(request, stream),
                Some(_) => answer(stream, 200, &[], b"the end of the way"),
                None => answer(stream, 404, &[], b""),
            }
        })
    };
    let folder = tempfile::tempdir().unwrap();
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let sources = [source(
        &server,
        Role::Document,
        cases.iter().map(|case| case.target.as_str()),
    )];
    let mut settings = settings();
    // Each of them alone: a slow one must not make others wait for their turn.
    settings.delay = Duration::ZERO;
    let begun = Instant::now();
    let (_, visits) = run(folder.path(), &sources, &settings, &clock);
    let mut wrong = Vec::new();
    for case in cases.iter() {
        let visit = &visits[&case.target];
        let code = visit.code.as_deref().unwrap_or_default();
        let right = visit.outcome == case.outcome
            && (code == case.code || (case.code == "any" && !code.is_empty()));
        if !right {
            wrong.push(format!(
                "{}: {:?} {code} {:?}",
                case.target, visit.outcome, visit.message
            ));
        }
        assert_eq!(visit.message.is_some(), !code.is_empty(), "{}", case.target);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(
        begun.elapsed() < Duration::from_secs(90),
        "{:?}",
        begun.elapsed()
    );
    let now = "2026-11-24T00:00:00Z".parse().unwrap();
    let archive = nianbao_fetch::Archive::open(folder.path(), &settings, now).unwrap();
    for document in archive.documents().unwrap() {
        let bytes = read(folder.path(), &document, 2 << 20).unwrap();
        if document.url.contains("plain") {
            assert!(document.url.ends_with(std::str::from_utf8(&bytes).unwrap()));
        }
    }
}
