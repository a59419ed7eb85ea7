//! robots.txt, delays, budgets, hours, addresses.

use std::time::Duration;

use nianbao_fetch::{
    Archive, Clock as _, CrawlError, Outcome, Role, Scope, Settings, Source, Window,
};

use crate::run::{Simulated, run, settings, source};
use crate::server::{Server, answer};

fn outcome_with_robots(
    status: u16,
    robots: &'static str,
    target: &str,
) -> (Outcome, String, Duration) {
    let server = Server::start(move |request, stream| match request.target.as_str() {
        "/robots.txt" => answer(stream, status, &[], robots.as_bytes()),
        "/robots-elsewhere" => answer(stream, 200, &[], b"User-agent: *\nDisallow: /secret"),
        _ => answer(stream, 200, &[], b"x"),
    });
    let folder = tempfile::tempdir().unwrap();
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let begun = clock.now();
    let sources = [source(&server, Role::Document, [target, "/other"])];
    let (_, visits) = run(folder.path(), &sources, &settings(), &clock);
    let took = Duration::try_from(clock.now().duration_since(begun)).unwrap();
    let visit = &visits[target];
    let asked = server.seen().iter().any(|request| request.target == target);
    let allowed = visit.outcome == Outcome::New;
    assert_eq!(asked, allowed, "{target} was asked for: {asked}");
    (visit.outcome, visit.code.clone().unwrap_or_default(), took)
}

#[test]
fn robots_are_obeyed_and_so_are_the_rules_where_there_are_none() {
    let says_no = "User-agent: *\nDisallow: /secret\n";
    let ours = "User-agent: nianbao\nDisallow: /\nUser-agent: *\nDisallow:\n";
    let expect = |status, robots, outcome, code: &str| {
        let (found, said, _) = outcome_with_robots(status, robots, "/secret/x");
        assert_eq!((found, said.as_str()), (outcome, code), "{status} {robots}");
    };
    expect(200, says_no, Outcome::Excluded, "robots");
    expect(200, ours, Outcome::Excluded, "robots");
    expect(200, "User-agent: other\nDisallow: /\n", Outcome::New, "");
    expect(200, "<html>not found</html>", Outcome::New, "");
    expect(
        200,
        "\u{FEFF}user-agent:*\r\ndisallow:/sec*/x$\r\n",
        Outcome::Excluded,
        "robots",
    );
    expect(404, says_no, Outcome::New, "");
    expect(401, says_no, Outcome::New, "");
    expect(500, says_no, Outcome::Deferred, "robots_unreachable");
    expect(503, says_no, Outcome::Deferred, "robots_unreachable");
    let (_, _, slow) = outcome_with_robots(200, "User-agent: *\nCrawl-delay: 20\n", "/x");
    assert!(slow >= Duration::from_secs(20), "{slow:?}");
    let (_, _, bounded) = outcome_with_robots(200, "User-agent: *\nCrawl-delay: 86400\n", "/x");
    assert!(bounded < Duration::from_secs(300), "{bounded:?}");
}

