//! Runs one after another: what is new, changed, unchanged, gone, moved; what is asked for again, and how.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use nianbao_fetch::{Archive, Clock as _, Outcome, Role, read};

use crate::run::{Simulated, run, settings, source};
use crate::server::{Server, answer};

const NIGHT: Duration = Duration::from_secs(86_400);

#[test]
fn a_night_later_only_what_changed_is_sent_and_each_change_is_told_once() {
    let night = Arc::new(AtomicUsize::new(1));
    let now = Arc::clone(&night);
    let server = Server::start(move |request, stream| {
        let night = now.load(Ordering::SeqCst);
        let tag = "ETag: \"v1\"";
        match request.target.as_str() {
            "/same" if request.header("if-none-match") == "\"v1\"" => {
                answer(stream, 304, &[tag], b"")
            }
            "/same" => answer(stream, 200, &[tag], b"same"),
            "/dated" if request.header("if-modified-since") == "yesterday" => {
                answer(stream, 304, &[], b"")
            }
            "/dated" => answer(stream, 200, &["Last-Modified: yesterday"], b"dated"),
            // A new tag each night, and the same text.
            "/flaps" => answer(stream, 200, &[&format!("ETag: \"{night}\"")], b"flaps"),
            "/changes" => answer(stream, 200, &[], format!("night {night}").as_bytes()),
            "/goes" if night > 1 => answer(stream, 404, &[], b""),
            "/goes" => answer(stream, 200, &[], b"here"),
            "/moves" if night > 1 => answer(stream, 301, &["Location: /there"], b""),
            "/moves" => answer(stream, 200, &[], b"moves"),
            "/there" => answer(stream, 200, &[], b"moves"),
            _ => answer(stream, 404, &[], b""),
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let settings = settings();
    let targets = ["/same", "/dated", "/flaps", "/changes", "/goes", "/moves"];
    let sources = [source(&server, Role::Document, targets)];
    let outcomes = |night: usize| {
        let (_, visits) = run(folder.path(), &sources, &settings, &clock);
        clock.pass(NIGHT);
        assert!(visits.len() >= targets.len(), "night {night}");
        visits
            .into_iter()
            .map(|(target, visit)| (target, visit.outcome))
            .collect::<Vec<_>>()
    };
    let of = |outcomes: &[(String, Outcome)], target: &str| {
        outcomes
            .iter()
            .find(|(known, _)| known == target)
            .map(|(_, outcome)| *outcome)
            .unwrap()
    };
    let first = outcomes(1);
    assert!(
        first.iter().all(|(_, outcome)| *outcome == Outcome::New),
        "{first:?}"
    );
    server.seen();
    night.store(2, Ordering::SeqCst);
    let second = outcomes(2);
    for (target, outcome) in [
        ("/same", Outcome::Unchanged),
        ("/dated", Outcome::Unchanged),
        ("/flaps", Outcome::Unchanged),
        ("/changes", Outcome::Changed),
        ("/goes", Outcome::Gone),
        ("/moves", Outcome::Moved),
        ("/there", Outcome::New),
    ] {
        assert_eq!(of(&second, target), outcome, "{target}");
    }
    let seen = server.seen();
    let conditional = |target: &str| {
        let request = seen
            .iter()
            .find(|request| request.target == target)
            .unwrap();
        !(request.header("if-none-match").is_empty()
            && request.header("if-modified-since").is_empty())
    };
    assert!(conditional("/same") && conditional("/dated") && conditional("/flaps"));
    let third = outcomes(3);
    for target in ["/same", "/goes", "/moves", "/there", "/changes"] {
        assert_eq!(of(&third, target), Outcome::Unchanged, "{target}");
    }
    // What is gone keeps its last version; what has moved is there once.
    let archive = Archive::open(folder.path(), &settings, clock.now()).unwrap();
    let documents = archive.documents().unwrap();
    let urls: Vec<&str> = documents
        .iter()
        .map(|document| document.url.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(urls, ["changes", "dated", "flaps", "goes", "same", "there"]);
    let texts = documents
        .iter()
        .map(|document| read(folder.path(), document, 1_000).unwrap());
    let texts: Vec<String> = texts
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .collect();
    assert_eq!(
        texts,
        ["night 2", "dated", "flaps", "here", "same", "moves"]
    );
    assert!(!documents[3].is_there && documents[0].is_there);
}

#[test]
fn a_server_that_always_says_not_modified_is_not_believed_for_ever() {
    let server = Server::start(
        move |request, stream| match request.header("if-none-match") {
            "" => answer(
                stream,
                200,
                &["ETag: \"x\""],
                format!("seen {}", request.before).as_bytes(),
            ),
            _ => answer(stream, 304, &[], b""),
        },
    );
    let folder = tempfile::tempdir().unwrap();
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let mut settings = settings();
    settings.verify_every = 3;
    let sources = [source(&server, Role::Document, ["/x"])];
    let outcomes: Vec<Outcome> = (0..6)
        .map(|_| run(folder.path(), &sources, &settings, &clock).1["/x"].outcome)
        .collect();
    use Outcome::{Changed, New, Unchanged};
    assert_eq!(
        outcomes,
        [New, Unchanged, Unchanged, Unchanged, Changed, Unchanged]
    );
}

#[test]
fn what_stopped_in_the_middle_goes_on_and_asks_for_nothing_twice() {
    let server =
        Server::start(|request, stream| answer(stream, 200, &[], request.target.as_bytes()));
    let folder = tempfile::tempdir().unwrap();
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let settings = settings();
    let targets: Vec<String> = (0..20).map(|number| format!("/{number}")).collect();
    let sources = [source(
        &server,
        Role::Document,
        targets.iter().map(String::as_str),
    )];
    let asked = AtomicUsize::new(0);
    for _ in 0..10 {
        let mut archive = Archive::open(folder.path(), &settings, clock.now()).unwrap();
        let stop_at = asked.load(Ordering::SeqCst) + 3;
        let stop = || asked.load(Ordering::SeqCst) >= stop_at;
        let crawled = archive
            .crawl(&sources, &settings, &clock, &stop, &mut |_| {
                asked.fetch_add(1, Ordering::SeqCst);
            })
            .unwrap();
        assert_eq!(crawled.run, 1);
    }
    let mut seen: Vec<String> = server
        .seen()
        .into_iter()
        .map(|request| request.target)
        .collect();
    seen.sort();
    let mut expected = targets.clone();
    expected.sort();
    assert_eq!(seen, expected);
}

#[test]
fn what_the_archive_has_and_the_index_has_not_is_not_asked_for_again() {
    let server = Server::start(|request, stream| match request.target.as_str() {
        "/list" => answer(
            stream,
            200,
            &["Content-Type: text/html"],
            b"<a href=/a.html>a</a><a href=/b.html>b</a>",
        ),
        "/r" => answer(stream, 301, &["Location: /a.html"], b""),
        _ => answer(stream, 200, &[], request.target.as_bytes()),
    });
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let settings = settings();
    let mut sources = vec![
        source(&server, Role::List, ["/list"]),
        source(&server, Role::Document, ["/r"]),
    ];
    sources[1].attachments = false;
    let whole = tempfile::tempdir().unwrap();
    let (_, expected) = run(whole.path(), &sources, &settings, &clock);
    let bytes = std::fs::read(whole.path().join("000001.warc.gz")).unwrap();
    server.seen();
    for cut in (0..=bytes.len()).step_by(251).chain([bytes.len()]) {
        // The index of a run that has only begun, and the archive of one that died later.
        let folder = tempfile::tempdir().unwrap();
        {
            let mut archive = Archive::open(folder.path(), &settings, clock.now()).unwrap();
            archive
                .crawl(&sources, &settings, &clock, &|| true, &mut |_| {})
                .unwrap();
        }
        std::fs::write(folder.path().join("000001.warc.gz"), &bytes[..cut]).unwrap();
        let (crawled, visits) = run(folder.path(), &sources, &settings, &clock);
        let outcome = |visits: &std::collections::BTreeMap<String, nianbao_fetch::Visit>| {
            let visits = visits
                .iter()
                .map(|(target, visit)| (target.clone(), visit.outcome, visit.sha256.clone()));
            visits.collect::<Vec<_>>()
        };
        assert_eq!(outcome(&visits), outcome(&expected), "cut at {cut}");
        // All but robots.txt.
        let asked = server.seen().len() as u64;
        assert!(
            asked + crawled.recovered <= 5 && asked + crawled.recovered >= 4,
            "cut at {cut}: {asked}"
        );
    }
}
