//! Archives made on the spot, sound and unsound.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

use super::*;

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tarred(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn warc_record(kind: &str, uri: &str, content_type: &str, content: &str) -> String {
    format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <{uri}>\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{content}\r\n\r\n",
        content.len()
    )
}

/// Path, text or error code, and address of every document.
fn visited(name: &str, bytes: &[u8], limits: &ArchiveLimits) -> Vec<(String, String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut seen = Vec::new();
    let flow = visit(&path, name, limits, 1_000, &mut |item: Item| {
        let text = match item.bytes {
            Bytes::Loaded(bytes) => String::from_utf8(bytes).unwrap(),
            Bytes::None(error) => format!("!{}: {}", error.code, error.message),
            Bytes::Fetched(_) => unreachable!("entries of archives are not fetched"),
            Bytes::File(_) => unreachable!("entries of archives are no files"),
        };
        seen.push((item.input.path, text, item.input.uri.unwrap_or_default()));
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue());
    seen
}

fn plain(seen: &[(String, String, String)]) -> Vec<(&str, &str)> {
    let plain = seen
        .iter()
        .map(|(path, text, _)| (path.as_str(), text.split(':').next().unwrap_or_default()));
    plain.collect()
}

#[test]
fn entries_are_inputs_and_archives_in_archives_are_opened_to_the_bound() {
    let innermost = zipped(&[("x", b"x")]);
    let inner = tarred(&[("c.html", b"c"), ("deep.zip", &innermost)]);
    let entries: [(&str, &[u8]); 3] = [("b.txt", b"b"), ("../../etc/a", b"a"), ("n.tar", &inner)];
    let seen = visited("o.zip", &zipped(&entries), &ArchiveLimits::default());
    let expected = [
        ("o.zip!/b.txt", "b"),
        ("o.zip!/../../etc/a", "a"),
        ("o.zip!/n.tar!/c.html", "c"),
        ("o.zip!/n.tar!/deep.zip", "!limit"),
    ];
    assert_eq!(plain(&seen), expected);
    assert!(seen[3].1.contains("archive_depth, 2"), "{}", seen[3].1);
}

#[test]
fn a_packed_tar_is_read_to_its_damage() {
    let packed = gzipped(&tarred(&[("a", b"a"), ("b", b"b")]));
    let limits = ArchiveLimits::default();
    assert_eq!(
        plain(&visited("t.tgz", &packed, &limits)),
        [("t.tgz!/a", "a"), ("t.tgz!/b", "b")]
    );
    let seen = visited("t.tar.gz", &packed[..packed.len() / 2], &limits);
    let last = seen.last().unwrap();
    assert!(last.1.starts_with("!malformed"), "{seen:?}");
    assert_eq!(
        plain(&visited("r.zip", b"random", &limits)),
        [("r.zip", "!malformed")]
    );
}

#[test]
fn bounds_of_bytes_entries_and_ratio_are_named() {
    let limits = |bytes, entries, ratio| ArchiveLimits {
        bytes,
        entries,
        ratio,
        depth: 2,
    };
    let three = zipped(&[("a", b"aaaa"), ("b", b"bbbb"), ("c", b"cccc")]);
    let seen = visited("b.zip", &three, &limits(6, 10, 200));
    assert_eq!(
        plain(&seen)[..2],
        [("b.zip!/a", "aaaa"), ("b.zip!/b", "!limit")]
    );
    assert!(seen[1].1.contains("archive_bytes, 6"), "{}", seen[1].1);
    let seen = visited("e.zip", &three, &limits(100, 2, 200));
    assert_eq!(seen.len(), 3);
    assert!(seen[2].1.contains("archive_entries, 2"), "{}", seen[2].1);
    let bomb = gzipped(&tarred(&[("zeros", &vec![0; 24 << 20])]));
    let seen = visited("bomb.tar.gz", &bomb, &limits(1 << 30, 10, 20));
    assert!(
        seen.iter().any(|seen| seen.1.contains("archive_ratio, 20")),
        "{seen:?}"
    );
    let seen = visited(
        "large.zip",
        &zipped(&[("l", &[b'l'; 1_001])]),
        &limits(5_000, 9, 200),
    );
    assert_eq!(plain(&seen), [("large.zip!/l", "!too_large")]);
}

#[test]
fn documents_of_a_warc_have_address_and_type() {
    let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gbk\r\n\r\n<p>";
    let records = [
        warc_record("warcinfo", "", "application/warc-fields", "software: x"),
        warc_record(
            "request",
            "http://a/1",
            "application/http; msgtype=request",
            "GET /",
        ),
        warc_record(
            "response",
            "http://a/1",
            "application/http; msgtype=response",
            http,
        ),
        warc_record(
            "response",
            "http://a/2",
            "application/http",
            "HTTP/1.1 301 Moved\r\n\r\n",
        ),
        warc_record("resource", "file:///b.txt", "text/plain", "text"),
    ];
    let expected = [
        ("3", "<p>", "http://a/1"),
        ("4", "!http_status", "http://a/2"),
        ("5", "text", "file:///b.txt"),
    ];
    let packed: Vec<u8> = records
        .iter()
        .flat_map(|record| gzipped(record.as_bytes()))
        .collect();
    for (name, bytes) in [
        ("w.warc", records.concat().into_bytes()),
        ("w.warc.gz", packed),
    ] {
        let seen = visited(name, &bytes, &ArchiveLimits::default());
        let seen: Vec<_> = (plain(&seen).iter().zip(&seen))
            .map(|((path, text), (.., uri))| format!("{path} {text} {uri}"))
            .collect();
        let expected = expected.map(|(n, text, uri)| format!("{name}!/{n} {text} {uri}"));
        assert_eq!(seen, expected);
    }
}

#[test]
fn a_warc_that_breaks_off_or_lies_says_so_and_allocates_nothing() {
    let whole = warc_record("resource", "u", "text/plain", "text");
    let lie = whole.replace("Content-Length: 4", "Content-Length: 18446744073709551615");
    let header_bomb = format!("WARC/1.0\r\nX: {}", "y".repeat(200_000));
    for (bytes, message) in [
        (
            whole.trim_end().trim_end_matches("xt"),
            "ends within a record",
        ),
        (&lie, "ends within a record"),
        ("<html>", "no record where one is due"),
        (&header_bomb, "does not end"),
    ] {
        let seen = visited("b.warc", bytes.as_bytes(), &ArchiveLimits::default());
        assert_eq!(seen.len(), 1, "{seen:?}");
        assert!(seen[0].1.contains(message), "{seen:?}");
    }
}