#[test]
fn robots_that_have_moved_are_followed_five_times() {
    for (hops, outcome) in [
        (1, Outcome::Excluded),
        (5, Outcome::Excluded),
        (6, Outcome::New),
    ] {
        let server = Server::start(move |request, stream| {
            let number = request
                .target
                .strip_prefix("/r")
                .and_then(|number| number.parse().ok());
            let number = if request.target == "/robots.txt" {
                Some(0)
            } else {
                number
            };
            match number {
                Some(number) if number < hops => {
                    answer(stream, 301, &[&format!("Location: /r{}", number + 1)], b"")
                }
                Some(_) => answer(stream, 200, &[], b"User-agent: *\nDisallow: /"),
                None => answer(stream, 200, &[], b"x"),
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let clock = Simulated::at("2026-11-24T02:00:00+08:00");
        let (_, visits) = run(
            folder.path(),
            &[source(&server, Role::Document, ["/x"])],
            &settings(),
            &clock,
        );
        assert_eq!(visits["/x"].outcome, outcome, "{hops} redirects");
    }
}

#[test]
fn one_request_at_a_time_with_the_delay_between_them() {
    let server = Server::start(|_, stream| answer(stream, 200, &[], b"x"));
    let folder = tempfile::tempdir().unwrap();
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let begun = clock.now();
    let mut settings = settings();
    settings.delay = Duration::from_secs(5);
    let targets: Vec<String> = (0..10).map(|number| format!("/{number}")).collect();
    let sources = [source(
        &server,
        Role::Document,
        targets.iter().map(String::as_str),
    )];
    run(folder.path(), &sources, &settings, &clock);
    let took = clock.now().duration_since(begun).as_secs();
    // Ten pages and robots.txt: ten times between them.
    assert!((50..=60).contains(&took), "{took}");
    assert_eq!(server.seen().len(), 10);
}

#[test]
fn budgets_hours_and_failing_hosts_put_off_what_is_left() {
    let server = Server::start(|_, stream| answer(stream, 200, &[], &[b'x'; 1_000]));
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let targets: Vec<String> = (0..10).map(|number| format!("/{number}")).collect();
    let sources = [source(
        &server,
        Role::Document,
        targets.iter().map(String::as_str),
    )];
    let codes = |settings: &Settings| {
        let folder = tempfile::tempdir().unwrap();
        let (_, visits) = run(folder.path(), &sources, settings, &clock);
        let codes = visits.values().filter_map(|visit| visit.code.clone());
        let codes: Vec<String> = codes.collect();
        codes
    };
    let mut of_run = settings();
    of_run.requests = 5;
    assert_eq!(codes(&of_run), vec!["budget"; 6]);
    let mut of_host = settings();
    of_host.hosts.entry(server.host()).or_default().bytes = Some(3_000);
    // robots.txt is one of the three.
    assert_eq!(codes(&of_host), vec!["budget"; 8]);
    let mut by_day = settings();
    by_day.windows = vec![Window {
        from: jiff::civil::time(8, 0, 0, 0),
        to: jiff::civil::time(18, 0, 0, 0),
    }];
    assert_eq!(codes(&by_day), vec!["window"; 10]);
    let broken = Server::start(|request, stream| match request.target.as_str() {
        "/robots.txt" => answer(stream, 404, &[], b""),
        _ => Ok(false),
    });
    let sources = [source(
        &broken,
        Role::Document,
        targets.iter().map(String::as_str),
    )];
    let mut settings = settings();
    settings.host_failures = 4;
    let folder = tempfile::tempdir().unwrap();
    let (_, visits) = run(folder.path(), &sources, &settings, &clock);
    let given_up = visits
        .values()
        .filter(|visit| visit.code.as_deref() == Some("host_given_up"));
    assert_eq!(given_up.count(), 8);
}

#[test]
fn a_private_address_is_refused_unless_its_host_is_named() {
    let server = Server::start(|_, stream| answer(stream, 200, &[], b"secret"));
    let folder = tempfile::tempdir().unwrap();
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let mut settings = settings();
    settings.allow_private.clear();
    let sources = [source(&server, Role::Document, ["/x"])];
    let (_, visits) = run(folder.path(), &sources, &settings, &clock);
    let visit = &visits["/x"];
    assert_eq!(
        (visit.outcome, visit.code.as_deref()),
        (Outcome::Broken, Some("forbidden_address"))
    );
    assert!(
        visit
            .message
            .as_ref()
            .is_some_and(|message| message.contains("127.0.0.1"))
    );
    assert!(server.seen().is_empty());
}

#[test]
fn a_redirect_within_the_scope_to_a_private_address_is_refused() {
    // Another address of this machine, and a name of it: in the scope, not among those that may be private.
    let server = Server::start(|request, stream| {
        let (_, port) = request.header("host").split_once(':').unwrap();
        let to = match request.target.as_str() {
            "/number" => format!("Location: http://127.0.0.2:{port}/secret"),
            "/name" => format!("Location: http://localhost:{port}/secret"),
            _ => return answer(stream, 200, &[], b"secret"),
        };
        answer(stream, 302, &[&to], b"")
    });
    let folder = tempfile::tempdir().unwrap();
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let host = server.host();
    let (_, port) = host.split_once(':').unwrap();
    let others = ["127.0.0.2", "localhost"];
    let hosts: Vec<String> = others
        .iter()
        .map(|other| format!("{other}:{port}"))
        .collect();
    let scope = hosts.iter().map(String::as_str).chain([host.as_str()]);
    let sources = [Source {
        scope: Scope::new(scope, [], []).unwrap(),
        ..source(&server, Role::Document, ["/number", "/name"])
    }];
    let mut archive = Archive::open(folder.path(), &settings(), clock.now()).unwrap();
    let mut refused = Vec::new();
    archive
        .crawl(&sources, &settings(), &clock, &|| false, &mut |visit| {
            if visit.url.ends_with("/secret") {
                refused.push((visit.host.clone(), visit.code.clone()));
            }
        })
        .unwrap();
    refused.sort();
    let code = Some("forbidden_address".to_owned());
    let mut expected: Vec<_> = hosts.into_iter().map(|host| (host, code.clone())).collect();
    expected.sort();
    assert_eq!(refused, expected);
    let seen = server.seen();
    assert!(
        seen.iter().all(|request| request.target != "/secret"),
        "{seen:?}"
    );
}

#[test]
fn requests_say_who_sends_them_and_nobody_sends_without() {
    let server = Server::start(|_, stream| answer(stream, 200, &[], b"x"));
    let folder = tempfile::tempdir().unwrap();
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let sources = [source(&server, Role::Document, ["/x"])];
    run(folder.path(), &sources, &settings(), &clock);
    let seen = server.seen();
    assert_eq!(
        seen[0].header("user-agent"),
        "nianbao/test (+mailto:operator@example.org)"
    );
    let mut nobody = settings();
    nobody.contact = " ".into();
    let mut archive = Archive::open(folder.path(), &nobody, clock.now()).unwrap();
    let refused = archive.crawl(&sources, &nobody, &clock, &|| false, &mut |_| {});
    assert!(matches!(refused, Err(CrawlError::Plan(message)) if message.contains("contact")));
}
